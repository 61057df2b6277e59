import { offsetAt, toLocations } from './convert.ts';
import { guard } from './guard.ts';
import { type Session, target } from './session.ts';

export function serveReferences(session: Session): void {
  session.connection.onReferences(
    guard(session, 'textDocument/references', null, ({ textDocument, position, context }) => {
      const file = target(session, textDocument.uri);
      if (file === undefined) return null;
      const offset = offsetAt(session, file, position);
      const found = file.snapshot.references(file.uri, offset, context.includeDeclaration);
      return toLocations(session, file.snapshot, found);
    }),
  );
}
