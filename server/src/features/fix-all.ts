import { overlaps } from '../base/span.ts';
import { applyEdits } from '../base/text-edit.ts';
import type { Document } from '../graph/document.ts';
import type { Workspace } from '../graph/workspace.ts';
import type { Rule } from '../rules/rule.ts';
import type { FileEdit, Fix } from '../rules/rule-types.ts';
import type { ApiModel } from '../schema/api-model.ts';
import { editsBetween } from '../syntax/line-edits.ts';
import { type Judgement, judgeAnew } from './shared/findings.ts';
import { fixesOf, placed } from './shared/fixes.ts';

/** One fix that was applied. */
export interface FixStep {
  /** The rule whose diagnostic it mends. */
  readonly code: string;
  readonly title: string;
  /** The file that it changes, or the first of them. */
  readonly uri: string;
}

export interface FixAll {
  readonly edits: readonly FileEdit[];
  /** In the order in which they were applied. */
  readonly steps: readonly FixStep[];
}

/** Fixes that undo each other must not go on for ever. */
const maximumPasses = 12;

/**
 * Applies every fix of a file that is the only sensible answer, and judges the text that comes of it anew, until none
 * is left: one fault may hide another, and a manifest that couldn't be read has everything else to say only then.
 * Doing it again changes nothing more. The edits lead from the texts as they are to the last ones.
 */
export function fixAll(workspace: Workspace, model: ApiModel, uri: string, judgement: Judgement): FixAll {
  const texts = new Map<string, string>();
  const seen = new Set<string>();
  const steps: FixStep[] = [];
  let only: readonly FileEdit[] = [];
  let passes = 0;
  for (; passes < maximumPasses; passes++) {
    const pass = workspace.supposing(texts, () => {
      const { edits, applied } = onePass(workspace, model, uri, judgement);
      const files = [...new Set(edits.map((edit) => edit.uri))];
      const results = files.map((file): [string, string] => {
        const own = edits.filter((edit) => edit.uri === file);
        return [file, applyEdits(workspace.file(file)?.text ?? '', own)];
      });
      return { edits, applied, results };
    });
    const changed = pass.results.filter(([file, text]) => text !== (texts.get(file) ?? workspace.file(file)?.text));
    if (changed.length === 0) break;
    for (const [file, text] of changed) texts.set(file, text);
    const state = JSON.stringify([...texts].sort());
    if (seen.has(state)) break;
    seen.add(state);
    steps.push(...pass.applied);
    only = pass.edits;
  }
  if (passes === 1) return { edits: only, steps };
  const edits = [...texts].flatMap(([file, text]) => {
    const before = workspace.file(file)?.text ?? '';
    return editsBetween(before, text).map((edit) => ({ uri: file, ...edit }));
  });
  return { edits, steps };
}

/**
 * The fixes that don't overlap an earlier one. While something needs repair, nothing else is certain, and what a name
 * leads to is no more certain where a document beside it can't be read as a manifest.
 */
function onePass(
  workspace: Workspace,
  model: ApiModel,
  uri: string,
  judgement: Judgement,
): { readonly edits: readonly FileEdit[]; readonly applied: readonly FixStep[] } {
  const edits: FileEdit[] = [];
  const applied: FixStep[] = [];
  const documents = workspace.file(uri)?.documents ?? [];
  const known = documents.every(isManifest);
  const fixes = documents
    .flatMap((document) => [...preferredFixes(workspace, model, document, judgement)])
    .filter(({ rule }) => known || rule.scope !== 'wiring');
  const repairs = fixes.filter(({ rule }) => rule.scope === 'repair');
  for (const { fix, rule } of repairs.length > 0 ? repairs : fixes) {
    const clash = fix.edits.some((edit) =>
      edits.some((other) => other.uri === edit.uri && overlaps(other.span, edit.span)),
    );
    if (clash) continue;
    edits.push(...fix.edits);
    applied.push({ code: rule.id, title: fix.title, uri: fix.edits[0]?.uri ?? uri });
  }
  return { edits, applied };
}

/** Whether a document is one of resources, or of nothing but comments. */
const isManifest = ({ broken, facts, tree }: Document): boolean => !broken && (facts.length > 0 || tree === undefined);

function* preferredFixes(
  workspace: Workspace,
  model: ApiModel,
  document: Document,
  judgement: Judgement,
): Generator<{ readonly fix: Fix; readonly rule: Rule }> {
  for (const { found } of judgeAnew(workspace, model, document, judgement)) {
    if (!found.finding.fixes) continue;
    const preferred = fixesOf(found).filter((fix) => fix.preferred);
    const [fix] = preferred;
    if (fix && preferred.length === 1) yield { fix: placed(fix), rule: found.rule };
  }
}
