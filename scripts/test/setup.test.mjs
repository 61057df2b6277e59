import { expect, it } from 'vitest';
import { hasAll } from '../lib/setup.mjs';

const lockfile = (packages) => ({ packages });
const a = { version: '1.0.0' };

it.each([
  ['all of it', { '': {}, 'node_modules/a': a }, { 'node_modules/a': a }, true],
  ['more than that', { 'node_modules/a': a }, { 'node_modules/a': a, 'node_modules/b': a }, true],
  ['not what is for another platform', { 'node_modules/a': { ...a, optional: true } }, {}, true],
  ['a package less', { 'node_modules/a': a, 'node_modules/b': a }, { 'node_modules/a': a }, false],
  ['another version', { 'node_modules/a': a }, { 'node_modules/a': { version: '1.0.1' } }, false],
])('installed: %s', (_, wanted, installed, answer) => {
  expect(hasAll(lockfile(installed), lockfile(wanted))).toBe(answer);
});
