/** A half-open range of UTF-16 offsets, as LSP counts them. Relative to whatever text the holder speaks of. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const span = (start: number, end: number): Span => ({ start, end });

/** The span alone of what has one. */
export const toSpan = ({ start, end }: Span): Span => ({ start, end });

/** True also at the end offset, since a cursor may stand behind the last character. */
export const touches = (s: Span, offset: number): boolean => offset >= s.start && offset <= s.end;

export const overlaps = (a: Span, b: Span): boolean => a.start <= b.end && b.start <= a.end;

export const shift = (s: Span, by: number): Span => ({ start: s.start + by, end: s.end + by });
