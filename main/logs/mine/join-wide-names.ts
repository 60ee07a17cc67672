/**
 * Names in Japanese, which has no spaces: a name may be written in several scripts, with digits and letters between them. Which tokens
 * are one name is seen from what stands around them.
 */
import {
  endOf,
  hashOfToken,
  INTRODUCING,
  is,
  nameOf,
  parameter,
  type Shaped,
  startOf,
} from './shaped-token.ts';

const WIDE = /[^\p{ASCII}\p{Script=Latin}]/u;
const HONORIFIC = /^(?:さん|くん|ちゃん)/;
const FILE_ENDINGS = new Set(
  'csv tsv txt log dat xml json xls xlsx doc docx pdf zip gz html bak sql lst'.split(' '),
);
/** Names that Japanese writes in several scripts: `佐藤 花子さん`, `入荷予定_2026.csv`. A script's end is no name's end there. */
export function joinWideNames(tokens: Shaped[]): Shaped[] {
  if (!tokens.some((t) => t.kind === 'word' && WIDE.test(t.text))) return tokens;
  const joined: Shaped[] = [];
  for (const [i, token] of tokens.entries()) {
    const last = joined.at(-1);
    const family = joined.at(-2);
    if (!token.gap && HONORIFIC.test(token.text)) joinPerson(joined);
    joined.push(token);
    const dot = family;
    const isEnding =
      is(last, '.') &&
      !last?.gap &&
      !token.gap &&
      FILE_ENDINGS.has(token.text.toLowerCase()) &&
      !is(tokens[i + 1], '.');
    if ((isEnding && dot) || isNamedTail(token)) joinFileName(joined);
  }
  return joined;
}
/** `佐藤 花子`, `システム管理者`: two words, or what is written without a space in several scripts. */
function joinPerson(joined: Shaped[]): void {
  let from = joined.length - 1;
  while (from > 0 && isNamePart(joined[from]) && !joined[from]?.gap && isNamePart(joined[from - 1])) from--;
  if (joined[from]?.gap && joined.length - from === 1 && isWide(joined[from - 1])) from--;
  const parts = joined.slice(from);
  const [first] = parts;
  if (parts.length < 2 || !isWide(first) || !parts.every(isNamePart)) return;
  // its number stays in the name: a parameter would run together with one before it, as in `端末HT-10 パート03さん`
  const text = parts.map((t) => (t.gap && t !== first ? ` ${t.text}` : t.text)).join('');
  const hash = hashOfToken('quoted', text);
  joined.splice(from, parts.length, { ...first, kind: 'quoted', text, hash, end: endOf(parts) });
}
const isWide = (t: Shaped | undefined): t is Shaped =>
  t?.kind === 'word' && WIDE.test(t.text) && !INTRODUCING.has(t.text);
/** `パート03さん` */
const isNamePart = (t: Shaped | undefined): boolean =>
  t?.kind === 'weak' || (t?.kind === 'parameter' && (t.type === 'number' || t.type === 'id')) || isWide(t);
/** `_20261121.csv`, which follows a name in another script. */
const isNamedTail = (t: Shaped): boolean =>
  !t.gap && FILE_ENDINGS.has(/\.([A-Za-z]{2,4})$/.exec(t.text)?.[1]?.toLowerCase() ?? '');
/** The last tokens, as far as nothing parts them, become one parameter. */
function joinFileName(joined: Shaped[]): void {
  let from = joined.length - 1;
  while (from > 0 && !joined[from]?.gap) {
    const before = joined[from - 1];
    if (!before || INTRODUCING.has(before.text) || (before.kind === 'mark' && !/^[._-]$/.test(before.text)))
      break;
    from--;
  }
  // a name with spaces, from the word that introduces it: `ファイル在庫 棚卸 最終版.xlsx`
  let first = from;
  while (first > 0 && from - first < 4 && isWide(joined[first - 1])) first--;
  if (first < from && INTRODUCING.has(joined[first - 1]?.text ?? '')) from = first;
  const parts = joined.slice(from);
  if (parts.length < 2 || !parts.some(isWide)) return;
  joined.splice(from, parts.length, parameter('path', parts[0]?.gap ?? true, startOf(parts), endOf(parts)));
}

/** `が`, `を`: what says which part a noun plays stands right behind it, unless the noun was put in by a program. */
const PARTICLE = /^(?:が|を|へ|から|まで)|^(?:に|は|で|と|の|も|より)$/;
const BETWEEN = /^(?:が|を|へ|から|まで|に|は|の)/;
const HIRAGANA = /^\p{Script=Hiragana}+$/u;
/** Where a sentence ends: what stands so is said, and no name. */
const ENDS_SENTENCE = /(?:す|た|ん|い|です|中)$/;
/**
 * Fields of a pattern: what a space parts from its particle (`第3プレス が`), what stands by itself in a square bracket
 * (`設備[プレス機3号]`), and what stands between one label and the next (`原因: 材料待ち 時間: 3分`) was put in as a whole.
 */
