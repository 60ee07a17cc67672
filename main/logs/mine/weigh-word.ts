import { DISTINCT_WORDS, EVENT_WORDS, NAMING_PREPOSITIONS, NAMING_WORDS } from './config.ts';
import type { Shaped } from './shape-tokens.ts';

const NAMING = new Set(NAMING_WORDS);
const EVENTS = new Set(EVENT_WORDS);
const PREPOSITIONS = new Set(NAMING_PREPOSITIONS);
/** A word that says what happened is no name, whatever stands before it: `service started`, `user is unknown`. */
export const TELLS =
  /(?:ed|ing|ly)$|^(?:is|was|are|has|had|have|not|no|and|or|to|of|in|on|at|with|will|can|could|the|a|an|up|down|ok|error|failure|success)$/i;

/** The same in Japanese: nouns of what is done or becomes, `予約登録`, `取込完了`. */
const TELLS_WIDE =
  /(?:登録|変更|取消|削除|更新|追加|開始|終了|完了|停止|起動|再開|中断|中止|成功|失敗|受信|送信|接続|切断|承認|却下|確定|検知|発生|復旧|解除|作成|発行|取得|出力|入力|読込|取込|保存|要求|応答|異常|正常|超過|不足|無効|有効)$/;

const HONORIFIC = /^(?:さん|くん|ちゃん|様|氏)/;
const CODE = /^[A-Z_]+$/;
/** `true`, `no`, the A of `shift A`. */
const BARE_VALUE = /^(?:[A-Z]|true|false|yes|no|True|False|Yes|No|TRUE|FALSE|YES|NO)$/;

/** Whether a word that was a value once may be one elsewhere; what is true or has ended is said of many things. */
export const isName = (text: string): boolean => !TELLS.test(text) && !BARE_VALUE.test(text);

/** `onWake`: what programs call the handler of an event, and so the event. */
const HANDLER = /^on\p{Lu}/u;

/** `com.example.Main`, `libssl-1.1-dev`: a name made of three parts or more is a name even in a short line. */
const QUALIFIED = /^[\p{L}\d_$]+(?:[.-][\p{L}\d_$]+){2,}$/u;

/** Words that keep a template recognisable: with letters, or in a script without letters. */
export const isTelling = (token: Shaped): boolean =>
  token.kind !== 'parameter' && token.kind !== 'mark' && /\p{L}{2}|\p{Lo}/u.test(token.text);

/** Four characters of kanji or kana say as much as two words: `稼働開始`. */
const LONG_WIDE = /[^\p{ASCII}\p{Script=Latin}]{4}/u;

/** The share one more distinct word at `place` adds towards making the place a parameter (1 makes it); 0: never. */
export function weighWord(tokens: readonly Shaped[], place: number): number {
  const token = tokens[place];
  if (!token || token.kind === 'parameter' || token.kind === 'mark') return 0;
  if (token.kind === 'word' && place < speakerEnd(tokens) && !QUALIFIED.test(token.text)) return 0;
  let others = 0;
  let long = 0;
  for (let i = 0; i < tokens.length; i++) {
    const other = tokens[i];
    if (i === place || !other || !isTelling(other)) continue;
    others++;
    if (LONG_WIDE.test(other.text)) long++;
  }
  if (others < 2) return 0;
  const count = distinctNeeded(tokens, place, token, others);
  return (
    1 /
    (others + long === 2 && !isQualified(tokens, place, token) ? count * DISTINCT_WORDS.bareFactor : count)
  );
}

