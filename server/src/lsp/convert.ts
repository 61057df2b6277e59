import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic as LspDiagnostic,
  type Location as LspLocation,
  type Position,
  type Range,
  type SnippetTextEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { Location } from '../base/location.ts';
import { overlaps, type Span } from '../base/span.ts';
import type { Snapshot } from '../engine.ts';
import { withLineEnds } from '../host/line-ends.ts';
import { ruleHref } from '../host/rule-docs.ts';
import type { Diagnostic, FileEdit, Severity } from '../rules/rule-types.ts';
import type { Session, Target } from './session.ts';
import { toSnippet } from './snippet.ts';

export function offsetAt(session: Session, file: Target, position: Position): number {
  return session.lines.of(file.uri, file.text).offset(position);
}

export function rangeOf(session: Session, uri: string, text: string, span: Span): Range {
  const index = session.lines.of(uri, text);
  return { start: index.position(span.start), end: index.position(span.end) };
}

export function spanOf(session: Session, file: Target, range: Range): Span {
  return {
    start: offsetAt(session, file, range.start),
    end: offsetAt(session, file, range.end),
  };
}

/** Locations in files that the snapshot doesn't know are left out. */
export function toLocations(session: Session, snapshot: Snapshot, locations: readonly Location[]): LspLocation[] {
  return locations.flatMap(({ uri, span }) => {
    const text = snapshot.text(uri);
    if (text === undefined) return [];
    return [
      {
        uri: session.open.clientUri(uri),
        range: rangeOf(session, uri, text, span),
      },
    ];
  });
}

export function toDiagnostic(session: Session, file: Target, diagnostic: Diagnostic): LspDiagnostic {
  const { client, open } = session;
  const related = client.relatedInformation
    ? diagnostic.related.flatMap(({ location, message }) => {
        const text = file.snapshot.text(location.uri);
        if (text === undefined) return [];
        const range = rangeOf(session, location.uri, text, location.span);
        return [{ location: { uri: open.clientUri(location.uri), range }, message }];
      })
    : [];
  const tags = client.diagnosticTags ? diagnostic.tags.map((tag) => diagnosticTags[tag]) : [];
  return {
    range: rangeOf(session, file.uri, file.text, diagnostic.span),
    severity: severities[diagnostic.severity],
    code: diagnostic.code,
    codeDescription: { href: ruleHref(diagnostic.code) },
    source: 'podwire',
    message: diagnostic.message,
    ...(tags.length > 0 && { tags }),
    ...(related.length > 0 && { relatedInformation: related }),
  };
}

/**
 * Edits by file, each against the version that the client has open, so that it can refuse what comes too late.
 *
 * @param blanks where the client can take them, what the author has to fill in is a tab stop; not for edits that are
 *   many, or made without anybody beside them
 */
export function toWorkspaceEdit(
  session: Session,
  snapshot: Snapshot,
  edits: readonly FileEdit[],
  blanks = false,
): WorkspaceEdit {
  const files = new Map<string, TextEdit[]>();
  for (const edit of edits) {
    const text = snapshot.text(edit.uri);
    if (text === undefined) continue;
    const converted = {
      range: rangeOf(session, edit.uri, text, edit.span),
      newText: withLineEnds(edit.newText, text),
    };
    const file = files.get(edit.uri);
    if (file === undefined) files.set(edit.uri, [converted]);
    else file.push(converted);
  }
  const { client, open } = session;
  if (blanks && client.snippetEdits && edits.some((edit) => edit.blanks)) return withTabStops(session, snapshot, edits);
  if (!client.documentChanges) {
    return {
      changes: Object.fromEntries([...files].map(([uri, list]) => [open.clientUri(uri), list])),
    };
  }
  return {
    documentChanges: [...files].map(([uri, list]) => ({
      textDocument: { uri: open.clientUri(uri), version: open.version(uri) },
      edits: list,
    })),
  };
}

/** The same, with tab stops: numbered through, since a client may make one snippet of all edits. */
function withTabStops(session: Session, snapshot: Snapshot, edits: readonly FileEdit[]): WorkspaceEdit {
  const files = new Map<string, (TextEdit | SnippetTextEdit)[]>();
  let stop = 0;
  for (const edit of edits) {
    const text = snapshot.text(edit.uri);
    if (text === undefined) continue;
    const list = files.get(edit.uri) ?? [];
    files.set(edit.uri, list);
    const { span, snippet } = toSnippet(text, edit, stop);
    // As a snippet it may reach further to the left, which another edit must not.
    const free = edits.every((other) => other === edit || other.uri !== edit.uri || !overlaps(other.span, span));
    if (edit.blanks && free) {
      stop += edit.blanks.length;
      const value = withLineEnds(snippet, text);
      list.push({ range: rangeOf(session, edit.uri, text, span), snippet: { kind: 'snippet', value } });
    } else
      list.push({
        range: rangeOf(session, edit.uri, text, edit.span),
        newText: withLineEnds(edit.newText, text),
      });
  }
  const documentChanges = [...files].map(([uri, list]) => ({
    textDocument: { uri: session.open.clientUri(uri), version: session.open.version(uri) },
    edits: list,
  }));
  return { documentChanges };
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const diagnosticTags: Readonly<Record<Diagnostic['tags'][number], DiagnosticTag>> = {
  unnecessary: DiagnosticTag.Unnecessary,
  deprecated: DiagnosticTag.Deprecated,
};
