import type { Value } from '../../syntax/value.ts';

/** A Service's type, ClusterIP where none is written; undefined for a placeholder. */
export function serviceType(spec: Value): string | undefined {
  const type = spec.get('type');
  return type.absent || type.text === '' ? 'ClusterIP' : type.text;
}

/** Whether a Service has no address of its own (isHeadlessService). */
export function isHeadless(spec: Value): boolean {
  const ip = spec.get('clusterIP');
  return (ip.text || spec.get('clusterIPs').item(0).text) === 'None';
}
