import { type DocumentSymbol, type SymbolInformation, SymbolKind } from 'vscode-languageserver/node';
import type { OutlineSymbol } from '../engine.ts';
import { rangeOf } from './convert.ts';
import { guard } from './guard.ts';
import { type Session, type Target, target } from './session.ts';

/** Chosen by how they look: the interface's sign is a plug. */
export const symbolKinds: Readonly<Record<OutlineSymbol['sort'], SymbolKind>> = {
  resource: SymbolKind.Class,
  container: SymbolKind.Module,
  port: SymbolKind.Interface,
  volume: SymbolKind.Struct,
  key: SymbolKind.Key,
  claim: SymbolKind.Object,
};

export function serveDocumentSymbol(session: Session): void {
  session.connection.onDocumentSymbol(
    guard<{ readonly textDocument: { readonly uri: string } }, DocumentSymbol[] | SymbolInformation[] | null>(
      session,
      'textDocument/documentSymbol',
      null,
      ({ textDocument }) => {
        const file = target(session, textDocument.uri);
        if (file === undefined) return null;
        const symbols = file.snapshot.outline(file.uri);
        return session.client.nestedSymbols
          ? symbols.map((symbol) => nested(session, file, symbol))
          : symbols.flatMap((symbol) => [...flat(session, file, symbol, '')]);
      },
    ),
  );
}

function nested(session: Session, file: Target, symbol: OutlineSymbol): DocumentSymbol {
  return {
    name: symbol.name,
    ...(symbol.detail !== '' && { detail: symbol.detail }),
    kind: symbolKinds[symbol.sort],
    range: rangeOf(session, file.uri, file.text, symbol.span),
    selectionRange: rangeOf(session, file.uri, file.text, symbol.nameSpan),
    children: symbol.children.map((child) => nested(session, file, child)),
  };
}

function* flat(
  session: Session,
  file: Target,
  { name, sort, span, children }: OutlineSymbol,
  containerName: string,
): Generator<SymbolInformation> {
  const location = { uri: session.open.clientUri(file.uri), range: rangeOf(session, file.uri, file.text, span) };
  yield { name, kind: symbolKinds[sort], location, ...(containerName !== '' && { containerName }) };
  for (const child of children) yield* flat(session, file, child, name);
}
