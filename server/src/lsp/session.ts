import type { Connection } from 'vscode-languageserver/node';
import type { Snapshot } from '../engine.ts';
import { canonicalUri } from '../host/uri.ts';
import type { ClientFeatures } from './client.ts';
import type { LineIndexes } from './line-indexes.ts';
import type { Log } from './log.ts';
import type { OpenDocuments } from './open-documents.ts';
import type { Workspace, Workspaces } from './workspaces.ts';

/** What every handler works with, from initialize to shutdown. */
export interface Session {
  readonly connection: Connection;
  readonly client: ClientFeatures;
  readonly open: OpenDocuments;
  readonly workspaces: Workspaces;
  readonly lines: LineIndexes;
  readonly log: Log;
  /** Aborted at shutdown: whatever runs in the background ends. */
  readonly ended: AbortSignal;
}

/** A file that a request is about. */
export interface Target {
  readonly uri: string;
  readonly workspace: Workspace;
  readonly snapshot: Snapshot;
  readonly text: string;
}

/** The file behind a client's URI; undefined where the server doesn't know it. */
export function target(session: Session, clientUri: string): Target | undefined {
  const uri = canonicalUri(clientUri);
  const workspace = session.workspaces.of(uri);
  const snapshot = workspace.snapshot();
  const text = snapshot.text(uri);
  return text === undefined ? undefined : { uri, workspace, snapshot, text };
}
