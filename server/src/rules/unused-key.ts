import type { Index } from '../graph/index.ts';
import { usesOf } from '../graph/links.ts';
import type { Definition, Use } from '../model/facts.ts';
import { isPartOf, symbols } from '../tables/symbols.ts';
import type { WiringRule } from './rule.ts';

export const unusedKey: WiringRule = {
  scope: 'wiring',
  id: 'unused-key',
  severity: 'hint',
  title: 'Nothing uses the key',
  why: 'Every user of the object in the workspace takes single keys, and none takes this one: a leftover, or a misspelled use.',
  remedy: 'Remove the key, or use it.',
  bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: red
  size: large
# ^^^^ hint unused-key
---
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      env:
        - name: COLOR
          valueFrom:
            configMapKeyRef:
              name: settings
              key: color
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  color: red
---
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      env:
        - name: COLOR
          valueFrom:
            configMapKeyRef:
              name: settings
              key: color
`,
  *check(facts, index) {
    for (const object of facts.definitions) {
      if (object.made || (object.symbol !== 'secret' && object.symbol !== 'configmap')) continue;
      const users = usesOf(index, [object]);
      if (users.length === 0 || users.some((use) => !takesSingleKeys(use))) continue;
      const keys = new Set(facts.definitions.filter((key) => isKeyOf(key, object)).map((key) => key.name));
      // A use that finds no key was perhaps meant for one of these: that is reported there.
      const resources = [...new Set(users.map((use) => use.facts))];
      if (resources.some(({ uses }) => uses.some(({ owner, text }) => owner?.text === object.name && !keys.has(text))))
        continue;
      for (const key of facts.definitions) if (isKeyOf(key, object) && !isUsed(index, key)) yield unused(key, object);
    }
  },
};

const takesSingleKeys = ({ row }: Use): boolean => row.mode === 'name' && row.singleMembers === true;

const isKeyOf = (key: Definition, object: Definition): boolean => isPartOf(key.symbol, object.symbol);

const isUsed = (index: Index, key: Definition): boolean => usesOf(index, [key]).length > 0;

const unused = (key: Definition, object: Definition) => ({
  span: key.span,
  message: `Nothing in this workspace uses the key "${key.name}" of ${symbols[object.symbol].noun} "${object.name}", while other keys of it are used one by one.`,
  tags: ['unnecessary'] as const,
});
