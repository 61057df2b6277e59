import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repairRules } from '../../src/rules/repair/index.ts';
import { after, type Fixture, open } from '../fixture.ts';
import { holds, workspaces } from './workspaces.ts';

/** What people do to a manifest on its way, line by line. */
const damage: readonly ((line: string, by: number) => string)[] = [
  (line) => line.trimStart(),
  (line) => line.replace(/^ {2}/, ''),
  (line) => `  ${line}`,
  (line) => line.replace(/^ +/, (lead) => '\t'.repeat(Math.ceil(lead.length / 2))),
  (line) => line.replace(/^ +/, (lead) => '\u00a0'.repeat(lead.length)),
  (line) => line.replace(': ', ':'),
  (line) => line.replace('- ', '-'),
  (line) => line.replace(/: (\w+)$/, ': “$1”'),
  (line, by) => line.slice(0, by % (line.length + 1)),
];

const damaged = fc
  .tuple(
    fc.constantFrom(...workspaces().map(([, fixture]) => fixture)),
    fc.array(fc.tuple(fc.nat(), fc.nat(damage.length - 1), fc.nat(6)), { maxLength: 4 }),
    fc.option(fc.nat(), { freq: 4 }),
    fc.boolean(),
  )
  .map(([{ files }, faults, cut, flat]): Fixture => {
    const texts = [...files].map(([uri, text]): [string, string] => {
      const lines = text.split('\n');
      for (const [at, how, length] of faults) {
        const from = at % lines.length;
        for (let i = from; i < Math.min(lines.length, from + length); i++)
          lines[i] = damage[how]?.(lines[i] ?? '', at) ?? '';
      }
      const whole = (flat && faults.length > 2 ? lines.map((line) => line.trimStart()) : lines).join('\n');
      return [uri, cut === null ? whole : whole.slice(0, cut % (whole.length + 1))];
    });
    return { files: new Map(texts), cursor: undefined };
  });

/** The signs that a repair puts in, takes out or replaces, beside white space and double quotes. */
const signs = new Map([
  ['missing-colon', /[:=]/g],
  ['unclosed-value', /['[\]{}]/g],
  ['stray-line', /#/g],
]);

/** Everything that can be seen, but for what the repairs straighten. */
const visible = (text: string, codes: readonly string[]): string =>
  codes.reduce((rest, code) => rest.replace(signs.get(code) ?? '', ''), text.replace(/[\s\u00a0“”"]/g, ''));
const comments = (text: string): string[] =>
  (text.match(/(?<=^|\s)#.*$/gm) ?? []).map((comment) => comment.trim()).sort();
const takesLines = new Set(['pasted-text', 'line-prefix']);
const losesNothing = new Set(repairRules.map(({ id }) => id).filter((id) => !takesLines.has(id)));

describe('fixing all of a damaged manifest', () => {
  it('changes nothing more the second time, and loses no text', () => {
    const property = fc.property(damaged, (fixture) => {
      const { snapshot } = open(fixture);
      for (const uri of snapshot.files()) {
        const { edits, steps } = snapshot.fixAll(uri);
        const once = after(fixture, snapshot, edits);
        const before = fixture.files.get(uri) ?? '';
        const text = once.files.get(uri) ?? '';
        if (steps.length === 0) expect(text).toBe(before);
        const codes = steps.map(({ code }) => code);
        if (codes.every((code) => losesNothing.has(code))) expect(visible(text, codes)).toBe(visible(before, codes));
        for (const comment of comments(before)) expect(comments(text), text).toContain(comment);
        const again = open(once).snapshot.fixAll(uri);
        expect(again.edits, `${JSON.stringify(again.steps)}\n${text}`).toEqual([]);
      }
    });
    holds(property, 30);
  }, 60_000);
});
