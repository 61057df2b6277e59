import { nearest } from '../base/edit-distance.ts';
import type { Operation } from '../model/patches.ts';
import { scalarLike } from '../syntax/edit.ts';
import { isPlaceholder } from '../syntax/placeholder.ts';
import { patchOperations } from '../tables/patches.ts';
import type { DocumentRule, Finding } from './rule.ts';
import { container, podWith } from './unresolved-examples-text.ts';
import { didYouMean, listOf } from './wording.ts';

const names = Object.keys(patchOperations);

const example = (op: string, mark: string): string => `# file: kustomization.yaml
resources:
  - web.yaml
patches:
  - target:
      kind: Pod
      name: web
    path: image.yaml
# file: web.yaml
${podWith(container)}# file: image.yaml
- op: ${op}
${mark}  path: /spec/containers/0/image
  value: nginx:1.28
`;

export const invalidJsonPatch: DocumentRule = {
  scope: 'document',
  id: 'invalid-json-patch',
  severity: 'error',
  title: 'The JSON patch is none',
  why: 'A JSON patch is a list of operations (RFC 6902), each with what it does, a path that begins with a slash, and the value or the place that it needs. kustomize refuses others, or puts null where a value is missing.',
  remedy: 'Complete the operation, or correct its name: add, replace, remove, test, move or copy.',
  bad: example('replase', '#     ^^^^^^^ error invalid-json-patch\n'),
  good: example('replace', ''),
  *check(document) {
    if (document.broken) return;
    for (const { operations = [] } of document.patches)
      for (const operation of operations) {
        const fault = faultOf(operation);
        if (!fault) continue;
        const { span, near = [], ...finding } = fault;
        yield {
          ...finding,
          span: { start: span.start, end: span.end },
          fixes: () =>
            near.slice(0, 3).map((name) => ({
              title: `Change to "${name}"`,
              preferred: near.length === 1,
              edits: [{ document, span, newText: operation.op ? scalarLike(operation.op, name) : name }],
            })),
        };
      }
  },
};

function faultOf(
  operation: Operation,
): (Pick<Finding, 'span' | 'message'> & { readonly near?: readonly string[] }) | undefined {
  const { node, op, pointer, from, hasValue } = operation;
  const first = node.pairs[0]?.key ?? node;
  if (!op)
    return { span: first, message: `This operation does not say what it does: its "op" is ${listOf(names, 8, 'or')}.` };
  if (isPlaceholder(op.value)) return undefined;
  if (!names.includes(op.value)) {
    const near = nearest(op.value.toLowerCase(), names);
    return {
      span: op,
      near,
      message: `A JSON patch has no operation "${op.value}": kustomize refuses the patch.${didYouMean(near)}${near.length > 0 ? '' : ` It has ${listOf(names)}.`}`,
    };
  }
  const needed = patchOperations[op.value];
  if (!pointer) return { span: op, message: `This "${op.value}" has no "path": kustomize refuses the patch.` };
  if (needed === 'value' && !hasValue)
    return { span: op, message: `This "${op.value}" has no "value": it needs one, and without it null is taken.` };
  if (needed === 'from' && !from)
    return { span: op, message: `This "${op.value}" has no "from": kustomize does not know what to ${op.value}.` };
  for (const one of [pointer, from])
    if (one && one.text !== '' && !one.text.startsWith('/') && !isPlaceholder(one.text))
      return {
        span: one.node,
        message: `"${one.text}" is no path: it begins with a slash, and so does each step of it.`,
      };
  return undefined;
}
