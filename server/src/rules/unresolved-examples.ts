import type { SymbolId } from '../tables/row-types.ts';
import { ecosystemExamples } from './unresolved-examples-ecosystem.ts';
import { kustomizeExamples } from './unresolved-examples-kustomize.ts';
import { membersExamples } from './unresolved-examples-members.ts';
import { objectsExamples } from './unresolved-examples-objects.ts';
import type { Example } from './unresolved-examples-text.ts';

/** A bad and a good fixture for each symbol's rule. */
export const examples: Readonly<Record<SymbolId, Example>> = {
  ...objectsExamples,
  ...membersExamples,
  ...ecosystemExamples,
  ...kustomizeExamples,
};
