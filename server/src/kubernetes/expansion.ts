/** A part of a text: what stands there, or what a reference gave. */
export type Expanded<T> = { readonly text: string } | { readonly of: T };

/**
 * `$(NAME)` in a text as the kubelet expands it (third_party/forked/golang/expansion): `$$` is a dollar sign, what
 * isn't defined stays as it stands.
 *
 * @param lookup undefined for a name that isn't defined
 */
export function expand<T>(text: string, lookup: (name: string) => T | undefined): readonly Expanded<T>[] {
  const result: Expanded<T>[] = [];
  let literal = '';
  let at = 0;
  while (at < text.length) {
    const next = text[at + 1];
    if (text[at] !== '$' || next === undefined) literal += text[at++] ?? '';
    else if (next === '$') {
      literal += '$';
      at += 2;
    } else if (next === '(') {
      const close = text.indexOf(')', at + 2);
      if (close < 0) {
        literal += '$(';
        at += 2;
        continue;
      }
      const of = lookup(text.slice(at + 2, close));
      if (of === undefined) literal += text.slice(at, close + 1);
      else {
        if (literal !== '') result.push({ text: literal });
        literal = '';
        result.push({ of });
      }
      at = close + 1;
    } else {
      literal += `$${next}`;
      at += 2;
    }
  }
  if (literal !== '') result.push({ text: literal });
  return result;
}
