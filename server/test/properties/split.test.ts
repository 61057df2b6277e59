import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { parseYaml } from '../../src/syntax/parse.ts';
import { splitAgain, splitDocuments } from '../../src/syntax/split.ts';
import { type Node, resolveAlias } from '../../src/syntax/tree.ts';
import { holds } from './workspaces.ts';

/** A tree as plain data. */
function plain(node: Node | undefined): unknown {
  const here = resolveAlias(node);
  if (here?.type === 'map') return Object.fromEntries(here.pairs.map(({ key, value }) => [key.value, plain(value)]));
  if (here?.type === 'list') return here.items.map(plain);
  return here?.value ?? '';
}

const bodies = [
  '',
  '# only a comment\n',
  'a: 1\nb:\n  - x\n  - y: z\n',
  'script: |\n  first\n  ---\n  ...\n  %YAML 1.2\n  last\n',
  'folded: >-\n    ---\n    text\n',
  'quoted: "one\n  --- two\n  three"\n',
  "single: 'it''s ---'\n",
  '- a\n---b\n'.replace('---b\n', '- ---b\n'),
  'list:\n- 1\n- ---2\n',
  'key: value # --- no border\n# --- neither\n',
  '---x: 1\n',
  'plain text\n  on two lines\n',
  '"quoted document"\n',
  '{ flow: [a, b], more: { c: d } }\n',
  'anchor: &a [1]\nalias: *a\n',
  'end: of text without break',
];
const opens = [
  '---\n',
  '--- # comment\n',
  '---   \n',
  '--- |\n  block ---\n',
  '%YAML 1.2\n---\n',
  '# head\n%YAML 1.2\n# more\n\n---\n',
  '--- !!map\n',
];
const closes = ['', '', '...\n', '... # comment\n', '...\n# between\n'];

const documents = fc
  .array(
    fc.record({ open: fc.constantFrom(...opens), body: fc.constantFrom(...bodies), close: fc.constantFrom(...closes) }),
    { maxLength: 6 },
  )
  .map((parts) =>
    parts.map(({ open, body, close }, i) => {
      // A directive needs the end of the document before it; a block scalar is a document by itself.
      const afterEnd = i === 0 || (parts[i - 1]?.close ?? '') !== '';
      const head = open.includes('%') && !afterEnd ? '---\n' : open;
      const text = head.startsWith('--- |')
        ? head
        : head.startsWith('--- !!map') && !/^(?:a|list|key):/.test(body)
          ? `---\n${body}`
          : head + body;
      return text.endsWith('\n') ? text + close : `${text}\n${close}`;
    }),
  );
const text = fc
  .tuple(documents, fc.boolean(), fc.boolean(), fc.constantFrom(...bodies))
  .map(([parts, crlf, cut, first]) => {
    const bare = parts[0]?.startsWith('---') && first.endsWith('\n') ? first : '';
    const joined = bare + parts.join('');
    const ended = cut ? joined.replace(/\n$/, '') : joined;
    return crlf ? ended.replaceAll('\n', '\r\n') : ended;
  });

const isContent = (value: unknown): boolean => value !== null && value !== '';

describe('splitting before parsing', () => {
  it('gives the documents that the whole parse gives', () => {
    const property = fc.property(text, (whole) => {
      const wanted = parseAllDocuments(whole, { schema: 'failsafe', logLevel: 'silent' });
      const errors = 'empty' in wanted ? [] : wanted.flatMap((document) => document.errors);
      const parsed = splitDocuments(whole).map(({ start, end }) => parseYaml(whole.slice(start, end)));
      expect(errors).toEqual([]);
      expect(parsed.flatMap((document) => document.problems)).toEqual([]);
      const values = 'empty' in wanted ? [] : wanted.map((document) => document.toJS() as unknown);
      expect(parsed.map(({ root }) => plain(root)).filter(isContent)).toEqual(values.filter(isContent));
    });
    holds(property, 500);
  });

  it('covers any text without gaps and overlaps', () => {
    const property = fc.property(
      fc.array(fc.constantFrom('---', '...', '\n', '\r\n', '\r', 'a: "', '%YAML', '# x', ' ', '😀', '\uFEFF')),
      (parts) => {
        const whole = parts.join('');
        const spans = splitDocuments(whole);
        expect(spans[0]?.start).toBe(0);
        expect(spans.at(-1)?.end).toBe(whole.length);
        expect(spans.slice(1).map(({ start }) => start)).toEqual(spans.slice(0, -1).map(({ end }) => end));
      },
    );
    holds(property, 500);
  });

  it('gives the same after an edit as from the whole text', () => {
    const pieces = fc.constantFrom(
      ...bodies,
      ...opens,
      ...closes,
      '---',
      '--',
      '-',
      '...',
      '\n',
      ' ',
      '%A',
      'x',
      '\uFEFF',
    );
    const places = fc.record({ at: fc.nat(1000), length: fc.nat(30), insert: pieces });
    const property = fc.property(
      fc.oneof(
        text,
        fc.array(pieces).map((p) => p.join('')),
      ),
      places,
      (before, place) => {
        const start = place.at % (before.length + 1);
        const end = Math.min(before.length, start + place.length);
        const after = before.slice(0, start) + place.insert + before.slice(end);
        const known = splitDocuments(before);
        const { spans, head, tail } = splitAgain(before, known, after);
        expect(spans).toEqual(splitDocuments(after));
        const texts = (whole: string, all: typeof spans): string[] =>
          all.map((span) => whole.slice(span.start, span.end));
        expect(texts(after, spans.slice(0, head))).toEqual(texts(before, known.slice(0, head)));
        const [last, lastBefore] = [spans.slice(spans.length - tail), known.slice(known.length - tail)];
        expect(texts(after, last)).toEqual(texts(before, lastBefore));
        expect(head + tail).toBeLessThanOrEqual(Math.min(spans.length, known.length));
      },
    );
    holds(property, 3000);
  });

  it('keeps an open quote inside of its own document', () => {
    const whole = 'a: "open\n---\nb: 1\n';
    expect(splitDocuments(whole).map(({ start, end }) => whole.slice(start, end))).toEqual([
      'a: "open\n',
      '---\nb: 1\n',
    ]);
  });
});
