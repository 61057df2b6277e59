import { describe, expect, it } from 'vitest';
import { findAddresses, looksLikeAddress } from '../../src/syntax/addresses.ts';

/** `service.namespace:port` for each address, with the service's own text by its span. */
const found = (text: string, name?: string): string[] =>
  findAddresses(text, name).map(({ service, serviceSpan, namespace, port }) => {
    expect(text.slice(serviceSpan.start, serviceSpan.end)).toBe(service);
    if (port) expect(text.slice(port.span.start, port.span.end)).toBe(port.text);
    return `${service}${namespace === undefined ? '' : `.${namespace}`}${port ? `:${port.text}` : ''}`;
  });

describe('a name with .svc', () => {
  it.each([
    ['web.shop.svc', ['web.shop']],
    ['web.shop.svc.cluster.local', ['web.shop']],
    ['web.shop.svc.cluster.local:8080', ['web.shop:8080']],
    ['http://web.shop.svc/path', ['web.shop']],
    ['db-0.db.shop.svc.cluster.local:3306', ['db.shop:3306']],
    ['--peers=a.x.svc:1,b.y.svc:2', ['a.x:1', 'b.y:2']],
    ['proxy_pass http://web.shop.svc.cluster.local;', ['web.shop']],
    ['web.svc', ['web']],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected));
});

describe('a host in a URL', () => {
  it.each([
    ['http://web', ['web']],
    ['http://web:80/x', ['web:80']],
    ['postgres://user:secret@db:5432/shop?x=1', ['db:5432']],
    ['redis://cache.shop:6379', ['cache.shop:6379']],
    ['https://example.com/x', []],
    ['https://api.github.com', []],
    ['http://localhost:8080', []],
    ['http://127.0.0.1:80', []],
    ['http://$(HOST):80', []],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected));
});

describe('a host with its port', () => {
  it.each([
    ['db:3306', ['db:3306']],
    ['--server=db.shop:3306', ['db.shop:3306']],
    ['nginx:1.27', []],
    ['12:30', []],
    ['registry/image:8080', []],
    ['key: value', []],
    ['example.com:443', []],
  ])('%s', (text, expected) => expect(found(text)).toEqual(expected));
});

it('the pod of a Service stands before its number', () => {
  const pods = (text: string): unknown[] => findAddresses(text, undefined).map(({ pod }) => pod);
  expect(pods('db-0.pods.shop.svc')).toEqual([{ text: 'db', span: { start: 0, end: 2 } }]);
  expect(pods('x://web-2-11.pods:80')).toEqual([{ text: 'web-2', span: { start: 4, end: 9 } }]);
  expect(pods('db.pods.shop.svc pods.shop.svc')).toEqual([undefined, undefined]);
});

describe('a bare word', () => {
  it('counts where the name of the variable looks like an address', () => {
    expect(found('wordpress-db', 'WORDPRESS_DB_HOST')).toEqual(['wordpress-db']);
    expect(found('"db"', 'db-host')).toEqual(['db']);
    expect(found('db.shop', 'DB_ADDR')).toEqual(['db.shop']);
    expect(found('db-0.db', 'DB_HOST')).toEqual(['db']);
  });

  it('does not count elsewhere, nor where more than a host stands', () => {
    expect(found('wordpress', 'WORDPRESS_DB_NAME')).toEqual([]);
    expect(found('some words', 'DB_HOST')).toEqual([]);
    expect(found('example.com', 'DB_HOST')).toEqual([]);
    expect(found('localhost', 'DB_HOST')).toEqual([]);
  });

  it.each(['DB_HOST', 'apiUrl', 'redis-addr', 'KAFKA_BROKERS', 'host', 'server.address'])(
    '%s looks like an address',
    (name) => expect(looksLikeAddress(name)).toBe(true),
  );
  it.each(['DB_NAME', 'GHOST', 'curl', 'HOSTILE', 'SERVICE_ACCOUNT'])('%s does not', (name) =>
    expect(looksLikeAddress(name)).toBe(false),
  );
});
