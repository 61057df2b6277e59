import type { Span } from '../base/span.ts';
import { onward } from '../graph/chain.ts';
import { filesUnder, sortOfPlace } from '../graph/files.ts';
import { soughtBy } from '../graph/index.ts';
import { isInjected } from '../graph/injected.ts';
import { scopeOf } from '../graph/kustomize.ts';
import { sameDefinitions, usesOf } from '../graph/links.ts';
import { isIncidental, resolveUse } from '../graph/resolve.ts';
import { selected } from '../graph/selection.ts';
import { selectorText } from '../kubernetes/label-selector.ts';
import type { Definition, Facts, LabelSet, Resource, Use } from '../model/facts.ts';
import { fieldAt, schemaAt, typeName } from '../schema/api-model.ts';
import { hitAt } from '../syntax/tree.ts';
import { labelledNouns } from '../tables/kinds.ts';
import { isObjectSymbol, isPartOf, symbols } from '../tables/symbols.ts';
import { type FeatureContext, locate } from './shared/context.ts';
import { docsLink } from './shared/docs-link.ts';
import { fieldDocs } from './shared/field-docs.ts';
import { kindDocs } from './shared/kind-docs.ts';
import { lineOf } from './shared/places.ts';
import { type PointedStep, placesOf, spanOfPlace, stepAt, wayText } from './shared/pointed.ts';
import { definitionsOf } from './shared/related.ts';
import { scheduleRuns } from './shared/schedule-runs.ts';
import { type SecretValue, secretValueOf, sortOf } from './shared/secret-value.ts';
import { type Token, tokenAt } from './shared/token.ts';

export interface Hover {
  readonly span: Span;
  readonly contents: string;
  /** Of the contents, what the workspace tells rather than the schema; may be empty. */
  readonly wiring: string;
}

/**
 * What stands at the cursor: on a name, what it leads to and where that is; below it the field's documentation.
 * Values of Secrets are never shown.
 *
 * @param now milliseconds since 1970: what depends on it, such as a schedule's next runs, is left out without it
 */
export function hover(context: FeatureContext, now?: number): Hover | undefined {
  const { document, offset } = context;
  const parts: string[] = [];
  const token = tokenAt(context.workspace.index, document, offset);
  const hit = hitAt(document.tree, offset);
  const wired = token ? wiring(context, token) : '';
  const step = stepAt(document, offset);
  const pointed = step ? pointedText(context, step) : '';
  if (pointed !== '') parts.push(pointed);
  if (wired !== '' && pointed === '') parts.push(wired);
  const secret = secretValueOf(document, hit);
  if (secret) parts.push(secretText(secret));
  // The items of a List come behind it.
  const facts = document.facts.findLast(({ resource }) => hit && startsWith(hit.path, resource.path));
  const kind = facts && context.model.find(facts.resource.apiVersion, facts.resource.kind);
  const path = facts && hit ? hit.path.slice(facts.resource.path.length) : [];
  const runs = facts && kind && now !== undefined ? scheduleRuns(document.tree, facts, kind, path, now) : undefined;
  if (runs !== undefined) parts.push(runs);
  const own = parts.length;
  if (hit && facts) {
    const field = kind && fieldAt(kind.schema, path);
    if (kind && path.length === 1 && (path[0] === 'kind' || path[0] === 'apiVersion')) {
      parts.push(kindDocs(kind, context.model));
    } else if (field) {
      parts.push(fieldDocs(field, docsLink(kind, context.model, path)));
    } else if (kind && hit.on === 'key') {
      const schema = schemaAt(kind.schema, path);
      if (schema && !token) parts.push(`\`${String(path.at(-1) ?? '')}\` · ${typeName(schema)}`);
    }
  }
  if (parts.length === 0) return undefined;
  const scalar = hit?.on === 'key' ? hit.pair?.key : hit?.node?.type === 'scalar' ? hit.node : undefined;
  const span = step?.span ?? token?.span ?? scalar;
  if (!span) return undefined;
  return { span: locate(document, span).span, contents: parts.join(rule), wiring: parts.slice(0, own).join(rule) };
}

