import type { TextEdit } from '../../base/text-edit.ts';
import type { RepairRule } from '../rule.ts';

export const lostLineBreaks: RepairRule = {
  scope: 'repair',
  stage: 'text',
  id: 'lost-line-breaks',
  severity: 'error',
  title: 'The line breaks are lost',
  why: 'In YAML each field has a line of its own: as it stands, kubectl reads nothing of the manifest.',
  remedy:
    'Put each key and each item into a line of its own, below what it belongs to. The fix does so by the schema of the kind.',
  bad: `apiVersion: v1 kind: ConfigMap metadata: name: settings data: color: blue
# ^^^^^^^^^^ error lost-line-breaks
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: blue
`,
  *find({ text, lines }) {
    const runs = lines.filter(({ start, end, within }) => within === undefined && isRun(text.slice(start, end)));
    const [run] = runs;
    if (!run) return;
    const first = /(?:^|\s)(?=[A-Za-z]\w*:\s)/.exec(text.slice(run.start, run.end));
    const at = run.start + (first ? first.index + first[0].length : 0);
    const edits = runs.flatMap(({ start, end }, i) => {
      // Several in a row are several documents.
      const border = i === 0 ? [] : [{ span: { start, end: start }, newText: '---\n' }];
      return [...border, ...lineBreaks(text.slice(start, end), start)];
    });
    const what =
      runs.length === 1
        ? 'The whole manifest stands in one line: its'
        : 'Whole manifests stand in one line each: their';
    yield {
      span: { start: at, end: at + (/^\w+/.exec(text.slice(at))?.[0].length ?? 1) },
      message: `${what} line breaks have been lost, and with them what belongs to what.`,
      isWhole: true,
      repairs: [{ title: 'Put each key in a line of its own', edits }],
    };
  },
};

/** Whether a line holds a whole manifest: several of the keys that each begin a line in one. */
export const isRun = (line: string): boolean =>
  /(?:^|\s)apiVersion:\s+\S+\s/.test(line) &&
  /(?:^|\s)kind:\s+\S+\s/.test(line) &&
  /\smetadata:\s+[A-Za-z]\w*:\s/.test(line);

/** Quoted texts and brackets are taken whole. */
const words = /"(?:[^"\\]|\\.)*"(?=\s|$)|'(?:[^']|'')*'(?=\s|$)|\[[^[\]]*\](?=\s|$)|\{[^{}]*\}(?=\s|$)|\S+/g;
const key = /^[A-Za-z_][\w./-]*:$/;

/** White space that is to be a line break: before keys and dashes; comments end there, too. */
function lineBreaks(line: string, offset: number): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  const all = [...line.matchAll(words)];
  let comment = false;
  for (const [i, { 0: word, index }] of all.entries()) {
    const before = all[i - 1];
    if (!before) {
      comment = word.startsWith('#');
      continue;
    }
    const next = all[i + 1]?.[0] ?? '';
    const opensItem = word === '-' && (!comment || key.test(next));
    // What is commented out stays so.
    const opensKey = key.test(word) && before[0] !== '-' && !(comment && /^#+$/.test(before[0]));
    if (opensItem || opensKey || word === '---' || before[0] === '---') {
      comment = false;
      edits.push({ span: { start: offset + before.index + before[0].length, end: offset + index }, newText: '\n' });
    } else if (word.startsWith('#')) comment = true;
  }
  return edits;
}
