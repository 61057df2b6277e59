import type { Change } from './change.ts';

const fields = {
  'kubernetes.io/hostname': 'nodeName',
  'topology.kubernetes.io/zone': 'zone',
} as const;

/** discovery.k8s.io/v1beta1 → v1: what topology said of node and zone has fields of its own. */
export const endpointSlice: Change = ({ resource }) => {
  for (const endpoint of resource.maps('endpoints')) {
    const topology = endpoint.map('topology');
    if (!topology) continue;
    for (const [key, field] of Object.entries(fields)) {
      const entry = topology.remove(key);
      if (entry && !endpoint.has(field)) endpoint.add(entry, field);
    }
    if (topology.entries.length === 0) endpoint.remove('topology');
    else endpoint.rename('topology', 'deprecatedTopology');
  }
};
