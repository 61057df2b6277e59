import { describe, expect, it } from 'vitest';
import { readLines } from '../../src/syntax/lines.ts';

/** Each line as `dashes key=value`, with what it goes on with. */
const read = (text: string): string[] =>
  readLines(text).map(({ type, within, dashes, key, value }) =>
    type === 'content'
      ? within
        ? `(${within})`
        : `${'- '.repeat(dashes.length)}${key ? `${key.text}=` : ''}${value}`
      : type,
  );

describe('lines', () => {
  it('have dashes, a key and a value', () => {
    expect(read('a: b # c\n- x: "y # z"\n- - 1\n\n# d\n---\n"k l": v\n- http://x:80')).toEqual([
      'a=b',
      '- x="y # z"',
      '- - 1',
      'blank',
      'comment',
      'marker',
      'k l=v',
      '- http://x:80',
    ]);
  });

  it('go on with what began above them', () => {
    expect(read('a: |\n  b: c\n\n  # d\ne: "f\n  g: h"\ni: [1,\n2]\nj: k\n  l\nm: n')).toEqual([
      'a=|',
      '(block)',
      'blank',
      '(block)',
      'e="f',
      '(quoted)',
      'i=[1,',
      '(flow)',
      'j=k',
      '(plain)',
      'm=n',
    ]);
  });

  it('are not swallowed by a quote or a bracket that was forgotten', () => {
    expect(read('a: "b\nc: "d\ne: [\nf: g')).toEqual(['a="b', 'c="d', 'e=[', 'f=g']);
  });

  it('may have placeholders for keys', () => {
    expect(read('<% a b %>: c\n{{ d }}-e: f\n${G}: h\n<<: *i')).toEqual([
      '<% a b %>=c',
      '{{ d }}-e=f',
      '${G}=h',
      '<<=*i',
    ]);
  });

  it('of any length and strangeness are read in no time', () => {
    for (const piece of ['<%%>', '{{}}', '"', "'", '- ', 'a:', '[', '\u00a0', '\\'])
      expect(readLines(piece.repeat(50_000)).length).toBe(1);
  });
});
