import { expect, test } from 'vitest';
import { plainText } from '../../src/lsp/snippet.ts';

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
