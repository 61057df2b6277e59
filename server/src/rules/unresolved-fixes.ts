import { emptyBlank } from '../base/blanks.ts';
import type { TextEdit } from '../base/text-edit.ts';
import { type Document, documentOf } from '../graph/document.ts';
import type { Index } from '../graph/index.ts';
import type { Holder } from '../graph/members.ts';
import type { Use } from '../model/facts.ts';
import { pathInPod } from '../model/trie.ts';
import { appended, insertAt, plainSafe, textInPlaceOf } from '../syntax/edit.ts';
import { nodeAt, type Path, type PathSegment, resolveAlias, textAt } from '../syntax/tree.ts';
import type { Content, Creation, MemberSymbol, PodSymbol, ResourceSymbol } from '../tables/row-types.ts';
import { isPartOf } from '../tables/symbols.ts';
import { filled } from './content.ts';
import { createHeadless } from './headless-service.ts';
import { addPort, namePort } from './port-fixes.ts';
import type { DraftFix } from './rule.ts';
import { createService } from './service-fixes.ts';
import { fileName, holderText } from './wording.ts';

/** Replaces the token, which may be a part of a text, by each of some names, in its style of quotes. */
export function rename(use: Use, names: readonly string[], sure: boolean): readonly DraftFix[] {
  const document = documentOf(use.facts.document);
  const node = resolveAlias(nodeAt(document.tree, [...use.facts.resource.path, ...use.path]));
  return names.slice(0, 3).map((name) => ({
    title: `Change to "${name}"`,
    preferred: sure && names.length === 1,
    edits: [{ document, span: use.span, newText: use.numeric ? name : textInPlaceOf(node, use.span, name) }],
  }));
}

/** Adds what is named where it should be, in its own file. */
export function addMember(
  index: Index,
  use: Use,
  symbol: MemberSymbol | PodSymbol,
  holders: readonly Holder[],
): readonly DraftFix[] {
  const create = use.row.create ?? symbol.create;
  if (!create || (use.numeric && !('portOf' in create))) return [];
  // What a controller makes holds what its maker says elsewhere.
  const written = holders.filter(({ definition }) => !definition?.made);
  return written.slice(0, 2).flatMap((holder) => {
    const document = documentOf(holder.facts.document);
    const into = placing(symbol, holder);
    const edits =
      'portOf' in create ? addPort(index, use, create, holder, into([])) : addPart(use.text, create, document, into);
    const [first] = edits;
    if (!first) return [];
    const place = document.uri === use.facts.document.uri ? '' : ` (${fileName({ document, span: first.span })})`;
    const to =
      holder.container !== undefined
        ? 'this container'
        : holder.facts === use.facts
          ? 'this pod'
          : holderText(holder).replace(/^The pod/, 'the pod');
    const name = use.numeric ? use.text : `"${use.text}"`;
    const nameless = 'portOf' in create ? namePort(use, create, holder, into([])) : undefined;
    return [
      ...(nameless
        ? [
            {
              title: `Name ${symbol.noun} ${nameless.number} of ${to} "${use.text}"${place}`,
              preferred: false,
              edits: [{ document, ...nameless.edit }],
            },
          ]
        : []),
      {
        title: `Add ${symbol.noun} ${name} to ${to}${place}`,
        preferred: false,
        edits: edits.map((edit) => ({ document, ...edit })),
      },
    ];
  });
}

/** Writes an entry or an item of that name where it belongs. */
function addPart(
  name: string,
  create: Exclude<Creation, { portOf: unknown }>,
  { text, tree: root }: Document,
  into: (path: Path) => Path,
): readonly TextEdit[] {
  const paths = 'entryOf' in create ? create.entryOf.map((path) => into(path.split('.'))) : [into(create.itemOf)];
  const path = paths.find((candidate) => nodeAt(root, candidate) !== undefined) ?? paths.at(-1) ?? [];
  const addition =
    'entryOf' in create
      ? { entries: { [name]: create.value } }
      : { item: filled(create.item, { NAME: plainSafe(name) }) };
  const edit = insertAt(text, root, path, addition);
  return edit ? [edit] : [];
}

/** Leads a symbol's creation path: from the object, its pod template, or the container that the token is in. */
function placing(symbol: MemberSymbol | PodSymbol, { facts, pod, container }: Holder): (path: Path) => Path {
  const { path: base } = facts.resource;
  if (symbol.of === 'pod') return (path) => [...base, ...pathInPod(facts, pod, path)];
  if (symbol.of !== 'container') return (path) => [...base, ...path];
  const known = container === undefined ? undefined : facts.containers[container];
  return (path) => [...base, ...(known ?? pathInPod(facts, pod, ['spec', 'containers', 0])), ...path];
}

/** Writes the object that is named, with the keys that are asked of it, as a new document behind the one that names it. */
export function createObject(index: Index, use: Use, symbol: ResourceSymbol): readonly DraftFix[] {
  const { create } = symbol;
  // Behind a patch it would be a patch, too.
  if (use.facts.isPatch) return [];
  if (use.row.mode === 'name' && use.row.headless) return [createHeadless(use)];
  if (use.row.to === 'service') return createService(index, use);
  if (!create || (use.kind !== undefined && use.kind !== create.kind) || !/^[a-z0-9][-.a-z0-9]*$/.test(use.text))
    return [];
  const document = documentOf(use.facts.document);
  const metadata = {
    name: plainSafe(use.text),
    ...(symbol.of === 'namespace' && use.namespace !== '' ? { namespace: plainSafe(use.namespace) } : {}),
  };
  const keys = create.members === undefined ? [] : wantedKeys(index, use);
  const members =
    create.members === undefined || keys.length === 0
      ? {}
      : { [create.members]: Object.fromEntries(keys.map((key) => [key, emptyBlank])) };
  const content: Content = { apiVersion: create.apiVersion, kind: create.kind, metadata, ...create.body, ...members };
  return [
    {
      title: `Create ${create.kind} "${use.text}" in this file`,
      preferred: false,
      edits: [{ document, ...appended(document, content) }],
    },
  ];
}

/** The keys that the workspace takes from an object which is not there. */
function wantedKeys(index: Index, use: Use): readonly string[] {
  const keys = new Set<string>();
  for (const user of index.uses(use.row.to, use.text, undefined)) {
    for (const other of user.facts.uses) {
      if (other.owner?.text === use.text && isPartOf(other.row.to, use.row.to)) keys.add(other.text);
    }
  }
  return [...keys];
}

/** Lets the target be absent, where the field for that stands beside the token. */
export function makeOptional(use: Use): readonly DraftFix[] {
  const { optional } = use.row;
  if (optional === undefined) return [];
  const document = documentOf(use.facts.document);
  const { root } = document.parsed;
  const path: PathSegment[] = [...use.facts.resource.path, ...use.path.slice(0, -1)];
  for (const segment of optional.split('/').slice(0, -1)) if (segment === '..') path.pop();
  const stands = resolveAlias(nodeAt(root, [...path, 'optional']));
  const edit = stands
    ? { span: { start: stands.start, end: stands.end }, newText: 'true' }
    : insertAt(document.text, root, path, { entries: { optional: 'true' } });
  if (!edit || textAt(root, ...path, 'optional') === 'true') return [];
  return [{ title: 'Make it optional', preferred: false, edits: [{ document, ...edit }] }];
}
