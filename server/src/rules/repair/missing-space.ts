import type { RepairRule } from '../rule.ts';

export const missingSpace: RepairRule = {
  scope: 'repair',
  stage: 'layout',
  id: 'missing-space',
  severity: 'error',
  title: 'A space is missing behind a colon or a dash',
  why: 'To YAML `name:web` is one word and `-name` is a key that begins with a dash: the field is not there.',
  remedy: 'Put a space behind the colon or the dash.',
  bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name:settings
# ^^^^^ error missing-space
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
  *find({ text, layout }) {
    for (const { space, key, line } of layout?.placements ?? []) {
      if (space?.newText !== ' ') continue;
      const at = space.span.start;
      const isDash = text[at - 1] === '-';
      const word = key ?? text.slice(at, line.end).trimEnd();
      yield {
        span: isDash ? { start: at - 1, end: at + word.length } : { start: at - 1 - word.length, end: at },
        message: isDash
          ? `A space is missing behind the dash: YAML takes "-${word}" for ${key === undefined ? 'one word' : 'a key'}, not for "${word}" of a list item.`
          : `A space is missing behind the colon: YAML takes "${text.slice(at - 1 - word.length, line.end).trimEnd()}" for one word, not for "${word}" and its value.`,
        repairs: [{ title: 'Put a space in', edits: [space] }],
      };
    }
  },
};
