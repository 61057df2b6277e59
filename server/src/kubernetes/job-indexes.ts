/**
 * How many indexes a text such as "1,3-5,7" lists, of a Job with so many completions; what is wrong with it as the end
 * of a sentence (validateIndexesFormat in pkg/apis/batch/validation).
 */
export function countIndexes(text: string, completions: number): number | string {
  if (text === '') return 0;
  let last = -1;
  let total = 0;
  for (const interval of text.split(',')) {
    const limits = interval.split('-');
    if (limits.length > 2) return `has "${interval}", and an interval is "first-last"`;
    const [first, end = first] = limits.map((limit) => (/^\+?\d+$/.test(limit) ? Number(limit) : undefined));
    if (first === undefined || end === undefined) return `has "${interval}", which is no index and no interval`;
    if (end >= completions)
      return `has ${end}, and the indexes of ${completions} completions end at ${completions - 1}`;
    if (limits.length === 2 && end <= first) return `has "${interval}", and an interval must rise`;
    if (first <= last) return `must rise, and has ${first} after ${last}`;
    total += end - first + 1;
    last = end;
  }
  return total;
}
