import { type Data, type MapData, valueAt } from '../base/data.ts';
import type { TextEdit } from '../base/text-edit.ts';
import type { DocumentRef, Facts } from '../model/facts.ts';
import { templatePath } from '../model/trie.ts';
import type { Content } from '../syntax/edit.ts';
import { appendItems, itemLines, type NewItem } from '../syntax/items.ts';
import { scalarText } from '../syntax/print.ts';
import { nodeAt, type Path, resolveAlias } from '../syntax/tree.ts';
import { documentOf } from './document.ts';
import type { Index } from './index.ts';
import { conflictText, lossText, resourceText } from './preset-wording.ts';
import { allPodsOf, type PlacedPreset, presettingOf } from './presets.ts';

/** A change of several documents, or why there can be none. */
export type Rewriting =
  | { readonly edits: readonly (TextEdit & { readonly document: DocumentRef })[] }
  | { readonly refused: string };

/**
 * Writes a preset into every pod and template that it matches, as admission would have merged it, and takes its
 * document away. The annotation that admission leaves is not written: it tells of a preset that is no more.
 */
export function inlinePreset(index: Index, preset: PlacedPreset): Rewriting {
  const [fault] = preset.faults;
  if (fault) return { refused: `The API server refuses this preset: ${fault.message}.` };
  const own = documentOf(preset.facts.document);
  if (preset.facts.resource.path.length > 0) return { refused: 'The preset is an item of a List.' };
  const pods = allPodsOf(index, preset);
  if (pods.length === 0) return { refused: 'The preset matches no pod of this workspace.' };
  const edits: (TextEdit & { document: DocumentRef })[] = [];
  for (const pod of pods) {
    const added = addTo(index, preset, pod);
    if ('refused' in added) return added;
    edits.push(...added.edits);
  }
  return { edits: [...edits, removal(own)] };
}

const lists = ['env', 'envFrom', 'volumeMounts'] as const;

function addTo(index: Index, preset: PlacedPreset, pod: Facts): Rewriting {
  const document = documentOf(pod.document);
  const { root } = document.parsed;
  const presetting = presettingOf(index, pod);
  const who = resourceText(pod.resource);
  if (document.broken || !presetting) return { refused: `${who} can't be read as YAML at the moment.` };
  if (presetting.exemption) return { edits: [] };
  const { merged } = presetting;
  const [conflict] = merged.conflicts;
  if (conflict) return { refused: `${who} gets none of its presets: ${conflictText(conflict)}.` };
  const [loss] = merged.losses.filter((one) => one.preset.value === preset.value);
  if (loss) return { refused: `${who}: ${lossText(loss)}` };
  if (!merged.applied.some((one) => one.value === preset.value)) return { edits: [] };
  const edits: (TextEdit & { document: DocumentRef })[] = [];
  const template: Path = [...pod.resource.path, ...templatePath(pod)];
  const add = (path: Path): boolean => {
    const items = newItems(preset, valueAt(merged.pod, ...path));
    if (items.length === 0) return true;
    const edit = appendItems(document.text, root, [...template, ...path], items);
    if (edit) edits.push({ document, ...edit });
    return edit !== undefined;
  };
  for (const kind of ['containers', 'initContainers'] as const) {
    const containers = resolveAlias(nodeAt(root, [...template, 'spec', kind]));
    for (let i = 0; i < (containers?.type === 'list' ? containers.items.length : 0); i++) {
      const path = ['spec', kind, i];
      // New fields go behind all that is there, and so behind what is added to its last list.
      const isThere = (list: string): boolean => nodeAt(root, [...template, ...path, list]) !== undefined;
      for (const list of [...lists].sort((a, b) => Number(isThere(b)) - Number(isThere(a))))
        if (!add([...path, list])) return { refused: `${who} shares a part with another place by an alias.` };
    }
  }
  if (!add(['spec', 'volumes'])) return { refused: `${who} shares a part with another place by an alias.` };
  return { edits };
}

/** What of a merged list is this preset's. */
function newItems(preset: PlacedPreset, list: Data | undefined): readonly NewItem[] {
  if (list?.type !== 'list') return [];
  const source = documentOf(preset.facts.document);
  return list.items.flatMap((item): NewItem[] => {
    const place = item.origin.place;
    if (item.origin.maker !== 'preset' || item.type !== 'map' || place?.source !== source) return [];
    const lines = linesOf(preset, place.span.start);
    return [{ content: contentOf(item), ...(lines && { lines }) }];
  });
}

/** The preset's own text of an item, by where it starts. */
function linesOf(preset: PlacedPreset, start: number): readonly string[] | undefined {
  const source = documentOf(preset.facts.document);
  for (const name of [...lists, 'volumes']) {
    const list = nodeAt(source.tree, [...preset.facts.resource.path, 'spec', name]);
    if (list?.type !== 'list') continue;
    const index = list.items.findIndex((item) => item?.start === start);
    if (index >= 0) return itemLines(source.text, list, index);
  }
  return undefined;
}

/** A value as it is to be written. */
export function contentOf(value: Data): Content {
  if (value.type === 'scalar') return scalarText(value);
  if (value.type === 'list') return value.items.map(contentOf);
  return Object.fromEntries(Array.from((value as MapData).entries, ([key, inner]) => [key, contentOf(inner)]));
}

/** Takes a document out of its file, and one of the marks between documents with it. */
export function removal(document: DocumentRef): TextEdit & { readonly document: DocumentRef } {
  const { text } = documentOf(document);
  return { document, span: { start: 0, end: text.length }, newText: '' };
}
