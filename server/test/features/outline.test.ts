import { describe, expect, it } from 'vitest';
import type { OutlineSymbol } from '../../src/engine.ts';
import { atCursor, open, parseFixture } from '../fixture.ts';

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  template:
    spec:
      containers:
        - name: api
          image: api:1
          ports:
            - name: http
              containerPort: 8080
            - containerPort: 9090
          env:
            - name: MODE
              value: fast
        - image: log:1
          name: log
      volumes:
        - name: cache
          emptyDir: {}
`;

const settings = `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  mode: fast
  app.conf: |
    # one
    # two
    a = b
`;

/** One line a symbol, indented: sort, name and detail, and the lines that it takes. */
function outlineOf(text: string): string[] {
  const { snapshot } = open(parseFixture(text));
  const uri = snapshot.files()[0] ?? '';
  const content = snapshot.text(uri) ?? '';
  const lines = ({ start, end }: { start: number; end: number }): string =>
    `${content.slice(0, start).split('\n').length}-${content.slice(0, end).trimEnd().split('\n').length}`;
  const show = (symbols: readonly OutlineSymbol[], indent: string): string[] =>
    symbols.flatMap(({ sort, name, detail, span, nameSpan, children }) => {
      expect(nameSpan.start >= span.start && nameSpan.end <= span.end).toBe(true);
      const own = `${indent}${sort} ${name}${detail === '' ? '' : ` (${detail})`} ${lines(span)}`;
      return [own, ...show(children, `${indent}  `)];
    });
  return show(snapshot.outline(uri), '');
}

describe('outline', () => {
  it('resources, their containers with ports, volumes and keys', () =>
    expect(outlineOf(`${deployment}---\n${settings}`)).toEqual([
      'resource Deployment/web (shop) 1-23',
      '  container api 10-18',
      '    port http (8080) 13-14',
      '    port 9090 15-15',
      '  container log 19-20',
      '  volume cache 22-23',
      'resource ConfigMap/settings 25-34',
      '  key mode 30-30',
      '  key app.conf 31-34',
    ]));

  it('the items of a List stand in it', () =>
    expect(
      outlineOf(
        'apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Secret\n    metadata:\n      name: s\n    stringData: { a: b }\n',
      ),
    ).toEqual(['resource List 1-8', '  resource Secret/s 4-8', '    key a 8-8']));

  it('what has no name goes by its kind, and what is no manifest is left out', () => {
    expect(outlineOf('apiVersion: v1\nkind: Service\n')).toEqual(['resource Service 1-2']);
    expect(outlineOf('services:\n  web:\n    image: nginx\n')).toEqual([]);
  });

  it('a number that stands before the name', () =>
    expect(
      outlineOf(
        'apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  ports:\n    - port: 80\n      name: http\n',
      ),
    ).toEqual(['resource Service/web 1-7', '  port http (80) 6-7']));
});

describe('workspace symbols', () => {
  const found = (query: string): string[] => {
    const { snapshot } = open(parseFixture(`# file: a.yaml\n${deployment}# file: b.yaml\n${settings}`));
    return snapshot.workspaceSymbols(query).map(({ name, container, location: { uri, span } }) => {
      const text = snapshot.text(uri)?.slice(span.start, span.end);
      return `${name} < ${container}: ${text}`;
    });
  };

  it('by name, best first', () => expect(found('web')).toEqual(['Deployment/web < shop: web']));
  it('by kind and name', () => expect(found('depl web')).toEqual(['Deployment/web < shop: web']));
  it('parts by their names, with what they are a part of', () => {
    expect(found('mode')).toEqual(['mode < ConfigMap/settings: mode']);
    expect(found('HTTP')).toEqual(['http < Deployment/web: http']);
    expect(found('8080')).toEqual([]);
  });
  it('the whole name before scattered letters', () =>
    expect(found('api')).toEqual(['api < Deployment/web: api', 'ConfigMap/settings < : settings']));
  it('all resources without a query', () =>
    expect(found('')).toEqual(['Deployment/web < shop: web', 'ConfigMap/settings < : settings']));
});

