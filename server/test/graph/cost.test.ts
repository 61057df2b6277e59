import { describe, expect, it, vi } from 'vitest';
import { Document } from '../../src/graph/document.ts';
import { Workspace } from '../../src/graph/workspace.ts';

// What a key costs, counted in documents that are read anew.

const configMap = (i: number): string => `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings-${i}
data:
  COLOR: red
`;
const text = Array.from({ length: 50 }, (_, i) => configMap(i)).join('---\n');
const uri = 'all.yaml';

describe('a key in a file of many documents', () => {
  it('has one document read anew, and moves those behind it', () => {
    const workspace = new Workspace();
    workspace.update(uri, text, true);
    const before = [...(workspace.file(uri)?.documents ?? [])];
    const edited = text.replace('name: settings-25\n', 'name: settings-25x\n');
    const touched = workspace.update(uri, edited, true);
    const now = workspace.file(uri)?.documents ?? [];
    expect(touched.documents).toEqual([now[25]]);
    expect(touched.gone).toEqual([before[25]]);
    expect(now.filter((document, i) => document !== before[i])).toEqual([now[25]]);
    expect(now.map((document) => edited.slice(document.start, document.end))).toEqual(now.map((one) => one.text));
  });
});

describe('a document that gave its tree back', () => {
  it('says without reading it anew that it has no patches', () => {
    const document = new Document(uri, configMap(0), 0, undefined);
    document.dropTree();
    const read = vi.spyOn(document, 'parsed', 'get');
    expect(document.patches).toEqual([]);
    expect(read).not.toHaveBeenCalled();
  });
});
