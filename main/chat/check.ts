import type { Fact, Lang } from '../api/contract/common.ts';
import type { Mark } from './facts.ts';
import { PLACE_NAMES } from './place-names.ts';
import { PLACES_EN, PLACES_JA, SURNAMES_EN, SURNAMES_JA } from './well-known-names.ts';

/** Something in a text that no fact covers. `text` is as it stands after NFKC. */
export type Violation = { readonly kind: 'number' | 'time' | 'person' | 'place'; readonly text: string };
export type CheckInput = {
  readonly facts: readonly Fact[];
  readonly lang: Lang;
  /** where code itself put facts: taken as they are */
  readonly marks?: readonly Mark[];
  /** names that may stand in this text beside the facts (operators, places, processes, businesses) */
  readonly allowedNames?: readonly string[];
  /** people and places of the company: refused unless they are facts or allowed */
  readonly people?: readonly string[];
  readonly places?: readonly string[];
};

/** stands where something allowed was: breaks words and numbers, is nothing itself */
const HOLE = '\ue000';

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const tidy = (text: string): string => text.normalize('NFKC').replace(/\p{Cf}/gu, '');
const oneOf = (words: readonly string[]): string =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map(literally)
    .join('|');

const NUMERAL = '〇零一二三四五六七八九十百千万億兆壱弐参拾';
/** What is a number only by its characters. */
const HARMLESS_JA =
  /一部|一方|一覧|一緒|一時的|一旦|一般|一致|一貫|一律|一定|一層|一因|一見|一斉|一連|唯一|統一|均一|同一|一番(?![目手])|一環|万一|万が一|不十分|十分[にな]|参照|参考|参加|持参|割り当て|割当|割合|役割|割り振|割[くいけ]|時間割|分割|前半|後半|半ば|半角|万全|千差|四半期別|数[値字式]/g;

const after = (...words: readonly string[]): string => `(?:${words.join('|')})`;
/** A hole followed (or led) by one of these says something else than its fact. */
const DISTORTED_JA = new RegExp(
  `${HOLE}\\s*${after('以上', '以下', '未満', '超(?!過)', 'を超え', 'を上回', 'を下回', '弱(?!い)', '強(?![いくまめ])', '余り', 'あまり', '倍', 'ずつ', '目', '連続', '台', 'の倍', 'の半', '半')}|${after('[-−–—ー~〜±]', 'マイナス', 'プラス')}\\s*${HOLE}|第${HOLE}|各${HOLE}|毎${HOLE}`,
  'g',
);
const DISTORTED_EN = new RegExp(
  `\\b(?:over|under|above|below|almost|nearly|more than|less than|fewer than|at least|at most|up to|minus|plus|times|each of)\\s+${HOLE}|[-−–—~±]\\s*${HOLE}|${HOLE}\\s*(?:or (?:more|less|fewer)|times|fold|-fold|each)\\b|${HOLE}(?:st|nd|rd|th)\\b`,
  'gi',
);

