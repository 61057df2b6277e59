import { volumesMountedByPresets } from '../graph/injected.ts';
import { isLent } from '../model/trie.ts';
import type { WiringRule } from './rule.ts';

export const unusedVolume: WiringRule = {
  scope: 'wiring',
  id: 'unused-volume',
  severity: 'hint',
  title: 'No container mounts the volume',
  why: 'The kubelet sets the volume up all the same, and the pod waits for it.',
  remedy: 'Mount it, or remove it.',
  wholeOnly: true,
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
  volumes:
    - name: cache
#           ^^^^^ hint unused-volume
      emptyDir: {}
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      volumeMounts:
        - name: cache
          mountPath: /var/cache
  volumes:
    - name: cache
      emptyDir: {}
`,
  *check(facts, index) {
    const used = new Set(volumesMountedByPresets(index, facts));
    for (const use of facts.uses) if (use.row.to === 'volume') used.add(use.text);
    const defined = new Set(
      facts.definitions.filter((definition) => definition.symbol === 'volume').map((definition) => definition.name),
    );
    // A mount that finds no volume was perhaps meant for this one: that is reported there.
    if (facts.uses.some((use) => use.row.to === 'volume' && !defined.has(use.text))) return;
    // A pod that is still being written has no containers yet.
    if (!facts.definitions.some((definition) => definition.symbol === 'container')) return;
    for (const definition of facts.definitions) {
      if (definition.symbol !== 'volume' || definition.pod === undefined || used.has(definition.name)) continue;
      // An operator may mount it in containers of its own.
      if (isLent(facts, definition.pod)) continue;
      yield {
        span: definition.span,
        message: `No container of this pod mounts the volume "${definition.name}".`,
        tags: ['unnecessary'],
      };
    }
  },
};
