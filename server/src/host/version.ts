import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Podwire's own version, from the package that the program is part of. */
export function podwireVersion(): string {
  // dist/ when bundled, server/src/host otherwise
  for (const up of ['..', '../../..']) {
    try {
      const text = readFileSync(path.join(import.meta.dirname, up, 'package.json'), 'utf8');
      const manifest: unknown = JSON.parse(text);
      if (typeof manifest !== 'object' || manifest === null) continue;
      const { name, version } = manifest as {
        name?: unknown;
        version?: unknown;
      };
      if (name === 'podwire' && typeof version === 'string') return version;
    } catch {
      // not here
    }
  }
  return '0.0.0';
}
