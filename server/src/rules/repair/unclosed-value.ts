import type { TextEdit } from '../../base/text-edit.ts';
import type { RepairRule } from '../rule.ts';

export const unclosedValue: RepairRule = {
  scope: 'repair',
  stage: 'text',
  id: 'unclosed-value',
  severity: 'error',
  title: 'A quote or a bracket has no counterpart',
  why: 'YAML takes all that follows for a part of the value: kubectl refuses the whole file.',
  remedy: 'Close the quote or the bracket in its line, or remove the one too many.',
  bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: "blue
#        ^^^^^ error unclosed-value
  size: large
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: "blue"
  size: large
`,
  *find({ broken, lines, text }) {
    if (!broken) return;
    for (const [i, { type, within, value, valueStart }] of lines.entries()) {
      if (type !== 'content' || within !== undefined) continue;
      // What a line below closes is a value of several lines, however they are indented.
      const next = lines[i + 1]?.within;
      if (next === 'quoted' || next === 'flow') continue;
      const end = valueStart + text.slice(valueStart).indexOf(value) + value.length;
      const quote = value === '' ? undefined : quoteEdit(value, valueStart);
      const edits = quote ? [quote] : bracketEdits(value, valueStart);
      if (edits.length === 0) continue;
      const what = quote ? 'This quote' : 'A bracket';
      yield {
        span: { start: valueStart, end },
        message: `${what} has no counterpart in this line: YAML goes on with the value in the lines below, and kubectl refuses the file.`,
        repairs: [{ title: quote ? 'Close the quote' : 'Balance the brackets', edits }],
      };
    }
  },
};

/** Closes a quote that nothing in the line closes; another quote at its end was meant to. */
function quoteEdit(value: string, start: number): TextEdit | undefined {
  const quote = value[0];
  if (quote !== '"' && quote !== "'") return undefined;
  const other = quote === '"' ? "'" : '"';
  const inner = value.slice(1);
  // More than one is more than a slip. A comment behind it may be part of the text.
  if (inner.includes(quote) || /\\|\s#/.test(inner) || inner === '') return undefined;
  const at = start + value.length;
  if (inner.endsWith(other) && !inner.slice(0, -1).includes(other))
    return { span: { start: at - 1, end: at }, newText: quote };
  return inner.includes(other) ? undefined : { span: { start: at, end: at }, newText: quote };
}

const counterparts: Readonly<Record<string, string>> = { '[': ']', '{': '}', ']': '[', '}': '{' };

/** Brackets that a value in one line lacks at its end, or has too many of. */
function bracketEdits(value: string, start: number): readonly TextEdit[] {
  const opens = value[0] === '[' || value[0] === '{';
  if (!opens || value.includes('{{')) return [];
  const open: string[] = [];
  const surplus: number[] = [];
  for (let i = 0; i < value.length; i++) {
    const c = value[i] ?? '';
    if ((c === '"' || c === "'") && (i === 0 || /[\s[{,:]/.test(value[i - 1] ?? ''))) {
      const closing = value.indexOf(c, i + 1);
      if (closing < 0) return [];
      i = closing;
    } else if (c === '[' || c === '{') open.push(c);
    else if (c === ']' || c === '}') {
      if (open.at(-1) === counterparts[c]) open.pop();
      else if (open.length === 0) surplus.push(i);
      else return [];
    }
  }
  const end = start + value.length;
  if (surplus.length === 0 && open.length > 0 && open.length < 3) {
    const newText = open
      .reverse()
      .map((c) => counterparts[c])
      .join('');
    return [{ span: { start: end, end }, newText }];
  }
  const [only] = surplus;
  if (surplus.length !== 1 || only !== value.length - 1 || open.length > 0) return [];
  return [{ span: { start: end - 1, end }, newText: '' }];
}
