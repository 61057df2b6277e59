import type { Session } from './session.ts';

export interface Redelivered {
  /** The request by which the client is told to ask again. */
  readonly method: string;
  /** Whether the client takes it. */
  readonly supported: boolean;
  readonly refresh: () => Promise<void>;
  /** What the client would get now for what it was given last, as text; undefined for an unknown file. */
  readonly now: (uri: string) => string | undefined;
  /** The client has closed the file: what is kept of it can go. */
  readonly closed?: (uri: string) => void;
}

/** Has a client ask again for what it was given, where a change elsewhere has made that another. */
export class Redelivery {
  readonly #session: Session;
  readonly #of: Redelivered;
  /** What the client has, by file. */
  readonly #delivered = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(session: Session, of: Redelivered) {
    this.#session = session;
    this.#of = of;
    session.ended.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  /** The client was given this for a file. */
  delivered(uri: string, text: string): void {
    this.#delivered.set(uri, text);
  }

  /** Something has changed somewhere. */
  changed(): void {
    if (!this.#of.supported || this.#delivered.size === 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), pause);
  }

  closed(uri: string): void {
    this.#delivered.delete(uri);
    this.#of.closed?.(uri);
  }

  #look(): void {
    const { log } = this.#session;
    try {
      const stale = [...this.#delivered].filter(([uri, before]) => this.#of.now(uri) !== before);
      if (stale.length === 0) return;
      for (const [uri] of stale) this.#delivered.delete(uri);
      this.#of.refresh().catch((error: unknown) => log.exception(this.#of.method, error));
    } catch (error) {
      log.exception(this.#of.method, error);
    }
  }
}

/** As long as typing pauses before other files are looked at again, in milliseconds. */
const pause = 500;
