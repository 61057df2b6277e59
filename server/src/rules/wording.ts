import type { Holder } from '../graph/members.ts';
import type { Definition, Facts } from '../model/facts.ts';
import { symbols } from '../tables/symbols.ts';
import { type Message, type Place, say } from './message.ts';

/** `a, b and c`, with the rest counted past `limit`. */
export function listOf(items: readonly string[], limit?: number, last?: 'and' | 'or'): string;
export function listOf(items: readonly Message[], limit?: number, last?: 'and' | 'or'): Message;
export function listOf(items: readonly Message[], limit = 8, last: 'and' | 'or' = 'and'): Message {
  const shown = items.slice(0, limit);
  const rest = items.length - shown.length;
  const final = rest > 0 ? `${rest} more` : shown.pop();
  if (final === undefined) return '';
  const [first, ...others] = shown;
  if (first === undefined) return final;
  return say`${others.reduce((all, next) => say`${all}, ${next}`, first)} ${last} ${final}`;
}

/** "Did you mean x?", with two or three to choose from where there are; empty where there is none. */
export function didYouMean(near: readonly string[]): string {
  const quoted = near.slice(0, 3).map((name) => `"${name}"`);
  return quoted.length === 0 ? '' : ` Did you mean ${quoted.join(' or ')}?`;
}

/** The same for names that are defined somewhere: "Did you mean x (web.yaml:12)?". */
export function didYouMeanOneOf(near: readonly string[], known: readonly Definition[]): Message {
  const named = near.slice(0, 3).map((name): Message => {
    const definition = known.find((candidate) => candidate.name === name);
    return definition ? say`"${name}" (${placeOf(definition)})` : `"${name}"`;
  });
  const [first = '', ...rest] = named;
  return named.length === 0 ? '' : say` Did you mean ${rest.reduce((all, next) => say`${all} or ${next}`, first)}?`;
}

export const placeOf = ({ facts, span }: Definition): Place => ({ document: facts.document, span });

/** A resource with its place: `Service "web" (web.yaml:4)`. */
export function resourceText({ document, resource }: Facts): Message {
  const { kind, name, nameSpan, kindSpan } = resource;
  return say`${kind} "${name}" (${{ document, span: nameSpan ?? kindSpan }})`;
}

/** The last part of a place's file, for messages. */
export const fileName = (place: Place): string => decodeURIComponent(place.document.uri.split('/').at(-1) ?? '');

/** What holds a member, as a message calls it: a Secret, or the pod template of a Deployment. */
export function holderText(holder: Holder): string {
  const { kind, name } = holder.facts.resource;
  const { definition } = holder;
  // The manifest that says what is in it is of another kind.
  if (definition?.made) return `${capital(symbols[definition.symbol].noun)} "${definition.name}"`;
  if (definition || (holder.pod === undefined && holder.container === undefined))
    return `${kind} "${definition?.name ?? name}"`;
  return kind === 'Pod' ? `Pod "${name}"` : `The pod template of ${kind} "${name}"`;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
