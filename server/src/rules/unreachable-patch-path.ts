import { type Document, documentOf, type PatchOperation } from '../graph/document.ts';
import type { Index } from '../graph/index.ts';
import { follow, patchedBy, settledFor, stepsBelow } from '../graph/patched.ts';
import type { Facts } from '../model/facts.ts';
import { type ApiModel, type Schema, typeName } from '../schema/api-model.ts';
import { isIndex, type Pointer } from '../syntax/json-pointer.ts';
import { isPlaceholder } from '../syntax/placeholder.ts';
import { resolveAlias } from '../syntax/tree.ts';
import { patchOperations } from '../tables/patches.ts';
import { say } from './message.ts';
import type { DraftFix, Finding, WiringRule } from './rule.ts';
import { container, podWith } from './unresolved-examples-text.ts';
import { resourceText } from './wording.ts';

const example = (path: string, mark: string): string => `# file: kustomization.yaml
resources:
  - web.yaml
patches:
  - target:
      kind: Pod
      name: web
    path: image.yaml
# file: web.yaml
${podWith(container)}# file: image.yaml
- op: replace
  path: ${path}
${mark}  value: nginx:1.28
`;

export const unreachablePatchPath: WiringRule = {
  scope: 'wiring',
  id: 'unreachable-patch-path',
  severity: 'error',
  title: 'The path of a JSON patch leads nowhere',
  why: '`kustomize build` fails: a step into a list is an index, what is replaced, removed, tested, moved or copied has to be there, and so has what something is added to.',
  remedy: 'Correct the path. Where what should hold the value is missing, add that, with the value in it.',
  bad: example('/spec/containers/web/image', '#                        ^^^ error unreachable-patch-path\n'),
  good: example('/spec/containers/0/image', ''),
  *check(facts, index, model) {
    const document = documentOf(facts.document);
    const found = document.operationOf(facts);
    if (!found) return;
    const { operation } = found;
    if (!operation.op || !Object.hasOwn(patchOperations, operation.op.value)) return;
    for (const pointer of [operation.pointer, operation.from]) {
      if (!pointer?.exact || pointer.steps.length === 0 || isPlaceholder(pointer.text)) continue;
      const wrong = wrongStep(facts, document, found, pointer, index, model);
      // A field that nothing has is told as such.
      const finding = wrong === 'unknown' ? undefined : (wrong ?? missingStep(document, found, pointer, index));
      if (finding) yield finding;
    }
  },
};

/** A step that can't exist, whatever the target holds; of a field that the schema does not have, others speak. */
function wrongStep(
  facts: Facts,
  document: Document,
  found: PatchOperation,
  pointer: Pointer,
  index: Index,
  model: ApiModel,
): Finding | 'unknown' | undefined {
  if (!facts.inline?.ofOneKind) return undefined;
  let schema: Schema | undefined = model.find(facts.resource.apiVersion, facts.resource.kind)?.schema;
  for (let i = 0; i < pointer.steps.length && schema; i++) {
    const { name, span } = pointer.steps[i] ?? { name: '', span: pointer.node };
    const before = pointer.steps[i - 1]?.name ?? facts.resource.kind;
    if (schema.type === 'object') {
      const field = schema.fields.get(name);
      if (!field && !schema.open) return 'unknown';
      schema = field?.schema;
    } else if (schema.type === 'map') schema = schema.values;
    else if (schema.type === 'list') {
      const isLast = i === pointer.steps.length - 1;
      if (!isIndex(name))
        return {
          span,
          message: `"${before}" is a list: what leads into it is an index, from 0, or "-" for its end, and not "${name}". \`kustomize build\` fails.`,
          fixes: () => toIndex(document, found, pointer, i, index),
        };
      const adds =
        pointer === found.operation.pointer && ['add', 'move', 'copy'].includes(found.operation.op?.value ?? '');
      if (name === '-' && !(isLast && adds))
        return {
          span,
          message: `"-" stands for what comes behind the end of "${before}", where nothing is: only something that is added can be put there. \`kustomize build\` fails.`,
        };
      schema = schema.items;
    } else {
      if (schema.type === 'any') return undefined;
      return {
        span,
        message: `"${before}" is of type ${typeName(schema)}, and has no "${name}". \`kustomize build\` fails.`,
      };
    }
  }
  return undefined;
}

