import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Engine, type Snapshot } from '../../src/engine.ts';
import type { FileEdit } from '../../src/rules/rule-types.ts';
import { callEverything, after as edited, type Fixture, open } from '../fixture.ts';
import { realModel } from '../schema/real-model.ts';
import { holds, isWhole, wordStarts, workspaces } from './workspaces.ts';

// Each goes over a whole workspace many times.
vi.setConfig({ testTimeout: 120_000 });

const engineOf = (fixture: Fixture): Engine => {
  const engine = new Engine({ model: realModel() });
  engine.apply([...fixture.files].map(([uri, text]) => ({ type: 'edit', uri, text })));
  return engine;
};

describe.each(workspaces())('%s', (name, fixture) => {
  /** About forty offsets of each file, fifteen of a row's, of which there are many; PODWIRE_RUNS=1000 or more takes all. */
  const stride = (text: string): number =>
    Number(process.env['PODWIRE_RUNS'] ?? 0) >= 1000 ? 1 : Math.ceil(text.length / (name.startsWith('rows') ? 15 : 40));

  it('no feature throws on a text that ends anywhere', () => {
    for (const [uri, text] of fixture.files) {
      const engine = engineOf(fixture);
      for (let end = text.length; end >= 0; end -= stride(text)) {
        engine.apply([{ type: 'edit', uri, text: text.slice(0, end) }]);
        callEverything(engine.snapshot(), uri, end);
        // What others see of it: its last good facts, at places that the text still has.
        const [other, content] = [...fixture.files][end % fixture.files.size] ?? ['', ''];
        const words = wordStarts(content);
        if (other !== uri) callEverything(engine.snapshot(), other, words[end % words.length] ?? 0);
      }
    }
  });

  it('no feature throws while a line is being typed in the midst of the text', () => {
    for (const [uri, text] of fixture.files) {
      const engine = engineOf(fixture);
      const lines = text.split('\n');
      for (let i = 0, at = 0; i < lines.length; at += (lines[i] ?? '').length + 1, i++) {
        if (i % Math.ceil(lines.length / 25) !== 0) continue;
        const line = lines[i] ?? '';
        const cut = at + Math.floor((line.length * ((i * 7) % 11)) / 10);
        engine.apply([{ type: 'edit', uri, text: text.slice(0, cut) + text.slice(at + line.length) }]);
        callEverything(engine.snapshot(), uri, cut);
      }
    }
  });

  it('renaming any name keeps the YAML whole and the diagnostics as they were, and back gives the old text', () => {
    const { snapshot } = open(fixture);
    const codes = (state: Snapshot): string[] =>
      state
        .files()
        .flatMap((uri) => state.diagnostics(uri).map(({ code }) => code))
        .sort();
    const everything = [...fixture.files.values()].join('\n');
    const isDoubled = (name: string): boolean => everything.split(`name: ${name}`).length > 2;
    const done = new Set<string>();
    let met = false;
    for (const [uri, text] of fixture.files) {
      for (const offset of wordStarts(text)) {
        const prepared = snapshot.prepareRename(uri, offset);
        if (prepared) met = true;
        if (!prepared || 'refused' in prepared) continue;
        const answer = snapshot.rename(uri, offset, 'renamed');
        if (!('edits' in answer)) expect.fail(answer.refused);
        // From another token of the same name the answer is the same; the table suite checks that.
        const key = answer.edits
          .map((edit) => `${edit.uri} ${edit.span.start}`)
          .sort()
          .join();
        if (done.has(key)) continue;
        done.add(key);
        const renamed = edited(fixture, snapshot, answer.edits);
        for (const content of renamed.files.values()) expect(isWhole(content)).toBe(true);
        const again = open(renamed).snapshot;
        expect(codes(again), `${uri}:${offset} ${prepared.text}`).toEqual(codes(snapshot));
        const first = answer.edits.find((edit) => edit.uri === uri && edit.span.start === prepared.span.start);
        const moved = answer.edits.filter((edit) => edit.uri === uri && edit.span.start < prepared.span.start);
        const shift = moved.reduce((sum, edit) => sum + edit.newText.length - (edit.span.end - edit.span.start), 0);
        expect(first).toBeDefined();
        const back = again.rename(uri, prepared.span.start + shift, prepared.text);
        // A name that stood twice is free of its double now, and may not become one again.
        if (!('edits' in back) && back.refused.endsWith('already.') && isDoubled(prepared.text)) continue;
        if (!('edits' in back)) expect.fail(back.refused);
        expect(edited(renamed, again, back.edits).files).toEqual(fixture.files);
      }
    }
    expect(met).toBe(true);
  });
});

