import { LineIndex } from '../base/line-index.ts';
import type { Span } from '../base/span.ts';
import type { CodeAction, Snapshot } from '../engine.ts';
import { withLineEnds } from '../host/line-ends.ts';
import type { Diagnostic, FileEdit, Severity } from '../rules/rule-types.ts';

/** One-based; columns count UTF-16 code units, and the end is behind the last one. */
export interface Region {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Place extends Region {
  readonly file: string;
}

/** A diagnostic as reports show it. */
export interface Finding extends Place {
  readonly severity: Severity;
  readonly code: string;
  readonly message: string;
  readonly related: readonly (Place & { readonly message: string })[];
  readonly fixes: readonly FindingFix[];
  /** The text of the line where it begins. */
  readonly sourceLine: string;
}

export interface FindingFix {
  readonly title: string;
  readonly edits: readonly (Place & { readonly newText: string })[];
}

/** Turns the offsets of one snapshot into places in named files. */
export class FindingReader {
  readonly #snapshot: Snapshot;
  readonly #nameOf: (uri: string) => string;
  readonly #indexes = new Map<string, LineIndex>();

  constructor(snapshot: Snapshot, nameOf: (uri: string) => string) {
    this.#snapshot = snapshot;
    this.#nameOf = nameOf;
  }

  read(uri: string): readonly Finding[] {
    const diagnostics = this.#snapshot.diagnostics(uri);
    // All at once: to find out what to do about a document costs as much for one diagnostic as for all.
    const end = this.#snapshot.text(uri)?.length ?? 0;
    const actions = new Map<string, CodeAction[]>();
    for (const action of diagnostics.length === 0 ? [] : this.#snapshot.codeActions(uri, { start: 0, end })) {
      if (action.silences) continue;
      for (const key of action.diagnostics.map(keyOf)) actions.set(key, [...(actions.get(key) ?? []), action]);
    }
    return diagnostics.map((diagnostic) => {
      const place = this.#place(uri, diagnostic.span);
      return {
        ...place,
        severity: diagnostic.severity,
        code: diagnostic.code,
        message: diagnostic.message,
        related: diagnostic.related.map(({ location, message }) => ({
          ...this.#place(location.uri, location.span),
          message,
        })),
        fixes: (actions.get(keyOf(diagnostic)) ?? []).map(({ title, edits }) => ({
          title,
          edits: edits.map((edit) => this.#edit(edit)),
        })),
        sourceLine: this.#index(uri).lineText(place.line - 1),
      };
    });
  }

  #edit(edit: FileEdit): Place & { readonly newText: string } {
    const newText = withLineEnds(edit.newText, this.#snapshot.text(edit.uri) ?? '');
    return { ...this.#place(edit.uri, edit.span), newText };
  }

  #place(uri: string, span: Span): Place {
    const index = this.#index(uri);
    const start = index.position(span.start);
    const end = index.position(span.end);
    return {
      file: this.#nameOf(uri),
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    };
  }

  #index(uri: string): LineIndex {
    let index = this.#indexes.get(uri);
    if (index === undefined) {
      index = new LineIndex(this.#snapshot.text(uri) ?? '');
      this.#indexes.set(uri, index);
    }
    return index;
  }
}

const keyOf = ({ code, span, message }: Diagnostic): string => `${code} ${span.start} ${span.end} ${message}`;
