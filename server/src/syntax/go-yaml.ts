import { plainType } from './scalar.ts';

/**
 * A string as `kubectl … -o yaml` writes it: sigs.k8s.io/yaml over go-yaml v2 (encode.go's stringv, emitterc.go's
 * yaml_emitter_analyze_scalar, …_select_scalar_style and the writers).
 *
 * @param column where the text begins in its line
 * @param indent the spaces before further lines
 * @returns what stands behind `key: `; ends in a line break where a literal block keeps its own
 */
export function goYamlString(value: string, column: number, indent: number): string {
  const analysis = analyze(value);
  if (value.includes('\n')) return analysis.block ? literal(value, indent) : doubleQuoted(value, column, indent);
  if (!readsBack(value)) return doubleQuoted(value, column, indent);
  if (analysis.plain) return folded(value, column, indent, false);
  return analysis.single ? singleQuoted(value, column, indent) : doubleQuoted(value, column, indent);
}

/** The order of go-yaml's maps (sorter.go): digits as numbers, letters behind everything else. */
export function goYamlOrder(a: string, b: string): number {
  const as = [...a];
  const bs = [...b];
  for (let i = 0; i < as.length && i < bs.length; i++) {
    const x = as[i] ?? '';
    const y = bs[i] ?? '';
    if (x === y) continue;
    const [xl, yl] = [/\p{L}/u.test(x), /\p{L}/u.test(y)];
    if (xl && yl) return compare(x, y);
    if (xl || yl) return yl ? -1 : 1;
    let [an, bn] = [0, 0];
    if (x === '0' || y === '0') {
      for (let j = i - 1; j >= 0 && isDigit(as[j] ?? ''); j--) {
        if (as[j] === '0') continue;
        an = bn = 1;
        break;
      }
    }
    let [ai, bi] = [i, i];
    for (; isDigit(as[ai] ?? ''); ai++) an = an * 10 + Number(as[ai]);
    for (; isDigit(bs[bi] ?? ''); bi++) bn = bn * 10 + Number(bs[bi]);
    return an - bn || ai - bi || compare(x, y);
  }
  return as.length - bs.length;
}

const isDigit = (c: string): boolean => /^[0-9]$/.test(c);
const compare = (x: string, y: string): number => (x.codePointAt(0) ?? 0) - (y.codePointAt(0) ?? 0);

/** go-yaml breaks a line at the first blank behind this column. */
const width = 80;

/** Whether a plain scalar of this text would be read as this string. */
function readsBack(value: string): boolean {
  if (/^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/.test(value)) return false;
  // Behind a dot at the start, go-yaml takes no underscore for a part of a number.
  if (/^\._*[^.]*_/.test(value)) return true;
  return plainType(value) === 'string' && !isTimestamp(value);
}

function isTimestamp(value: string): boolean {
  const parts =
    /^\d{4}-(\d{1,2})-(\d{1,2})(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)| \d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?)?$/.exec(
      value,
    );
  if (!parts) return false;
  const [month, day] = [Number(parts[1]), Number(parts[2])];
  return (
    month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(Number(value.slice(0, 4)), month, 0)).getUTCDate()
  );
}

const isBreak = (c: string | undefined): boolean => c !== undefined && /^[\r\n\u0085\u2028\u2029]$/.test(c);

/** What yamlprivateh.go calls printable: nothing beyond the basic plane, no tab, no byte order mark. */
const isPrintable = (c: string): boolean => /^[\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]$/u.test(c);

/** The styles that a text allows, outside of flow collections. */
function analyze(value: string): { readonly plain: boolean; readonly single: boolean; readonly block: boolean } {
  if (value === '') return { plain: true, single: true, block: false };
  const chars = [...value];
  let indicators = /^(?:---|\.\.\.)/.test(value);
  let [special, breaks, breakSpace, spaceBreak] = [false, false, false, false];
  chars.forEach((c, i) => {
    const followed = i + 1 >= chars.length || /^[ \t]$/.test(chars[i + 1] ?? '');
    const before = chars[i - 1];
    if (i === 0) indicators ||= /^[#,[\]{}&*!|>'"%@`]$/.test(c) || (/^[?:-]$/.test(c) && followed);
    else indicators ||= (c === ':' && followed) || (c === '#' && (isBreak(before) || /^[ \t]$/.test(before ?? '')));
    special ||= !isPrintable(c);
    breaks ||= isBreak(c);
    breakSpace ||= c === ' ' && isBreak(before);
    spaceBreak ||= isBreak(c) && before === ' ';
  });
  const ends = [chars[0], chars.at(-1)];
  const loose = ends.some((c) => c === ' ' || isBreak(c));
  const odd = spaceBreak || special;
  return {
    plain: !loose && !breakSpace && !odd && !breaks && !indicators,
    single: !breakSpace && !odd,
    block: !odd && chars.at(-1) !== ' ',
  };
}

function literal(value: string, indent: number): string {
  const hint = /^[ \r\n\u0085\u2028\u2029]/.test(value) ? '2' : '';
  const chomp = !isBreak(value.at(-1)) ? '-' : value.length === 1 || isBreak(value.at(-2)) ? '+' : '';
  const lines = value.split('\n').map((line) => (line === '' ? '' : ' '.repeat(indent) + line));
  return `|${hint}${chomp}\n${lines.join('\n')}`;
}

/** Lines are broken in place of a single blank. */
function folded(value: string, column: number, indent: number, inQuotes: boolean): string {
  const chars = [...value];
  let text = '';
  let at = column;
  chars.forEach((c, i) => {
    const inside = !inQuotes || (i > 0 && i < chars.length - 1);
    if (c === ' ' && chars[i - 1] !== ' ' && at > width && inside && chars[i + 1] !== ' ') {
      text += `\n${' '.repeat(indent)}`;
      at = indent;
      return;
    }
    const written = inQuotes && c === "'" ? "''" : c;
    text += written;
    at += written.length === 2 && inQuotes && c === "'" ? 2 : 1;
  });
  return text;
}

const singleQuoted = (value: string, column: number, indent: number): string =>
  `'${folded(value, column + 1, indent, true)}'`;

const escapes: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\u0085': 'N',
  '\u00a0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

function doubleQuoted(value: string, column: number, indent: number): string {
  const chars = [...value];
  // is_bom() looks at the text's start, whatever it is asked of: with a byte order mark there, everything is escaped.
  const all = value.startsWith('\ufeff');
  let text = '"';
  let at = column + 1;
  let spaces = false;
  chars.forEach((c, i) => {
    const put = (written: string): void => {
      text += written;
      at += [...written].length;
    };
    if (all || !isPrintable(c) || isBreak(c) || c === '"' || c === '\\') {
      put(escaped(c));
      spaces = false;
    } else if (c === ' ') {
      if (!spaces && at > width && i > 0 && i < chars.length - 1) {
        text += `\n${' '.repeat(indent)}`;
        at = indent;
        if (chars[i + 1] === ' ') put('\\');
      } else put(c);
      spaces = true;
    } else {
      put(c);
      spaces = false;
    }
  });
  return `${text}"`;
}

function escaped(c: string): string {
  const short = escapes[c];
  if (short !== undefined) return `\\${short}`;
  const code = c.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
