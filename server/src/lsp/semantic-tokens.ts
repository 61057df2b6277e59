import {
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensLegend,
  type SemanticTokensParams,
} from 'vscode-languageserver/node';
import type { SemanticToken } from '../engine.ts';
import { guard } from './guard.ts';
import { Redelivery } from './redelivery.ts';
import { type Session, type Target, target } from './session.ts';

/** Types that every editor's themes know; a colour of their own they get from the client (`semanticTokenScopes`). */
export const semanticTokensLegend: SemanticTokensLegend = {
  tokenTypes: ['variable', 'property'],
  tokenModifiers: ['declaration', 'unresolved'],
};

const types: Readonly<Record<SemanticToken['type'], number>> = { reference: 0, label: 1 };

/** Colours for wired names. */
export function serveSemanticTokens(session: Session): Redelivery {
  const { languages } = session.connection;
  const method = 'textDocument/semanticTokens/full';
  const redelivery = new Redelivery(session, {
    method: 'workspace/semanticTokens/refresh',
    supported: session.client.semanticTokensRefresh,
    refresh: () => languages.semanticTokens.refresh(),
    now(uri) {
      const file = target(session, uri);
      return file && encode(session, file).join();
    },
  });
  languages.semanticTokens.on(
    guard<SemanticTokensParams, SemanticTokens>(session, method, { data: [] }, ({ textDocument }) => {
      const file = target(session, textDocument.uri);
      if (file === undefined) return { data: [] };
      const data = encode(session, file);
      redelivery.delivered(file.uri, data.join());
      return { data };
    }),
  );
  return redelivery;
}

function encode(session: Session, { uri, text, snapshot }: Target): number[] {
  const lines = session.lines.of(uri, text);
  const builder = new SemanticTokensBuilder();
  for (const { span, type, unresolved, declaration } of snapshot.semanticTokens(uri)) {
    const { line, character } = lines.position(span.start);
    builder.push(line, character, span.end - span.start, types[type], (declaration ? 1 : 0) | (unresolved ? 2 : 0));
  }
  return builder.build().data;
}
