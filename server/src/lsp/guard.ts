import { type CancellationToken, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { Session } from './session.ts';

/**
 * Wraps a request handler: a cancelled request isn't begun, one after shutdown is refused, and an exception is logged
 * and answered with `empty`, so that no input takes the server or the editor's feature down.
 */
export function guard<P, R, E = void>(
  session: Session,
  method: string,
  empty: R,
  handler: (params: P, token: CancellationToken) => R | ResponseError<E> | Promise<R | ResponseError<E>>,
): (params: P, token: CancellationToken) => Promise<R | ResponseError<E>> {
  return async (params, token) => {
    if (session.ended.aborted) return new ResponseError(ErrorCodes.InvalidRequest, 'The server is shutting down.');
    if (token.isCancellationRequested) return cancelled();
    try {
      return await handler(params, token);
    } catch (error) {
      session.log.exception(method, error);
      return empty;
    }
  };
}

export const cancelled = <E>(): ResponseError<E> =>
  new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');

/** Lets requests and notifications in that have come meanwhile. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Long work in turns of a few milliseconds: `await turns.pause()` between its steps. */
export class Turns {
  readonly #milliseconds: number;
  #began = performance.now();

  constructor(milliseconds = 10) {
    this.#milliseconds = milliseconds;
  }

  /** True where others were let in, so that whatever was known of the workspace may be old. */
  async pause(): Promise<boolean> {
    if (performance.now() - this.#began < this.#milliseconds) return false;
    await nextTurn();
    this.#began = performance.now();
    return true;
  }
}
