/**
 * The default that a field's description states, as text to show; undefined where the text is not plain about it.
 * Only a single word that ends its clause counts: "Defaults to Always if :latest tag is specified" is no default.
 *
 * @param {string} description
 * @param {import('./types.mjs').Type} type
 */
export function statedDefault(description, type) {
  // "Defaults to 6, unless …, in which case defaults to 2147483647": the first has to be the plain one.
  STATEMENT.lastIndex = MENTION.exec(description)?.index ?? description.length;
  const match = STATEMENT.exec(description);
  if (match === null) return undefined;
  const quoted = match[1] ?? match[2] ?? match[3];
  const text = quoted ?? match[4];
  switch (type.t) {
    case 'integer':
      return /^-?\d+$/.test(text) ? text : undefined;
    case 'boolean':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() : undefined;
    case 'int-or-string':
      return /^\d+%?$/.test(text) ? text : undefined;
    case 'string':
      if (type.enum !== undefined) return type.enum.find((one) => one.toLowerCase() === text.toLowerCase());
      return quoted === undefined && NO_VALUE.test(text) ? undefined : text;
    default:
      return undefined;
  }
}

// "the value in the /scale subresource will default to 0" speaks of another field.
const MENTION = /(?<!will )\b(?:[Dd]efaults? to|[Dd]efault (?:value )?is)\s/;

const STATEMENT = new RegExp(
  [
    MENTION.source,
    String.raw`+(?:"([^"\n]+)"|'([^'\n]+)'|\x60([^\x60\n]+)\x60|([\w./-]*\w%?)(?: seconds?)?)`,
    String.raw`(?=[.;)](?:\s|$)|\s*$|\n|\s+\(|\s+if unset|\s+(?:More info|Cannot|Must|Minimum|Valid|See|Default)\b)`,
  ].join(''),
  'y',
);

const NO_VALUE = /^(nil|null|none|empty|any|all|unset|true|false)$/i;

/** Whether a field's description says that the field itself is on its way out. */
export function statedDeprecated(name, description) {
  if (/^deprecated[A-Z]/.test(name)) return true;
  const [text] = description.split('Possible enum values:');
  return /\bDeprecated:|\bDEPRECATED\b|(?:^|[.\n] ?)Deprecated\.|[Tt]his field is deprecated|considered as deprecated|now is deprecated/.test(
    text,
  );
}
