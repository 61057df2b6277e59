import type { SymbolInformation } from 'vscode-languageserver/node';
import { toLocations } from './convert.ts';
import { symbolKinds } from './document-symbol.ts';
import { guard } from './guard.ts';
import type { Session } from './session.ts';

export function serveWorkspaceSymbol(session: Session): void {
  session.connection.onWorkspaceSymbol(
    guard<{ readonly query: string }, SymbolInformation[]>(session, 'workspace/symbol', [], ({ query }) =>
      session.workspaces.all().flatMap((workspace) => {
        const snapshot = workspace.snapshot();
        return snapshot.workspaceSymbols(query).flatMap(({ name, container, sort, location }) =>
          toLocations(session, snapshot, [location]).map(
            (place): SymbolInformation => ({
              name,
              kind: symbolKinds[sort],
              location: place,
              ...(container !== '' && { containerName: container }),
            }),
          ),
        );
      }),
    ),
  );
}
