import type { Change, Settings, Snapshot } from '../engine.ts';
import { type CheckArguments, severities } from './arguments.ts';
import { type Finding, FindingReader } from './findings.ts';
import { fixFiles } from './fix.ts';
import { formatJson } from './format-json.ts';
import { formatSarif } from './format-sarif.ts';
import { formatText } from './format-text.ts';
import { type Input, type InputFile, readInput } from './input.ts';
import { complain, exitCodes, type Io } from './io.ts';
import type { Report } from './report.ts';

/** The engine, as the command line sees it. */
export interface CheckEngine {
  configure(settings: Partial<Settings>): void;
  apply(changes: readonly Change[]): void;
  snapshot(): Snapshot;
}

/** `podwire check`: all paths as one workspace. Comes back with the exit code. */
export async function check(
  { paths, format, kubernetesVersion, failOn, fix }: CheckArguments,
  createEngine: () => Promise<CheckEngine>,
  version: string,
  io: Io,
): Promise<number> {
  const input = await readInput(paths, io);
  if (input === undefined) return exitCodes.unusable;
  const { files } = input;
  const engine = await createEngine();
  if (kubernetesVersion !== undefined) engine.configure({ kubernetesVersion });
  let sound = index(engine, input, io);
  if (fix && !(await fixFiles(engine, files, io))) sound = false;
  const findings: Finding[] = [];
  const snapshot = engine.snapshot();
  const names = new Map(files.map((file) => [file.uri, file.name]));
  const reader = new FindingReader(snapshot, (uri) => names.get(uri) ?? uri);
  for (const file of files) {
    try {
      findings.push(...reader.read(file.uri));
    } catch (error) {
      internalError(io, file, error);
      sound = false;
    }
  }
  const report: Report = { files: files.length, resources: snapshot.resourceCount(), findings };
  io.out(render(report, format, version, io.color));
  if (!sound) return exitCodes.unusable;
  return findings.some(({ severity }) => isAtLeast(severity, failOn)) ? exitCodes.found : exitCodes.clean;
}

/** False where the engine choked on a file; the others are there all the same. */
export function index(engine: CheckEngine, { files, unread, walked }: Input, io: Io): boolean {
  engine.apply([
    ...unread.map((uri): Change => ({ type: 'unread', uri })),
    ...walked.map((uri): Change => ({ type: 'walked', uri })),
  ]);
  const changes = files.map((file): Change => ({ type: 'disk', uri: file.uri, text: file.content.text }));
  try {
    engine.apply(changes);
    return true;
  } catch {
    // again one by one, to find out which
  }
  let sound = true;
  for (const [i, change] of changes.entries()) {
    try {
      engine.apply([change]);
    } catch (error) {
      const file = files[i];
      if (file !== undefined) internalError(io, file, error);
      sound = false;
    }
  }
  return sound;
}

function internalError(io: Io, file: InputFile, error: unknown): void {
  const where = error instanceof Error ? (/^\s+at .*/m.exec(error.stack ?? '')?.[0].trim() ?? '') : '';
  complain(io, `${file.name}: internal error${where === '' ? '' : ` ${where}`}, skipped`);
}

function render(report: Report, format: CheckArguments['format'], version: string, color: boolean): string {
  if (format === 'json') return formatJson(report);
  return format === 'sarif' ? formatSarif(report, version) : formatText(report, color);
}

const isAtLeast = (severity: Finding['severity'], limit: CheckArguments['failOn']): boolean =>
  limit !== 'never' && severities.indexOf(severity) <= severities.indexOf(limit);
