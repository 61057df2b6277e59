import { parseAllDocuments, stringify } from 'yaml';
import { LineIndex } from '../../src/base/line-index.ts';
import { Engine } from '../../src/engine.ts';
import type { Diagnostic } from '../../src/rules/rule-types.ts';
import type { ApiModel } from '../../src/schema/api-model.ts';
import { parseYaml } from '../../src/syntax/parse.ts';
import { nodeAt, type Path, pairOf } from '../../src/syntax/tree.ts';

export type Row = readonly [document: number, path: Path, bent: string, refused: 0 | 1, named: string];

export interface Verdict {
  /** 'Pod spec.containers.0.image number' */
  readonly name: string;
  readonly kind: string;
  readonly refused: boolean;
  readonly errors: readonly Diagnostic[];
  /** An error stands on the line of the bent field or of its parent. */
  readonly inPlace: boolean;
  /** An error stands on the line of the field that the server named, or of that one's parent. */
  readonly asNamed: boolean;
  readonly named: string;
  readonly text: string;
}

/** The opposite of what the server said, or the error at another place. */
export function disagrees({ refused, errors, inPlace, asNamed }: Verdict): 'false alarm' | 'missed' | 'misplaced' | '' {
  if (!refused) return errors.length > 0 ? 'false alarm' : '';
  if (errors.length === 0) return 'missed';
  return inPlace || asNamed ? '' : 'misplaced';
}

/** Judges every bent copy of the manifests. */
export function* judgeAll(model: ApiModel, manifests: string, rows: readonly Row[]): Generator<Verdict> {
  const documents = parseAllDocuments(manifests).map((document): unknown => document.toJS());
  for (const [index, path, bent, refused, named] of rows) {
    const original = documents[index];
    const text = stringify(bend(original, path, bent));
    const engine = new Engine({ model });
    engine.apply([{ type: 'edit', uri: 'file:///bent.yaml', text }]);
    const errors = engine
      .snapshot()
      .diagnostics('file:///bent.yaml')
      .filter(({ severity }) => severity === 'error');
    const marked = new Set(errors.map(({ span }) => lineOf(text, span.start)));
    const onAny = (places: readonly Path[]): boolean => places.some((place) => marked.has(lineAt(text, place)));
    // The field that nobody knows is below the one that got it.
    const bentPath = bent === 'unknown' ? [...path, 'bogusField'] : path;
    const kind = (original as { readonly kind: string }).kind;
    yield {
      name: `${kind} ${path.join('.')} ${bent}`,
      kind,
      refused: refused === 1,
      errors,
      inPlace: onAny([bentPath, bentPath.slice(0, -1)]),
      asNamed: named !== '' && onAny([segments(named), segments(named).slice(0, -1)]),
      named,
      text,
    };
  }
}

/** Where a manifest of apiextensions.k8s.io/v1 has what the server names as its internal type does. */
const asWritten = (named: string): string =>
  named
    .replace(/^spec\.validation\./, 'spec.versions[0].schema.')
    .replace(/^spec\.(subresources|additionalPrinterColumns)\b/, 'spec.versions[0].$1')
    .replace(/\bJSONPath$/, 'jsonPath');

/** "spec.containers[0].ports[1].name" as a path; what stands in brackets may be a key. */
const segments = (named: string): Path =>
  [...asWritten(named).matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(([, bracket, name]) =>
    bracket === undefined ? (name ?? '') : /^\d+$/.test(bracket) ? Number(bracket) : bracket,
  );

/** The line of the key that a path ends in, or of the list's item; of what is nearest above where that isn't there. */
function lineAt(text: string, path: Path): number {
  const { root } = parseYaml(text);
  for (let length = path.length; length > 0; length--) {
    const last = path[length - 1];
    const holder = nodeAt(root, path.slice(0, length - 1));
    const pair = typeof last === 'string' ? pairOf(holder, last) : undefined;
    if (pair) return lineOf(text, pair.key.start);
    const item = nodeAt(root, path.slice(0, length));
    if (item) return lineOf(text, item.start);
  }
  return 0;
}

const lineOf = (text: string, offset: number): number => new LineIndex(text).position(offset).line;

/** A copy of a manifest, bent at a path in one of the ways of the verdicts. */
function bend(manifest: unknown, path: Path, how: string): unknown {
  const copy = structuredClone(manifest);
  // biome-ignore lint/suspicious/noExplicitAny: JSON of any shape
  let holder: any = copy;
  for (const segment of path.slice(0, -1)) holder = holder[segment];
  const key = path.at(-1) ?? '';
  const value = holder[key];
  if (how === 'delete') {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
    return copy;
  }
  const ways: Readonly<Record<string, () => unknown>> = {
    number: () => (typeof value === 'boolean' ? 1 : 7),
    bool: () => true,
    empty: () => '',
    bogus: () => 'Bogus value!',
    near: () => `${value}x`,
    list: () => (typeof value === 'string' ? [value] : []),
    minus: () => -1,
    big: () => 70_000,
    string: () => String(value),
    half: () => 1.5,
    word: () => 'seven',
    map: () => ({}),
    none: () => (Array.isArray(value) ? [] : {}),
    twice: () => (Array.isArray(value) ? [...value, structuredClone(value[0] ?? null)] : value),
    scalar: () => 'x',
    unknown: () => ({ ...value, bogusField: 1 }),
    null: () => null,
  };
  const way = ways[how];
  if (!way) throw new Error(`no way to bend: ${how}`);
  holder[key] = way();
  return copy;
}
