import type { TextEdit } from '../../base/text-edit.ts';
import type { ObjectSchema } from '../../schema/api-model.ts';
import { columnOf, type Line } from '../../syntax/lines.ts';
import { isPlaceholder } from '../../syntax/placeholder.ts';
import { closingCost, costs, type Frame, hasKey, meaningOf, shapeCost } from './frames.ts';

/** Where a line belongs. Columns count in spaces. */
export interface Placement {
  readonly line: Line;
  readonly column: number;
  readonly out: number;
  /** It stands where it doesn't belong, and not only because of what it is in. */
  readonly moved: boolean;
  /** What it belongs into. */
  readonly into: Frame;
  /** What it would belong to by its column, if that is anything. */
  readonly written: Frame | undefined;
  readonly key: string | undefined;
  /** Puts in a space or a colon that is missing. */
  readonly space: TextEdit | undefined;
}

/** A document as its author means it, by the schema: see `layOut`. */
export interface Layout {
  readonly placements: readonly Placement[];
  readonly cost: number;
}

interface State {
  readonly cost: number;
  readonly top: Frame;
  readonly last: { readonly placement: Placement; readonly before: State['last'] } | undefined;
}

/** More than this is not repaired: it would take too long at every keystroke. */
const maximumLines = 1500;
/** Every level that is open is a place for a line: what is nested far deeper than any manifest isn't repaired. */
const maximumLevels = 80;
const maximumDashes = 5;
const width = 14;
const horizon = 7;

/**
 * Reads the lines of one document again, from top to bottom, with the schema beside them: each key goes into the map
 * above it that knows it, each item into the list that takes it, and what stands in another column than its neighbours
 * is taken for misplaced only where that explains more. The best of several readings is found by a beam search.
 * Undefined where the document is too long.
 */
export function layOut(text: string, lines: readonly Line[], schema: ObjectSchema): Layout | undefined {
  const content = lines.filter(({ type, within }) => type === 'content' && within === undefined);
  if (content.length > maximumLines || content.some(({ dashes }) => dashes.length > maximumDashes)) return undefined;
  if (levelsOf(text, content) > maximumLevels) return undefined;
  const flat = content.every((line) => columnOf(text, line) === 0);
  let states: State[] = [{ cost: 0, top: root(schema), last: undefined }];
  const hasText = blocksWithout(lines);
  const ids = new Ids();
  for (const line of content) {
    const readings = readingsOf(text, line);
    const next = new Map<string, State>();
    const traits: Traits = { hasText, flat, ids, limit: Number.POSITIVE_INFINITY };
    for (const state of states) {
      for (const reading of readings) {
        for (const candidate of place(state, reading, traits)) {
          traits.limit = Math.min(traits.limit, candidate.cost + horizon);
          const id = `${candidate.top.id};${candidate.top.column ?? ''}`;
          const known = next.get(id);
          if (!known || candidate.cost < known.cost) next.set(id, candidate);
        }
      }
    }
    states = [...next.values()].sort((a, b) => a.cost - b.cost).slice(0, width);
    const best = states[0];
    if (!best) return undefined;
    states = states.filter(({ cost }) => cost <= best.cost + horizon);
  }
  let best: State | undefined;
  for (const state of states) {
    let cost = state.cost;
    for (let frame: Frame | undefined = state.top; frame; frame = frame.above) cost += closingCost(frame);
    if (!best || cost < best.cost) best = { ...state, cost };
  }
  const placements: Placement[] = [];
  for (let last = best?.last; last; last = last.before) placements.push(last.placement);
  return { placements: placements.reverse(), cost: best?.cost ?? 0 };
}

/** How deep the lines are indented, in steps. */
function levelsOf(text: string, lines: readonly Line[]): number {
  const columns: number[] = [];
  let most = 0;
  for (const line of lines) {
    const column = columnOf(text, line);
    while ((columns.at(-1) ?? -1) >= column) columns.pop();
    columns.push(column);
    most = Math.max(most, columns.length);
  }
  return most;
}

