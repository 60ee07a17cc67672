// Words that become tokens, the most wanted first.

const COMMON = [
  ...['{"', '":', '":"', '","', '"}', ',"', 'null', 'true', 'false', ':null', '},', '\n\n'],
  ...['intent', 'location', 'process', 'business', '_id', 'requires', '_action', 'confidence'],
  ...['search', 'ask', 'list', 'report', 'other', 'unknown', 'the', ' the', 'and', ' and'],
  ...['です', 'ます', 'した', 'して', 'ください', 'について', 'こと', '手順', '作業', '確認'],
  ...['設備', '担当', '階', '工程'],
];
/** characters that become tokens by themselves: kana, punctuation, full width, kanji */
const RANGES = [
  [0x3041, 0x30ff],
  [0x3000, 0x303f],
  [0xff01, 0xff9f],
  [0x4e00, 0x9fff],
] as const;
/** of which all pairs become tokens */
const PAIRED = [
  [0x3042, 0x3093],
  [0x30a2, 0x30f3],
] as const;
const LETTERS = 'etaoinshrdlucmfwypvbgkjqxz';

/** `few`: JSON and common words, for tiny models. `many`: enough to fill a real vocabulary with strings of a realistic kind. */
export function* listWords(how: 'few' | 'many'): Generator<string> {
  yield* COMMON;
  if (how === 'few') return;
  for (const [from, to] of RANGES) for (let c = from; c <= to; c++) yield String.fromCodePoint(c);
  for (const [from, to] of PAIRED)
    for (let a = from; a <= to; a++) for (let b = from; b <= to; b++) yield String.fromCodePoint(a, b);
  for (const length of [2, 3, 4])
    for (let n = 0; n < LETTERS.length ** length; n++) {
      let word = '';
      for (let rest = n, i = 0; i < length; i++, rest = Math.floor(rest / LETTERS.length))
        word = (LETTERS[rest % LETTERS.length] ?? '') + word;
      yield word;
      yield ` ${word}`;
      if (length === 3) yield word.charAt(0).toUpperCase() + word.slice(1);
    }
}
