/** Where an expression can't be read, counted from its start, and why. */
export interface CelFault {
  readonly at: number;
  /** The end of a sentence that begins with "The expression": "ends where a value is due". */
  readonly message: string;
}

/**
 * Reads an expression of the Common Expression Language, as cel-go's parser does, and answers where its syntax is
 * wrong; undefined where it is right. Types and names are not looked at. A text of more than 20,000 characters, or one
 * that is nested more than 200 deep, is not judged.
 */
export function celFault(text: string): CelFault | undefined {
  if (text.length > 20_000) return undefined;
  try {
    new Parser(tokens(text), text.length).whole();
    return undefined;
  } catch (error) {
    if (error instanceof TooDeep) return undefined;
    if (error instanceof Fault) return error.fault;
    throw error;
  }
}

/** cel-go's own words and those that it keeps for later: no variable is called so. */
const reserved = new Set(
  'as break const continue else for function if import in let loop package namespace return var void while'.split(' '),
);

/** Whether a variable of an expression can have that name. */
export const isCelIdentifier = (text: string): boolean =>
  /^[_a-zA-Z][_a-zA-Z0-9]*$/.test(text) && !reserved.has(text) && !['true', 'false', 'null'].includes(text);

class Fault extends Error {
  readonly fault: CelFault;

  constructor(at: number, message: string) {
    super(message);
    this.fault = { at, message };
  }
}

class TooDeep extends Error {}

type Sort = 'name' | 'quoted' | 'value' | 'sign';

interface Token {
  readonly sort: Sort;
  readonly text: string;
  readonly at: number;
}

const grammar: readonly (readonly [Sort | 'blank', RegExp])[] = [
  ['blank', /(?:\s+|\/\/[^\n]*)/y],
  ['value', /[rRbB]{0,2}(?:"""[\s\S]*?(?<!\\)"""|'''[\s\S]*?(?<!\\)''')/y],
  ['value', /(?:[bB]?[rR]|[rR][bB])(?:"[^"\n\r]*"|'[^'\n\r]*')/y],
  ['value', /[bB]?(?:"(?:[^"\\\n\r]|\\[^\n\r])*"|'(?:[^'\\\n\r]|\\[^\n\r])*')/y],
  ['value', /0[xX][0-9a-fA-F]+[uU]?/y],
  ['value', /(?:\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?|\d+[uU]?)/y],
  ['name', /[_a-zA-Z][_a-zA-Z0-9]*/y],
  ['quoted', /`[A-Za-z0-9_.\-/ ]+`/y],
  ['sign', /(?:==|!=|<=|>=|&&|\|\||[-+*/%!<>?:.,()[\]{}])/y],
];

function tokens(text: string): readonly Token[] {
  const result: Token[] = [];
  let at = 0;
  while (at < text.length) {
    let length = 0;
    for (const [sort, pattern] of grammar) {
      pattern.lastIndex = at;
      const found = pattern.exec(text)?.[0];
      if (!found) continue;
      if (sort !== 'blank') result.push({ sort, text: found, at });
      length = found.length;
      break;
    }
    if (length === 0)
      throw new Fault(
        at,
        /["'`]/.test(text[at] ?? '') ? 'has a quote that is not closed' : `can't have "${text[at] ?? ''}" here`,
      );
    at += length;
  }
  return result;
}

const relations = new Set(['<', '<=', '>', '>=', '==', '!=', 'in']);

class Parser {
  readonly #tokens: readonly Token[];
  readonly #end: number;
  #next = 0;
  #depth = 0;

  constructor(list: readonly Token[], end: number) {
    this.#tokens = list;
    this.#end = end;
  }

  whole(): void {
    this.#expression();
    if (this.#token) throw this.#unexpected('an operator');
  }

  get #token(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #is(text: string): boolean {
    const token = this.#token;
    return token?.text === text && (token.sort === 'sign' || token.sort === 'name');
  }

  #take(text: string): boolean {
    if (!this.#is(text)) return false;
    this.#next++;
    return true;
  }

  #need(text: string): void {
    if (!this.#take(text)) throw this.#unexpected(`"${text}"`);
  }

  #unexpected(due: string): Fault {
    const token = this.#token;
    return token
      ? new Fault(token.at, `has "${token.text}" where ${due} is due`)
      : new Fault(this.#end, `ends where ${due} is due`);
  }

  #expression(): void {
    if (++this.#depth > 200) throw new TooDeep();
    this.#binary(0);
    if (this.#take('?')) {
      this.#binary(0);
      this.#need(':');
      this.#expression();
    }
    this.#depth--;
  }

  #binary(level: number): void {
    const operators: readonly ((text: string) => boolean)[] = [
      (text) => text === '||',
      (text) => text === '&&',
      (text) => relations.has(text),
      (text) => text === '+' || text === '-',
      (text) => text === '*' || text === '/' || text === '%',
    ];
    const isOperator = operators[level];
    if (!isOperator) {
      this.#unary();
      return;
    }
    this.#binary(level + 1);
    while (this.#token && this.#token.sort !== 'value' && isOperator(this.#token.text)) {
      this.#next++;
      this.#binary(level + 1);
    }
  }

  #unary(): void {
    while (this.#take('!') || this.#take('-'));
    this.#primary();
    for (;;) {
      if (this.#take('.')) {
        this.#take('?');
        const token = this.#token;
        if (token?.sort !== 'name' && token?.sort !== 'quoted') throw this.#unexpected('the name of a field');
        this.#next++;
        if (this.#take('(')) this.#list(')');
      } else if (this.#take('[')) {
        this.#take('?');
        this.#expression();
        this.#need(']');
      } else if (this.#is('{')) {
        this.#next++;
        this.#entries();
      } else return;
    }
  }

  #primary(): void {
    const token = this.#token;
    if (this.#take('(')) {
      this.#expression();
      this.#need(')');
    } else if (this.#take('[')) this.#list(']');
    else if (this.#take('{')) this.#entries();
    else if (token?.sort === 'value') this.#next++;
    else {
      this.#take('.');
      const name = this.#token;
      if (name?.sort !== 'name') throw this.#unexpected('a value');
      if (reserved.has(name.text))
        throw new Fault(name.at, `can't have "${name.text}" as a name: the word is reserved`);
      this.#next++;
      if (this.#take('(')) this.#list(')');
    }
  }

  #list(end: string): void {
    while (!this.#take(end)) {
      this.#take('?');
      this.#expression();
      if (!this.#take(',')) {
        this.#need(end);
        return;
      }
      if (end === ')' && this.#is(end)) throw this.#unexpected('a value');
    }
  }

  #entries(): void {
    while (!this.#take('}')) {
      this.#take('?');
      this.#expression();
      this.#need(':');
      this.#expression();
      if (!this.#take(',')) {
        this.#need('}');
        return;
      }
    }
  }
}
