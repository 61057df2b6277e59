import type { Diagnostic as LspDiagnostic } from 'vscode-languageserver/node';
import type { Snapshot } from '../engine.ts';
import { toDiagnostic } from './convert.ts';
import type { Session, Target } from './session.ts';
import type { Workspace } from './workspaces.ts';

/** Told of everything that may change diagnostics, by whichever way they reach the client. */
export interface DiagnosticsDelivery {
  /** `edited` is the open document that the client itself changed; without one, the disk or the settings did. */
  changed(edited?: string): void;
  closed(uri: string): void;
}

/** Changes whenever the file's diagnostics may have, and is no other workspace's. */
export const resultIdOf = (workspace: Workspace, snapshot: Snapshot, uri: string): string =>
  `${workspace.id}:${snapshot.diagnosticsVersion(uri)}`;

export const diagnosticsOf = (session: Session, file: Target): LspDiagnostic[] =>
  file.snapshot.diagnostics(file.uri).map((diagnostic) => toDiagnostic(session, file, diagnostic));
