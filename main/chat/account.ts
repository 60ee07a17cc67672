// What became of the words of a question: what is asked back, what is said not to be understood, which parts a person can correct.

import type { Bilingual } from '../api/contract/common.ts';
import { DIMENSION_NAMES, type Dimension, type Filter, type Query } from '../measures/contract/measures.ts';
import type { AskBack, Chip, Plan, Reading, Span } from '../questions/contract/questions.ts';
import type { ActContext, ActMeans } from './acts/act.ts';
import type { Clarify } from './contract/chat.ts';
import { enumerate } from './draft.ts';
import { both, FactBook, fillSlots, same } from './facts.ts';
import { QueryWords } from './query-words.ts';

/** The question with one word put in the place of an ambiguous one. */
const withChoice = (text: string, { start, end }: AskBack, choice: string): string => {
  const [before, after] = [text.slice(0, start), text.slice(end)];
  const parted = start === end && before !== '' && !/\s$/.test(before);
  return `${before}${parted ? ' ' : ''}${choice}${after}`.trim();
};

const ASKED: Readonly<Partial<Record<AskBack['about'], Bilingual>>> = {
  person: both('どなたのことですか。', 'Which person do you mean?'),
  measure: both('何についてお知りになりたいですか。', 'What would you like to know?'),
  act: both('どれをお望みですか。', 'Which of these do you want?'),
  card: both('どの提案のことですか。', 'Which proposal do you mean?'),
};
const WHICH = both('どれのことですか。', 'Which do you mean?');

/** A question back with its choices, also said in the answer. */
export function askBack(reading: Reading, { draft, book, state }: ActContext): void {
  const [ask] = reading.asks;
  if (!ask) return;
  const word = reading.text.slice(ask.start, ask.end).trim();
  const which = ASKED[ask.about] ?? WHICH;
  const slot = word ? book.name(word, both('質問の言葉', 'Word of the question')) : '';
  const question = both(
    word ? `「${slot}」にあてはまるものが複数あります。${which.ja}` : which.ja,
    word ? `“${slot}” could mean several things. ${which.en}` : which.en,
  );
  draft.say(question.ja, question.en);
  const filled = (lang: 'ja' | 'en'): string => fillSlots(question[lang], book.facts, lang)?.text ?? '';
  state.body.clarify = {
    question: both(filled('ja'), filled('en')),
    options: ask.choices.map(({ label, text }): Clarify['options'][number] => ({
      label: same(label),
      text: same(withChoice(reading.text, ask, text)),
    })),
  };
}

const trimmed = (text: string): string => text.replace(/^[\s、。,.?？!！]+|[\s、。,.?？!！]+$/g, '');
export const notUnderstood = (reading: Reading): Span[] =>
  reading.account.filter((span) => span.state === 'not-understood' && trimmed(span.text) !== '');

const NAMES: Readonly<Record<string, Bilingual>> = {
  location: both('拠点', 'site'),
  business: both('業務', 'business'),
  process: both('工程', 'process'),
  person: both('人', 'person'),
  service: both('サービス', 'service'),
};
const NO_SUCH = 'no-such-';
const SOLVES: ReadonlySet<Plan['act']> = new Set(['propose', 'tomorrow', 'what-if']);
/** The dimension of a name that is none here, e.g. location for 名古屋. */
const unknownKind = ({ field }: Span): string | null =>
  field?.startsWith(NO_SUCH) ? field.slice(NO_SUCH.length) : null;
/** Whether it names a place, a person or a service that is none here. */
export const namesNobodyHere = (reading: Reading): boolean =>
  notUnderstood(reading).some((span) => unknownKind(span) !== null);
