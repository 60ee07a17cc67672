// The fixed questions of the wording role: facts with ids in, a sentence with {{ids}} out, scored by code.
export const WORDING_SYSTEM = `あなたは事務センターの管理者に状況を伝える係です。
渡された事実だけを使い、日本語で一文か二文にまとめます。
数字・時刻・拠点・工程・人の名前は自分で書かず、必ず {{f1}} のような印で書きます。
印はすべて使い、ほかの印は作りません。前置きや箇条書きは書きません。`;

export type WordingQuestion = {
  readonly ask: string;
  /** what each id stands for, as a person reads it */
  readonly facts: Readonly<Record<string, string>>;
};
export const WORDING_QUESTIONS: readonly WordingQuestion[] = [
  { ask: '残件を伝える', facts: { f1: '札幌 エントリ1 の残件 1,240件', f2: '処理速度 310件/時' } },
  { ask: '遅れの危険を伝える', facts: { f1: '品川 補正', f2: '納期 15:00', f3: '間に合う確率 42%' } },
  { ask: '応援の効果を伝える', facts: { f1: '応援 3人', f2: '横浜から大阪', f3: '間に合う確率 42% → 91%' } },
  { ask: '問題がないことを伝える', facts: { f1: '佐世保 目検', f2: '終わる見込み 14:20', f3: '納期 16:00' } },
  { ask: '人が足りないことを伝える', facts: { f1: '盛岡 エントリ2', f2: '必要 8人', f3: '在席 5人' } },
  {
    ask: 'システムの遅れを伝える',
    facts: { f1: 'DB の時間切れ 14倍', f2: '15:03 から', f3: '処理速度 -38%' },
  },
  { ask: '前日との違いを伝える', facts: { f1: '遅れ 2件', f2: '前日の遅れ 5件' } },
  {
    ask: '承認の結果を伝える',
    facts: { f1: '提案 SGT20261121-0a1b2c3d', f2: '移動 4人', f3: '9:30 から 12:00' },
  },
];

/** Ids that a text uses, in the form {{f1}}. */
const slotsIn = (text: string): string[] =>
  [...text.matchAll(/\{\{\s*(f\d+)\s*\}\}/g)].map(([, id = '']) => id);
/** digits of any width, numerals of kanji before a counter, percent signs */
const NUMBER = /[\d０-９]|[一二三四五六七八九十百千万億]+(?=[件人名時分割%倍円])|[%％]/u;

/** Whether a text keeps to the rules: Japanese, every id used, none made up, no number of its own. */
export function scoreWording(text: string, question: WordingQuestion): boolean {
  const used = slotsIn(text);
  const ids = Object.keys(question.facts);
  const bare = text.replace(/\{\{[^}]*\}\}/g, '');
  return (
    ids.every((id) => used.includes(id)) &&
    used.every((id) => ids.includes(id)) &&
    /[ぁ-ゖ]/.test(bare) &&
    !NUMBER.test(bare)
  );
}
