import type { Span } from './span.ts';
import { applyEdits, type TextEdit } from './text-edit.ts';

/** A text with edits applied that still knows where in the original everything stood. */
export class EditedText {
  readonly text: string;
  readonly #edits: readonly TextEdit[];

  /** The edits must not overlap. */
  constructor(original: string, edits: readonly TextEdit[]) {
    this.text = applyEdits(original, edits);
    this.#edits = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  }

  /** The original place of an offset; within what was put in, the end (or with `start`, the start) of what gave way. */
  toOriginal(offset: number, bias: 'start' | 'end' = 'end'): number {
    let grown = 0;
    for (const { span, newText } of this.#edits) {
      const start = span.start + grown;
      if (offset < start || (offset === start && bias === 'start')) break;
      if (offset < start + newText.length || (offset === start + newText.length && bias === 'start'))
        return bias === 'start' ? span.start : Math.min(span.end, span.start + (offset - start));
      grown += newText.length - (span.end - span.start);
    }
    return offset - grown;
  }

  /** The original place of a span: never longer than what is left of it there. */
  spanToOriginal({ start, end }: Span): Span {
    const from = this.toOriginal(start);
    return { start: from, end: Math.max(from, this.toOriginal(end, end === start ? 'end' : 'start')) };
  }
}
