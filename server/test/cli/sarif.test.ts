import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/cli/findings.ts';
import { formatSarif } from '../../src/cli/format-sarif.ts';
import { temporaryFolder } from '../host/temporary-folder.ts';
import { configMap, pod, podwire } from './run-cli.ts';

const finding: Finding = {
  file: 'a b/ü.yaml',
  line: 3,
  column: 5,
  endLine: 3,
  endColumn: 9,
  severity: 'warning',
  code: 'some-rule',
  message: 'Something.',
  related: [{ file: '../c.yaml', line: 1, column: 1, endLine: 1, endColumn: 2, message: 'here' }],
  fixes: [
    {
      title: 'Mend it',
      edits: [
        { file: 'a b/ü.yaml', line: 3, column: 5, endLine: 3, endColumn: 5, newText: 'x' },
        { file: '../c.yaml', line: 1, column: 1, endLine: 2, endColumn: 1, newText: '' },
        { file: 'a b/ü.yaml', line: 4, column: 1, endLine: 4, endColumn: 2, newText: 'y' },
      ],
    },
  ],
  sourceLine: 'abcdefghijkl',
};

describe('SARIF', () => {
  test('a finding with everything', () => {
    const findings: Finding[] = [
      { ...finding, code: 'other', severity: 'hint', related: [], fixes: [] },
      finding,
      { ...finding, severity: 'error', related: [], fixes: [] },
    ];
    const log = JSON.parse(formatSarif({ files: 1, resources: 1, findings }, '1.2.3'));
    const physicalLocation = {
      artifactLocation: { uri: 'a%20b/%C3%BC.yaml' },
      region: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 9 },
    };
    const href = (id: string): string => `https://github.com/podwire/podwire/blob/main/docs/rules/${id}.md`;
    const message = { text: 'Something.' };
    expect(log).toEqual({
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'Podwire',
              version: '1.2.3',
              informationUri: 'https://github.com/podwire/podwire',
              rules: [
                { id: 'other', helpUri: href('other') },
                { id: 'some-rule', helpUri: href('some-rule') },
              ],
            },
          },
          columnKind: 'utf16CodeUnits',
          results: [
            { ruleId: 'other', ruleIndex: 0, level: 'note', message, locations: [{ physicalLocation }] },
            {
              ruleId: 'some-rule',
              ruleIndex: 1,
              level: 'warning',
              message,
              locations: [{ physicalLocation }],
              relatedLocations: [
                {
                  id: 0,
                  physicalLocation: {
                    artifactLocation: { uri: '../c.yaml' },
                    region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
                  },
                  message: { text: 'here' },
                },
              ],
              fixes: [
                {
                  description: { text: 'Mend it' },
                  artifactChanges: [
                    {
                      artifactLocation: { uri: 'a%20b/%C3%BC.yaml' },
                      replacements: [
                        {
                          deletedRegion: { startLine: 3, startColumn: 5, endLine: 3, endColumn: 5 },
                          insertedContent: { text: 'x' },
                        },
                        {
                          deletedRegion: { startLine: 4, startColumn: 1, endLine: 4, endColumn: 2 },
                          insertedContent: { text: 'y' },
                        },
                      ],
                    },
                    {
                      artifactLocation: { uri: '../c.yaml' },
                      replacements: [
                        {
                          deletedRegion: { startLine: 1, startColumn: 1, endLine: 2, endColumn: 1 },
                          insertedContent: { text: '' },
                        },
                      ],
                    },
                  ],
                },
              ],
            },
            { ruleId: 'some-rule', ruleIndex: 1, level: 'error', message, locations: [{ physicalLocation }] },
          ],
        },
      ],
    });
  });

  test('of a real check: what the schema demands of every result', async () => {
    const folder = await temporaryFolder({ 'map.yaml': configMap, 'a b.yaml': pod('settings', 'mod') });
    const { out, code } = await podwire(['check', '--format', 'sarif', '-'], {
      cwd: folder,
      stdin: pod('settings', 'mod'),
    });
    expect(code).toBe(0);
    const log = JSON.parse(out);
    expect(log.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe('%3Cstdin%3E');
    const all = JSON.parse((await podwire(['check', '--format', 'sarif'], { cwd: folder })).out);
    const [run] = all.runs;
    expect(all.runs).toHaveLength(1);
    expect(run.results.length).toBeGreaterThan(0);
    for (const result of run.results) {
      expect(run.tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      expect(['error', 'warning', 'note']).toContain(result.level);
      expect(result.message.text).not.toBe('');
      for (const { physicalLocation } of [...result.locations, ...(result.relatedLocations ?? [])]) {
        const { region, artifactLocation } = physicalLocation;
        expect(() => new URL(artifactLocation.uri, 'file:///base/')).not.toThrow();
        expect(artifactLocation.uri).not.toMatch(/[\s\\]/);
        expect(Math.min(region.startLine, region.startColumn, region.endLine, region.endColumn)).toBeGreaterThanOrEqual(
          1,
        );
        const lines = region.endLine - region.startLine;
        expect(lines > 0 || (lines === 0 && region.endColumn >= region.startColumn)).toBe(true);
      }
      for (const fix of result.fixes ?? []) {
        expect(fix.artifactChanges.length).toBeGreaterThan(0);
        for (const change of fix.artifactChanges) expect(change.replacements.length).toBeGreaterThan(0);
      }
    }
  });

  test('without findings', () => {
    const log = JSON.parse(formatSarif({ files: 0, resources: 0, findings: [] }, '1.2.3'));
    expect(log.runs).toMatchObject([{ tool: { driver: { rules: [] } }, results: [] }]);
  });
});
