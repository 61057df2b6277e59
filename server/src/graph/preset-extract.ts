import { type MapData, mapAt, mapsAt, textOf } from '../base/data.ts';
import type { Span } from '../base/span.ts';
import type { TextEdit } from '../base/text-edit.ts';
import { longestPresetName } from '../kubernetes/pod-preset.ts';
import { isSame } from '../kubernetes/same-entry.ts';
import { defaultVariable } from '../kubernetes/volume-defaults.ts';
import type { DocumentRef, Facts } from '../model/facts.ts';
import { templatePath } from '../model/trie.ts';
import { blockLines, type Layout, layoutOf, plainSafe } from '../syntax/edit.ts';
import { hasAlias, itemLines, itemSpan } from '../syntax/items.ts';
import { entrySpans, flowSpans } from '../syntax/remove.ts';
import { type ListNode, type Node, nodeAt, type Path, resolveAlias } from '../syntax/tree.ts';
import { documentOf } from './document.ts';
import type { Index } from './index.ts';
import { contentOf, type Rewriting } from './preset-inline.ts';
import { resourceText } from './preset-wording.ts';
import { namespaceOf, presettingOf, templateOf } from './presets.ts';

type ListName = 'env' | 'envFrom' | 'volumeMounts';

interface Container {
  readonly path: Path;
  readonly value: MapData;
}

/**
 * Moves what all containers of a pod have alike into a PodPreset in a document of its own, which selects the pod by
 * all of its labels: variables, envFrom, mounts, and the volumes of those mounts. What the preset merges is what the
 * pod had, in another order.
 */
export function extractPreset(index: Index, facts: Facts): Rewriting {
  const document = documentOf(facts.document);
  const template = templateOf(facts);
  const who = resourceText(facts.resource);
  if (!template || document.broken) return { refused: `${who} can't be read as YAML at the moment.` };
  const { root, text } = { root: document.tree, text: document.text };
  const base: Path = [...facts.resource.path, ...templatePath(facts)];
  const labels = [...(mapAt(template, 'metadata', 'labels')?.entries ?? [])].map(
    ([key, value]) => [key, textOf(value)] as const,
  );
  if (labels.length === 0) return { refused: `The pods of ${who} have no labels by which a preset could select them.` };
  const other = othersWith(index, facts, labels);
  if (other)
    return { refused: `${resourceText(other.resource)} has all of these labels, too: it would get the preset.` };
  if (presettingOf(index, facts)?.exemption) return { refused: `The pods of ${who} are excluded from presets.` };
  const containers = (['containers', 'initContainers'] as const).flatMap((list) =>
    mapsAt(template, 'spec', list).map((value, i): Container => ({ path: [...base, 'spec', list, i], value })),
  );
  const common = commonEntries(containers, template);
  const volumes = new Set(common.volumeMounts.map((mount) => textOf(mount, 'name')));
  if (common.env.length + common.envFrom.length + common.volumeMounts.length === 0)
    return { refused: `The containers of ${who} have no variables and mounts that are the same in all of them.` };
  const edits: (TextEdit & { document: DocumentRef })[] = [];
  const cut = (holder: Path, lists: readonly (readonly [name: string, moved: readonly boolean[]])[]): boolean => {
    const spans = spansOf(text, root, holder, lists);
    edits.push(...(spans ?? []).map((span) => ({ document, span, newText: '' })));
    return spans !== undefined;
  };
  const isCut =
    containers.every(({ path, value }) =>
      cut(
        path,
        (['env', 'envFrom', 'volumeMounts'] as const).map((name) => [
          name,
          mapsAt(value, name).map((entry) => common[name].some((one) => isEqual(name, one, entry))),
        ]),
      ),
    ) &&
    cut(
      [...base, 'spec'],
      [['volumes', mapsAt(template, 'spec', 'volumes').map((volume) => volumes.has(textOf(volume, 'name')))]],
    );
  if (!isCut) return { refused: `${who} has them where they can't be taken out: behind anchors, aliases or comments.` };
  const layout = layoutOf(text, root);
  const lists = (['env', 'envFrom', 'volumeMounts'] as const).map((name) => {
    const first = containers[0];
    return first && common[name].length > 0
      ? listLines(text, root, [...first.path, name], common[name], layout)
      : undefined;
  });
  const moved = mapsAt(template, 'spec', 'volumes').filter((volume) => volumes.has(textOf(volume, 'name')));
  lists.push(moved.length > 0 ? listLines(text, root, [...base, 'spec', 'volumes'], moved, layout) : undefined);
  const added = presetText(facts, labels, lists, layout);
  const end = { start: text.length, end: text.length };
  const gap = text === '' || text.endsWith('\n') ? '' : layout.newline;
  return { edits: [...edits, { document, span: end, newText: gap + added }] };
}

/** Another resource whose pods have these labels. */
function othersWith(index: Index, facts: Facts, labels: readonly (readonly [string, string])[]): Facts | undefined {
  const [first] = labels;
  if (!first) return undefined;
  const found = index.withLabel('pods', first[0], first[1], namespaceOf(facts));
  const { kind, name } = facts.resource;
  return found.find(
    (one) =>
      !(one.facts.resource.kind === kind && one.facts.resource.name === name) &&
      namespaceOf(one.facts) === namespaceOf(facts) &&
      labels.every(([key, value]) => one.labels.get(key)?.value === value),
  )?.facts;
}

