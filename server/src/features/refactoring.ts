import { newestRelease, parseRelease } from '../base/release.ts';
import { extractPreset } from '../graph/preset-extract.ts';
import { inlinePreset, type Rewriting } from '../graph/preset-inline.ts';
import { hasPods, presetOf } from '../graph/presets.ts';
import type { Workspace } from '../graph/workspace.ts';
import { pluginGoneIn } from '../kubernetes/pod-preset.ts';
import type { FileEdit } from '../rules/rule-types.ts';
import { hitAt } from '../syntax/tree.ts';
import { type FeatureContext, locate } from './shared/context.ts';

/** A change of what is right already, or a repair that leaves a choice. */
export interface Refactoring {
  readonly title: string;
  readonly kind: 'refactor.inline' | 'refactor.extract';
  readonly edits: readonly FileEdit[];
  /** Why it can't be done here. */
  readonly refused: string | undefined;
  /** The codes of the diagnostics that it leaves gone. */
  readonly repairs: readonly string[];
}

/** What can be made of the resource at the cursor. */
export function refactorings(context: FeatureContext, kubernetesVersion: string): readonly Refactoring[] {
  const { document, offset, workspace } = context;
  const facts = document.facts.findLast(({ resource }) => offset >= resource.span.start && offset <= resource.span.end);
  if (!facts) return [];
  const { index } = workspace;
  const preset = presetOf(facts);
  if (preset)
    return [
      toRefactoring(workspace, 'refactor.inline', 'Inline into the pods that it matches', inlinePreset(index, preset), [
        'api-version-removed',
        'api-version-not-served',
      ]),
    ];
  const path = hitAt(document.parsed.root, offset)?.path ?? [];
  const release = parseRelease(kubernetesVersion) ?? newestRelease;
  if (!hasPods(facts) || release >= pluginGoneIn || !path.some((segment) => extracted.has(String(segment)))) return [];
  const title = 'Extract env and volumes into a PodPreset';
  return [toRefactoring(workspace, 'refactor.extract', title, extractPreset(index, facts), [])];
}

const extracted = new Set(['env', 'envFrom', 'volumeMounts', 'volumes']);

function toRefactoring(
  workspace: Workspace,
  kind: Refactoring['kind'],
  title: string,
  rewriting: Rewriting,
  repairs: readonly string[],
): Refactoring {
  if ('refused' in rewriting) return { title, kind, edits: [], refused: rewriting.refused, repairs };
  const edits = rewriting.edits.map(
    ({ document, span, newText }): FileEdit => ({ ...locate(document, span), newText }),
  );
  return { title, kind, edits: [...edits, ...loneMarks(workspace, edits)], refused: undefined, repairs };
}

/** Where a file's first document goes, the mark that opens the second one goes with it. */
function loneMarks(workspace: Workspace, edits: readonly FileEdit[]): readonly FileEdit[] {
  return edits.flatMap((edit): FileEdit[] => {
    const text = workspace.file(edit.uri)?.text ?? '';
    if (edit.newText !== '' || edit.span.start !== 0 || edit.span.end === 0) return [];
    const mark = /^---[ \t]*\r?\n/.exec(text.slice(edit.span.end, edit.span.end + 10));
    return mark && !text.startsWith('---')
      ? [{ uri: edit.uri, span: { start: edit.span.end, end: edit.span.end + mark[0].length }, newText: '' }]
      : [];
  });
}
