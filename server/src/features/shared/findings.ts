import type { Document } from '../../graph/document.ts';
import type { Index } from '../../graph/index.ts';
import type { Workspace } from '../../graph/workspace.ts';
import type { Diagnostic, Severity } from '../../rules/rule-types.ts';
import { checkDocument, checkWiring, type RuleFinding } from '../../rules/run.ts';
import type { ApiModel } from '../../schema/api-model.ts';
import { locate } from './context.ts';

export type RuleSettings = Readonly<Record<string, Severity | 'off'>>;

/** A finding as a diagnostic of its file; undefined where the settings switch its rule off, or a patch excuses it. */
export function toDiagnostic(
  workspace: Workspace,
  document: Document,
  { rule, finding }: RuleFinding,
  settings: RuleSettings,
): Diagnostic | undefined {
  if (rule.wholeOnly && workspace.isPatch(document)) return undefined;
  const setting = settings[rule.id];
  if (setting === 'off') return undefined;
  return {
    span: locate(document, finding.span).span,
    severity: setting ?? finding.severity ?? rule.severity,
    code: rule.id,
    message: finding.message,
    related: (finding.related ?? []).map((related) => ({ location: locate(related.document, related.span), message: related.message })),
    tags: finding.tags ?? [],
  };
}

/** Fresh findings of a document, with their fixes. */
export function freshFindings(document: Document, model: ApiModel, index: Index): readonly RuleFinding[] {
  return [...checkDocument(document, model), ...checkWiring(document, index)];
}
