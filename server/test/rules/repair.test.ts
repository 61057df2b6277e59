import { describe, expect, it, test } from 'vitest';
import { after, applyFix, open, parseFixture } from '../fixture.ts';

const main = 'file:///w/main.yaml';

/** The codes of all diagnostics but hints, by place. */
const codes = (text: string): string[] =>
  open(parseFixture(text))
    .snapshot.diagnostics(main)
    .filter(({ severity }) => severity !== 'hint')
    .map(({ code }) => code);

/** The text after everything with a single answer has been applied, in one go. */
function fixed(text: string): string {
  const fixture = parseFixture(text);
  const { snapshot } = open(fixture);
  return after(fixture, snapshot, snapshot.fixAll(main).edits).files.get(main) ?? '';
}

const pod = `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      env:
        - name: PASSWORD
          valueFrom:
            secretKeyRef:
              name: login
              key: password
        - name: MODE
          value: fast
      ports:
        - containerPort: 80
      volumeMounts:
        - name: data
          mountPath: /data
  volumes:
    - name: data
      secret:
        secretName: login
`;

/** The pod with lists that stand below their keys. */
const compact = `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    app: web
spec:
  containers:
  - name: web
    image: nginx:1.27
    env:
    - name: PASSWORD
      valueFrom:
        secretKeyRef:
          name: login
          key: password
    - name: MODE
      value: fast
    ports:
    - containerPort: 80
    volumeMounts:
    - name: data
      mountPath: /data
  volumes:
  - name: data
    secret:
      secretName: login
`;

