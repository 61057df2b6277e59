import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

interface Result {
  readonly title: string;
  readonly passed: boolean;
  readonly milliseconds: number;
  readonly error?: string;
}

/**
 * Runs every suite beside this file inside the extension host, under either launcher, and leaves the results in the
 * file that PODWIRE_RESULTS names. Rejects when a test fails, so that VS Code's exit code tells it too.
 */
export async function run(): Promise<void> {
  // An ES module, which the extension host of an older VS Code can't require.
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'tdd', timeout: 40_000, forbidOnly: true, forbidPending: true });
  const folder = import.meta.dirname;
  for (const file of readdirSync(folder).sort()) {
    if (file.endsWith('.test.cjs')) mocha.addFile(path.join(folder, file));
  }
  const results: Result[] = [];
  const file = process.env['PODWIRE_RESULTS'];
  const add = (result: Result): void => {
    results.push(result);
    // After every test: should VS Code hang, the launcher can still tell how far it came.
    if (file !== undefined) writeFileSync(file, JSON.stringify({ tests: results }));
  };
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on('pass', (test) => {
      add({ title: test.fullTitle(), passed: true, milliseconds: test.duration ?? 0 });
    });
    runner.on('fail', (test, error: Error) => {
      const message = error.stack ?? String(error);
      add({ title: test.fullTitle(), passed: false, milliseconds: test.duration ?? 0, error: message });
    });
  });
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
