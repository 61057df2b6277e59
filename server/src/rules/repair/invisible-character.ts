import type { TextEdit } from '../../base/text-edit.ts';
import type { Line } from '../../syntax/lines.ts';
import type { RepairRule } from '../rule.ts';

export const invisibleCharacter: RepairRule = {
  scope: 'repair',
  stage: 'text',
  id: 'invisible-character',
  severity: 'error',
  title: 'A character that cannot be seen',
  why: 'Web pages and chats put no-break spaces and zero-width characters where plain spaces or nothing should be. YAML takes them for text: the line means something else than it seems to.',
  remedy: 'Replace no-break spaces by plain ones and remove the others.',
  bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name:\u00a0settings
#      ^ error invisible-character
data:
  color: blue
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: blue
`,
  *find(source) {
    const { text } = source;
    if (!any.test(text)) return;
    const edits: TextEdit[] = [];
    let breaks = false;
    for (const line of source.lines) {
      if (line.type === 'blank' || line.type === 'marker') continue;
      // A mark of the byte order belongs at the start of a file.
      const start = line.start === 0 && text.startsWith('\ufeff') ? 1 : line.start;
      for (const { from, to, structural } of places(line, text)) {
        for (const match of text.slice(Math.max(from, start), to).matchAll(every)) {
          const at = Math.max(from, start) + match.index;
          edits.push({ span: { start: at, end: at + 1 }, newText: isSpace(match[0]) ? ' ' : '' });
          breaks ||= structural;
        }
      }
    }
    const first = edits[0];
    if (!first) return;
    const rest = edits.length > 1 ? `, and ${edits.length - 1} more below` : '';
    const name = names[text.slice(first.span.start, first.span.end)] ?? 'an invisible character';
    yield {
      span: first.span,
      message: `Here is ${name}${rest}. YAML takes it for text, not for white space.`,
      ...(breaks ? {} : { severity: 'warning' as const }),
      repairs: [{ title: edits.length > 1 ? 'Replace the invisible characters' : 'Replace it', edits: merged(edits) }],
    };
  },
};

const characters = '\\u00a0\\u00ad\\u1680\\u2000-\\u200d\\u2028\\u2029\\u202f\\u205f\\u2060\\u3000\\ufeff';
const any = new RegExp(`[${characters}]`);
const every = new RegExp(`[${characters}]`, 'g');
const isSpace = (character: string): boolean => !/[\u00ad\u200b-\u200d\u2060\ufeff]/.test(character);

const names: Readonly<Record<string, string>> = {
  '\u00a0': 'a no-break space',
  '\u202f': 'a narrow no-break space',
  '\u00ad': 'a soft hyphen',
  '\u200b': 'a zero-width space',
  '\u200c': 'a zero-width non-joiner',
  '\u200d': 'a zero-width joiner',
  '\u2060': 'a word joiner',
  '\ufeff': 'a byte order mark',
};

/** Where such a character can't be meant: the indentation, keys, and values that are one word. */
function* places(line: Line, text: string): Generator<{ from: number; to: number; structural: boolean }> {
  if (line.within === undefined || line.within === 'plain' || line.within === 'flow')
    yield { from: line.start, to: line.textStart, structural: true };
  else if (text[line.start] !== ' ') yield { from: line.start, to: line.textStart, structural: true };
  if (line.type !== 'content' || line.within !== undefined) return;
  const keyed = /^[^"'#]*?[^\s"'#]:(?=\s|$)/.exec(text.slice(line.textStart, line.end));
  const valueStart = line.key ? line.valueStart : line.textStart + (keyed?.[0].length ?? 0);
  yield { from: line.textStart, to: valueStart, structural: true };
  const value = text.slice(valueStart, line.end);
  if (/^["'|>[{&*!]/.test(value)) return;
  const word = value.replace(/\s#.*$/, '');
  if (/^[\w./:@%+=-]*$/.test(word.replace(every, ''))) {
    // Behind what looks like a colon it hides the colon.
    const hides = !line.key && /^[A-Za-z][\w./-]*:[\u00a0\u2000-\u200d\u202f\u3000]/.test(value);
    yield { from: valueStart, to: valueStart + word.length, structural: hides };
  } else if (!line.key) {
    const hidden = /^[A-Za-z][\w./-]*:[\u00a0\u2000-\u200d\u202f\u3000]+/.exec(value);
    if (hidden) yield { from: valueStart, to: valueStart + hidden[0].length, structural: true };
  }
}

/** Neighbours as one edit. */
function merged(edits: readonly TextEdit[]): readonly TextEdit[] {
  const result: TextEdit[] = [];
  for (const edit of edits) {
    const last = result.at(-1);
    if (last && last.span.end === edit.span.start)
      result[result.length - 1] = {
        span: { start: last.span.start, end: edit.span.end },
        newText: last.newText + edit.newText,
      };
    else result.push(edit);
  }
  return result;
}