const NUMBERS_JA: readonly RegExp[] = [
  new RegExp(`[${NUMERAL}]+(?:[.,・/][${NUMERAL}]+)*`, 'g'),
  /[数幾何](?=[十百千万億名件人分時日割倍拠工か個点%]|パーセント|時間)/g,
  /半分|半数|半減|半日|半月|半年|半額|半時間|時半|過半|大半|折半|はんぶん/g,
  /倍増|倍|割(?=[のがをはにほ強弱増減引])/g,
  /(?:[一-龠]|いち|に|さん|よん|ご|ろく|なな|はち|きゅう|なん|すう)(?:じゅう(?!ぶん)|ひゃく|びゃく|ぴゃく|せん(?=けん|めい|にん|えん)|ぜん(?=けん|めい|にん|えん)|まん(?=けん|めい|にん|えん)|おく(?=けん|めい|にん|えん))/g,
  /ひとつ|ふたつ|みっつ|よっつ|いつつ|むっつ|ななつ|やっつ|ここのつ|ひとり|ふたり|ダース|ペア/g,
  /(?:さん|よん|ろく|なな|はち|きゅう|じゅう|ひゃく|ごじゅう|にじゅう)(?:にん|めい|けん|わり|ばい|ぷん|ふん|パーセント|%)/g,
  /(?<![ァ-ヶー])(?:ゼロ|ワン|ツー|スリー|フォー|ファイブ|シックス|セブン|エイト|ナイン|テン|ハンドレッド|サウザンド|ミリオン|ダブル|トリプル|ハーフ)(?![ァ-ヶー])/g,
];
const TIMES_JA: readonly RegExp[] = [
  /正午|零時|真夜中|夜中|[月火水木金土日]曜|昨日|明日|明後日|一昨日|あさって|おととい|今朝|明朝|昨夜|今夜|先週|今週|来週|先月|今月|来月|昨年|去年|来年|月末|週末|年末|あした|あす(?=[のはにをまも、])|あさって|きょう|きのう|ごご|ごぜん|ゆうがた|まよなか/g,
];
const NUMBERS_EN: readonly RegExp[] = [
  /\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozens?|couple|pair)\b/gi,
  /\b(?:half|halves|halved?|halving|thirds?|quarters?|doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|quadrupl\w+|twice|thrice|twofold|threefold|tenfold)\b/gi,
  /\b(?:first|second|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|twentieth)\b/gi,
  /\b[IVX]{2,}\b/g,
];
const TIMES_EN: readonly RegExp[] = [
  /\b(?:noon|midnight|midday|yesterday|tomorrow|tonight|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|january|february|april|june|july|august|september|october|november|december|(?:last|next|this) (?:week|month|year))\b/gi,
  /\b(?:[ap]\.?m\.?)(?![a-z])|\bo'?clock\b/gi,
];
const TITLES_JA = 'さん|氏|様|さま|君|くん|ちゃん|殿|課長|部長|係長|主任|店長|センター長|リーダー';
const PERSON_JA = new RegExp(
  `([\\p{Script=Han}々ヶァ-ヺー]{1,8}|[ぁ-ん]{2,4}(?<![をにはがのもへとで]))(?:${TITLES_JA})`,
  'gu',
);
const NOT_A_PERSON = /(?:皆|お客|客|担当者?|各位|管理者|利用者|仕|多|同|有|模|神|王|奥|王)$/u;
const KIND_OF_PLACE = '拠点|支店|支社|本社|本店|営業所|事業所|工場|センター|オフィス|倉庫';
const PLACE_JA = new RegExp(
  `(?:[\\p{Script=Han}々]{2,6}|[ァ-ヺー]{2,10})(?:${KIND_OF_PLACE})|[\\p{Script=Han}々]{2,4}[県市府都町村区](?![\\p{Script=Han}])`,
  'gu',
);
const NOT_A_PLACE =
  /^(?:各|他|全|同|別|近隣|遠方|対象|該当|応援|担当|複数|両|元|先|異動先|移動先|出し元|受け入れ|当|同一|以外の|必要|余裕|主要|取込|処理|業務|コール|データ|サポート)+(?:拠点|センター|工場)?|^(?:都|府|区|市)$/u;
const NOT_A_CITY = /^(?:区|.*(?:地区|工区|区分|市場|市区|都市|町村|村))$/u;
/** English words that are written large anywhere in a sentence. */
const LARGE_EN = new Set([
  'I',
  'Toride',
  'OK',
  'SV',
  'MySQL',
  'CSV',
  'JSON',
  'P',
  'AI',
  'ID',
  'IDs',
  'UTC',
  'JST',
  'Japanese',
  'English',
  'Settings',
]);

/** Replaces by holes what facts, marks and allowed names cover; a number is covered only as a whole. */
function cover(text: string, { facts, lang, marks = [], allowedNames = [] }: CheckInput): string {
  let marked = '';
  let from = 0;
  for (const { start, end } of [...marks].sort((a, b) => a.start - b.start)) {
    marked += text.slice(from, start) + HOLE;
    from = end;
  }
  let rest = tidy(marked + text.slice(from));
  const covered = [
    ...new Set([...facts.map((f) => f.text[lang]), ...allowedNames].map(tidy).filter(Boolean)),
  ];
  if (covered.length === 0) return rest;
  const number = (side: string): boolean => /[\p{N}]/u.test(side);
  const pattern = new RegExp(
    covered
      .sort((a, b) => b.length - a.length)
      .map((known) => {
        const before = number(known[0] ?? '')
          ? `(?<![\\p{N}${NUMERAL}]|[\\p{N}][.,:/])`
          : /[a-z]/i.test(known[0] ?? '')
            ? '(?<![A-Za-z])'
            : '';
        const last = known.at(-1) ?? '';
        const end = number(last)
          ? '(?![\\p{N}%万億千百割]|[.,:/][\\p{N}])'
          : /[a-z]/i.test(last)
            ? '(?![A-Za-z])'
            : '';
        return `${before}${literally(known)}${end}`;
      })
      .join('|'),
    'gu',
  );
  rest = rest.replace(pattern, HOLE);
  return rest;
}

