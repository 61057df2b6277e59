import { describe, expect, it } from 'vitest';
import { checkDiagnostics, completionsAt, edited, open, parseFixture, placesOf } from '../fixture.ts';

const main = 'file:///w/main.yaml';

const codes = (text: string): string[] =>
  open(parseFixture(text))
    .snapshot.diagnostics(main)
    .filter(({ severity }) => severity !== 'hint')
    .map(({ code }) => code);

function fixed(text: string): string {
  const { snapshot } = open(parseFixture(text));
  return edited(snapshot, snapshot.fixAll(main).edits).get(main) ?? text;
}

/** A Deployment with a placeholder in each of the ways in which people put one, and nothing else amiss. */
const deployment = (x: (name: string) => string): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${x('name')}
  labels: { app: ${x('name')}, "tier": '${x('tier')}' }
  annotations:
    ${x('prefix')}/owner: me
    ${x('key')}: ${x('first')}-${x('second')}
spec:
  replicas: ${x('replicas')}
  selector:
    matchLabels:
      app: ${x('name')}
  template:
    metadata:
      labels:
        app: ${x('name')}
        ${x('labels')}
    spec:
      containers:
        - name: "${x('name')}"
          image: registry.example.com/${x('repo')}/web:${x('tag')}
          args: [ ${x('arg')}, --level=${x('level')} ]
          command:
            - ${x('command')}
          ports:
            - containerPort: ${x('port')}
          env:
            - name: MODE
              value: ${x('mode')}
            ${x('more')}
      volumes:
        ${x('volumes')}
`;

const forms: readonly (readonly [string, (name: string) => string])[] = [
  ['{{ name }}', (name) => `{{ ${name} }}`],
  ['{{name}}', (name) => `{{${name}}}`],
  ['{{ APP_NAME }}', (name) => `{{ APP_${name.toUpperCase()} }}`],
  ['{{ app.name }}', (name) => `{{ app.${name} }}`],
  ["{{ name | default('x') }}", (name) => `{{ ${name} | default('x') }}`],
  ['<% name %>', (name) => `<% ${name} %>`],
  ['${NAME}', (name) => `\${${name.toUpperCase()}}`],
  ['${NAME:-x}', (name) => `\${${name.toUpperCase()}:-x}`],
];

describe.each(forms)('%s', (_, x) => {
  const text = deployment(x);

  it('stands for a value of any type, in keys, in parts of values and for whole lines', () => {
    expect(codes(text)).toEqual([]);
  });

  it('leaves everything else to be judged', () => {
    const faulty = text.replace('containerPort:', 'containerPrt:').replace('value:', 'valve:');
    expect(codes(faulty).sort()).toEqual(['missing-field', 'unknown-field', 'unknown-field']);
  });

  it('leaves everything else to be completed', () => {
    const at = text.replace('          image:', '          imagePull$0\n          image:');
    expect(completionsAt(at)).toContain('imagePullPolicy');
  });

  it('stays when the rest is repaired', () => {
    expect(fixed(text.replace('          image:', '        image:'))).toBe(text);
    expect(fixed(text.replace('containerPort:', 'containerPrt:'))).toBe(text);
  });

  it('leaves everything else wired', () => {
    const wired = `${text.replace('value:', 'valueFrom: { configMapKeyRef: { name: settings, key: mode } } #')}---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  mode: fast
`;
    const { snapshot } = open(parseFixture(wired));
    const places = placesOf(snapshot, snapshot.definition(main, wired.indexOf('name: settings') + 7));
    expect(places.map((place) => place.split(' ')[1])).toEqual(['settings']);
    expect(codes(wired.replace('key: mode', 'key: speed'))).toEqual(['unresolved-configmap-key']);
  });
});

describe('a line of nothing but a placeholder', () => {
  it('may bring whatever its neighbours are', () => {
    checkDiagnostics(`apiVersion: v1
kind: Service
metadata:
  name: web
  {{ metadata }}
spec:
  <% spec %>
---
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    {{ sidecar }}
    - name: web
      {{ image }}
      prots: []
#     ^^^^^ error unknown-field
`);
  });

  it('on top of a file is nothing', () => {
    checkDiagnostics(`{{ header }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  debug: yes
#        ^^^ error wrong-type
`);
  });
});

describe('placeholders of scripts', () => {
  it.each(['$NAME', '$(NAME)', '%NAME%', '<NAME>', '@@NAME@@', '@NAME@', '__NAME__'])('%s is not accused', (name) => {
    const text = deployment(() => name)
      .replace(/^ {4}\S+\/owner.*\n/m, '')
      .replace(/^ {4}\S+: \S+-\S+\n/m, '')
      .replace('[ ', '["')
      .replace(/, --level.*\]/, '"]')
      .replace(/labels: \{.*\}/, 'labels: {}');
    expect(codes(text)).toEqual([]);
  });
});
