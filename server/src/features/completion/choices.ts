import type { Workspace } from '../../graph/workspace.ts';
import { snippets } from '../../tables/snippets.ts';
import type { FeatureContext } from '../shared/context.ts';
import { completion } from './completion.ts';
import type { CompletionItem } from './item.ts';
import { documents, documentText, previewOf } from './snippets.ts';

/** A snippet, for a list to choose from. */
export interface SnippetChoice {
  readonly prefix: string;
  readonly title: string;
  readonly description: string;
  /** YAML with the snippet's defaults. */
  readonly preview: string;
  /** What a completion at the cursor would do; undefined where the snippet doesn't fit there. */
  readonly here: CompletionItem | undefined;
  /** Whole documents, as a snippet in LSP's syntax from column 0; undefined for a part of one. */
  readonly document: string | undefined;
  /** Where it belongs, for people: "a container". */
  readonly place: string;
}

/**
 * All snippets, and what each would insert.
 *
 * @param uri the file that names should be near to, known or not
 * @param at the cursor, where there is one
 */
export function snippetChoices(
  workspace: Workspace,
  uri: string,
  at: FeatureContext | undefined,
): readonly SnippetChoice[] {
  const offered = new Map<string, CompletionItem>();
  for (const item of at ? completion(at) : []) if (item.kind === 'snippet') offered.set(item.label, item);
  const newline = workspace.file(uri)?.text.includes('\r\n') ? '\r\n' : '\n';
  return snippets.map((snippet) => ({
    prefix: snippet.prefix,
    title: snippet.title,
    description: snippet.description,
    preview: previewOf(snippet),
    here: offered.get(snippet.prefix),
    document: documents.includes(snippet)
      ? documentText({ index: workspace.index, uri }, snippet, { step: 2, dash: 2, newline })
      : undefined,
    place: places[snippet.pieces[0]?.in ?? ''] ?? '',
  }));
}

const places: Readonly<Record<string, string>> = {
  document: 'an empty document',
  PodSpec: 'the spec of a pod',
  Container: 'a container',
};
