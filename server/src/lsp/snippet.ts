/** A snippet in LSP's syntax as plain text: placeholders by their defaults, choices by their first, tab stops gone. */
export function plainText(snippet: string): string {
  return read(snippet, 0, false).text;
}

function read(snippet: string, from: number, nested: boolean): { readonly text: string; readonly end: number } {
  let text = '';
  let at = from;
  while (at < snippet.length) {
    const c = snippet[at];
    if (c === '\\' && /[$}\\,|]/.test(snippet[at + 1] ?? '')) {
      text += snippet[at + 1];
      at += 2;
    } else if (nested && c === '}') {
      return { text, end: at + 1 };
    } else {
      const rest = snippet.slice(at, at + 64);
      const stop = /^\$(?:\d+|[A-Za-z_]\w*|\{(?:\d+|[A-Za-z_]\w*)\})/.exec(rest);
      const placeholder = /^\$\{(?:\d+|[A-Za-z_]\w*):/.exec(rest);
      const choice = /^\$\{\d+\|/.exec(rest);
      if (stop !== null) {
        at += stop[0].length;
      } else if (placeholder !== null) {
        const inner = read(snippet, at + placeholder[0].length, true);
        text += inner.text;
        at = inner.end;
      } else if (choice !== null) {
        const start = at + choice[0].length;
        const end = snippet.indexOf('|}', start);
        const choices = snippet.slice(start, end < 0 ? undefined : end);
        const first = /^(?:\\[\s\S]|[^,\\])*/.exec(choices)?.[0] ?? '';
        text += first.replace(/\\([$}\\,|])/g, '$1');
        at = end < 0 ? snippet.length : end + 2;
      } else {
        text += c;
        at++;
      }
    }
  }
  return { text, end: at };
}
