import { overlaps, type Span } from '../base/span.ts';
import { type Document, documentOf } from '../graph/document.ts';
import type { Workspace } from '../graph/workspace.ts';
import type { DraftFix } from '../rules/rule.ts';
import type { Diagnostic, FileEdit, Fix } from '../rules/rule-types.ts';
import type { RuleFinding } from '../rules/run.ts';
import type { ApiModel } from '../schema/api-model.ts';
import { locate } from './shared/context.ts';
import { freshFindings, type RuleSettings, toDiagnostic } from './shared/findings.ts';

export interface CodeAction extends Fix {
  /** The diagnostics that it repairs. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The fixes of every diagnostic that touches a span of a file. */
export function codeActions(workspace: Workspace, model: ApiModel, uri: string, span: Span, settings: RuleSettings): readonly CodeAction[] {
  const result: CodeAction[] = [];
  for (const document of workspace.file(uri)?.documents ?? []) {
    if (!overlaps({ start: document.start, end: document.end }, span)) continue;
    for (const found of freshFindings(document, model, workspace.index)) {
      const diagnostic = toDiagnostic(workspace, document, found, settings);
      if (!diagnostic || !overlaps(diagnostic.span, span)) continue;
      for (const fix of fixesOf(found)) result.push({ ...placed(fix), diagnostics: [diagnostic] });
    }
  }
  return result;
}

/**
 * The edits of every fix of a file that is the only sensible answer, without those that overlap an earlier one:
 * applied again and again until none is left, they come to rest.
 */
export function fixAll(workspace: Workspace, model: ApiModel, uri: string, settings: RuleSettings): readonly FileEdit[] {
  const edits: FileEdit[] = [];
  for (const document of workspace.file(uri)?.documents ?? []) {
    for (const fix of preferredFixes(workspace, model, document, settings)) {
      const clash = fix.edits.some((edit) => edits.some((other) => other.uri === edit.uri && overlaps(other.span, edit.span)));
      if (!clash) edits.push(...fix.edits);
    }
  }
  return edits;
}

function* preferredFixes(workspace: Workspace, model: ApiModel, document: Document, settings: RuleSettings): Generator<Fix> {
  for (const found of freshFindings(document, model, workspace.index)) {
    if (!found.finding.fixes || !toDiagnostic(workspace, document, found, settings)) continue;
    const preferred = fixesOf(found).filter((fix) => fix.preferred);
    const only = preferred[0];
    if (only && preferred.length === 1) yield placed(only);
  }
}

/** Nothing is edited where the text is being typed and can't be read. */
const fixesOf = ({ finding }: RuleFinding): readonly DraftFix[] =>
  (finding.fixes?.() ?? []).filter((fix) => !fix.edits.some((edit) => documentOf(edit.document).outdated));

function placed(fix: DraftFix): Fix {
  return {
    title: fix.title,
    preferred: fix.preferred,
    edits: fix.edits.map((edit) => ({ ...locate(edit.document, edit.span), newText: edit.newText })),
  };
}
