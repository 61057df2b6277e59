import { describe, expect, it } from 'vitest';
import { rules } from '../../src/rules/registry.ts';
import { after, annotate, open, parseFixture } from '../fixture.ts';

const show = (text: string): string => {
  const fixture = parseFixture(text);
  const { snapshot } = open(fixture);
  return [...fixture.files].map(([uri, content]) => annotate(content, snapshot, uri)).join('');
};

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it('fires exactly where the bad example says', () => {
    expect(rule.bad).toContain(` ${id}\n`);
    expect(show(rule.bad)).toBe(rule.bad);
  });

  it('is silent on the good example', () => {
    expect(show(rule.good)).toBe(rule.good);
  });

  it('offers only fixes that leave its diagnostic gone and the YAML whole', () => {
    const fixture = parseFixture(rule.bad);
    const { snapshot } = open(fixture);
    const count = (codes: readonly string[]): number => codes.filter((code) => code === id).length;
    const before = count(
      snapshot.files().flatMap((uri) => snapshot.diagnostics(uri).map((diagnostic) => diagnostic.code)),
    );
    for (const uri of snapshot.files()) {
      for (const diagnostic of snapshot.diagnostics(uri)) {
        if (diagnostic.code !== id) continue;
        for (const action of snapshot.codeActions(uri, diagnostic.span)) {
          const mended = after(fixture, snapshot, action.edits);
          const codes = [...mended.files.keys()].flatMap((file) =>
            open(mended)
              .snapshot.diagnostics(file)
              .map((left) => left.code),
          );
          expect(count(codes), action.title).toBe(before - 1);
          expect(codes, action.title).not.toContain('yaml-syntax');
        }
      }
    }
  });

  it('says what, why and how', () => {
    for (const text of [rule.title, rule.why, rule.remedy]) expect(text.length).toBeGreaterThan(10);
  });
});
