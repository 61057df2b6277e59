import { describe, expect, it } from 'vitest';
import { Workspace } from '../../src/graph/workspace.ts';

const namespace = (name: string): string => `apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ${name}\n`;
const settings = (value: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  a: "${value}"\n`;

describe('what the index keeps of its answers', () => {
  it('knows whether a name is near to another as names come, change and go', () => {
    const workspace = new Workspace();
    const isNear = (): boolean => workspace.index.hasNearName('namespace', 'shop-de', undefined, undefined);
    workspace.update('a.yaml', namespace('billing'), true);
    expect(isNear()).toBe(false);
    workspace.update('b.yaml', namespace('shop-dev'), true);
    expect(isNear()).toBe(true);
    workspace.update('b.yaml', namespace('shop-production'), true);
    expect(isNear()).toBe(false);
    workspace.update('b.yaml', namespace('shop-dev'), true);
    expect(isNear()).toBe(true);
    workspace.update('b.yaml', '', true);
    expect(isNear()).toBe(false);
  });

  it('gives the objects of a name by place, also once one more comes in between', () => {
    const workspace = new Workspace();
    const values = (): readonly string[] =>
      workspace.index.definitions('configmap', 'settings', undefined).map(({ facts }) => facts.document.uri);
    workspace.update('c.yaml', settings('1'), true);
    workspace.update('a.yaml', settings('2'), true);
    expect(values()).toEqual(['a.yaml', 'c.yaml']);
    workspace.update('b.yaml', settings('3'), true);
    expect(values()).toEqual(['a.yaml', 'b.yaml', 'c.yaml']);
    workspace.update('a.yaml', '', true);
    expect(values()).toEqual(['b.yaml', 'c.yaml']);
  });
});
