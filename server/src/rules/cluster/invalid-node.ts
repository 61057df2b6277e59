import { cidr, labelValue, parseCidr, qualifiedName } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge } from '../judge.ts';
import type { Finding, SchemaRule } from '../rule.ts';

export const invalidNode: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['NodeSpec'],
  id: 'invalid-node',
  severity: 'error',
  title: "A taint or an address range of the Node can't be",
  why: 'The API server refuses it: a taint has a key and a value like a label and stands once for each key and effect, and pods have one address range of each family.',
  remedy: 'Write taints as labels with an effect, and each once.',
  mirrors: ['core/validation ValidateNode', 'core/validation validateNodeTaints'],
  bad: `apiVersion: v1
kind: Node
metadata:
  name: node-1
spec:
  taints:
    - key: dedicated
      value: database
      effect: NoSchedule
    - key: dedicated
#          ^^^^^^^^^ error invalid-node
      value: search
      effect: NoSchedule
`,
  good: `apiVersion: v1
kind: Node
metadata:
  name: node-1
spec:
  taints:
    - key: dedicated
      value: database
      effect: NoSchedule
    - key: dedicated
      value: search
      effect: NoExecute
`,
  visit(visit, report) {
    const { value: spec } = visit;
    const judge = new Judge(visit, report);
    const taints = spec.get('taints').items;
    for (const taint of taints) {
      judge.form(taint.get('key'), qualifiedName);
      judge.form(taint.get('value'), labelValue);
    }
    judge.unique(
      taints,
      (taint) =>
        taint.get('key').text && taint.get('effect').text
          ? `${taint.get('key').text ?? ''}:${taint.get('effect').text ?? ''}`
          : undefined,
      (taint) => taint.get('key'),
      'taint',
    );
    checkRanges(judge, spec, report);
  },
};

function checkRanges(judge: Judge, spec: Value, report: (finding: Finding) => void): void {
  const single = spec.get('podCIDR');
  const { items } = spec.get('podCIDRs');
  judge.form(single, cidr);
  // Convert_v1_NodeSpec_To_core_NodeSpec: where the two differ, the list is forgotten, whatever is in it.
  if (single.text && items[0] && items[0].text !== single.text) {
    report({
      span: items[0].span,
      severity: 'warning',
      message: `"podCIDR" is ${single.text}: the API server takes that, and forgets "podCIDRs", which begins otherwise.`,
    });
    return;
  }
  for (const item of items) judge.form(item, cidr, { empty: true });
  const sizes = items.map(({ text }) => (text === undefined ? undefined : parseCidr(text)?.size));
  if (items.length > 2)
    judge.refuseField(spec.get('podCIDRs'), 'A node has two address ranges at most, one of each family');
  else if (sizes.length === 2 && sizes[0] !== undefined && sizes[0] === sizes[1] && items[1])
    judge.refuse(items[1], 'A node has one address range of each family');
}
