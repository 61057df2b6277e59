import type { KindInfo } from './schema-types.ts';

/** Where the kinds of a group that Kubernetes itself doesn't have come from. */
export interface PackSource {
  /** The pack of each group. */
  readonly groups: Readonly<Record<string, string>>;
  /** The kinds of a pack; none where it can't be read. Called once for each pack, when its first kind is asked for. */
  readonly load: (pack: string) => readonly KindInfo[];
}

/**
 * Kinds of custom resources: those that the workspace's own definitions bring, and behind them those of the packs that
 * are shipped, each pack read when a kind of one of its groups is first asked for.
 */
export class CustomKinds {
  static readonly none: CustomKinds = new CustomKinds({ groups: {}, load: () => [] }, new Map(), []);

  readonly #source: PackSource;
  readonly #loaded: Map<string, readonly KindInfo[]>;
  readonly #defined: readonly KindInfo[];

  private constructor(source: PackSource, loaded: Map<string, readonly KindInfo[]>, defined: readonly KindInfo[]) {
    this.#source = source;
    this.#loaded = loaded;
    this.#defined = defined;
  }

  static from(source: PackSource): CustomKinds {
    return new CustomKinds(source, new Map(), []);
  }

  /** The same packs, and other kinds that the workspace defines. */
  with(defined: readonly KindInfo[]): CustomKinds {
    return new CustomKinds(this.#source, this.#loaded, defined);
  }

  find(apiVersion: string, kind: string): KindInfo | undefined {
    const is = (info: KindInfo): boolean => info.kind === kind && info.apiVersion === apiVersion;
    return this.#defined.find(is) ?? this.#pack(apiVersion.slice(0, apiVersion.indexOf('/'))).find(is);
  }

  /** Those of a group; without one, those of the workspace. */
  inGroup(group: string | undefined): readonly KindInfo[] {
    return group === undefined ? this.#defined : [...this.#defined, ...this.#pack(group)];
  }

  /** Those of the workspace, and of the packs that were read already. */
  kinds(): readonly KindInfo[] {
    if (this.#defined.length === 0 && this.#loaded.size === 0) return [];
    const defined = new Set(this.#defined.map(({ apiVersion, kind }) => `${apiVersion} ${kind}`));
    const packed = [...this.#loaded.values()].flat();
    return [...this.#defined, ...packed.filter(({ apiVersion, kind }) => !defined.has(`${apiVersion} ${kind}`))];
  }

  knowsGroup(group: string): boolean {
    return Object.hasOwn(this.#source.groups, group) || this.#defined.some((info) => info.group === group);
  }

  #pack(group: string): readonly KindInfo[] {
    if (!Object.hasOwn(this.#source.groups, group)) return [];
    const name = this.#source.groups[group] ?? '';
    let kinds = this.#loaded.get(name);
    if (!kinds) {
      kinds = this.#source.load(name);
      this.#loaded.set(name, kinds);
    }
    return kinds;
  }
}
