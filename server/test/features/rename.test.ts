import { describe, expect, it } from 'vitest';
import { after, atCursor, open, parseFixture } from '../fixture.ts';

/** All files after renaming at the cursor, or the reason against it. */
function rename(text: string, newName: string): string {
  const { snapshot, uri, offset } = atCursor(text);
  const answer = snapshot.rename(uri, offset, newName);
  if ('refused' in answer) return `refused: ${answer.refused}`;
  const files = after(parseFixture(text), snapshot, answer.edits).files;
  return [...files]
    .map(([name, content]) => (files.size === 1 ? content : `# file: ${name.slice('file:///w/'.length)}\n${content}`))
    .join('');
}

function prepare(text: string): string | undefined {
  const { snapshot, uri, offset } = atCursor(text);
  const answer = snapshot.prepareRename(uri, offset);
  return answer && ('refused' in answer ? `refused: ${answer.refused}` : answer.text);
}

const secret = (name: string, key: string): string =>
  `apiVersion: v1\nkind: Secret\nmetadata:\n  name: ${name}\nstringData:\n  ${key}: x\n`;
const pod = (name: string, key: string, more = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    - name: web\n      image: nginx:1.27\n      env:\n        - name: A\n          valueFrom: { secretKeyRef: { name: ${name}, key: ${key} } }\n${more}`;

describe('rename', () => {
  it('changes the name everywhere, each in its own quotes', () => {
    expect(rename(`${secret("'log$0in'", 'user')}---\n${pod('"login"', 'user')}`, 'account')).toBe(
      `${secret("'account'", 'user')}---\n${pod('"account"', 'user')}`,
    );
  });

  it('quotes a name that would be read as something else', () => {
    expect(rename(`${secret('login', 'us$0er')}---\n${pod('login', 'user')}`, 'on')).toBe(
      `${secret('login', '"on"')}---\n${pod('login', '"on"')}`,
    );
    const labelled =
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels:\n    v: ab$0c\nspec:\n  containers:\n    - name: web\n      image: nginx:1.27\n';
    expect(rename(labelled, '1.0')).toContain('v: "1.0"\n');
  });

  it('changes a label’s key or its value, whichever the cursor is on', () => {
    const both = (label: string): string =>
      `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  selector:\n    ${label}\n  ports:\n    - port: 80\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels:\n    ${label.replace('$0', '')}\nspec:\n  containers:\n    - name: web\n      image: nginx:1.27\n`;
    expect(rename(both('a$0pp: web'), 'example.com/app')).toBe(both('example.com/app: web'));
    expect(rename(both('app: w$0eb'), 'front')).toBe(both('app: front'));
  });

  it('leaves namesakes alone', () => {
    const text = `${secret('login', 'us$0er')}---\n${secret('other', 'user')}---\n${pod('login', 'user')}---\n${pod('other', 'user').replace('name: web', 'name: api')}`;
    expect(rename(text, 'account')).toBe(
      `${secret('login', 'account')}---\n${secret('other', 'user')}---\n${pod('login', 'account')}---\n${pod('other', 'user').replace('name: web', 'name: api')}`,
    );
  });

  it('works across CRLF, emoji and files', () => {
    const text = `# file: a.yaml\n${`# 😀\n${secret('login', 'user')}`.replaceAll('\n', '\r\n')}# file: b.yaml\n${pod('lo$0gin', 'user', '# 😀\n')}`;
    expect(rename(text, 'account')).toBe(text.replace('lo$0gin', 'account').replace('login', 'account'));
  });

  it('is prepared with the token’s text and span, without its quotes in the text', () => {
    expect(prepare(`${secret('login', 'user')}---\n${pod('"lo$0gin"', 'user')}`)).toBe('login');
    expect(prepare(secret('login', 'us$0er'))).toBe('user');
  });
});

