import { lifetimeText } from '../../rules/versions.ts';
import { type Field, typeName } from '../../schema/api-model.ts';
import { docsLine } from './docs-link.ts';

/**
 * A field's documentation as Markdown: its type, whether it is required, the releases that have it, its values and
 * default, the text, and a link to `url`.
 */
export function fieldDocs(field: Field, url?: string): string {
  const facts = [`\`${field.name}\``, typeName(field.schema)];
  if (field.required) facts.push('required');
  if (field.deprecated) facts.push('deprecated');
  const lifetime = lifetimeText(field);
  if (lifetime !== '') facts.push(lifetime);
  const lines = [facts.join(' · ')];
  const scalar = field.schema.type === 'list' ? field.schema.items : field.schema;
  if ('enum' in scalar && scalar.enum.length > 0)
    lines.push(`One of ${scalar.enum.map((value) => `\`${value === '' ? '""' : value}\``).join(', ')}.`);
  if (field.default !== undefined) lines.push(`Default: \`${field.default}\`.`);
  if (field.description !== '') lines.push(escapeMarkdown(field.description));
  return [...lines, ...docsLine(url)].join('\n\n');
}

/** Kubernetes' texts are prose: angle brackets and list marks in them are no Markdown. */
export const escapeMarkdown = (text: string): string =>
  text.replaceAll('<', '&lt;').replace(/^( *)([#>+*-]) /gm, '$1\\$2 ');
