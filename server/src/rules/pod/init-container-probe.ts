import type { Release } from '../../base/release.ts';
import type { SchemaRule } from '../rule.ts';
import { add, remove } from './fixes.ts';

export const initContainerProbe: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['PodSpec'],
  id: 'init-container-probe',
  severity: 'error',
  mirrors: ['core/validation validateInitContainers'],
  title: 'An init container has a probe or a lifecycle hook',
  why: 'An init container runs to its end before the others start, so there is nothing to probe. Only one with restartPolicy: Always, a sidecar, may have probes and hooks (from 1.29 on). The API server refuses it.',
  remedy: 'Remove the probe, or make the container a sidecar with restartPolicy: Always.',
  bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  initContainers:
    - name: migrate
      image: migrate:1
      readinessProbe:
#     ^^^^^^^^^^^^^^ error init-container-probe
        tcpSocket:
          port: 80
  containers:
    - name: web
      image: nginx:1.27
`,
  good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  initContainers:
    - name: proxy
      image: proxy:1
      restartPolicy: Always
      readinessProbe:
        tcpSocket:
          port: 80
  containers:
    - name: web
      image: nginx:1.27
`,
  visit(visit, report) {
    const { value, model } = visit;
    const sidecars = model.release >= sidecarContainers;
    value.get('initContainers').items.forEach((container, index) => {
      const policy = container.get('restartPolicy');
      if (container.unknown || (sidecars && (policy.unknown || policy.text === 'Always'))) return;
      for (const field of fields) {
        const at = container.get(field);
        if (at.absent) continue;
        report({
          span: at.keySpan,
          // A patch may leave the container's own restartPolicy as it is.
          ofAbsence: policy.absent,
          message: `An init container may not have ${field === 'lifecycle' ? 'a lifecycle' : `a ${field}`}${sidecars ? ' unless its restartPolicy is Always' : ''}: the API server refuses it.`,
          fixes: () => [
            ...remove(visit, container, field, false),
            ...(sidecars && policy.absent
              ? add(visit, ['initContainers', index], 'restartPolicy', 'Always', false)
              : []),
          ],
        });
      }
    });
  },
};

/** SidecarContainers is on by default from then on. */
const sidecarContainers: Release = 29;

const fields = ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'];
