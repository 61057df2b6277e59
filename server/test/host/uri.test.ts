import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalUri, isWithin, pathFromUri, uriFromPath } from '../../src/host/uri.ts';

test('all spellings of a file give one URI', () => {
  const spellings = [
    'file:///C:/a%20b/x.yaml',
    'file:///c%3A/a%20b/x.yaml',
    'file:///c:/a b/x.yaml',
    'FILE://localhost/C%3a/a%20b/x.yaml',
    'file:///c%3A/%61%20b/x.yaml/',
  ];
  expect(new Set(spellings.map(canonicalUri))).toEqual(new Set(['file:///c%3A/a%20b/x.yaml']));
});

test('odd names survive', () => {
  for (const name of [
    '/a b/c#d?e.yaml',
    '/100%.yaml',
    '/ü🙂.yaml',
    "/(x)!*'.yaml",
    '/a%20b.yaml',
    '/',
    '/a+b&c=d@e,f;g$.yaml',
  ]) {
    expect(pathFromUri(uriFromPath(name))).toBe(name);
    expect(canonicalUri(uriFromPath(name))).toBe(uriFromPath(name));
  }
  expect(canonicalUri('file:///a/100%.yaml')).toBe('file:///a/100%25.yaml');
  expect(canonicalUri('file:///a/%ff.yaml')).toBe('file:///a/%25ff.yaml');
});

test('other schemes stay as they are and have no path', () => {
  for (const uri of ['untitled:Untitled-1', 'vscode-vfs://github/a/b%20c.yaml', 'not a uri', '']) {
    expect(canonicalUri(uri)).toBe(uri);
    expect(pathFromUri(uri)).toBeUndefined();
  }
});

test('another host is no path of this machine', () => {
  expect(canonicalUri('file://Server/share/x.yaml')).toBe('file://server/share/x.yaml');
  expect(pathFromUri('file://server/share/x.yaml')).toBeUndefined();
});

test('inside of a folder', () => {
  expect(isWithin('file:///a/b', 'file:///a/b')).toBe(true);
  expect(isWithin('file:///a/b/c', 'file:///a/b')).toBe(true);
  expect(isWithin('file:///a/bc', 'file:///a/b')).toBe(false);
  expect(isWithin('file:///a', 'file:///')).toBe(true);
});

test('canonical is canonical, whatever comes in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const once = canonicalUri(`file://${text}`);
      expect(canonicalUri(once)).toBe(once);
    }),
  );
});
