import { Engine } from '../engine.ts';
import { loadApiModel } from '../host/schema-file.ts';
import { podwireVersion } from '../host/version.ts';
import { complain, exitCodes, type Io } from './io.ts';
import { run } from './run.ts';

const io: Io = {
  cwd: process.cwd(),
  color: process.stdout.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  async readStdin() {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  },
};

async function createEngine(): Promise<Engine> {
  const { model, problem } = await loadApiModel();
  if (problem !== undefined) complain(io, `the Kubernetes schema is missing, fields are not checked: ${problem}`);
  return new Engine({ model });
}

// `podwire check | head` closes the pipe early: what was to be said is no one's loss.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

run(process.argv.slice(2), createEngine, podwireVersion(), io).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    complain(io, `internal error: ${error instanceof Error ? error.stack : String(error)}`);
    process.exitCode = exitCodes.unusable;
  },
);