/** `crond(pam_unix)[123]: …`, `kernel: …`: how many tokens say who speaks; another speaker has messages of its own. */
function speakerEnd(tokens: readonly Shaped[]): number {
  for (let i = 1; i < tokens.length && i <= MAX_SPEAKER; i++) {
    if (tokens[i]?.gap) return 0;
    if (isMark(tokens[i], ':') && tokens[i + 1]?.gap) return i;
  }
  return 0;
}
const MAX_SPEAKER = 10;
function isQualified(tokens: readonly Shaped[], place: number, token: Shaped): boolean {
  const label = isMark(tokens[place - 1], ':') ? tokens[place - 2] : tokens[place - 1];
  return QUALIFIED.test(token.text) && !(label?.kind === 'word' && EVENTS.has(label.text.toLowerCase()));
}
function distinctNeeded(tokens: readonly Shaped[], place: number, token: Shaped, others: number): number {
  if (token.kind === 'quoted' || token.kind === 'weak') return DISTINCT_WORDS.marked;
  const before = tokens[place - 1];
  const after = tokens[place + 1];
  const introduced = isMark(before, ':') ? tokens[place - 2] : before;
  if (introduced?.kind === 'word' && !TELLS.test(token.text)) {
    const word = introduced.text.toLowerCase();
    if (NAMING.has(word)) return DISTINCT_WORDS.named;
    if (introduced === before && PREPOSITIONS.has(word) && !CODE.test(token.text))
      return DISTINCT_WORDS.perhapsNamed;
    if (introduced === before && isTransition(tokens, place)) return DISTINCT_WORDS.perhapsNamed;
  }
  // `java.home=/usr`: what is set has a name of its own
  if (isMark(after, '=') && !after?.gap) return Number.POSITIVE_INFINITY;
  if (BARE_VALUE.test(token.text) || isLabelled(tokens, place) || isEnclosed(tokens, place))
    return DISTINCT_WORDS.value;
  if (after?.kind === 'word' && HONORIFIC.test(after.text)) return DISTINCT_WORDS.named;
  if (/[\p{L}\d][._$@/\\-]+[\p{L}\d]|^[A-Z][a-z]+[A-Z][a-z]/u.test(token.text))
    return DISTINCT_WORDS.compound;
  if (isCoded(tokens) && !TELLS.test(token.text)) return DISTINCT_WORDS.value;
  if (CODE.test(token.text)) return DISTINCT_WORDS.capitals;
  if (TELLS_WIDE.test(token.text)) return DISTINCT_WORDS.plain;
  return others >= DISTINCT_WORDS.manyOthers ? DISTINCT_WORDS.plainInLong : DISTINCT_WORDS.plain;
}

/** `%LINK-3-UPDOWN: …`: the code names the event, so what differs behind it are values. */
const isCoded = ([first]: readonly Shaped[]): boolean => first?.kind === 'word' && first.text.startsWith('%');
/** `from NEW to ACCEPTED`: states one goes through are values, where a single state says what happened. */
const isTransition = (tokens: readonly Shaped[], place: number): boolean => {
  const word = (at: number): string => tokens[at]?.text ?? '';
  return (
    (word(place - 1) === 'from' && word(place + 1) === 'to') ||
    (word(place - 1) === 'to' && word(place - 3) === 'from')
  );
};
const isMark = (token: Shaped | undefined, ...texts: readonly string[]): boolean =>
  token?.kind === 'mark' && texts.includes(token.text);
/** `…, state: Staged, …`, `承認者：中村`; a colon at the very beginning names who speaks, and what is said of `eth0:` is no value. */
const isLabelled = (tokens: readonly Shaped[], place: number): boolean =>
  place > 2 &&
  isMark(tokens[place - 1], ':', '：') &&
  tokens[place - 2]?.kind !== 'weak' &&
  !HANDLER.test(tokens[place]?.text ?? '') &&
  (place === tokens.length - 1 ||
    QUALIFIED.test(tokens[place]?.text ?? '') ||
    isMark(tokens[place + 1], ',', ';', ')', ']', '、', '）'));
/** `(Mail)`, `<open>`, `(3, Mail)`: alone in its bracket, or at one end of it. */
const isEnclosed = (tokens: readonly Shaped[], place: number): boolean =>
  place > 1 &&
  isMark(tokens[place - 1], '(', '[', '<', ',') &&
  isMark(tokens[place + 1], ')', ']', '>', ',') &&
  !(isMark(tokens[place - 1], ',') && isMark(tokens[place + 1], ','));
