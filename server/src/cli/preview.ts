import { unifiedDiff } from '../base/line-diff.ts';
import { LineIndex } from '../base/line-index.ts';
import type { Location } from '../base/location.ts';
import { type PodResource, type Preview, type Snapshot, viewAsJson, viewAsText } from '../engine.ts';
import type { PreviewArguments } from './arguments.ts';
import { type CheckEngine, index } from './check.ts';
import { readInput } from './input.ts';
import { complain, exitCodes, type Io } from './io.ts';

/** `podwire preview`: the pods that will run, of all paths as one workspace. Comes back with the exit code. */
export async function preview(
  given: PreviewArguments,
  createEngine: () => Promise<CheckEngine>,
  io: Io,
): Promise<number> {
  const input = await readInput(given.paths, io);
  if (input === undefined) return exitCodes.unusable;
  const { files } = input;
  const engine = await createEngine();
  if (given.kubernetesVersion !== undefined) engine.configure({ kubernetesVersion: given.kubernetesVersion });
  if (!index(engine, input, io)) return exitCodes.unusable;
  const snapshot = engine.snapshot();
  const found = snapshot.podResources().filter((resource) => isWanted(resource, given));
  if (found.length === 0) {
    complain(io, `no ${wanted(given)} in ${given.paths.join(', ')}`);
    return exitCodes.unusable;
  }
  const names = new Map(files.map((file) => [file.uri, file.name]));
  const places = new Places(snapshot, (uri) => names.get(uri) ?? uri);
  const previews = found.flatMap(
    ({ location: { uri, span } }) => snapshot.preview(uri, span.start, given.layers) ?? [],
  );
  for (const one of previews) {
    for (const { message, location } of one.notes)
      complain(io, `${location ? `${places.of(location)}: ` : ''}${titleOf(one)}: ${message}`);
  }
  if (given.containerView) {
    io.out(containersOf(found, snapshot, given));
  } else if (given.format === 'json') {
    const values = previews.map(({ value }) => value);
    io.out(`${JSON.stringify(values.length === 1 ? values[0] : values, undefined, 2)}\n`);
  } else if (given.diff) {
    io.out(previews.map((one) => diffOf(one, places)).join(''));
  } else {
    io.out(previews.map((one) => yamlOf(one, places)).join('---\n'));
  }
  return previews.some(({ conflicted }) => conflicted) ? exitCodes.found : exitCodes.clean;
}

const isWanted = (resource: PodResource, { kind, name, namespace }: PreviewArguments): boolean =>
  (kind === undefined || resource.kind.toLowerCase() === kind.toLowerCase()) &&
  (name === undefined || resource.name === name) &&
  (namespace === undefined || (resource.namespace || 'default') === namespace);

function wanted({ kind, name, namespace }: PreviewArguments): string {
  const what = kind ?? 'resource with pods';
  const named = name === undefined ? '' : ` named "${name}"`;
  return `${what}${named}${namespace === undefined ? '' : ` of namespace ${namespace}`}`;
}

const titleOf = ({ kind, name }: { readonly kind: string; readonly name: string }): string =>
  name === '' ? kind : `${kind} ${name}`;

/** YAML with a comment wherever something is not the author's. */
function yamlOf({ lines }: Preview, places: Places): string {
  return lines
    .map(({ text, begins, note, location }) => {
      if (!begins || note === undefined) return `${text}\n`;
      // Names are the manifests' own, line ends and all.
      return `${text} # ${note.replace(/\s+/g, ' ')}${location ? `, ${places.of(location)}` : ''}\n`;
    })
    .join('');
}

function diffOf(one: Preview, places: Places): string {
  const before = `${places.of(one.location)} ${titleOf(one)}`;
  const after = `${titleOf(one)} as it will run`;
  return unifiedDiff(
    one.written.map(({ text }) => text),
    one.lines.map(({ text }) => text),
    [before, after],
  );
}

function containersOf(found: readonly PodResource[], snapshot: Snapshot, given: PreviewArguments): string {
  const views = found.flatMap(
    ({ location: { uri, span } }) => snapshot.containerView(uri, span.start, given.layers, false) ?? [],
  );
  if (given.format === 'json') {
    const values = views.map(viewAsJson);
    return `${JSON.stringify(values.length === 1 ? values[0] : values, undefined, 2)}\n`;
  }
  return views
    .map((view) => {
      const lines = viewAsText(view).map(({ text }) => `${text}\n`);
      return `${titleOf(view)}\n\n${lines.join('')}`;
    })
    .join('\n');
}

/** Places as `file:line`. */
class Places {
  readonly #snapshot: Snapshot;
  readonly #nameOf: (uri: string) => string;
  readonly #indexes = new Map<string, LineIndex>();

  constructor(snapshot: Snapshot, nameOf: (uri: string) => string) {
    this.#snapshot = snapshot;
    this.#nameOf = nameOf;
  }

  of({ uri, span }: Location): string {
    let index = this.#indexes.get(uri);
    if (index === undefined) {
      index = new LineIndex(this.#snapshot.text(uri) ?? '');
      this.#indexes.set(uri, index);
    }
    return `${this.#nameOf(uri)}:${index.position(span.start).line + 1}`;
  }
}
