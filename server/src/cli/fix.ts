import { randomBytes } from 'node:crypto';
import { chmod, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { applyEdits } from '../base/text-edit.ts';
import type { FixAll, FixStep } from '../engine.ts';
import { describeFsError } from '../host/fs-error.ts';
import { withLineEnds } from '../host/line-ends.ts';
import { encodeText } from '../host/read-text.ts';
import type { CheckEngine } from './check.ts';
import type { InputFile } from './input.ts';
import { complain, type Io } from './io.ts';

/**
 * Applies every fix that leaves no choice, until none is left or ten rounds have passed (fixes that undo each other
 * must not go on for ever), then writes the changed files. The engine ends with the texts that are on disk. False
 * where a file couldn't be written.
 */
export async function fixFiles(engine: CheckEngine, files: readonly InputFile[], io: Io): Promise<boolean> {
  const byUri = new Map(files.map((file) => [file.uri, file]));
  const edited = new Map<string, number>();
  const steps: FixStep[] = [];
  for (let round = 0; round < rounds; round++) {
    let changed = false;
    for (const { uri } of files) {
      // Fixes of one file may change another, so the next file is looked at with the changes made.
      if (fixOne(engine, uri, byUri, { edited, steps }, io)) changed = true;
    }
    if (!changed) break;
  }
  let written = true;
  for (const [uri, count] of edited) {
    const file = byUri.get(uri);
    const text = engine.snapshot().text(uri);
    if (file?.path === undefined || text === undefined || text === file.content.text) continue;
    try {
      await writeAtomically(file.path, encodeText(text, file.content));
      const own = steps.filter((step) => step.uri === uri);
      io.err(`fixed ${file.name} (${count} ${count === 1 ? 'change' : 'changes'})\n${listed(own)}`);
    } catch (error) {
      complain(io, `${file.name} is not fixed: ${describeFsError(error)}`);
      engine.apply([{ type: 'disk', uri, text: file.content.text }]);
      written = false;
    }
  }
  return written;
}

const rounds = 10;

function fixOne(
  engine: CheckEngine,
  uri: string,
  files: ReadonlyMap<string, InputFile>,
  done: { readonly edited: Map<string, number>; readonly steps: FixStep[] },
  io: Io,
): boolean {
  const snapshot = engine.snapshot();
  let found: FixAll = { edits: [], steps: [] };
  try {
    found = snapshot.fixAll(uri);
  } catch {
    complain(io, `${files.get(uri)?.name ?? uri}: internal error while fixing, skipped`);
  }
  const { edits } = found;
  if (edits.length === 0 || !edits.every((edit) => isWritable(files.get(edit.uri)))) return false;
  const changes = [...new Set(edits.map((edit) => edit.uri))].flatMap((target) => {
    const text = snapshot.text(target);
    if (text === undefined) return [];
    const own = edits
      .filter((edit) => edit.uri === target)
      .map((edit) => ({ span: edit.span, newText: withLineEnds(edit.newText, text) }));
    const after = applyEdits(text, own);
    if (after === text) return [];
    done.edited.set(target, (done.edited.get(target) ?? 0) + own.length);
    return [{ type: 'disk' as const, uri: target, text: after }];
  });
  engine.apply(changes);
  if (changes.length > 0) done.steps.push(...found.steps);
  return changes.length > 0;
}

/** What was done, the same things once with their number. */
function listed(steps: readonly FixStep[]): string {
  const counts = new Map<string, number>();
  for (const { code, title } of steps) {
    const text = `${code}: ${title}`;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].map(([text, count]) => `  ${text}${count > 1 ? ` (${count} times)` : ''}\n`).join('');
}

/** Only what was read can be written, and only where its bytes come back unharmed. */
const isWritable = (file: InputFile | undefined): boolean => file?.path !== undefined && !file.content.lossy;

/** A reader sees the old content or the new one, never a half. Links and permissions stay. */
async function writeAtomically(file: string, content: Buffer): Promise<void> {
  const target = await realpath(file);
  const { mode } = await stat(target);
  const draft = path.join(path.dirname(target), `.${path.basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeFile(draft, content, { flag: 'wx' });
    await chmod(draft, mode & 0o7777);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
