import { describe, expect, it } from 'vitest';
import { editDistance, nearest, suggestions, tolerance } from '../../src/base/edit-distance.ts';
import { LineIndex, lineStartAt } from '../../src/base/line-index.ts';
import { overlaps, span, touches } from '../../src/base/span.ts';
import { applyEdits } from '../../src/base/text-edit.ts';

describe('LineIndex', () => {
  const lines = new LineIndex('ab\r\n😀c\rd\n');

  it('counts a line for each kind of line break, and one behind the last', () => {
    expect(lines.lineCount).toBe(4);
    expect([0, 1, 2, 3].map((line) => lines.lineText(line))).toEqual(['ab', '😀c', 'd', '']);
  });

  it('counts in UTF-16 units', () => {
    expect(lines.position(6)).toEqual({ line: 1, character: 2 });
    expect(lines.offset({ line: 1, character: 2 })).toBe(6);
  });

  it('clamps offsets and positions that are outside of the text', () => {
    expect(lines.position(-5)).toEqual({ line: 0, character: 0 });
    expect(lines.position(99)).toEqual({ line: 3, character: 0 });
    expect(lines.offset({ line: 0, character: 99 })).toBe(2);
    expect(lines.offset({ line: 99, character: 0 })).toBe(10);
    expect(lines.offset({ line: -1, character: 3 })).toBe(0);
    expect(lines.offset({ line: 1, character: -3 })).toBe(4);
  });

  it('has one empty line for an empty text', () => {
    const empty = new LineIndex('');
    expect(empty.lineCount).toBe(1);
    expect(empty.position(0)).toEqual({ line: 0, character: 0 });
    expect(empty.lineEnd(0)).toBe(0);
  });

  it('finds the start of a line also at offset 0 of a text that begins with a break', () => {
    expect(lineStartAt('\na', 0)).toBe(0);
    expect(lineStartAt('\na', 1)).toBe(1);
    expect(lineStartAt('ab\nc', 2)).toBe(0);
  });
});

describe('editDistance', () => {
  it.each([
    ['web', 'web', 0],
    ['web', 'wep', 1],
    ['web', 'weeb', 1],
    ['web', 'wbe', 1],
    ['web', 'Web', 0.5],
    ['', 'abc', 3],
    ['replicas', 'relpicass', 2],
  ])('%s → %s is %d', (a, b, distance) => {
    expect(editDistance(a, b, 4)).toBe(distance);
    expect(editDistance(b, a, 4)).toBe(distance);
  });

  it('gives up past its limit', () => {
    expect(editDistance('abcdef', 'uvwxyz', 2)).toBe(3);
    expect(editDistance('a', 'abcdef', 2)).toBe(3);
  });

  it('tolerates more in a longer name', () => {
    const tolerances = [1, 3, 5, 8, 12, 60].map((length) => tolerance('x'.repeat(length)));
    expect(tolerances).toEqual([...tolerances].sort());
    expect(tolerances[0]).toBe(1);
    expect(tolerances.at(-1)).toBeLessThan(5);
  });
});

describe('nearest', () => {
  it('puts the best first and drops what is clearly farther', () => {
    expect(nearest('selecter', ['scaler', 'selectors', 'selector'])).toEqual(['selector', 'selectors']);
  });

  it('keeps the given order among equals', () => {
    expect(nearest('web-x', ['web-b', 'web-a'])).toEqual(['web-b', 'web-a']);
  });

  it('is a slip of the hand, not another name with one part more', () => {
    expect(nearest('settings', ['settings-production'])).toEqual([]);
  });

  it('leaves names of one part more or less to suggestions', () => {
    expect(suggestions('settings', ['settings-production'])).toEqual(['settings-production']);
    expect(suggestions('app-settings', ['settings'])).toEqual(['settings']);
    expect(suggestions('settings', ['settings-in-production'])).toEqual([]);
    expect(suggestions('db', ['db-production'])).toEqual([]);
    expect(suggestions('setings', ['settings-production', 'settings'])).toEqual(['settings']);
  });

  it('leaves out the name itself and what has nothing to do with it', () => {
    expect(nearest('web', ['web', 'database'])).toEqual([]);
    expect(nearest('web', [])).toEqual([]);
  });
});

describe('applyEdits', () => {
  it('applies edits in any order', () => {
    expect(
      applyEdits('abcdef', [
        { span: span(4, 6), newText: 'X' },
        { span: span(0, 1), newText: '' },
        { span: span(2, 2), newText: '-' },
      ]),
    ).toBe('b-cdX');
  });

  it('keeps insertions at one offset in the order given', () => {
    expect(
      applyEdits('ab', [
        { span: span(1, 1), newText: '1' },
        { span: span(1, 1), newText: '2' },
      ]),
    ).toBe('a12b');
  });

  it('puts an insertion before what is replaced behind it', () => {
    expect(
      applyEdits('ab', [
        { span: span(1, 2), newText: 'B' },
        { span: span(1, 1), newText: '-' },
      ]),
    ).toBe('a-B');
  });
});

describe('spans', () => {
  it('are touched at both ends', () => {
    expect([1, 2, 4, 5].map((offset) => touches(span(2, 4), offset))).toEqual([false, true, true, false]);
    expect(overlaps(span(0, 2), span(2, 4))).toBe(true);
    expect(overlaps(span(0, 1), span(2, 4))).toBe(false);
  });
});
