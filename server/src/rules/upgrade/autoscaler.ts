import { DraftMap } from '../../syntax/draft.ts';
import type { Change } from './change.ts';

/** autoscaling/v1 → v2: the one metric that v1 knew is an entry of the list. */
export const autoscaler: Change = ({ resource, undecided }) => {
  const spec = resource.map('spec');
  if (!spec) return;
  // v1 kept the others as JSON in an annotation.
  if (resource.map('metadata', 'annotations')?.has('autoscaling.alpha.kubernetes.io/metrics')) undecided();
  const target = spec.remove('targetCPUUtilizationPercentage');
  if (!target) return;
  const { lead } = target;
  target.lead = [];
  const utilization = new DraftMap();
  utilization.set('type', 'Utilization');
  utilization.add(target, 'averageUtilization');
  const cpu = new DraftMap();
  cpu.set('name', 'cpu');
  cpu.set('target', utilization);
  const metric = new DraftMap();
  metric.set('type', 'Resource');
  metric.set('resource', cpu);
  spec.set('metrics', []);
  spec.list('metrics')?.push(metric);
  const entry = spec.entry('metrics');
  if (entry) entry.lead = lead;
};

/** autoscaling/v2beta1 → v2beta2 and v2: each source names its metric in a map, and has a target with a type. */
export const autoscalerMetrics: Change = ({ resource }) => {
  for (const metric of resource.map('spec')?.maps('metrics') ?? []) {
    for (const source of ['resource', 'containerResource']) {
      const map = metric.map(source);
      if (map) target(map, [['targetAverageUtilization', 'Utilization', 'averageUtilization'], average]);
    }
    const pods = metric.map('pods');
    if (pods) {
      named(pods, 'metricName', 'selector');
      target(pods, [average]);
    }
    const object = metric.map('object');
    if (object) {
      object.rename('target', 'describedObject');
      named(object, 'metricName', 'selector');
      target(object, [
        ['averageValue', 'AverageValue', 'averageValue'],
        ['targetValue', 'Value', 'value'],
      ]);
    }
    const external = metric.map('external');
    if (external) {
      named(external, 'metricName', 'metricSelector');
      target(external, [average, ['targetValue', 'Value', 'value']]);
    }
  }
};

type Target = readonly [old: string, type: string, field: string];
const average: Target = ['targetAverageValue', 'AverageValue', 'averageValue'];

function named(map: DraftMap, name: string, selector: string): void {
  const entry = map.remove(name);
  const by = map.remove(selector);
  if (!entry && !by) return;
  const metric = new DraftMap();
  if (entry) metric.add(entry, 'name');
  if (by) metric.add(by, 'selector');
  map.set('metric', metric, { first: true });
}

/** The first of the old fields that is there gives the target; an average comes before a total, as the server had it. */
function target(map: DraftMap, fields: readonly Target[]): void {
  const found = fields.find(([old]) => map.has(old));
  const entries = fields.map(([old]) => [old, map.remove(old)] as const);
  const entry = entries.find(([old]) => old === found?.[0])?.[1];
  if (!found || !entry) return;
  const result = new DraftMap();
  result.set('type', found[1]);
  result.add(entry, found[2]);
  map.set('target', result);
}
