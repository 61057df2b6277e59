import type { Span } from '../../base/span.ts';
import { follow, patchedBy, stepsBelow } from '../../graph/patched.ts';
import { isLiteral } from '../../model/patch-target.ts';
import { type Schema, schemaAt, typeName } from '../../schema/api-model.ts';
import { halfTyped } from '../../syntax/half-typed.ts';
import { escaped, isIndex, unescaped } from '../../syntax/json-pointer.ts';
import { textAt } from '../../syntax/tree.ts';
import { patchOperations } from '../../tables/patches.ts';
import type { FeatureContext } from '../shared/context.ts';
import { fieldDocs } from '../shared/field-docs.ts';
import { type Offer, snippetEscape } from './item.ts';

/**
 * The steps that can follow in the path of a JSON patch, and what its operations are called. Undefined where the cursor
 * is in neither; the document is the patch's own.
 */
export function pointerOffers(
  context: FeatureContext,
): { readonly offers: readonly Offer[]; readonly span: Span } | undefined {
  const { document, offset, model, workspace } = context;
  const { aims } = document.role;
  if (aims.length === 0) return undefined;
  const typed = halfTyped(document.text, offset);
  const [item, field] = typed?.path ?? [];
  if (typed?.path.length !== 2 || typeof item !== 'number' || typed.on !== 'value') return undefined;
  const start = typed.replace.start + typed.quote.length;
  if (field === 'op') {
    const names = Object.keys(patchOperations);
    return {
      span: { start, end: offset },
      offers: names.map((name) => ({ label: name, kind: 'value', newText: typed.lead + name })),
    };
  }
  if (field !== 'path' && field !== 'from') return undefined;
  const written = document.text.slice(start, offset);
  const slash = written.lastIndexOf('/');
  const above = written.slice(0, Math.max(slash, 0)).split('/').slice(1).map(unescaped);
  const rest = /^[^\s/"',}\]]*/.exec(document.text.slice(offset))?.[0] ?? '';
  const span = { start: slash < 0 ? start : start + slash + 1, end: offset + rest.length };
  const [target] = aims;
  const apiVersion = target && document.schemas.versionOf(target);
  const kind = apiVersion !== undefined && isLiteral(target?.kind) ? model.find(apiVersion, target.kind) : undefined;
  const schema =
    kind &&
    schemaAt(
      kind.schema,
      above.map((step) => (isIndex(step) ? 0 : step)),
    );
  const lead = slash < 0 ? `${typed.lead}/` : '';
  const there = patchedBy(workspace.index, document, { targets: aims }).flatMap(({ facts }) => {
    const place = follow(facts, above);
    return place.steps === above.length ? stepsBelow(place.node) : [];
  });
  const puts = field === 'path' && !['remove', 'replace', 'test'].includes(textAt(typed.root, item, 'op') ?? '');
  return {
    span,
    offers: [...offersOf(schema, there, puts)].map((offer) => ({ ...offer, newText: lead + offer.newText })),
  };
}

function offersOf(
  schema: Schema | undefined,
  there: readonly { readonly step: string; readonly name: string }[],
  puts: boolean,
): readonly Offer[] {
  const present = new Map(there.map((one) => [one.step, one.name]));
  const offers = new Map<string, Offer>();
  for (const [step, name] of present)
    offers.set(step, {
      label: step,
      kind: 'reference',
      ...(name !== '' && { detail: name }),
      sortText: `0${/^\d+$/.test(step) ? step.padStart(5, '0') : step}`,
      newText: snippetEscape(escaped(step)),
    });
  if (schema?.type === 'list' && puts)
    offers.set('-', { label: '-', kind: 'value', detail: 'behind the last one', sortText: '1', newText: '-' });
  if (schema?.type === 'object')
    for (const field of schema.fields.values())
      offers.set(field.name, {
        label: field.name,
        kind: 'field',
        detail: typeName(field.schema),
        documentation: fieldDocs(field, undefined),
        deprecated: field.deprecated,
        sortText: `${present.has(field.name) ? 0 : 2}${field.name}`,
        newText: snippetEscape(escaped(field.name)),
      });
  return [...offers.values()];
}
