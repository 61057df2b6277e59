import type { Span } from './span.ts';

/** What made a part of a value: the manifest's author, or a step on the way from the manifest to the running pod. */
export type Maker = 'preset' | 'default' | 'admission' | 'controller';

/** The document that a part stands in; `start` is where it begins in its file. Spans count from the document's start. */
export interface Source {
  readonly uri: string;
  readonly start: number;
}

/** Where a part of a value comes from. */
export interface Origin {
  /** Undefined for what stands in the manifest itself; the parts of what was added have their holder's maker. */
  readonly maker?: Maker;
  /** Who or what added it, for readers: `PodPreset "allow-database"`. */
  readonly note?: string;
  /** Where it is written; undefined for what no manifest holds. */
  readonly place?: { readonly source: Source; readonly span: Span };
}

/** A value as Kubernetes' decoder sees it, with the origin of every part. Values are never changed. */
export type Data = ScalarData | ListData | MapData;

export interface ScalarData {
  readonly type: 'scalar';
  readonly value: string | number | boolean | null;
  readonly origin: Origin;
}

export interface ListData {
  readonly type: 'list';
  readonly items: readonly Data[];
  readonly origin: Origin;
}

export interface MapData {
  readonly type: 'map';
  /** In the order in which they were written. */
  readonly entries: ReadonlyMap<string, Data>;
  readonly origin: Origin;
}

/** Plain data, as JSON has it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** The value at a path of keys and indexes; undefined where it leads nowhere, or to null. */
export function valueAt(value: Data | undefined, ...path: readonly (string | number)[]): Data | undefined {
  let here = value;
  for (const segment of path) {
    if (here?.type === 'map' && typeof segment === 'string') here = here.entries.get(segment);
    else if (here?.type === 'list' && typeof segment === 'number') here = here.items[segment];
    else return undefined;
  }
  return here?.type === 'scalar' && here.value === null ? undefined : here;
}

export function mapAt(value: Data | undefined, ...path: readonly (string | number)[]): MapData | undefined {
  const found = valueAt(value, ...path);
  return found?.type === 'map' ? found : undefined;
}

/** The items of a list that are maps: what else stands there is half typed. */
export function mapsAt(value: Data | undefined, ...path: readonly (string | number)[]): readonly MapData[] {
  return itemsAt(value, ...path).filter((item) => item.type === 'map');
}

export function itemsAt(value: Data | undefined, ...path: readonly (string | number)[]): readonly Data[] {
  const found = valueAt(value, ...path);
  return found?.type === 'list' ? found.items : [];
}

/** The text of a scalar: of a number or a boolean, too, which the API server would refuse where a string is due. */
export function textOf(value: Data | undefined, ...path: readonly (string | number)[]): string {
  const found = valueAt(value, ...path);
  return found?.type === 'scalar' && found.value !== null ? String(found.value) : '';
}

/** Whether the boolean at a path is true. */
export function isTrue(value: Data | undefined, ...path: readonly (string | number)[]): boolean {
  const found = valueAt(value, ...path);
  return found?.type === 'scalar' && found.value === true;
}

export const mapData = (entries: Iterable<readonly [string, Data]>, origin: Origin): MapData => ({
  type: 'map',
  entries: new Map(entries),
  origin,
});

export const listData = (items: readonly Data[], origin: Origin): ListData => ({ type: 'list', items, origin });

/** Plain data as a value, every part of one origin. */
export function dataFrom(json: Json, origin: Origin): Data {
  if (Array.isArray(json))
    return listData(
      (json as readonly Json[]).map((item) => dataFrom(item, origin)),
      origin,
    );
  if (typeof json === 'object' && json !== null)
    return mapData(
      Object.entries(json as { readonly [key: string]: Json }).map(([key, inner]) => [key, dataFrom(inner, origin)]),
      origin,
    );
  return { type: 'scalar', value: json as string | number | boolean | null, origin };
}

/** A value as plain data. */
export function toJson(value: Data): Json {
  if (value.type === 'scalar') return value.value;
  if (value.type === 'list') return value.items.map(toJson);
  // A key may be `__proto__`.
  return Object.fromEntries(Array.from(value.entries, ([key, inner]) => [key, toJson(inner)] as const));
}

/** The value with what `change` makes of the part at a path, of undefined where there is none; maps on the way are made. */
export function replaceAt(
  value: Data | undefined,
  path: readonly (string | number)[],
  origin: Origin,
  change: (part: Data | undefined) => Data | undefined,
): Data | undefined {
  const [segment, ...rest] = path;
  const here = value?.type === 'scalar' && value.value === null ? undefined : value;
  if (segment === undefined) return change(here);
  if (typeof segment === 'number') {
    const item = here?.type === 'list' ? here.items[segment] : undefined;
    if (here?.type !== 'list' || item === undefined) return value;
    const changed = replaceAt(item, rest, origin, change);
    if (changed === item || changed === undefined) return value;
    return { ...here, items: here.items.map((other, i) => (i === segment ? changed : other)) };
  }
  // Something else stands in the way: what is half typed stays as it is.
  if (here && here.type !== 'map') return value;
  const before = here?.entries.get(segment);
  const changed = replaceAt(before, rest, origin, change);
  if (changed === before) return value;
  const entries = new Map(here?.entries);
  if (changed === undefined) entries.delete(segment);
  else entries.set(segment, changed);
  return { type: 'map', entries, origin: here?.origin ?? origin };
}
