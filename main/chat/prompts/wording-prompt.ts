// What the wording model is told. It sees code's own sentences with their slots and the kind of each slot, and nothing else: no value, no
// name, no question, no log line and no know-how. What it does not know it cannot write wrongly, and nothing in the data can order it about.
import type { Fact, FactUnit, Lang } from '../../api/contract/common.ts';
import { slotsOf } from '../facts.ts';

/** Constant, so that it stays evaluated between answers. */
export const WORDING_SYSTEM: Readonly<Record<Lang, string>> = {
  ja: `あなたは業務システムの文章係です。番号付きの文を、意味を変えずに、読みやすく丁寧な日本語に書き直します。
決まり:
1. {{f1}} のような印は数値や名前が入る場所です。印は一字も変えず、同じ文の中で同じ数だけ使います。
2. 数字、時刻、日付、割合、人名、地名を自分で書きません。単位も書きません。
3. 肯定と否定、増減、多い少ない、間に合うか間に合わないかを変えません。「見込み」「確率」などの言い方も残します。
4. 原因、評価、指示、助言を付け足しません。
5. 文の番号と順番を守り、「番号: 文」の形で一行ずつ書きます。ほかには何も書きません。
例:
1: {{f1}}は、このままでは{{f2}}の納期に間に合わない確率が{{f3}}です。
→
1: このままだと、{{f1}}が{{f2}}の納期に間に合わない確率は{{f3}}です。`,
  en: `You polish sentences of a business system. Rewrite the numbered sentences in clear, polite English without changing what they say.
Rules:
1. Marks such as {{f1}} stand for numbers and names. Keep every mark exactly as it is, as often as it occurs in its sentence.
2. Never write a number, time, date, share, person or place of your own, and no unit.
3. Keep what is and what is not, what rises and falls, what is late and on time. Keep words such as "likely" or "chance".
4. Add no cause, judgement, order or advice.
5. Keep the numbers and the order of the sentences and write one "number: sentence" a line. Write nothing else.
Example:
1: As things stand, the chance that {{f1}} misses its {{f2}} deadline is {{f3}}.
→
1: As things stand, {{f1}} has a {{f3}} chance of missing its {{f2}} deadline.`,
};

const KINDS: Readonly<Record<FactUnit, Readonly<Record<Lang, string>>>> = {
  items: { ja: '件数', en: 'items' },
  'items/hour': { ja: '速さ', en: 'pace' },
  people: { ja: '人数', en: 'people' },
  percent: { ja: '割合', en: 'share' },
  minutes: { ja: '時間の長さ', en: 'duration' },
  hours: { ja: '時間の長さ', en: 'duration' },
  'person-hours': { ja: '作業量', en: 'person-hours' },
  instant: { ja: '時刻', en: 'time' },
  date: { ja: '日付', en: 'date' },
  ratio: { ja: '倍率', en: 'ratio' },
  count: { ja: '数', en: 'count' },
  score: { ja: '値', en: 'value' },
  text: { ja: '名前や引用', en: 'name' },
};

/** The sentences with their numbers, and what kind of thing each slot holds. */
export function wordingUser(lines: readonly string[], facts: readonly Fact[], lang: Lang): string {
  const used = new Set(lines.flatMap(slotsOf));
  const kinds = facts
    .filter((fact) => used.has(fact.id))
    .map((fact) => `${fact.id}=${KINDS[fact.unit][lang]}`)
    .join(lang === 'ja' ? '、' : ', ');
  const numbered = lines.map((line, i) => `${i + 1}: ${line}`).join('\n');
  return lang === 'ja' ? `印: ${kinds || 'なし'}\n${numbered}` : `Marks: ${kinds || 'none'}\n${numbered}`;
}
/** For one section of a structured answer: the answer is JSON of `sectionSchema`. */
export const sectionUser = (lines: readonly string[], facts: readonly Fact[], lang: Lang): string =>
  `${wordingUser(lines, facts, lang)}\n${lang === 'ja' ? '番号を付けず、書き直した文だけを順に JSON の "lines" に入れます。' : 'Without numbers, put just the rewritten sentences into "lines" of the JSON, in their order.'}`;
export const sectionSchema = (lines: number): Readonly<Record<string, unknown>> => ({
  type: 'object',
  properties: {
    lines: { type: 'array', items: { type: 'string' }, minItems: lines, maxItems: lines },
  },
  required: ['lines'],
});

/** Tokens of a text as a cautious guess: a token a Japanese character, one for three Latin ones. */
export const tokensOf = (text: string): number => {
  const wide = text.match(/[\u3000-\u9fff\uff00-\uffef]/g)?.length ?? 0;
  return wide + Math.ceil((text.length - wide) / 3);
};
