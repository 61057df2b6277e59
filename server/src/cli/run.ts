import { parseArguments, usage } from './arguments.ts';
import { type CheckEngine, check } from './check.ts';
import { complain, exitCodes, type Io } from './io.ts';
import { preview } from './preview.ts';

/** The command line as a function: arguments in, exit code out, everything else by `io`. */
export async function run(
  argv: readonly string[],
  createEngine: () => Promise<CheckEngine>,
  version: string,
  io: Io,
): Promise<number> {
  const parsed = parseArguments(argv);
  switch (parsed.command) {
    case 'help':
      io.out(usage);
      return exitCodes.clean;
    case 'version':
      io.out(`${version}\n`);
      return exitCodes.clean;
    case 'check':
      return check(parsed.check, createEngine, version, io);
    case 'preview':
      return preview(parsed.preview, createEngine, io);
    case 'wrong':
      complain(io, parsed.lost ? parsed.problem : `${parsed.problem} (see podwire --help)`);
      if (parsed.lost) io.err(usage);
      return exitCodes.unusable;
  }
}