describe('is refused, with the reason', () => {
  const both = `${secret('login', 'us$0er')}---\n${pod('login', 'user')}`;

  it.each([
    ['no name at all', both, '', 'A name is needed'],
    ['a key with a blank', both, 'a b', 'letters, digits'],
    ['a key with a slash', both, 'a/b', 'letters, digits'],
    ['an object name in upper case', secret('lo$0gin', 'user'), 'Login', 'no valid name'],
    ['an object name with an edge', secret('lo$0gin', 'user'), '-login', 'no valid name'],
    [
      'a label with a blank',
      pod('login', 'user').replace('  name: web\nspec', '  name: web\n  labels: { app: w$0eb }\nspec'),
      'a b',
      'no valid label',
    ],
    [
      'a name that is taken',
      `${secret('lo$0gin', 'user')}---\n${secret('other', 'user')}`,
      'other',
      'There is a Secret "other" already',
    ],
    ['a key that is taken', secret('login', 'us$0er: x\n  name'), 'name', 'has a key "name" already'],
    ['nothing to rename', secret('login', 'user: $0x\n  name'), 'name', 'no name here'],
    ['a target that is not here', pod('lo$0gin', 'user'), 'other', 'not in the workspace'],
  ])('%s', (_, text, newName, reason) => {
    expect(rename(text, newName)).toMatch(/^refused: /);
    expect(rename(text, newName)).toContain(reason);
  });

  it('a name that a controller gives', () => {
    const sealed = 'apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: login\nspec: {}\n';
    expect(prepare(`${sealed}---\n${pod('lo$0gin', 'user')}`)).toContain('refused: A controller makes this');
  });

  it('a number', () => {
    const service = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n    - port: 8$00\n';
    expect(prepare(service)).toContain('refused: A port is a number');
  });
});