describe('a key that slid out', () => {
  it.each([
    [
      'of a list item, to the dashes below their key',
      pod,
      ['    - name: web\n      image: nginx:1.27\n', '    - name: web\n    image: nginx:1.27\n'],
      'containers[0]',
    ],
    [
      'of a list item, to the list’s own key',
      pod,
      ['      image: nginx:1.27\n', '  image: nginx:1.27\n'],
      'containers[0]',
    ],
    ['labels one level too high', pod, ['  labels:\n    app: web\n', '  labels:\n  app: web\n'], 'labels'],
    [
      'valueFrom with its child beside it',
      pod,
      [
        '            secretKeyRef:\n              name: login\n              key: password\n',
        '          secretKeyRef:\n            name: login\n            key: password\n',
      ],
      'valueFrom',
    ],
    [
      'a volume with its source beside the list',
      pod,
      ['      secret:\n        secretName: login\n', '  secret:\n    secretName: login\n'],
      'volumes[0]',
    ],
    [
      'a volume with its source beside the dash',
      pod,
      ['      secret:\n        secretName: login\n', '    secret:\n      secretName: login\n'],
      'volumes[0]',
    ],
    ['too far to the right', pod, ['      image: nginx:1.27\n', '        image: nginx:1.27\n'], 'containers[0]'],
    ['the child of a secret', pod, ['        secretName: login\n', '      secretName: login\n'], 'secret'],
    ['metadata’s name', pod, ['  name: web\n  labels', 'name: web\n  labels'], 'metadata'],
  ])('%s', (_, good, [right, wrong], into) => {
    const text = good.replace(right ?? '', wrong ?? '');
    expect(text).not.toBe(good);
    expect(codes(text)).toEqual(['misplaced-key']);
    const [diagnostic] = open(parseFixture(text)).snapshot.diagnostics(main);
    const offset = diagnostic?.span.start ?? 0;
    const cursor = `${text.slice(0, offset)}$0${text.slice(offset)}`;
    expect(applyFix(cursor, `Move into ${into}`)).toBe(good);
    expect(applyFix(cursor, 'Repair indentation')).toBe(good);
    expect(fixed(text)).toBe(good);
  });

  it('takes with it what stands below', () => {
    const text = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: web
  # the newest
  image: nginx:1.27
  ports:
  - containerPort: 80
  command: ["sh", "-c"]
  args:
  - |
    echo one
    echo two
  restartPolicy: Always
`;
    expect(codes(text)).toEqual(['misplaced-key']);
    expect(fixed(text)).toBe(`apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
  - name: web
    # the newest
    image: nginx:1.27
    ports:
    - containerPort: 80
    command: ["sh", "-c"]
    args:
    - |
      echo one
      echo two
  restartPolicy: Always
`);
  });

  it('hides no other fault of the document', () => {
    const text = pod.replace('      image: nginx', '  image: nginx').replace('value: fast', 'value: yes');
    expect(codes(text)).toEqual(['misplaced-key', 'wrong-type']);
    expect(fixed(text)).toBe(pod.replace('fast', '"yes"'));
  });

  it('two of them are two faults', () => {
    const text = pod.replace('    app: web', '  app: web').replace('        secretName', '      secretName');
    expect(codes(text)).toEqual(['misplaced-key', 'misplaced-key']);
    expect(fixed(text)).toBe(pod);
  });

  it('data of a ConfigMap beside its key', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\ncolor: blue\nsize: large\n';
    expect(codes(text)).toEqual(['misplaced-key']);
    expect(fixed(text)).toBe(text.replace('color', '  color').replace('size', '  size'));
  });

  it('a field that is unknown everywhere stays one', () => {
    const text = pod.replace('      ports:', '      portss: []\n      ports:');
    expect(codes(text)).toEqual(['unknown-field']);
    expect(codes(pod.replace('spec:', 'foo: bar\nspec:'))).toEqual(['unknown-field']);
  });
});

it('one more label beside them can be moved to them', () => {
  const text = pod.replace('    app: web\n', '    app: web\n  tier: a\n');
  expect(codes(text)).toEqual(['unknown-field']);
  expect(fixed(text)).toBe(text);
  expect(applyFix(text.replace('tier', 'ti$0er'), 'Move into labels')).toBe(text.replace('  tier', '    tier'));
});

describe('lost indentation', () => {
  it('of a whole pod', () => {
    const text = pod.replace(/^ +/gm, '');
    expect(codes(text)).toEqual(['lost-indentation']);
    expect(fixed(text)).toBe(pod);
    expect(fixed(pod)).toBe(pod);
  });

  it('where the lists stand below their keys', () => {
    expect(codes(compact)).toEqual([]);
    expect(fixed(compact.replace(/^ +/gm, ''))).toBe(pod);
    expect(fixed(compact.replace(/^ {4}/gm, '  '))).toBe(compact);
  });

  it('with comments, blank lines and a text', () => {
    const good = `# of the shop
apiVersion: v1
kind: ConfigMap
metadata:
  # its name
  name: settings

  labels:
    app: web # too
data:
  server.conf: |
    server {
    listen 80;
    }
  mode: fast
# the end
`;
    const text = good.replace(/^ +/gm, '');
    expect(codes(text)).toEqual(['lost-indentation']);
    expect(fixed(text)).toBe(good);
  });

  it('finds what is meant where several places know a key', () => {
    const good = `apiVersion: batch/v1
kind: Job
metadata:
  labels:
    name: a
  name: b
spec:
  template:
    metadata:
      labels:
        name: a
    spec:
      containers:
        - image: alpine:3.20
          name: b
          args: [a,
            b]
          resources:
            limits:
              cpu: 1
      restartPolicy: Never
  backoffLimit: 1
`;
    expect(codes(good)).toEqual([]);
    expect(fixed(good.replace(/^ +/gm, ''))).toBe(good);
  });

  it('every level by another width', () => {
    const text = `apiVersion: apps/v1
kind: Deployment
metadata:
 name: web
spec:
   replicas: 1
   selector:
       matchLabels:
        app: web
   template:
     metadata:
       labels:
         app: web
     spec:
         containers:
         - name: web
           image: nginx:1.27
             ports:
           - containerPort: 80
           env:
              - name: A
                value: b
             - name: B
               value: c
`;
    const result = fixed(text);
    expect(codes(result)).toEqual([]);
    expect(result.replace(/^ +/gm, '')).toBe(text.replace(/^ +/gm, ''));
  });
});

describe('characters', () => {
  it.each([
    ['tabs', pod.replace(/ {2}/g, '\t'), 'tab-indentation', pod],
    [
      'tabs in some lines',
      pod.replace('      image', '\t\t\timage').replace('  volumes', '\tvolumes'),
      'tab-indentation',
      pod,
    ],
    [
      'tabs of eight columns beside spaces',
      'apiVersion: v1\nkind: Pod\nmetadata:\n        name: web\n\tlabels:\n                app: web\nspec:\n\tcontainers:\n\t- name: web\n\t  image: nginx:1.27\n',
      'tab-indentation',
      'apiVersion: v1\nkind: Pod\nmetadata:\n        name: web\n        labels:\n                app: web\nspec:\n        containers:\n        - name: web\n          image: nginx:1.27\n',
    ],
    ['no-break spaces', pod.replace(/^ +/gm, (lead) => '\u00a0'.repeat(lead.length)), 'invisible-character', pod],
    ['a zero-width space in a value', pod.replace('nginx:1.27', 'nginx:1.27\u200b'), 'invisible-character', pod],
    ['a byte order mark inside', pod.replace('spec:', '\ufeffspec:'), 'invisible-character', pod],
    ['smart quotes', pod.replace('value: fast', 'value: “fast”'), 'smart-quote', pod.replace('fast', '"fast"')],
    ['one smart quote', pod.replace('value: fast', 'value: "fast”'), 'smart-quote', pod.replace('fast', '"fast"')],
    ['single ones', pod.replace('value: fast', 'value: ‘fast’'), 'smart-quote', pod.replace('fast', "'fast'")],
    [
      'in brackets',
      pod.replace('      ports', '      args: [“-c”, “a b”]\n      ports'),
      'smart-quote',
      pod.replace('      ports', '      args: ["-c", "a b"]\n      ports'),
    ],
    ['a dash', pod.replace('    - name: web', '    – name: web'), 'smart-quote', pod],
    ['no space behind a colon', pod.replace('image: nginx', 'image:nginx'), 'missing-space', pod],
    ['at the first line', pod.replace('kind: Pod', 'kind:Pod'), 'missing-space', pod],
    ['no space behind a dash', pod.replace('- containerPort', '-containerPort'), 'missing-space', pod],
    [
      'behind a dash with more below',
      pod.replace('- name: data\n          mount', '-name: data\n          mount'),
      'missing-space',
      pod,
    ],
    ['a fence', `\`\`\`yaml\n${pod}\`\`\`\n`, 'pasted-text', pod],
    ['a prompt', `$ cat pod.yaml\n${pod}$ kubectl create -f pod.yaml\n`, 'pasted-text', pod],
    ['a here-document', `cat <<EOF | kubectl apply -f -\n${pod}EOF\n`, 'pasted-text', pod],
  ])('%s', (_, text, code, wanted) => {
    expect(text).not.toBe(wanted);
    expect(codes(text)).toEqual([code]);
    expect(fixed(text)).toBe(wanted);
    expect(codes(wanted)).toEqual([]);
  });

  it('several sorts at once, each told once', () => {
    const text = `\`\`\`\n${pod.replace('    app', '  app').replace('value: fast', 'value: “fast”').replace('kind: Pod', 'kind:Pod')}\`\`\`\n`;
    expect([...codes(text)].sort()).toEqual(['misplaced-key', 'missing-space', 'pasted-text', 'smart-quote']);
    expect(fixed(text)).toBe(pod.replace('fast', '"fast"'));
  });

  it.each([
    ['a text in curly quotes', 'a: “Hello there”'],
    ['curly quotes in a text', 'a: the “best” one'],
    ['tabs in a block', 'a: |\n    all:\n    \tmake'],
    ['a no-break space in a sentence', 'a: 10\u00a0km away'],
    ['a joined emoji', 'a: a 👨\u200d👩 b'],
    ['a fence in a block', 'a: |\n    ```\n    $ cat x\n    ```'],
    ['words with colons', 'a: image:nginx'],
    ['a long dash', 'a: x – y'],
  ])('%s is left alone', (_, line) => {
    const text = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  ${line}\n`;
    expect(codes(text)).toEqual([]);
    expect(fixed(text)).toBe(text);
  });

  it('words with colons in a list are arguments', () => {
    const text = pod.replace('      ports', '      args:\n        - name:web\n        - image:x\n      ports');
    expect(codes(text)).toEqual([]);
  });
});

describe('near misses', () => {
  const inPod = (key: string): string => pod.replace('      ports:', `      ${key}`);
  it.each([
    ['port with a list', inPod('port:'), pod],
    [
      'imagePullSecret with a list',
      pod.replace('  volumes:', '  imagePullSecret:\n    - name: a\n  volumes:'),
      pod.replace('  volumes:', '  imagePullSecrets:\n    - name: a\n  volumes:'),
    ],
    ['arg with a list', inPod('arg: [a]\n      ports:'), inPod('args: [a]\n      ports:')],
  ])('%s', (_, text, wanted) => {
    expect(codes(text)).toEqual(['unknown-field']);
    expect(fixed(text)).toBe(wanted);
  });

  it('the shape of the value tells which one is meant', () => {
    const text = (value: string): string =>
      `apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  clusterIPx: ${value}\n  ports:\n    - port: 80\n`;
    const mended = (value: string): string =>
      applyFix(
        text(value).replace('IPx', 'IP$0x'),
        value === 'None' ? 'Change to "clusterIP"' : 'Change to "clusterIPs"',
      );
    expect(mended('None')).toBe(text('None').replace('IPx', 'IP'));
    expect(mended('[None]')).toBe(text('[None]').replace('IPx', 'IPs'));
  });
});

describe('lists and maps', () => {
  it.each([
    [
      'a map where a list is due',
      pod.replace('        - containerPort: 80\n', '        containerPort: 80\n        name: http\n'),
      pod.replace('containerPort: 80\n', 'containerPort: 80\n          name: http\n'),
    ],
    [
      'variables as a map',
      pod.replace(/ {6}env:\n[\s\S]*(?= {6}ports)/, '      env:\n        A: b\n        C: "1"\n        D: 2 # why\n'),
      pod.replace(
        / {6}env:\n[\s\S]*(?= {6}ports)/,
        '      env:\n        - name: A\n          value: b\n        - name: C\n          value: "1"\n        - name: D\n          value: "2" # why\n',
      ),
    ],
    [
      'a list where a map is due',
      pod.replace('    app: web', '    - app: web'),
      pod.replace('    app: web', '      app: web'),
    ],
    [
      'several',
      pod.replace('    app: web', '  - app: web\n  - tier: a'),
      pod.replace('    app: web', '    app: web\n    tier: a'),
    ],
    [
      'a list in brackets',
      pod.replace('labels:\n    app: web', 'labels: [{ app: web }]'),
      pod.replace('labels:\n    app: web', 'labels: { app: web }'),
    ],
    ['a list of one word', pod.replace('image: nginx:1.27', 'image: [nginx:1.27]'), pod],
    ['in a line of its own', pod.replace('image: nginx:1.27', 'image:\n        - nginx:1.27'), pod],
    [
      'a map in braces',
      pod.replace('ports:\n        - containerPort: 80', 'ports: { containerPort: 80 }'),
      pod.replace('ports:\n        - containerPort: 80', 'ports: [{ containerPort: 80 }]'),
    ],
  ])('%s', (_, text, wanted) => {
    expect(text).not.toBe(wanted);
    expect(codes(text)[0]).toBe('wrong-type');
    expect(fixed(text)).toBe(wanted);
    expect(codes(wanted)).toEqual([]);
  });

  it('items of the same keys are not one map', () => {
    const text = pod.replace('    app: web', '    - app: web\n    - app: shop');
    expect(fixed(text)).toBe(text);
  });
});

it('a workload without a selector selects the pods that it makes', () => {
  const text = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: nginx:1.27
`;
  expect(fixed(text)).toBe(text.replace('spec:\n', 'spec:\n  selector:\n    matchLabels:\n      app: web\n'));
});

describe('placeholders', () => {
  it('keep lost indentation from being seen no more than others', () => {
    const text = pod.replace('name: web', 'name: <% name %>').replace('nginx:1.27', '${IMAGE}');
    expect(codes(text)).toEqual([]);
    expect(fixed(text.replace(/^ +/gm, ''))).toBe(text);
  });

  it('Helm templates are left alone', () => {
    const text = pod.replace('    app: web', '  {{- include "labels" . | nindent 4 }}').replace(/^ {6}/gm, '   ');
    expect(codes(text)).toEqual([]);
    expect(fixed(text)).toBe(text);
  });

  it.each(['<% replicas %>', '{{ replicas }}', '${REPLICAS}'])(
    '%s is a value of any type, a key, and a whole line',
    (name) => {
      const deployment = (...lines: string[]): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels:
    ${name}: a
    b: ${name}
${lines.map((line) => `  ${line}\n`).join('')}spec:
  replicas: ${name}
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      hostNetwork: ${name}
      containers:
        - name: web
          image: nginx:1.27
          ports: ${name}
          resources: ${name}
`;
      for (const text of [deployment(), deployment(name), deployment(`  ${name}`)]) {
        expect(codes(text)).toEqual([]);
        expect(fixed(text)).toBe(text);
      }
    },
  );
});

describe('line ends', () => {
  it.each([
    ['lost indentation', pod.replace(/^ +/gm, '')],
    ['a slid-out key and a fence', `\`\`\`yaml\n${pod.replace('      image', '  image')}\`\`\`\n`],
    ['tabs', pod.replace(/ {2}/g, '\t')],
  ])('of Windows stay: %s', (_, text) => {
    expect(fixed(text.replaceAll('\n', '\r\n'))).toBe(pod.replaceAll('\n', '\r\n'));
  });
});

