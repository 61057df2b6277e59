import type { ProtocolPosition, ProtocolRange } from '../../../server/src/lsp/protocol.ts';

/** Where a place is behind an edit: what is inserted right at it pushes it on; within what is replaced it goes to the start. */
export function moved(
  place: ProtocolPosition,
  { range: { start, end }, text }: { readonly range: ProtocolRange; readonly text: string },
): ProtocolPosition {
  if (isBefore(place, start)) return place;
  if (isBefore(place, end)) return start;
  const inserted = text.split(/\r\n|\r|\n/);
  const lines = inserted.length - 1;
  const last = inserted[lines]?.length ?? 0;
  const line = place.line - end.line + start.line + lines;
  if (place.line > end.line) return { line, character: place.character };
  const before = lines === 0 ? start.character + last : last;
  return { line, character: place.character - end.character + before };
}

const isBefore = (a: ProtocolPosition, b: ProtocolPosition): boolean =>
  a.line < b.line || (a.line === b.line && a.character < b.character);
