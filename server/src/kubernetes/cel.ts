/** Where an expression can't be read, counted from its start, and why. */
export interface CelFault {
  readonly at: number;
  readonly end: number;
  /** The end of a sentence that begins with "The expression": "ends where a value is due". */
  readonly message: string;
  /** What may be meant instead of what stands there. */
  readonly meant?: readonly string[];
}

/** A part of an expression, with its place in the text. */
export type CelNode = { readonly at: number; readonly end: number } & CelPart;

export type CelPart =
  | { readonly kind: 'literal'; readonly type: 'int' | 'uint' | 'double' | 'string' | 'bytes' | 'bool' | 'null' }
  | { readonly kind: 'name'; readonly name: string }
  | {
      readonly kind: 'field';
      readonly of: CelNode;
      readonly name: string;
      readonly quoted: boolean;
      readonly optional: boolean;
    }
  | { readonly kind: 'index'; readonly of: CelNode; readonly index: CelNode; readonly optional: boolean }
  | {
      readonly kind: 'call';
      readonly of: CelNode | undefined;
      readonly name: string;
      readonly args: readonly CelNode[];
    }
  | { readonly kind: 'list'; readonly items: readonly CelNode[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [CelNode, CelNode])[] }
  | { readonly kind: 'object'; readonly of: CelNode; readonly fields: readonly CelNode[] }
  | { readonly kind: 'not' | 'minus'; readonly of: CelNode }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: CelNode; readonly right: CelNode }
  | { readonly kind: 'choice'; readonly test: CelNode; readonly yes: CelNode; readonly no: CelNode };

/**
 * Reads an expression of the Common Expression Language, as cel-go's parser does: its tree, or where its syntax is
 * wrong. A node's place is that of its own token: of a field its name, of an operation its operator. Undefined for a
 * text of more than 20,000 characters, or one that is nested more than 200 deep.
 */
export function parseCel(text: string): { readonly tree: CelNode } | { readonly fault: CelFault } | undefined {
  if (text.length > 20_000) return undefined;
  try {
    return { tree: new Parser(tokens(text), text.length).whole() };
  } catch (error) {
    if (error instanceof TooDeep) return undefined;
    if (error instanceof Fault) return { fault: error.fault };
    throw error;
  }
}

/** cel-go's own words and those that it keeps for later: no variable is called so. */
const reserved = new Set(
  'as break const continue else for function if import in let loop package namespace return var void while'.split(' '),
);

const constants = new Set(['true', 'false', 'null']);

/** Whether a variable of an expression can have that name. */
export const isCelIdentifier = (text: string): boolean =>
  /^[_a-zA-Z][_a-zA-Z0-9]*$/.test(text) && !reserved.has(text) && !constants.has(text);

/** What a property is called in expressions; undefined where they can't reach it (apiserver/pkg/cel Escape). */
export function celFieldName(property: string): string | undefined {
  if (!/^[A-Za-z_][A-Za-z0-9_./-]*$/.test(property)) return undefined;
  if (reserved.has(property) || constants.has(property)) return `__${property}__`;
  const escapes: Readonly<Record<string, string>> = {
    __: '__underscores__',
    '.': '__dot__',
    '-': '__dash__',
    '/': '__slash__',
  };
  return property.replace(/__|[./-]/g, (found) => escapes[found] ?? found);
}

class Fault extends Error {
  readonly fault: CelFault;

  constructor(at: number, end: number, message: string) {
    super(message);
    this.fault = { at, end, message };
  }
}

class TooDeep extends Error {}

type Sort = 'name' | 'quoted' | 'string' | 'bytes' | 'int' | 'uint' | 'double' | 'sign';

interface Token {
  readonly sort: Sort;
  readonly text: string;
  readonly at: number;
  readonly end: number;
}