/** What frames that were opened by the same lines have in common. */
class Ids {
  readonly #known = new Map<string, number>();

  of({ id }: Frame, { start }: Line): number {
    const path = `${id}/${start}`;
    const known = this.#known.get(path) ?? this.#known.size + 1;
    this.#known.set(path, known);
    return known;
  }
}

function blocksWithout(lines: readonly Line[]): ReadonlySet<Line> {
  const result = new Set<Line>();
  let last: Line | undefined;
  for (const line of lines) {
    if (line.type === 'blank' || line.type === 'comment') continue;
    if (last && /^[|>][-+\d]*$/.test(last.value) && line.within !== 'block') result.add(last);
    last = line;
  }
  return result;
}

const root = (schema: ObjectSchema): Frame => ({
  above: undefined,
  schema,
  type: 'open',
  name: '',
  opener: -1,
  keyColumn: -1,
  keyOut: -1,
  column: undefined,
  out: 0,
  strays: [],
  keys: undefined,
  count: 0,
  id: 0,
});

/** One way to read a line. */
interface Reading {
  readonly line: Line;
  readonly column: number;
  readonly dashes: readonly number[];
  readonly key: string | undefined;
  readonly keyColumn: number;
  readonly value: string;
  readonly space: TextEdit | undefined;
}

