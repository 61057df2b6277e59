import { dns1123Label } from '../../kubernetes/forms.ts';
import { scalarLike } from '../../syntax/edit.ts';
import type { Value } from '../../syntax/value.ts';
import type { DraftFix, SchemaRule, SchemaVisit } from '../rule.ts';
import { nameForm } from './name-forms.ts';

export const invalidName: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['ObjectMeta'],
  customToo: true,
  id: 'invalid-name',
  severity: 'error',
  mirrors: ['apimachinery api/validation ValidateObjectMeta', 'apimachinery util/validation IsDNS1123Subdomain'],
  title: "The object's name or namespace has a form that Kubernetes refuses",
  why: 'Names become parts of DNS names, labels and paths. The API server refuses what would not fit there.',
  remedy: 'Use lower-case letters, digits and "-", with a letter or digit at both ends.',
  bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: My_Settings
#       ^^^^^^^^^^^ error invalid-name
data:
  colour: blue
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: my-settings
data:
  colour: blue
`,
  visit(visit, report) {
    // What a template calls its pods doesn't count; only the resource's own name does.
    // A patch has the name of what it changes, or any.
    if (visit.path.length !== 1 || visit.facts.isPatch) return;
    const { value, kind, model } = visit;
    const form = nameForm(kind, model.release);
    const name = value.get('name');
    const fault = name.text ? form(name.text) : undefined;
    if (fault)
      report({
        span: name.span,
        message: `"${name.text}" is no name for a ${kind.kind}: it ${fault}. The API server refuses it.`,
        // kustomize's `namespace` is also the name of the Namespaces themselves (namespacetransformer).
        ofNamespace: kind.kind === 'Namespace' && kind.group === '',
        fixes: () => rename(visit, name, form),
      });
    const prefix = value.get('generateName');
    // Five letters and digits are put behind it.
    const prefixFault = prefix.text && name.absent ? form(`${prefix.text}x`) : undefined;
    if (prefixFault)
      report({
        span: prefix.span,
        message: `"${prefix.text}" is no beginning of a ${kind.kind}'s name: it ${prefixFault}. The API server refuses it.`,
      });
    const namespace = value.get('namespace');
    const namespaceFault = namespace.text ? dns1123Label(namespace.text) : undefined;
    if (namespaceFault)
      report({
        span: namespace.span,
        message: `"${namespace.text}" is no name of a namespace: it ${namespaceFault}. The API server refuses it.`,
        ofNamespace: true,
      });
  },
};

/** Lower case, and "-" for what may not be there: only where nobody refers to the object by the wrong name. */
function rename({ document }: SchemaVisit, name: Value, form: (text: string) => string | undefined): DraftFix[] {
  const node = name.scalar;
  const better = name.text
    ?.toLowerCase()
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  if (!node || !better || form(better) !== undefined) return [];
  return [
    {
      title: `Change to "${better}"`,
      preferred: false,
      edits: [{ document, span: { start: node.start, end: node.end }, newText: scalarLike(node, better) }],
    },
  ];
}
