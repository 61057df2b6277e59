import { describe, expect, it } from 'vitest';
import { atCursor, open, parseFixture, placesOf } from '../fixture.ts';

const meta = (kind: string, name: string, namespace: string): string =>
  `---\napiVersion: ${kind === 'StatefulSet' ? 'apps/v1' : 'v1'}\nkind: ${kind}\nmetadata:\n  name: ${name}\n${namespace === '' ? '' : `  namespace: ${namespace}\n`}`;

const service = (name: string, namespace: string): string =>
  `${meta('Service', name, namespace)}spec:\n  clusterIP: None\n  selector: { app: web }\n  ports: [{ port: 80 }]\n`;

const set = (name = 'web', governing = 'shop'): string =>
  `${meta('StatefulSet', name, 'front')}spec:\n  replicas: 2\n  serviceName: ${governing}\n  selector: { matchLabels: { app: web } }\n  template:\n    metadata: { labels: { app: web } }\n    spec: { containers: [{ name: web, image: nginx:1.27 }] }\n`;

const config = (host: string): string => `${meta('ConfigMap', 'settings', 'front')}data:\n  host: ${host}\n`;

/** What a token of the address leads to, as `kind name` of the line. */
const leads = (host: string, rest: string): string[] => {
  const { snapshot, uri, offset } = atCursor(config(host) + rest);
  return snapshot.definition(uri, offset).map((location) => {
    const before = (snapshot.text(uri) ?? '').slice(0, location.span.start);
    return `${/.*kind: (\w+)/s.exec(before)?.[1]} ${placesOf(snapshot, [location])[0]?.split(' ')[1]}`;
  });
};

const told = (host: string, rest: string): string[] => {
  const { snapshot } = open(parseFixture(config(host) + rest));
  return snapshot
    .diagnostics('file:///w/main.yaml')
    .map(({ code }) => code)
    .filter((code) => code.startsWith('unresolved') || code.startsWith('ordinal'));
};

const pods = set() + service('shop', 'front');
const services = meta('Namespace', 'shop', '') + service('web-1', 'shop');

describe('web-1.shop', () => {
  it('is a pod of the Service shop where there is one', () => {
    expect(leads('we$0b-1.shop', pods)).toEqual(['StatefulSet web']);
    expect(leads('web-1.sh$0op', pods)).toEqual(['Service shop']);
  });

  it('is the Service web-1 of the namespace shop where there is one', () => {
    expect(leads('we$0b-1.shop', services)).toEqual(['Service web-1']);
    expect(leads('web-1.sh$0op', services)).toEqual(['Namespace shop']);
  });

  it('is the pod where there are both, unless the set makes no such pod', () => {
    expect(leads('we$0b-1.shop', pods + services)).toEqual(['StatefulSet web']);
    expect(leads('we$0b-5.shop', pods + services + service('web-5', 'shop'))).toEqual(['Service web-5']);
  });

  it('is the Service with .svc behind it, where there are both', () => {
    expect(leads('we$0b-1.shop.svc', pods + services)).toEqual(['Service web-1']);
    expect(leads('web-1.sh$0op.svc.cluster.local', pods + services)).toEqual(['Namespace shop']);
    expect(leads('we$0b-1.shop.svc', pods)).toEqual(['StatefulSet web']);
  });
});

describe('nothing is told', () => {
  it.each([
    ['of a namespace with other Services', 'web-1.shop', service('shops', 'front') + service('other', 'shop')],
    ['of a Service that may be on the cluster', 'web-1.shop', service('web-2', 'shop')],
    ['of a pod that may be a Service', 'wbe-1.shop', pods + meta('Namespace', 'shop', '')],
    ['of a number that may be that of a Service', 'web-7.shop', pods + meta('Namespace', 'shop', '')],
    ['of a pod with .svc', 'web-1.shop.svc', pods + service('web-2', 'shop')],
    ['of a number with .svc', 'web-7.shop.svc', pods],
  ])('%s', (_, host, rest) => expect(told(host, rest)).toEqual([]));
});

it('slips are told where the other reading has nothing to stand on', () => {
  expect(told('wbe-1.shop', pods)).toEqual(['unresolved-scale-target']);
  expect(told('web-1.shopp', set('web', 'shop') + service('shop', 'front'))).toEqual(['unresolved-service']);
  expect(told('web-7.shop', pods)).toEqual(['ordinal-without-pod']);
  expect(told('web-11.shop.svc', services)).toEqual(['unresolved-service']);
});

it('a Service is renamed in the reading that holds alone', () => {
  const { snapshot, uri, offset } = atCursor(config('we$0b-1.shop') + services + set('web', 'elsewhere'));
  const edits = snapshot.rename(uri, offset, 'api-1');
  expect(JSON.stringify(edits).match(/api-1/g)).toHaveLength(2);
});
