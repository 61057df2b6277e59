import { nearest } from '../base/edit-distance.ts';
import type { CelFault, CelNode } from './cel.ts';
import { celFunctions, celNamespaces, ofTexts } from './cel-functions.ts';

/** What an expression gives; 'dyn' where nobody can tell before it runs. */
export type CelType = Scalar | 'dyn' | 'null' | CelList | CelMap | CelObject;
type Scalar = 'bool' | 'int' | 'uint' | 'double' | 'string' | 'bytes' | 'timestamp' | 'duration';

export interface CelList {
  readonly kind: 'list';
  readonly items: CelType;
}

export interface CelMap {
  readonly kind: 'map';
  readonly values: CelType;
}

export interface CelObject {
  readonly kind: 'object';
  /** What the object is, for messages: "request", "the schema". */
  readonly name: string;
  /** Made when they are first asked for. */
  readonly fields: () => ReadonlyMap<string, CelType>;
}

/**
 * Finds what cel-go's type checker would refuse for sure: names that nothing has, functions that no library of the API
 * server's has, fields that an object lacks, and values that an operator doesn't take. What can't be told is left out.
 * Answers the type of the whole, 'dyn' where it is not known.
 */
export function checkCel(
  tree: CelNode,
  names: ReadonlyMap<string, CelType>,
): { readonly type: CelType } | { readonly fault: CelFault } {
  try {
    return { type: new Checker().type(tree, names) };
  } catch (error) {
    if (error instanceof Refused) return { fault: error.fault };
    throw error;
  }
}

/** "a string", "a list", as messages call it. */
export const celTypeName = (type: CelType): string => {
  const name = baseOf(type);
  return name === 'object' && typeof type !== 'string' && type.kind === 'object' ? 'an object' : (nouns[name] ?? name);
};

const nouns: Readonly<Record<string, string>> = {
  bool: 'a boolean',
  int: 'an integer',
  uint: 'an unsigned integer',
  double: 'a decimal number (double)',
  string: 'a string',
  bytes: 'bytes',
  timestamp: 'a point in time',
  duration: 'a duration',
  null: 'null',
  list: 'a list',
  map: 'a map',
};

export const baseOf = (type: CelType): string => (typeof type === 'string' ? type : type.kind);

class Refused extends Error {
  readonly fault: CelFault;

  constructor({ at, end }: CelNode, message: string, meant: readonly string[] = []) {
    super(message);
    this.fault = { at, end, message, meant };
  }
}

type Scope = ReadonlyMap<string, CelType>;

const scalars = new Set(['bool', 'int', 'uint', 'double', 'string', 'bytes', 'timestamp', 'duration']);
const isScalar = (type: CelType): boolean => scalars.has(baseOf(type));
const numbers = new Set(['int', 'uint', 'double']);
const isKnown = (type: CelType): boolean => type !== 'dyn' && type !== 'null';

/** Which macros take a condition, and what they give. */
const conditions: Readonly<Record<string, 'bool' | 'same'>> = {
  all: 'bool',
  exists: 'bool',
  exists_one: 'bool',
  existsOne: 'bool',
  filter: 'same',
};

class Checker {
  type(node: CelNode, scope: Scope): CelType {
    switch (node.kind) {
      case 'literal':
        return node.type;
      case 'name':
        return this.#name(node, node.name, scope);
      case 'field':
        return this.#field(node, scope);
      case 'index': {
        const of = this.type(node.of, scope);
        this.type(node.index, scope);
        if (node.optional || typeof of === 'string' || of.kind === 'object') return 'dyn';
        return of.kind === 'list' ? of.items : of.values;
      }
      case 'call':
        return this.#call(node, scope);
      case 'list': {
        const items = node.items.map((item) => this.type(item, scope));
        const [first] = items;
        const same = first !== undefined && items.every((item) => baseOf(item) === baseOf(first));
        return { kind: 'list', items: same && isScalar(first) ? first : 'dyn' };
      }
      case 'map':
        for (const [key, value] of node.entries) {
          this.type(key, scope);
          this.type(value, scope);
        }
        return { kind: 'map', values: 'dyn' };
      case 'object':
        for (const value of node.fields) this.type(value, scope);
        return 'dyn';
      case 'not':
        this.#need(node.of, this.type(node.of, scope), 'bool', '"!" takes');
        return 'bool';
      case 'minus': {
        const type = this.type(node.of, scope);
        if (isKnown(type) && type !== 'int' && type !== 'double' && type !== 'duration')
          throw new Refused(node, `has "-" before ${celTypeName(type)}`);
        return type;
      }
      case 'choice': {
        this.#need(node.test, this.type(node.test, scope), 'bool', '"?" takes');
        const [yes, no] = [this.type(node.yes, scope), this.type(node.no, scope)];
        if (baseOf(yes) === baseOf(no)) return isScalar(yes) ? yes : 'dyn';
        if (isScalar(yes) && isScalar(no))
          throw new Refused(node, `gives ${celTypeName(yes)} or ${celTypeName(no)}, which must be of one type`);
        return 'dyn';
      }
      case 'binary':
        return this.#binary(node, this.type(node.left, scope), this.type(node.right, scope));
    }
  }

