import { releaseName } from '../base/release.ts';
import type { DraftEntry, DraftMap } from '../syntax/draft.ts';
import type { Content } from '../syntax/edit.ts';
import { plainSafe } from '../syntax/edit.ts';
import { isPlaceholder } from '../syntax/placeholder.ts';
import { Restructured } from '../syntax/restructure.ts';
import type { Entry } from '../syntax/value.ts';
import { type LegacyAnnotation, legacyAnnotations } from '../tables/legacy-annotations.ts';
import type { DraftFix, SchemaRule, SchemaVisit } from './rule.ts';
import { takeAnnotation } from './upgrade/change.ts';

export const legacyAnnotation: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: [...new Set(legacyAnnotations.flatMap(({ on }) => on))],
  id: 'legacy-annotation',
  severity: 'warning',
  upgrades: true,
  title: 'The annotation has become a field',
  why: 'What began as an annotation has a field of its own now. Most such annotations are no longer looked at: the pod runs without what they ask for, and nothing says so.',
  remedy: 'Write the field. Its value is checked, too.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
  annotations:
    seccomp.security.alpha.kubernetes.io/pod: runtime/default
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning legacy-annotation
spec:
  containers:
    - name: web
      image: nginx:1.27
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  securityContext:
    seccompProfile:
      type: RuntimeDefault
  containers:
    - name: web
      image: nginx:1.27
`,
  visit(visit, report) {
    const { value, schema, model } = visit;
    if (schema.type !== 'object') return;
    for (const entry of value.at('metadata', 'annotations').entries) {
      const row = rowFor(entry.name, schema.name);
      if (!row || (row.since !== undefined && row.since > model.release)) continue;
      // A version whose spec has no such field keeps its annotation.
      if (row.change.to !== 'annotation' && !hasField(schema, row)) continue;
      const ignored = row.ignoredSince !== undefined && row.ignoredSince <= model.release;
      const fate = ignored
        ? `is not looked at since ${releaseName(row.ignoredSince ?? 0)}`
        : 'still counts, but is deprecated';
      report({
        span: { start: entry.key.start, end: entry.key.end },
        severity: ignored ? 'warning' : 'hint',
        tags: ['deprecated'],
        message: `The annotation "${entry.name}" ${fate}: use ${row.field}.`,
        fixes: () => fixes(visit, row, entry),
      });
    }
  },
};

const rowFor = (name: string, type: string): LegacyAnnotation | undefined =>
  legacyAnnotations.find(
    (row) => row.on.includes(type) && (row.ofContainer ? name.startsWith(row.name) : name === row.name),
  );

function hasField(schema: SchemaVisit['schema'], { change, ofContainer }: LegacyAnnotation): boolean {
  if (ofContainer || !('path' in change)) return true;
  const [first = '', second = ''] = change.path;
  const spec = schema.type === 'object' ? schema.fields.get(first)?.schema : undefined;
  return spec?.type === 'object' && spec.fields.has(second);
}

function fixes(visit: SchemaVisit, row: LegacyAnnotation, entry: Entry): readonly DraftFix[] {
  const { document, facts } = visit;
  const text = entry.value.scalar?.value;
  if (text === undefined || isPlaceholder(text) || row.change.to === 'nothing') return [];
  const draft = Restructured.of(document.text, document.tree);
  const object = draft?.at([...facts.resource.path, ...visit.path]);
  if (!draft || !object || !rewrite(object, row, entry.name, text)) return [];
  const title = row.change.to === 'annotation' ? `Rename to ${row.change.name}` : `Move to ${row.field}`;
  const edits = draft.edits();
  return edits
    ? [{ title, preferred: row.undecided !== true, edits: edits.map((edit) => ({ document, ...edit })) }]
    : [];
}

/** False where it can't be done, or where the field says something already. */
function rewrite(
  object: DraftMap,
  { change, ofContainer, name: start }: LegacyAnnotation,
  name: string,
  text: string,
): boolean {
  const metadata = object.map('metadata');
  if (change.to === 'nothing') return false;
  if (change.to === 'annotation') {
    metadata?.map('annotations')?.rename(name, change.name);
    return true;
  }
  const content = contentOf(change.to, text);
  if (content === undefined) return false;
  const holder = ofContainer ? containerOf(object, name.slice(start.length)) : object;
  if (!holder) return false;
  const entry = takeAnnotation(metadata, name);
  if (!entry) return false;
  let map = holder;
  for (const key of change.path.slice(0, -1)) {
    if (map.has(key) && !map.map(key)) return false;
    map = map.ensure(key, ofContainer ? undefined : { first: true });
  }
  const last = change.path.at(-1) ?? '';
  // The field wins where both are there.
  if (map.has(last)) return true;
  put(map, last, change.to === 'text' ? undefined : content, entry);
  return true;
}

/** The entry under its new name, with its own value where no other is given. Comments stay with it. */
function put(map: DraftMap, name: string, content: Content | undefined, entry: DraftEntry): void {
  const first = { first: true };
  map.add(entry, name, first);
  if (content !== undefined) map.set(name, content);
}

function containerOf(object: DraftMap, name: string): DraftMap | undefined {
  const spec = object.map('spec');
  const all = [...(spec?.maps('containers') ?? []), ...(spec?.maps('initContainers') ?? [])];
  return all.find((container) => container.text('name') === name);
}

function contentOf(to: string, text: string): Content | undefined {
  switch (to) {
    case 'text':
      return plainSafe(text);
    case 'flag':
      return text === 'true' || text === 'false' ? text : undefined;
    case 'traffic':
      return text === 'OnlyLocal' ? 'Local' : text === 'Global' ? 'Cluster' : undefined;
    case 'list':
      return text
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== '')
        .map(plainSafe);
    case 'sysctls':
      return text.split(',').map((pair) => {
        const at = pair.indexOf('=');
        return { name: plainSafe(pair.slice(0, at).trim()), value: JSON.stringify(pair.slice(at + 1).trim()) };
      });
    case 'profile':
      return profile(text);
    case 'json':
      return fromJson(text);
    default:
      return undefined;
  }
}

/** What seccomp and AppArmor annotations said, as their fields have it. */
function profile(text: string): Content | undefined {
  if (text === 'runtime/default' || text === 'docker/default') return { type: 'RuntimeDefault' };
  if (text === 'unconfined') return { type: 'Unconfined' };
  if (text.startsWith('localhost/') && text.length > 10)
    return { type: 'Localhost', localhostProfile: plainSafe(text.slice(10)) };
  return undefined;
}

function fromJson(text: string): Content | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? asContent(json) : undefined;
  } catch {
    return undefined;
  }
}

function asContent(json: unknown): Content {
  if (typeof json === 'string') return plainSafe(json);
  if (Array.isArray(json)) return json.map(asContent);
  if (typeof json === 'object' && json !== null)
    return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, asContent(value)]));
  return String(json);
}
