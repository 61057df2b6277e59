import { isTrue, type Json, type MapData, mapAt, textOf, toJson, valueAt } from '../base/data.ts';
import { changeItems, changeMap, defaultVariable, defaultVolume, fill, fillAt } from './volume-defaults.ts';

/**
 * A pod with what the API server itself fills in: pkg/apis/core/v1/defaults.go, the same in 1.19 and 1.36. Not what
 * admission adds behind it.
 *
 * @param pod a Pod, or a pod template
 */
export function defaultPod(pod: MapData): MapData {
  if (!mapAt(pod, 'spec')) return pod;
  let result = pod;
  for (const list of ['containers', 'initContainers', 'ephemeralContainers'])
    result = changeItems(result, ['spec', list], (container) =>
      defaultContainer(container, isTrue(pod, 'spec', 'hostNetwork')),
    );
  result = changeItems(result, ['spec', 'volumes'], defaultVolume);
  result = changeMap(result, ['spec'], (spec) =>
    fill(accountNames(spec), {
      restartPolicy: 'Always',
      dnsPolicy: 'ClusterFirst',
      terminationGracePeriodSeconds: 30,
      schedulerName: 'default-scheduler',
      securityContext: {},
      enableServiceLinks: true,
    }),
  );
  return result;
}

/** `serviceAccount` is the old name of `serviceAccountName`: each has the other's value. */
export function accountNames(spec: MapData): MapData {
  const name = textOf(spec, 'serviceAccountName') || textOf(spec, 'serviceAccount');
  return name === '' ? spec : fill(spec, { serviceAccountName: name, serviceAccount: name });
}

function defaultContainer(container: MapData, hostNetwork: boolean): MapData {
  let result = changeItems(container, ['env'], defaultVariable);
  result = changeItems(result, ['ports'], (port) => {
    const number = valueAt(port, 'containerPort');
    return fill(port, {
      ...(hostNetwork && number && { hostPort: toJson(number) }),
      protocol: 'TCP',
    });
  });
  for (const probe of ['livenessProbe', 'readinessProbe', 'startupProbe'])
    result = changeMap(result, [probe], (found) =>
      fill(defaultHandler(found), { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }),
    );
  for (const hook of ['postStart', 'preStop']) result = changeMap(result, ['lifecycle', hook], defaultHandler);
  const limits = mapAt(result, 'resources', 'limits');
  if (limits && limits.entries.size > 0) {
    result = changeMap(result, ['resources'], (resources) => fill(resources, { requests: {} }));
    result = fillAt(result, ['resources', 'requests'], toJson(limits) as { readonly [key: string]: Json });
  }
  return fill(result, {
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: pullPolicy(textOf(container, 'image')),
  });
}

const defaultHandler = (handler: MapData): MapData =>
  fillAt(fillAt(handler, ['httpGet'], { path: '/', scheme: 'HTTP' }), ['grpc'], { service: '' });

/** SetDefaults_Container: an image without a tag and without a digest has the tag latest; a registry's port is no tag. */
export function pullPolicy(image: string): 'Always' | 'IfNotPresent' {
  const [name = '', digest] = image.split('@');
  const tag = /:([^/:]*)$/.exec(name)?.[1];
  if (image === '') return 'IfNotPresent';
  return (tag ?? (digest === undefined ? 'latest' : '')) === 'latest' ? 'Always' : 'IfNotPresent';
}
