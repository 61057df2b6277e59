import type { ListNode, MapNode, Node, Pair, ScalarNode } from './tree.ts';

/**
 * Reads YAML as nearly all manifests are written, many times quicker than a whole parser: block maps and lists, scalars
 * on one line, literal blocks, comments. The tree is exactly the one that the parser gives (see parse.ts).
 *
 * @returns undefined for all else, and wherever there is the least doubt: then the parser is asked
 */
export function readPlainYaml(text: string): { readonly root: Node | undefined } | undefined {
  // Tabs and carriage returns have rules of their own.
  if (/[\t\r\uFEFF]/.test(text)) return undefined;
  try {
    return { root: new Reader(text).read() };
  } catch (error) {
    if (error === doubt) return undefined;
    throw error;
  }
}

/** Thrown where something isn't plain. */
const doubt = new Error('not plain');

/** Anything deeper is left to the parser, which knows its own limits. */
const deepest = 60;

const key = /[\w./$][\w./$()@~+^=;<>,-]*(?=:(?:[ \n]|$))/y;
const doubleQuoted = /"(?:[^"\\\n]|\\[nt"\\/])*"/y;
const singleQuoted = /'(?:[^'\n]|'')*'/y;
const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t' };
/** How no plain scalar begins; some of them begin something else. */
const indicators = new Set('-?:,[]{}#&*!|>\'"%@`');
/** What the parser doesn't get to see (see mask.ts) may hold what looks like a comment or like the end of a quote. */
const placeholder = /\{\{|<%|\$\{/;
const inFlow = /[^\s,[\]{}:#"'&*!|>%@`?-](?:[^\n,[\]{}:#"']*[^\s,[\]{}:#"'])?/y;

class Reader {
  readonly #text: string;
  #at = 0;
  /** The column of the line of content that comes next; -1 at the end. */
  #column = 0;
  /** The column of the comment that stands farthest in between the last line of content and the next one. */
  #comment = -1;
  /** Where the parser sees the end of the last node, with the white space and the comment behind it. */
  #behind = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Node | undefined {
    this.#nextLine();
    if (this.#column === 0 && this.#text.startsWith('---', this.#at)) {
      this.#at += 3;
      this.#endLine();
    }
    if (this.#column < 0) return undefined;
    const root = this.#block(0);
    if (this.#column >= 0) throw doubt;
    return root;
  }

  /** Goes to the next line that holds more than a comment; `at` is on its first character then. */
  #nextLine(): void {
    const text = this.#text;
    this.#comment = -1;
    for (let start = this.#at; start < text.length; ) {
      let at = start;
      while (text[at] === ' ') at++;
      const c = text[at];
      if (c !== '\n' && c !== '#' && c !== undefined) {
        this.#column = at - start;
        this.#at = at;
        return;
      }
      if (c === '#') this.#comment = Math.max(this.#comment, at - start);
      const newline = text.indexOf('\n', at);
      if (newline < 0) break;
      start = newline + 1;
    }
    this.#at = text.length;
    this.#column = -1;
  }

  /** Leaves a line on which nothing but a comment may follow; true where one does. */
  #endLine(): boolean {
    const text = this.#text;
    const start = this.#at;
    let at = start;
    while (text[at] === ' ') at++;
    const isComment = text[at] === '#' && at > start;
    if (!isComment && at < text.length && text[at] !== '\n') throw doubt;
    const newline = isComment ? text.indexOf('\n', at) : at;
    this.#at = newline < 0 ? text.length : Math.min(newline + 1, text.length);
    this.#behind = this.#at;
    this.#nextLine();
    return isComment;
  }

  /** A map or a list whose first line is the present one. */
  #block(depth: number): Node {
    if (depth > deepest) throw doubt;
    return this.#isDash(this.#at) ? this.#list(this.#column, depth) : this.#map(this.#column, depth);
  }

  #isDash(at: number): boolean {
    const behind = this.#text[at + 1];
    return this.#text[at] === '-' && (behind === ' ' || behind === '\n' || behind === undefined);
  }

  #map(column: number, depth: number): MapNode {
    const start = this.#at;
    const pairs: Pair[] = [];
    let end = start;
    do {
      if (this.#isDash(this.#at)) throw doubt;
      const name = this.#key();
      const value = this.#value(column, depth, true);
      pairs.push({ key: name, value });
      end = value?.end ?? name.end;
    } while (this.#column === column);
    if (column > 0) this.#leave(column);
    return { type: 'map', pairs, flow: false, start, end };
  }

  #list(column: number, depth: number): ListNode {
    const start = this.#at;
    const items: (Node | undefined)[] = [];
    do {
      this.#at++;
      items.push(this.#item(column, depth));
    } while (this.#column === column && this.#isDash(this.#at));
    const end = this.#behind;
    this.#leave(column);
    return { type: 'list', items, flow: false, start, end };
  }

  /** At the end of a collection: comments that stand as far in as it does are taken for a part of it. */
  #leave(column: number): void {
    if (this.#comment >= column) throw doubt;
  }

  #item(column: number, depth: number): Node | undefined {
    const text = this.#text;
    let at = this.#at;
    while (text[at] === ' ') at++;
    if (at >= text.length || text[at] === '\n' || text[at] === '#') return this.#value(column, depth, false);
    const isKey = this.#isDash(at) || this.#isKey(at);
    if (!isKey) return this.#value(column, depth, false);
    this.#column = column + 1 + at - this.#at;
    this.#at = at;
    const inner = this.#block(depth + 1);
    if (this.#column > column) throw doubt;
    return inner;
  }

  #isKey(at: number): boolean {
    const text = this.#text;
    const quoted = text[at] === '"' ? doubleQuoted : text[at] === "'" ? singleQuoted : undefined;
    const pattern = quoted ?? key;
    pattern.lastIndex = at;
    return (
      pattern.test(text) &&
      text[pattern.lastIndex] === ':' &&
      /^:(?:[ \n]|$)/.test(text.slice(pattern.lastIndex, pattern.lastIndex + 2))
    );
  }

  /** A key with its colon. */
  #key(): ScalarNode {
    const text = this.#text;
    const start = this.#at;
    const c = text[start];
    let node: ScalarNode;
    if (c === '"' || c === "'") node = this.#quoted();
    else {
      key.lastIndex = start;
      if (!key.test(text)) throw doubt;
      const end = key.lastIndex;
      node = { type: 'scalar', value: text.slice(start, end), style: 'plain', start, end };
    }
    const behind = text[node.end + 1];
    if (
      text[node.end] !== ':' ||
      (behind !== ' ' && behind !== '\n' && behind !== undefined) ||
      node.end - start > 1000
    )
      throw doubt;
    this.#at = node.end + 1;
    return node;
  }

  /** What stands behind a colon or a dash, on its line or below it. */
  #value(column: number, depth: number, isOfMap: boolean): Node | undefined {
    const text = this.#text;
    const behindIndicator = this.#at;
    while (text[this.#at] === ' ') this.#at++;
    const c = text[this.#at];
    if (c === undefined || c === '\n' || c === '#') {
      const empty = this.#at;
      this.#at = c === '#' ? behindIndicator : empty;
      const isComment = this.#endLine();
      const isBelow = this.#column > column || (isOfMap && this.#column === column && this.#isDash(this.#at));
      if (isBelow) return this.#block(depth + 1);
      // Where nothing stands, a comment may be taken for a part of it.
      if (isComment || this.#comment >= 0) throw doubt;
      this.#behind = empty;
      return undefined;
    }
    const node = this.#inline(c, column);
    if (this.#column > column) throw doubt;
    return node;
  }

  #inline(c: string, column: number): Node {
    switch (c) {
      case '"':
      case "'": {
        const node = this.#quoted();
        this.#at = node.end;
        this.#endLine();
        return node;
      }
      case '|':
        return this.#literal(column);
      case '[':
      case '{':
        return this.#flow(c);
      default:
        return this.#plain(c);
    }
  }

  #plain(c: string): ScalarNode {
    const text = this.#text;
    const start = this.#at;
    const second = text[start + 1];
    if (indicators.has(c) && !(c === '-' && second !== undefined && /[\w.]/.test(second))) throw doubt;
    let newline = text.indexOf('\n', start);
    if (newline < 0) newline = text.length;
    const line = text.slice(start, newline);
    const comment = line.indexOf(' #');
    const value = (comment < 0 ? line : line.slice(0, comment)).trimEnd();
    if (value.includes(': ') || value.endsWith(':') || (comment >= 0 && placeholder.test(line))) throw doubt;
    this.#at = start + value.length;
    this.#endLine();
    return { type: 'scalar', value, style: 'plain', start, end: start + value.length };
  }

  #quoted(): ScalarNode {
    const text = this.#text;
    const start = this.#at;
    const isDouble = text[start] === '"';
    const pattern = isDouble ? doubleQuoted : singleQuoted;
    pattern.lastIndex = start;
    if (!pattern.test(text)) throw doubt;
    const end = pattern.lastIndex;
    const inner = text.slice(start + 1, end - 1);
    if (/\\|''/.test(inner) && placeholder.test(inner)) throw doubt;
    const value = isDouble
      ? inner.includes('\\')
        ? inner.replace(/\\(.)/g, (_, code: string) => escapes[code] ?? code)
        : inner
      : inner.replaceAll("''", "'");
    return { type: 'scalar', value, style: isDouble ? 'double' : 'single', start, end };
  }

  /** An empty map, or a list of scalars on one line. */
  #flow(open: string): MapNode | ListNode {
    const text = this.#text;
    const start = this.#at;
    const items: Node[] = [];
    const skip = (): void => {
      while (text[this.#at] === ' ') this.#at++;
    };
    this.#at++;
    skip();
    const close = open === '[' ? ']' : '}';
    while (text[this.#at] !== close) {
      if (open === '{') throw doubt;
      const item = this.#flowItem();
      items.push(item);
      this.#at = item.end;
      skip();
      if (text[this.#at] === close) break;
      if (text[this.#at] !== ',' || text[this.#at + 1] !== ' ') throw doubt;
      this.#at++;
      skip();
      if (text[this.#at] === close) throw doubt;
    }
    const end = this.#at + 1;
    this.#at = end;
    this.#endLine();
    return open === '['
      ? { type: 'list', items, flow: true, start, end }
      : { type: 'map', pairs: [], flow: true, start, end };
  }

  #flowItem(): ScalarNode {
    const text = this.#text;
    const start = this.#at;
    const c = text[start];
    if (c === '"' || c === "'") return this.#quoted();
    inFlow.lastIndex = start;
    if (!inFlow.test(text)) throw doubt;
    const end = inFlow.lastIndex;
    return { type: 'scalar', value: text.slice(start, end), style: 'plain', start, end };
  }

  /** A literal block; its indentation is that of its first line. */
  #literal(column: number): ScalarNode {
    const text = this.#text;
    const start = this.#at;
    const isStripped = text[start + 1] === '-';
    let at = start + (isStripped ? 2 : 1);
    if (text[at] !== '\n') throw doubt;
    at++;
    let indent = -1;
    let end = at;
    const lines: string[] = [];
    let blank = 0;
    while (at < text.length) {
      let first = at;
      while (text[first] === ' ') first++;
      const newline = text.indexOf('\n', first);
      // A last line without a line break is read in ways of its own.
      if (newline < 0) throw doubt;
      if (first === newline) {
        if (first > at) throw doubt;
        blank++;
      } else {
        if (indent < 0) indent = first - at;
        if (indent <= column || first - at < indent) break;
        for (; blank > 0; blank--) lines.push('');
        lines.push(text.slice(at + indent, newline));
        end = newline + 1;
      }
      at = newline + 1;
    }
    if (lines.length === 0) throw doubt;
    this.#at = end;
    this.#behind = end;
    this.#nextLine();
    // What stands in between is either more text or none at all.
    if (this.#column > column) throw doubt;
    const value = lines.join('\n');
    return { type: 'scalar', value: isStripped ? value : `${value}\n`, style: 'block', start, end };
  }
}
