/** How much two texts have in common at their starts and, behind that, at their ends. */
export function commonEnds(a: string, b: string): { readonly head: number; readonly tail: number } {
  const most = Math.min(a.length, b.length);
  const head = longest(most, (from, to) => a.slice(from, to) === b.slice(from, to));
  const tail = longest(most - head, (from, to) => endOf(a, from, to) === endOf(b, from, to));
  return { head, tail };
}

/** How far two texts agree. Pieces are compared as wholes, which is far quicker than character by character. */
function longest(most: number, agree: (from: number, to: number) => boolean): number {
  let known = 0;
  let limit = most;
  while (known < limit) {
    const middle = (known + limit + 1) >> 1;
    if (agree(known, middle)) known = middle;
    else limit = middle - 1;
  }
  return known;
}

const endOf = (text: string, from: number, to: number): string => text.slice(text.length - to, text.length - from);
