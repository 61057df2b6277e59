import { expect, test } from 'vitest';
import { applyEdits } from '../../src/base/text-edit.ts';
import { plainText, toSnippet } from '../../src/lsp/snippet.ts';

test.each([
  ['replicas: $0', 'replicas: '],
  ['kind: ${1:Pod}', 'kind: Pod'],
  ['policy: ${1|Always,Never|}$0', 'policy: Always'],
  ['a: ${1:b: ${2:c}}\nd: ${3}', 'a: b: c\nd: '],
  ['cost: \\$5 \\} \\\\', 'cost: $5 } \\'],
  ['p: ${1|a\\,b,c|}', 'p: a,b'],
  ['$TM_FILENAME ${TM_LINE:7}', ' 7'],
  ['{{ .x }} $', '{{ .x }} $'],
  ['${1:open', 'open'],
])('%j', (snippet, text) => {
  expect(plainText(snippet)).toBe(text);
});

const end = { start: 5, end: 5 };

test.each([
  ['a value in quotes', { newText: 'x: ""', blanks: [{ start: 4, end: 4 }] }, 'x: "${1}"'],
  ['a default', { newText: 'x: 1Gi', blanks: [{ start: 3, end: 6 }] }, 'x: ${1:1Gi}'],
  [
    'characters that mean something in a snippet',
    { newText: '$a}\\: $}', blanks: [{ start: 6, end: 8 }] },
    '\\$a\\}\\\\: ${1:\\$\\}}',
  ],
])('a blank as a tab stop: %s', (_, edit, snippet) => {
  expect(toSnippet('k: \n\n', { span: end, ...edit })).toEqual({ span: end, snippet });
});

test('a snippet of several lines begins where a line begins, and is the same edit', () => {
  const text = 'data:\n  a: ${1}\n';
  const blanks = [
    { start: 7, end: 7 },
    { start: 15, end: 15 },
  ];
  const edit = { span: { start: 15, end: 15 }, newText: '\n  b: ""\n  c: ""', blanks };
  const { span, snippet } = toSnippet(text, edit, 2);
  expect({ span, snippet }).toEqual({
    span: { start: 6, end: 15 },
    snippet: '  a: \\${1\\}\n  b: "${3}"\n  c: "${4}"',
  });
  expect(applyEdits(text, [{ span, newText: plainText(snippet) }])).toBe(applyEdits(text, [edit]));
});