const grammar: readonly (readonly [Sort | 'blank' | 'text' | 'number', RegExp])[] = [
  ['blank', /(?:\s+|\/\/[^\n]*)/y],
  ['text', /[rRbB]{0,2}(?:"""[\s\S]*?(?<!\\)"""|'''[\s\S]*?(?<!\\)''')/y],
  ['text', /(?:[bB]?[rR]|[rR][bB])(?:"[^"\n\r]*"|'[^'\n\r]*')/y],
  ['text', /[bB]?(?:"(?:[^"\\\n\r]|\\[^\n\r])*"|'(?:[^'\\\n\r]|\\[^\n\r])*')/y],
  ['number', /0[xX][0-9a-fA-F]+[uU]?/y],
  ['number', /(?:\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?|\d+[uU]?)/y],
  ['name', /[_a-zA-Z][_a-zA-Z0-9]*/y],
  ['quoted', /`[A-Za-z0-9_.\-/ ]+`/y],
  ['sign', /(?:==|!=|<=|>=|&&|\|\||[-+*/%!<>?:.,()[\]{}])/y],
];

function sortOf(sort: Sort | 'text' | 'number', text: string): Sort {
  if (sort === 'text') return /^[rR]?[bB]/.test(text) ? 'bytes' : 'string';
  if (sort !== 'number') return sort;
  if (/[uU]$/.test(text)) return 'uint';
  return /^0[xX]/.test(text) || !/[.eE]/.test(text) ? 'int' : 'double';
}

function tokens(text: string): readonly Token[] {
  const result: Token[] = [];
  let at = 0;
  while (at < text.length) {
    let length = 0;
    for (const [sort, pattern] of grammar) {
      pattern.lastIndex = at;
      const found = pattern.exec(text)?.[0];
      if (!found) continue;
      if (sort !== 'blank') result.push({ sort: sortOf(sort, found), text: found, at, end: at + found.length });
      length = found.length;
      break;
    }
    if (length === 0)
      throw new Fault(
        at,
        at + 1,
        /["'`]/.test(text[at] ?? '') ? 'has a quote that is not closed' : `can't have "${text[at] ?? ''}" here`,
      );
    at += length;
  }
  return result;
}

/** By precedence, the loosest first. */
const operators: readonly ReadonlySet<string>[] = [
  new Set(['||']),
  new Set(['&&']),
  new Set(['<', '<=', '>', '>=', '==', '!=', 'in']),
  new Set(['+', '-']),
  new Set(['*', '/', '%']),
];

class Parser {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  #next = 0;
  #depth = 0;

  constructor(list: readonly Token[], end: number) {
    this.#tokens = list;
    this.#end = end;
  }

  whole(): CelNode {
    const tree = this.#expression();
    if (this.#token) throw this.#unexpected('an operator');
    return tree;
  }

  get #token(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #is(text: string): boolean {
    const token = this.#token;
    return token?.text === text && (token.sort === 'sign' || token.sort === 'name');
  }

  #take(text: string): Token | undefined {
    return this.#is(text) ? this.#tokens[this.#next++] : undefined;
  }

  #need(text: string): void {
    if (!this.#take(text)) throw this.#unexpected(`"${text}"`);
  }

  #unexpected(due: string): Fault {
    const token = this.#token;
    return token
      ? new Fault(token.at, token.end, `has "${token.text}" where ${due} is due`)
      : new Fault(this.#end, this.#end, `ends where ${due} is due`);
  }

  #expression(): CelNode {
    if (++this.#depth > 200) throw new TooDeep();
    let result = this.#binary(0);
    const mark = this.#take('?');
    if (mark) {
      const yes = this.#binary(0);
      this.#need(':');
      result = { kind: 'choice', test: result, yes, no: this.#expression(), at: mark.at, end: mark.end };
    }
    this.#depth--;
    return result;
  }

  #binary(level: number): CelNode {
    const signs = operators[level];
    if (!signs) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const token = this.#token;
      if (!token || (token.sort !== 'sign' && token.sort !== 'name') || !signs.has(token.text)) return left;
      this.#next++;
      const right = this.#binary(level + 1);
      left = { kind: 'binary', operator: token.text, left, right, at: token.at, end: token.end };
    }
  }

  #unary(): CelNode {
    const sign = this.#take('!') ?? this.#take('-');
    if (!sign) return this.#member();
    if (++this.#depth > 200) throw new TooDeep();
    const of = this.#unary();
    this.#depth--;
    return { kind: sign.text === '!' ? 'not' : 'minus', of, at: sign.at, end: sign.end };
  }

  #member(): CelNode {
    let of = this.#primary();
    for (;;) {
      if (this.#take('.')) {
        const optional = this.#take('?') !== undefined;
        const token = this.#token;
        if (token?.sort !== 'name' && token?.sort !== 'quoted') throw this.#unexpected('the name of a field');
        this.#next++;
        const { at, end } = token;
        const quoted = token.sort === 'quoted';
        const name = quoted ? token.text.slice(1, -1) : token.text;
        if (this.#take('(')) of = { kind: 'call', of, name, args: this.#list(')'), at, end };
        else of = { kind: 'field', of, name, quoted, optional, at, end };
      } else if (this.#is('[')) {
        const { at = 0, end = 0 } = this.#take('[') ?? {};
        const optional = this.#take('?') !== undefined;
        const index = this.#expression();
        this.#need(']');
        of = { kind: 'index', of, index, optional, at, end };
      } else if (this.#is('{')) {
        this.#next++;
        of = { kind: 'object', of, fields: this.#fields(), at: of.at, end: of.end };
      } else return of;
    }
  }

  #primary(): CelNode {
    const token = this.#token;
    if (!token) throw this.#unexpected('a value');
    const { at, end } = token;
    if (this.#take('(')) {
      const inner = this.#expression();
      this.#need(')');
      return inner;
    }
    if (this.#take('[')) return { kind: 'list', items: this.#list(']'), at, end };
    if (this.#take('{')) return { kind: 'map', entries: this.#entries(), at, end };
    if (token.sort !== 'name' && token.sort !== 'sign' && token.sort !== 'quoted') {
      this.#next++;
      return { kind: 'literal', type: token.sort, at, end };
    }
    this.#take('.');
    const name = this.#token;
    if (name?.sort !== 'name') throw this.#unexpected('a value');
    if (reserved.has(name.text))
      throw new Fault(name.at, name.end, `can't have "${name.text}" as a name: the word is reserved`);
    this.#next++;
    const place = { at: name.at, end: name.end };
    if (constants.has(name.text)) return { kind: 'literal', type: name.text === 'null' ? 'null' : 'bool', ...place };
    if (this.#take('(')) return { kind: 'call', of: undefined, name: name.text, args: this.#list(')'), ...place };
    return { kind: 'name', name: name.text, ...place };
  }

  #list(end: string): readonly CelNode[] {
    const items: CelNode[] = [];
    while (!this.#take(end)) {
      this.#take('?');
      items.push(this.#expression());
      if (!this.#take(',')) {
        this.#need(end);
        break;
      }
      if (end === ')' && this.#is(end)) throw this.#unexpected('a value');
    }
    return items;
  }

  #entries(): readonly (readonly [CelNode, CelNode])[] {
    const entries: (readonly [CelNode, CelNode])[] = [];
    while (!this.#take('}')) {
      this.#take('?');
      const key = this.#expression();
      this.#need(':');
      entries.push([key, this.#expression()]);
      if (!this.#take(',')) {
        this.#need('}');
        break;
      }
    }
    return entries;
  }

  /** Names in front of the colons are no expressions; what stands behind them is. */
  #fields(): readonly CelNode[] {
    const values: CelNode[] = [];
    while (!this.#take('}')) {
      this.#take('?');
      const token = this.#token;
      if (token?.sort !== 'name' && token?.sort !== 'quoted') throw this.#unexpected('the name of a field');
      this.#next++;
      this.#need(':');
      values.push(this.#expression());
      if (!this.#take(',')) {
        this.#need('}');
        break;
      }
    }
    return values;
  }
}
