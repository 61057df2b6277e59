/** Names that are only a part of the text that they stand in: `$(NAME)`, `metadata.labels['key']`. */
import { describe, expect, it } from 'vitest';
import { checkDiagnostics, complete, completionsAt } from '../fixture.ts';

const pod = (lines: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  containers:
    - name: web
      image: nginx:1.27
${lines}      env:
        - name: HOST
          value: example.com
        - name: PORT
          value: "80"
`;

describe('completion inside of a text', () => {
  it.each([
    ['plain', '      args:\n        - --host=$(', '\n'],
    ['plain, closed', '      args:\n        - --host=$(', ')\n'],
    ['double quotes', '      args: ["--host", "http://$(', '/"]\n'],
    ['single quotes', "      command: [sh, -c, 'curl $(", ")']\n"],
    ['a word begun', '      args:\n        - $(PO', ') --quick\n'],
    ['the quote not closed yet', '      args:\n        - "$(', '\n'],
  ])('%s', (_, before, behind) => {
    expect(completionsAt(pod(`${before}$0${behind}`))).toEqual(['HOST', 'PORT']);
  });

  it('closes what is open, and only that', () => {
    expect(complete(pod('      args: [--host=$($0]\n'), 'HOST')).toContain('[--host=$(HOST)]');
    expect(complete(pod('      args: ["--host=$(HO$0ST):80"]\n'), 'PORT')).toContain('["--host=$(PORT):80"]');
  });

  it('offers the labels of the template to a field reference', () => {
    const labels = (path: string): string =>
      pod('').replace('value: "80"', `valueFrom:\n            fieldRef:\n              fieldPath: ${path}`);
    expect(complete(labels("metadata.labels['$0"), 'app')).toContain("fieldPath: metadata.labels['app']\n");
    expect(complete(labels("metadata.labels['$0']"), 'app')).toContain("fieldPath: metadata.labels['app']\n");
  });

  it('offers Services and their ports inside of addresses', () => {
    const text = (url: string): string => `${pod('').replace('example.com', url)}---
apiVersion: v1
kind: Service
metadata:
  name: cache
spec:
  ports:
    - port: 6379
`;
    expect(completionsAt(text('redis://ca$0'))).toEqual(['cache']);
    expect(complete(text('redis://$0:6379/0'), 'cache')).toContain('value: redis://cache:6379/0\n');
    expect(complete(text('redis://cache:$0/0'), '6379')).toContain('value: redis://cache:6379/0\n');
    expect(complete(text('ca$0.shop.svc:6379'), 'cache')).toContain('value: cache.shop.svc:6379\n');
  });

  it('offers the StatefulSets of a Service for the name of a pod, and keeps its number', () => {
    const set = (name: string, service: string): string => `---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: ${name}
spec:
  serviceName: ${service}
`;
    const text = (url: string): string =>
      `${pod('').replace('example.com', url)}${set('db', 'db-pods')}${set('other', 'other-pods')}`;
    expect(completionsAt(text('postgres://$0-2.db-pods:5432'))).toEqual(['db']);
    expect(complete(text('postgres://d$0-2.db-pods:5432'), 'db')).toContain('value: postgres://db-2.db-pods:5432\n');
    expect(complete(text('postgres://d$0.db-pods:5432'), 'db')).toContain('value: postgres://db-0.db-pods:5432\n');
  });

  it('offers nothing for a dollar sign that stands for itself', () => {
    expect(completionsAt(pod('      args: ["$$($0)"]\n'))).toEqual([]);
  });
});

it('a variable counts only below its definition', () => {
  checkDiagnostics(`apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      env:
        - name: URL
          value: http://$(HOST)/
#                         ^^^^ warning unresolved-variable
        - name: HOST
          value: example.com
`);
});

it('a whole item of a list is offered names, too', () => {
  const text = `apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata:
  name: web
spec:
  namespaceSelector:
    matchNames:
      - $0
---
apiVersion: v1
kind: Namespace
metadata:
  name: shop
`;
  expect(complete(text, 'shop')).toContain('      - shop\n');
  expect(completionsAt(text.replace('- $0', '- sh$0'))).toEqual(['shop']);
});
