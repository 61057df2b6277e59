import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Location } from '../../src/base/location.ts';
import type { Span } from '../../src/base/span.ts';
import { type Fixture, parseFixture } from '../fixture.ts';

/** A token of a row's fixture that the suite knows the meaning of. */
export interface Mark extends Location {
  readonly role: 'use' | 'definition';
  /** What is renamed and bent: the token, or the value of a label pair. */
  readonly token: Span;
  /** The definition is the file itself; for a kustomization, its folder. */
  readonly isFile: boolean;
}

/** The marks that belong together: uses and what they lead to. */
export interface Group {
  readonly name: string;
  readonly uses: readonly Mark[];
  readonly definitions: readonly Mark[];
  readonly marks: readonly Mark[];
}

export interface RowFixture extends Fixture {
  readonly groups: readonly Group[];
}

const folder = fileURLToPath(new URL('../../../test-fixtures/rows/', import.meta.url));

/** The ids that have a fixture. */
export const fixtureIds = (): string[] => readdirSync(folder).map((name) => name.replace(/\.yaml$/, ''));

/** The fixture of a row; undefined where there is none. */
export function rowFixture(id: string): RowFixture | undefined {
  const file = join(folder, `${id}.yaml`);
  return existsSync(file) ? parseRowFixture(readFileSync(file, 'utf8')) : undefined;
}

const markLine = /^ *# *(\^+) (use|definition)(?: (\w+))?$/;

/** Takes the lines with marks out of a fixture; each speaks of the line above it, or, at the top, of the file. */
export function parseRowFixture(text: string): RowFixture {
  const files = new Map<string, string>();
  const groups = new Map<string, Mark[]>();
  for (const [uri, content] of parseFixture(text).files) {
    let kept = '';
    let lineStart = 0;
    for (const line of content.split(/(?<=\n)/)) {
      const match = markLine.exec(line.trimEnd());
      if (!match) {
        lineStart = kept.length;
        kept += line;
        continue;
      }
      const [, carets = '', role, name = ''] = match;
      const isFile = kept === '';
      const start = isFile ? 0 : lineStart + line.indexOf('^');
      const span = { start, end: isFile ? 0 : start + carets.length };
      const pair = /^[\w./-]+: /.exec(kept.slice(span.start, span.end));
      const token = { start: start + (pair?.[0].length ?? 0), end: span.end };
      const mark: Mark = { uri, span, token, role: role === 'use' ? 'use' : 'definition', isFile };
      groups.set(name, [...(groups.get(name) ?? []), mark]);
    }
    files.set(uri, kept);
  }
  return {
    files,
    cursor: undefined,
    groups: [...groups].map(([name, marks]) => ({
      name,
      marks,
      uses: marks.filter((mark) => mark.role === 'use'),
      definitions: marks.filter((mark) => mark.role === 'definition'),
    })),
  };
}

export const textOf = (fixture: Fixture, { uri }: Location, span: Span): string =>
  (fixture.files.get(uri) ?? '').slice(span.start, span.end);

/** The fixture with the file or the kustomization's folder of a mark called otherwise. */
export function moved(fixture: RowFixture, { uri }: Mark, rename: (name: string) => string): Fixture {
  const place = uri.replace(/\/kustomization\.yaml$/, '');
  const to = place.slice(0, place.lastIndexOf('/') + 1) + rename(place.slice(place.lastIndexOf('/') + 1));
  const entries = [...fixture.files].map(([file, text]) => [file.replace(place, to), text] as const);
  return { files: new Map(entries), cursor: undefined };
}

/** The fixture with other texts in place of some tokens. */
export function replaced(fixture: RowFixture, marks: readonly Mark[], newText: string): Fixture {
  const files = new Map(fixture.files);
  for (const mark of [...marks].sort((a, b) => b.token.start - a.token.start)) {
    const text = files.get(mark.uri) ?? '';
    files.set(mark.uri, text.slice(0, mark.token.start) + newText + text.slice(mark.token.end));
  }
  return { files, cursor: undefined };
}
