import { type Json, type Maker, type Origin, toJson } from '../base/data.ts';
import type { Location } from '../base/location.ts';
import { newestRelease, parseRelease } from '../base/release.ts';
import type { Span } from '../base/span.ts';
import { documentOf } from '../graph/document.ts';
import { conflictOutcome, conflictText, lossText, resourceText } from '../graph/preset-wording.ts';
import { decodeResource, hasPods, resourceValue } from '../graph/presets.ts';
import { longestPresetName, pluginGoneIn } from '../kubernetes/pod-preset.ts';
import type { Facts } from '../model/facts.ts';
import { type PrintedLine, printYaml } from '../syntax/print.ts';
import { podFactsAt } from './shared/at-pod.ts';
import { type FeatureContext, locate } from './shared/context.ts';
import { type EffectivePod, effectivePod, type Layer, layers, type PreviewOptions } from './shared/effective-pod.ts';

export { type Layer, layers };

/** A line of the preview. */
export interface PreviewLine {
  readonly text: string;
  /** Who added it; undefined for the author's own. */
  readonly maker: Maker | undefined;
  /** What to say at its end: `PodPreset "allow-database"`. */
  readonly note: string | undefined;
  /** The first line of what was added there. */
  readonly begins: boolean;
  /** A comment at its end would be a part of a text. */
  readonly verbatim: boolean;
  /** Where it is written. */
  readonly location: Location | undefined;
}

/** Something to be said of the whole pod. */
export interface PreviewNote {
  readonly kind: 'conflict' | 'refused' | 'note';
  readonly message: string;
  readonly location: Location | undefined;
}

/** The pod that a manifest comes to. */
export interface Preview {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  /** The resource in its file. */
  readonly location: Location;
  readonly lines: readonly PreviewLine[];
  /** The manifest as it was written, printed in the same way. */
  readonly written: readonly PreviewLine[];
  readonly notes: readonly PreviewNote[];
  /** Presets of the pod contradict each other, or the pod. */
  readonly conflicted: boolean;
  readonly value: Json;
}

/** A resource that has pods. */
export interface PodResource {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly location: Location;
}

/** The resources of a document whose pods can be looked at. */
export const podResources = (all: readonly Facts[]): readonly PodResource[] =>
  all.filter(hasPods).map((facts) => ({
    kind: facts.resource.kind,
    name: facts.resource.name,
    namespace: facts.resource.namespace,
    location: locate(facts.document, facts.resource.span),
  }));

/** The pod at the cursor with the layers that are asked for; undefined where nothing there makes pods. */
export function preview(context: FeatureContext, options: PreviewOptions): Preview | undefined {
  const facts = podFactsAt(context);
  if (!facts) return undefined;
  const { kind, name, namespace } = facts.resource;
  const location = locate(facts.document, facts.resource.span);
  const found = effectivePod(context.workspace.index, facts, new Set(options.layers), options.kubernetesVersion);
  const base = { kind, name, namespace, location };
  const broken = readingNotes(facts);
  if (!found) {
    const written = resourceValue(facts);
    const lines = written ? printYaml(written) : [];
    const missing: PreviewNote = {
      kind: 'note',
      message: `${resourceText(facts.resource)} has no pod template yet.`,
      location,
    };
    return {
      ...base,
      lines: lines.map(toLine),
      written: lines.map(toLine),
      notes: [...broken, missing],
      conflicted: false,
      value: written ? toJson(written) : null,
    };
  }
  const notes = [
    ...broken,
    ...(options.layers.includes('presets') ? presetNotes(found, options.kubernetesVersion) : []),
    ...found.unknown.map((message): PreviewNote => ({ kind: 'note', message, location: undefined })),
  ];
  return {
    ...base,
    lines: printYaml(found.object).map(toLine),
    written: printYaml(found.written).map(toLine),
    notes,
    conflicted: notes.some((note) => note.kind === 'conflict'),
    value: toJson(found.object),
  };
}

function toLine({ text, origin, begins, verbatim }: PrintedLine): PreviewLine {
  return { text, begins, verbatim, maker: origin.maker, note: origin.note, location: locationOf(origin) };
}

function locationOf({ place }: Origin): Location | undefined {
  return place && locate(place.source, place.span);
}

/** What of the pod's own document can't be read. */
function readingNotes(facts: Facts): readonly PreviewNote[] {
  const document = documentOf(facts.document);
  const notes: PreviewNote[] = decodeResource(facts).problems.map(({ message, span }) => ({
    kind: 'note',
    message,
    location: locate(document, span),
  }));
  const [problem] = document.parsed.problems;
  if (problem)
    notes.unshift({
      kind: 'note',
      message: "The manifest can't be read as YAML: what stands behind the fault may be missing here.",
      location: locate(document, problem.span),
    });
  return notes;
}

function presetNotes({ presetting }: EffectivePod, kubernetesVersion: string): readonly PreviewNote[] {
  const { merged, refused, doubled, presets, exemption } = presetting;
  const notes: PreviewNote[] = [];
  const add = (kind: PreviewNote['kind'], message: string, facts?: Facts, span?: Span): void => {
    notes.push({
      kind,
      message,
      location: facts && locate(facts.document, span ?? facts.resource.nameSpan ?? facts.resource.kindSpan),
    });
  };
  for (const conflict of merged.conflicts)
    notes.push({
      kind: 'conflict',
      message: `${conflictText(conflict)}. ${conflictOutcome(conflict)}`,
      location: locationOf(conflict.entry.origin),
    });
  for (const loss of merged.losses)
    notes.push({ kind: 'note', message: lossText(loss), location: locationOf(loss.entry.origin) });
  for (const preset of merged.tooLong)
    add(
      'refused',
      `The API server refuses the pod: the name of PodPreset "${preset.name}" has more than ${longestPresetName} characters, which is too long for the annotation that it leaves.`,
    );
  for (const { name, faults, facts } of refused)
    add(
      'note',
      `PodPreset "${name}" is left out, since the API server refuses it: ${faults[0]?.message ?? ''}.`,
      facts,
    );
  for (const { name, facts } of doubled)
    add('note', `PodPreset "${name}" is defined twice: this one is left out, since another takes its place.`, facts);
  for (const { name, facts } of presets)
    if (documentOf(facts.document).broken)
      add('note', `PodPreset "${name}" can't be read as YAML: it is shown as far as it goes.`, facts);
  if (exemption && presets.length > 0)
    add(
      'note',
      exemption === 'mirror'
        ? 'The pod is a mirror pod: presets leave it alone.'
        : 'The pod has the annotation that excludes it from presets.',
    );
  const gone = merged.applied.filter((preset) => preset.by === 'plugin');
  if (gone.length > 0 && (parseRelease(kubernetesVersion) ?? newestRelease) >= pluginGoneIn)
    add(
      'note',
      `settings.k8s.io left Kubernetes in 1.20: this is what 1.19 made of the pod, and ${kubernetesVersion} applies no such preset.`,
    );
  return notes;
}