describe('a label that an expression allows by its value', () => {
  const text = (values: string, cursor: 'key' | 'value' | 'expression', label = 'app', value = 'web'): string => {
    const at = (place: string): string => (place === cursor ? '$0' : '');
    return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchExpressions:
      - key: ${label}
        operator: In
        values: ${values}
  template:
    metadata:
      labels:
        ${at('key')}${label}: ${at('value')}${value}
    spec:
      containers:
        - name: web
          image: nginx:1.27
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    ${label}: ${value}
  ports:
    - port: 80
`;
  };
  const plain = (...args: Parameters<typeof text>): string => text(...args).replace('$0', '');

  it.each([
    ['[web]', '[shop]'],
    ['["web"]', '["shop"]'],
    ['[api, web]', '[api, shop]'],
  ])('follows with %s, and back', (before, after) => {
    expect(rename(text(before, 'value'), 'shop')).toBe(plain(after, 'value', 'app', 'shop'));
    expect(rename(text(after, 'value', 'app', 'shop'), 'web')).toBe(plain(before, 'value'));
  });

  it('is renamed from the expression, too', () => {
    expect(rename(text('[$0web]', 'expression'), 'shop')).toBe(plain('[shop]', 'expression', 'app', 'shop'));
    expect(prepare(text('[api, $0web]', 'expression'))).toContain('web');
  });

  it('has a key that follows, with other values beside it', () => {
    expect(rename(text('[web]', 'key'), 'name')).toBe(plain('[web]', 'key', 'name'));
    expect(rename(text('[api, web]', 'key'), 'name')).toBe(plain('[api, web]', 'key', 'name'));
  });

  it('gets no value that the expression has as well', () => {
    expect(rename(text('[api, web]', 'value'), 'api')).toContain('asks for "api" as well');
  });

  it('stays another workload’s where it has another value', () => {
    const other = `---\n${pod('login', 'user').replace('metadata:\n', 'metadata:\n  labels:\n    app: api\n')}`;
    expect(rename(text('[api, web]', 'value') + other, 'shop')).toBe(
      plain('[api, shop]', 'value', 'app', 'shop') + other,
    );
  });
});

it('to the same name changes nothing', () => {
  const text = `${secret('login', 'us$0er')}---\n${pod('login', 'user')}`;
  expect(rename(text, 'user')).toBe(text.replace('$0', ''));
});

it('an object of the same name in another namespace is no collision', () => {
  const text = `${secret('lo$0gin', 'user').replace('stringData', '  namespace: blue\nstringData')}---\n${secret('other', 'user').replace('stringData', '  namespace: red\nstringData')}`;
  expect(rename(text, 'other')).not.toContain('refused');
  const { snapshot } = open(parseFixture(text));
  expect(snapshot.diagnostics('file:///w/main.yaml')).toEqual([]);
});

it('refuses a key that the type of its Secret asks for', () => {
  const text = (type: string): string =>
    `apiVersion: v1\nkind: Secret\nmetadata:\n  name: web\n${type}stringData:\n  tls.$0crt: a\n  tls.key: b\n`;
  const typed = atCursor(text('type: kubernetes.io/tls\n'));
  expect(typed.snapshot.prepareRename(typed.uri, typed.offset)).toEqual({
    refused: expect.stringContaining('The type of Secret "web" asks for the key "tls.crt"'),
  });
  const plain = atCursor(text(''));
  expect(plain.snapshot.prepareRename(plain.uri, plain.offset)).toMatchObject({ text: 'tls.crt' });
});

describe('a label of a group', () => {
  const workload = (name: string, label = name, more = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
${more}spec:
  selector:
    matchLabels:
      app: ${label}
  template:
    metadata:
      labels:
        app: ${label}
    spec:
      containers:
        - name: web
          image: nginx:1.27
---
`;
  const service = (name: string, label = name): string =>
    `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  selector:\n    app: ${label}\n  ports:\n    - port: 80\n---\n`;
  const policy = (label: string): string =>
    `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata:\n  name: web\nspec:\n  podSelector:\n    matchLabels:\n      app: ${label}\n`;

  it('changes in the workload, its template, its Services and policies, and nowhere else', () => {
    const text = (label: string): string =>
      workload('web', label) + workload('api') + service('web', label) + service('api') + policy(label);
    expect(rename(text('web').replace('app: web', 'app: w$0eb'), 'front')).toBe(text('front'));
  });

  it('may not become that of other pods, which its Service would find, too', () => {
    const text = workload('web') + service('web').replace('app: web', 'app: w$0eb') + workload('api');
    expect(rename(text, 'api')).toBe(
      'refused: With app=api, Service "web" would find Deployment "api", too: choose another name, or change the labels of one of them first.',
    );
  });

  it('nor what another selector asks for', () => {
    const text = workload('web').replace('app: web', 'app: w$0eb') + service('api');
    expect(rename(text, 'api')).toContain('refused: With app=api, Service "api" would find Deployment "web", too');
  });

  it('nor a key that is there', () => {
    const text = workload('web').replace('        app: web', '        tier: front\n        ap$0p: web');
    expect(rename(text, 'tier')).toBe('refused: Deployment "web" has a label "tier" already.');
  });

  it('is free where the namespace is another one', () => {
    const text = workload('web', 'web', '  namespace: blue\n') + workload('api', 'api', '  namespace: red\n');
    expect(rename(text.replace('app: web', 'app: w$0eb'), 'api')).not.toContain('refused');
  });
});

describe('a namespace', () => {
  const all = (name: string): string => `# file: kustomization.yaml
namespace: ${name}
resources:
  - all.yaml
# file: all.yaml
apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
---
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: ${name}
spec:
  ports:
    - port: 80
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: other
data:
  url: http://web.${name}.svc.cluster.local/
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: robot
  namespace: other
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: view
subjects:
  - kind: ServiceAccount
    name: default
    namespace: ${name}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
  namespace: other
spec:
  podSelector: {}
  ingress:
    - from:
        - namespaceSelector:
            matchLabels:
              kubernetes.io/metadata.name: ${name}
`;

  it('is followed by all that is in it or speaks of it, kustomizations among it', () => {
    const { snapshot, uri, offset } = atCursor(all('shop').replace('  name: shop', '  name: sh$0op'));
    const answer = snapshot.rename(uri, offset, 'store');
    if ('refused' in answer) expect.fail(answer.refused);
    const files = new Map(snapshot.files().map((file) => [file, snapshot.text(file) ?? '']));
    expect(after({ files, cursor: undefined }, snapshot, answer.edits).files).toEqual(parseFixture(all('store')).files);
  });
});

it('an object of a kind of the same name, in another API group, is no collision', () => {
  const text = (name: string): string =>
    `apiVersion: serving.knative.dev/v1\nkind: Service\nmetadata:\n  name: other\nspec: {}\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  ports:\n    - port: 80\n`;
  expect(rename(text('we$0b'), 'other')).toBe(text('other'));
});
