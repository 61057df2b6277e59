import type { Value } from '../../syntax/value.ts';
import type { Judge } from '../judge.ts';

const percentage = /^[0-9]+%$/;

/** The number of an integer or percentage; undefined for placeholders and for what is neither (getIntOrPercentValue). */
export function amount(value: Value): number | undefined {
  if (value.integer !== undefined) return value.integer;
  const { text } = value;
  return text !== undefined && percentage.test(text) ? Number(text.slice(0, -1)) : undefined;
}

/**
 * Reports what is neither a number from 0 on nor a percentage (ValidatePositiveIntOrPercent), and what is above 100% where
 * that is the most (IsNotMoreThan100Percent). Says whether it is sound.
 */
export function checkAmount(judge: Judge, value: Value, upTo100: boolean): boolean {
  const { text } = value;
  if (text !== undefined) {
    const name = value.pair?.key.value ?? 'It';
    if (!percentage.test(text)) {
      const bare = /^[0-9]+$/.test(text);
      judge.refuse(value, `"${name}" must be a number or a percentage, such as 1 or "25%", and is "${text}"`, {
        fixes: () => (bare ? [...judge.unquote(value), ...judge.change(value, `${text}%`)] : []),
      });
      return false;
    }
    if (upTo100 && Number(text.slice(0, -1)) > 100) {
      judge.refuse(value, `"${name}" must not be above 100%`, { fixes: () => judge.change(value, '100%') });
      return false;
    }
    return true;
  }
  return judge.range(value, 0);
}
