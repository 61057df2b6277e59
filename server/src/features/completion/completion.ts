import type { Span } from '../../base/span.ts';
import type { Document } from '../../graph/document.ts';
import type { Facts } from '../../model/facts.ts';
import { fitsInLine, pathInTarget, readOperation } from '../../model/patches.ts';
import { podTemplatesIn } from '../../model/pod-templates.ts';
import { hasUseAt, kindRef } from '../../model/trie.ts';
import { type ApiModel, type KindInfo, type Schema, schemaAt } from '../../schema/api-model.ts';
import { columnAt, type Layout, layoutOf } from '../../syntax/edit.ts';
import { type HalfTyped, halfTyped, marker, partTyped } from '../../syntax/half-typed.ts';
import { nodeAt, type Path, resolveAlias, textAt } from '../../syntax/tree.ts';
import { references } from '../../tables/references.ts';
import type { ReferenceRow, TokenReference } from '../../tables/row-types.ts';
import { type FeatureContext, locate } from '../shared/context.ts';
import { docsLink } from '../shared/docs-link.ts';
import type { CompletionItem, Offer } from './item.ts';
import { isScalar, keyOffers } from './keys.ts';
import { kindOffers, manifestOffers, versionOffers } from './kinds.ts';
import { pointerOffers } from './pointer.ts';
import { partSnippets } from './snippets.ts';
import { podLabelOffers, referenceOffers, schemaValues, selectorOffers } from './values.ts';

/** What can be typed at the cursor. Empty outside of manifests, but for the offer to start one in an empty document. */
export function completion(context: FeatureContext): readonly CompletionItem[] {
  const patch = context.document.template ? undefined : context.document.patchAround(context.offset);
  if (!patch) return completionIn(context);
  const items = completionIn({ ...context, document: patch.document });
  // Between quotes there is no room for others, nor for lines.
  return patch.written === 'line' ? items.filter(({ newText }) => fitsInLine(newText)) : items;
}

function completionIn(context: FeatureContext): readonly CompletionItem[] {
  const { document, offset } = context;
  if (document.template) return [];
  const steps = pointerOffers(context);
  if (steps) {
    const { span } = locate(document, steps.span);
    return steps.offers.map((offer) => toItem(document, offer, span, offer.label, offer.newText));
  }
  const part = partOffers(context);
  if (part) return part;
  const typed = halfTyped(document.text, offset);
  if (!typed) return [];
  const span = locate(document, typed.replace).span;
  return offersAt(context, typed).map((offer) =>
    toItem(
      document,
      offer,
      span,
      `${typed.quote}${offer.label}`,
      typed.lead + (typed.on === 'key' ? quotedKey(offer.newText, typed) : quoted(offer.newText, typed)),
    ),
  );
}

const toItem = (document: Document, offer: Offer, span: Span, filterText: string, newText: string): CompletionItem => ({
  label: offer.label,
  kind: offer.kind,
  detail: offer.detail ?? '',
  documentation: offer.documentation ?? '',
  deprecated: offer.deprecated ?? false,
  sortText: offer.sortText ?? offer.label,
  filterText,
  span,
  newText,
  retrigger: offer.retrigger ?? false,
  also: (offer.also ?? []).map((edit) => ({ span: locate(document, edit.span).span, newText: edit.newText })),
});

/** What the rows say may have to be written behind such a part. */
const closingsOf = (isOf: (row: ReferenceRow) => boolean): readonly string[] => [
  ...new Set(['', ...references.flatMap((row) => (row.closing !== undefined && isOf(row) ? [row.closing] : []))]),
];
const parts = [
  ...closingsOf((row) => row.capture !== undefined).map((closing) => ['name', closing] as const),
  ['pod', ''],
  ...closingsOf((row) => row.address !== undefined).map((closing) => ['host', closing] as const),
  ['port', ''],
  ['qualified', ''],
  ['qualifier', ''],
] as const;

/**
 * Names for a part of a text, whether it is closed yet or not: `$(NAME)`, the Service, its pod and the port of an address.
 * Undefined where the cursor is in no such part.
 */
function partOffers({ workspace, document, offset }: FeatureContext): CompletionItem[] | undefined {
  let isPart = false;
  for (const [part, closing] of parts) {
    const typed = partTyped(document.text, offset, part, closing);
    if (!typed) continue;
    const { stand } = typed;
    const uses = document.factsOf(typed.root, typed.text).flatMap((facts) => facts.uses);
    const use = uses.find(
      ({ row, span }) => isOfRow(part, row) && span.start === stand.start && span.end === stand.end,
    );
    if (!use) continue;
    const span = locate(document, typed.replace).span;
    const offers = referenceOffers(workspace.index, use, undefined, closing);
    if (offers.length > 0) return offers.map((offer) => toItem(document, offer, span, offer.label, offer.newText));
    isPart = true;
  }
  return isPart ? [] : undefined;
}

