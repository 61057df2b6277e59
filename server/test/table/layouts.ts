import { blockLines, type Content, contentOf, flowText, isList, type Layout } from '../../src/syntax/edit.ts';
import { parseYaml } from '../../src/syntax/parse.ts';
import { splitDocuments } from '../../src/syntax/split.ts';
import type { Fixture } from '../fixture.ts';

/** A way to write the same manifests. */
export interface Style extends Layout {
  readonly name: string;
  /** In this kind of quotes. */
  readonly quotes?: '"' | "'";
  /** Maps of scalars in one line: `{ name: web, image: nginx }`. */
  readonly flow?: boolean;
  /** A comment above each line, and one behind it. */
  readonly comments?: boolean;
}

export const styles: readonly Style[] = [
  { name: 'compact lists, CRLF and comments', step: 2, dash: 0, newline: '\r\n', comments: true },
  { name: 'four spaces, double quotes and comments', step: 4, dash: 4, newline: '\n', quotes: '"', comments: true },
  { name: 'indented lists and single quotes', step: 2, dash: 2, newline: '\n', quotes: "'" },
  { name: 'flow maps and comments', step: 2, dash: 2, newline: '\n', flow: true, comments: true },
];

/** The files of a fixture in another style; each document laid out anew. */
export const restyled = ({ files }: Fixture, style: Style): Fixture => ({
  files: new Map([...files].map(([uri, text]) => [uri, written(text, style)])),
  cursor: undefined,
});

/** A text in another style; quotes and comments are only changed where the style says so. */
export function written(text: string, style: Style): string {
  let count = 0;
  const commented = (line: string): string[] => {
    const indent = /^ */.exec(line)?.[0] ?? '';
    return [`${indent}# c${count++}`, `${line} # c${count++}`];
  };
  return splitDocuments(text)
    .map(({ start, end }) => {
      const own = text.slice(start, end);
      const content = quoted(contentOf(own, parseYaml(own).root), style);
      const lines = style.flow ? flowing(content, style) : blockLines(content, style);
      return (style.comments ? lines.flatMap(commented) : lines).map((line) => line + style.newline).join('');
    })
    .join(`---${style.newline}`);
}

const comment = / *# c\d+(?=\r?$)/gm;

export const commentsOf = (text: string): string[] => text.match(comment)?.map((found) => found.trim()) ?? [];

export const withoutComments = (text: string): string => text.replace(/^ *# c\d+\r?\n/gm, '').replace(comment, '');

function quoted(content: Content, style: Style): Content {
  if (style.quotes === undefined) return content;
  if (typeof content === 'string') {
    if (/^(?:["']|null$|true$|false$|-?\d+$|\{\}$|\[\]$)/.test(content)) return content;
    return style.quotes === '"' ? JSON.stringify(content) : `'${content.replaceAll("'", "''")}'`;
  }
  if (isList(content)) return content.map((item) => quoted(item, style));
  // apiVersion and kind are never quoted in life.
  return Object.fromEntries(
    Object.entries(content).map(([key, value]) => [
      key,
      key === 'apiVersion' || key === 'kind' ? value : quoted(value, style),
    ]),
  );
}

/** A plain scalar ends at a comma or bracket there. */
const inFlow = (text: Content): Content =>
  typeof text === 'string' && /^[^"'].*[,[\]{}]/.test(text) ? JSON.stringify(text) : text;

/** Block lines, in which maps that hold scalars alone are flow maps, but for the outermost. */
function flowing(content: Content, style: Style): string[] {
  const leaf = (value: Content): Content => {
    if (typeof value === 'string') return value;
    if (isList(value)) return value.map(leaf);
    const values = Object.values(value);
    return values.length > 0 && values.every((inner) => typeof inner === 'string')
      ? flowText(Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, inFlow(inner)])))
      : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, leaf(inner)]));
  };
  if (typeof content === 'string' || isList(content)) return blockLines(leaf(content), style);
  return Object.entries(content).flatMap(([key, value]) => blockLines({ [key]: leaf(value) }, style));
}
