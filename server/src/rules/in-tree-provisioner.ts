import type { DraftMap } from '../syntax/draft.ts';
import { Restructured } from '../syntax/restructure.ts';
import { type InTreePlugin, inTreePlugins } from '../tables/in-tree-storage.ts';
import { inTreeFate } from './in-tree-volume.ts';
import type { DraftFix, SchemaRule, SchemaVisit } from './rule.ts';

export const inTreeProvisioner: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['StorageClass'],
  id: 'in-tree-provisioner',
  severity: 'hint',
  title: 'The provisioner has left Kubernetes',
  why: 'The provisioners named kubernetes.io/… moved out of Kubernetes into CSI drivers. For some of them the driver stands in, where it runs on the cluster; of the others nobody makes volumes any more, and claims stay pending.',
  remedy:
    'Name the CSI driver, and its parameters. What a StorageClass says can not be changed on the cluster: it has to be made anew.',
  bad: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: kubernetes.io/aws-ebs
#            ^^^^^^^^^^^^^^^^^^^^^ hint in-tree-provisioner
parameters:
  type: gp2
  zone: eu-west-1a
`,
  good: `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: ebs.csi.aws.com
parameters:
  type: gp2
allowedTopologies:
  - matchLabelExpressions:
      - key: topology.ebs.csi.aws.com/zone
        values:
          - eu-west-1a
`,
  visit(visit, report) {
    const provisioner = visit.value.get('provisioner');
    const plugin = inTreePlugins.find((one) => one.provisioner !== undefined && one.provisioner === provisioner.text);
    const said = plugin && inTreeFate(plugin, visit.model.release);
    if (!plugin || !said) return;
    report({
      span: provisioner.span,
      severity: said.gone ? 'warning' : 'hint',
      tags: ['deprecated'],
      message: `${plugin.provisioner ?? ''} ${said.text.replace('nothing is mounted', 'no volumes are made')}`,
      fixes: () => fixes(visit, plugin),
    });
  },
};

/** The parameters that a driver takes under the same name, those that it calls otherwise, and the key of its zones. */
interface Parameters {
  readonly same: readonly string[];
  readonly renamed: Readonly<Record<string, string>>;
  readonly zone?: string;
}

const fsType = { fsType: 'csi.storage.k8s.io/fstype', fstype: 'csi.storage.k8s.io/fstype' };
const parameters: Readonly<Record<string, Parameters>> = {
  awsElasticBlockStore: {
    same: ['type', 'iopsPerGB', 'encrypted', 'kmsKeyId'],
    renamed: fsType,
    zone: 'topology.ebs.csi.aws.com/zone',
  },
  gcePersistentDisk: { same: ['type', 'replication-type'], renamed: fsType, zone: 'topology.gke.io/zone' },
  azureDisk: {
    same: ['skuName', 'location', 'cachingMode', 'resourceGroup'],
    renamed: { ...fsType, storageaccounttype: 'skuName', storageAccountType: 'skuName', cachingmode: 'cachingMode' },
  },
  azureFile: { same: ['skuName', 'location', 'storageAccount', 'resourceGroup'], renamed: {} },
  cinder: { same: ['type', 'availability'], renamed: fsType },
};

function fixes(visit: SchemaVisit, plugin: InTreePlugin): readonly DraftFix[] {
  const { document, facts } = visit;
  const draft = Restructured.of(document.text, document.tree);
  const map = draft?.at([...facts.resource.path, ...visit.path]);
  const known = parameters[plugin.field];
  if (!draft || !map || plugin.driver === undefined || !known) return [];
  map.set('provisioner', plugin.driver);
  // What the driver has no word for is the author's to decide.
  if (!rewrite(map, known)) return [];
  const edits = draft.edits();
  // The API server refuses to change the class that is there.
  return edits
    ? [
        {
          title: `Use the CSI driver ${plugin.driver}`,
          preferred: false,
          edits: edits.map((edit) => ({ document, ...edit })),
        },
      ]
    : [];
}

/** False where a parameter has no counterpart. */
function rewrite(map: DraftMap, { same, renamed, zone }: Parameters): boolean {
  const own = map.map('parameters');
  if (!own) return true;
  const zones: string[] = [];
  for (const name of own.entries.map((entry) => entry.name)) {
    const to = renamed[name];
    if (same.includes(name)) continue;
    if (to !== undefined) own.rename(name, to);
    else if ((name === 'zone' || name === 'zones') && zone !== undefined && !map.has('allowedTopologies')) {
      zones.push(...(own.text(name) ?? '').split(',').map((one) => one.trim()));
      own.remove(name);
    } else return false;
  }
  if (own.entries.length === 0) map.remove('parameters');
  if (zones.length > 0)
    map.set('allowedTopologies', [{ matchLabelExpressions: [{ key: zone ?? '', values: zones }] }], {
      after: ['parameters', 'provisioner'],
    });
  return true;
}
