import type { Location } from '../base/location.ts';
import type { Span } from '../base/span.ts';
import { sortOfPlace } from '../graph/files.ts';
import { resolveUse } from '../graph/resolve.ts';
import type { Workspace } from '../graph/workspace.ts';
import { symbols } from '../tables/symbols.ts';
import { locate } from './shared/context.ts';

/** A path in a file, and the file that a click on it opens: a kustomization's own, where it is a folder with one. */
export interface DocumentLink {
  readonly span: Span;
  readonly target: Location['uri'];
}

/** The paths of a file that lead to files of the workspace, by position. */
export function documentLinks(workspace: Workspace, uri: string): readonly DocumentLink[] {
  const { index } = workspace;
  return (workspace.file(uri)?.documents ?? []).flatMap((document) =>
    document.facts
      .flatMap(({ uses }) => uses)
      .flatMap((use): readonly DocumentLink[] => {
        if (use.row.mode !== 'path') return [];
        const resolution = resolveUse(index, use);
        if (resolution.status !== 'resolved') return [];
        // A folder can't be opened.
        const target = resolution.targets.find(
          (one) =>
            symbols[one.symbol].of === 'workspace' && sortOfPlace(one) !== 'folder' && sortOfPlace(one) !== 'unread',
        );
        return target ? [{ span: locate(document, use.span).span, target: target.facts.document.uri }] : [];
      })
      .sort((a, b) => a.span.start - b.span.start),
  );
}
