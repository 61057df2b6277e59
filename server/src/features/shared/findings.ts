import { touches } from '../../base/span.ts';
import type { Document } from '../../graph/document.ts';
import type { Index } from '../../graph/index.ts';
import { addsLabels, setsNamespace } from '../../graph/kustomize.ts';
import { mayBeDefaulted } from '../../graph/webhooks.ts';
import type { Workspace } from '../../graph/workspace.ts';
import type { Diagnostic, Severity } from '../../rules/rule-types.ts';
import { checkDocument, checkWiring, isOfAbsence, type RuleFinding } from '../../rules/run.ts';
import { unusedSuppression } from '../../rules/unused-suppression.ts';
import type { ApiModel } from '../../schema/api-model.ts';
import { locate } from './context.ts';
import { textOf } from './places.ts';
import { type Suppression, suppressionsOf } from './suppression.ts';

/** What the settings have a say in. */
export interface Judgement {
  /** Severity by rule id. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  /** Objects that are on the cluster: `Kind/name`, where `*` stands for anything. */
  readonly externalResources: readonly string[];
}

export interface Judged {
  readonly found: RuleFinding;
  readonly diagnostic: Diagnostic;
}

/**
 * The findings of a document that are to be shown: without those that the settings switch off, that a patch excuses,
 * or that a comment or an annotation suppresses; suppressions without effect are findings of their own.
 */
export function judge(
  workspace: Workspace,
  document: Document,
  all: readonly RuleFinding[],
  judgement: Judgement,
): readonly Judged[] {
  const suppressions = suppressionsOf(document);
  const used = new Set<string>();
  const patch = all.some(isOfAbsence) && workspace.isPatch(document);
  const shown = all.filter((found) => {
    const { rule, finding } = found;
    if ((patch && isOfAbsence(found)) || judgement.rules[rule.id] === 'off') return false;
    if (finding.ofLabels && addsLabels(workspace.index, document.uri)) return false;
    if (finding.ofNamespace && setsNamespace(workspace.index, document.uri)) return false;
    if (finding.ofChoice && workspace.file(document.uri)?.documents.some(({ template }) => template)) return false;
    if (finding.absent && isExternal(finding.absent, judgement.externalResources)) return false;
    if (isAnnotated(document, finding.span.start, rule.id)) return false;
    return !suppressions.some((suppression) => covers(suppression, finding.span.start, rule.id, used));
  });
  // While the document can't be read, nothing is found that could be suppressed.
  const idle = document.broken || document.facts.length === 0 ? [] : unused(suppressions, used, judgement);
  return [...shown, ...idle].map((found) => ({
    found,
    diagnostic: toDiagnostic(workspace, document, inDoubt(workspace, document, found), judgement),
  }));
}

/** What a webhook of this workspace may fill in is no certain fault. */
function inDoubt({ index }: Workspace, document: Document, found: RuleFinding): RuleFinding {
  const { finding } = found;
  if (!finding.ofDefaults) return found;
  const facts = document.facts.findLast(({ resource }) => touches(resource.span, finding.span.start));
  return facts && mayBeDefaulted(index, facts.resource)
    ? { ...found, finding: { ...finding, severity: 'hint' } }
    : found;
}

function covers({ comment, line, codes }: Suppression, offset: number, code: string, used: Set<string>): boolean {
  if (offset < line.start || offset > line.end) return false;
  if (codes.length > 0 && !codes.some((listed) => listed.code === code)) return false;
  used.add(`${comment.start} ${codes.length > 0 ? code : ''}`);
  return true;
}

function unused(suppressions: readonly Suppression[], used: ReadonlySet<string>, { rules }: Judgement): RuleFinding[] {
  if (rules[unusedSuppression.id] === 'off') return [];
  const message = (code: string): string =>
    `Nothing here has to be suppressed${code === '' ? '' : ` for ${code}`}: this comment can go.`;
  return suppressions.flatMap(({ comment, codes }) => {
    const idle = codes.filter(({ code }) => !used.has(`${comment.start} ${code}`));
    if (codes.length === 0) return used.has(`${comment.start} `) ? [] : [unusedFinding(comment, message(''))];
    return idle.map(({ code, span }) => unusedFinding(span, message(code)));
  });
}

const unusedFinding = (span: { readonly start: number; readonly end: number }, message: string): RuleFinding => ({
  rule: unusedSuppression,
  finding: { span, message, tags: ['unnecessary'] },
});

/** The annotation podwire.io/ignore of the resource: codes, or `*`. */
function isAnnotated(document: Document, offset: number, code: string): boolean {
  return document.facts.some(
    ({ resource }) =>
      resource.ignored.length > 0 &&
      offset >= resource.span.start &&
      offset <= resource.span.end &&
      resource.ignored.some((ignored) => ignored === '*' || ignored === code),
  );
}

function isExternal(absent: { readonly kind: string; readonly name: string }, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const [kind = '', name = '*'] = pattern.split('/');
    return fits(kind, absent.kind) && fits(name, absent.name);
  });
}

function fits(pattern: string, text: string): boolean {
  const expression = pattern
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${expression}$`).test(text);
}

function toDiagnostic(
  workspace: Workspace,
  document: Document,
  { rule, finding }: RuleFinding,
  { rules }: Judgement,
): Diagnostic {
  const setting = rules[rule.id];
  return {
    span: locate(document, finding.span).span,
    severity: (setting === 'off' ? undefined : setting) ?? finding.severity ?? rule.severity,
    code: rule.id,
    message: textOf(workspace, document, finding.message),
    related: (finding.related ?? []).map((related) => ({
      location: locate(related.document, related.span),
      message: related.message,
    })),
    tags: finding.tags ?? [],
  };
}

/** Fresh findings of a document, with their fixes. */
export function freshFindings(document: Document, model: ApiModel, index: Index): readonly RuleFinding[] {
  return [...checkDocument(document, model).findings, ...checkWiring(document, index, model)];
}

/** What a document says for its author as it stands now, with the fixes. */
export const judgeAnew = (
  workspace: Workspace,
  model: ApiModel,
  document: Document,
  judgement: Judgement,
): ReturnType<typeof judge> => judge(workspace, document, freshFindings(document, model, workspace.index), judgement);
