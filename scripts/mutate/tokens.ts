import type { Span } from '../../server/src/base/span.ts';
import { documentOf } from '../../server/src/graph/document.ts';
import { isSilent, resolveUse } from '../../server/src/graph/resolve.ts';
import { selected } from '../../server/src/graph/selection.ts';
import { Workspace } from '../../server/src/graph/workspace.ts';
import type { DocumentRef, LabelPair } from '../../server/src/model/facts.ts';

interface Place {
  readonly uri: string;
  readonly span: Span;
}

/** A token that takes part in a wire, with the tokens at the other end. */
export interface Token extends Place {
  readonly row: string;
  readonly others: readonly Place[];
}

/** Every token of an app that wires two things: uses and what they lead to, selectors' labels and those of the pods. */
export function mapTokens(files: ReadonlyMap<string, string>): Token[] {
  const workspace = new Workspace();
  for (const [uri, text] of files) workspace.update(uri, text, true);
  // Which files are patches is known once all kustomizations are.
  for (const [uri, text] of files) workspace.update(uri, text, true);
  workspace.noteWalked('file:///');
  const { index } = workspace;
  const tokens: Token[] = [];
  const add = (row: string, a: Place, others: readonly Place[]): void => {
    const others2 = others.filter((other) => other.uri !== a.uri || other.span.start !== a.span.start);
    if (others2.length > 0 && a.span.end > a.span.start) tokens.push({ row, ...a, others: others2 });
  };
  for (const file of workspace.files()) {
    for (const facts of file.documents.flatMap((document) => document.facts)) {
      for (const use of facts.uses) {
        const isJudged = !use.optional && (use.row.judgedBy !== undefined || !isSilent(use));
        const resolution = isJudged ? resolveUse(index, use) : undefined;
        if (resolution?.status !== 'resolved') continue;
        const here = place(facts.document, use.span);
        const there = resolution.targets.map((target) => place(target.facts.document, target.span));
        add(use.row.id, here, there);
        // With several definitions, bending one leaves the others.
        if (there.length === 1 && there[0]) add(use.row.id, there[0], [here, ...usesOf(use.text)]);
      }
      for (const selector of facts.selectors) {
        const pods = selected(index, selector);
        for (const pair of selector.pairs) {
          const ends = pods.flatMap((pod) =>
            pair.key && pod.labels.get(pair.key)
              ? [whole(pod.facts.document, pod.labels.get(pair.key) as LabelPair)]
              : [],
          );
          add(selector.row.id, place(facts.document, pair.valueSpan), [whole(facts.document, pair), ...ends]);
          add(selector.row.id, place(facts.document, pair.keySpan), [whole(facts.document, pair), ...ends]);
        }
      }
    }
  }
  return tokens;

  function usesOf(text: string): Place[] {
    return [...workspace.files()]
      .flatMap((file) => file.documents.flatMap((document) => document.facts))
      .flatMap((facts) => facts.uses.filter((use) => use.text === text).map((use) => place(facts.document, use.span)));
  }
}

function place(ref: DocumentRef, span: Span): Place {
  return { uri: ref.uri, span: documentOf(ref).inFile(span) };
}

const whole = (ref: DocumentRef, pair: LabelPair): Place =>
  place(ref, { start: pair.keySpan.start, end: pair.valueSpan.end });
