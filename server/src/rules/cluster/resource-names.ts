const compute = ['cpu', 'memory', 'ephemeral-storage'];

const counted = new Set([
  'pods',
  'resourcequotas',
  'services',
  'replicationcontrollers',
  'secrets',
  'configmaps',
  'persistentvolumeclaims',
  'services.nodeports',
  'services.loadbalancers',
]);

const quota = new Set([
  ...compute,
  ...[...compute, 'storage'].map((name) => `requests.${name}`),
  ...compute.map((name) => `limits.${name}`),
  ...counted,
]);

/** The resources without a domain that a quota can have (IsStandardQuotaResourceName). */
export const isQuotaResource = (name: string): boolean => quota.has(name) || /^(?:requests\.)?hugepages-/.test(name);

/** The resources without a domain that containers can ask for (IsStandardContainerResourceName). */
export const isContainerResource = (name: string): boolean => compute.includes(name) || name.startsWith('hugepages-');

/** The resources without a domain that anything has (IsStandardResourceName). */
export const isResource = (name: string): boolean =>
  quota.has(name) || name === 'storage' || name === 'quota' || isQuotaResource(name);

/** Resources that come in whole numbers: objects, and what has a domain of its own (IsIntegerResourceName). */
export const isWhole = (name: string): boolean =>
  counted.has(name) || (name.includes('/') && !name.includes('kubernetes.io/') && !name.startsWith('requests.'));

/** Resources of which limits can't be above requests (not IsOvercommitAllowed). */
export const isNeverOvercommitted = (name: string): boolean =>
  name.startsWith('hugepages-') ||
  (name.includes('/') && !name.includes('kubernetes.io/') && !name.startsWith('requests.'));
