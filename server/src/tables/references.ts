import { accessReferences } from './references-access.ts';
import { customReferences } from './references-custom.ts';
import { ecosystemReferences } from './references-ecosystem.ts';
import { kustomizeReferences } from './references-kustomize.ts';
import { meshReferences } from './references-mesh.ts';
import { networkReferences } from './references-network.ts';
import { podReferences } from './references-pod.ts';
import { selectorReferences } from './references-selectors.ts';
import { storageReferences } from './references-storage.ts';
import type { ReferenceRow } from './row-types.ts';

/**
 * What uses a name: one row is one way in which a resource finds another, and gives it completion, hover, definition,
 * references, highlight, rename, diagnostic and quick fix. See CONTRIBUTING.md for how to add one.
 */
export const references: readonly ReferenceRow[] = [
  ...podReferences,
  ...storageReferences,
  ...networkReferences,
  ...selectorReferences,
  ...accessReferences,
  ...ecosystemReferences,
  ...customReferences,
  ...meshReferences,
  ...kustomizeReferences,
];
