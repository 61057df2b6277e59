import { DraftList, DraftMap, type DraftNode, type Part } from './draft.ts';

/**
 * Comments that stood at what was taken out, and did not go with it to another place, are put where it stood: what an
 * author wrote is never lost.
 */
export function keepNotes(root: DraftMap): void {
  const kept = new Set<Part>();
  const maps: DraftMap[] = [];
  const collect = (node: DraftNode | undefined): void => {
    if (node instanceof DraftMap) maps.push(node);
    for (const part of partsOf(node)) {
      kept.add(part);
      collect(part.value);
    }
  };
  collect(root);
  for (const map of maps) {
    for (const { part, before } of map.dropped.splice(0)) {
      const notes = kept.has(part) ? [] : notesOf(part, kept);
      if (notes.length === 0) continue;
      const next = before && map.entries.includes(before) ? before : undefined;
      const last = map.entries.at(-1) ?? root.entries.at(-1);
      if (next) next.lead = [...indented(notes, next), ...next.lead];
      else if (last) last.tail = [...last.tail, ...indented(notes, last)];
    }
  }
}

type Held = Part & { readonly value: DraftNode | undefined };

const partsOf = (node: DraftNode | undefined): readonly Held[] =>
  node instanceof DraftMap ? node.entries : node instanceof DraftList ? node.items : [];

/** The comments of a part and of what is below it, but for what is kept. */
function notesOf(part: Held, kept: ReadonlySet<Part>): string[] {
  const below = part.value instanceof DraftMap ? part.value.dropped.map((one) => one.part) : [];
  return [
    ...part.lead,
    part.comment,
    ...[...partsOf(part.value), ...below].flatMap((one) => (kept.has(one) ? [] : notesOf(one, kept))),
    ...part.tail,
  ]
    .map((line) => line.trim())
    .filter((line) => line.startsWith('#'));
}

const indented = (notes: readonly string[], { column }: Part): string[] =>
  notes.map((note) => ' '.repeat(column ?? 0) + note);