describe('a manifest in one line', () => {
  const oneLine = pod.replace(/\s+/g, ' ').trim();

  it('is told once, and is taken apart', () => {
    expect(codes(`${oneLine}\n`)).toEqual(['lost-line-breaks']);
    expect(fixed(`${oneLine}\n`)).toBe(pod);
  });

  it('keeps its comments, though where they end can only be guessed', () => {
    const text = `# pod.yml w/ secrets ${oneLine.replace('image:', '# the newest image:').replace('ports:', "# command: ['a: b', 'c'] ports:")}\n`;
    expect(codes(text)).toEqual(['lost-line-breaks']);
    expect(fixed(text)).toBe(
      `# pod.yml w/ secrets\n${pod
        .replace('    - name: web\n', '    - name: web # the newest\n')
        .replace('value: fast\n', "value: fast # command: ['a: b', 'c']\n")}`,
    );
  });

  it('and another one behind it', () => {
    expect(fixed(`${oneLine} --- ${oneLine.replace('name: web', 'name: shop')}\n`)).toBe(
      `${pod}---\n${pod.replace('name: web', 'name: shop')}`,
    );
  });

  it('and others in lines below, as they come from a page', () => {
    const text = `${oneLine}\n${oneLine.replace('name: web', 'name: shop')}\n`;
    expect(codes(text)).toEqual(['lost-line-breaks']);
    expect(fixed(text)).toBe(`${pod}---\n${pod.replace('name: web', 'name: shop')}`);
  });
});

