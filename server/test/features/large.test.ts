import { describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine.ts';
import { realModel } from '../schema/real-model.ts';

// Sizes that nobody writes, but machines do. What costs more than in proportion hangs here, or throws.

const count = 12_000;
const each = (line: (i: number) => string): string => Array.from({ length: count }, (_, i) => line(i)).join('');

const configMap = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
${each((i) => `  KEY_${i}: value\n`)}`;

const pod = (part: string, more = ''): string => `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: web:1
${part}${more}`;

const variables = `      env:
${each((i) => `        - name: KEY_${i}\n          valueFrom: { configMapKeyRef: { name: settings, key: KEY_${i} } }\n`)}`;

const wrongMounts = `      volumeMounts:
${each((i) => `        - name: data-${i}x\n          mountPath: /data/${i}\n`)}`;

const volumes = `  volumes:
${each((i) => `    - name: data-${i}\n      emptyDir: {}\n`)}`;

const unknownKeys = each((i) => `      imagePullPolice${i}: Always\n`);

const labels = each((i) => `    label-${i}: value\n`);
const labelled = `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
${labels}spec:
  containers:
    - name: web
      image: web:1
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
  selector:
${labels}`;

const nested = `apiVersion: v1
kind: ConfigMap
metadata:
  name: deep
data:
${Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i + 1)}key:\n`).join('')}`;

/** The diagnostics of a file by code, once it has been typed in. */
function typedIn(text: string): Record<string, number> {
  const engine = new Engine({ model: realModel() });
  engine.apply([{ type: 'edit', uri: 'all.yaml', text }]);
  engine.snapshot().diagnostics('all.yaml');
  engine.apply([{ type: 'edit', uri: 'all.yaml', text: text.replace('name: web\n', 'name: webs\n') }]);
  const counts: Record<string, number> = {};
  for (const { code } of engine.snapshot().diagnostics('all.yaml')) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

describe('a document of thousands', () => {
  it('of keys, all of them named elsewhere', () => {
    expect(typedIn(`${configMap}---\n${pod(variables)}`)).toEqual({});
  });

  it('of mounts without volumes', () => {
    const found = typedIn(pod(wrongMounts, volumes));
    expect(found['unresolved-volume']).toBe(count);
  });

  it('of keys that no field has', () => {
    expect(typedIn(pod(unknownKeys))).toEqual({ 'unknown-field': count });
  });

  it('of labels, all of them selected by', () => {
    expect(typedIn(labelled)).toEqual({});
  });

  it('of levels', () => {
    expect(Object.keys(typedIn(nested))).toEqual(['yaml-syntax']);
  });
});
