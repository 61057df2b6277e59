import { EditedText } from '../../base/edited-text.ts';
import { overlaps, type Span } from '../../base/span.ts';
import type { TextEdit } from '../../base/text-edit.ts';
import { Document } from '../../graph/document.ts';
import type { ApiModel, Schema } from '../../schema/api-model.ts';
import { editsBetween } from '../../syntax/line-edits.ts';
import { type Node, relocated, walk } from '../../syntax/tree.ts';
import type { DraftFix, Place, RepairRule, RuleFinding } from '../rule.ts';
import { mayHavePrefixes } from './line-prefix.ts';
import { isRun } from './lost-line-breaks.ts';
import type { Fault } from './source.ts';
import { RepairSource } from './source.ts';

/** What keeps a document from being read as it is meant, and the document as it is meant. */
export interface Repair {
  readonly faults: readonly RuleFinding[];
  /** Undefined where it takes another look. */
  readonly mended: Document | undefined;
  /** The tree of the mended document with the spans that it has in the original; undefined where that can't be read. */
  readonly meant: (() => Node | undefined) | undefined;
  /** A finding in the mended document as one in the original. */
  toOriginal(found: RuleFinding): RuleFinding;
}

/** Something that can't be seen, quotes and dashes of a word processor, or white space that YAML doesn't know. */
const suspicious = /[\u00a0\u00ad\u1680\u2000-\u200f\u2013-\u201f\u2022\u2028-\u202f\u205f-\u2064\u3000\ufeff]/;

/** What is longer is not looked into: it would take too long at every keystroke. In UTF-16 units. */
const maximumLength = 300_000;

/** Codes that may be the echo of something that is out of place. */
const echoes: ReadonlySet<string> = new Set(['unknown-field', 'wrong-type', 'duplicate-key']);

/** Whether it is worth while to look for something to repair. */
export const isSuspect = (document: Document, found: readonly RuleFinding[], model: ApiModel): boolean =>
  !document.template &&
  document.text.length <= maximumLength &&
  (document.broken || document.parsed.root === undefined
    ? namesKind(document.text) || mayHavePrefixes(document.text)
    : suspicious.test(document.text) ||
      (document.written.length === 0 && mayHavePrefixes(document.text)) ||
      found.some(({ rule }) => echoes.has(rule.id) && rule.id !== 'unknown-field') ||
      mayBeElsewhere(
        document,
        found.filter(({ rule }) => rule.id === 'unknown-field').map(({ finding }) => finding.span),
        model,
      ));

