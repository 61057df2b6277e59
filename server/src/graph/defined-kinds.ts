import { kindsDefinedBy } from '../model/resource-definition.ts';
import type { KindInfo, Schema } from '../schema/api-model.ts';
import { type Document, documentOf } from './document.ts';

const none: ReadonlySet<string> = new Set();

/** The kinds that the workspace's CustomResourceDefinitions bring. */
export class DefinedKinds {
  readonly #byDocument = new Map<Document, readonly KindInfo[]>();

  /**
   * Takes over that documents have gone and come.
   *
   * @param metadata the schema of a resource's metadata
   * @returns the groups and the names of the kinds that may have changed
   */
  update(gone: Iterable<Document>, come: Iterable<Document>, metadata: () => Schema | undefined): ReadonlySet<string> {
    let names: Set<string> | undefined;
    const note = (kinds: readonly KindInfo[]): void => {
      names ??= new Set();
      for (const { group, kind } of kinds) names.add(group).add(kind);
    };
    for (const document of gone) {
      const kinds = this.#byDocument.get(document);
      if (!kinds) continue;
      this.#byDocument.delete(document);
      note(kinds);
    }
    for (const document of come) {
      const definitions = document.indexed.filter(({ resource }) => resource.kind === 'CustomResourceDefinition');
      if (definitions.length === 0) continue;
      const kinds = definitions.flatMap((facts) =>
        kindsDefinedBy(() => documentOf(facts.document).tree, facts.resource.path, metadata()),
      );
      this.#byDocument.set(document, kinds);
      note(kinds);
    }
    return names ?? none;
  }

  all(): readonly KindInfo[] {
    return [...this.#byDocument.values()].flat();
  }
}
