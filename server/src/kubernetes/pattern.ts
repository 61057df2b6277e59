/**
 * Whether a text matches a pattern of a schema, which is one of Go's regular expressions. Undefined where that can't be
 * told: texts of more than 256 characters, patterns that JavaScript doesn't know, and those in which a repeated part
 * repeats or chooses, which may take for ever.
 */
export function fitsPattern(text: string, pattern: string): boolean | undefined {
  if (text.length > mostJudged) return undefined;
  if (!expressions.has(pattern)) {
    if (expressions.size > 1000) expressions.clear();
    expressions.set(pattern, compile(pattern));
  }
  return expressions.get(pattern)?.test(text);
}

const mostJudged = 256;
const hazardous = /\([^)]*[*+{|][^)]*\)+[*+{]|\\\d/;

const expressions = new Map<string, RegExp | undefined>();

function compile(pattern: string): RegExp | undefined {
  if (pattern.length > 500 || hazardous.test(pattern) || (pattern.match(/[*+{]/g)?.length ?? 0) > 4) return undefined;
  try {
    return new RegExp(pattern, 'u');
  } catch {
    // Go's regular expressions know things that JavaScript's don't.
    return undefined;
  }
}
