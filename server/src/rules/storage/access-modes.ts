import type { Value } from '../../syntax/value.ts';
import type { Judge } from '../judge.ts';

/** Reports missing access modes, and ReadWriteOncePod beside others; `what` is "A claim" or "A volume". */
export function checkAccessModes(judge: Judge, spec: Value, what: string): void {
  const list = spec.get('accessModes');
  if (list.unknown || (list.present && !list.list)) return;
  if (list.items.length === 0) {
    judge.lacks(spec, 'accessModes', `${what} needs "accessModes", such as ReadWriteOnce`, {
      fixes: () => (list.pair ? [] : judge.add(['spec'], 'accessModes', ['ReadWriteOnce'])),
    });
    return;
  }
  const written = list.items.map(({ text }) => text);
  const single = list.items[written.indexOf('ReadWriteOncePod')];
  if (single && written.some((mode) => mode !== undefined && mode !== 'ReadWriteOncePod'))
    judge.refuse(single, 'ReadWriteOncePod stands alone', {
      advice: 'It is for one pod, and the other modes for more.',
    });
}
