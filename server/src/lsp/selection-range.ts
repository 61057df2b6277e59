import type { SelectionRange } from 'vscode-languageserver/node';
import { offsetAt, rangeOf } from './convert.ts';
import { guard } from './guard.ts';
import { type Session, target } from './session.ts';

export function serveSelectionRange(session: Session): void {
  session.connection.onSelectionRanges(
    guard(session, 'textDocument/selectionRange', null, ({ textDocument, positions }) => {
      const file = target(session, textDocument.uri);
      if (file === undefined) return null;
      return positions.map((position): SelectionRange => {
        const spans = file.snapshot.selectionRanges(file.uri, offsetAt(session, file, position));
        let parent: SelectionRange | undefined;
        for (const span of [...spans].reverse())
          parent = { range: rangeOf(session, file.uri, file.text, span), ...(parent && { parent }) };
        return parent ?? { range: { start: position, end: position } };
      });
    }),
  );
}
