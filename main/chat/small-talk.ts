import type { Bilingual } from '../api/contract/common.ts';
import { foldText } from '../vectors/index.ts';
import { both } from './facts.ts';

const words = (...alternatives: readonly string[]): RegExp =>
  new RegExp(
    `^(?:${alternatives.map(foldText).join('|')})(?:ございます|ございました|ね|よ|です|です[。]?|toride|there|all|so much|very much|a lot|[!?。.、,〜~ー\\s])*$`,
    'u',
  );
const TALK: readonly (readonly [RegExp, Bilingual])[] = [
  [
    words(
      '(?:どうも)?(?:本当に|いつも)?ありがと(?:う)?',
      'どうも',
      '助かり(?:ます|ました)',
      '感謝します',
      '(?:many )?thanks',
      'thank you',
      'thx',
      'cheers',
      'サンキュー',
    ),
    both('どういたしまして。', 'You are welcome.'),
  ],
  [
    words(
      'おはよう',
      'こんにちは',
      'こんばんは',
      'お疲れ(?:様|さま)',
      'はじめまして',
      'hello',
      'hi',
      'hey',
      'good (?:morning|afternoon|evening)',
      'よろしく(?:お願いします)?',
    ),
    both('こんにちは。', 'Hello.'),
  ],
  [
    words(
      'さようなら',
      'お先に(?:失礼します)?',
      'また(?:明日|あとで|後で)',
      '失礼します',
      'bye',
      'goodbye',
      'see you',
      'good night',
      'おやすみ(?:なさい)?',
    ),
    both('お疲れさまでした。', 'See you.'),
  ],
  [
    words(
      '了解(?:です|しました)?',
      '(?:わかり|分かり)ました',
      '承知(?:です|しました)?',
      'ok',
      'okay',
      'got it',
      'understood',
      'なるほど',
      'すごい(?:です)?',
      'great',
      'nice',
      'perfect',
    ),
    both('承知しました。', 'All right.'),
  ],
];

/** What to say to thanks, a greeting, a good-bye or a nod; null where the text asks for something. */
export function answerSmallTalk(text: string): Bilingual | null {
  if (text.length > 60) return null;
  const folded = foldText(text).trim();
  return TALK.find(([pattern]) => pattern.test(folded))?.[1] ?? null;
}