/** Whether a sort of part is what a row's tokens are. */
const isOfRow = (part: (typeof parts)[number][0], row: TokenReference): boolean =>
  part === 'qualified' || part === 'qualifier'
    ? row.part !== undefined || row.address === 'outside'
    : (part === 'name' ? row.capture : row.address) !== undefined;

function quoted(text: string, { quote }: HalfTyped): string {
  return quote === '' || text.startsWith('"') || text.includes('\n') ? text : `${quote}${text}${quote}`;
}

/** The key alone is quoted, not what follows it. */
const quotedKey = (text: string, { quote }: HalfTyped): string =>
  quote === ''
    ? text
    : text.replace(/^((?:- )*)([^\s:"']+)/, (_, lead: string, key: string) => `${lead}${quote}${key}${quote}`);

function offersAt(context: FeatureContext, typed: HalfTyped): Offer[] {
  const facts = resourceAround(context.document.factsOf(typed.root, typed.text), typed);
  if (!facts) return startOfManifest(context, typed, false);
  const kind = context.model.find(facts.resource.apiVersion, facts.resource.kind);
  const path = pathIn(facts, typed);
  if (!path) return [];
  if (path.length === 1 && typed.on === 'value' && (path[0] === 'kind' || path[0] === 'apiVersion'))
    return startOfManifest(context, typed, true);
  const wired = wiringOffers(context, typed, facts, kind && schemaAt(kind.schema, path));
  if (wired.length > 0) return wired;
  const item = typed.on === 'key' ? halfTyped(context.document.text, context.offset, 'item') : undefined;
  const around = item && resourceAround(context.document.factsOf(item.root, item.text), item);
  const items = around ? wiringOffers(context, item, around, undefined) : [];
  if (items.length > 0) return items;
  if (!kind) return [];
  // A snippet has parts that belong elsewhere in the resource, which isn't here.
  const parts = facts.inline?.isOperation ? [] : snippetsIn(context, typed, kind, facts, path);
  return [...schemaOffers(context, typed, kind, path), ...parts];
}

/** The way to the cursor from the root of its resource; for a JSON patch, of what it changes. */
function pathIn({ resource, inline }: Facts, { root, text, path }: HalfTyped): Path | undefined {
  const below = path.slice(resource.path.length);
  if (!inline?.isOperation) return below;
  const operation = readOperation(nodeAt(root, resource.path), text);
  return operation && pathInTarget(operation, below);
}

/** The innermost resource whose text the cursor is in. */
function resourceAround(all: readonly Facts[], typed: HalfTyped): Facts | undefined {
  return all
    .filter(({ resource }) => resource.path.every((segment, i) => typed.path[i] === segment))
    .sort((a, b) => b.resource.path.length - a.resource.path.length)[0];
}

const start = ['apiVersion', 'kind', 'metadata'] as const;
/** Keys that a manifest of any kind may have besides. */
const common = new Set<string>([...start, 'spec', 'data', 'stringData', 'items']);

/** In a document that is empty or on its way to a manifest; or at the values of kind and apiVersion in one. */
function startOfManifest(context: FeatureContext, typed: HalfTyped, isResource: boolean): Offer[] {
  const { model } = context;
  const layout = layoutAround(context);
  const holder = resolveAlias(nodeAt(typed.root, typed.on === 'value' ? typed.path.slice(0, -1) : typed.path));
  if (holder?.type !== 'map') return [];
  const known = (name: string): string | undefined => {
    const text = textAt(holder, name);
    return text === undefined || text.includes(marker) ? undefined : text;
  };
  const kind = known('kind');
  const apiVersion = known('apiVersion');
  const keys = holder.pairs.map(({ key }) => key.value).filter((key) => !key.includes(marker));
  // A chart and the values of one have such keys, too, but others that no manifest has.
  const strange = keys.some((key) => !common.has(key)) && !hasKindWith(model, kind, apiVersion, keys);
  if (!isResource && (strange || typed.path.length > (typed.on === 'value' ? 1 : 0))) return [];
  if (typed.on === 'value') {
    const key = typed.path.at(-1);
    if (key === 'kind') return kindOffers(model, apiVersion);
    return key === 'apiVersion' ? versionOffers(model, kind, layout) : [];
  }
  if (keys.length === 0) return typed.hasColon ? [] : manifestOffers(context, layout);
  if (!keys.includes('apiVersion') && !keys.includes('kind') && keys.some((key) => key !== 'metadata')) return [];
  return start.filter((key) => !keys.includes(key)).map((key) => startOffer(key, typed.hasColon, layout));
}

/** How a document is laid out; an empty one as its file is. */
function layoutAround({ workspace, document }: FeatureContext): Layout {
  if (document.parsed.root?.type === 'map') return layoutOf(document.text, document.parsed.root);
  const others = (workspace.file(document.uri)?.documents ?? []).filter(({ parsed }) => parsed.root?.type === 'map');
  const near = others.findLast(({ start }) => start < document.start) ?? others[0];
  return near ? layoutOf(near.text, near.parsed.root) : layoutOf(document.text, undefined);
}

/** Whether some kind, of that name or of that version, has all these fields. */
function hasKindWith(
  model: ApiModel,
  kind: string | undefined,
  apiVersion: string | undefined,
  keys: readonly string[],
): boolean {
  const named = kind === undefined ? model.kinds().filter((info) => info.apiVersion === apiVersion) : model.named(kind);
  return named.some(({ schema }) => keys.every((key) => schema.fields.has(key)));
}

function startOffer(key: (typeof start)[number], bare: boolean, layout: Layout): Offer {
  if (bare) return { label: key, kind: 'field', newText: key };
  const newText = key === 'metadata' ? `${key}:${layout.newline}${' '.repeat(layout.step)}name: $0` : `${key}: $0`;
  return { label: key, kind: 'field', newText, retrigger: key !== 'metadata' };
}

/** Names and labels of the workspace that can stand where the marker is. */
function wiringOffers(
  { workspace }: FeatureContext,
  typed: HalfTyped,
  facts: Facts,
  schema: Schema | undefined,
): Offer[] {
  const { index } = workspace;
  const uses = facts.uses.filter((candidate) => candidate.text.includes(marker));
  if (uses.length > 0) return uses.flatMap((use) => referenceOffers(index, use, schema));
  for (const selector of facts.selectors) {
    const pair = selector.pairs.find(({ key, value }) => key.includes(marker) || value.includes(marker));
    if (pair) return selectorOffers(index, selector, pair, typed.hasColon);
  }
  for (const labelSet of facts.labelSets) {
    for (const pair of labelSet.labels.values()) {
      if (pair.key.includes(marker) || pair.value.includes(marker))
        return podLabelOffers(index, labelSet, pair, typed.hasColon);
    }
  }
  return [];
}

function schemaOffers(
  { document, model }: FeatureContext,
  typed: HalfTyped,
  kind: KindInfo,
  path: readonly (string | number)[],
): Offer[] {
  const schema = schemaAt(kind.schema, path);
  if (!schema) return [];
  if (typed.on === 'value' && isScalar(schema)) return schemaValues(schema);
  if (typed.on === 'value') return [];
  if (isScalar(schema)) return schemaValues(schema);
  const item = schema.type === 'list' ? schema.items : undefined;
  if (item && isScalar(item)) return schemaValues(item).map((offer) => ({ ...offer, newText: `- ${offer.newText}` }));
  const object = item ?? schema;
  if (object.type !== 'object') return [];
  const layout = layoutOf(document.text, document.parsed.root);
  const lead = item ? '- ' : '';
  const here = resolveAlias(nodeAt(typed.root, typed.path));
  const siblings = typed.map ?? (here?.type === 'map' ? here : undefined);
  const present = new Set((siblings?.pairs ?? []).map(({ key }) => key.value));
  const reference = kindRef(kind.group, kind.kind);
  const templates = podTemplatesIn(kind);
  return keyOffers(object, present, {
    column: columnAt(document.text, typed.replace.start) + lead.length,
    layout,
    lead,
    bare: typed.hasColon,
    flow: typed.map?.flow === true,
    model,
    docs: (field) => docsLink(kind, model, [...path, ...(item ? [0] : []), field.name]),
    hasValues: (field) =>
      schemaValues(field.schema).length > 0 ||
      hasUseAt(reference, [...path, ...(item ? [0] : []), field.name], templates),
  });
}

function snippetsIn(
  context: FeatureContext,
  typed: HalfTyped,
  kind: KindInfo,
  facts: Facts,
  path: readonly (string | number)[],
): Offer[] {
  const here = resolveAlias(nodeAt(typed.root, typed.path));
  const siblings = typed.map ?? (here?.type === 'map' ? here : undefined);
  const keys = (siblings?.pairs ?? []).map(({ key }) => key.value).filter((key) => !key.includes(marker));
  return partSnippets(context, { path, facts, kind, typed, present: new Set(keys) });
}
