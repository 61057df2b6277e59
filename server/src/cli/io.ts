/** The world around the command line, so that tests can stand in for it. */
export interface Io {
  readonly cwd: string;
  /** Whether `out` goes to a terminal that wants colours. */
  readonly color: boolean;
  out(text: string): void;
  err(text: string): void;
  /** Everything on standard input. */
  readStdin(): Promise<Uint8Array>;
}

/** One line on standard error, under the program's name. */
export const complain = (io: Io, message: string): void => io.err(`podwire: ${message}\n`);

export const exitCodes = { clean: 0, found: 1, unusable: 2 } as const;
