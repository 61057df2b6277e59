import type { Content } from '../tables/row-types.ts';

/** A table's text with what it stands for in place of `NAME` and the like. */
export function filled(content: Content, values: Readonly<Record<string, Content>>): Content {
  if (typeof content === 'string') return values[content] ?? content;
  if (Array.isArray(content)) return (content as readonly Content[]).map((item) => filled(item, values));
  return Object.fromEntries(Object.entries(content).map(([key, value]) => [key, filled(value, values)]));
}
