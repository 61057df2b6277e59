import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Engine, type Snapshot } from '../../src/engine.ts';
import { callEverything, checkDiagnostics, open, parseFixture, placesOf } from '../fixture.ts';
import { realModel } from '../schema/real-model.ts';

const uri = 'file:///w/main.yaml';

const snapshotOf = (text: string): Snapshot => open({ files: new Map([[uri, text]]), cursor: undefined }).snapshot;

/** Every feature at a few offsets; returns the diagnostics as `code: message`. */
function survive(text: string, offsets: readonly number[] = [0, text.length >> 1, text.length]): string[] {
  const snapshot = snapshotOf(text);
  for (const offset of offsets) callEverything(snapshot, uri, offset);
  return snapshot.diagnostics(uri).map(({ code, message }) => `${code}: ${message}`);
}

const configMap = (data: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n${data}`;

describe('text that is not well-formed', () => {
  it('marks a tab used as indentation, and says so', () => {
    expect(survive(configMap('\tcolor: blue\n'))).toEqual([expect.stringMatching(/^tab-indentation: A tab /)]);
  });

  it('marks a quote that is never closed where it opens, and keeps the next document apart', () => {
    checkDiagnostics(`${configMap('  color: "blue\n#        ^^^^^ error unclosed-value\n  size: large\n')}---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selecter: {}
# ^^^^^^^^ error unknown-field
  ports:
    - port: 80
`);
  });

  it.each([
    ['a half-typed key', configMap('  co')],
    ['a half-typed item', configMap('  color: blue\n  -')],
    ['a lone colon', configMap('  : x\n')],
    ['a lone dash', '-'],
    ['an open bracket', configMap('  color: [')],
    ['an open brace', configMap('  color: { a: ')],
    ['an anchor without a value', configMap('  color: &')],
    ['an alias without a name', configMap('  color: *')],
    ['an alias without an anchor', configMap('  color: *nowhere\n')],
    ['a tag without a name', configMap('  color: !<')],
    ['a block scalar without text', configMap('  color: |')],
    ['a block scalar with nonsense behind it', configMap('  color: |x\n    y\n')],
    ['a directive without a document', '%YAML 1.2\n'],
    ['an unknown directive', `%FOO bar\n---\n${configMap('  color: blue\n')}`],
    ['a second document on the marker line', `--- apiVersion: v1\nkind: ConfigMap\n`],
    ['a question mark', configMap('  ?\n  ? a\n  : b\n')],
    ['lone carriage returns', configMap('  color: blue\n').replaceAll('\n', '\r')],
    ['a lone surrogate', configMap('  color: \uD83D\n')],
  ])('answers every feature at every offset: %s', (_, text) => {
    expect(() =>
      survive(
        text,
        Array.from({ length: text.length + 1 }, (__, i) => i),
      ),
    ).not.toThrow();
  });

  it('answers on random bytes', () => {
    const bytes = fc.array(
      fc.oneof(fc.constantFrom('\0', '\t', '\n', ':', '-', '{', '"', '&', '*', '|', '\u0001', '\uFFFD'), fc.string()),
    );
    fc.assert(
      fc.property(bytes, (parts) => void survive(parts.join(''))),
      { seed: 1, numRuns: 100 },
    );
  });

  it('is silent on a binary file, even on one that begins like a manifest', () => {
    expect(survive('\u0000\u0001\uFFFDPNG\r\n\u001A\n')).toEqual([]);
    expect(survive('PK\u0003\u0004\u0014\n\uFFFD\uFFFD:\u0008')).toEqual([]);
    expect(survive(`${configMap('')}\0`)).toEqual(['yaml-syntax: This is not a text file.']);
  });
});

describe('hostile documents', () => {
  it('comes to an end on an alias bomb', () => {
    let bomb = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: &l0 { name: x }\nspec:\n';
    for (let i = 1; i < 30; i++)
      bomb += `  k${i}: &l${i} [${Array.from({ length: 9 }, () => `*l${i - 1}`).join(', ')}]\n`;
    bomb += '  template: { spec: { containers: *l29, volumes: *l29 } }\n';
    expect(survive(bomb).length).toBeGreaterThan(0);
  });

  it('comes to an end on merge keys that double', () => {
    let text = `${configMap('')}  a0: &a0 { x: y }\n`;
    for (let i = 1; i < 40; i++) text += `  a${i}: &a${i} { <<: [*a${i - 1}, *a${i - 1}] }\n`;
    expect(() => survive(text)).not.toThrow();
  });

  it.each([
    ['a list in itself', configMap('  list: &a [*a]\n')],
    ['a map in itself', configMap('  map: &a { b: *a }\n')],
    ['a merge of itself', configMap('  map: &a { <<: *a }\n')],
    ['the whole document in itself', '&root\napiVersion: v1\nkind: List\nitems:\n  - *root\n'],
    ['labels in themselves', 'apiVersion: v1\nkind: Pod\nmetadata: &m { name: a, labels: *m }\nspec: *m\n'],
    ['two aliases of each other', configMap('  a: &a [*b]\n  b: &b [*a]\n')],
  ])('answers every feature on %s', (_, text) => {
    expect(() =>
      survive(
        text,
        Array.from({ length: text.length + 1 }, (__, i) => i),
      ),
    ).not.toThrow();
  });

  it.each([
    ['flow lists', '['.repeat(10_000)],
    ['closed flow lists', '['.repeat(10_000) + ']'.repeat(10_000)],
    ['flow maps', '{ a: '.repeat(10_000)],
    ['items of items', `\n    ${'- '.repeat(10_000)}x`],
  ])('says that 10,000 levels are too deep: %s', (_, deep) => {
    expect(survive(configMap(`  color: ${deep}\n`))).toEqual([
      'yaml-syntax: This document is nested too deeply to be analysed.',
    ]);
  });

  it('says that a document of 10 MB is too large, and reads the next one', () => {
    const text = `${configMap(`  blob: |\n${`    ${'x'.repeat(95)}\n`.repeat(100_000)}`)}---\n${configMap('  on: yes\n')}`;
    expect(text.length).toBeGreaterThan(10_000_000);
    const found = survive(text);
    expect(found).toHaveLength(2);
    expect(found[0]).toBe('yaml-syntax: This document is too large to be analysed.');
    expect(found[1]).toMatch(/^wrong-type: "on" must be a string/);
  });

  it('reads a file of 10 MB that is made of many documents', () => {
    const line = `    ${'x'.repeat(95)}\n`;
    const text = Array.from(
      { length: 10 },
      (_, i) => `---\n${configMap(`  blob: |\n${line.repeat(10_000)}`).replace('settings', `settings-${i}`)}`,
    ).join('');
    expect(snapshotOf(text).resourceCount()).toBe(10);
    expect(survive(text)).toEqual([]);
  });
});

describe('unusual but legal', () => {
  const pod = (labels: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: web
  labels: ${labels}
spec:
  containers:
    - name: web
      image: nginx:1.27
`;

  it('reads labels through merge keys and anchors', () => {
    const text = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels: &labels
    app: web
spec:
  selector:
    matchLabels: *labels
  template:
    metadata:
      labels:
        <<: *labels
        tier: front
    spec:
      containers:
        - name: web
          image: nginx:1.27
`;
    expect(survive(text)).toEqual([]);
    expect(survive(text.replace('<<: *labels', 'app: wep'))).toEqual([expect.stringMatching(/^selector-mismatch: /)]);
  });

  it.each([
    ['a BOM', `\uFEFF${pod('{ app: web }')}`],
    ['a BOM and a marker', `\uFEFF---\n${pod('{ app: web }')}`],
    ['a BOM and a directive', `\uFEFF%YAML 1.2\n---\n${pod('{ app: web }')}`],
    ['a directive', `%YAML 1.1\n---\n${pod('{ app: web }')}`],
    ['a directive below a comment', `# head\n%YAML 1.2\n---\n${pod('{ app: web }')}`],
    ['CRLF', pod('{ app: web }').replaceAll('\n', '\r\n')],
    ['no line break at the end', pod('{ app: web }').trimEnd()],
    ['only markers around it', `---\n---\n${pod('{ app: web }')}---\n...\n---\n`],
    ['an emoji in a comment', `# 🚀 up\n${pod('{ app: web } # 🚀')}`],
  ])('finds the one resource and nothing wrong with it: %s', (_, text) => {
    expect(survive(text)).toEqual([]);
    expect(snapshotOf(text).resourceCount()).toBe(1);
    const hover = snapshotOf(text).hover(uri, text.indexOf('Pod') + 1);
    expect(hover && text.slice(hover.span.start, hover.span.end)).toBe('Pod');
  });

  it.each([
    ['CRLF', '\r\n', ''],
    ['emoji', '\n', '  smile: 😀😀\n'],
    ['BOM', '\n', ''],
  ])('marks the right characters: %s', (name, newline, before) => {
    const text = `${name === 'BOM' ? '\uFEFF' : ''}${configMap(`${before}  debug: yes\n`).replaceAll('\n', newline)}`;
    const spans = snapshotOf(text)
      .diagnostics(uri)
      .map(({ span }) => text.slice(span.start, span.end));
    expect(spans).toEqual(['yes']);
  });

  it.each([
    ['nothing', ''],
    ['a line break', '\n'],
    ['only markers', '---\n---\n---\n'],
    ['only a comment', '# later\n'],
  ])('says nothing of %s, and offers to begin', (_, text) => {
    expect(survive(text)).toEqual([]);
    expect(
      snapshotOf(text)
        .completion(uri, text.length)
        .map((item) => item.label),
    ).toEqual(expect.arrayContaining(['apiVersion', 'Deployment']));
  });

  it('takes the last of two equal anchors', () => {
    const text = `${configMap('  a: &x one\n  b: &x two\n  c: *x\n')}`;
    expect(survive(text)).toEqual([]);
  });

  it('does not stumble over keys that are no scalars', () => {
    expect(() => survive(configMap('  ? [a, b]\n  : c\n  { d: e }: f\n  ? |\n    long\n  : g\n'))).not.toThrow();
  });

  it('judges the items of a List, each as a resource', () => {
    checkDiagnostics(`apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: ConfigMap
    metadata:
      name: settings
    data:
      debug: yes
#            ^^^ error wrong-type
  - apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: nginx:1.27
          envFrom:
            - configMapRef:
                name: setings
#                     ^^^^^^^ warning unresolved-configmap
`);
  });
});

