import { describe, expect, it } from 'vitest';
import type { Settings } from '../../src/engine.ts';
import { rules } from '../../src/rules/registry.ts';
import { after, annotate, open, parseFixture } from '../fixture.ts';

type Target = Partial<Pick<Settings, 'kubernetesVersion'>>;

const show = (text: string, target: Target): string => {
  const fixture = parseFixture(text);
  const { snapshot } = open(fixture, target);
  const several = fixture.files.size > 1;
  return [...fixture.files]
    .map(
      ([uri, content]) =>
        `${several ? `# file: ${uri.slice('file:///w/'.length)}\n` : ''}${annotate(content, snapshot, uri)}`,
    )
    .join('');
};

describe.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const target: Target = rule.kubernetesVersion === undefined ? {} : { kubernetesVersion: rule.kubernetesVersion };

  it('fires exactly where the bad example says', () => {
    expect(rule.bad).toContain(` ${id}\n`);
    expect(show(rule.bad, target)).toBe(rule.bad);
  });

  it('is silent on the good example', () => {
    expect(show(rule.good, target)).toBe(rule.good);
  });

  it('offers only fixes that leave its diagnostic gone and the YAML whole', () => {
    const fixture = parseFixture(rule.bad);
    const { snapshot } = open(fixture, target);
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
            open(mended, target)
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
