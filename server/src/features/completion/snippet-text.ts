import { type Layout, plainSafe } from '../../syntax/edit.ts';

/** A tab stop with a default that holds no other, or with choices. */
const stop = /\$\{(\d+)(?::((?:[^\\}]|\\.)*)|\|((?:[^\\|]|\\.)*)\|)?\}/g;

/** What stands in a tab stop at first: its default, or its first choice. Without the snippet's escapes. */
export function defaultsOf(lines: readonly string[]): Map<string, string> {
  const defaults = new Map<string, string>();
  for (const line of lines) {
    for (const [, number = '', text, choices] of line.matchAll(stop)) {
      const first = text ?? /^(?:\\.|[^,\\])*/.exec(choices ?? '')?.[0] ?? '';
      if (!defaults.has(number)) defaults.set(number, first.replace(/\\(.)/g, '$1'));
    }
  }
  return defaults;
}

/** The lines with everything that a user would fill in filled in. */
export function expanded(lines: readonly string[], defaults: ReadonlyMap<string, string>): string[] {
  return lines.map((line) =>
    line
      .replace(stop, (_, number: string) => (defaults.get(number) ?? '').replace(/[\\$}]/g, '\\$&'))
      .replace(/\$\d+/g, '')
      .replace(/\\([$}\\])/g, '$1'),
  );
}

/** Tab stops whose text is settled: it stands elsewhere, too, where they can't be linked. */
export function frozen(lines: readonly string[], texts: ReadonlyMap<string, string>): string[] {
  return lines.map((line) =>
    line.replace(stop, (whole, number: string) => {
      const text = texts.get(number);
      return text === undefined ? whole : text.replace(/[\\$}]/g, '\\$&');
    }),
  );
}

/** Names to choose from, in place of a tab stop's default; each further place of that tab stop repeats the first name. */
export function withChoices(lines: readonly string[], number: string, names: readonly string[]): string[] {
  const first = names[0];
  if (first === undefined) return [...lines];
  const escaped = (text: string): string => text.replace(/[\\,|]/g, '\\$&');
  let seen = false;
  return lines.map((line) =>
    line.replace(stop, (whole, own: string) => {
      if (own !== number) return whole;
      if (seen || names.length === 1) return `\${${number}:${first.replace(/[\\$}]/g, '\\$&')}}`;
      seen = true;
      return `\${${number}|${names.map(escaped).join(',')}|}`;
    }),
  );
}

/** A default that isn't taken: `config`, `config-2` … */
export function withName(lines: readonly string[], number: string, name: string): string[] {
  return lines.map((line) =>
    line.replace(stop, (whole, own: string) => (own === number ? `\${${number}:${plainSafe(name)}}` : whole)),
  );
}

/** One level of a body: what is inserted where the keys above it are there already. */
export interface Level {
  /** The keys on the way from the object that the snippet belongs to. */
  readonly path: readonly string[];
  /** The keys that it adds, or undefined where it adds an item to a list. */
  readonly keys: readonly string[] | undefined;
  /** From column 0. */
  readonly lines: readonly string[];
}

/** The levels of a body: itself, and what stands below its only key, and so on, down to the first list. */
export function levelsOf(body: readonly string[]): Level[] {
  const levels: Level[] = [];
  let lines = body;
  const path: string[] = [];
  for (;;) {
    const tops = lines.filter((line) => /^\S/.test(line));
    if (lines[0]?.startsWith('- ')) return [...levels, { path: [...path], keys: undefined, lines }];
    const keys = tops.map((line) => /^[\w.-]+/.exec(line)?.[0] ?? '');
    levels.push({ path: [...path], keys, lines });
    const only = /^([\w.-]+):$/.exec(tops[0] ?? '');
    if (tops.length !== 1 || !only?.[1] || lines.length < 2) return levels;
    path.push(only[1]);
    lines = lines.slice(1).map((line) => line.slice(2));
  }
}

/**
 * Lines written two spaces a level, laid out as a document is, from a column on. The first line gets no indentation:
 * it goes to the cursor.
 */
export function laidOut(lines: readonly string[], layout: Layout, column: number): string[] {
  const frames: { from: number; to: number }[] = [];
  let block: { readonly key: number; readonly base: number; from: number | undefined } | undefined;
  return lines.map((line, i) => {
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    const text = line.slice(indent);
    if (text === '') return '';
    if (block && indent > block.key) {
      block.from ??= indent;
      return ' '.repeat(Math.max(0, block.base + indent - block.from)) + text;
    }
    block = undefined;
    while ((frames.at(-1)?.from ?? -1) > indent) frames.pop();
    let top = frames.at(-1);
    if (top?.from !== indent) {
      const to = top === undefined ? column : top.to + (text.startsWith('- ') ? layout.dash : layout.step);
      top = { from: indent, to };
      frames.push(top);
    }
    let inner = top;
    for (let at = 0; text.startsWith('- ', at); at += 2) {
      inner = { from: inner.from + 2, to: inner.to + 2 };
      frames.push(inner);
    }
    if (/:\s+[|>][-+\d]*$/.test(text)) block = { key: inner.from, base: inner.to + layout.step, from: undefined };
    return (i === 0 ? '' : ' '.repeat(top.to)) + text;
  });
}
