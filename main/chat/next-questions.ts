import type { Bilingual } from '../api/contract/common.ts';
import type { MeasureInfo, Query } from '../measures/contract/measures.ts';
import type { Plan } from '../questions/contract/questions.ts';
import type { ActContext } from './acts/act.ts';
import { both } from './facts.ts';

const MOST = 3;
const LATENESS: ReadonlySet<string> = new Set(['p-late', 'shortage', 'finish', 'alerts', 'backlog']);

/** Questions that go on from these plans in the same conversation, likeliest first. */
export function nextQuestions(plans: readonly Plan[], { means, state }: ActContext): Bilingual[] {
  const plan = plans.at(-1);
  if (!plan || state.body.clarify) return [];
  if (plan.act === 'measure') {
    const info = means.measures.list().find(({ id }) => id === plan.query.measures[0]);
    return info ? afterMeasure(plan.query, info).slice(0, MOST) : [];
  }
  if (plan.act === 'about-card')
    return ABOUT_CARD.filter(({ kind }) => kind !== plan.ask.kind).map(({ says }) => says);
  return (AFTER[plan.act] ?? []).slice(0, MOST);
}

const AFTER: Readonly<Partial<Record<Plan['act'], readonly Bilingual[]>>> = {
  why: [both('応援の案を出して', 'Propose help'), both('何人足りない？', 'How many people are short?')],
  // nobody has to move
  propose: [
    both('手が空いている人は？', 'Who is free?'),
    both('明日は人手足りる？', 'Are there enough people tomorrow?'),
  ],
  'what-if': [both('応援の案を出して', 'Propose help')],
  tomorrow: [both('明日の予測件数は？', 'Forecast for tomorrow?')],
  logs: [
    both('サービス別のエラー件数は？', 'Errors by service?'),
    both('今日の障害は？', 'Incidents today?'),
  ],
  decisions: [
    both('未決の提案はいくつある？', 'How many proposals are open?'),
    both('提案の的中率は？', 'Hit rate?'),
  ],
};

const ABOUT_CARD = [
  { kind: 'source', says: both('人を出す側は大丈夫？', 'Are the processes that give people all right?') },
  { kind: 'effect', says: both('効果はどれくらい？', 'How much does it help?') },
] as const;

function afterMeasure(query: Query, info: MeasureInfo): Bilingual[] {
  const has = (dimension: Query['by'][number]): boolean =>
    info.dimensions.includes(dimension) && !query.by.includes(dimension);
  const named = (dimension: Query['by'][number]): boolean =>
    query.where.some((f) => f.dimension === dimension && !f.not);
  const now =
    query.window.days.kind === 'now' || (query.window.days.kind === 'day' && query.window.days.offset === 0);
  const whole = query.by.length === 0;
  return [
    ...(LATENESS.has(info.id) && named('location') && whole
      ? [both('なぜ遅れている？', 'Why is it late?')]
      : []),
    ...(info.unit === 'people' && whole && has('person') && !named('person') ? [both('誰？', 'Who?')] : []),
    ...(query.order && query.limit === 1 && query.rank === null
      ? [both('二番目は？', 'And the second?')]
      : []),
    ...(whole && has('location') && !named('location') ? [both('拠点別に', 'By site')] : []),
    ...(whole && has('process') && named('location') && !named('process')
      ? [both('工程別に', 'By process')]
      : []),
    ...(whole && has('service') && !named('service') ? [both('サービス別に', 'By service')] : []),
    ...(info.comparesWith.includes('forecast') && !query.compare && now
      ? [both('予測と比べると？', 'Compared with the forecast?')]
      : []),
    ...(info.comparesWith.includes('plan') && !query.compare && now
      ? [both('予定と比べると？', 'Compared with the plan?')]
      : []),
    ...(info.comparesWith.includes('window') && info.past && now && !query.compare
      ? [both('昨日は？', 'And yesterday?')]
      : []),
    ...(LATENESS.has(info.id) && named('location') ? [both('応援の案を出して', 'Propose help')] : []),
  ];
}
