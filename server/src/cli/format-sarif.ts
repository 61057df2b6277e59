import { ruleHref } from '../host/rule-docs.ts';
import type { Severity } from '../rules/rule-types.ts';
import type { Finding, FindingFix, Place, Region } from './findings.ts';
import type { Report } from './report.ts';

/** The report as SARIF 2.1.0, which code hosts show beside the changed lines. */
export function formatSarif(report: Report, version: string): string {
  const codes = [...new Set(report.findings.map((finding) => finding.code))].sort();
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Podwire',
            version,
            informationUri: 'https://github.com/podwire/podwire',
            rules: codes.map((id) => ({ id, helpUri: ruleHref(id) })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: report.findings.map((finding) => result(finding, codes.indexOf(finding.code))),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function result(finding: Finding, ruleIndex: number): object {
  return {
    ruleId: finding.code,
    ruleIndex,
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: [location(finding)],
    ...(finding.related.length > 0 && {
      relatedLocations: finding.related.map((related, id) => ({
        id,
        ...location(related),
        message: { text: related.message },
      })),
    }),
    ...(finding.fixes.length > 0 && { fixes: finding.fixes.map(fix) }),
  };
}

function fix({ title, edits }: FindingFix): object {
  const files = [...new Set(edits.map((edit) => edit.file))];
  return {
    description: { text: title },
    artifactChanges: files.map((file) => ({
      artifactLocation: { uri: uriReference(file) },
      replacements: edits
        .filter((edit) => edit.file === file)
        .map((edit) => ({ deletedRegion: region(edit), insertedContent: { text: edit.newText } })),
    })),
  };
}

const location = (place: Place): object => ({
  physicalLocation: { artifactLocation: { uri: uriReference(place.file) }, region: region(place) },
});

const region = ({ line, column, endLine, endColumn }: Region): object => ({
  startLine: line,
  startColumn: column,
  endLine,
  endColumn,
});

/** A path relative to the working directory as a relative URI: the consumer knows the folder. */
const uriReference = (file: string): string => {
  const encoded = file.split('/').map(encodeURIComponent).join('/');
  return encoded.startsWith('/') ? `file://${encoded}` : encoded;
};

const levels: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};
