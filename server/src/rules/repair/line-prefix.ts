import type { TextEdit } from '../../base/text-edit.ts';
import type { RepairRule } from '../rule.ts';

export const linePrefix: RepairRule = {
  scope: 'repair',
  stage: 'text',
  id: 'line-prefix',
  severity: 'error',
  title: 'Every line begins with something that is not part of the manifest',
  why: 'Line numbers, the signs of a diff or of a quoted mail become part of the keys: kubectl finds no kind in the file.',
  remedy: 'Remove what each line begins with.',
  bad: `1 apiVersion: v1
# ^^ error line-prefix
2 kind: ConfigMap
3 metadata:
4   name: settings
5 data:
6   color: blue
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: blue
`,
  *find({ text, lines }) {
    const edits = prefixes(text);
    const [first] = edits;
    if (!first) return;
    const from = lines.find(({ start }) => start === first.span.start)?.textStart ?? first.span.start;
    yield {
      span: { start: Math.min(from, first.span.end - 1), end: first.span.end },
      message: `Every line begins with something that was copied along, as "${text.slice(first.span.start, first.span.end).trim()}" here: kubectl takes it for a part of the keys.`,
      isWhole: true,
      repairs: [{ title: 'Remove what the lines begin with', edits }],
    };
  },
};

const marked = /^(?:[^\S\n]*(?:\d+[^\S\n]*[:|.)]?|[+>|])[^\S\n]*| (?=apiVersion:[\s\S]*^\+))apiVersion:/m;

/** Whether the lines of a text may begin with line numbers and the like: cheap, for texts that are no manifest. */
export const mayHavePrefixes = (text: string): boolean => marked.test(text) && prefixes(text).length > 0;

/** What each line begins with, to be removed; nothing where one doesn't. */
function prefixes(text: string): readonly TextEdit[] {
  // The line that is not indented shows what stands before the indentation of all.
  const [found] = marked.exec(text) ?? [];
  if (found === undefined) return [];
  const separator = /^\s*\d+(.*)apiVersion:$/.exec(found)?.[1];
  // Where only some lines were added, the others begin with a blank.
  const [, sign = '+', signed = ''] = /^\s*([+>|])(.*)apiVersion:$/.exec(found) ?? [];
  const edits: TextEdit[] = [];
  let last = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, end).replace(/\r$/, '');
    if (line.trim() !== '') {
      const length = separator === undefined ? signLength(line, sign, signed) : numberLength(line, last, separator);
      if (length === 0 && /^(?:---|#)/.test(line)) {
        start = end + 1;
        continue;
      }
      if (length === 0) return [];
      if (separator !== undefined) last = Number.parseInt(line, 10);
      edits.push({ span: { start, end: start + length }, newText: '' });
    }
    start = end + 1;
  }
  return edits.length > 2 ? edits : [];
}

/** Numbers count up; behind one that ends its line, blanks may be lost. */
function numberLength(line: string, last: number, separator: string): number {
  const number = /^\s*(\d+)/.exec(line);
  if (!number || (last > 0 && Number(number[1]) !== last + 1)) return 0;
  const rest = line.slice(number[0].length);
  if (rest.startsWith(separator)) return number[0].length + separator.length;
  return rest.trim() === separator.trim() ? line.length : 0;
}

/** In a diff, lines that were there before begin with a blank; those that went are left to the author. */
function signLength(line: string, sign: string, rest: string): number {
  if (line.startsWith(sign + rest)) return 1 + rest.length;
  if (line.trim() === sign) return line.length;
  return sign === '+' && rest === '' && line.startsWith(' ') ? 1 : 0;
}
