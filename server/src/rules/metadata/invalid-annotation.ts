import { utf8Length } from '../../base/utf8.ts';
import { qualifiedName } from '../../kubernetes/forms.ts';
import { isPlaceholder } from '../../syntax/placeholder.ts';
import type { SchemaRule } from '../rule.ts';
import { judgement } from './judgement.ts';

/** TotalAnnotationSizeLimitB: keys and values together, in bytes. */
const mostBytes = 256 * 1024;

export const invalidAnnotation: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['ObjectMeta'],
  customToo: true,
  id: 'invalid-annotation',
  severity: 'error',
  mirrors: ['apimachinery api/validation ValidateAnnotations'],
  title: "An annotation's key has a form that Kubernetes refuses, or the annotations are too large",
  why: 'The API server takes keys of the form "domain/name" or "name", and no more than 256 KiB of annotations.',
  remedy: 'Correct the key; keep large texts in a ConfigMap.',
  bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  annotations:
    "owned by": team-a
#   ^^^^^^^^^^ error invalid-annotation
data:
  colour: blue
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  annotations:
    owned-by: team-a
data:
  colour: blue
`,
  visit({ value, path }, report) {
    const { severity, refusal } = judgement(path);
    const annotations = value.get('annotations');
    let bytes = 0;
    for (const { name, key, value: annotation } of annotations.entries) {
      // Keys may be in upper case before the slash as well: they are lowered first.
      const fault = isPlaceholder(name) ? undefined : qualifiedName(name.toLowerCase());
      if (fault)
        report({
          span: { start: key.start, end: key.end },
          severity,
          message: `"${name}" is no key of an annotation: it ${fault}. ${refusal}`,
        });
      bytes += utf8Length(name) + utf8Length(annotation.scalar?.value ?? '');
    }
    if (bytes > mostBytes)
      report({
        span: annotations.keySpan,
        message: `These annotations have ${bytes} bytes: the API server refuses more than ${mostBytes} (256 KiB).`,
      });
  },
};
