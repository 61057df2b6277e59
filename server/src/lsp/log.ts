import type { Connection } from 'vscode-languageserver/node';

/** Where the server says what it does. Nothing of a document's content ever goes there. */
export interface Log {
  info(message: string): void;
  warn(message: string): void;
  /** An exception that a bug let through: its name and where it came from, since its message may quote the document. */
  exception(where: string, error: unknown): void;
}

export function connectionLog(connection: Connection): Log {
  const send = (level: 'info' | 'warn' | 'error', message: string): void => {
    try {
      connection.console[level](message);
    } catch {
      // the client is gone
    }
  };
  return {
    info: (message) => send('info', message),
    warn: (message) => send('warn', message),
    exception: (where, error) => send('error', `${where} failed: ${traceOf(error)}`),
  };
}

/** An exception's name, code and stack frames, without its message. */
export function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = (error as NodeJS.ErrnoException).code;
  const name = typeof code === 'string' ? `${error.name} ${code}` : error.name;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [name, ...frames.slice(0, 12)].join('\n');
}
