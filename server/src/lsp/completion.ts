import {
  CompletionItemKind,
  CompletionItemTag,
  InsertTextFormat,
  InsertTextMode,
  type CompletionItem as LspItem,
  MarkupKind,
} from 'vscode-languageserver/node';
import type { CompletionItem } from '../engine.ts';
import { offsetAt, rangeOf } from './convert.ts';
import { guard } from './guard.ts';
import { type Session, type Target, target } from './session.ts';
import { plainText } from './snippet.ts';

/** Behind these a key, a value or an item of a list may begin, or a name goes on. */
export const completionTriggers = [' ', ':', '-', '/', '.', '"', "'", '('];

export function serveCompletion(session: Session): void {
  const kept = new Kept();
  session.connection.onCompletion(
    guard(session, 'textDocument/completion', null, ({ textDocument, position }) => {
      const file = target(session, textDocument.uri);
      if (file === undefined) return null;
      const offset = offsetAt(session, file, position);
      const all = file.snapshot.completion(file.uri, offset);
      const items = all.length > mostItems ? bestItems(all, file.text, offset) : all;
      const list = kept.keep(items);
      return {
        // The client asks again with every character where it has not been given all.
        isIncomplete: items.length < all.length,
        items: items.map((item, index) => ({
          ...toItem(session, file, item),
          data: { list, index },
        })),
      };
    }),
  );
  session.connection.onCompletionResolve((item) => {
    const documentation = kept.find(item.data)?.documentation ?? '';
    if (documentation === '') return item;
    const kind = session.client.completionMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText;
    return { ...item, documentation: { kind, value: documentation } };
  });
}

/** More than anyone scrolls through; thousands would cost more to send and to sort than to find. */
const mostItems = 500;

/** The first of those that what is typed may still become: its characters in this order, as editors match. */
function bestItems(items: readonly CompletionItem[], text: string, offset: number): readonly CompletionItem[] {
  return items
    .filter((item) => isSubsequence(text.slice(item.span.start, offset), item.filterText))
    .sort((a, b) => (a.sortText < b.sortText ? -1 : a.sortText > b.sortText ? 1 : 0))
    .slice(0, mostItems);
}

function isSubsequence(typed: string, candidate: string): boolean {
  const wanted = typed.toLowerCase();
  const offered = candidate.toLowerCase();
  let at = 0;
  for (const c of wanted) {
    at = offered.indexOf(c, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function toItem(session: Session, file: Target, item: CompletionItem): LspItem {
  const { client } = session;
  return {
    label: item.label,
    kind: kinds[item.kind],
    sortText: item.sortText,
    filterText: item.filterText,
    insertTextFormat: client.snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: {
      range: rangeOf(session, file.uri, file.text, item.span),
      newText: client.snippets ? item.newText : plainText(item.newText),
    },
    ...(item.also.length > 0 && {
      additionalTextEdits: item.also.map(({ span, newText }) => ({
        range: rangeOf(session, file.uri, file.text, span),
        newText,
      })),
    }),
    ...(item.detail !== '' &&
      (client.labelDetails ? { labelDetails: { description: item.detail } } : { detail: item.detail })),
    ...(client.insertAsIs && { insertTextMode: InsertTextMode.asIs }),
    ...(item.deprecated && (client.deprecatedTag ? { tags: [CompletionItemTag.Deprecated] } : { deprecated: true })),
    ...(item.retrigger &&
      client.retriggerCommand !== undefined && {
        command: { title: 'Suggest', command: client.retriggerCommand },
      }),
  };
}

const kinds: Readonly<Record<CompletionItem['kind'], CompletionItemKind>> = {
  field: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  reference: CompletionItemKind.Reference,
  kind: CompletionItemKind.Class,
  snippet: CompletionItemKind.Snippet,
};

/** The last lists that were given out, so that an item's documentation travels only when it is looked at. */
class Kept {
  readonly #lists = new Map<number, readonly CompletionItem[]>();
  #count = 0;

  keep(items: readonly CompletionItem[]): number {
    const id = this.#count++;
    this.#lists.set(id, items);
    this.#lists.delete(id - 4);
    return id;
  }

  /** `data` comes back from the client, which may send anything. */
  find(data: unknown): CompletionItem | undefined {
    if (typeof data !== 'object' || data === null) return undefined;
    const { list, index } = data as { list?: unknown; index?: unknown };
    return typeof list === 'number' && typeof index === 'number' ? this.#lists.get(list)?.[index] : undefined;
  }
}