const rule = '\n\n---\n\n';

const startsWith = (path: readonly unknown[], prefix: readonly unknown[]): boolean =>
  prefix.every((segment, i) => path[i] === segment);

function wiring(context: FeatureContext, token: Token): string {
  switch (token.is) {
    case 'use':
      return useText(context, token.use);
    case 'definition':
      return definitionText(
        context,
        token.definition,
        usesOf(context.workspace.index, definitionsOf(context.workspace.index, token).flatMap(sameDefinitions)),
      );
    case 'selector-label': {
      const found = selected(context.workspace.index, token.selector);
      const head = `Selects \`${selectorText(token.selector.requirements)}\``;
      if (found.length === 0) return `${head}: no ${labelledNouns[soughtBy(token.selector)]}s in this workspace`;
      const spanOf = (labelSet: LabelSet): Span => labelSet.labels.get(token.pair.key)?.keySpan ?? labelSet.span;
      return `${head}: ${found.map((one) => `${title(one.facts.resource)} (${place(context, one.facts, spanOf(one))})`).join(', ')}`;
    }
    case 'pod-label':
      return `Label \`${token.pair.key}=${token.pair.value}\` of ${token.labelSet.of === 'pods' ? 'the pods of ' : ''}${title(token.labelSet.facts.resource)}`;
  }
}

const title = (resource: Resource): string => `${resource.kind} **${resource.name}**`;

function useText(context: FeatureContext, use: Use): string {
  const symbol = symbols[use.row.to];
  const resolution = resolveUse(context.workspace.index, use);
  const optional = use.optional ? ' It is optional: the pod runs without it.' : '';
  switch (resolution.status) {
    case 'unknown':
      if (isIncidental(use)) return '';
      return `${capital(symbol.noun)} \`${use.text}\`: what it leads to is not in this workspace.${optional}`;
    case 'missing': {
      const holder = resolution.holders[0];
      const where = holder ? `${title(holder.facts.resource)} has no such ${symbol.noun}` : 'not in this workspace';
      return `${capital(symbol.noun)} \`${use.text}\`: ${where}.${optional}`;
    }
    case 'resolved':
      return resolution.targets.map((target) => targetText(context, target, use)).join('\n\n') + optional;
  }
}

function targetText(context: FeatureContext, target: Definition, use: Use): string {
  const symbol = symbols[target.symbol];
  if (symbol.of === 'workspace') return placeText(context, target, use);
  const where = place(context, target.facts, target.span);
  const links = chain(context, target, 3);
  const further = links.length > 0 ? `  \n→ ${links.join('  \n→ ')}` : '';
  if (isObjectSymbol(symbol)) {
    const keys = target.facts.definitions.filter(
      (other) =>
        isPartOf(other.symbol, target.symbol) && other.part === target.part && !other.numeric && other.name !== '',
    );
    const names = [...new Set(keys.map((key) => `\`${key.name}\``))];
    const { kind } = target.facts.resource;
    const made = target.made ? ` made by ${title(target.facts.resource)}` : '';
    const has = names.length > 0 ? `  \nIt has ${names.slice(0, 20).join(', ')}${names.length > 20 ? ', …' : ''}.` : '';
    return `${made === '' ? kind : capital(symbol.noun)} **${target.name}**${made} · ${where}${has}${further}`;
  }
  if (target.symbol === 'resource') return `${title(target.facts.resource)} · ${where}${further}`;
  const owner = `${isInjected(target, use) ? 'brought by' : 'of'} ${title(target.facts.resource)}`;
  return `${capital(symbol.noun)} **${target.name}** ${owner} · ${where}${further}`;
}

