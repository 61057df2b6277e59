import type { CustomId } from '../tables/symbols-custom.ts';
import { type Example, inBothForms } from './unresolved-examples-text.ts';

const definition = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: backups.example.com
spec:
  group: example.com
  scope: Namespaced
  names:
    kind: Backup
    plural: backups
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
`;

/** For the names that CustomResourceDefinitions bring. */
export const customExamples: Readonly<Record<Exclude<CustomId, 'custom-kind'>, Example>> = {
  'custom-version': inBothForms(
    (version, mark) => `${definition}---
apiVersion: ${version}
${mark('#           ^^^^^^^^^^^^^^^^^^^ error unresolved-custom-version')}kind: Backup
metadata:
  name: nightly
`,
    'example.com/v1beta1',
    'example.com/v1',
  ),
  'custom-resource': inBothForms(
    (name, mark) => `${definition}---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: backup-viewer
rules:
  - apiGroups: [example.com]
    resources: [${name}]
${mark('#               ^^^^^^ warning unresolved-custom-resource')}    verbs: [get, list, watch]
`,
    'backup',
    'backups',
  ),
};
