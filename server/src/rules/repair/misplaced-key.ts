import type { RepairRule } from '../rule.ts';
import { type Frame, hasKey } from './frames.ts';
import type { Placement } from './layout.ts';
import { indentationEdits, isLost, movesOf } from './moves.ts';

export const misplacedKey: RepairRule = {
  scope: 'repair',
  stage: 'layout',
  id: 'misplaced-key',
  severity: 'error',
  title: 'A key has slid out of what it belongs to',
  why: 'Indentation alone says what a key belongs to: where it stands, no such field is known, and where it should be, it is missing.',
  remedy: 'Indent the line like the others of the map or list that it belongs to.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: web
  image: nginx:1.27
# ^^^^^ error misplaced-key
  restartPolicy: Always
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: web
    image: nginx:1.27
  restartPolicy: Always
`,
  *find({ text, lines, layout }) {
    if (!layout) return;
    const moves = movesOf(layout);
    if (isLost(moves)) return;
    for (const { placements, into } of moves) {
      const [first] = placements;
      if (!first) continue;
      const { line, key } = first;
      const others = placements.filter(({ moved }) => moved).length - 1;
      const start = line.key && key !== undefined && line.dashes.length === 0 ? line.key.start : line.textStart;
      const end = line.key && line.dashes.length === 0 ? line.key.end : Math.max(start + 1, line.textStart + 1);
      const rest = others > 0 ? `, and ${others === 1 ? 'one more line' : `${others} more lines`} with it` : '';
      yield {
        span: { start, end },
        message: `${subject(first)} has slid out of ${placeName(into)}${rest}: ${because(first)}.`,
        repairs: [
          { title: `Move into ${placeName(into)}`, edits: indentationEdits(text, lines, placements) },
          { title: 'Repair indentation', edits: indentationEdits(text, lines, layout.placements) },
        ],
      };
    }
  },
};

const subject = ({ key, line }: Placement): string =>
  line.dashes.length > 0 ? 'This list item' : key === undefined ? 'This line' : `"${key}"`;

const placeName = ({ name, schema }: Frame): string =>
  name !== '' ? name : schema?.type === 'object' ? schema.name : 'the resource';

function because({ written, key }: Placement): string {
  if (written?.schema?.type === 'object' && key !== undefined) {
    if (!written.schema.fields.has(key))
      return `where it stands it belongs to ${written.schema.name}, which has no such field`;
    if (hasKey(written.keys, key)) return `where it stands it belongs to ${written.schema.name}, which has one already`;
  }
  return 'where it stands it belongs to nothing';
}
