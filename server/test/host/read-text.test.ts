import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { decodeText, encodeText, readText } from '../../src/host/read-text.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('gives the text without its byte order mark, and remembers that there was one', async () => {
  const folder = await temporaryFolder({ 'plain.yaml': 'a: ü🙂\r\n', 'bom.yaml': '\uFEFFa: ü\n', 'empty.yaml': '' });
  expect(await readText(path.join(folder, 'plain.yaml'))).toEqual({
    text: 'a: ü🙂\r\n',
    encoding: 'utf-8',
    bom: false,
    lossy: false,
  });
  expect(await readText(path.join(folder, 'bom.yaml'))).toMatchObject({ text: 'a: ü\n', bom: true });
  expect(await readText(path.join(folder, 'empty.yaml'))).toMatchObject({ text: '' });
});

test('reads UTF-16 by its byte order mark', () => {
  const little = Buffer.from('\uFEFFa: ü\n', 'utf16le');
  expect(decodeText(little)).toMatchObject({ text: 'a: ü\n', encoding: 'utf-16le', bom: true, lossy: false });
  expect(decodeText(Buffer.from(little).swap16())).toMatchObject({ text: 'a: ü\n', encoding: 'utf-16be', bom: true });
});

test('writes back the same bytes', () => {
  const texts = ['a: ü🙂\r\n', '\uFEFFa\n', ''];
  const utf16 = texts.map((text) => Buffer.from(`\uFEFF${text.replace('\uFEFF', '')}`, 'utf16le'));
  for (const bytes of [
    ...texts.map((text) => Buffer.from(text)),
    ...utf16,
    ...utf16.map((b) => Buffer.from(b).swap16()),
  ]) {
    const read = decodeText(bytes);
    expect(read.text).toBeDefined();
    if (read.text !== undefined) expect(encodeText(read.text, read)).toEqual(bytes);
  }
});

test('invalid bytes are shown as an editor shows them, and marked', () => {
  expect(decodeText(Buffer.from([0x61, 0xff, 0x62]))).toMatchObject({ text: 'a\uFFFDb', lossy: true });
});

test('a NUL among the first 8 kB means binary', () => {
  expect(decodeText(Buffer.from('a: \0'))).toMatchObject({ text: undefined, reason: 'binary' });
  const late = decodeText(Buffer.from(`${'#'.repeat(9000)}\0`));
  expect(late.text).toHaveLength(9001);
});

test('says why there is no text', async () => {
  const folder = await temporaryFolder({ 'big.yaml': 'a: 1\n'.repeat(10), 'sub/': '' });
  const big = path.join(folder, 'big.yaml');
  expect(await readText(big, { limit: 10 })).toMatchObject({ text: undefined, reason: 'too large' });
  expect(await readText(path.join(folder, 'gone.yaml'))).toMatchObject({ reason: 'missing' });
  expect(await readText(path.join(big, 'below.yaml'))).toMatchObject({ reason: 'missing' });
  expect(await readText(path.join(folder, 'sub'))).toMatchObject({ reason: 'unreadable', message: 'is a folder' });
  await writeFile(big, '');
  expect(await readText(big, { limit: 0 })).toMatchObject({ text: '' });
});

test('devices are read on request only', async () => {
  expect(await readText('/dev/null')).toMatchObject({ reason: 'unreadable', message: 'not a regular file' });
  expect(await readText('/dev/null', { pipes: true })).toMatchObject({ text: '' });
});
