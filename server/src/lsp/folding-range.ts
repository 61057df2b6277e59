import { type FoldingRange, FoldingRangeKind } from 'vscode-languageserver/node';
import { guard } from './guard.ts';
import { type Session, target } from './session.ts';

export function serveFoldingRange(session: Session): void {
  session.connection.onFoldingRanges(
    guard(session, 'textDocument/foldingRange', null, ({ textDocument }) => {
      const file = target(session, textDocument.uri);
      if (file === undefined) return null;
      const lines = session.lines.of(file.uri, file.text);
      return file.snapshot.folds(file.uri).map(
        ({ span, isComment }): FoldingRange => ({
          startLine: lines.position(span.start).line,
          endLine: lines.position(span.end).line,
          ...(isComment && { kind: FoldingRangeKind.Comment }),
        }),
      );
    }),
  );
}
