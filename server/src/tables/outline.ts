import type { SymbolId } from './row-types.ts';

/** As what a part of a resource stands in an outline. */
export type OutlineSort = 'container' | 'port' | 'volume' | 'key' | 'claim';

/** The parts of resources that an outline shows, and a search over the workspace finds. */
export const outlined: Partial<Readonly<Record<SymbolId, OutlineSort>>> = {
  container: 'container',
  'container-port': 'port',
  'service-port': 'port',
  'gateway-listener': 'port',
  volume: 'volume',
  'configmap-key': 'key',
  'secret-key': 'key',
  'pod-resource-claim': 'claim',
};
