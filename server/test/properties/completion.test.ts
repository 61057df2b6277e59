import { describe, expect, it } from 'vitest';
import { parseAllDocuments, type ToStringOptions } from 'yaml';
import { applyEdits } from '../../src/base/text-edit.ts';
import { Engine } from '../../src/engine.ts';
import { fieldAt } from '../../src/schema/api-model.ts';
import { parseYaml } from '../../src/syntax/parse.ts';
import { splitDocuments } from '../../src/syntax/split.ts';
import { hitAt, textAt } from '../../src/syntax/tree.ts';
import { realModel } from '../schema/real-model.ts';
import { isWhole, workspaces } from './workspaces.ts';

/** A field of the API in a line of its own, in any of the layouts that YAML allows. */
interface Line {
  readonly start: number;
  readonly end: number;
  readonly key: string;
  readonly keyStart: number;
  readonly hasValue: boolean;
}

function linesOf(text: string): Line[] {
  const result: Line[] = [];
  for (const match of text.matchAll(/^( *(?:- +)*)([A-Za-z]+):( \S.*)?$/gm)) {
    const keyStart = match.index + (match[1] ?? '').length;
    result.push({
      start: match.index,
      end: match.index + match[0].length,
      key: match[2] ?? '',
      keyStart,
      hasValue: match[3] !== undefined,
    });
  }
  return result;
}

/** Whether a key at an offset is one of the API's, rather than the user's own (a label, a key of a Secret). */
function isField(text: string, offset: number): boolean {
  const document = splitDocuments(text).findLast(({ start }) => start <= offset);
  const { root } = parseYaml(text.slice(document?.start, document?.end));
  const kind = realModel().find(textAt(root, 'apiVersion') ?? '', textAt(root, 'kind') ?? '');
  const path = hitAt(root, offset - (document?.start ?? 0))?.path;
  return kind !== undefined && path !== undefined && fieldAt(kind.schema, path) !== undefined;
}

const written = (text: string, options: ToStringOptions): string =>
  parseAllDocuments(text)
    .map((document) => document.toString(options))
    .join('');

/** The ways in which people lay a text out. */
const layouts: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  CRLF: (text) => text.replaceAll('\n', '\r\n'),
  'four spaces': (text) => written(text, { indent: 4 }),
  'lists in the column of their key': (text) => written(text, { indentSeq: false }),
};

const fixtures = workspaces().filter(([name]) => name === 'wordpress/app' || name === 'rows/volume-mount.yaml');

describe.each(Object.entries(layouts))('completion, %s', (layout, change) => {
  it.each(fixtures)('offers every key where it stands and where it stood: %s', (_, fixture) => {
    const engine = new Engine({ model: realModel() });
    for (const [uri, original] of fixture.files) {
      const whole = change(original);
      expect(isWhole(whole)).toBe(true);
      engine.apply([{ type: 'edit', uri, text: whole }]);
      // All lines once; of the other layouts every second one.
      const lines = linesOf(whole).filter((__, i) => layout === 'as it is' || i % 2 === 0);
      for (const line of lines) {
        engine.apply([{ type: 'edit', uri, text: whole }]);
        if (!isField(whole, line.keyStart)) continue;
        const there = engine.snapshot().completion(uri, line.keyStart + 1);
        expect(
          there.map(({ label }) => label),
          `${line.key} at ${line.keyStart} of ${uri}`,
        ).toContain(line.key);
        const item = there.find(({ label }) => label === line.key);
        if (item) expect(applyEdits(whole, [item])).toBe(whole);
        if (!line.hasValue) continue;
        const without = whole.slice(0, line.keyStart) + whole.slice(line.end);
        engine.apply([{ type: 'edit', uri, text: without }]);
        const stood = engine
          .snapshot()
          .completion(uri, line.keyStart)
          .map(({ label }) => label);
        expect(stood, `${line.key} behind ${line.keyStart} of ${uri}`).toContain(line.key);
      }
    }
  });
});

describe('choosing what is offered', () => {
  it.each(fixtures)('gives YAML that can be parsed: %s', (_, fixture) => {
    const engine = new Engine({ model: realModel() });
    for (const [uri, text] of fixture.files) {
      const lines = linesOf(text).filter((line, i) => line.hasValue && i % 3 === 0);
      for (const { keyStart, end } of lines) {
        const without = text.slice(0, keyStart) + text.slice(end);
        engine.apply([{ type: 'edit', uri, text: without }]);
        for (const item of engine.snapshot().completion(uri, keyStart)) {
          const chosen = applyEdits(without, [
            { span: item.span, newText: item.newText.replace(/\$\{\d+(?::([^}]*))?\}|\$\d/g, '$1') },
          ]);
          expect(isWhole(chosen), `${item.label}:\n${chosen}`).toBe(true);
        }
      }
    }
  });
});