/** A file, or a folder with its kustomization, and how many resources it brings. */
function placeText(context: FeatureContext, target: Definition, use: Use): string {
  const { index } = context.workspace;
  const facts = index.inFile(target.facts.document.uri);
  const count =
    sortOfPlace(target) === 'folder'
      ? filesUnder(context.workspace, target.name).flatMap((uri) => index.inFile(uri)).length
      : facts.reduce((sum, one) => sum + (one.kustomization ? scopeOf(index, one).members.length : 1), 0);
  const resources = count === 0 ? '' : ` · ${count} resource${count === 1 ? '' : 's'}`;
  const where = sortOfPlace(target) === 'folder' ? 'folder' : place(context, target.facts, target.span);
  return `**${use.text}** · ${where}${resources}`;
}

/** What a target leads to in its turn: an Ingress's Service port to its target port, a Service to its pods. */
function chain(context: FeatureContext, target: Definition, steps: number): string[] {
  const { index } = context.workspace;
  const { definitions, found } = onward(index, target);
  const pods = found.slice(0, 5).map((one) => `${title(one.facts.resource)} · ${place(context, one.facts, one.span)}`);
  const parts = definitions.slice(0, 5).flatMap((next) => {
    const text = `${symbols[next.symbol].noun} **${next.name}** of ${title(next.facts.resource)} · ${place(context, next.facts, next.span)}`;
    return [text, ...(steps > 1 ? chain(context, next, steps - 1) : [])];
  });
  return [...pods, ...parts];
}

function definitionText(context: FeatureContext, definition: Definition, uses: readonly Use[]): string {
  const symbol = symbols[definition.symbol];
  const users = new Map<Facts, Use>();
  for (const use of uses) if (!users.has(use.facts)) users.set(use.facts, use);
  const head = `${capital(symbol.noun)} **${definition.name}**`;
  // Few resources are patched, and few images replaced.
  const isSilent = isOther(definition) || symbol.of === 'kustomization';
  if (users.size === 0) return isSilent ? '' : `${head} · not used in this workspace`;
  const lines = [...users.values()]
    .slice(0, 10)
    .map((use) => `- ${title(use.facts.resource)} · ${place(context, use.facts, use.span)}`);
  const times = uses.length === 1 ? 'once' : `${uses.length} times`;
  return `${head} · used ${times}:\n${lines.join('\n')}`;
}

/** Most objects that have no symbol of their own are named by nobody. */
function isOther({ symbol }: Definition): boolean {
  const row = symbols[symbol];
  return isObjectSymbol(row) && row.others === true;
}

/** What a step of a JSON patch's path is in the resources that are patched. */
function pointedText(context: FeatureContext, step: PointedStep): string {
  const { index } = context.workspace;
  const way = `\`${wayText(step.names)}\``;
  return placesOf(index, context.document, step)
    .slice(0, 5)
    .map(({ facts, place: found, isThere }) =>
      isThere
        ? `${way} of ${title(facts.resource)} · ${place(context, facts, spanOfPlace(found))}`
        : `${title(facts.resource)} (${place(context, facts, facts.resource.nameSpan ?? facts.resource.kindSpan)}) has no ${way}`,
    )
    .join('  \n');
}

/** A link to a place, as `file:line`. */
function place(context: FeatureContext, facts: Facts, span: Span): string {
  const location = locate(facts.document, span);
  const line = lineOf(context.workspace, location);
  const name = decodeURIComponent(location.uri.split('/').at(-1) ?? '').replace(/([\\[\]])/g, '\\$1');
  return `[${name}:${line}](${location.uri}#L${line})`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Size and sort of a Secret's value: never the value. */
function secretText({ key, field, bytes }: SecretValue): string {
  if (bytes === undefined) return `\`${key}\`: not base64, which \`data\` has to be; \`stringData\` takes plain text.`;
  const size = `${bytes.length} ${bytes.length === 1 ? 'byte' : 'bytes'}`;
  return `\`${key}\`: ${size}, ${sortOf(bytes)}${field === 'data' ? ', in base64' : ''}`;
}
