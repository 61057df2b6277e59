import type { Span } from '../base/span.ts';
import type { Form } from '../kubernetes/forms.ts';
import { type Content, insertAt, scalarLike } from '../syntax/edit.ts';
import { removeEntry } from '../syntax/remove.ts';
import type { Path } from '../syntax/tree.ts';
import type { Value } from '../syntax/value.ts';
import type { DraftFix, Finding, SchemaVisit } from './rule.ts';

/** What makes a finding more than its message. */
export interface Details {
  /** What to do, where the message doesn't say it. */
  readonly advice?: string;
  readonly fixes?: () => readonly DraftFix[];
  /** The other end, and what it is. */
  readonly related?: readonly [value: Value, message: string];
  /** It holds only as long as something is absent, which in a patch proves nothing. */
  readonly ofAbsence?: boolean;
  /** It speaks of labels or selectors, which a kustomization may add. */
  readonly ofLabels?: boolean;
  readonly ofNamespace?: boolean;
}

/**
 * Says what the API server's validation would say of the object that is visited, in the words that all such rules use.
 * Messages are given without a full stop: "… : the API server refuses it." follows.
 */
export class Judge {
  readonly #visit: SchemaVisit;
  readonly #report: (finding: Finding) => void;

  constructor(visit: SchemaVisit, report: (finding: Finding) => void) {
    this.#visit = visit;
    this.#report = report;
  }

  /** The value is refused. */
  refuse(value: Value, message: string, details: Details = {}): void {
    this.#say(value.span, message, details);
  }

  /** A part of a value is refused. */
  refuseSpan(span: Span, message: string, details: Details = {}): void {
    this.#say(span, message, details);
  }

  /** The field is refused, whatever its value is: its key is marked. */
  refuseField(value: Value, message: string, details: Details = {}): void {
    this.#say(value.keySpan, message, details);
  }

  /** Something is missing: a field that has nothing behind it is marked, else what should hold it. */
  lacks(holder: Value, field: string, message: string, details: Details = {}): void {
    // A placeholder may bring it, and of what is no map its type is wrong.
    if (holder.unknown || (holder.present && !holder.map)) return;
    const mark = holder.get(field).pair ? holder.get(field) : holder;
    this.#say(mark.keySpan, message, { ...details, ofAbsence: true });
  }

  /** A text of another form; one that is empty is left to who demands the field, unless `empty` says otherwise. */
  form(value: Value, form: Form, details: Details & { readonly empty?: boolean } = {}): boolean {
    const { text } = value;
    if (text === undefined || (text === '' && !details.empty)) return true;
    const fault = form(text);
    if (fault === undefined) return true;
    const lower = text.toLowerCase();
    const mended = lower !== text && form(lower) === undefined;
    this.refuse(value, `${quoted(text)} ${fault}`, {
      ...(mended ? { fixes: (): readonly DraftFix[] => this.change(value, lower) } : {}),
      ...details,
    });
    return false;
  }

  /** A number outside of its range. */
  range(value: Value, least: number, most = Number.POSITIVE_INFINITY): boolean {
    const number = value.integer;
    if (number === undefined || (number >= least && number <= most)) return true;
    const range = most === Number.POSITIVE_INFINITY ? `${least} or more` : `between ${least} and ${most}`;
    this.refuse(value, `${this.#name(value)} must be ${range}, and is ${number}`, {
      fixes: () => this.change(value, String(number < least ? least : most), false),
    });
    return false;
  }

  /** Items that stand twice in a list; `key` tells them apart, undefined leaves one out. */
  unique(
    items: readonly Value[],
    key: (item: Value) => string | undefined,
    mark: (item: Value) => Value,
    noun: string,
  ): void {
    const first = new Map<string, Value>();
    for (const item of items) {
      const id = key(item);
      if (id === undefined) continue;
      const earlier = first.get(id);
      if (!earlier) first.set(id, item);
      else
        this.refuse(mark(item), `Another ${noun} is ${id}`, {
          related: [mark(earlier), `The first ${noun} that is ${id}`],
        });
    }
  }

  /** Puts another text in place of a scalar, in its style of quotes; a number or boolean as it is. */
  change(value: Value, text: string, preferred = false): readonly DraftFix[] {
    const node = value.scalar;
    if (!node || node.style === 'block' || value.pair?.value?.type === 'alias') return [];
    const isString = value.text !== undefined;
    const newText = isString ? scalarLike(node, text) : text;
    const edit = { document: this.#visit.document, span: { start: node.start, end: node.end }, newText };
    return [{ title: `Change to ${isString ? `"${text}"` : text}`, preferred, edits: [edit] }];
  }

  /** Takes the quotes off a number. */
  unquote(value: Value): readonly DraftFix[] {
    const node = value.scalar;
    if (!node || (node.style !== 'single' && node.style !== 'double')) return [];
    const edit = { document: this.#visit.document, span: { start: node.start, end: node.end }, newText: node.value };
    return [{ title: 'Remove the quotes', preferred: true, edits: [edit] }];
  }

  /** Takes a field out of the map that holds it. */
  remove(holder: Value, field: string, preferred = false): readonly DraftFix[] {
    const { document } = this.#visit;
    const edit = holder.map && removeEntry(document.text, holder.map, field);
    return edit ? [{ title: `Remove "${field}"`, preferred, edits: [{ document, ...edit }] }] : [];
  }

  /** Adds a field to the object at a path below the visited one. */
  add(below: Path, field: string, content: Content, preferred = false): readonly DraftFix[] {
    const { document, facts, path } = this.#visit;
    const edit = insertAt(document.text, document.tree, [...facts.resource.path, ...path, ...below], {
      entry: [field, content],
    });
    const title = typeof content === 'string' ? `Add "${field}: ${content}"` : `Add "${field}"`;
    return edit ? [{ title, preferred, edits: [{ document, ...edit }] }] : [];
  }

  #name(value: Value): string {
    const key = value.pair?.key.value;
    return key === undefined ? 'This item' : `"${key}"`;
  }

  #say(span: Span, message: string, { advice, fixes, related, ofAbsence, ofLabels, ofNamespace }: Details): void {
    const { document } = this.#visit;
    this.#report({
      span,
      message: `${message}: the API server refuses it.${advice === undefined ? '' : ` ${advice}`}`,
      ...(ofAbsence ? { ofAbsence } : {}),
      ...(ofLabels ? { ofLabels } : {}),
      ...(ofNamespace ? { ofNamespace } : {}),
      ...(fixes ? { fixes } : {}),
      ...(related ? { related: [{ document, span: related[0].span, message: related[1] }] } : {}),
    });
  }
}

/** A text as messages show it: long ones are cut. */
export const quoted = (text: string): string => `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;

/** What is there and is no placeholder. */
export const known = (value: Value): boolean => value.present && !value.unknown;

/** Of these fields those that are there, by name. */
export const presentOf = (holder: Value, fields: readonly string[]): readonly string[] =>
  fields.filter((field) => holder.get(field).present);
