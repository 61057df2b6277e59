import { offsetAt, toLocations } from './convert.ts';
import { guard } from './guard.ts';
import { type Session, target } from './session.ts';

export function serveDefinition(session: Session): void {
  session.connection.onDefinition(
    guard(session, 'textDocument/definition', null, ({ textDocument, position }) => {
      const file = target(session, textDocument.uri);
      if (file === undefined) return null;
      const found = file.snapshot.definition(file.uri, offsetAt(session, file, position));
      return toLocations(session, file.snapshot, found);
    }),
  );
}