describe('folding', () => {
  /** `first-last` of each fold, with `#` for comments. */
  const foldsOf = (text: string): string[] => {
    const { snapshot } = open(parseFixture(text));
    const uri = snapshot.files()[0] ?? '';
    const line = (offset: number): number => (snapshot.text(uri) ?? '').slice(0, offset).split('\n').length;
    return snapshot
      .folds(uri)
      .map(({ span, isComment }) => `${line(span.start)}-${line(span.end)}${isComment ? '#' : ''}`);
  };

  it('resources, fields and items, each from its first line to its last', () =>
    expect(foldsOf(deployment)).toEqual([
      ...['1-23', '3-5', '6-23', '7-23', '8-23', '9-20', '10-18', '12-15'],
      ...['13-14', '16-18', '17-18', '19-20', '21-23', '22-23'],
    ]));
  it('lists that are not indented, block scalars, comments', () => {
    expect(foldsOf('a:\n- b: 1\n  c: 2\n- d\n')).toEqual(['1-4', '2-3']);
    expect(foldsOf(`# one\n# two\n${settings}`)).toEqual(['1-2#', '3-12', '5-6', '7-12', '9-12', '10-11#']);
  });
  it('templates by their indentation', () =>
    expect(foldsOf('{{- if .Values.on }}\nspec:\n  ports:\n    - port: 80\n      name: a\n{{- end }}\n')).toEqual([
      '2-5',
      '3-5',
      '4-5',
    ]));
});

describe('selection ranges', () => {
  const grown = (text: string): string[] => {
    const { snapshot, uri, offset } = atCursor(text);
    return snapshot.selectionRanges(uri, offset).map(({ start, end }) => snapshot.text(uri)?.slice(start, end) ?? '');
  };

  it('from a value to its field, item, list, resource and file', () => {
    const text = 'kind: Pod\nspec:\n  containers:\n    - name: a$0pi\n      image: b\n    - name: log\n';
    const whole = text.replace('$0', '');
    const list = '- name: api\n      image: b\n    - name: log';
    expect(grown(`${text}---\nkind: Other\n`).map((part) => part.trimEnd())).toEqual([
      'api',
      'name: api',
      'name: api\n      image: b',
      '- name: api\n      image: b',
      list,
      `containers:\n    ${list}`,
      `spec:\n  containers:\n    ${list}`,
      whole.trimEnd(),
      `${whole}---\nkind: Other`,
    ]);
  });
  it('from a key', () => expect(grown('kind: Pod\nsp$0ec: {}\n')[0]).toBe('spec'));
  it('in what is no YAML', () => expect(grown('a: [$0\n').at(-1)).toBe('a: [\n'));
});

describe('document links', () => {
  it('lead from the paths of a kustomization to its files and to other kustomizations', () => {
    const { snapshot } = open(
      parseFixture(
        `# file: app/kustomization.yaml\nresources:\n  - web.yaml\n  - ../base\n  - missing.yaml\n  - https://example.com/a.yaml\n# file: app/web.yaml\n${settings}# file: base/kustomization.yaml\nresources: []\n`,
      ),
    );
    const uri = 'file:///w/app/kustomization.yaml';
    const links = snapshot.documentLinks(uri).map(({ span, target }) => {
      return `${snapshot.text(uri)?.slice(span.start, span.end)} → ${target.slice('file:///w/'.length)}`;
    });
    expect(links).toEqual(['web.yaml → app/web.yaml', '../base → base/kustomization.yaml']);
  });

  it('are none in a manifest', () => {
    const { snapshot } = open(parseFixture(deployment));
    expect(snapshot.documentLinks(snapshot.files()[0] ?? '')).toEqual([]);
  });
});
