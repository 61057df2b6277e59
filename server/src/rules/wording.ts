import type { Holder } from '../graph/resolve.ts';
import type { Place } from './rule.ts';

/** `a, b and c`, with the rest counted past `limit`. */
export function listOf(items: readonly string[], limit = 8): string {
  const shown = items.slice(0, limit);
  const rest = items.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`;
}

/** "Did you mean x?", with two or three to choose from where there are; empty where there is none. */
export function didYouMean(near: readonly string[]): string {
  const quoted = near.slice(0, 3).map((name) => `"${name}"`);
  return quoted.length === 0 ? '' : ` Did you mean ${quoted.join(' or ')}?`;
}

/** The last part of a place's file, for messages. */
export const fileName = (place: Place): string => decodeURIComponent(place.document.uri.split('/').at(-1) ?? '');

/** What holds a member, as a message calls it: a Secret, or the pod template of a Deployment. */
export function holderText(holder: Holder): string {
  const { kind, name } = holder.facts.resource;
  if (holder.definition || (holder.pod === undefined && holder.container === undefined))
    return `${kind} "${holder.definition?.name ?? name}"`;
  return kind === 'Pod' ? `Pod "${name}"` : `The pod template of ${kind} "${name}"`;
}
