import { fitsPattern } from '../kubernetes/pattern.ts';
import type { Limits } from '../schema/schema-types.ts';
import type { SchemaRule } from './rule.ts';

export const customLimits: SchemaRule = {
  scope: 'schema',
  nodes: ['scalar'],
  applies: (schema) => 'limits' in schema && schema.limits !== undefined,
  id: 'custom-limits',
  severity: 'error',
  mirrors: ['apiextensions-apiserver apiserver/validation ValidateCustomResource'],
  title: "The value is outside of what the custom resource's definition allows",
  why: "The API server judges custom resources by their definition's schema: patterns, lengths, smallest and largest numbers.",
  remedy: 'Change the value to one that the definition allows.',
  bad: `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: boats.example.com
spec:
  group: example.com
  scope: Namespaced
  names:
    kind: Boat
    plural: boats
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                length:
                  type: integer
                  maximum: 30
---
apiVersion: example.com/v1
kind: Boat
metadata:
  name: dinghy
spec:
  length: 300
#         ^^^ error custom-limits
`,
  good: `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: boats.example.com
spec:
  group: example.com
  scope: Namespaced
  names:
    kind: Boat
    plural: boats
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              properties:
                length:
                  type: integer
                  maximum: 30
---
apiVersion: example.com/v1
kind: Boat
metadata:
  name: dinghy
spec:
  length: 3
`,
  visit({ schema, value, pair, kind }, report) {
    if (!kind.custom || schema.type === 'object' || schema.type === 'list' || schema.type === 'map') return;
    const { limits } = schema;
    if (!limits || value.unknown) return;
    const fault =
      schema.type === 'string' ? textFault(value.text, limits) : numberFault(Number(value.scalar?.value), limits);
    if (fault === undefined) return;
    report({
      span: value.span,
      message: `"${value.scalar?.value}" is no ${pair?.key.value ?? 'item'}: it must ${fault}, by the definition of ${kind.kind}. The API server refuses it.`,
    });
  },
};

function textFault(text: string | undefined, { pattern, minLength = 0, maxLength }: Limits): string | undefined {
  if (text === undefined) return undefined;
  const length = [...text].length;
  if (length < minLength) return `have at least ${minLength} characters`;
  if (maxLength !== undefined && length > maxLength) return `have no more than ${maxLength} characters`;
  return pattern !== undefined && fitsPattern(text, pattern) === false ? `match ${pattern}` : undefined;
}

function numberFault(number: number, { minimum, maximum }: Limits): string | undefined {
  if (minimum !== undefined && number < minimum) return `be at least ${minimum}`;
  if (maximum !== undefined && number > maximum) return `be no more than ${maximum}`;
  return undefined;
}
