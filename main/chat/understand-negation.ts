import { foldText } from '../vectors/index.ts';
import type { Span } from './types.ts';

/** 札幌じゃなくて, SS業務以外, エントリ1を除いて; 札幌じゃないの？ asks about 札幌 */
const SET_ASIDE_AFTER =
  /^\s*の?(?:業務|工程|拠点|案件|作業|チ-?ム)?(?:の?(?:話|件|方|ほう|こと))?(?:とか)?\s*(?:(?:で|じゃ)は?な(?:く|い(?!\s*(?:の|ん|か|です|でしょ|よね|[?]|$)))|以外|を除|は除|は(?:不要|いらな|要らな|関係な))/;
const SET_ASIDE_BEFORE =
  /(?<!(?:why|is|are|was|if)\s)\b(?:not|except|except for|excluding|other than|apart from|besides|rather than|instead of)(?:\s+(?:the|in|at|for|from|about))?\s*$/;

/** Whether a name was said only to say that it is not meant. */
export const isSetAside = (original: string, { start, end }: Span): boolean =>
  SET_ASIDE_AFTER.test(foldText(original.slice(end, end + 24))) ||
  SET_ASIDE_BEFORE.test(foldText(original.slice(Math.max(0, start - 24), start)));

/** What a question says it does not ask for, up to where it says what it does: 遅れとかじゃなくて, not the trend, 提案不要。 */
const NOT_THIS =
  /(?:^|(?<=[。.!?]))[^。.!?]{1,24}?(?:とか|の話)?(?:じゃなくて?|ではなくて?)[、,\s]*(?=[\ue001-\ue005]|[^\s。、,.!?]{2})|(?:^|(?<=[。.!?]\s?))(?:not|don't need|do not need|forget|never mind) (?:the |a |about )?[^,.!?]{2,30}[,.] ?(?=\S{2})/g;

/** The folded question without what it sets aside. */
export const withoutSetAside = (folded: string): string => folded.replace(NOT_THIS, '');
