import { folderOf } from '../base/uri-path.ts';
import { documentOf } from '../graph/document.ts';
import type { Index } from '../graph/index.ts';
import { type Member, scopeOf } from '../graph/kustomize.ts';
import type { Definition, Facts } from '../model/facts.ts';
import { isPlaceholder } from '../syntax/placeholder.ts';
import { isObjectSymbol, symbols } from '../tables/symbols.ts';
import { say } from './message.ts';
import type { Finding, WiringRule } from './rule.ts';
import { placeOf } from './wording.ts';

export const duplicateResource: WiringRule = {
  scope: 'wiring',
  id: 'duplicate-resource',
  severity: 'warning',
  title: 'Two resources have the same identity',
  why: 'They are one object to the cluster: the one that is applied last overwrites the other. Kustomize refuses to build such a pair. In two files of a plain folder it is a mere hint, and only where the files have little else in common: files that hold the same resources are variants, of which one is applied.',
  remedy:
    'Rename one of the two, or remove it; in a kustomization, list what brings it once, or give one of the two a `namePrefix`.',
  bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: red
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
#       ^^^^^^^^ warning duplicate-resource
data:
  size: large
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: red
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: sizes
data:
  size: large
`,
  *check(facts, index) {
    if (facts.kustomization) yield* broughtTwice(index, facts);
    for (const definition of facts.definitions) {
      // What else an object is called by may stand in several.
      if (definition.span.start !== facts.resource.nameSpan?.start) continue;
      if (definition.made || facts.isPatch || !isObjectSymbol(symbols[definition.symbol])) continue;
      const all = index.definitions(definition.symbol, definition.name, facts.resource.namespace);
      const twin = all.find((other) => isEarlier(other, definition) && isSameObject(definition, other));
      const { kind, name } = facts.resource;
      if (twin) {
        yield {
          span: definition.span,
          ofChoice: true,
          message: say`${kind} "${name}" is in this file already (${placeOf(twin)}): the one that is applied last overwrites the other.`,
          related: [{ ...placeOf(twin), message: `The first ${kind} "${name}"` }],
        };
        continue;
      }
      const neighbour = all.find(
        (other) => isSameObject(definition, other) && isAppliedBeside(index, definition, other),
      );
      if (!neighbour) continue;
      yield {
        span: definition.span,
        severity: 'hint',
        message: say`${kind} "${name}" is in another file, too (${placeOf(neighbour)}), and says something else there: where both files are applied, the last one wins.`,
        related: [{ ...placeOf(neighbour), message: `The other ${kind} "${name}"` }],
      };
    }
  },
};

/** What a kustomization is made of twice: kustomize takes no resource whose identity it has already. */
function* broughtTwice(index: Index, kustomization: Facts): Generator<Finding> {
  const known = new Map<string, Member>();
  const clashes = new Map<string, { readonly first: Member; readonly second: Member; count: number }>();
  for (const member of scopeOf(index, kustomization).members) {
    const identity = member.certain ? identityOf(member) : undefined;
    if (identity === undefined) continue;
    const first = known.get(identity);
    if (!first) known.set(identity, member);
    // What one path brings twice is said where that leads to.
    else if (first.via && member.via && first.via !== member.via) {
      const key = `${first.via.span.start} ${member.via.span.start}`;
      const clash = clashes.get(key);
      if (clash) clash.count++;
      else clashes.set(key, { first, second: member, count: 1 });
    }
  }
  for (const { first, second, count } of clashes.values()) {
    const [a, b] = [first.via, second.via];
    if (!a || !b) continue;
    const more = count > 1 ? ` and ${count - 1} more` : '';
    const what = say`${second.kind} "${second.names.at(-1) ?? ''}" (${placeOf(second.definition)})${more}`;
    const isSame = first.definition === second.definition;
    const again =
      a.name === b.name
        ? say`"${b.text}" is in the list already, and so ${what} would be here twice`
        : say`${what} would be here twice: "${a.text}" brings ${count > 1 ? 'them' : 'it'}, too${isSame ? '' : say` (${placeOf(first.definition)})`}`;
    const ends = isSame ? [first] : [first, second];
    yield {
      span: b.span,
      severity: 'error',
      message: say`${again}. \`kustomize build\` fails (already registered id): leave one of the two out, or give the names of one a prefix.`,
      related: [
        { document: kustomization.document, span: a.span, message: `"${a.text}" is listed first` },
        ...ends.map(({ kind, definition }) => ({
          ...placeOf(definition),
          message: `${kind} "${definition.name}" is here`,
        })),
      ],
    };
  }
}

/** What tells a resource from all others when kustomize puts them together; undefined where that isn't known yet. */
function identityOf({ group, kind, names, namespace, definition }: Member): string | undefined {
  const name = names.at(-1) ?? '';
  if (isPlaceholder(name) || isPlaceholder(namespace)) return undefined;
  return [group, definition.facts.resource.version, kind, namespace === '' ? 'default' : namespace, name].join(' ');
}

/** The same kind, namespace and name, in another resource. */
function isSameObject({ facts: a }: Definition, other: Definition): boolean {
  const b = other.facts;
  return (
    a !== b &&
    !other.made &&
    !b.isPatch &&
    a.resource.kind === b.resource.kind &&
    a.resource.group === b.resource.group &&
    a.resource.namespace === b.resource.namespace
  );
}

function isEarlier({ facts: a }: Definition, { facts: b }: Definition): boolean {
  return (
    a.document.uri === b.document.uri &&
    (a.document.start < b.document.start ||
      (a.document === b.document && a.resource.span.start < b.resource.span.start))
  );
}

/**
 * Whether the file before this one in the same folder is applied together with it, and means another thing by the
 * name. Two files that have most of their resources in common are one application in two forms (for test and for
 * production, say), of which one is applied; what a kustomization lists is its own affair.
 */
function isAppliedBeside(index: Index, { facts: a }: Definition, { facts: b }: Definition): boolean {
  const [x, y] = [a.document.uri, b.document.uri];
  if (x <= y || folderOf(x) !== folderOf(y) || isListed(index, x) || isListed(index, y)) return false;
  if (documentOf(a.document).text.trim() === documentOf(b.document).text.trim()) return false;
  const [ours, theirs] = [identitiesIn(index, x), identitiesIn(index, y)];
  if (ours.size > many || theirs.size > many) return false;
  const common = [...ours].filter((identity) => theirs.has(identity)).length;
  return common * 2 < Math.min(ours.size, theirs.size);
}

/** Files of so many resources are somebody's output. */
const many = 50;

const isListed = (index: Index, uri: string): boolean => index.uses('file', uri, undefined).length > 0;

const identitiesIn = (index: Index, uri: string): ReadonlySet<string> =>
  new Set(
    index
      .inFile(uri)
      .slice(0, many + 1)
      .map(({ resource: { kind, name, namespace } }) => `${kind} ${namespace} ${name}`),
  );
