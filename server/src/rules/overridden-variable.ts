import type { Index } from '../graph/index.ts';
import { resolveUse } from '../graph/resolve.ts';
import type { Definition, Facts, Use } from '../model/facts.ts';
import { isPartOf, symbols } from '../tables/symbols.ts';
import { say } from './message.ts';
import type { Finding, WiringRule } from './rule.ts';
import { placeOf } from './wording.ts';

export const overriddenVariable: WiringRule = {
  scope: 'wiring',
  id: 'overridden-variable',
  severity: 'hint',
  title: 'A variable takes the place of one that envFrom brings',
  why: 'Entries of `env` go before those of `envFrom`, and of several `envFrom` entries the later ones before the earlier: the other value is lost, and nothing reports that. It may well be meant so.',
  remedy: 'Remove one of the two, or give the entry of `envFrom` a `prefix`.',
  bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  COLOR: red
---
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      envFrom:
        - configMapRef:
            name: settings
      env:
        - name: COLOR
#               ^^^^^ hint overridden-variable
          value: blue
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  COLOR: red
---
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      envFrom:
        - configMapRef:
            name: settings
          prefix: DEFAULT_
      env:
        - name: COLOR
          value: blue
`,
  *check(facts, index) {
    const sources = facts.uses.filter(isSource);
    for (const container of new Set(sources.map((use) => use.container))) {
      const brought = new Map<string, Brought>();
      for (const source of sources.filter((use) => use.container === container)) {
        const entries = entriesOf(index, source);
        const twice = entries.filter((entry) => brought.has(entry.name));
        const first = brought.get(twice[0]?.name ?? '');
        if (first && twice.length > 0) yield finding(source, twice, first);
        for (const entry of entries) brought.set(entry.name, entry);
      }
      for (const variable of facts.definitions) {
        if (variable.symbol !== 'variable' || variable.container !== container) continue;
        const entry = brought.get(variable.name);
        if (entry && !isTheSame(facts, variable, entry)) yield finding(variable, [entry], entry);
      }
    }
  },
};

/** A variable that an entry of envFrom makes of a key. */
interface Brought {
  readonly name: string;
  readonly key: Definition;
  readonly object: Use;
}

const isSource = ({ row, path }: Use): boolean => row.mode === 'name' && path.includes('envFrom');

function entriesOf(index: Index, object: Use): readonly Brought[] {
  const resolution = resolveUse(index, object);
  const [target] = resolution.status === 'resolved' ? resolution.targets : [];
  const keys = (target?.facts.definitions ?? []).filter(
    (key) => target && isPartOf(key.symbol, target.symbol) && key.part === target.part && key.name !== '',
  );
  if (keys.length === 0) return [];
  const names = new Map(keys.map((key) => [object.prefix + key.name, key]));
  return [...names].map(([name, key]) => ({ name, key, object }));
}

/** The variable is taken from the very key by name. */
function isTheSame({ uses }: Facts, variable: Definition, { key, object }: Brought): boolean {
  return uses.some(
    (use) =>
      use.row.to === key.symbol &&
      use.container === variable.container &&
      use.text === key.name &&
      use.owner?.text === object.text &&
      // The first key reference behind the variable's name is its own.
      use.span.start > variable.span.start &&
      !uses.some((other) => other.row.to === key.symbol && isBetween(other, variable, use)),
  );
}

const isBetween = (other: Use, from: Definition, to: Use): boolean =>
  other.span.start > from.span.start && other.span.start < to.span.start;

function finding(at: Definition | Use, entries: readonly Brought[], { key, object }: Brought): Finding {
  const names = entries.slice(0, 3).map(({ name }) => `"${name}"`);
  const more = entries.length > names.length ? ` and ${entries.length - names.length} more` : '';
  const whose = `${symbols[object.row.to].noun} "${object.text}"`;
  return {
    span: at.span,
    message: say`${names.join(', ')}${more} of ${whose} (${placeOf(key)}), which envFrom brings, ${entries.length > 1 ? 'are' : 'is'} overridden here: ${'row' in at ? 'the later entry of envFrom counts' : 'env goes before envFrom'}.`,
    related: [{ ...placeOf(key), message: `Key "${key.name}" of ${whose} is overridden` }],
  };
}
