import type { RepairRule } from '../rule.ts';
import { indentationEdits, isLost, movesOf } from './moves.ts';

export const lostIndentation: RepairRule = {
  scope: 'repair',
  stage: 'layout',
  id: 'lost-indentation',
  severity: 'error',
  title: 'The indentation is lost',
  why: 'Indentation alone says what belongs to what: as it stands, the API server sees fields where there are none.',
  remedy: 'Indent each line below what it belongs to. The fix does so by the schema of the kind.',
  bad: `apiVersion: v1
kind: Pod
metadata:
name: web
# ^^^^ error lost-indentation
labels:
app: web
spec:
containers:
- name: web
image: nginx:1.27
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  containers:
    - name: web
      image: nginx:1.27
`,
  *find({ text, lines, layout }) {
    if (!layout) return;
    const moves = movesOf(layout);
    const first = moves[0]?.placements[0];
    if (!first || !isLost(moves)) return;
    const { line, key } = first;
    const start = line.key && line.dashes.length === 0 ? line.key.start : line.textStart;
    yield {
      span: { start, end: line.key && line.dashes.length === 0 ? line.key.end : start + 1 },
      message: `From here on lines don't stand where they belong${key === undefined ? '' : `: "${key}" should be indented below ${moves[0]?.into.name || 'the resource'}`}. ${moves.length} maps and lists of this document have lost their indentation.`,
      repairs: [{ title: 'Repair indentation', edits: indentationEdits(text, lines, layout.placements) }],
    };
  },
};
