import { describe, expect, it } from 'vitest';
import { Engine } from '../../src/engine.ts';
import { applyFix, checkDiagnostics, open, parseFixture } from '../fixture.ts';
import { realModel } from '../schema/real-model.ts';

const mount = (before: string, behind = '', name = 'cached') => `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      volumeMounts:
${before}        - name: ${name}${behind}
          mountPath: /cache
  volumes:
    - name: cache
      emptyDir: {}
`;

const codes = (text: string): string[] => {
  const { snapshot } = open(parseFixture(text));
  return snapshot.files().flatMap((uri) => snapshot.diagnostics(uri).map((diagnostic) => diagnostic.code));
};

describe('a comment', () => {
  it('suppresses on its own line', () => {
    expect(codes(mount('', ' # podwire-ignore: unresolved-volume'))).not.toContain('unresolved-volume');
  });

  it('suppresses on the line below, past other comments', () => {
    expect(
      codes(mount('        # podwire-ignore: unresolved-volume\n        # since it is made elsewhere\n')),
    ).not.toContain('unresolved-volume');
  });

  it('suppresses everything without a code', () => {
    expect(codes(mount('        # podwire-ignore\n'))).not.toContain('unresolved-volume');
  });

  it('says nothing of other codes, and is then unused itself', () => {
    expect(codes(mount('        # podwire-ignore: duplicate-key, unresolved-volume\n'))).toContain(
      'unused-suppression',
    );
    expect(codes(mount('        # podwire-ignore: duplicate-key\n'))).toEqual(
      expect.arrayContaining(['unused-suppression', 'unresolved-volume']),
    );
  });

  it('does not reach further than one line', () => {
    const text = mount(
      '        # podwire-ignore: unresolved-volume\n        - name: cache\n          mountPath: /first\n',
    );
    expect(codes(text)).toEqual(expect.arrayContaining(['unused-suppression', 'unresolved-volume']));
  });

  it('is unused where nothing is wrong', () => {
    checkDiagnostics(`apiVersion: v1
kind: ConfigMap
metadata:
  # podwire-ignore
# ^^^^^^^^^^^^^^^^ hint unused-suppression
  name: settings
`);
  });
});

describe('the annotation podwire.io/ignore', () => {
  const annotated = (value: string) =>
    mount('').replace('  name: web\n', `  name: web\n  annotations:\n    podwire.io/ignore: ${value}\n`);

  it('suppresses for the whole resource', () => {
    expect(codes(annotated('unresolved-volume, duplicate-key'))).not.toContain('unresolved-volume');
    expect(codes(annotated('"*"'))).not.toContain('unresolved-volume');
  });

  it('says nothing of other codes', () => {
    expect(codes(annotated('duplicate-key'))).toContain('unresolved-volume');
  });
});

describe('settings', () => {
  const pod = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
  imagePullSecrets:
    - name: registry-eu
`;
  const found = (settings: Parameters<Engine['configure']>[0]): string[] => {
    const engine = new Engine({ model: realModel() });
    engine.configure(settings);
    engine.apply([{ type: 'edit', uri: 'file:///w/a.yaml', text: pod }]);
    return engine
      .snapshot()
      .diagnostics('file:///w/a.yaml')
      .map((diagnostic) => `${diagnostic.severity} ${diagnostic.code}`);
  };

  it('know objects that are on the cluster', () => {
    expect(found({})).toEqual(['hint unresolved-secret']);
    expect(found({ externalResources: ['Secret/registry-*'] })).toEqual([]);
    expect(found({ externalResources: ['ConfigMap/*', 'Secret/other'] })).toEqual(['hint unresolved-secret']);
  });

  it('switch rules off, or give them another severity', () => {
    expect(found({ rules: { 'unresolved-secret': 'off' } })).toEqual([]);
    expect(found({ rules: { 'unresolved-secret': 'error' } })).toEqual(['error unresolved-secret']);
  });
});

describe('the quick fix', () => {
  it('puts a comment above the line, in its indentation', () => {
    expect(applyFix(mount('').replace('cached', 'cac$0hed'), 'Ignore unresolved-volume on this line')).toBe(
      mount('        # podwire-ignore: unresolved-volume\n'),
    );
  });

  it('adds its code to a comment that is there', () => {
    expect(
      applyFix(
        mount('        # podwire-ignore: duplicate-key\n', '', 'cac$0hed'),
        'Ignore unresolved-volume on this line',
      ),
    ).toBe(mount('        # podwire-ignore: duplicate-key, unresolved-volume\n'));
  });
});
