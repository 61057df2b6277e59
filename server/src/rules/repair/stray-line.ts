import { columnOf } from '../../syntax/lines.ts';
import { isPlaceholder } from '../../syntax/placeholder.ts';
import type { RepairRule } from '../rule.ts';

export const strayLine: RepairRule = {
  scope: 'repair',
  stage: 'text',
  id: 'stray-line',
  severity: 'error',
  title: 'A line of prose stands between the keys',
  why: 'A sentence, or an ellipsis for what was left out, is no YAML: kubectl refuses the whole file.',
  remedy: 'Make it a comment, or remove it.',
  bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
These are the colors
# ^^^^^^^^^^^^^^^^^^^^ error stray-line
data:
  color: blue
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
# These are the colors
data:
  color: blue
`,
  *find({ broken, lines, text }) {
    if (!broken) return;
    let above: (typeof lines)[number] | undefined;
    for (const line of lines) {
      if (line.type === 'marker' && /^\.\.\.\s/.test(`${text.slice(line.start, line.end)} `)) continue;
      if (line.type !== 'content' || (line.within !== undefined && line.within !== 'plain')) continue;
      const content = text.slice(line.textStart, line.end).trimEnd();
      // What stands below a key without a value, and further in, is that value.
      const isValue = above?.key !== undefined && above.value === '' && columnOf(text, above) < columnOf(text, line);
      if (ellipsis.test(content) || (!isValue && line.within === undefined && isProse(content))) {
        yield {
          span: { start: line.textStart, end: line.textStart + content.length },
          message: ellipsis.test(content)
            ? 'Something was left out here, and the dots are no YAML: kubectl refuses the file.'
            : 'This line is neither a key nor an item: it seems to be a comment, but has no "#", and kubectl refuses the file.',
          repairs: [
            {
              title: 'Make it a comment',
              edits: [{ span: { start: line.textStart, end: line.textStart }, newText: '# ' }],
            },
          ],
        };
      }
      above = line;
    }
  },
};

const ellipsis = /^(?:\u2026|\.\.\.|\[\.\.\.\]|\[\u2026\]|<\.\.\.>|\(\.\.\.\))$/;

/** Several words, and nothing that YAML, a shell or a template would have a use for. */
const isProse = (text: string): boolean =>
  /^[A-Za-z][\w'’,;()/-]*(?:\s+[\w'’"`(][\w'’"`,.;()/-]*){2,}[.!:?]?$/.test(text) &&
  !/:\s|\s[-=|<>]/.test(text) &&
  !isPlaceholder(text);
