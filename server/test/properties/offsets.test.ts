import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LineIndex } from '../../src/base/line-index.ts';
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
});
