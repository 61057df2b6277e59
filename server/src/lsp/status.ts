import { canonicalUri } from '../host/uri.ts';
import { guard } from './guard.ts';
import type { StatusAnswer, StatusParams } from './protocol.ts';
import type { Session } from './session.ts';

/** `podwire/status`: what a client's status bar shows of the folder that a file is in. */
export function serveStatus(session: Session): void {
  session.connection.onRequest(
    'podwire/status',
    guard<StatusParams, StatusAnswer>(session, 'podwire/status', { resources: 0 }, ({ uri }) => ({
      resources: session.workspaces.of(canonicalUri(uri)).snapshot().resourceCount(),
    })),
  );
}
