import { parseAllDocuments, stringify } from 'yaml';
import { Engine } from '../../src/engine.ts';
import { realModel } from '../schema/real-model.ts';

/** Errors of a file as `code marked-text`. */
export function judged(text: string): string[] {
  const engine = new Engine({ model: realModel() });
  engine.apply([{ type: 'edit', uri: 'file:///w/main.yaml', text }]);
  return engine
    .snapshot()
    .diagnostics('file:///w/main.yaml')
    .filter(({ severity }) => severity === 'error')
    .map(({ code, span }) => `${code} ${text.slice(span.start, span.end)}`);
}

/** What a manifest is bent at a path of keys and indexes, and the first error that comes of it; '' for none. */
export type Case = readonly [name: string, path: string, value: unknown, expected: string];

/** In a case, the field is deleted. */
export const gone = Symbol('gone');

/** Sound manifests by "Kind name" and by kind, where that is enough. */
export class Manifests {
  readonly #manifests = new Map<string, unknown>();
  readonly names: readonly string[];

  constructor(sound: string) {
    const names: string[] = [];
    for (const document of parseAllDocuments(sound)) {
      const manifest = document.toJS() as { readonly kind: string; readonly metadata: { readonly name: string } };
      const name = `${manifest.kind} ${manifest.metadata.name}`;
      names.push(name);
      this.#manifests.set(name, manifest);
      if (!this.#manifests.has(manifest.kind)) this.#manifests.set(manifest.kind, manifest);
    }
    this.names = names;
  }

  text(name: string): string {
    return stringify(this.#manifests.get(name));
  }

  /** A copy with another value at a path of keys and indexes, parted by dots; without one where it is `gone`. */
  bent(name: string, path: string, value: unknown): string {
    const copy = structuredClone(this.#manifests.get(name));
    // biome-ignore lint/suspicious/noExplicitAny: JSON of any shape
    let holder: any = copy;
    const steps = path.split('.');
    for (const step of steps.slice(0, -1)) holder = holder[step];
    const last = steps.at(-1) ?? '';
    if (value === gone) delete holder[last];
    else holder[last] = value;
    return stringify(copy);
  }

  /** What is found of a bent copy, as far as the case speaks of it. */
  found([name, path, value, expected]: Case): readonly string[] | string | undefined {
    const errors = judged(this.bent(name, path, value));
    return expected === '' ? errors : errors[0];
  }
}
