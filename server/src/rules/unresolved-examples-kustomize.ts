import type { KustomizeId } from '../tables/symbols-kustomize.ts';
import { container, type Example, inBothForms, object, podWith } from './unresolved-examples-text.ts';

const web = podWith(container);
const settings = object('v1', 'ConfigMap', 'settings', 'data:\n  color: red\n');

/** For what kustomizations name. */
export const kustomizeExamples: Readonly<Record<KustomizeId, Example>> = {
  file: inBothForms(
    (name, mark) => `# file: kustomization.yaml
resources:
  - ${name}
${mark('#   ^^^^^^^^ error unresolved-file')}# file: web.yaml
${web}`,
    'wep.yaml',
    'web.yaml',
  ),
  resource: inBothForms(
    (name, mark) => `# file: kustomization.yaml
resources:
  - settings.yaml
patches:
  - path: color.yaml
# file: settings.yaml
${settings}# file: color.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: ${name}
${mark('#       ^^^^^^^ error unresolved-resource')}data:
  color: blue
`,
    'setings',
    'settings',
  ),
  image: inBothForms(
    (name, mark) => `# file: kustomization.yaml
resources:
  - web.yaml
images:
  - name: ${name}
${mark('#         ^^^^ warning unresolved-image')}    newTag: "1.28"
# file: web.yaml
${web}`,
    'ngix',
    'nginx',
  ),
};
