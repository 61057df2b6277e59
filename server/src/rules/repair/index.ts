import type { RepairRule } from '../rule.ts';
import { invisibleCharacter } from './invisible-character.ts';
import { lostIndentation } from './lost-indentation.ts';
import { lostLineBreaks } from './lost-line-breaks.ts';
import { misplacedKey } from './misplaced-key.ts';
import { missingSpace } from './missing-space.ts';
import { pastedText } from './pasted-text.ts';
import { smartQuote } from './smart-quote.ts';
import { tabIndentation } from './tab-indentation.ts';

/** What happens to a manifest on its way through chats, web pages and word processors. */
export const repairRules: readonly RepairRule[] = [
  lostLineBreaks,
  pastedText,
  tabIndentation,
  invisibleCharacter,
  smartQuote,
  missingSpace,
  misplacedKey,
  lostIndentation,
];
