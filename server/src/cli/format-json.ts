import type { Place } from './findings.ts';
import type { Report } from './report.ts';

/** The report for programs. Keys are only ever added; what would break a reader raises `version`. */
export function formatJson(report: Report): string {
  const document = {
    version: 1,
    files: report.files,
    resources: report.resources,
    diagnostics: report.findings.map((finding) => ({
      ...place(finding),
      severity: finding.severity,
      code: finding.code,
      message: finding.message,
      related: finding.related.map((related) => ({ ...place(related), message: related.message })),
      fixes: finding.fixes.map((fix) => fix.title),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const place = ({ file, line, column, endLine, endColumn }: Place): Place => ({
  file,
  line,
  column,
  endLine,
  endColumn,
});
