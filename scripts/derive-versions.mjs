import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mergeSources } from './schema/merge.mjs';
import { GoRelease } from './versions/go-types.mjs';

/*
 * Derives scripts/schema/versions.json: which releases of Kubernetes serve each kind and each field of the API model.
 * Reads the Go types of every release, so it wants clones with tags of kubernetes/api, apimachinery,
 * apiextensions-apiserver and kube-aggregator in one folder. Not a part of the build: run it when a release comes out.
 *
 *   node scripts/derive-versions.mjs FOLDER
 */
const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const OLDEST = 16;
const NEWEST = 36;

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: node scripts/derive-versions.mjs FOLDER');
const model = mergeSources(join(ROOT, 'node_modules'), { versions: false });
const releases = [];
for (let minor = OLDEST - 1; minor <= NEWEST; minor++) releases.push([minor, new GoRelease(folder, minor)]);
const newest = releases.at(-1)[1];

const known = new Set(model.kinds.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`));
const kinds = {};
/** Definition id → field → the releases that have it; and the releases that have the definition at all. */
const presence = new Map();
for (const { apiVersion, kind, id } of model.kinds) {
  const served = releases.filter(([, release]) => release.hasKind(apiVersion, kind)).map(([minor]) => minor);
  if (served.length === 0) continue;
  const lifecycle = releases
    .findLast(([, release]) => release.hasKind(apiVersion, kind))[1]
    .lifecycle(apiVersion, kind);
  const last = Math.min(served.at(-1), (lifecycle.removed ?? Infinity) - 1);
  const row = {
    ...(served[0] > OLDEST && { since: served[0] }),
    ...(last < NEWEST && { until: last }),
    ...(lifecycle.deprecated !== undefined &&
      lifecycle.deprecated <= Math.min(last, NEWEST) + 1 && { deprecated: lifecycle.deprecated }),
    // What has a date for its end already.
    ...(lifecycle.removed > NEWEST && { removal: lifecycle.removed }),
    ...(last < NEWEST || lifecycle.deprecated !== undefined ? replacementOf(apiVersion, kind, lifecycle) : {}),
  };
  if (Object.keys(row).length > 0) kinds[`${apiVersion} ${kind}`] = row;
  for (const [minor, release] of releases) {
    if (minor >= OLDEST && release.hasKind(apiVersion, kind))
      walk(id, release.typeOfKind(apiVersion, kind), release, minor);
  }
}

/** What Kubernetes names as the successor, where that exists, or else the group's own stable version. */
function replacementOf(apiVersion, kind, lifecycle) {
  const named = lifecycle.replacement?.replace(kind.endsWith('List') ? /$/ : /List$/, '');
  const stable = `${apiVersion.replace(/v\d+(?:alpha|beta)\d+$/, 'v1')} ${kind}`;
  const replacement = [named, stable].find(
    (one) => one !== undefined && one !== `${apiVersion} ${kind}` && known.has(one),
  );
  return replacement === undefined ? {} : { replacement };
}

/** Both type graphs side by side: what the release has of our definition's fields. */
function walk(id, struct, release, minor) {
  const { seen } = release;
  const key = `${id} ${struct}`;
  if (seen.has(key)) return;
  seen.add(key);
  const definition = model.definitions.get(id);
  const fields = release.fields(struct);
  if (definition === undefined || fields === undefined) return;
  const known = presence.get(id) ?? new Map();
  presence.set(id, known);
  mark(known, '', minor);
  for (const [name, { json }] of fields) mark(known, name, minor, json);
  for (const field of definition.fields) {
    const inner = refOf(field.type);
    const there = fields.get(field.name)?.struct;
    if (inner !== undefined && there !== undefined) walk(inner, there, release, minor);
  }
}

function mark(known, name, minor, json) {
  const entry = known.get(name) ?? { releases: new Set() };
  entry.releases.add(minor);
  entry.json ??= json;
  known.set(name, entry);
}

function refOf(type) {
  if (type.t === 'list') return refOf(type.items);
  if (type.t === 'map') return refOf(type.values);
  return type.t === 'ref' ? type.id : undefined;
}

function put(table, id, name, value) {
  table[id] ??= {};
  table[id][name] = value;
}

const fields = {};
const gone = {};
for (const [id, known] of [...presence].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const all = [...known.get('').releases].sort((a, b) => a - b);
  const own = new Set(model.definitions.get(id).fields.map((field) => field.name));
  for (const [name, { releases: of, json }] of known) {
    if (name === '') continue;
    const sorted = [...of].sort((a, b) => a - b);
    const since = sorted[0] > all[0] ? sorted[0] : undefined;
    const until = sorted.at(-1) < all.at(-1) ? sorted.at(-1) : undefined;
    if (!own.has(name)) {
      if (until !== undefined) put(gone, id, name, { ...(since && { since }), until, type: json });
      continue;
    }
    if (since === undefined && until === undefined) continue;
    put(fields, id, name, { ...(since && { since }), ...(until && { until }) });
  }
}

const sorted = (object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
const rows = (object) =>
  Object.entries(sorted(object))
    .map(
      ([key, value]) =>
        `    ${JSON.stringify(key)}: ${JSON.stringify(value)
          .replace(/([{,:])(?=[^}])/g, '$1 ')
          .replace(/(?<=[^{])}/g, ' }')
          .replace(/ ?: /g, ': ')}`,
    )
    .join(',\n');
writeFileSync(
  join(ROOT, 'scripts', 'schema', 'versions.json'),
  `{\n  "oldest": ${OLDEST},\n  "newest": ${NEWEST},\n  "kinds": {\n${rows(kinds)}\n  },\n  "fields": {\n${rows(fields)}\n  },\n  "gone": {\n${rows(gone)}\n  }\n}\n`,
);
console.log(
  `${Object.keys(kinds).length} kinds, ${Object.values(fields).reduce((n, one) => n + Object.keys(one).length, 0)} fields, newest ${newest.tag}`,
);
