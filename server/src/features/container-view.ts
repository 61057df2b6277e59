import { type Json, mapsAt, type Origin, textOf } from '../base/data.ts';
import type { Location } from '../base/location.ts';
import { newestRelease, parseRelease } from '../base/release.ts';
import { objectsFor } from '../graph/data-objects.ts';
import {
  type Environment,
  environmentOf,
  expandValue,
  type ValuePart,
  type Variable,
} from '../kubernetes/environment.ts';
import { type Mount, mountsOf } from '../kubernetes/mounted-files.ts';
import { podFactsAt } from './shared/at-pod.ts';
import { type FeatureContext, locate } from './shared/context.ts';
import { effectivePod, type PreviewOptions } from './shared/effective-pod.ts';

/** What the containers of a pod see. */
export interface ContainerView {
  readonly kind: string;
  readonly name: string;
  /** The resource in its file. */
  readonly location: Location;
  readonly containers: readonly SeenContainer[];
}

export interface SeenContainer {
  readonly name: string;
  readonly list: 'containers' | 'initContainers';
  readonly variables: readonly SeenVariable[];
  readonly mounts: readonly SeenMount[];
  readonly notes: readonly string[];
}

/** A text to be shown; `masked` where a Secret's value stands in it that is not. */
export interface SeenValue {
  readonly text: string;
  readonly masked: boolean;
}

export interface SeenVariable {
  readonly name: string;
  readonly value: SeenValue;
  readonly source: string;
  /** Who set it, where that is not the manifest: `PodPreset "database"`. */
  readonly note: string | undefined;
  readonly overrides: readonly string[];
  readonly location: Location | undefined;
}

export interface SeenMount {
  readonly path: string;
  readonly volume: string;
  readonly what: string;
  readonly readOnly: boolean;
  readonly files: readonly SeenFile[] | undefined;
  readonly note: string | undefined;
  readonly notes: readonly string[];
  readonly location: Location | undefined;
}

export interface SeenFile {
  readonly path: string;
  /** As in `chmod`: "0644". */
  readonly mode: string;
  readonly source: string;
  readonly content: SeenValue;
  readonly location: Location | undefined;
}

/**
 * For each container of the pod at the cursor its environment, and the files that its mounts make. Undefined where
 * nothing there makes pods.
 *
 * @param reveal shows the values of Secrets, which are masked otherwise
 */
export function containerView(
  context: FeatureContext,
  options: PreviewOptions,
  reveal: boolean,
): ContainerView | undefined {
  const facts = podFactsAt(context);
  const { index } = context.workspace;
  const found = facts && effectivePod(index, facts, new Set(options.layers), options.kubernetesVersion);
  if (!found) return undefined;
  const objects = objectsFor(index, facts);
  const release = parseRelease(options.kubernetesVersion) ?? newestRelease;
  const containers = (['initContainers', 'containers'] as const).flatMap((list) =>
    mapsAt(found.pod, 'spec', list).map((container): SeenContainer => {
      const environment = environmentOf(container, found.pod, objects, release);
      const expanded = (text: string): string => show(expandValue(text, lookupIn(environment)), false).text;
      return {
        name: textOf(container, 'name'),
        list,
        variables: environment.variables.map((variable) => seenVariable(variable, reveal)),
        mounts: mountsOf(container, found.pod, objects, expanded).map((mount) => seenMount(mount, reveal)),
        notes: environment.notes,
      };
    }),
  );
  const { kind, name, span } = facts.resource;
  return { kind, name, location: locate(facts.document, span), containers };
}

const lookupIn = ({ variables }: Environment): ((name: string) => readonly ValuePart[] | undefined) => {
  const known = new Map(variables.map(({ name, value }) => [name, value]));
  return (name) => known.get(name);
};

function show(parts: readonly ValuePart[], reveal: boolean): SeenValue {
  let masked = false;
  const only = parts.length === 1;
  const text = parts.map((part) => {
    if (part.is === 'text') return part.text;
    if (part.is === 'unknown') return `<${part.what}>`;
    if (reveal) return part.text ?? `<secret ${part.secret}/${part.key}>`;
    masked = true;
    return only ? `secret ${part.secret}/${part.key}` : `<secret ${part.secret}/${part.key}>`;
  });
  return { text: text.join(''), masked };
}

const seenVariable = (variable: Variable, reveal: boolean): SeenVariable => ({
  name: variable.name,
  value: show(variable.value, reveal),
  source: variable.source,
  note: variable.origin.note,
  overrides: variable.overrides,
  location: locationOf(variable.target) ?? locationOf(variable.origin),
});

const seenMount = (mount: Mount, reveal: boolean): SeenMount => ({
  path: mount.path,
  volume: mount.volume,
  what: mount.what,
  readOnly: mount.readOnly,
  files: mount.files?.map((file) => ({
    path: file.path,
    mode: file.mode.toString(8).padStart(4, '0'),
    source: file.source,
    content: show([file.content], reveal),
    location: locationOf(file.target),
  })),
  note: mount.origin.note,
  notes: mount.notes,
  location: locationOf(mount.origin),
});

const locationOf = (origin: Origin | undefined): Location | undefined =>
  origin?.place && locate(origin.place.source, origin.place.span);

