// A section of the benchmark runs in a process of its own: what one leaves on the heap isn't the next one's burden.
import path from 'node:path';
import { spawnGroup } from '../scripts/lib/processes.mjs';

/** In the child: takes its parameters, runs, and hands the result back. */
export async function serveSection(run) {
  const result = await run(JSON.parse(process.argv[2]));
  await new Promise((resolve) => process.send(result, resolve));
  process.disconnect();
}

/** In the parent: runs a section's file and resolves to its result. Rejects where it fails. */
export function runSection(file, parameters) {
  return new Promise((resolve, reject) => {
    const args = ['--expose-gc', path.join(import.meta.dirname, `sections/${file}.mjs`)];
    const child = spawnGroup(process.execPath, [...args, JSON.stringify(parameters)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    let result;
    child.once('message', (message) => {
      result = { message };
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0 && result) resolve(result.message);
      else reject(new Error(`the section ${file} ended with ${code}`));
    });
  });
}
