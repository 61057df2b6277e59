import type { Field, KindInfo, ObjectSchema, Schema } from '../../schema/api-model.ts';
import type { Layout } from '../../syntax/edit.ts';
import type { Path } from '../../syntax/tree.ts';

/** Names of the workspace that can stand at a path of a kind, nearest first. */
export type NamesAt = (path: Path) => readonly string[];

/** Deeper than that nothing is written: types that hold themselves have no end. */
const deepest = 6;

/**
 * A whole manifest of a kind in LSP's snippet syntax: what is required, with a tab stop for each value, and the
 * workspace's names to choose from where one is due.
 */
export function manifestSnippet(info: KindInfo, layout: Layout, namesAt: NamesAt): string {
  const { schema } = info;
  const head = [`apiVersion: ${info.apiVersion}`, `kind: ${info.kind}`];
  const metadata = schema.fields.get('metadata')?.schema;
  if (metadata === undefined || (metadata.type === 'object' && metadata.fields.has('name')))
    head.push('metadata:', `${' '.repeat(layout.step)}name: \${1:name}`);
  const writer = new Writer(layout, namesAt);
  const required = [...schema.fields.values()].filter(
    (field) => isWritten(schema, field) && !metadataOrSpec.has(field.name),
  );
  const spec = schema.fields.get('spec');
  const body = [...required, ...(spec ? [spec] : [])].flatMap((field) => writer.field(field, [field.name], 0));
  const last = body.at(-1);
  // A spec without anything that it needs is opened for what is to come.
  if (last?.startsWith('spec: {') && !spec?.required) body.splice(-1, 1, 'spec:', ' '.repeat(layout.step));
  return `${[...head, ...body].join(layout.newline)}$0`;
}

/** What makes the API server take an object though no field of its is required by itself. */
const written: Readonly<Record<string, readonly string[]>> = {
  LeaseSpec: ['holderIdentity', 'leaseDurationSeconds'],
  MutatingAdmissionPolicyBindingSpec: ['policyName'],
  ObjectMeta: ['labels'],
  PodTemplate: ['template'],
  PodTemplateSpec: ['metadata', 'spec'],
  ResourceSliceSpec: ['nodeName'],
  ValidatingAdmissionPolicyBindingSpec: ['policyName', 'validationActions'],
  VolumeAttachmentSource: ['persistentVolumeName'],
};

const isWritten = (schema: ObjectSchema, { name, required }: Field): boolean =>
  required || (written[schema.name]?.includes(name) ?? false);

const metadataOrSpec: ReadonlySet<string> = new Set(['metadata', 'spec']);

class Writer {
  readonly #layout: Layout;
  readonly #namesAt: NamesAt;
  #stop = 2;

  constructor(layout: Layout, namesAt: NamesAt) {
    this.#layout = layout;
    this.#namesAt = namesAt;
  }

  /** The lines of a field and of what is required below it, the first one without its indentation. */
  field({ name, schema }: Field, path: Path, depth: number): string[] {
    const { step, dash } = this.#layout;
    switch (schema.type) {
      case 'object': {
        const lines = this.#required(schema, path, depth);
        return lines.length > 0 ? [`${name}:`, ...indented(lines, step)] : [`${name}: {${this.#next()}}`];
      }
      case 'map':
        return [`${name}:`, ...indented([`${this.#next('key')}: ${this.#value(schema.values, 'value', [])}`], step)];
      case 'list':
        return [`${name}:`, ...indented(this.#item(schema.items, [...path, 0], depth), dash)];
      default:
        return [`${name}: ${this.#value(schema, name, path)}`];
    }
  }

  #item(schema: Schema, path: Path, depth: number): string[] {
    if (schema.type !== 'object') return [`- ${this.#value(schema, 'value', path)}`];
    const lines = this.#required(schema, path, depth);
    if (lines.length === 0) {
      const name = schema.fields.get('name');
      return name ? [`- name: ${this.#value(name.schema, 'name', [...path, 'name'])}`] : [`- {${this.#next()}}`];
    }
    return lines.map((line, i) => (i === 0 ? `- ${line}` : `  ${line}`));
  }

  #required(schema: ObjectSchema, path: Path, depth: number): string[] {
    if (depth >= deepest) return [];
    return [...schema.fields.values()]
      .filter((field) => isWritten(schema, field))
      .sort((a, b) => Number(b.name === 'name') - Number(a.name === 'name'))
      .flatMap((field) => this.field(field, [...path, field.name], depth + 1));
  }

  #value(schema: Schema, name: string, path: Path): string {
    switch (schema.type) {
      case 'integer':
      case 'number':
        return this.#next(String(Math.max(1, schema.limits?.minimum ?? 1)));
      case 'boolean':
        return this.#choice(['true', 'false']);
      case 'int-or-string':
      case 'quantity':
        return this.#next('1');
      case 'string': {
        const names = this.#namesAt(path);
        if (names.length > 0) return this.#choice(names);
        const values = schema.enum.filter((value) => value !== '');
        if (values.length > 0)
          return this.#choice(values.map((value) => (/^[\w./-]+$/.test(value) ? value : JSON.stringify(value))));
        return this.#next(examples[schema.format] ?? dashed(name));
      }
      default:
        return `{${this.#next()}}`;
    }
  }

  #next(text = ''): string {
    return text === '' ? `\${${this.#stop++}}` : `\${${this.#stop++}:${text.replace(/[\\$}]/g, '\\$&')}}`;
  }

  #choice(values: readonly string[]): string {
    const [only] = values;
    if (values.length === 1 && only !== undefined) return this.#next(only);
    return `\${${this.#stop++}|${values.map((value) => value.replace(/[\\,|$}]/g, '\\$&')).join(',')}|}`;
  }
}

/** Texts of a form, by their formats. */
const examples: Readonly<Record<string, string>> = { byte: 'YQ==', 'date-time': '"2026-01-01T00:00:00Z"' };

const indented = (lines: readonly string[], by: number): string[] => lines.map((line) => ' '.repeat(by) + line);

/** What stands for a text until it is written: `storageClassName` as `storage-class-name`, which most forms allow. */
const dashed = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
