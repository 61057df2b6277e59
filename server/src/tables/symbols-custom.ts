import type { MemberSymbol, ResourceSymbol, SymbolId } from './row-types.ts';

export type CustomId = Extract<SymbolId, 'custom-kind' | 'custom-version' | 'custom-resource'>;

const definitions = ['CustomResourceDefinition.apiextensions.k8s.io'];

/** What is known by a name that a CustomResourceDefinition gives it can't get another one from its users. */
const fixed =
  'Controllers, and the objects on clusters, know the kind by this name: another one is a kind of its own. Change the CustomResourceDefinition by hand.';

/** What CustomResourceDefinitions bring to the API. */
export const customSymbols: Readonly<Record<CustomId, ResourceSymbol | MemberSymbol>> = {
  'custom-kind': {
    of: 'cluster',
    noun: 'kind',
    article: 'a',
    kinds: [],
    madeBy: [{ kinds: definitions, name: 'spec.names.kind', members: 'listed' }],
    evidence: 'near-miss',
    fixed,
    consequence: 'There are no objects of such a kind.',
    remedy: 'Correct the kind, or add its CustomResourceDefinition.',
  },
  'custom-version': {
    of: 'custom-kind',
    noun: 'served version',
    article: 'a',
    at: [
      {
        kinds: definitions,
        path: 'spec.versions[].name',
        under: '../../group',
        unless: { beside: 'served', is: 'false' },
      },
      { kinds: definitions, path: 'spec.version', under: 'group' },
    ],
    fixed:
      'Objects are stored in this version, and clients ask for it: a new one stands beside it in the CustomResourceDefinition until nobody needs the old one.',
    consequence: 'The API server answers "no matches for kind" and creates nothing.',
    remedy: 'Use a version that the CustomResourceDefinition serves, or add it there (`served: true`).',
  },
  'custom-resource': {
    of: 'cluster',
    noun: 'resource',
    article: 'a',
    kinds: [],
    madeBy: [{ kinds: definitions, name: 'spec.names.plural' }],
    evidence: 'near-miss',
    fixed,
    consequence: 'The rule is about nothing, and nothing reports that.',
    remedy: 'Use the plural that the CustomResourceDefinition gives its kind (`spec.names.plural`).',
  },
};
