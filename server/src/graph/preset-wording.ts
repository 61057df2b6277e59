import type { Data } from '../base/data.ts';
import { releaseName } from '../base/release.ts';
import { type Conflict, isAppliedIn, type Loss, type Preset, pluginGoneIn } from '../kubernetes/pod-preset.ts';
import type { Resource } from '../model/facts.ts';

// What rules and the preview say of presets, in the same words.

/** `container "web" has a variable "DB_PORT"`: the two ends of a conflict. */
export function conflictText({ list, shares, key, container, preset, entry, against }: Conflict): string {
  const noun = nouns[list];
  const where = container === undefined ? 'the pod' : `container "${container}"`;
  const what = shares === 'mountPath' ? `a mount at ${key}` : `${noun.article} ${noun.one} "${key}"`;
  const name = `PodPreset "${preset.name}"`;
  if (against.preset === preset && against.entry !== entry) return `${name} has ${what} twice, and differently`;
  const other = against.preset ? `PodPreset "${against.preset.name}"` : where;
  return `${name} brings ${what}, and ${other} has another one${against.preset && container !== undefined ? `, both for ${where}` : ''}`;
}

const nouns = {
  volumes: { article: 'a', one: 'volume' },
  env: { article: 'a', one: 'variable' },
  volumeMounts: { article: 'a', one: 'mount of the volume' },
} as const;

/** What Kubernetes does about a conflict. */
export const conflictOutcome = ({ preset, list, container }: Conflict): string =>
  preset.by === 'plugin'
    ? 'Kubernetes then applies none of the matching presets, and says nothing: the pod starts without what they bring.'
    : `The webhook applies its presets all the same, and ${container === undefined ? 'the pod' : `container "${container}"`} loses all of its ${list}.`;

export const lossText = ({ container, preset, own }: Loss): string =>
  `Container "${container}" takes ${sourceText(own)} with other settings than PodPreset "${preset.name}": Kubernetes compares the two only when it merges, gives up there, and the container loses its whole envFrom.`;

function sourceText(entry: Data): string {
  const [kind, field] = hasField(entry, 'secretRef') ? ['Secret', 'secretRef'] : ['ConfigMap', 'configMapRef'];
  const ref = entry.type === 'map' ? entry.entries.get(field) : undefined;
  const name = ref?.type === 'map' ? ref.entries.get('name') : undefined;
  return `${kind} "${name?.type === 'scalar' ? String(name.value) : ''}"`;
}

const hasField = (entry: Data, field: string): boolean =>
  entry.type === 'map' && entry.entries.get(field)?.type === 'map';

/** Behind what is said of presets: until when that is so, where the release that is aimed at has left it behind. */
export const untilText = (presets: readonly Pick<Preset, 'by'>[], release: number): string =>
  presets.length > 0 && presets.every(({ by }) => !isAppliedIn(by, release))
    ? ` until ${releaseName(pluginGoneIn - 1)}`
    : '';

/** `Deployment "web"`. */
export const resourceText = ({ kind, name }: Resource): string => (name === '' ? kind : `${kind} "${name}"`);
