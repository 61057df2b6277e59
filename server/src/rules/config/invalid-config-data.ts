import { utf8Length } from '../../base/utf8.ts';
import { configMapKey } from '../../kubernetes/forms.ts';
import { scalarLike } from '../../syntax/edit.ts';
import { isPlaceholder } from '../../syntax/placeholder.ts';
import type { Value } from '../../syntax/value.ts';
import type { SchemaRule } from '../rule.ts';

/** MaxSecretSize, which holds for ConfigMaps, too: in bytes. */
const most = 1024 * 1024;

export const invalidConfigData: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['ConfigMap', 'Secret'],
  id: 'invalid-config-data',
  severity: 'error',
  mirrors: ['core/validation ValidateConfigMap', 'core/validation ValidateSecret'],
  title:
    'A key of a ConfigMap or Secret has a form that Kubernetes refuses or stands twice, or its values are too large',
  why: 'Keys become names of files and of environment variables: the API server takes letters, digits, "-", "_" and "." only, no key in both data and binaryData, and 1 MiB in all, since etcd keeps the object as a whole.',
  remedy:
    'Rename the key. A path below the mount is made by `items` of the volume, not by a "/" in the key. Keep large files in a volume or an image.',
  bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  conf.d/default.conf: listen 80;
# ^^^^^^^^^^^^^^^^^^^ error invalid-config-data
`,
  good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
data:
  default.conf: listen 80;
`,
  visit({ value, schema, document }, report) {
    const noun = schema.type === 'object' ? schema.name : 'object';
    const data = value.get('data');
    for (const field of ['data', 'binaryData', 'stringData']) {
      for (const { name, key } of value.get(field).entries) {
        const span = { start: key.start, end: key.end };
        const fault = isPlaceholder(name) ? undefined : configMapKey(name);
        if (fault)
          report({
            span,
            message: `"${name}" is no key of a ${noun}: it ${fault}. The API server refuses it.`,
            fixes: () => {
              const better = name.replace(/[^-._a-zA-Z0-9]+/g, '-').replace(/^\.+/, '.');
              if (configMapKey(better) !== undefined) return [];
              return [
                {
                  title: `Change to "${better}"`,
                  preferred: false,
                  edits: [{ document, span, newText: scalarLike(key, better) }],
                },
              ];
            },
          });
        else if (field === 'binaryData' && data.get(name).present)
          report({
            span,
            message: `"${name}" is in data already: the API server refuses a key that stands in both data and binaryData.`,
            related: [{ document, span: data.get(name).keySpan, message: `"${name}" in data` }],
          });
      }
    }
    const bytes = sizeOf(value, noun === 'ConfigMap');
    const mark = ['data', 'stringData', 'binaryData'].map((field) => value.get(field)).find(({ present }) => present);
    if (mark && bytes > most)
      report({
        span: mark.keySpan,
        message: `These values have ${bytes} bytes: the API server refuses a ${noun} of more than ${most} (1 MiB).`,
      });
  },
};

/** Bytes of all values, as they are kept; a ConfigMap's keys count, too. */
function sizeOf(value: Value, withKeys: boolean): number {
  let bytes = 0;
  for (const field of ['data', 'stringData', 'binaryData']) {
    const encoded = field === 'binaryData' || (field === 'data' && !withKeys);
    for (const { name, value: held } of value.get(field).entries) {
      const length = utf8Length(held.scalar?.value ?? '');
      bytes += (encoded ? Math.floor((length * 3) / 4) : length) + (withKeys ? utf8Length(name) : 0);
    }
  }
  return bytes;
}
