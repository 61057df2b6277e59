import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Location } from '../../src/base/location.ts';
import { type Change, Engine, type Snapshot } from '../../src/engine.ts';
import { realModel } from '../schema/real-model.ts';
import { holds, isWhole, wordStarts, workspace } from './workspaces.ts';

// Each asks a fresh engine everything after every step.
vi.setConfig({ testTimeout: 120_000 });

/** One random change: of the text of a file, or of where it is known from. */
interface Step {
  readonly file: number;
  readonly what: 'replace' | 'word' | 'line' | 'document' | 'close' | 'disk' | 'remove' | 'reset';
  readonly at: number;
  readonly length: number;
  readonly insert: string;
}

const inserts = [
  '',
  'x',
  '\n',
  '---\n',
  '  ',
  '"',
  "'",
  ': ',
  '- ',
  '{',
  '# ',
  '\r\n',
  'wordpress',
  'name: wordpress\n',
  '&a ',
  '*a',
  '😀',
];
const step: fc.Arbitrary<Step> = fc.record({
  file: fc.nat(11),
  what: fc.constantFrom(
    'replace',
    'word',
    'word',
    'line',
    'line',
    'document',
    'document',
    'close',
    'disk',
    'remove',
    'reset',
  ),
  at: fc.nat(10_000),
  length: fc.nat(8),
  insert: fc.constantFrom(...inserts),
});

function changed(text: string, { what, at, length, insert }: Step): string {
  if (what === 'replace') {
    const start = at % (text.length + 1);
    return text.slice(0, start) + insert + text.slice(start + length);
  }
  if (what === 'word') {
    const words = [...text.matchAll(/[\w.-]+/g)];
    const word = words[at % Math.max(1, words.length)];
    const other = words[(at + length) % Math.max(1, words.length)];
    return word && other ? text.slice(0, word.index) + other[0] + text.slice(word.index + word[0].length) : text;
  }
  const parts = text.split(what === 'line' ? /(?<=\n)/ : /^(?=---)/m);
  const index = at % parts.length;
  const part = parts[index] ?? '';
  // Away, twice, or elsewhere.
  if (length < 3) parts.splice(index, 1);
  else if (length < 5) parts.splice(index, 0, part);
  else parts.splice(index, 1, ...parts.splice((at + length) % parts.length, 1), part);
  return parts.join('');
}

/** All answers of a workspace that an edit anywhere could change; the order of equals is free. */
function answers(snapshot: Snapshot): unknown {
  const places = (locations: readonly Location[]): string[] =>
    locations.map(({ uri, span }) => `${uri} ${span.start}-${span.end}`).sort();
  return snapshot.files().map((uri) => {
    const text = snapshot.text(uri) ?? '';
    const tokens = wordStarts(text).filter((_, i) => i % 17 === 0);
    return {
      uri,
      diagnostics: snapshot.diagnostics(uri),
      resources: snapshot.resourceCount(uri),
      definitions: tokens.map((offset) => places(snapshot.definition(uri, offset))),
      references: tokens.map((offset) => places(snapshot.references(uri, offset, true))),
      hovers: tokens.map((offset) => snapshot.hover(uri, offset)?.contents),
    };
  });
}

describe.each(['wordpress/broken', 'apps/gallery'])('incremental: %s', (name) => {
  const start = workspace(name).files;

  it('answers as an engine does that sees the texts for the first time', () => {
    const property = fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), fc.boolean(), (steps, eager) => {
      const engine = new Engine({ model: realModel() });
      engine.apply([{ type: 'walked', uri: 'file:///w' }]);
      const disk = new Map<string, string>(start);
      const editor = new Map<string, string>();
      const apply = (change: Change): void => {
        if (change.type === 'edit') editor.set(change.uri, change.text);
        else if (change.type === 'close') editor.delete(change.uri);
        else if (change.type === 'disk') disk.set(change.uri, change.text);
        else disk.delete(change.uri);
        engine.apply([change]);
      };
      const uris = [...start.keys()];
      for (const [uri, text] of start) apply({ type: 'disk', uri, text });
      for (const one of steps) {
        const uri = uris[one.file % uris.length] ?? '';
        const text = editor.get(uri) ?? disk.get(uri) ?? '';
        if (one.what === 'close') apply({ type: 'close', uri });
        else if (one.what === 'remove') apply({ type: 'remove', uri });
        else if (one.what === 'disk')
          apply({ type: 'disk', uri, text: changed(disk.get(uri) ?? '', { ...one, what: 'line' }) });
        else apply({ type: 'edit', uri, text: one.what === 'reset' ? (start.get(uri) ?? '') : changed(text, one) });
        // Asking in between fills the caches; not asking must not matter either.
        if (eager) for (const file of engine.snapshot().files()) engine.snapshot().diagnostics(file);
      }
      // A broken document speaks through its last good facts on purpose: such a file comes back whole.
      for (const uri of uris) {
        const text = editor.get(uri) ?? disk.get(uri);
        if (text !== undefined && !isWhole(text)) apply({ type: 'edit', uri, text: start.get(uri) ?? '' });
      }
      const fresh = new Engine({ model: realModel() });
      fresh.apply([{ type: 'walked', uri: 'file:///w' }]);
      fresh.apply([...disk].map(([uri, text]) => ({ type: 'disk', uri, text })));
      fresh.apply([...editor].map(([uri, text]) => ({ type: 'edit', uri, text })));
      expect(answers(engine.snapshot())).toEqual(answers(fresh.snapshot()));
    });
    holds(property, 40);
  });

  it('bumps the version of every file whose diagnostics change', () => {
    const property = fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
      const engine = new Engine({ model: realModel() });
      engine.apply([{ type: 'walked', uri: 'file:///w' }]);
      engine.apply([...start].map(([uri, text]) => ({ type: 'edit', uri, text })));
      const uris = [...start.keys()];
      for (const one of steps) {
        const look = () =>
          new Map(
            engine
              .snapshot()
              .files()
              .map((uri) => [
                uri,
                { version: engine.snapshot().diagnosticsVersion(uri), found: engine.snapshot().diagnostics(uri) },
              ]),
          );
        const before = look();
        const uri = uris[one.file % uris.length] ?? '';
        engine.apply([
          one.what === 'close'
            ? { type: 'close', uri }
            : { type: 'edit', uri, text: changed(engine.snapshot().text(uri) ?? '', one) },
        ]);
        const now = look();
        for (const [file, { version, found }] of before) {
          if (now.get(file)?.version === version) expect(now.get(file)?.found).toEqual(found);
        }
      }
    });
    holds(property, 30);
  });
});