/** Plans without those that a name which is none here leaves wider than was asked: all sites are no answer to 名古屋. */
export function plansKept(reading: Reading): Plan[] {
  const kinds = notUnderstood(reading).flatMap((span) => unknownKind(span) ?? []);
  if (kinds.length === 0) return [...reading.plans];
  return reading.plans.filter((plan) => {
    // help from 仙台, which is no site here, is not help from anywhere
    if (SOLVES.has(plan.act)) return false;
    const where = plan.act === 'measure' ? plan.query.where : 'where' in plan ? plan.where : null;
    return where === null || kinds.every((kind) => where.some(({ dimension }) => dimension === kind));
  });
}
/** Said after what could be answered, or alone where nothing could: the words that had no use, with what would work. */
export function sayNotUnderstood(
  reading: Reading,
  { draft, book }: Pick<ActContext, 'draft' | 'book'>,
): void {
  const alone = plansKept(reading).length === 0;
  const label = both('質問の言葉', 'Word of the question');
  const near = (span: Span): string[] =>
    span.nearest.slice(0, 6).map((name) => book.name(name, both('近いもの', 'Near')));
  const plain: Span[] = [];
  draft.paragraph();
  for (const span of notUnderstood(reading)) {
    const kind = NAMES[unknownKind(span) ?? ''];
    if (!kind) {
      plain.push(span);
      continue;
    }
    const word = book.name(trimmed(span.text), label);
    const names = near(span);
    draft.say(
      `「${word}」という${kind.ja}は${unknownKind(span) === 'person' ? 'いません' : 'ありません'}。${names.length > 0 ? `近いのは${names.join('、')}です。` : ''}`,
      `There is no ${kind.en} called “${word}”. ${names.length > 0 ? `Nearest: ${names.join(', ')}.` : ''}`.trim(),
    );
  }
  if (plain.length === 0) return;
  const words = plain.map((span) => book.name(trimmed(span.text), label));
  const nearest = [...new Set(plain.flatMap(near))];
  draft.say(
    `「${words.join('」「')}」は読み取れなかったので、${alone ? 'お答えできません' : '使っていません'}。${nearest.length > 0 ? `${nearest.join('、')}であればお答えできます。` : ''}`,
    `“${words.join('”, “')}” ${plain.length === 1 ? 'was' : 'were'} not understood and ${alone ? 'this cannot be answered' : 'not used'}. ${nearest.length > 0 ? `What would work: ${nearest.join(', ')}.` : ''}`.trim(),
  );
}

const numbers = (from: number, to: number, step = 1): string[] =>
  Array.from({ length: (to - from) / step + 1 }, (_, i) => String(from + i * step));
/** Dimensions whose values are the same everywhere. */
const FIXED: Readonly<Partial<Record<Dimension, readonly string[]>>> = {
  level: ['FATAL', 'ERROR', 'WARN', 'INFO', 'DEBUG'],
  skill: numbers(1, 5),
  state: ['open', 'acknowledged', 'resolved', 'approved', 'rejected'],
  weekday: [...numbers(1, 6), '0'],
  hour: numbers(0, 23 * 60, 60),
  'half-hour': numbers(0, 23 * 60 + 30, 30),
};
/** Values that may stand in the place of a filter's. */
function choicesOf(
  { dimension, not }: Filter,
  { master }: Pick<ActMeans, 'master'>,
  nameOf: (value: string) => string,
): Chip['choices'] {
  const { locations, businesses, processes, operators } = master();
  const known: Readonly<Partial<Record<Dimension, readonly string[]>>> = {
    ...FIXED,
    location: locations,
    business: businesses.map(({ id }) => id),
    process: processes,
    person: operators.map(({ id }) => id),
  };
  return (known[dimension] ?? []).map((value) => ({
    label: nameOf(value),
    value: { dimension, values: [value], not },
  }));
}