export function joinWideFields(tokens: Shaped[]): Shaped[] {
  if (!tokens.some((t) => t.kind === 'word' && WIDE.test(t.text))) return tokens;
  const joined: Shaped[] = [];
  for (const [i, token] of tokens.entries()) {
    if (token.gap && token.kind === 'word' && PARTICLE.test(token.text)) {
      joinTwoWords(joined);
      joinField(joined);
    }
    if (!token.gap && token.kind === 'word' && BETWEEN.test(token.text)) joinTwoWords(joined);
    if (is(token, ']') || is(token, '］')) joinWideBracketed(joined);
    if (token.gap && is(tokens[i + 1], ':')) joinLabelledField(joined);
    const last = joined.at(-1);
    if (isNoun(token) && !token.gap && isNoun(last)) joined.splice(-1, 1, compound(last, token));
    else joined.push(token);
  }
  return joinWideSettings(joined);
}
/** `出荷番号:SH81 担当:井上 恵 明細数:3`: where a line lists several labels, what follows each is a value, as after `key=`. */
function joinWideSettings(tokens: Shaped[]): Shaped[] {
  const labels = tokens.flatMap((t, i) =>
    t.kind === 'word' && NOUN.test(t.text) && t.gap && isTightColon(tokens, i + 1) ? [i] : [],
  );
  if (labels.length < 2) return tokens;
  const joined: Shaped[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i];
    if (!token) break;
    joined.push(token);
    if (!labels.includes(i - 1)) continue;
    const next = labels.find((at) => at > i);
    let end = i + 1;
    while (end < tokens.length && end !== next && isOfValue(tokens[end], end === i + 1)) end++;
    const [first, last] = [tokens[i + 1], tokens[end - 1]];
    if (end === i + 1 || !first || !last || (end === i + 2 && first.kind === 'parameter')) continue;
    joined.push(parameter('text', first.gap, first.start, last.end));
    i = end - 1;
  }
  return joined;
}
const isTightColon = (tokens: readonly Shaped[], i: number): boolean =>
  (is(tokens[i], ':') || is(tokens[i], '：')) && !tokens[i]?.gap && tokens[i + 1]?.gap === false;
/** A second word behind a space is a given name at most, no sentence. */
const isOfValue = (t: Shaped | undefined, isFirst: boolean): boolean =>
  t !== undefined &&
  t.kind !== 'mark' &&
  t.kind !== 'quoted' &&
  (isFirst || !t.gap || (isNoun(t) && t.text.length <= 4));
const NOUN = /^[\p{Script=Han}\p{Script=Katakana}ー々]+$/u;
const isNoun = (t: Shaped | undefined): t is Shaped =>
  t?.kind === 'word' && NOUN.test(t.text) && !INTRODUCING.has(t.text);
/** `塗装ライン`: one noun in two scripts. */
const compound = (first: Shaped, second: Shaped): Shaped => {
  const text = first.text + second.text;
  return { ...first, text, hash: hashOfToken('word', text), end: second.end };
};
/** The last tokens, back to the space before them. */
function joinField(joined: Shaped[]): void {
  let from = joined.length;
  let depth = 0;
  for (let i = joined.length - 1; i >= 0; i--) {
    const token = joined[i];
    if (!token) break;
    if (is(token, ')') || is(token, '）')) depth++;
    else if (is(token, '(') || is(token, '（')) depth--;
    else if (token.kind === 'quoted' || (token.kind === 'mark' && !/^[-._・/]$/.test(token.text))) break;
    if (depth < 0) break;
    from = i;
    if (token.gap) break;
  }
  if (depth === 0) joinFrom(joined, from);
}
/** `依頼が佐藤 花子により`, `担当者 佐藤 花子 が`: two nouns with a space between them where a sentence has one. */
function joinTwoWords(joined: Shaped[]): void {
  const [before, family, given] = joined.slice(-3);
  if (!isNoun(family) || !isNoun(given) || !given.gap || given.text.length > 4 || family.text.length > 4)
    return;
  const isBegun =
    before?.kind === 'word' && (INTRODUCING.has(before.text) || (!family.gap && HIRAGANA.test(before.text)));
  if (isBegun) joinFrom(joined, joined.length - 2);
}
function joinWideBracketed(joined: Shaped[]): void {
  let from = joined.length;
  while (from > 0 && !(joined[from - 1]?.gap ?? true) && !isOpening(joined[from - 1])) from--;
  if (isOpening(joined[from - 1]) && joined.length - from > 1) joinFrom(joined, from);
}
const isOpening = (t: Shaped | undefined): boolean => is(t, '[') || is(t, '［');
function joinLabelledField(joined: Shaped[]): void {
  let from = joined.length;
  while (from > 0 && isWide(joined[from - 1]) && !joined[from]?.gap) from--;
  const isValue = is(joined[from - 1], ':') && joined[from]?.gap && joined.length - from > 1;
  if (isValue && !ENDS_SENTENCE.test(joined.at(-1)?.text ?? '')) joinFrom(joined, from);
}
function joinFrom(joined: Shaped[], from: number): void {
  const parts = joined.slice(from);
  if (parts.some((t) => t.kind === 'word' && WIDE.test(t.text)))
    joined.splice(from, parts.length, nameOf(parts));
}
