import { parseYaml } from '../syntax/parse.ts';
import { type Node, nodeAt, type Path, resolveAlias, type ScalarNode, textAt } from '../syntax/tree.ts';
import { extractPatch } from './extract.ts';
import type { DocumentRef, Facts } from './facts.ts';
import type { TemplatesOf } from './pod-templates.ts';

/**
 * The facts of the strategic merge patches that are written out in a kustomization, as block scalars. Their spans count
 * from the kustomization's document, like all others; JSON patches say what they change only beside them.
 *
 * @param text what `root` was parsed from
 * @param templates where custom resources keep pod templates
 */
export function inlinePatches(
  root: Node | undefined,
  document: DocumentRef,
  text: string,
  templates: TemplatesOf,
): readonly Facts[] {
  return placesOf(root).flatMap(({ node, path, aimed }) => {
    const source = padded(text, node);
    const parsed = source === undefined ? undefined : parseYaml(source);
    if (!source || !parsed || parsed.problems.length > 0 || parsed.template) return [];
    const facts = extractPatch(parsed.root, document, source, { path, aimed }, templates);
    return facts ? [facts] : [];
  });
}

interface Place {
  readonly node: ScalarNode;
  readonly path: Path;
  /** A target beside it says what it changes. */
  readonly aimed: boolean;
}

function placesOf(root: Node | undefined): readonly Place[] {
  const result: Place[] = [];
  const add = (path: Path, aimed: boolean): void => {
    const node = resolveAlias(nodeAt(root, path));
    if (node?.type === 'scalar' && node.style === 'block') result.push({ node, path, aimed });
  };
  for (const [field, key] of [
    ['patches', 'patch'],
    ['patchesStrategicMerge', undefined],
  ] as const) {
    const list = resolveAlias(nodeAt(root, [field]));
    for (let i = 0; list?.type === 'list' && i < list.items.length; i++) {
      const item = list.items[i];
      add(key === undefined ? [field, i] : [field, i, key], textOrMap(item, 'target'));
    }
  }
  return result;
}

const textOrMap = (item: Node | undefined, key: string): boolean =>
  nodeAt(item, [key]) !== undefined && textAt(item, key) === undefined;

/** A block scalar's lines, with so much white space before them that they stand where they stand in the whole text. */
function padded(text: string, { start, end }: ScalarNode): string | undefined {
  const first = text.indexOf('\n', start) + 1;
  return first > 0 && first < end ? ' '.repeat(first - 1) + text.slice(first - 1, end) : undefined;
}
