import { type Release, releaseName } from '../base/release.ts';
import type { DraftMap } from '../syntax/draft.ts';
import { appended, type Content } from '../syntax/edit.ts';
import { isPlaceholder } from '../syntax/placeholder.ts';
import { Restructured } from '../syntax/restructure.ts';
import { type InTreePlugin, inTreePlugins } from '../tables/in-tree-storage.ts';
import type { DraftFix, SchemaRule, SchemaVisit } from './rule.ts';

export const inTreeVolume: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['Volume', 'PersistentVolumeSpec'],
  id: 'in-tree-volume',
  severity: 'hint',
  title: 'The volume plugin has left Kubernetes',
  why: 'The plugins of storage vendors moved out of Kubernetes into CSI drivers. Some of the old fields are passed on to the driver, which then has to run on the cluster; the others mount nothing any more: the pod stays in ContainerCreating.',
  remedy:
    'Use a PersistentVolume of the CSI driver, and a claim for it. For gitRepo, fetch the repository in an init container into an emptyDir.',
  bad: `apiVersion: v1
kind: PersistentVolume
metadata:
  name: data
spec:
  capacity:
    storage: 10Gi
  accessModes:
    - ReadWriteOnce
  awsElasticBlockStore:
# ^^^^^^^^^^^^^^^^^^^^ hint in-tree-volume
    volumeID: vol-0123456789abcdef0
    fsType: ext4
`,
  good: `apiVersion: v1
kind: PersistentVolume
metadata:
  name: data
spec:
  capacity:
    storage: 10Gi
  accessModes:
    - ReadWriteOnce
  csi:
    driver: ebs.csi.aws.com
    volumeHandle: vol-0123456789abcdef0
    fsType: ext4
`,
  visit(visit, report) {
    const { node, schema, model } = visit;
    if (node?.type !== 'map' || schema.type !== 'object') return;
    for (const { key } of node.pairs) {
      const plugin = inTreePlugins.find(({ field }) => field === key.value);
      if (!plugin) continue;
      const said = inTreeFate(plugin, model.release);
      if (!said) continue;
      report({
        span: { start: key.start, end: key.end },
        severity: said.gone ? 'warning' : 'hint',
        tags: ['deprecated'],
        message: `${plugin.field} ${said.text}`,
        fixes: () => fixes(visit, plugin),
      });
    }
  },
};

/** What became of a plugin in a release; undefined while it does its work. */
export function inTreeFate(
  { driver, migrated, gone }: InTreePlugin,
  release: Release,
): { readonly gone: boolean; readonly text: string } | undefined {
  if (gone !== undefined && gone <= release) {
    const instead = driver === undefined ? '' : ` Use the CSI driver ${driver}.`;
    return {
      gone: true,
      text: `is no longer a part of Kubernetes since ${releaseName(gone)}: nothing is mounted.${instead}`,
    };
  }
  if (driver !== undefined && migrated !== undefined && migrated <= release)
    return {
      gone: false,
      text: `is the work of the CSI driver ${driver} since ${releaseName(migrated)}, which has to run on the cluster.`,
    };
  return undefined;
}

/** Which of the old fields names the volume to the driver; only those whose drivers take it as it is. */
const handles: Readonly<Record<string, string>> = {
  awsElasticBlockStore: 'volumeID',
  cinder: 'volumeID',
  azureDisk: 'diskURI',
};

function fixes(visit: SchemaVisit, plugin: InTreePlugin): readonly DraftFix[] {
  const { document, facts, schema } = visit;
  const draft = Restructured.of(document.text, document.tree);
  const map = draft?.at([...facts.resource.path, ...visit.path]);
  const source = map?.map(plugin.field);
  if (!draft || !map || !source || schema.type !== 'object') return [];
  const csi = csiSource(plugin, source);
  if (!csi) return [];
  if (schema.name === 'PersistentVolumeSpec') {
    map.rename(plugin.field, 'csi');
    map.set('csi', csi);
    return fix(`Use the CSI driver ${plugin.driver ?? ''}`);
  }
  // A pod reaches a disk of a driver by a claim only. How large it is, is known to nobody here.
  const volume = map.text('name') ?? '';
  const owner = facts.resource.name;
  if (volume === '' || owner === '' || isPlaceholder(volume) || isPlaceholder(owner) || facts.resource.path.length > 0)
    return [];
  const name = `${owner}-${volume}`;
  map.rename(plugin.field, 'persistentVolumeClaim');
  map.set('persistentVolumeClaim', { claimName: name });
  return fix(`Move to a PersistentVolume of the CSI driver ${plugin.driver ?? ''} (set its size)`, [
    persistentVolume(name, csi),
    claim(name, facts.resource.namespace),
  ]);

  function fix(title: string, documents: readonly Content[] = []): readonly DraftFix[] {
    const edits = draft?.edits();
    if (!edits) return [];
    const added = documents.map((content) => ({ document, ...appended(document, content) }));
    // What a volume is made of can't be changed once it is there.
    return [{ title, preferred: false, edits: [...edits.map((edit) => ({ document, ...edit })), ...joined(added)] }];
  }
}

/** Several insertions at one place as one. */
function joined<T extends { readonly newText: string }>(edits: readonly T[]): readonly T[] {
  const [first] = edits;
  return first ? [{ ...first, newText: edits.map(({ newText }) => newText).join('') }] : [];
}

function csiSource({ field, driver }: InTreePlugin, source: DraftMap): Content | undefined {
  const id = source.text(handles[field] ?? '');
  if (driver === undefined || id === undefined || id === '' || source.has('partition')) return undefined;
  const handle = id.replace(/^aws:\/\/[^/]*\//, '');
  const written = (key: string): Record<string, Content> => {
    const text = source.text(key);
    return text === undefined ? {} : { [key]: text };
  };
  return { driver, volumeHandle: handle, ...written('fsType'), ...written('readOnly') };
}

const persistentVolume = (name: string, csi: Content): Content => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name },
  spec: {
    capacity: { storage: '1Gi' },
    accessModes: ['ReadWriteOnce'],
    persistentVolumeReclaimPolicy: 'Retain',
    storageClassName: '""',
    csi,
  },
});

const claim = (name: string, namespace: string): Content => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, ...(namespace === '' ? {} : { namespace }) },
  spec: {
    accessModes: ['ReadWriteOnce'],
    storageClassName: '""',
    volumeName: name,
    resources: { requests: { storage: '1Gi' } },
  },
});
