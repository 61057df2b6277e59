import { type Data, itemsAt } from '../../base/data.ts';
import type { Location } from '../../base/location.ts';
import { untilText } from '../../graph/preset-wording.ts';
import { hasPods, isBroughtBy, type PlacedPreset, presetsFor, presettingOf } from '../../graph/presets.ts';
import { templatePath } from '../../model/trie.ts';
import { nodeAt, type Pair, type Path, pairOf } from '../../syntax/tree.ts';
import { locate } from '../shared/context.ts';
import type { HintContext, HintKind, InlayHint } from './hint.ts';

/** What presets add to a pod, behind the list that it goes into: `+ 2 from allow-database`. */
export const presetHints: HintKind = {
  id: 'presets',
  hintsOf(context) {
    const { facts, workspace, release } = context;
    const { index } = workspace;
    if (!hasPods(facts) || presetsFor(index, facts).length === 0) return [];
    const presetting = presettingOf(index, facts);
    if (!presetting || presetting.merged.applied.length === 0) return [];
    const { merged, presets } = presetting;
    const until = untilText(merged.applied, release);
    const template: Path = [...facts.resource.path, ...templatePath(facts)];
    const result: InlayHint[] = [];
    // Behind a list that is not written, there is no place: what goes into it stands behind its holder.
    const add = (path: Path, lists: readonly string[], holder: (of: Path) => number | undefined): void => {
      const homeless: Addition[] = [];
      for (const list of lists) {
        const additions = additionsTo(presets, list, itemsAt(merged.pod, ...path, list));
        if (additions.length === 0) continue;
        const pair = pairOf(nodeAt(context.document.tree, [...template, ...path]), list);
        const offset = pair && behindKey(context, pair);
        if (offset === undefined) homeless.push(...additions);
        else result.push(hint(context, offset, additions, until));
      }
      const offset = homeless.length > 0 ? holder([...template, ...path]) : undefined;
      if (offset !== undefined)
        result.push(
          hint(
            context,
            offset,
            homeless.map((one) => ({ ...one, text: one.named })),
            until,
          ),
        );
    };
    for (const kind of ['initContainers', 'containers'] as const)
      for (const [i] of itemsAt(merged.pod, 'spec', kind).entries())
        add(['spec', kind, i], ['env', 'envFrom', 'volumeMounts'], (path) => endOfName(context, path));
    add(['spec'], ['volumes'], (path) => {
      const pair = pairOf(nodeAt(context.document.tree, path.slice(0, -1)), 'spec');
      return pair && behindKey(context, pair);
    });
    return result;
  },
};

interface Addition {
  readonly text: string;
  /** With the list's name. */
  readonly named: string;
  readonly location: Location | undefined;
}

/** What is added to a list, preset by preset. */
function additionsTo(presets: readonly PlacedPreset[], list: string, items: readonly Data[]): readonly Addition[] {
  return presets.flatMap((preset): Addition[] => {
    const [first, ...rest] = items.filter((item) => isBroughtBy(preset, item));
    if (!first) return [];
    const { place } = first.origin;
    return [
      {
        text: `${rest.length + 1} from ${preset.name}`,
        named: `${rest.length + 1} ${list} from ${preset.name}`,
        location: place && locate(place.source, place.span),
      },
    ];
  });
}

function hint({ document }: HintContext, offset: number, additions: readonly Addition[], until: string): InlayHint {
  const parts = additions.map(({ text, location }, i) => ({
    text: `${i === 0 ? '+ ' : ', '}${text}${i === additions.length - 1 ? until : ''}`,
    location,
  }));
  return { offset: document.start + offset, apart: true, parts };
}

/** Behind `key:`. */
function behindKey({ document }: HintContext, { key }: Pair): number | undefined {
  const colon = document.text.indexOf(':', key.end);
  return colon >= 0 && document.text.slice(key.end, colon).trim() === '' ? colon + 1 : undefined;
}

function endOfName({ document }: HintContext, path: Path): number | undefined {
  return pairOf(nodeAt(document.tree, path), 'name')?.value?.end;
}
