import { nearest } from '../../base/edit-distance.ts';
import { qualifiedName } from '../../kubernetes/forms.ts';
import type { Entry, Value } from '../../syntax/value.ts';
import type { SchemaRule } from '../rule.ts';
import { didYouMean } from '../wording.ts';

export const resourceName: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['ResourceRequirements', 'PodSpec', 'Overhead'],
  id: 'resource-name',
  severity: 'error',
  mirrors: ['core/validation validateContainerResourceName', 'core/validation validatePodResourceName'],
  title: 'There is no such resource',
  why: 'A container can ask for cpu, memory, ephemeral-storage, hugepages-… and for extended resources, which have a domain in front (nvidia.com/gpu). The API server refuses any other name.',
  remedy: 'Use one of these names.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      resources:
        requests:
          mem: 64Mi
#         ^^^ error resource-name
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: nginx:1.27
      resources:
        requests:
          memory: 64Mi
`,
  visit({ schema, value, path, document }, report) {
    const ofPod = path.at(-2) === 'spec';
    const lists: readonly Value[] =
      schema.type === 'object' && schema.name === 'PodSpec'
        ? [value.get('overhead')]
        : schema.type === 'object' && schema.name === 'Overhead'
          ? [value.get('podFixed')]
          : [value.get('limits'), value.get('requests')];
    for (const list of lists)
      for (const { name, key } of entriesOf(list)) {
        if (key.value.includes('{{') || key.value.includes('${')) continue;
        const fault = ofPod ? podFault(name) : containerFault(name);
        if (fault === undefined) continue;
        const near = nearest(name.toLowerCase(), standard, 4);
        const span = { start: key.start, end: key.end };
        report({
          span,
          message: `"${name}" is no resource of a ${ofPod ? 'pod' : 'container'}: ${fault}. The API server refuses it.${didYouMean(near)}`,
          fixes: () =>
            near
              .filter((one) => list.get(one).pair === undefined)
              .slice(0, 2)
              .map((newText) => ({
                title: `Change to "${newText}"`,
                preferred: near.length === 1,
                edits: [{ document, span, newText }],
              })),
        });
      }
  },
};

const standard = ['cpu', 'memory', 'ephemeral-storage'];

/** All pairs, those with nothing behind them included: their names are judged as well. */
const entriesOf = (list: Value): readonly Pick<Entry, 'name' | 'key'>[] =>
  list.map?.pairs.filter(({ key }) => key.value !== '<<').map(({ key }) => ({ name: key.value, key })) ?? [];

const isNative = (name: string): boolean => !name.includes('/') || name.includes('kubernetes.io/');

function containerFault(name: string): string | undefined {
  const fault = qualifiedName(name);
  if (fault !== undefined) return `it ${fault}`;
  if (!name.includes('/'))
    return standard.includes(name) || name.startsWith('hugepages-')
      ? undefined
      : 'without a domain it must be cpu, memory, ephemeral-storage or hugepages-…';
  if (isNative(name)) return undefined;
  // It has to be a valid name in a quota, too.
  return name.startsWith('requests.') || qualifiedName(`requests.${name}`) !== undefined
    ? 'it is no name of an extended resource'
    : undefined;
}

function podFault(name: string): string | undefined {
  const fault = qualifiedName(name);
  if (fault !== undefined) return `it ${fault}`;
  return name === 'cpu' || name === 'memory' || name.startsWith('hugepages-')
    ? undefined
    : 'a pod as a whole has only cpu, memory and hugepages-…';
}
