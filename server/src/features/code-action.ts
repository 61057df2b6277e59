import { overlaps, type Span } from '../base/span.ts';
import type { Document } from '../graph/document.ts';
import type { Workspace } from '../graph/workspace.ts';
import type { DraftFix } from '../rules/rule.ts';
import type { Diagnostic, Fix } from '../rules/rule-types.ts';
import type { RuleFinding } from '../rules/run.ts';
import type { ApiModel } from '../schema/api-model.ts';
import { hitAt } from '../syntax/tree.ts';
import { type Judgement, judgeAnew } from './shared/findings.ts';
import { fixesOf, placed } from './shared/fixes.ts';
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
    for (const { found, diagnostic } of judgeAnew(workspace, model, document, judgement)) {
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

/** A comment can't be put into a block scalar, nor before text that can't be read, and nothing suppresses itself. */
function suppression(document: Document, { rule, finding }: RuleFinding): DraftFix | undefined {
  if (document.broken || rule.scope === 'suppression') return undefined;
  const node = hitAt(document.tree, finding.span.start)?.node;
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
