import { distance } from '../graph/closeness.ts';
import type { Definition } from '../model/facts.ts';
import { isObjectSymbol, symbols } from '../tables/symbols.ts';
import { say } from './message.ts';
import type { WiringRule } from './rule.ts';
import { placeOf } from './wording.ts';

export const duplicateResource: WiringRule = {
  scope: 'wiring',
  id: 'duplicate-resource',
  severity: 'warning',
  title: 'Two resources of one file have the same identity',
  why: 'They are one object to the cluster: the one that is applied last overwrites the other.',
  remedy: 'Rename one of the two, or remove it.',
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
    for (const definition of facts.definitions) {
      if (definition.made || !isObjectSymbol(symbols[definition.symbol])) continue;
      const twin = index
        .definitions(definition.symbol, definition.name, facts.resource.namespace)
        .find((other) => isTwin(definition, other));
      if (!twin) continue;
      const { kind, name } = facts.resource;
      yield {
        span: definition.span,
        message: say`${kind} "${name}" is in this file already (${placeOf(twin)}): the one that is applied last overwrites the other.`,
        related: [{ ...placeOf(twin), message: `The first ${kind} "${name}"` }],
      };
    }
  },
};

/** An earlier resource of the same file, kind, namespace and name. */
function isTwin(definition: Definition, other: Definition): boolean {
  const [a, b] = [definition.facts, other.facts];
  return (
    a !== b &&
    !other.made &&
    a.resource.kind === b.resource.kind &&
    a.resource.group === b.resource.group &&
    a.resource.namespace === b.resource.namespace &&
    distance(a.document.uri, b.document.uri) === 0 &&
    (b.document.start < a.document.start ||
      (b.document === a.document && b.resource.span.start < a.resource.span.start))
  );
}
