import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
export const hostPackage = path.join(root, 'scripts/vscode-host');
export const fixtures = path.join(root, 'test-fixtures');
/** What the tests leave: reports, bundled suites, pictures of failures. Never committed. */
export const out = path.join(root, 'out');
