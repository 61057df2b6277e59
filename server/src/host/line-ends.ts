/** `newText` with the line breaks of the text that it goes into: `\r\n` where the text's first line ends so. */
export function withLineEnds(newText: string, text: string): string {
  if (!newText.includes('\n')) return newText;
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? newText.replace(/\r?\n/g, '\r\n') : newText;
}
