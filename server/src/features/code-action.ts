import { overlaps, type Span } from '../base/span.ts';
import { type Document, documentOf } from '../graph/document.ts';
import type { Workspace } from '../graph/workspace.ts';
import type { DraftFix } from '../rules/rule.ts';
import type { Diagnostic, FileEdit, Fix } from '../rules/rule-types.ts';
import type { RuleFinding } from '../rules/run.ts';
import type { ApiModel } from '../schema/api-model.ts';
import { hitAt } from '../syntax/tree.ts';
import { locate } from './shared/context.ts';
import { freshFindings, type Judgement, judge } from './shared/findings.ts';
import { suppress } from './shared/suppression.ts';

export interface CodeAction extends Fix {
  /** The diagnostics that it repairs. */
  readonly diagnostics: readonly Diagnostic[];
  /** True where it only silences them. */
  readonly silences: boolean;
}

/** The fixes of every diagnostic that touches a span of a file or links to it, and behind them all, to suppress it. */
export function codeActions(
  workspace: Workspace,
  model: ApiModel,
  uri: string,
  span: Span,
  judgement: Judgement,
): readonly CodeAction[] {
  const result: CodeAction[] = [];
  const ignores: CodeAction[] = [];
  for (const document of workspace.file(uri)?.documents ?? []) {
    if (!overlaps({ start: document.start, end: document.end }, span)) continue;
    for (const { found, diagnostic } of judge(
      workspace,
      document,
      freshFindings(document, model, workspace.index),
      judgement,
    )) {
      const touched = overlaps(diagnostic.span, span);
      // A fault between two places can be mended from either.
      const linked = diagnostic.related.some(({ location }) => location.uri === uri && overlaps(location.span, span));
      if (!touched && !linked) continue;
      for (const fix of fixesOf(found)) result.push({ ...placed(fix), diagnostics: [diagnostic], silences: false });
      const ignore = touched ? suppression(document, found) : undefined;
      if (ignore) ignores.push({ ...placed(ignore), diagnostics: [diagnostic], silences: true });
    }
  }
  return [...result, ...ignores];
}

/**
 * The edits of every fix of a file that is the only sensible answer, without those that overlap an earlier one:
 * applied again and again until none is left, they come to rest.
 */
export function fixAll(workspace: Workspace, model: ApiModel, uri: string, judgement: Judgement): readonly FileEdit[] {
  const edits: FileEdit[] = [];
  for (const document of workspace.file(uri)?.documents ?? []) {
    for (const fix of preferredFixes(workspace, model, document, judgement)) {
      const clash = fix.edits.some((edit) =>
        edits.some((other) => other.uri === edit.uri && overlaps(other.span, edit.span)),
      );
      if (!clash) edits.push(...fix.edits);
    }
  }
  return edits;
}

function* preferredFixes(
  workspace: Workspace,
  model: ApiModel,
  document: Document,
  judgement: Judgement,
): Generator<Fix> {
  for (const { found } of judge(workspace, document, freshFindings(document, model, workspace.index), judgement)) {
    if (!found.finding.fixes) continue;
    const preferred = fixesOf(found).filter((fix) => fix.preferred);
    const only = preferred[0];
    if (only && preferred.length === 1) yield placed(only);
  }
}

/** Nothing is edited where the text is being typed and can't be read. */
const fixesOf = ({ finding }: RuleFinding): readonly DraftFix[] =>
  (finding.fixes?.() ?? []).filter((fix) => !fix.edits.some((edit) => documentOf(edit.document).outdated));

/** A comment can't be put into a block scalar, nor before text that can't be read, and nothing suppresses itself. */
function suppression(document: Document, { rule, finding }: RuleFinding): DraftFix | undefined {
  if (document.broken || rule.scope === 'suppression') return undefined;
  const node = hitAt(document.parsed.root, finding.span.start)?.node;
  if (
    node?.type === 'scalar' &&
    node.start < finding.span.start &&
    document.text.slice(node.start, finding.span.start).includes('\n')
  )
    return undefined;
  return {
    title: `Ignore ${rule.id} on this line`,
    preferred: false,
    edits: [{ document, ...suppress(document, finding.span, rule.id) }],
  };
}

function placed(fix: DraftFix): Fix {
  return {
    title: fix.title,
    preferred: fix.preferred,
    edits: fix.edits.map((edit) => ({ ...locate(edit.document, edit.span), newText: edit.newText })),
  };
}
