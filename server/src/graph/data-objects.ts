import { type DataObject, dataObject, type Objects } from '../kubernetes/data-object.ts';
import type { Facts } from '../model/facts.ts';
import { nearestBy } from './closeness.ts';
import type { Index } from './index.ts';
import { namespaceOf, resourceValue } from './presets.ts';
import { mayShareNamespace } from './selection.ts';

/** The ConfigMaps and Secrets that a resource's pods can mean, the nearest of each name. */
export function objectsFor(index: Index, facts: Facts): Objects {
  return (kind, name) => {
    const symbol = kind === 'Secret' ? 'secret' : 'configmap';
    const { namespace } = facts.resource;
    const all = index
      .definitions(symbol, name, namespace)
      .filter((definition) => mayShareNamespace(definition.facts.resource.namespace, namespace));
    const exact = all.filter((definition) => namespaceOf(definition.facts) === namespaceOf(facts));
    const found = nearestBy(
      exact.length > 0 ? exact : all,
      facts.document.uri,
      (definition) => definition.facts.document.uri,
    )[0];
    if (!found) return undefined;
    const value = found.facts.resource.kind === kind ? resourceValue(found.facts) : undefined;
    if (value) return dataObject(kind, name, value);
    // A controller makes it, or kustomize: its keys are known as far as they are listed.
    const source = found.facts.document;
    const made: DataObject = {
      kind,
      name,
      keys: new Map(),
      open: true,
      origin: { place: { source, span: found.span } },
    };
    return made;
  };
}