function isEqual(name: ListName, a: MapData, b: MapData): boolean {
  return name === 'env' ? isSame(defaultVariable(a), defaultVariable(b)) : isSame(a, b);
}

/** The entries of the first container that every other one has, too, and that a preset can bring. */
function commonEntries(
  containers: readonly Container[],
  template: MapData,
): Readonly<Record<ListName, readonly MapData[]>> {
  const inAll = (name: ListName): readonly MapData[] =>
    mapsAt(containers[0]?.value, name).filter((entry) =>
      containers.every(({ value }) => mapsAt(value, name).some((other) => isEqual(name, entry, other))),
    );
  const once = (name: ListName, field: string, entry: MapData): boolean =>
    containers.every(
      ({ value }) => mapsAt(value, name).filter((other) => textOf(other, field) === textOf(entry, field)).length === 1,
    );
  let env = inAll('env').filter((entry) => once('env', 'name', entry));
  // What stays behind comes first: it can't be expanded by what is moved.
  for (;;) {
    const names = new Set(env.map((entry) => textOf(entry, 'name')));
    const staying = containers.flatMap(({ value }) =>
      mapsAt(value, 'env').filter((entry) => !names.has(textOf(entry, 'name'))),
    );
    const needed = env.filter((entry) =>
      staying.some((other) => textOf(other, 'value').includes(`$(${textOf(entry, 'name')})`)),
    );
    if (needed.length === 0) break;
    env = env.filter((entry) => !needed.includes(entry));
  }
  const volumes = new Set(mapsAt(template, 'spec', 'volumes').map((volume) => textOf(volume, 'name')));
  const volumeMounts = inAll('volumeMounts').filter(
    (mount) => volumes.has(textOf(mount, 'name')) && once('volumeMounts', 'name', mount),
  );
  return { env, envFrom: inAll('envFrom'), volumeMounts };
}

/** What to cut out of lists of one holder: the whole field where all of its items go. */
function spansOf(
  text: string,
  root: Node | undefined,
  path: Path,
  lists: readonly (readonly [name: string, moved: readonly boolean[]])[],
): readonly Span[] | undefined {
  const holder = nodeAt(root, path);
  const touched = lists.filter(([, moved]) => moved.includes(true));
  if (touched.length === 0) return [];
  if (holder?.type !== 'map') return undefined;
  const whole = new Set(touched.filter(([, moved]) => !moved.includes(false)).map(([name]) => name));
  const spans = [...((whole.size > 0 ? entrySpans(text, holder, whole) : []) ?? [undefined])];
  for (const [name, moved] of touched) {
    const list = nodeAt(root, [...path, name]);
    if (list?.type !== 'list' || list.items.length !== moved.length || hasAlias(root, [...path, name]))
      return undefined;
    if (whole.has(name)) continue;
    const items = list.items.map((item): Span => item ?? { start: list.start, end: list.start });
    spans.push(
      ...(list.flow ? flowSpans(items, moved) : items.flatMap((_, i) => (moved[i] ? [itemSpan(text, list, i)] : []))),
    );
  }
  const known = spans.filter((span) => span !== undefined);
  // What an alias elsewhere stands for has to stay.
  const hasAnchor = known.some(({ start, end }) => /(?:^|[\s,[{])&\w/.test(text.slice(start, end)));
  return known.length < spans.length || hasAnchor ? undefined : known;
}

/** The entries of a list as they stand, comments included. */
function listLines(
  text: string,
  root: Parameters<typeof nodeAt>[0],
  path: Path,
  entries: readonly MapData[],
  layout: Layout,
): readonly string[] {
  const list = resolveAlias(nodeAt(root, path));
  const key = String(path.at(-1));
  const lines = entries.flatMap((entry) => {
    const start = entry.origin.place?.span.start;
    const at = list?.type === 'list' ? list.items.findIndex((item) => item?.start === start) : -1;
    return (at >= 0 && itemLines(text, list as ListNode, at)) || blockLines([contentOf(entry)], layout);
  });
  return [`${key}:`, ...lines.map((line) => ' '.repeat(layout.dash) + line)];
}

function presetText(
  facts: Facts,
  labels: readonly (readonly [string, string])[],
  lists: readonly (readonly string[] | undefined)[],
  layout: Layout,
): string {
  const { name, namespace } = facts.resource;
  const indent = (by: number, line: string): string => (line === '' ? '' : ' '.repeat(layout.step * by) + line);
  const lines = [
    '---',
    'apiVersion: settings.k8s.io/v1alpha1',
    'kind: PodPreset',
    'metadata:',
    indent(1, `name: ${plainSafe(`${name.slice(0, longestPresetName - 7) || 'pod'}-preset`)}`),
    ...(namespace === '' ? [] : [indent(1, `namespace: ${plainSafe(namespace)}`)]),
    'spec:',
    indent(1, 'selector:'),
    indent(2, 'matchLabels:'),
    ...labels.map(([key, value]) => indent(3, `${plainSafe(key)}: ${plainSafe(value)}`)),
    ...lists.flatMap((list) => (list ?? []).map((line) => indent(1, line))),
  ];
  return lines.join(layout.newline) + layout.newline;
}
