import { readFileSync } from 'node:fs';
import { INTENTS, type Intent } from '../api/contract/chat.ts';
import { createGazetteer } from './gazetteer.ts';
import { type Features, featuresOf, maskNames } from './intent-features.ts';
import type { MasterData } from './types.ts';

/** sentences made of one line: of a pattern, and of a line as somebody typed it */
const OF_A_PATTERN = 14;
const OF_A_TYPED_LINE = 5;

/** One sentence to learn from. `line` tells which example it was made of, so that a line is never both learnt and measured. */
export type Sample = {
  readonly label: number;
  readonly line: number;
  readonly weight: number;
  readonly features: Features;
};

const MASTER: MasterData = {
  locations: ['札幌', '盛岡', '品川', '横浜', '大阪', '佐世保'],
  processes: ['エントリ1', 'エントリ2', '補正', 'SV補正', '目検'],
  businesses: [
    { id: '523201', name: 'SS' },
    { id: '523202', name: 'KDB' },
  ],
  operators: [
    { id: 'OP0101', name: '山田 太郎' },
    { id: 'OP0102', name: 'Kenji Sato' },
  ],
};
const SLOTS: Readonly<Record<string, readonly string[]>> = {
  L: ['札幌', '盛岡', '品川', '横浜', '大阪', '佐世保'],
  P: ['エントリ1', 'エントリ2', '補正', 'SV補正', '目検'],
  B: ['SS', '523201', 'KDB'],
  O: ['山田さん', '山田太郎'],
  N: ['1', '2', '3', '4', '5'],
  T: ['16時', '17時', '15:30', '午後4時', '正午'],
  D: ['明日', '翌日', '来週月曜', '来週', '明後日', '次の日'],
};
const ENGLISH_SLOTS: typeof SLOTS = {
  L: ['Sapporo', 'Morioka', 'Shinagawa', 'Yokohama', 'Osaka', 'Sasebo'],
  P: ['entry 1', 'entry 2', 'correction', 'SV correction', 'visual check'],
  B: ['SS', '523201', 'KDB'],
  O: ['Kenji Sato'],
  N: ['1', '2', '3', 'two', 'three', '5'],
  T: ['4pm', '16:00', '5 pm', 'noon', '15:30'],
  D: ['tomorrow', 'next week', 'next Monday', 'the next day', 'Monday'],
};
const OPENERS = [
  'すみません、',
  'お疲れ様です。',
  'えっと、',
  '至急！',
  'ちょっと聞きたいんだけど、',
  '確認です。',
  '教えてください。',
  'あの、',
];
const ENGLISH_OPENERS = [
  'hi, ',
  'hello, ',
  'quick question: ',
  'sorry, ',
  'hey ',
  'good morning, ',
  'urgent: ',
  'so ',
];
const CLOSERS = ['', '。', '？', '！', '。お願いします', 'か？'];

/** mulberry32: the same numbers for the same seed */
export const randomFrom = (seed: number): (() => number) => {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};
const pick = <T>(list: readonly T[], random: () => number): T =>
  list[Math.floor(random() * list.length)] as T;

const isEnglish = (line: string): boolean => !/[\u3040-\u30ff\u4e00-\u9fff]/.test(line);

function fillLine(line: string, random: () => number): string {
  let text = line;
  for (let inner = /\(([^()]*)\)/.exec(text); inner; inner = /\(([^()]*)\)/.exec(text))
    text =
      text.slice(0, inner.index) +
      pick((inner[1] ?? '').split('|'), random) +
      text.slice(inner.index + inner[0].length);
  const slots = isEnglish(line) ? ENGLISH_SLOTS : SLOTS;
  return text.replace(/\{([LPBONTD])\}/g, (_, slot: string) => pick(slots[slot] ?? [''], random));
}

/** As people type: an opener, other endings, a lost letter, no particles. The first of a line stays as it is written. */
function vary(text: string, random: () => number): string {
  const english = isEnglish(text);
  let out = text;
  if (random() < 0.12) out = pick(english ? ENGLISH_OPENERS : OPENERS, random) + out;
  if (!english && random() < 0.12) out = out.replace(/[のをがはに、]/, '');
  if (!english && random() < 0.15 && !/[。？！?]$/.test(out)) out += pick(CLOSERS.slice(1, 2), random);
  if (english && random() < 0.3)
    out = out.charAt(0).toUpperCase() + out.slice(1) + pick(['', '.', '!'], random);
  if (random() < 0.08 && out.length > 8) {
    const at = 1 + Math.floor(random() * (out.length - 2));
    out = out.slice(0, at) + out.slice(at + 1);
  }
  return out;
}

/** Lines of intent-examples/<intent>.txt; `#` begins a comment. `(a|b|)` is a choice, `{L}` a site and so on (SLOTS). */
const readLines = (intent: Intent): string[] =>
  readFileSync(new URL(`./intent-examples/${intent}.txt`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));

/** All sentences, the same ones at every call. */
export function makeSamples(): Sample[] {
  const gazetteer = createGazetteer(MASTER);
  const random = randomFrom(20261121);
  const samples: Sample[] = [];
  let line = 0;
  INTENTS.forEach((intent, label) => {
    for (const pattern of readLines(intent)) {
      line++;
      const wanted = /\||\{[LPBONTD]\}/.test(pattern) ? OF_A_PATTERN : OF_A_TYPED_LINE;
      const texts = new Set<string>();
      for (let i = 0; i < wanted * 2 && texts.size < wanted; i++) {
        const filled = fillLine(pattern, random);
        texts.add(i === 0 ? filled : vary(filled, random));
      }
      for (const text of texts) {
        const features = featuresOf(maskNames(text, gazetteer(text)));
        samples.push({ label, line, weight: 1 / Math.sqrt(texts.size), features });
      }
    }
  });
  const perLabel = INTENTS.map((_, k) =>
    samples.filter((s) => s.label === k).reduce((sum, s) => sum + s.weight, 0),
  );
  const mean = perLabel.reduce((a, b) => a + b, 0) / perLabel.length;
  return samples.map((s) => ({ ...s, weight: s.weight * Math.sqrt(mean / (perLabel[s.label] ?? mean)) }));
}
