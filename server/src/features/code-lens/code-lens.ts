import type { Span } from '../../base/span.ts';
import type { Workspace } from '../../graph/workspace.ts';
import type { Switches } from '../shared/switches.ts';
import { isOn } from '../shared/switches.ts';
import { effectivePodLens } from './effective-pod-lens.ts';
import type { LensAction, LensKind, LensText } from './lens.ts';
import { podPresetsLens } from './pod-presets-lens.ts';
import { presetPodsLens } from './preset-pods-lens.ts';
import { selectedLens } from './selected-lens.ts';
import { usersLens } from './users-lens.ts';

export type { LensAction, LensText } from './lens.ts';

/** In the order in which they stand beside each other. */
export const lensKinds: readonly LensKind[] = [
  usersLens,
  selectedLens,
  presetPodsLens,
  podPresetsLens,
  effectivePodLens,
];

/** A line of text above a resource or a part of it, which is looked up when it comes in sight. */
export interface CodeLens {
  readonly kind: string;
  /** Where that starts; empty. */
  readonly span: Span;
  /** It is nothing but the way to this action. */
  readonly leadsTo?: LensAction['does'];
}

/** The lenses of a file, by position. */
export function codeLenses(workspace: Workspace, uri: string, switches: Switches): readonly CodeLens[] {
  const kinds = lensKinds.filter(({ id }) => isOn(switches, id));
  return (workspace.file(uri)?.documents ?? []).flatMap((document) =>
    document.facts
      .flatMap((facts) =>
        kinds.flatMap(({ id, leadsTo, startsOf }) =>
          startsOf(facts, workspace.index).map((from): CodeLens => {
            const start = document.start + from;
            return { kind: id, span: { start, end: start }, ...(leadsTo && { leadsTo }) };
          }),
        ),
      )
      .sort((a, b) => a.span.start - b.span.start),
  );
}

/** What a lens says; undefined where the file has none of that kind there any more. */
export function codeLensText(
  workspace: Workspace,
  uri: string,
  { kind, span }: CodeLens,
  release: number,
): LensText | undefined {
  const found = lensKinds.find(({ id }) => id === kind);
  for (const document of workspace.file(uri)?.documents ?? []) {
    const start = span.start - document.start;
    for (const facts of document.facts)
      if (found?.startsOf(facts, workspace.index).includes(start))
        return found.textOf(facts, workspace.index, release, start);
  }
  return undefined;
}