/** The view as plain data, for programs. */
export const viewAsJson = ({ kind, name, containers }: ContainerView): Json => ({
  kind,
  name,
  containers: containers.map((container) => ({
    name: container.name,
    init: container.list === 'initContainers',
    environment: container.variables.map((variable) => ({
      name: variable.name,
      value: variable.value.text,
      masked: variable.value.masked,
      from: variable.source,
      ...(variable.note !== undefined && { addedBy: variable.note }),
      overrides: [...variable.overrides],
    })),
    mounts: container.mounts.map((mount) => ({
      path: mount.path,
      volume: mount.volume,
      source: mount.what,
      readOnly: mount.readOnly,
      ...(mount.note !== undefined && { addedBy: mount.note }),
      files: mount.files?.map(({ path, mode, source }) => ({ path, mode, from: source })) ?? null,
      notes: [...mount.notes],
    })),
    notes: [...container.notes],
  })),
});

/** A line of the view as text, and where what it speaks of is written. */
export interface ViewLine {
  readonly text: string;
  readonly location: Location | undefined;
}

/** The view as text: a table of the environment and a tree of the files, for each container. */
export function viewAsText({ containers }: ContainerView): readonly ViewLine[] {
  const lines: ViewLine[] = [];
  const add = (text: string, location?: Location): void => void lines.push({ text: text.trimEnd(), location });
  for (const [i, container] of containers.entries()) {
    if (i > 0) add('');
    add(`${container.list === 'initContainers' ? 'Init container' : 'Container'} ${container.name}`);
    add('');
    environmentText(container, add);
    add('');
    filesText(container, add);
    for (const note of container.notes) add(`  ! ${note}`);
  }
  return lines;
}

type Add = (text: string, location?: Location) => void;

function environmentText({ variables }: SeenContainer, add: Add): void {
  add(variables.length === 0 ? '  Environment: nothing is set' : '  Environment');
  const shown = variables.map((variable) => ({ variable, value: oneLine(variable.value.text) }));
  const nameWidth = widest(shown.map(({ variable }) => variable.name));
  const valueWidth = widest(shown.map(({ value }) => value));
  for (const { variable, value } of shown) {
    const note = variable.note === undefined ? '' : ` · ${variable.note}`;
    const over = variable.overrides.length === 0 ? '' : ` · overrides ${variable.overrides.join(', ')}`;
    add(
      `    ${variable.name.padEnd(nameWidth)}  ${value.padEnd(valueWidth)}  ${variable.source}${note}${over}`,
      variable.location,
    );
  }
}

const widest = (texts: readonly string[]): number => Math.min(60, Math.max(0, ...texts.map((text) => text.length)));

const oneLine = (text: string): string => {
  const quoted = /[\r\n\t]/.test(text) ? JSON.stringify(text) : text === '' ? '""' : text;
  return quoted.length > 60 ? `${quoted.slice(0, 59)}…` : quoted;
};

function filesText({ mounts }: SeenContainer, add: Add): void {
  add(mounts.length === 0 ? '  Files: nothing is mounted' : '  Files');
  for (const mount of mounts) {
    const single = mount.files?.length === 1 && mount.files[0]?.path === '' ? mount.files[0] : undefined;
    const what = single ? `${single.mode}  ${single.source}` : mount.what;
    const note = mount.note === undefined ? '' : ` · ${mount.note}`;
    add(`    ${mount.path}  ${what}${mount.readOnly ? ', read-only' : ''}${note}`, single?.location ?? mount.location);
    const files = single ? [] : (mount.files ?? []);
    for (const line of tree(files)) add(`    ${line.text}`, line.location);
    for (const text of mount.notes) add(`      ! ${text}`, mount.location);
  }
}

/** Files as a tree, directories before what is in them. */
function tree(files: readonly SeenFile[]): readonly ViewLine[] {
  interface Folder {
    readonly folders: Map<string, Folder>;
    readonly files: Map<string, SeenFile>;
  }
  const root: Folder = { folders: new Map(), files: new Map() };
  for (const file of files) {
    const parts = file.path.split('/').filter((part) => part !== '');
    const name = parts.pop();
    if (name === undefined) continue;
    let folder = root;
    for (const part of parts) {
      let next = folder.folders.get(part);
      if (!next) {
        next = { folders: new Map(), files: new Map() };
        folder.folders.set(part, next);
      }
      folder = next;
    }
    // Of two sources of one path the last one is there.
    folder.files.set(name, file);
  }
  const lines: ViewLine[] = [];
  const visit = (folder: Folder, indent: string): void => {
    const entries = [...folder.folders, ...folder.files].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [i, [name, entry]] of entries.entries()) {
      const last = i === entries.length - 1;
      const lead = `${indent}${last ? '└── ' : '├── '}`;
      if ('mode' in entry)
        lines.push({ text: `${lead}${name}  ${entry.mode}  ${entry.source}`, location: entry.location });
      else {
        lines.push({ text: `${lead}${name}/`, location: undefined });
        visit(entry, `${indent}${last ? '    ' : '│   '}`);
      }
    }
  };
  visit(root, '');
  return lines;
}
