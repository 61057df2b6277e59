import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeBase64, encodeBase64, textOfBytes } from '../../src/kubernetes/base64.ts';

it('encodes as everybody does, and decodes again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const encoded = encodeBase64(text);
      expect(encoded).toBe(Buffer.from(text).toString('base64'));
      expect(textOfBytes(decodeBase64(encoded) ?? new Uint8Array())).toBe(text);
    }),
  );
});

it.each(['', 'YQ==', 'YWI=', 'YWJj', 'YW\nJj', 'YWJj\n'])('takes %j', (text) =>
  expect(decodeBase64(text)).toBeDefined(),
);

it.each(['a', 'YQ', 'YQ=', 'Y=Q=', 'YQ== ', 'YW Jj', 's3cret!', 'YQ-_'])('refuses %j', (text) =>
  expect(decodeBase64(text)).toBeUndefined(),
);

it('marks bytes that are no text', () => {
  expect(textOfBytes(new Uint8Array([0x61, 0xff, 0xc3, 0x28]))).toBe('a\ufffd\ufffd(');
});
