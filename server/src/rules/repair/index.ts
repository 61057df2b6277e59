import type { RepairRule } from '../rule.ts';
import { invisibleCharacter } from './invisible-character.ts';
import { linePrefix } from './line-prefix.ts';
import { lostIndentation } from './lost-indentation.ts';
import { lostLineBreaks } from './lost-line-breaks.ts';
import { misplacedKey } from './misplaced-key.ts';
import { missingColon } from './missing-colon.ts';
import { missingSpace } from './missing-space.ts';
import { pastedText } from './pasted-text.ts';
import { smartQuote } from './smart-quote.ts';
import { strayLine } from './stray-line.ts';
import { tabIndentation } from './tab-indentation.ts';
import { unclosedValue } from './unclosed-value.ts';

/** What happens to a manifest on its way through chats, web pages and word processors. */
export const repairRules: readonly RepairRule[] = [
  linePrefix,
  lostLineBreaks,
  pastedText,
  tabIndentation,
  invisibleCharacter,
  smartQuote,
  unclosedValue,
  strayLine,
  missingSpace,
  missingColon,
  misplacedKey,
  lostIndentation,
];