/** The index of the item that is called so. */
function toIndex(
  document: Document,
  { patch }: PatchOperation,
  { steps }: Pointer,
  at: number,
  index: Index,
): readonly DraftFix[] {
  const step = steps[at];
  const above = steps.slice(0, at).map(({ name }) => name);
  const indexes = patchedBy(index, document, patch).flatMap(({ facts }) =>
    stepsBelow(follow(facts, above).node)
      .filter(({ name }) => name === step?.name)
      .map((one) => one.step),
  );
  return [...new Set(indexes)].slice(0, 3).map((one, _, all) => ({
    title: `Change to "${one}"`,
    preferred: all.length === 1,
    edits: step ? [{ document, span: step.span, newText: one }] : [],
  }));
}

/** A step that the target does not have, where it is certain what that is. */
function missingStep(document: Document, found: PatchOperation, pointer: Pointer, index: Index): Finding | undefined {
  const { operation } = found;
  const puts = pointer === operation.pointer && ['add', 'move', 'copy'].includes(operation.op?.value ?? '');
  const needed = pointer.steps.length - (puts ? 1 : 0);
  const target = settledFor(index, document, found);
  if (!target) return undefined;
  const names = pointer.steps.map(({ name }) => name);
  const place = follow(target, names.slice(0, needed));
  const step = pointer.steps[place.steps];
  const here = resolveAlias(place.node);
  if (place.steps === needed || !step) return undefined;
  // A placeholder, or a name where an index is due, is another matter.
  if (here?.type === 'scalar' || (here?.type === 'list' && !isIndex(step.name))) return undefined;
  const above = names.slice(0, place.steps).join('.');
  const what =
    here?.type === 'list' ? `no item ${step.name} in ${above}` : `no ${[above, step.name].filter(Boolean).join('.')}`;
  const why = puts
    ? 'an "add" makes nothing on the way to what it adds'
    : `there is nothing to ${operation.op?.value ?? 'change'}`;
  return {
    span: step.span,
    severity: 'warning',
    message: say`${resourceText(target)} has ${what}: ${why}, and \`kustomize build\` fails.`,
    related: [
      {
        document: target.document,
        span: target.resource.nameSpan ?? target.resource.kindSpan,
        message: 'This is what it changes',
      },
    ],
    fixes: () => (puts && place.steps === needed - 1 ? withHolder(document, found, pointer) : []),
  };
}

/** Adds what should hold the value, with it in it: of a value in one line. */
function withHolder(document: Document, { operation }: PatchOperation, { steps }: Pointer): readonly DraftFix[] {
  const { value } = operation;
  const last = steps.at(-1);
  const holder = steps.at(-2);
  if (!last || !holder || operation.op?.value !== 'add' || value?.type === 'alias' || !value) return [];
  const text = document.text.slice(value.start, value.end);
  const isShort = !text.includes('\n') && (value.type === 'scalar' ? value.style !== 'block' : value.flow);
  if (!isShort || (isIndex(last.name) && last.name !== '-' && last.name !== '0')) return [];
  const newText = isIndex(last.name) ? `[${text}]` : `{${JSON.stringify(last.name)}: ${text}}`;
  return [
    {
      title: `Add "${holder.name}" with it`,
      preferred: true,
      edits: [
        { document, span: { start: holder.span.end, end: last.span.end }, newText: '' },
        { document, span: { start: value.start, end: value.end }, newText },
      ],
    },
  ];
}
