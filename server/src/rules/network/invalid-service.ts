import { dns1123Subdomain } from '../../kubernetes/forms.ts';
import type { Value } from '../../syntax/value.ts';
import { Judge } from '../judge.ts';
import type { SchemaRule } from '../rule.ts';
import { isHeadless, serviceType } from './service.ts';

export const invalidService: SchemaRule = {
  scope: 'schema',
  nodes: ['map'],
  types: ['Service'],
  id: 'invalid-service',
  severity: 'error',
  title: "The Service's fields do not fit its type",
  why: 'The API server refuses it: a Service needs ports unless it is headless or an ExternalName, an ExternalName needs a name to point to and has no address, node ports need an address of the cluster, and fields of load balancers are for those alone.',
  remedy: 'Set the type that is meant, and remove the fields of the others.',
  mirrors: [
    'core/validation ValidateService',
    'core/validation validateLoadBalancerClassField',
    'core/validation validateServiceExternalTrafficPolicy',
  ],
  bad: `apiVersion: v1
kind: Service
metadata:
  name: database
spec:
# ^^^^ error invalid-service
  type: ExternalName
`,
  good: `apiVersion: v1
kind: Service
metadata:
  name: database
spec:
  type: ExternalName
  externalName: db.example.com
`,
  visit(visit, report) {
    const { value: service, kind } = visit;
    if (kind.group !== '') return;
    const judge = new Judge(visit, report);
    const spec = service.get('spec');
    const type = serviceType(spec);
    if (spec.unknown || type === undefined) return;
    checkPorts(judge, service, spec, type);
    if (type === 'ExternalName') checkExternalName(judge, spec);
    else if ((type === 'NodePort' || type === 'LoadBalancer') && isHeadless(spec)) {
      const ip = spec.get('clusterIP').present ? spec.get('clusterIP') : spec.get('clusterIPs');
      judge.refuse(ip, `A headless Service has no address to send traffic to, and a ${type} needs one`, {
        related: [spec.get('type'), `The type ${type}`],
        fixes: () => [...judge.remove(spec, 'clusterIP'), ...judge.change(spec.get('type'), 'ClusterIP')],
      });
    }
    checkAffinity(judge, spec);
    checkLoadBalancer(judge, spec, type);
    checkTraffic(judge, spec, type);
  },
};

function checkPorts(judge: Judge, service: Value, spec: Value, type: string): void {
  const ports = spec.get('ports');
  if (type === 'ExternalName' || isHeadless(spec) || ports.unknown || ports.items.length > 0) return;
  if (ports.present && !ports.list) return;
  judge.lacks(
    spec.present ? spec : service,
    'ports',
    'A Service needs at least one port unless it is headless or of the type ExternalName',
  );
}

function checkExternalName(judge: Judge, spec: Value): void {
  const name = spec.get('externalName');
  if (name.text !== undefined && name.text !== '' && name.text !== '.')
    judge.form(name, (text) => dns1123Subdomain(text.replace(/\.$/, '')));
  else if (!name.unknown)
    judge.lacks(
      spec,
      'externalName',
      'A Service of the type ExternalName needs "externalName", the domain that it stands for',
    );
  for (const field of ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy']) {
    const value = spec.get(field);
    if (value.absent || value.text === '' || value.list?.items.length === 0) continue;
    judge.refuseField(value, `A Service of the type ExternalName is a name and has no "${field}"`, {
      fixes: () => judge.remove(spec, field, true),
    });
  }
}

function checkAffinity(judge: Judge, spec: Value): void {
  const affinity = spec.get('sessionAffinity');
  const config = spec.get('sessionAffinityConfig');
  if (config.absent || affinity.unknown || affinity.text === 'ClientIP' || (affinity.text && affinity.text !== 'None'))
    return;
  judge.refuseField(config, '"sessionAffinityConfig" needs "sessionAffinity: ClientIP"', {
    ofAbsence: affinity.absent,
    fixes: () => [
      ...(affinity.present ? judge.change(affinity, 'ClientIP') : judge.add(['spec'], 'sessionAffinity', 'ClientIP')),
      ...judge.remove(spec, 'sessionAffinityConfig'),
    ],
  });
}

function checkLoadBalancer(judge: Judge, spec: Value, type: string): void {
  if (type === 'LoadBalancer') {
    for (const port of spec.get('ports').items)
      if (port.get('port').integer === kubeletPort)
        judge.refuse(port.get('port'), "A load balancer may not expose the port 10250, which is the kubelet's");
    return;
  }
  for (const field of ['loadBalancerSourceRanges', 'loadBalancerClass', 'allocateLoadBalancerNodePorts']) {
    const value = spec.get(field);
    if (value.absent || value.list?.items.length === 0) continue;
    // A type that is there and is null is where the mistake is.
    const mark = spec.get('type').absent && spec.get('type').pair ? spec.get('type') : value;
    judge.refuseField(mark, `"${field}" is for the type LoadBalancer alone, and this Service is a ${type}`, {
      ofAbsence: spec.get('type').absent,
      fixes: () => [...judge.remove(spec, field), ...setType(judge, spec, 'LoadBalancer')],
    });
    if (mark !== value) return;
  }
}

const kubeletPort = 10_250;

function checkTraffic(judge: Judge, spec: Value, type: string): void {
  const policy = spec.get('externalTrafficPolicy');
  const health = spec.get('healthCheckNodePort');
  const external =
    type === 'NodePort' ||
    type === 'LoadBalancer' ||
    (type === 'ClusterIP' && spec.get('externalIPs').items.length > 0);
  if (!external && policy.text)
    judge.refuseField(
      policy,
      `"externalTrafficPolicy" is for Services that can be reached from outside, and a ${type} without "externalIPs" can't`,
      {
        ofAbsence: true,
        fixes: () => [
          ...judge.remove(spec, 'externalTrafficPolicy'),
          ...setType(judge, spec, 'LoadBalancer'),
          ...setType(judge, spec, 'NodePort'),
        ],
      },
    );
  const checked = type === 'LoadBalancer' && policy.text === 'Local';
  if (!checked && !policy.unknown && health.integer !== undefined && health.integer !== 0)
    judge.refuseField(health, '"healthCheckNodePort" needs the type LoadBalancer with "externalTrafficPolicy: Local"', {
      ofAbsence: spec.get('type').absent || policy.absent,
      fixes: () => judge.remove(spec, 'healthCheckNodePort'),
    });
}

const setType = (judge: Judge, spec: Value, type: string): ReturnType<Judge['add']> =>
  spec.get('type').present ? judge.change(spec.get('type'), type) : judge.add(['spec'], 'type', type);
