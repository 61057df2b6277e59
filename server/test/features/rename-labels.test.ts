import { describe, expect, it } from 'vitest';
import { after, atCursor, parseFixture } from '../fixture.ts';

const pod = (name: string, labels: string): string => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  labels: {${labels}}
spec:
  containers:
    - name: web
      image: nginx:1.27
`;

const budget = (name: string, expressions: string): string => `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: ${name}
spec:
  maxUnavailable: 1
  selector:
    matchExpressions: # which pods
      - ${expressions}
`;

const service = (selector: string): string => `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {${selector}}
  ports:
    - port: 80
`;

const all = (...documents: readonly string[]): string => documents.join('---\n');

/** The text after a rename at the cursor, or why there is none. */
function rename(text: string, newName: string): string {
  const { snapshot, uri, offset } = atCursor(text);
  const answer = snapshot.rename(uri, offset, newName);
  if ('refused' in answer) return `refused: ${answer.refused}`;
  return after(parseFixture(text), snapshot, answer.edits).files.get(uri) ?? '';
}

describe('renaming a label keeps what every selector finds', () => {
  const exists = budget('any', '{key: app, operator: Exists}');
  const none = budget('none', '{key: app, operator: DoesNotExist}');
  const other = budget('other', '{key: app, operator: NotIn, values: [web, "db"]}');

  it('a value is none of the business of Exists and DoesNotExist', () => {
    expect(rename(all(pod('web', 'app: w$0eb'), service('app: web'), exists, none), 'shop')).toBe(
      all(pod('web', 'app: shop'), service('app: shop'), exists, none),
    );
  });

  it('a value that NotIn excludes is excluded by its new name, and back', () => {
    const before = all(pod('web', 'app: web'), pod('api', 'app: api'), service('app: web'), other);
    const then = before.replaceAll('app: web', 'app: shop').replace('[web,', '[shop,');
    expect(rename(before.replace('app: web', 'app: w$0eb'), 'shop')).toBe(then);
    expect(rename(then.replace('app: shop', 'app: s$0hop'), 'web')).toBe(before);
  });

  it('a value that NotIn excludes may not be taken by a pod that it finds', () => {
    const text = all(
      pod('web', 'app: w$0eb'),
      service('app: web'),
      budget('other', '{key: app, operator: NotIn, values: [db]}'),
    );
    expect(rename(text, 'db')).toBe(
      'refused: PodDisruptionBudget "other" (main.yaml:27) goes by app in a way that can\'t follow: it would find other pods than before. Change it first.',
    );
  });

  it('a key takes along all pods that are told by it', () => {
    for (const more of [exists, none, other]) {
      const text = all(pod('web', 'app: web'), pod('api', 'app: api'), service('app: web'), more);
      const renamed = text.replaceAll('{app: ', '{name: ').replaceAll('key: app', 'key: name');
      expect(rename(text.replace('{app', '{a$0pp'), 'name')).toBe(renamed);
      expect(rename(renamed.replace('{name: web', '{na$0me: web'), 'app')).toBe(text);
    }
  });

  it('a key that others go by is not taken', () => {
    const text = all(
      pod('web', 'a$0pp: web'),
      service('app: web'),
      budget('none', '{key: tier, operator: DoesNotExist}'),
    );
    expect(rename(text, 'tier')).toContain('refused: PodDisruptionBudget "none" (main.yaml:27) goes by');
  });

  it('a value that other pods have, too, is left to them where that keeps the meaning', () => {
    const elsewhere = pod('b', 'app: web').replace('  name: b\n', '  name: b\n  namespace: blue\n');
    const here = pod('a', 'app: w$0eb').replace('  name: a\n', '  name: a\n  namespace: red\n');
    const excluding = other.replace('  name: other\n', '  name: other\n  namespace: blue\n');
    expect(rename(all(here, elsewhere, excluding), 'shop')).toBe(
      all(here.replace('w$0eb', 'shop'), elsewhere, excluding),
    );
  });
});
