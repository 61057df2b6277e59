import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LineIndex } from '../../src/base/line-index.ts';
import { changed } from '../../src/lsp/open-documents.ts';
import { holds } from './workspaces.ts';

const text = fc
  .array(fc.constantFrom('a', 'key: ', '\n', '\r\n', '\r', '\n\r', '😀', 'é', '\uFEFF', '\u2028', ''))
  .map((parts) => parts.join(''));

describe('offset ↔ position', () => {
  it('is the identity for every offset that is not inside of a line break', () => {
    const property = fc.property(text, (content) => {
      const lines = new LineIndex(content);
      for (let offset = 0; offset <= content.length; offset++) {
        const insideBreak = content[offset - 1] === '\r' && content[offset] === '\n';
        if (!insideBreak) expect(lines.offset(lines.position(offset))).toBe(offset);
      }
    });
    holds(property, 300);
  });

  it("agrees with the protocol library's own text documents", () => {
    const property = fc.property(text, fc.nat(12), fc.nat(40), (content, line, character) => {
      const theirs = TextDocument.create('file:///a', 'yaml', 1, content);
      const ours = new LineIndex(content);
      expect(ours.lineCount).toBe(theirs.lineCount);
      for (let offset = 0; offset <= content.length; offset++) {
        if (content[offset - 1] !== '\r' || content[offset] !== '\n')
          expect(ours.position(offset)).toEqual(theirs.positionAt(offset));
      }
      expect(ours.offset({ line, character })).toBe(theirs.offsetAt({ line, character }));
    });
    holds(property, 300);
  });

  it('joins its lines to the text again', () => {
    const property = fc.property(text, (content) => {
      const lines = new LineIndex(content);
      let joined = '';
      for (let line = 0; line < lines.lineCount; line++) {
        expect(lines.lineText(line)).not.toMatch(/[\r\n]/);
        joined += content.slice(lines.lineStart(line), lines.lineStart(line + 1));
      }
      expect(joined).toBe(content);
    });
    holds(property, 300);
  });

  it('is told after an edit as by an index of the new text', () => {
    const property = fc.property(text, text, fc.nat(20), fc.nat(8), (content, insert, at, length) => {
      const start = Math.min(at, content.length);
      const end = Math.min(start + length, content.length);
      const edited = new LineIndex(content).edited({ start, end }, insert);
      expect(edited).toEqual(new LineIndex(content.slice(0, start) + insert + content.slice(end)));
      expect(linesOf(edited)).toEqual(linesOf(new LineIndex(edited.text)));
    });
    holds(property, 2000);
  });
});

const linesOf = (lines: LineIndex): number[] =>
  Array.from({ length: lines.lineCount }, (_, line) => lines.lineStart(line));

describe('open documents', () => {
  it("change as the protocol library's own do", () => {
    // The library miscounts once edits have joined a `\r` and a `\n`, or reach beyond the text's end.
    const plain = text.map((content) => content.replaceAll('\r', ''));
    const property = fc.property(plain, plain, plain, fc.nat(20), fc.nat(8), (content, first, second, at, length) => {
      const lines = new LineIndex(content);
      const range = { start: lines.position(at), end: lines.position(at + length) };
      const changes = [
        { range, text: first },
        { range: { start: range.start, end: range.start }, text: second },
      ];
      const theirs = TextDocument.update(TextDocument.create('file:///a', 'yaml', 1, content), changes, 2);
      const ours = changed({ uri: 'file:///a', version: 1, lines }, changes, 2);
      expect(ours.lines.text).toBe(theirs.getText());
      expect(ours.version).toBe(2);
      expect(changed(ours, [...changes, { text: first }], 3).lines.text).toBe(first);
    });
    holds(property, 1000);
  });
});
