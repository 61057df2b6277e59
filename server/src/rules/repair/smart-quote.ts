import type { RepairRule } from '../rule.ts';
import type { Fault, RepairSource } from './source.ts';

export const smartQuote: RepairRule = {
  scope: 'repair',
  stage: 'text',
  id: 'smart-quote',
  severity: 'error',
  title: 'Quotes or dashes of a word processor',
  why: 'YAML knows straight quotes and the hyphen only: curly quotes are part of the value, and a long dash opens no list item.',
  remedy: 'Use straight quotes and hyphens.',
  bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: “settings”
#       ^^^^^^^^^^ error smart-quote
data:
  color: blue
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: "settings"
data:
  color: blue
`,
  *find(source) {
    if (!smart.test(source.text)) return;
    for (const line of source.content) {
      const { key, value, valueStart, textStart, dashes } = line;
      const dash = dashes.length === 0 ? /^[–—•](?=[ \u00a0])/.exec(source.text.slice(textStart, line.end)) : null;
      if (dash) yield fault(source, textStart, dash[0], '-', 'a list item begins with a hyphen');
      if (key && smart.test(key.text)) {
        const bare = /^[“”„‟‘’‚‛"'](.*)[“”„‟‘’‚‛"']$/.exec(key.text)?.[1];
        if (bare !== undefined && !smart.test(bare))
          yield fault(source, key.start, source.text.slice(key.start, key.end), bare, 'they are part of the key');
      }
      const straight = smart.test(value) ? straightened(value) : undefined;
      // Where the parser minds nothing, a sentence may be meant to be in such quotes.
      if (straight !== undefined && (source.broken || !/\s/.test(value) || value.startsWith('[')))
        yield fault(source, valueStart, value, straight, 'they are part of the value');
    }
  },
};

const smart = /[“”„‟‘’‚‛–—•]/;

function fault({ broken }: RepairSource, start: number, old: string, newText: string, why: string): Fault {
  const span = { start, end: start + old.length };
  const what = old.length === 1 ? 'This is a dash of a word processor' : 'These are quotes of a word processor';
  return {
    span,
    message: `${what}, not of YAML: ${why}.`,
    ...(broken || /[[{]/.test(old) ? {} : { severity: 'error' as const }),
    repairs: [{ title: `Change to ${newText.length > 40 ? 'straight quotes' : newText}`, edits: [{ span, newText }] }],
  };
}

/** A value in straight quotes; undefined where the curly ones are part of a text. */
function straightened(value: string): string | undefined {
  if (value.startsWith('[')) {
    const result = value.replace(
      /(?<=^|[[,]\s*)(?:[“”„‟"]([^“”„‟",]*)[“”„‟"]|[‘’‚‛']([^‘’‚‛',]*)[‘’‚‛'])(?=\s*[,\]]|$)/g,
      (_, double: string | undefined, single: string | undefined) =>
        double === undefined ? `'${single ?? ''}'` : `"${double}"`,
    );
    return result === value ? undefined : result;
  }
  const double = /^[“”„‟"](.*)[“”„‟"]$/.exec(value)?.[1];
  if (double !== undefined && !/[“”„‟"\\]/.test(double)) return `"${double}"`;
  const single = /^[‘’‚‛'](.*)[‘’‚‛']$/.exec(value)?.[1];
  if (single !== undefined && !/[‘’‚‛']/.test(single)) return `'${single}'`;
  return undefined;
}
