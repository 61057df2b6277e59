import type { Resource } from '../model/facts.ts';
import { nodeAt } from '../syntax/tree.ts';
import { Value } from '../syntax/value.ts';
import { documentOf } from './document.ts';
import type { Index } from './index.ts';

/**
 * Whether a webhook of the workspace may change a resource before its schema is asked: one for its API group, or one
 * that gets its rules from its controller.
 */
export function mayBeDefaulted(index: Index, { group }: Pick<Resource, 'group'>): boolean {
  return index
    .objects('object', undefined)
    .filter(({ facts: { resource } }) => resource.kind === 'MutatingWebhookConfiguration')
    .some(({ facts: { document, resource } }) =>
      documentOf(document).withTree((root) =>
        new Value(nodeAt(root, resource.path)).get('webhooks').items.some((webhook) => {
          const rules = webhook.get('rules').items;
          const groups = rules.flatMap((rule) => rule.get('apiGroups').items.map(({ text }) => text));
          return rules.length === 0 || groups.includes(group) || groups.includes('*');
        }),
      ),
    );
}