test('several faults have a fix for all of them together, also those that wait for others', () => {
  const fixture = parseFixture(`\`\`\`yaml
apiVersion: v1
kind: Pod
metadata:
name: web
spec:
containers:
- name: web
image: “nginx”
\`\`\`
`);
  const { snapshot } = open(fixture);
  const found = snapshot.diagnostics(main);
  expect(found.map(({ code }) => code)).toEqual(['pasted-text', 'lost-indentation', 'smart-quote']);
  for (const { span } of found) {
    const fix = snapshot.codeActions(main, span).find(({ title }) => title === 'Repair the whole document');
    expect(after(fixture, snapshot, fix?.edits ?? []).files.get(main)).toBe(`apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: "nginx"
`);
  }
});

/** What comes of a manifest, what its fault is called, and whether mending it gives the manifest back. */
describe('a slip of the hand, or of the clipboard', () => {
  const change = (right: string, wrong: string) => (text: string) => text.replace(right, wrong);
  const lines = (wrong: (line: string, i: number) => string) => (text: string) =>
    text.trimEnd().split('\n').map(wrong).join('\n').concat('\n');
  it.each<readonly [string, string, (text: string) => string]>([
    ['a dash without a blank before a text', 'missing-space', change('- one', '-one')],
    ['a key without its colon', 'missing-colon', change('valueFrom:', 'valueFrom')],
    ['a key and its value without the colon', 'missing-colon', change('image: nginx:1.27', 'image nginx:1.27')],
    ['an equals sign', 'missing-colon', change('image: ', 'image = ')],
    ['an equals sign without blanks', 'missing-colon', change('image: ', 'image=')],
    ['a quote that is not closed', 'unclosed-value', change('"fast"', '"fast')],
    ['a quote that another one closes', 'unclosed-value', change('"fast"', '"fast\'')],
    ['a bracket that is not closed', 'unclosed-value', change('"-c"]', '"-c"')],
    ['a bracket too many', 'unclosed-value', change('"-c"]', '"-c"]]')],
    ['line numbers', 'line-prefix', lines((line, i) => `${i + 1} ${line}`)],
    ['line numbers with a bar', 'line-prefix', lines((line, i) => `${String(i + 1).padStart(4)} | ${line}`)],
    ['a diff', 'line-prefix', lines((line) => `+${line}`)],
    ['a diff of a few lines', 'line-prefix', lines((line, i) => `${i > 5 && i < 9 ? '+' : ' '}${line}`)],
    ['a quoted mail', 'line-prefix', lines((line) => `> ${line}`)],
  ])('is mended: %s', (_, code, wrong) => {
    const good = pod
      .replace('value: fast', 'value: "fast"')
      .replace('      ports:', '      command: ["sh", "-c"]\n      args:\n        - one\n      ports:');
    const text = wrong(good);
    expect(text).not.toBe(good);
    expect(codes(text)).toEqual([code]);
    expect(fixed(text)).toBe(good);
    expect(fixed(good)).toBe(good);
  });

  it.each(['\u2026', '...', 'The password comes from elsewhere.', 'This is only for the tests'])(
    'makes a comment of a line of prose: %s',
    (prose) => {
      const text = pod.replace('      env:', `      ${prose}\n      env:`);
      expect(codes(text)).toEqual(['stray-line']);
      expect(fixed(text)).toBe(pod.replace('      env:', `      # ${prose}\n      env:`));
    },
  );

  it.each([
    ['brackets', 'args: [a,\nb]'],
    ['braces', 'args: {\na: b,\nc: d }'],
    ['quotes', 'args: "a\nb"'],
  ])('closes no value that ends in a line below, not even where nothing is indented: %s', (_, value) => {
    const text = `apiVersion: v1\nkind: Pod\nmetadata:\nname: web\nspec:\ncontainers:\n- name: web\n${value}\n`;
    expect(codes(text)).not.toContain('unclosed-value');
  });

  it('leaves to the author what a diff takes away, and numbers that do not count up', () => {
    for (const text of [
      pod.replace(/^/gm, '+').replace('+  name', '-  name'),
      pod
        .split('\n')
        .map((line, i) => `${(i * 7) % 5} ${line}`)
        .join('\n'),
    ])
      expect(fixed(text)).toBe(text);
  });
});