/** Readings of places long enough to be nothing else. */
const PLACE_READINGS = PLACE_NAMES.flat().filter((name) => /^[ぁ-ん]{4,}$/.test(name));

const NOBODY: readonly string[] = [];
const compiled = new Map<string, RegExp[]>();
const COMPILED_LISTS = 16;
/** Matches every name of the list, with and without its inner space, and each of its parts of two characters or more. */
function patternsOf(names: readonly string[]): RegExp[] {
  const key = names.join('\n');
  const known = compiled.get(key);
  if (known) return known;
  const spelt = new Set(
    names
      .flatMap((name) => [name, name.replace(/\s+/g, ''), ...name.split(/\s+/)])
      .map(tidy)
      .filter((name) => name.length > 1),
  );
  const latin = [...spelt].filter((name) => /^[\x20-\x7e]+$/.test(name));
  const other = [...spelt].filter((name) => !/^[\x20-\x7e]+$/.test(name));
  const patterns = [
    ...(other.length ? [new RegExp(oneOf(other), 'gu')] : []),
    ...(latin.length ? [new RegExp(`(?<![A-Za-z])(?:${oneOf(latin)})(?![A-Za-z])`, 'gi')] : []),
  ];
  if (compiled.size >= COMPILED_LISTS) compiled.clear();
  compiled.set(key, patterns);
  return patterns;
}

/**
 * The number gate. Refuses every number (ASCII, full width, kanji, words, fractions, counters), time, date, person or place that
 * is not one of the facts as code wrote it. Strict on purpose: a refused sentence costs only its wording.
 */
export function checkText(text: string, input: CheckInput): Violation[] {
  const covered = cover(text, input);
  const found: Violation[] = [];
  const see = (kind: Violation['kind'], match: string): void => {
    found.push({ kind, text: match.replaceAll(HOLE, '…') });
  };
  const each = (kind: Violation['kind'], source: string, patterns: readonly RegExp[]): void => {
    for (const pattern of patterns) for (const match of source.matchAll(pattern)) see(kind, match[0]);
  };
  each('number', covered, [/\p{N}+/gu, /[%‰‱]/g, /\{\{|\}\}/g]);

  each('person', covered, patternsOf(input.people ?? NOBODY));
  each('place', covered, patternsOf(input.places ?? NOBODY));
  each('person', covered, [...patternsOf(SURNAMES_JA), ...patternsOf(SURNAMES_EN)]);
  each('place', covered, [...patternsOf(PLACES_JA), ...patternsOf(PLACES_EN), ...patternsOf(PLACE_READINGS)]);

  if (input.lang === 'ja' || /[\u3040-\u30ff\u4e00-\u9fff]/.test(covered)) {
    const plain = covered.replace(HARMLESS_JA, '・');
    each('number', plain, NUMBERS_JA);
    each('number', covered, [DISTORTED_JA]);
    each('time', covered, TIMES_JA);
    for (const match of covered.matchAll(PERSON_JA))
      if (!NOT_A_PERSON.test(match[1] ?? '')) see('person', match[0]);
    for (const match of covered.matchAll(PLACE_JA))
      if (!NOT_A_PLACE.test(match[0]) && !NOT_A_CITY.test(match[0])) see('place', match[0]);
  }
  each('number', covered, [...NUMBERS_EN, DISTORTED_EN]);
  each('time', covered, TIMES_EN);
  if (input.lang === 'en')
    for (const match of covered.matchAll(/(?<![.!?:\n•-]\s*|^\s*["“(]?|["“(])\b[A-Z][A-Za-z'’-]*/g))
      if (!LARGE_EN.has(match[0].replace(/['’]s$/, ''))) see('person', match[0]);
  return found;
}
