import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { objectFromFiles } from '../../src/engine.ts';
import { atCursor, edited } from '../fixture.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';

const secret = (body: string): string => `apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\n${body}`;

function rewrite(text: string, title: string): string {
  const { snapshot, uri, offset } = atCursor(text);
  const actions = snapshot.secretActions(uri, offset);
  expect(actions.map((action) => action.title)).toEqual([title]);
  return edited(snapshot, actions[0]?.edits ?? []).get(uri) ?? '';
}

const hoverOn = (text: string): string => {
  const { snapshot, uri, offset } = atCursor(text);
  return snapshot.hover(uri, offset)?.contents ?? '';
};

describe('hover', () => {
  it.each([
    ['data', 'data:\n  p: aHVu$0dGVyMg==\n', '`p`: 7 bytes, text, in base64'],
    ['stringData', 'stringData:\n  p: hun$0ter2\n', '`p`: 7 bytes, text'],
    ['JSON', 'stringData:\n  p: \'{"$0a": 1}\'\n', '`p`: 8 bytes, JSON'],
    ['binary', 'data:\n  p: $0//4=\n', '`p`: 2 bytes, binary, in base64'],
    ['no base64', 'data:\n  p: hun$0ter2\n', '`p`: not base64'],
  ])('says size and sort: %s', (_, body, wanted) => {
    const contents = hoverOn(secret(body));
    expect(contents).toContain(wanted);
    expect(contents).not.toContain('hunter2');
    expect(contents).not.toContain('aHVudGVyMg');
  });

  it('says nothing of placeholders, nor of ConfigMaps', () => {
    expect(hoverOn(secret('stringData:\n  p: ${P$0}\n'))).not.toContain('bytes');
    expect(hoverOn(secret('data:\n  p: hun$0ter2\n').replace('Secret', 'ConfigMap'))).not.toContain('bytes');
  });
});

describe('rewrites', () => {
  it('decodes into stringData', () => {
    const text = secret('data:\n  a: Yg==\n  p: aHVu$0dGVyMg==\n');
    expect(rewrite(text, 'Decode p into stringData')).toBe(secret('data:\n  a: Yg==\nstringData:\n  p: hunter2\n'));
  });

  it('takes the field away with its last key, and adds to what is there', () => {
    const text = secret('data:\n  p: aHVu$0dGVyMg==\nstringData:\n  a: b\n');
    expect(rewrite(text, 'Decode p into stringData')).toBe(secret('stringData:\n  a: b\n  p: hunter2\n'));
  });

  it('encodes into data', () => {
    const text = secret('stringData:\n  p: hun$0ter2\ntype: Opaque\n');
    expect(rewrite(text, 'Encode p into data')).toBe(secret('type: Opaque\ndata:\n  p: aHVudGVyMg==\n'));
  });

  it('encodes what should have been', () =>
    expect(rewrite(secret('data:\n  p: hun$0ter2\n'), 'Encode the value of p as base64')).toBe(
      secret('data:\n  p: aHVudGVyMg==\n'),
    ));

  it.each([
    ['a binary value', 'data:\n  p: $0//4=\n'],
    ['a key that is in both', 'data:\n  p: aHVu$0dGVyMg==\nstringData:\n  p: a\n'],
    ['a key', 'data:\n  p$0: aHVudGVyMg==\n'],
    ['a placeholder', 'stringData:\n  p: ${P$0}\n'],
  ])('not %s', (_, body) => {
    const { snapshot, uri, offset } = atCursor(secret(body));
    expect(snapshot.secretActions(uri, offset)).toEqual([]);
  });

  it('tells where a hidden value stands, and of none that is plain', () => {
    const hidden = atCursor(secret('data:\n  p: aHVu$0dGVyMg==\n'));
    const found = hidden.snapshot.hiddenSecret(hidden.uri, hidden.offset);
    expect(found?.key).toBe('p');
    expect(hidden.snapshot.text(hidden.uri)?.slice(found?.span.start, found?.span.end)).toBe('aHVudGVyMg==');
    const plain = atCursor(secret('stringData:\n  p: hun$0ter2\n'));
    expect(plain.snapshot.hiddenSecret(plain.uri, plain.offset)).toBeUndefined();
  });
});