/** The parts of the plans as chips: each can be exchanged where there is a choice, and taken away where the plan can do without. */
export function chipsOf(
  plans: readonly Plan[],
  { lang, book, means }: Pick<ActContext, 'lang' | 'book' | 'means'>,
): Chip[] {
  const words = new QueryWords(book, means);
  const text = (told: Bilingual): string => fillSlots(told[lang], book.facts, lang)?.text.trim() ?? '';
  const gone: Chip['choices'][number] = { label: lang === 'ja' ? '外す' : 'Remove', value: null };
  const filters = (where: readonly Filter[], path: string): Chip[] =>
    where.map((filter, i) => ({
      path: `${path}.${i}`,
      about: DIMENSION_NAMES[filter.dimension][lang],
      text: text(words.scope([filter]).bare),
      choices: [...choicesOf(filter, means, (value) => words.nameOf(filter.dimension, value)[lang]), gone],
    }));
  return plans.flatMap((plan, i): Chip[] => {
    if (plan.act === 'measure') return queryChips(plan.query, `${i}.query`);
    const act: Chip = {
      path: `${i}`,
      about: lang === 'ja' ? '質問' : 'Asked',
      text: ACT_NAMES[plan.act][lang],
      choices: plans.length > 1 ? [gone] : [],
    };
    if (!('where' in plan)) return [act];
    const time = 'window' in plan ? text(words.time(plan.window, null)) : '';
    return [
      act,
      ...filters(plan.where, `${i}.where`),
      ...(time ? [{ path: `${i}.window`, about: TIME[lang], text: time, choices: [] }] : []),
    ];
  });

  function queryChips(query: Query, path: string): Chip[] {
    const list = means.measures.list();
    const infos = query.measures.map((id) => list.find((info) => info.id === id));
    const time = text(words.time(query.window, null));
    const [info] = infos;
    return [
      ...infos.map((measure, i) => ({
        path: `${path}.measures.${i}`,
        about: lang === 'ja' ? '指標' : 'Measure',
        text: measure?.name[lang] ?? '',
        choices: list.map(({ id, name }) => ({ label: name[lang], value: id })),
      })),
      ...filters(query.where, `${path}.where`),
      ...query.by.map((dimension, i) => ({
        path: `${path}.by.${i}`,
        about: lang === 'ja' ? '分け方' : 'By',
        text: DIMENSION_NAMES[dimension][lang],
        choices: [
          ...(info?.dimensions ?? []).map((d: Dimension) => ({ label: DIMENSION_NAMES[d][lang], value: d })),
          gone,
        ],
      })),
      ...query.thresholds.flatMap((limit, i) => {
        const of = list.find(({ id }) => id === limit.measure);
        return of
          ? [
              {
                path: `${path}.thresholds.${i}`,
                about: lang === 'ja' ? '条件' : 'Limit',
                text: text(same(words.threshold(of, limit.is, limit.value))),
                choices: [gone],
              },
            ]
          : [];
      }),
      ...(time
        ? [
            {
              path: `${path}.window`,
              about: TIME[lang],
              text: time,
              choices: [
                ...SPANS.map(({ label, days }) => ({
                  label: label[lang],
                  value: { days, from: query.window.from, until: query.window.until, at: query.window.at },
                })),
              ],
            },
          ]
        : []),
      ...(query.compare
        ? [
            {
              path: `${path}.compare`,
              about: lang === 'ja' ? '比較' : 'Compared',
              text: compared(query),
              choices: [gone],
            },
          ]
        : []),
    ];
  }
  function compared({ compare }: Query): string {
    if (!compare) return '';
    if (compare.kind === 'forecast') return lang === 'ja' ? '予測と' : 'with the forecast';
    if (compare.kind === 'plan') return lang === 'ja' ? '予定と' : 'with the plan';
    return text(words.time(compare.window, null));
  }
}
const ACT_NAMES: Readonly<Record<Plan['act'], Bilingual>> = {
  measure: both('数字の確認', 'figures'),
  why: both('理由', 'why'),
  propose: both('応援の案', 'proposal'),
  'what-if': both('影響の試算', 'what-if'),
  tomorrow: both('翌日の配置', 'plan of a day'),
  'about-card': both('提案について', 'about the proposal'),
  improve: both('アラートの解消', 'improvement'),
  logs: both('ログの確認', 'logs'),
  'how-to': both('手順', 'how-to'),
  decisions: both('判断の確認', 'decisions'),
  help: both('使い方', 'help'),
  'small-talk': both('あいさつ', 'small talk'),
  'out-of-scope': both('対象外', 'out of scope'),
};
/** What each plan is about, by its name. */
export const planNames = (plans: readonly Plan[], { measures }: Pick<ActMeans, 'measures'>): Bilingual[] => {
  const list = measures.list();
  return plans.flatMap((plan) =>
    plan.act === 'measure'
      ? plan.query.measures.map((id) => list.find((m) => m.id === id)?.name ?? ACT_NAMES.measure)
      : [ACT_NAMES[plan.act]],
  );
};
const OF_NAME = /\.measures\.\d+$|^\d+$/;
/** Plans in a few words, as their chips have them: `残件（札幌、今日）` */
export function tellPlans(plans: readonly Plan[], lang: 'ja' | 'en', means: ActMeans): string {
  const book = new FactBook(means.now, means.zone);
  const told = plans.map((plan) => {
    const name = planNames([plan], means).map((n) => n[lang]);
    const parts = chipsOf([plan], { lang, book, means }).filter(({ path }) => !OF_NAME.test(path));
    const more = enumerate(
      parts.map(({ text }) => text),
      lang,
    );
    const brackets = lang === 'ja' ? `（${more}）` : ` (${more})`;
    return `${enumerate(name, lang)}${more ? brackets : ''}`;
  });
  return told.join(lang === 'ja' ? 'と' : ' and ');
}
const TIME = both('期間', 'Time');
const SPANS = [
  { label: both('今日', 'today'), days: { kind: 'day', offset: 0 } },
  { label: both('昨日', 'yesterday'), days: { kind: 'day', offset: -1 } },
  { label: both('今週', 'this week'), days: { kind: 'week', offset: 0 } },
  { label: both('先週', 'last week'), days: { kind: 'week', offset: -1 } },
  { label: both('今月', 'this month'), days: { kind: 'month', offset: 0 } },
  { label: both('先月', 'last month'), days: { kind: 'month', offset: -1 } },
] as const;
