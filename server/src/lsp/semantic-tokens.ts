import {
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensLegend,
  type SemanticTokensParams,
} from 'vscode-languageserver/node';
import type { SemanticToken } from '../engine.ts';
import { canonicalUri } from '../host/uri.ts';
import { guard } from './guard.ts';
import { type Session, type Target, target } from './session.ts';

/** Types that every editor's themes know; a colour of their own they get from the client (`semanticTokenScopes`). */
export const semanticTokensLegend: SemanticTokensLegend = {
  tokenTypes: ['variable', 'property'],
  tokenModifiers: ['declaration', 'unresolved'],
};

const types: Readonly<Record<SemanticToken['type'], number>> = { reference: 0, label: 1 };

/** As long as typing pauses before tokens of other files are looked at again. */
const pause = 500;

/** Colours for wired names; has the client ask again where a change elsewhere has made or cut a wire. */
export class SemanticTokensService {
  readonly #session: Session;
  /** What the client has, by file. */
  readonly #delivered = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(session: Session) {
    this.#session = session;
    session.ended.addEventListener('abort', () => clearTimeout(this.#timer));
    session.connection.languages.semanticTokens.on(
      guard<SemanticTokensParams, SemanticTokens>(
        session,
        'textDocument/semanticTokens/full',
        { data: [] },
        ({ textDocument }) => {
          const file = target(session, textDocument.uri);
          if (file === undefined) return { data: [] };
          const data = encode(session, file);
          this.#delivered.set(file.uri, data.join());
          return { data };
        },
      ),
    );
  }

  changed(): void {
    if (!this.#session.client.semanticTokensRefresh || this.#delivered.size === 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), pause);
  }

  closed(uri: string): void {
    this.#delivered.delete(canonicalUri(uri));
  }

  #look(): void {
    const { connection, log } = this.#session;
    const stale = [...this.#delivered].filter(([uri, before]) => {
      const file = target(this.#session, uri);
      return file === undefined || encode(this.#session, file).join() !== before;
    });
    if (stale.length === 0) return;
    for (const [uri] of stale) this.#delivered.delete(uri);
    connection.languages.semanticTokens
      .refresh()
      .catch((error: unknown) => log.exception('workspace/semanticTokens/refresh', error));
  }
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