/** A line as it stands, and with the space that it may lack. */
function readingsOf(text: string, line: Line): readonly Reading[] {
  const column = columnOf(text, line);
  const shift = column - (line.textStart - line.start);
  const rest = line.key ? line.key.start : line.valueStart;
  const plain: Reading = {
    line,
    column,
    dashes: line.dashes.map((dash) => dash + shift),
    key: line.key?.text,
    keyColumn: (line.key ? line.key.start - line.start : rest - line.start) + shift,
    value: line.value,
    space: undefined,
  };
  const result = [plain];
  const insert = (at: number): TextEdit => ({ span: { start: at, end: at }, newText: ' ' });
  if (line.key && /^-[A-Za-z]/.test(line.key.text) && text[line.key.start] === '-') {
    result.push({
      ...plain,
      dashes: [...plain.dashes, plain.keyColumn],
      key: line.key.text.slice(1),
      keyColumn: plain.keyColumn + 2,
      space: insert(line.key.start + 1),
    });
  }
  const dashed = line.key ? undefined : /^-(?=[A-Za-z"'/])/.exec(line.value);
  if (dashed) {
    result.push({
      ...plain,
      dashes: [...plain.dashes, plain.keyColumn],
      keyColumn: plain.keyColumn + 2,
      value: line.value.slice(1),
      space: insert(line.valueStart + 1),
    });
  }
  result.push(...withoutColon(line, plain));
  const joined = line.key ? undefined : /^(-?)([A-Za-z][\w./-]*):(?!\/\/)(\S.*)$/.exec(line.value);
  if (joined && joined[1] === '')
    result.push({
      ...plain,
      key: joined[2] ?? '',
      value: joined[3] ?? '',
      space: insert(line.valueStart + (joined[2] ?? '').length + 1),
    });
  return result;
}

/** A key whose colon is missing, or for which an equals sign stands: `spec`, `name web`, `name = web`. */
function withoutColon(line: Line, plain: Reading): readonly Reading[] {
  const match = line.key ? null : /^([A-Za-z][\w-]*)(?:(\s*=\s*|\s+)(\S+|(["']).*\4))?$/.exec(line.value);
  const [, key = '', sign = '', value = ''] = match ?? [];
  if (key === '') return [];
  const start = line.valueStart + key.length;
  const edit: TextEdit = sign.includes('=')
    ? { span: { start, end: start + sign.length }, newText: ': ' }
    : { span: { start, end: start }, newText: ':' };
  return [{ ...plain, key, value, space: edit }];
}

/** What is known of the document as a whole. */
interface Traits {
  /** The keys of block scalars whose text is not indented, by their lines. */
  readonly hasText: ReadonlySet<Line>;
  /** No line is indented. */
  readonly flat: boolean;
  readonly ids: Ids;
  /** Readings of the present line that cost more are not looked at. */
  limit: number;
}

/** Every sensible place of a line, each as the state that comes of it. */
function* place(state: State, reading: Reading, traits: Traits): Generator<State> {
  let leaving = 0;
  let written: Frame | undefined;
  for (let frame: Frame | undefined = state.top; frame; frame = frame.above)
    if (frame.column === reading.column) {
      written = frame;
      break;
    }
  for (let frame: Frame | undefined = state.top; frame; frame = frame.above) {
    if (state.cost + leaving > traits.limit) return;
    yield* placeIn(state, frame, leaving, written, reading, traits);
    leaving += costs.left + closingCost(frame);
  }
}

function* placeIn(
  state: State,
  frame: Frame,
  leaving: number,
  written: Frame | undefined,
  reading: Reading,
  traits: Traits,
): Generator<State> {
  const { line, column, key, dashes, value, space } = reading;
  const done = (cost: number, top: Frame, into: Frame, out: number, moved: boolean): State => ({
    cost: state.cost + leaving + cost + (space ? costs.missingSpace : 0),
    top,
    last: { placement: { line, column, out, moved, into, written, key, space }, before: state.last },
  });
  if (frame.type === 'text') {
    // Only what stands right behind it can go on with a text.
    if (leaving > 0 || space) return;
    const out =
      frame.column === undefined ? frame.keyOut + 2 : Math.max(frame.keyOut + 1, frame.out + column - frame.column);
    const top: Frame = { ...frame, column: frame.column ?? column, out: frame.column === undefined ? out : frame.out };
    yield done(key !== undefined || dashes.length > 0 ? costs.keyInText : costs.text, top, frame, out, true);
    return;
  }
  const first = dashes[0];
  if (first !== undefined) {
    if (frame.type === 'map') return;
    const at = agreement(frame, first, true, traits);
    let cost = at.cost;
    const { schema } = frame;
    if (schema && schema.type !== 'any' && schema.type !== 'list') cost += costs.otherShape;
    const itemSchema = schema?.type === 'list' ? schema.items : undefined;
    // Only what is known somewhere is moved there.
    if (at.moved && key !== undefined && itemSchema?.type === 'object' && !itemSchema.fields.has(key))
      cost += costs.unknown;
    if (state.cost + leaving + cost > traits.limit) return;
    const list = within(frame, 'list', first, at, String(frame.count));
    const item: Frame = {
      above: { ...list, count: frame.count + 1 },
      schema: itemSchema,
      type: 'open',
      name: `${frame.name}[${frame.count}]`,
      opener: line.start,
      keyColumn: first,
      keyOut: at.out,
      column: undefined,
      out: 0,
      strays: [],
      keys: undefined,
      count: 0,
      id: traits.ids.of(list, line),
    };
    const inner: Reading = { ...reading, dashes: dashes.slice(1) };
    if (dashes.length > 1 || key !== undefined) {
      const column = dashes[1] ?? reading.keyColumn;
      for (const { cost: more, top } of placeIn(
        { ...state, cost: 0 },
        item,
        0,
        undefined,
        { ...inner, column, space: undefined },
        { ...traits, limit: Number.POSITIVE_INFINITY },
      ))
        yield done(cost + more, top, list, at.out, at.moved);
      return;
    }
    if (value === '') yield done(cost, item, list, at.out, at.moved);
    else yield done(cost + shapeCost(itemSchema, value), item.above ?? list, list, at.out, at.moved);
    return;
  }
  if (key !== undefined) {
    if (frame.type === 'list') return;
    const meaning = meaningOf(frame, key, value);
    if (space && !meaning.known) return;
    // Any word could be a label, or a line of data.
    if (space?.newText.startsWith(':') && frame.schema?.type !== 'object' && value === '') return;
    const at = agreement(frame, column, false, traits);
    let cost = at.cost + meaning.cost;
    if (frame.type === 'open' && frame.schema?.type === 'list') cost += costs.otherShape;
    // Only what is known somewhere is moved there.
    if (at.moved && !meaning.known && !(traits.flat && meaning.near)) cost += costs.unknown;
    if (frame.schema?.type === 'map') cost += anyKeyCost(frame, key, value, column, at.moved);
    if (state.cost + leaving + cost > traits.limit) return;
    const map = within(frame, 'map', column, at, key);
    const block = /^[|>][-+\d]*$/.test(value) && traits.hasText.has(line);
    const opens = value === '' || block;
    const top: Frame = opens
      ? {
          above: map,
          schema: meaning.schema,
          type: block ? 'text' : 'open',
          name: key,
          opener: line.start,
          keyColumn: column,
          keyOut: at.out,
          column: undefined,
          out: 0,
          strays: [],
          keys: undefined,
          count: 0,
          id: traits.ids.of(map, line),
        }
      : map;
    yield done(cost, top, map, at.out, at.moved);
    return;
  }
  // A value in a line of its own, a placeholder, or something that is no YAML.
  const at = agreement(frame, column, false, traits);
  if (frame.type === 'open' && leaving === 0 && !at.moved)
    yield done(shapeCost(frame.schema, value), frame.above ?? frame, frame, at.out, false);
  if (leaving === 0)
    yield done(isPlaceholder(value) ? 0 : costs.stray, state.top, frame, column + shiftOf(frame), false);
}

/** A map that takes any key mustn't swallow what something around it knows. */
function anyKeyCost(frame: Frame, key: string, value: string, column: number, moved: boolean): number {
  // Its keys slide out together, or it is not they that slid.
  if (moved && frame.column !== undefined && !frame.strays.includes(column)) return costs.unknown;
  for (let above = frame.above; above; above = above.above) {
    if (
      (above.column !== column && frame.keyOut === frame.keyColumn) ||
      above.schema?.type !== 'object' ||
      hasKey(above.keys, key)
    )
      continue;
    const field = above.schema.fields.get(key);
    if (field && shapeCost(field.schema, value) < costs.otherType) return costs.knownAround;
  }
  return 0;
}

const shiftOf = (frame: Frame): number =>
  frame.column === undefined ? frame.keyOut - frame.keyColumn : frame.out - frame.column;

interface Agreement {
  readonly cost: number;
  readonly out: number;
  readonly moved: boolean;
}

/** Whether something may stand in a column of a frame, and in which one it belongs. */
function agreement(frame: Frame, column: number, isDash: boolean, { flat }: Traits): Agreement {
  if (frame.column !== undefined) {
    if (column === frame.column) return { cost: 0, out: frame.out, moved: false };
    const cost = flat ? costs.movedFlat : frame.strays.includes(column) ? costs.movedAlike : costs.moved;
    return { cost, out: frame.out, moved: true };
  }
  const fits = column > frame.keyColumn || (isDash && column === frame.keyColumn && isMapKey(frame));
  if (fits && !(flat && isDash)) return { cost: 0, out: frame.keyOut + (column - frame.keyColumn), moved: false };
  const cost = flat ? costs.movedFlat : isCollapsed(frame.above) ? costs.movedAlike : costs.moved;
  return { cost, out: frame.keyOut + (frame.above ? 2 : 1), moved: true };
}

/** Where one level has lost its indentation, others are likely to have. */
const isCollapsed = (frame: Frame | undefined): boolean =>
  frame?.above !== undefined && frame.column !== undefined && frame.column <= frame.keyColumn;

/** The dashes of a list may stand below the key that holds it, but not below another dash. */
const isMapKey = (frame: Frame): boolean => frame.above?.type === 'map';

/** A frame with one more thing in it. */
function within(frame: Frame, type: 'map' | 'list', column: number, at: Agreement, key: string): Frame {
  const isFirst = frame.column === undefined;
  return {
    ...frame,
    type,
    column: frame.column ?? column,
    out: isFirst ? at.out : frame.out,
    strays: at.moved && !isFirst && !frame.strays.includes(column) ? [...frame.strays, column] : frame.strays,
    keys: type === 'map' ? { key, before: frame.keys } : frame.keys,
  };
}