describe('two documents with the same text in one file', () => {
  const twice = `${configMap('  debug: yes\n')}---\n${configMap('  debug: yes\n')}---\n${configMap('  debug: yes\n')}`;

  it('marks each of them', () => {
    const spans = snapshotOf(twice)
      .diagnostics(uri)
      .filter(({ code }) => code === 'wrong-type')
      .map(({ span }) => span.start);
    expect(spans).toEqual([...twice.matchAll(/yes/g)].map((match) => match.index));
  });

  it('keeps them apart when one of them changes, goes or comes', () => {
    const engine = new Engine({ model: realModel() });
    const texts = [
      twice,
      twice.replace('yes', '"yes"'),
      twice.slice(twice.indexOf('---')),
      `${twice}---\n${configMap('  debug: yes\n')}`,
      twice,
    ];
    for (const text of texts) {
      engine.apply([{ type: 'edit', uri, text }]);
      const spans = engine
        .snapshot()
        .diagnostics(uri)
        .filter(({ code }) => code === 'wrong-type')
        .map(({ span }) => span.start);
      expect(spans).toEqual([...text.matchAll(/(?<=debug: )yes/g)].map((match) => match.index));
      expect(engine.snapshot().resourceCount()).toBe((text.match(/^kind:/gm) ?? []).length);
    }
  });

  it('leads to all of them', () => {
    const fixture = parseFixture(`# file: a.yaml
${configMap('  color: blue\n')}---
${configMap('  color: blue\n')}# file: pod.yaml
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
            name: $0settings
`);
    const { snapshot } = open(fixture);
    expect(placesOf(snapshot, snapshot.definition(fixture.cursor?.uri ?? '', fixture.cursor?.offset ?? 0))).toEqual([
      'a.yaml:4 settings',
      'a.yaml:11 settings',
    ]);
  });
});
