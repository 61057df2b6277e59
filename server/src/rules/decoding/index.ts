import { invalidQuantity } from './invalid-quantity.ts';
import { invalidTime } from './invalid-time.ts';

/** What the API server can't read where a value of some type is due. */
export const decodingRules = [invalidQuantity, invalidTime];
