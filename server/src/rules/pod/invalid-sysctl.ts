import type { Value } from '../../syntax/value.ts';
import type { SchemaRule } from '../rule.ts';

export const invalidSysctl: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['PodSpec'],
  id: 'invalid-sysctl',
  severity: 'error',
  mirrors: ['core/validation validateSysctls', 'core/validation ValidateHostSysctl'],
  title: "A sysctl has no valid name, stands twice or is the node's",
  why: "Names are lower-case words with dots or slashes between them. In a pod on the node's network or IPC namespace its sysctls would be the node's. The API server refuses it.",
  remedy: 'Correct the name, or remove the sysctl.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  securityContext:
    sysctls:
      - name: net.core.SoMaxConn
#             ^^^^^^^^^^^^^^^^^^ error invalid-sysctl
        value: "1024"
  containers:
    - name: web
      image: nginx:1.27
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  securityContext:
    sysctls:
      - name: net.core.somaxconn
        value: "1024"
  containers:
    - name: web
      image: nginx:1.27
`,
  visit({ value, document, model }, report) {
    const sysctls = value.get('securityContext').get('sysctls').items;
    if (sysctls.length === 0) return;
    const first = new Map<string, Value>();
    const network = value.get('hostNetwork').boolean === true;
    const ipc = value.get('hostIPC').boolean === true;
    for (const sysctl of sysctls) {
      const name = sysctl.get('name');
      if (!name.text) continue;
      if (name.text.length > 253 || !form.test(name.text)) {
        report({
          span: name.span,
          message: `"${name.text}" is no valid name of a sysctl: up to 253 characters, lower-case words with "." or "/" between them. The API server refuses it.`,
        });
        continue;
      }
      const earlier = first.get(name.text);
      if (earlier)
        report({
          span: name.span,
          message: `The sysctl ${name.text} stands here twice: the API server refuses it.`,
          related: [{ document, span: earlier.span, message: 'The first one' }],
        });
      else first.set(name.text, name);
      const space = spaceOf(name.text);
      const shared = (network && space === 'net') || (ipc && space === 'ipc');
      if (shared && model.release >= 28)
        report({
          span: name.span,
          message: `With ${space === 'net' ? 'hostNetwork' : 'hostIPC'}, ${name.text} would be the node's: the API server refuses it.`,
        });
    }
  },
};

const form = /^(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?$/;

/** component-helpers/node/util/sysctl GetNamespace. */
function spaceOf(name: string): 'net' | 'ipc' | undefined {
  const dotted = name.replaceAll('/', '.');
  if (dotted.startsWith('net.')) return 'net';
  return dotted === 'kernel.sem' || /^(?:kernel\.shm|kernel\.msg|fs\.mqueue\.)/.test(dotted) ? 'ipc' : undefined;
}
