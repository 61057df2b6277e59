import access from '../../../snippets/access.json' with { type: 'json' };
import cluster from '../../../snippets/cluster.json' with { type: 'json' };
import config from '../../../snippets/config.json' with { type: 'json' };
import container from '../../../snippets/container.json' with { type: 'json' };
import network from '../../../snippets/network.json' with { type: 'json' };
import pod from '../../../snippets/pod.json' with { type: 'json' };
import storage from '../../../snippets/storage.json' with { type: 'json' };
import workloads from '../../../snippets/workloads.json' with { type: 'json' };
import type { SymbolId } from './row-types.ts';

/** What is inserted in one place. */
export interface SnippetPiece {
  /** 'document': documents of their own. Otherwise the API's name of the object that the body's keys belong to. */
  readonly in: string;
  /** Lines of a snippet in LSP's syntax, two spaces a level, lists indented. */
  readonly body: readonly string[];
}

/** Where a tab stop's names come from. */
export interface SnippetNames {
  /** Objects or their parts; the labels of the workspace's pods; the ports of the container at the cursor. */
  readonly symbol: SymbolId | 'pod-labels' | 'deployment';
  /** The tab stop that names the object whose parts are meant. */
  readonly of?: string;
}

/** Something to insert. It is offered where one of its pieces fits; the other pieces go where they belong. */
export interface Snippet {
  readonly prefix: string;
  readonly title: string;
  readonly description: string;
  /** The kind whose skeleton this is. */
  readonly kind?: string;
  /** By tab stop. */
  readonly names?: Readonly<Record<string, SnippetNames>>;
  readonly pieces: readonly SnippetPiece[];
}

/** By prefix, as in the files. */
const files: readonly Readonly<Record<string, unknown>>[] = [
  workloads,
  network,
  config,
  storage,
  access,
  cluster,
  pod,
  container,
];

/** Every snippet of snippets/, whose files are held to this form by a test. */
export const snippets: readonly Snippet[] = files.flatMap((file) =>
  Object.entries(file).map(([prefix, snippet]) => ({ ...(snippet as Omit<Snippet, 'prefix'>), prefix })),
);
