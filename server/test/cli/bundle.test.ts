import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { configMap, pod } from './run-cli.ts';

const bundle = path.join(import.meta.dirname, '../../../dist/cli.js');

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The built program. With `closeEarly` its output is a pipe whose reader is gone. */
function podwire(
  args: readonly string[],
  cwd: string,
  options: { stdin?: string; closeEarly?: boolean } = {},
): Promise<Run> {
  const child = spawn(process.execPath, [bundle, ...args], { cwd, stdio: 'pipe' });
  let out = '';
  let err = '';
  if (options.closeEarly === true) child.stdout.destroy();
  else child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  child.stdin.end(options.stdin ?? '');
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

describe('what is shipped', () => {
  const sizeOf = (name: string): number => statSync(path.join(path.dirname(bundle), name)).size;

  test('is small: a server with its data, beside which the packs of custom resources lie', () => {
    expect(sizeOf('server.js') + sizeOf('schema.json.br')).toBeLessThan(3_000_000);
    expect(sizeOf('cli.js') + sizeOf('schema.json.br')).toBeLessThan(3_000_000);
    expect(sizeOf('packs/cert-manager.json.br')).toBeGreaterThan(1000);
  });
});

describe('the built program', () => {
  test('checks with the schema that lies beside it, without colours in a pipe', async () => {
    const folder = await temporaryFolder({
      'map.yaml': configMap,
      'pod.yaml': pod('settings', 'mode').replace('image:', 'imag:'),
    });
    const { code, out, err } = await podwire(['check'], folder);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toContain('[unknown-field]');
    expect(out).not.toContain('\u001b');
  });

  test('reads standard input', async () => {
    const folder = await temporaryFolder();
    expect(await podwire(['check', '-'], folder, { stdin: configMap })).toEqual({
      code: 0,
      out: 'No problems in 1 file, 1 resource.\n',
      err: '',
    });
  });

  test('says its version', async () => {
    const { code, out } = await podwire(['--version'], '/');
    expect(code).toBe(0);
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(out).not.toBe('0.0.0\n');
  });

  test('a reader that goes away is no error', async () => {
    const files = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`${i}.yaml`, pod('settings', 'mod')]));
    const folder = await temporaryFolder({ ...files, 'map.yaml': configMap });
    const { code, err } = await podwire(['check'], folder, { closeEarly: true });
    expect({ code, err }).toEqual({ code: 1, err: '' });
  });

  test('bad usage is exit code 2', async () => {
    const { code, out, err } = await podwire(['check', 'not-there'], '/');
    expect({ code, out, err }).toEqual({ code: 2, out: '', err: 'podwire: not-there: no such file or folder\n' });
  });
});