/** A misspelt key of a sound layout is nothing to search for: it is no field anywhere, and nothing waits for it. */
function mayBeElsewhere(document: Document, spans: readonly Span[], model: ApiModel): boolean {
  if (spans.length === 0) return false;
  const keys = spans.map(({ start, end }) => document.text.slice(start, end).replace(/^["']|["']$/g, ''));
  if (keys.some((key) => /[:\s]|^-/.test(key)) || waitsForMore(document.parsed.root)) return true;
  return document.written.some(({ resource }) => {
    const kind = model.find(resource.apiVersion, resource.kind);
    const names = kind && fieldNames(kind.schema);
    return names !== undefined && keys.some((key) => names.has(key));
  });
}

function waitsForMore(root: Node | undefined): boolean {
  for (const node of walk(root)) {
    if (node.type === 'map' && node.pairs.some(({ value }) => value === undefined)) return true;
    if (node.type === 'list' && node.items.includes(undefined)) return true;
  }
  return false;
}

const namesOfSchema = new WeakMap<Schema, ReadonlySet<string>>();

/** The names of all fields below a schema. */
function fieldNames(schema: Schema): ReadonlySet<string> {
  const known = namesOfSchema.get(schema);
  if (known) return known;
  const names = new Set<string>();
  const seen = new Set<Schema>();
  const stack = [schema];
  for (let one = stack.pop(); one; one = stack.pop()) {
    if (seen.has(one)) continue;
    seen.add(one);
    if (one.type === 'list') stack.push(one.items);
    else if (one.type === 'map') stack.push(one.values);
    else if (one.type === 'object')
      for (const field of one.fields.values()) {
        names.add(field.name);
        stack.push(field.schema);
      }
  }
  namesOfSchema.set(schema, names);
  return names;
}

const namesKind = (text: string): boolean =>
  (text.includes('apiVersion:') && text.split('\n').some(isRun)) ||
  (/^[^\S\n]*["'\u201c]?apiVersion\b/m.test(text) && /^[^\S\n]*["'\u201c]?kind\b/m.test(text));

/**
 * Finds out what a document that can't be read, or doesn't fit its schema, is meant to be. First the characters are
 * mended, then the lines are put where they belong.
 *
 * @param judge what a document's own text proves; what is found after the repair must be less
 * @returns undefined where there is nothing that could be repaired
 */
export function repairOf(
  document: Document,
  model: ApiModel,
  rules: readonly RepairRule[],
  judge: (document: Document) => readonly RuleFinding[],
): Repair | undefined {
  const found: RuleFinding[] = [];
  const written = new RepairSource(document.text, document.broken, model);
  let isWhole = false;
  const textEdits = gather(rules, 'text', written, (fault, rule) => {
    isWhole ||= fault.isWhole === true;
    found.push(toFinding(document, rule, fault));
  });
  const text = new EditedText(document.text, textEdits);
  const legible = textEdits.length === 0 ? document : shadow(document, text.text);
  const readable = new RepairSource(text.text, document.broken, model);
  const misplaced: RuleFinding[] = [];
  const moves = gather(rules, 'layout', readable, (fault, rule) => {
    const span = text.spanToOriginal(fault.span);
    // Where the characters have to be mended first, its own fix comes with the next look.
    const repairs = textEdits.length === 0 ? fault.repairs : [];
    misplaced.push(toFinding(document, rule, { ...fault, span, repairs }));
  });
  const lines = new EditedText(text.text, moves);
  let mended = legible;
  if (moves.length > 0) {
    const laidOut = shadow(document, lines.text);
    if (isBetter(laidOut, legible, judge)) {
      mended = laidOut;
      if (!isWhole) found.push(...misplaced);
    }
  }
  if (found.length === 0) return undefined;
  const back = (span: Span): Span => text.spanToOriginal(mended === legible ? span : lines.spanToOriginal(span));
  const isClear = !(isWhole && mended.broken);
  return {
    faults: isClear && found.length > 1 ? found.map((fault) => withWhole(fault, document, mended.text)) : found,
    mended: isClear ? mended : undefined,
    meant: mended === document || mended.broken ? undefined : () => relocated(mended.parsed.root, back),
    toOriginal: (one) => translated(one, mended, document, back),
  };
}

/** One fault of several: with a fix for all of them together. */
const withWhole = ({ rule, finding }: RuleFinding, document: Document, mended: string): RuleFinding => ({
  rule,
  finding: {
    ...finding,
    fixes: () => {
      const edits = editsBetween(document.text, mended);
      const title = 'Repair the whole document';
      return [
        ...(finding.fixes?.() ?? []),
        { title, preferred: false, edits: edits.map((edit) => ({ document, ...edit })) },
      ];
    },
  },
});

/** The edits of each fault's first repair; of two faults in one place the first one found counts. */
function gather(
  rules: readonly RepairRule[],
  stage: RepairRule['stage'],
  source: RepairSource,
  add: (fault: Fault, rule: RepairRule) => void,
): readonly TextEdit[] {
  const edits: TextEdit[] = [];
  for (const rule of rules) {
    if (rule.stage !== stage) continue;
    for (const fault of rule.find(source)) {
      const own = fault.repairs[0]?.edits ?? [];
      if (own.some((edit) => edits.some((other) => overlaps(other.span, edit.span)))) continue;
      edits.push(...own);
      add(fault, rule);
    }
  }
  return edits;
}

const shadow = (document: Document, text: string): Document =>
  new Document(document.uri, text, document.start, undefined, document.role, document.schemas);

function isBetter(after: Document, before: Document, judge: (document: Document) => readonly RuleFinding[]): boolean {
  const count = (document: Document): number => judge(document).filter(({ rule }) => echoes.has(rule.id)).length;
  if (before.broken) {
    if (after.broken) return after.parsed.problems.length < before.parsed.problems.length;
    // What makes little sense is not what was meant.
    return count(after) <= 2 + after.text.length / 1000;
  }
  return !after.broken && count(after) < count(before);
}

const toFinding = (document: Document, rule: RepairRule, { repairs, ...fault }: Fault): RuleFinding => ({
  rule,
  finding: {
    ...fault,
    fixes: () =>
      repairs.map(({ title, edits }, i) => ({
        title,
        preferred: i === 0,
        edits: edits.map((edit) => ({ document, ...edit })),
      })),
  },
});

/** Places in the mended document as places in the original. Of the fixes those that stay within lines. */
function translated(
  { rule, finding }: RuleFinding,
  mended: Document,
  document: Document,
  back: (span: Span) => Span,
): RuleFinding {
  const place = <T extends Place>(one: T): T =>
    one.document === mended ? { ...one, document, span: back(one.span) } : one;
  const { message, related, fixes } = finding;
  return {
    rule,
    finding: {
      ...finding,
      span: back(finding.span),
      message:
        typeof message === 'string' ? message : message.map((part) => (typeof part === 'string' ? part : place(part))),
      ...(related && { related: related.map(place) }),
      ...(fixes && {
        fixes: () =>
          fixes()
            .filter(isWithinLines)
            .map((fix) => ({ ...fix, edits: fix.edits.map(place) })),
      }),
    },
  };
}

const isWithinLines = ({ edits }: DraftFix): boolean =>
  edits.every(
    ({ document, span, newText }) =>
      !newText.includes('\n') && !(document as Document).text.slice(span.start, span.end).includes('\n'),
  );