/** A workspace with some of its words replaced by other words of it: names that lead elsewhere, keys in wrong places. */
const muddled = fc
  .tuple(
    fc.constantFrom(...workspaces().map(([, fixture]) => fixture)),
    fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(3)), { maxLength: 6 }),
  )
  .map(([fixture, swaps]): Fixture => {
    const files = new Map(fixture.files);
    const uris = [...files.keys()];
    for (const [at, from, how] of swaps) {
      const uri = uris[at % uris.length] ?? '';
      const text = files.get(uri) ?? '';
      const words = [...text.matchAll(/[\w.-]+/g)];
      const word = words[at % Math.max(words.length, 1)];
      const other = words[from % Math.max(words.length, 1)]?.[0] ?? '';
      if (!word) continue;
      const newText = [other, word[0].slice(1), `${word[0]}x`, `"${word[0]}"`][how] ?? '';
      files.set(uri, text.slice(0, word.index) + newText + text.slice(word.index + word[0].length));
    }
    return { files, cursor: undefined };
  });

describe('edits', () => {
  it('every fix gives YAML that can be parsed, if the text could be before', () => {
    const property = fc.property(muddled, (fixture) => {
      const { snapshot } = open(fixture);
      for (const uri of snapshot.files()) {
        for (const { edits, title } of snapshot.codeActions(uri, { start: 0, end: snapshot.text(uri)?.length ?? 0 })) {
          expect(edits, title).not.toEqual([]);
          for (const [file, text] of edited(fixture, snapshot, edits).files) {
            if (isWhole(fixture.files.get(file) ?? '')) expect(isWhole(text), `${title}\n${text}`).toBe(true);
          }
        }
      }
    });
    holds(property, 60);
  });

  it('a fix leaves its diagnostic gone', () => {
    const property = fc.property(muddled, (fixture) => {
      const { snapshot } = open(fixture);
      // What a fix adds moves the lines that messages name.
      const said = (message: string): string => message.replace(/:\d+\)/g, ')');
      const count = (state: Snapshot, message: string): number =>
        state
          .files()
          .reduce(
            (sum, uri) => sum + state.diagnostics(uri).filter((found) => said(found.message) === said(message)).length,
            0,
          );
      for (const uri of snapshot.files()) {
        for (const action of snapshot
          .codeActions(uri, { start: 0, end: snapshot.text(uri)?.length ?? 0 })
          .slice(0, 12)) {
          const message = action.diagnostics[0]?.message ?? '';
          const mended = open(edited(fixture, snapshot, action.edits)).snapshot;
          expect(count(mended, message), action.title).toBeLessThan(count(snapshot, message));
        }
      }
    });
    holds(property, 25);
  });

  it('fixing all comes to rest, and nothing is left to fix then', () => {
    const property = fc.property(muddled, (fixture) => {
      let state = fixture;
      for (let round = 0; round < 12; round++) {
        const { snapshot } = open(state);
        const edits: FileEdit[] = [];
        // Several files' fixes can meet in one place: the command line and the editor take one file at a time.
        for (const uri of snapshot.files()) if (edits.length === 0) edits.push(...snapshot.fixAll(uri).edits);
        if (edits.length === 0) return;
        state = edited(state, snapshot, edits);
        for (const text of state.files.values())
          if ([...fixture.files.values()].every(isWhole)) expect(isWhole(text), text).toBe(true);
      }
      expect.fail('the fixes never come to an end');
    });
    holds(property, 60);
  });
});
