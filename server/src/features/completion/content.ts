import type { Content } from '../../syntax/edit.ts';
import { type Node, resolveAlias } from '../../syntax/tree.ts';

/** A tree as YAML to be written elsewhere: scalars keep the text that they have in `source`. */
export function contentOf(node: Node | undefined, source: string): Content {
  const here = resolveAlias(node);
  switch (here?.type) {
    case 'map':
      return Object.fromEntries(here.pairs.map(({ key, value }) => [key.value, contentOf(value, source)]));
    case 'list':
      return here.items.map((item) => contentOf(item, source));
    case 'scalar':
      return source.slice(here.start, here.end);
    default:
      return '';
  }
}
