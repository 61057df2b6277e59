import { type Node, walk } from './tree.ts';

const placeholder =
  /\{\{|<%|\$\{|\$\(|(?<![\w$])\$[A-Z][A-Z0-9_]+|^<[^<>]*>$|<[a-zA-Z]+(?:[ _-][a-zA-Z]+)+>|^@@?[\w.-]+@@?$|^__\w+__$|%[\w.]+%/;

/**
 * True for a text that a template engine, envsubst or kustomize replaces before Kubernetes sees it: `{{ x }}`,
 * `<% x %>`, `${X}`, `$NAME`, `$(X)`, `<x>`, `x.<your domain>`, `@x@`. What it will be can't be known, so it is never judged.
 */
export const isPlaceholder = (text: string): boolean => placeholder.test(text);

/**
 * True for a document whose structure depends on a template engine, as Helm's: what is more than a placeholder (see
 * mask.ts, which has hidden those) as a whole plain value, as a key or as a line. `{{` inside of quoted strings and block scalars is text like any other (alert rules, workflow steps).
 */
export function isTemplate(text: string, root: Node | undefined, broken: boolean): boolean {
  if (!text.includes('{{') && !text.includes('<%') && !text.includes('{%')) return false;
  if (broken && /^[ \t]*(?:- )*(?:\{\{|<%|\{%)|(?:: |- )["']?\{\{/m.test(text)) return true;
  for (const node of walk(root)) {
    if (node.type === 'map' && node.flow && text.startsWith('{{', node.start)) return true;
    if (
      node.type === 'scalar' &&
      node.style === 'plain' &&
      /^(?:\{\{-?|\{%)|\n\s*\{\{/.test(text.slice(node.start, node.end))
    )
      return true;
    if (node.type === 'map')
      for (const { key } of node.pairs)
        if (key.style === 'plain' && /^\{ *\{/.test(text.slice(key.start, key.end))) return true;
  }
  return false;
}
