import type { SymbolId } from '../tables/row-types.ts';
import { customExamples } from './unresolved-examples-custom.ts';
import { ecosystemExamples } from './unresolved-examples-ecosystem.ts';
import { kustomizeExamples } from './unresolved-examples-kustomize.ts';
import { membersExamples } from './unresolved-examples-members.ts';
import { objectsExamples } from './unresolved-examples-objects.ts';
import type { Example } from './unresolved-examples-text.ts';

/** A bad and a good fixture for each symbol's rule; symbols that only silent rows lead to have none. */
export const examples: Readonly<Partial<Record<SymbolId, Example>>> = {
  ...customExamples,
  ...objectsExamples,
  ...membersExamples,
  ...ecosystemExamples,
  ...kustomizeExamples,
};