  #name(node: CelNode, name: string, scope: Scope): CelType {
    const type = scope.get(name);
    if (type !== undefined) return type;
    if (celNamespaces.has(name)) return 'dyn';
    const near = nearest(name, [...scope.keys()]);
    throw new Refused(
      node,
      `uses "${name}", which nothing is called here${orRather(near)}: there ${listed([...scope.keys()])}`,
      near,
    );
  }

  #field(node: CelNode & { readonly kind: 'field' }, scope: Scope): CelType {
    if (this.#isNamespace(node.of, scope)) return 'dyn';
    const of = this.type(node.of, scope);
    if (node.optional || node.quoted || !isKnown(of)) return 'dyn';
    if (typeof of === 'string' || of.kind === 'list')
      throw new Refused(node, `asks ${celTypeName(of)} for a field "${node.name}"`);
    if (of.kind === 'map') return of.values;
    const fields = of.fields();
    const type = fields.get(node.name);
    if (type !== undefined) return type;
    const near = nearest(node.name, [...fields.keys()]);
    throw new Refused(node, `asks for "${node.name}", which ${of.name} has not${orRather(near)}`, near);
  }

  #isNamespace(node: CelNode, scope: Scope): boolean {
    if (node.kind === 'field') return this.#isNamespace(node.of, scope);
    return node.kind === 'name' && celNamespaces.has(node.name) && !scope.has(node.name);
  }

  #call(node: CelNode & { readonly kind: 'call' }, scope: Scope): CelType {
    const { of, name, args } = node;
    if (of === undefined) {
      if (name === 'has') {
        for (const arg of args) this.type(arg, scope);
        if (args.length !== 1 || args[0]?.kind !== 'field')
          throw new Refused(node, 'has "has" without a field: it asks whether one is there, such as has(self.x)');
        return 'bool';
      }
    } else if (this.#isNamespace(of, scope)) {
      const [variable, value, inner] = args;
      if (name === 'bind' && variable?.kind === 'name' && value && inner)
        return this.type(inner, new Map([...scope, [variable.name, this.type(value, scope)]]));
      for (const arg of args) this.type(arg, scope);
      return 'dyn';
    } else {
      const type = this.type(of, scope);
      const macro = this.#macro(node, type, scope);
      if (macro !== undefined) return macro;
      for (const arg of args) this.#argument(node, type, this.type(arg, scope), arg);
      return this.#result(node, type);
    }
    const types = args.map((arg) => this.type(arg, scope));
    return this.#result(node, types[0] ?? 'dyn');
  }

  /** Macros bring variables of their own; undefined for a function. */
  #macro(node: CelNode & { readonly kind: 'call' }, of: CelType, scope: Scope): CelType | undefined {
    const { name, args } = node;
    const condition = conditions[name];
    const isOptional = name === 'optMap' || name === 'optFlatMap';
    const transforms = /^(?:map|transformList|transformMap|transformMapEntry|sortBy)$/.test(name);
    if ((!condition && !isOptional && !transforms) || args.length < 2) return undefined;
    if (!isOptional && isKnown(of) && (typeof of === 'string' || of.kind === 'object'))
      throw new Refused(node, `has "${name}" on ${celTypeName(of)}, which is no list and no map`);
    const two = args.length > 2 && name !== 'map' && name !== 'sortBy';
    const [first, second] = args;
    if (first?.kind !== 'name' || (two && second?.kind !== 'name')) return 'dyn';
    const items = typeof of === 'string' ? 'dyn' : of.kind === 'list' ? of.items : 'string';
    const inner = new Map(scope);
    if (two) {
      inner.set(first.name, typeof of === 'string' ? 'dyn' : of.kind === 'list' ? 'int' : 'string');
      if (second?.kind === 'name')
        inner.set(
          second.name,
          typeof of === 'string' || of.kind === 'object' ? 'dyn' : of.kind === 'list' ? of.items : of.values,
        );
    } else inner.set(first.name, isOptional ? 'dyn' : items);
    const types = args.slice(two ? 2 : 1).map((arg) => [arg, this.type(arg, inner)] as const);
    const [last] = types.slice(-1);
    if (condition && last) this.#need(last[0], last[1], 'bool', `"${name}" takes`);
    if (condition) return condition === 'bool' ? 'bool' : of;
    return name === 'map' && last ? { kind: 'list', items: last[1] } : 'dyn';
  }

  #argument(node: CelNode & { readonly kind: 'call' }, of: CelType, arg: CelType, at: CelNode): void {
    if (
      ofTexts.has(node.name) &&
      of === 'string' &&
      isKnown(arg) &&
      /^(?:startsWith|endsWith|matches|contains)$/.test(node.name)
    )
      this.#need(at, arg, 'string', `"${node.name}" takes`);
  }

  /** What a function gives, where it always gives the same. */
  #result(node: CelNode & { readonly kind: 'call' }, of: CelType): CelType {
    const { name } = node;
    const result = celFunctions.get(name);
    if (result === undefined) {
      const near = nearest(name, [...celFunctions.keys()]);
      throw new Refused(node, `calls "${name}", a function that there is not${orRather(near)}`, near);
    }
    if (node.of && ofTexts.has(name) && isKnown(of) && of !== 'string')
      throw new Refused(node, `calls "${name}", a function of strings, on ${celTypeName(of)}`);
    if (
      name === 'size' &&
      isKnown(of) &&
      of !== 'string' &&
      of !== 'bytes' &&
      (typeof of === 'string' || of.kind === 'object')
    )
      throw new Refused(node, `asks for the "size" of ${celTypeName(of)}`);
    return result;
  }

  #binary(node: CelNode & { readonly kind: 'binary' }, left: CelType, right: CelType): CelType {
    const { operator } = node;
    const both = isKnown(left) && isKnown(right);
    const [a, b] = [baseOf(left), baseOf(right)];
    const mismatch = (): Refused =>
      new Refused(node, `has "${operator}" between ${celTypeName(left)} and ${celTypeName(right)}`);
    switch (operator) {
      case '&&':
      case '||':
        this.#need(node.left, left, 'bool', `"${operator}" takes`);
        this.#need(node.right, right, 'bool', `"${operator}" takes`);
        return 'bool';
      case '==':
      case '!=':
        if (both && a !== b && !isLiteralMap(node.left) && !isLiteralMap(node.right)) throw mismatch();
        return 'bool';
      case 'in': {
        if (isKnown(right) && (typeof right === 'string' || right.kind === 'object')) throw mismatch();
        const items = typeof right === 'string' ? 'dyn' : right.kind === 'list' ? right.items : 'string';
        if (isScalar(left) && isScalar(items) && left !== items)
          throw new Refused(node, `looks for ${celTypeName(left)} among values of another type`);
        return 'bool';
      }
      case '<':
      case '<=':
      case '>':
      case '>=':
        if (both && (!isScalar(left) || !isScalar(right) || (a !== b && !(numbers.has(a) && numbers.has(b)))))
          throw mismatch();
        return 'bool';
      default:
        return this.#arithmetic(operator, left, right, mismatch);
    }
  }

  #arithmetic(operator: string, left: CelType, right: CelType, mismatch: () => Refused): CelType {
    // Where one of the two is known and of one kind of arithmetic alone, the other has to be the same.
    if (!isKnown(left) || !isKnown(right)) {
      const known = isKnown(left) ? left : right;
      return known === 'string' || known === 'bytes' || numbers.has(baseOf(known)) ? known : 'dyn';
    }
    const [a, b] = [baseOf(left), baseOf(right)];
    const times = [a, b].filter((name) => name === 'timestamp' || name === 'duration');
    if (times.length === 2 && (operator === '+' || operator === '-')) {
      if (a === b) return operator === '-' || a === 'duration' ? 'duration' : 'dyn';
      return 'timestamp';
    }
    const fit =
      operator === '%' ? ['int', 'uint'] : [...numbers, ...(operator === '+' ? ['string', 'bytes', 'list'] : [])];
    if (a !== b || !fit.includes(a)) throw mismatch();
    return a === 'list' ? { kind: 'list', items: 'dyn' } : left;
  }

  #need(node: CelNode, type: CelType, due: 'bool' | 'string', taker: string): void {
    if (isKnown(type) && type !== due)
      throw new Refused(node, `has ${celTypeName(type)} where ${taker} ${celTypeName(due)}`);
  }
}

/** A map that is written out may stand for an object. */
const isLiteralMap = (node: CelNode): boolean => node.kind === 'map' || node.kind === 'object';

const orRather = (near: readonly string[]): string =>
  near.length > 0 ? ` (did you mean ${near.slice(0, 2).join(' or ')}?)` : '';

const listed = (names: readonly string[]): string => {
  const shown = names.slice(0, 6);
  return shown.length === 1 ? `is "${shown[0] ?? ''}"` : `are ${shown.join(', ')}`;
};
