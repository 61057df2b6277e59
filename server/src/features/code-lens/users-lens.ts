import { mayHaveUsers, usersOf } from '../../graph/users.ts';
import { locate } from '../shared/context.ts';
import { aboveResource, type LensKind } from './lens.ts';

/** On what others name or select: how many do. */
export const usersLens: LensKind = {
  id: 'usedBy',
  startsOf: aboveResource((facts, index) => mayHaveUsers(index, facts)),
  textOf(facts, index) {
    const places = usersOf(index, facts).map((user) => locate(user.facts.document, user.span));
    // The name is another object's, too, and that one is nearer to whoever uses it.
    if (places.length === 0) return { title: 'used by none', action: undefined };
    return { title: `used by ${places.length}`, action: { does: 'show-places', places } };
  },
};
