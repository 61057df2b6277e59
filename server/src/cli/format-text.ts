import type { Severity } from '../rules/rule-types.ts';
import { severities } from './arguments.ts';
import type { Finding } from './findings.ts';
import type { Report } from './report.ts';

/** The report for people: where, what, and the line it is about. */
export function formatText(report: Report, color: boolean): string {
  const paint = color ? ansi : plain;
  const findings = report.findings.map((finding) => `${formatFinding(finding, paint)}\n`).join('\n');
  return `${findings}${findings === '' ? '' : '\n'}${summary(report, paint)}\n`;
}

type Style = 'bold' | 'dim' | Severity;
type Paint = (style: Style, text: string) => string;

const plain: Paint = (_, text) => text;

const codes: Readonly<Record<Style, number>> = { bold: 1, dim: 2, error: 31, warning: 33, information: 34, hint: 36 };

const ansi: Paint = (style, text) => (text === '' ? '' : `\u001b[${codes[style]}m${text}\u001b[0m`);

function formatFinding(finding: Finding, paint: Paint): string {
  const [message = '', ...more] = printable(finding.message).split('\n');
  const place = paint('bold', `${printable(finding.file)}:${finding.line}:${finding.column}:`);
  const lines = [
    `${place} ${paint(finding.severity, `${finding.severity}:`)} ${message} ${paint('dim', `[${finding.code}]`)}`,
  ];
  lines.push(...more.map((line) => `  ${line}`), ...sourceLines(finding, paint));
  for (const related of finding.related) {
    const where = `${printable(related.file)}:${related.line}:${related.column}:`;
    lines.push(`  ${paint('dim', 'see')} ${where} ${printable(related.message)}`);
  }
  for (const fix of finding.fixes) lines.push(`  ${paint('dim', 'fix:')} ${printable(fix.title)}`);
  return lines.join('\n');
}

function sourceLines(finding: Finding, paint: Paint): readonly string[] {
  const line = finding.sourceLine;
  const start = finding.column - 1;
  const end = finding.endLine === finding.line ? finding.endColumn - 1 : line.length;
  // Of a very long line only what lies around the place.
  const from = start > 100 ? start - 40 : 0;
  const to = Math.min(line.length, from + 140);
  const before = printable(line.slice(from, start));
  const marked = printable(line.slice(start, Math.min(end, to)));
  const shown = `${from > 0 ? '…' : ''}${printable(line.slice(from, to))}${to < line.length ? '…' : ''}`;
  const padding = (from > 0 ? ' ' : '') + [...before].map((c) => (c === '\t' ? c : ' '.repeat(width(c)))).join('');
  const carets = '^'.repeat(
    Math.max(
      1,
      [...marked].reduce((sum, c) => sum + width(c), 0),
    ),
  );
  const number = String(finding.line);
  return [
    `  ${paint('dim', `${number} |`)} ${shown}`.trimEnd(),
    `  ${paint('dim', `${' '.repeat(number.length)} |`)} ${padding}${paint(finding.severity, carets)}`,
  ];
}

function summary({ findings, files, resources }: Report, paint: Paint): string {
  const looked = `${count(files, 'file')}, ${count(resources, 'resource')}`;
  if (findings.length === 0) return `No problems in ${looked}.`;
  const counts = severities.flatMap((severity) => {
    const n = findings.filter((finding) => finding.severity === severity).length;
    return n === 0 ? [] : [paint(severity, severity === 'information' ? `${n} information` : count(n, severity))];
  });
  return `${counts.join(', ')} in ${looked}.`;
}

const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;

/** What a manifest holds must not steer the terminal. */
const printable = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
  text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD');

/** Columns that a character takes in a terminal. */
function width(character: string): number {
  if (/^(?:\p{Mark}|\u200d|\ufe0f)/u.test(character)) return 0;
  return wide.test(character) ? 2 : 1;
}

/** East Asian wide characters and emoji. */
const wide =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6])/u;
