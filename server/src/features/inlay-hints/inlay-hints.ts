import type { Span } from '../../base/span.ts';
import type { Workspace } from '../../graph/workspace.ts';
import { isOn, type Switches } from '../shared/switches.ts';
import type { HintKind, InlayHint } from './hint.ts';
import { portHints } from './port-hints.ts';
import { presetHints } from './preset-hints.ts';

export type { InlayHint } from './hint.ts';

export const hintKinds: readonly HintKind[] = [portHints, presetHints];

/** The hints of a part of a file, by position; only resources that reach into it are looked at. */
export function inlayHints(
  workspace: Workspace,
  uri: string,
  span: Span,
  switches: Switches,
  release: number,
): readonly InlayHint[] {
  const kinds = hintKinds.filter(({ id }) => isOn(switches, id));
  const result: InlayHint[] = [];
  for (const document of workspace.file(uri)?.documents ?? []) {
    const inSight = { start: span.start - document.start, end: span.end - document.start };
    for (const facts of document.facts) {
      if (facts.resource.span.start > inSight.end || facts.resource.span.end < inSight.start) continue;
      for (const kind of kinds) result.push(...kind.hintsOf({ workspace, document, facts, release, inSight }));
    }
  }
  return result.filter(({ offset }) => offset >= span.start && offset <= span.end).sort((a, b) => a.offset - b.offset);
}
