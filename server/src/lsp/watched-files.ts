import { DidChangeWatchedFilesNotification, WatchKind } from 'vscode-languageserver/node';
import { canonicalUri } from '../host/uri.ts';
import type { FolderIndex } from './folder-index.ts';
import type { Session } from './session.ts';
import type { Workspace } from './workspaces.ts';

/** Hears of changes on disk, and asks the client to tell of them where it can be asked. */
export function serveWatchedFiles(session: Session, indexOf: (workspace: Workspace) => FolderIndex | undefined): void {
  const { connection, client, workspaces, log } = session;
  connection.onDidChangeWatchedFiles(({ changes }) => {
    try {
      const byIndex = new Map<FolderIndex, string[]>();
      for (const change of changes) {
        const uri = canonicalUri(change.uri);
        const index = indexOf(workspaces.of(uri));
        if (index === undefined) continue;
        const uris = byIndex.get(index);
        if (uris === undefined) byIndex.set(index, [uri]);
        else uris.push(uri);
      }
      for (const [index, uris] of byIndex) void index.update(uris);
    } catch (error) {
      log.exception('workspace/didChangeWatchedFiles', error);
    }
  });
  if (!client.registerWatchedFiles) return;
  // Editors tell of a folder that came or went as a whole only by the folder's own name.
  const watchers = [
    { globPattern: '**/*.{yaml,yml}', kind: WatchKind.Change },
    { globPattern: '**/Kustomization', kind: WatchKind.Change },
    { globPattern: '**/.gitignore', kind: WatchKind.Change },
    { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
  ];
  connection.client
    .register(DidChangeWatchedFilesNotification.type, { watchers })
    .catch((error: unknown) => log.exception('client/registerCapability', error));
}
