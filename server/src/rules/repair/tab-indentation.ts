import type { TextEdit } from '../../base/text-edit.ts';
import { columnOf, type Line } from '../../syntax/lines.ts';
import { parseYaml } from '../../syntax/parse.ts';
import type { RepairRule } from '../rule.ts';
import type { RepairSource } from './source.ts';

export const tabIndentation: RepairRule = {
  scope: 'repair',
  stage: 'text',
  id: 'tab-indentation',
  severity: 'error',
  title: 'Tabs indent the lines',
  why: 'YAML allows spaces only: kubectl refuses the whole file.',
  remedy: 'Replace the tabs by spaces, and let the editor insert spaces in YAML files.',
  bad: `apiVersion: v1
kind: ConfigMap
metadata:
\tname: settings
# ^ error tab-indentation
data:
\tcolor: blue
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: blue
`,
  *find(source) {
    if (!source.broken) return;
    const lines = source.lines.filter((line) => isTabbed(source.text, line));
    const first = lines.find(({ type, within }) => type === 'content' && within === undefined);
    if (!first) return;
    const rest = lines.length > 1 ? `, and ${lines.length - 1} more below it` : '';
    yield {
      span: { start: first.start, end: first.textStart },
      message: `A tab indents this line${rest}. YAML allows spaces only: kubectl refuses the file.`,
      repairs: [{ title: 'Indent with spaces', edits: untabbed(source, lines) }],
    };
  },
};

/** In a longer text, tabs behind its own indentation are part of it. */
const isTabbed = (text: string, { start, textStart, within, type }: Line): boolean =>
  type !== 'blank' && (within === 'block' ? text[start] === '\t' : text.slice(start, textStart).includes('\t'));

/** How wide a tab is meant to be shows where some lines have spaces: the first width that gives YAML is taken. */
function untabbed({ text }: RepairSource, lines: readonly Line[]): readonly TextEdit[] {
  const edits = (width: number): TextEdit[] =>
    lines.map((line) => ({
      span: { start: line.start, end: line.textStart },
      newText: ' '.repeat(columnOf(text, line, width)),
    }));
  const applied = (own: readonly TextEdit[]): string => {
    let result = '';
    let at = 0;
    for (const { span, newText } of own) {
      result += text.slice(at, span.start) + newText;
      at = span.end;
    }
    return result + text.slice(at);
  };
  const width = [2, 4, 8].find((candidate) => parseYaml(applied(edits(candidate))).problems.length === 0);
  return edits(width ?? 2);
}