const long = 'this is a fairly long line of text which goes on and on well past the eightieth column and further';
/** What kubectl 1.32 printed for each, behind its key. */
const known: readonly (readonly [key: string, content: string, printed: string])[] = [
  ['bom', '\ufeffa', '"\\uFEFF\\x61"'],
  ['bool', 'true', '"true"'],
  ['clock', '12:30', '"12:30"'],
  ['crlf', 'a\r\nb\r\n', '"a\\r\\nb\\r\\n"'],
  ['dash', '- x', "'- x'"],
  ['date', '2020-01-01', '"2020-01-01"'],
  ['emoji', 'café 😀', '"café \\U0001F600"'],
  ['empty', '', '""'],
  ['end', 'end ', "'end '"],
  ['keep', 'a\n\n\n', '|+\n    a\n\n'],
  ['lead', '  a\nb\n', '|2\n      a\n    b'],
  ['line', 'a\nb', '|-\n    a\n    b'],
  ['long', `${long} than that`, `${long.replace(' column', '\n    column')} than that`],
  ['nul', 'a\0b', '"a\\0b"'],
  ['octal', '0644', '"0644"'],
  ['quotes', 'it\'s "q"', 'it\'s "q"'],
  ['special', 'a: b #c', "'a: b #c'"],
  ['tab', '\ta\nb\n', '"\\ta\\nb\\n"'],
  ['yes', 'y', '"y"'],
];

describe('objects of files', () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  it.each(known)('a ConfigMap’s %s as kubectl writes it', (key, content, printed) => {
    const quoted = key === 'yes' ? '"yes"' : key;
    expect(objectFromFiles('ConfigMap', 'files', [{ key, content: bytes(content) }])).toBe(
      `apiVersion: v1\ndata:\n  ${quoted}: ${printed}\nkind: ConfigMap\nmetadata:\n  creationTimestamp: null\n  name: files\n`,
    );
  });

  it('what is not UTF-8 goes into binaryData; all of a Secret is base64', () => {
    const files = [
      { key: 'b', content: bytes('x') },
      { key: 'a', content: new Uint8Array([255, 254]) },
    ];
    const tail = 'metadata:\n  creationTimestamp: null\n  name: files\n';
    expect(objectFromFiles('ConfigMap', 'files', files)).toBe(
      `apiVersion: v1\nbinaryData:\n  a: //4=\ndata:\n  b: x\nkind: ConfigMap\n${tail}`,
    );
    expect(objectFromFiles('Secret', 'files', files)).toBe(
      `apiVersion: v1\ndata:\n  a: //4=\n  b: eA==\nkind: Secret\n${tail}`,
    );
  });

  it('the same as the kubectl at hand, if there is one that prints as that version does', async () => {
    const folder = await temporaryFolder({});
    for (const [key, content] of known) writeFileSync(path.join(folder, key), content);
    const files = known.map(([key, content]) => ({ key, content: bytes(content) }));
    for (const [kind, words] of [
      ['ConfigMap', ['configmap']],
      ['Secret', ['secret', 'generic']],
    ] as const) {
      const own = objectFromFiles(kind, 'files', files);
      expect(kubectl([...words, 'files', `--from-file=${folder}`]) ?? own).toBe(own);
    }
  });
});

/** What kubectl prints; undefined without one, and for those from 1.34 on, which leave the empty time out. */
function kubectl(args: readonly string[]): string | undefined {
  try {
    const all = ['create', ...args, '--dry-run=client', '-o', 'yaml'];
    const printed = execFileSync('kubectl', all, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    return printed.includes('creationTimestamp: null') ? printed : undefined;
  } catch {
    return undefined;
  }
}
