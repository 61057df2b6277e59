import type { Data, MapData } from '../base/data.ts';
import type { Span } from '../base/span.ts';
import type { Index } from '../graph/index.ts';
import { conflictOutcome, conflictText, resourceText } from '../graph/preset-wording.ts';
import { isPreset, isSelectedByPreset, type PlacedPreset, podsOf, presetOf, presettingOf } from '../graph/presets.ts';
import { applyPresets, type Conflict } from '../kubernetes/pod-preset.ts';
import type { DocumentRef, Facts } from '../model/facts.ts';
import type { Finding, Place, WiringRule } from './rule.ts';

export const presetConflict: WiringRule = {
  scope: 'wiring',
  id: 'preset-conflict',
  severity: 'warning',
  title: 'A PodPreset conflicts with a pod, or with another preset',
  why: 'Volumes and variables of one name, and mounts of one volume or path, must be identical in the pod and in all presets that match it. Where any two are not, Kubernetes applies none of the matching presets, and says nothing: the pod starts without all that they bring.',
  remedy:
    "Make the entries identical, rename one of them, or exclude the pod by its labels or by the annotation `podpreset.admission.kubernetes.io/exclude: 'true'`.",
  kubernetesVersion: '1.19',
  bad: `apiVersion: settings.k8s.io/v1alpha1
kind: PodPreset
metadata:
  name: database
spec:
  selector:
    matchLabels:
      role: frontend
  env:
    - name: DB_PORT
#           ^^^^^^^ warning preset-conflict
      value: "6379"
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    role: frontend
spec:
  containers:
    - name: web
      image: nginx:1.27
      env:
        - name: DB_PORT
#               ^^^^^^^ warning preset-conflict
          value: "5432"
`,
  good: `apiVersion: settings.k8s.io/v1alpha1
kind: PodPreset
metadata:
  name: database
spec:
  selector:
    matchLabels:
      role: frontend
  env:
    - name: DB_PORT
      value: "6379"
---
apiVersion: v1
kind: Pod
metadata:
  name: web
  labels:
    role: frontend
spec:
  containers:
    - name: web
      image: nginx:1.27
      env:
        - name: DB_PORT
          value: "6379"
`,
  *check(facts, index) {
    if (isPreset(facts)) yield* atPreset(facts, index);
    else if (isSelectedByPreset(index, facts)) yield* atPod(facts, index);
  },
};

/** At the pod's own entry; where presets contradict each other, at the pod's name. */
function* atPod(facts: Facts, index: Index): Generator<Finding> {
  const conflicts = presettingOf(index, facts)?.merged.conflicts ?? [];
  const told = new Set<string>();
  for (const conflict of conflicts) {
    const { entry, against } = conflict;
    if (against.preset === conflict.preset) continue;
    const own = against.preset ? undefined : placeOf(conflict, against.entry, facts.document);
    const span = own ?? facts.resource.nameSpan ?? facts.resource.kindSpan;
    const message = `${capital(conflictText(conflict))}. ${conflictOutcome(conflict)}`;
    if (told.has(`${span.start} ${message}`)) continue;
    told.add(`${span.start} ${message}`);
    const ends = against.preset ? [entry, against.entry] : [entry];
    yield { span, message, related: ends.flatMap((end) => linkTo(conflict, end)) };
  }
}

/** At the preset's entry, once for all pods that have the same trouble with it. */
function* atPreset(facts: Facts, index: Index): Generator<Finding> {
  const preset = presetOf(facts);
  if (!preset || preset.faults.length > 0) return;
  const own = conflictWithItself(preset);
  if (own) {
    yield {
      span: placeOf(own, own.entry, facts.document) ?? facts.resource.kindSpan,
      message: `${capital(conflictText(own))}: it conflicts with itself. ${conflictOutcome(own)}`,
      related: linkTo(own, own.against.entry),
    };
  }
  const groups = new Map<string, { readonly conflict: Conflict; readonly pods: Facts[]; readonly ends: Data[] }>();
  for (const pod of podsOf(index, preset)) {
    index.readWhole(pod);
    for (const conflict of presettingOf(index, pod)?.merged.conflicts ?? []) {
      const other = conflict.against.preset;
      const mine =
        conflict.preset.value === preset.value
          ? conflict.entry
          : other?.value === preset.value
            ? conflict.against.entry
            : undefined;
      if (!mine || other?.value === conflict.preset.value) continue;
      const end = mine === conflict.entry ? conflict.against.entry : conflict.entry;
      const key = `${mine.origin.place?.span.start ?? 0} ${conflict.shares} ${other?.name ?? ''} ${conflict.preset.name}`;
      const group = groups.get(key);
      if (!group) groups.set(key, { conflict, pods: [pod], ends: [end] });
      else {
        if (!group.pods.includes(pod)) group.pods.push(pod);
        if (other === undefined) group.ends.push(end);
      }
    }
  }
  for (const { conflict, pods, ends } of groups.values()) {
    const mine = conflict.preset.value === preset.value ? conflict.entry : conflict.against.entry;
    const [first] = pods;
    const more = pods.length > 1 ? ` and ${pods.length - 1} more` : '';
    yield {
      span: placeOf(conflict, mine, facts.document) ?? facts.resource.kindSpan,
      message: `In ${first ? resourceText(first.resource) : 'a pod'}${more}: ${conflictText(conflict)}. ${conflictOutcome(conflict)}`,
      related: ends.slice(0, 10).flatMap((end) => linkTo(conflict, end)),
    };
  }
}

/** A preset that mounts one volume at two paths, whatever pod it meets. */
function conflictWithItself(preset: PlacedPreset): Conflict | undefined {
  const pod: MapData = {
    type: 'map',
    origin: {},
    entries: new Map([
      [
        'spec',
        {
          type: 'map',
          origin: {},
          entries: new Map([
            ['containers', { type: 'list', origin: {}, items: [{ type: 'map', origin: {}, entries: new Map() }] }],
          ]),
        },
      ],
    ]),
  };
  return applyPresets(pod, [preset]).conflicts[0];
}

/** What two entries share, in one of them. */
function placeOf({ shares }: Conflict, entry: MapData, document: DocumentRef): Span | undefined {
  const place = (entry.entries.get(shares) ?? entry).origin.place;
  return place?.source === document ? place.span : undefined;
}

function linkTo({ shares, key }: Conflict, entry: Data): readonly (Place & { readonly message: string })[] {
  const place = (entry.type === 'map' ? (entry.entries.get(shares) ?? entry) : entry).origin.place;
  // Sources of values are documents: all of them are made there.
  return place ? [{ document: place.source, span: place.span, message: `The other "${key}" is here` }] : [];
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
