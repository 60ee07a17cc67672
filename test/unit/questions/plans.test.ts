import { describe, expect, it } from 'vitest';
import { intentOf } from '../../../main/questions/index.ts';
import { judgeReading } from '../../helpers/questions/compare-plans.ts';
import { Plan } from '../../helpers/questions/question.ts';
import { names, readAll, TODAY } from '../../helpers/questions/read-questions.ts';

type Row = readonly [question: string, plan: object];
const JA: readonly Row[] = [
  [
    '佐世保の目検の残件は？',
    { act: ['measure'], measures: [['backlog']], where: { site: ['佐世保'], process: ['目検'] } },
  ],
  [
    '品川と横浜以外の今日の到着件数',
    { act: ['measure'], measures: [['arrivals']], not: { site: ['品川', '横浜'] } },
  ],
  [
    '残件が二番目に多い拠点は？',
    { act: ['measure'], measures: [['backlog']], by: [['site']], order: 'desc', rank: 2 },
  ],
  [
    '大阪で8人未満の工程は？',
    {
      act: ['measure'],
      measures: [['present']],
      where: { site: ['大阪'] },
      by: [['process', 'cell']],
      threshold: [{ op: '<', value: 8 }],
    },
  ],
  [
    '横浜の生産性を先月と比べて',
    { act: ['measure'], measures: [['productivity']], where: { site: ['横浜'] }, compare: 'month-1' },
  ],
  [
    '佐世保から2人以内で大阪に応援を出して',
    { act: ['propose'], where: { site: ['大阪'] }, source: { site: ['佐世保'] }, caps: { people: 2 } },
  ],
  [
    '品川で3人休んだらどうなる？',
    { act: ['what-if'], where: { site: ['品川'] }, change: { what: 'people', amount: -3 } },
  ],
  [
    '大阪の目検が30分止まったらどうなる？',
    {
      act: ['what-if'],
      where: { site: ['大阪'], process: ['目検'] },
      change: { what: 'outage', amount: 30 },
    },
  ],
  ['急ぎの件ある？', { act: ['situation'] }],
  ['大阪の遅れの原因は？', { act: ['why'], where: { site: ['大阪'] } }],
  ['札幌の遅れは人の問題？', { act: ['why'], where: { site: ['札幌'] } }],
  ['一番早く終わる拠点は？', { act: ['measure'], measures: [['finish']], by: [['site']], order: 'asc' }],
  [
    '台風で横浜の人が半分になったら',
    { act: ['what-if'], where: { site: ['横浜'] }, change: { what: 'people', amount: -50, unit: 'percent' } },
  ],
  [
    '台風で横浜が半分だったら？',
    { act: ['what-if'], where: { site: ['横浜'] }, change: { what: 'people', amount: -50, unit: 'percent' } },
  ],
  [
    '雪で札幌が3割しか来なかったら間に合う？',
    { act: ['what-if'], where: { site: ['札幌'] }, change: { what: 'people', amount: -70, unit: 'percent' } },
  ],
  [
    '大阪のエントリ1、何人で回していますか',
    { act: ['measure'], measures: [['present']], where: { site: ['大阪'], process: ['エントリ1'] } },
  ],
];
const EN: readonly Row[] = [
  [
    'How many forms are still waiting at Osaka?',
    { act: ['measure'], measures: [['backlog']], where: { site: ['大阪'] } },
  ],
  [
    'Absences by weekday last month',
    { act: ['measure'], measures: [['absent']], by: [['weekday']], window: { span: 'month-1' } },
  ],
  [
    'Which three sites have the most absences this week?',
    {
      act: ['measure'],
      measures: [['absent']],
      by: [['site']],
      order: 'desc',
      limit: 3,
      window: { span: 'week' },
    },
  ],
  [
    'Errors of auth except warnings yesterday',
    {
      act: ['measure'],
      measures: [['errors']],
      where: { service: ['auth'] },
      not: { level: ['WARN'] },
      window: { span: 'yesterday' },
    },
  ],
  [
    'What if Osaka gets three more people?',
    { act: ['what-if'], where: { site: ['大阪'] }, change: { what: 'people', amount: 3 } },
  ],
  [
    'Get Sapporo done by 5 pm with exactly two people',
    { act: ['propose'], where: { site: ['札幌'] }, caps: { exactly: 2 }, window: { until: '17:00' } },
  ],
  [
    'Did auth log any errors yesterday?',
    { act: ['measure'], measures: [['errors']], where: { service: ['auth'] }, window: { span: 'yesterday' } },
  ],
  ['Help Morioka without overtime', { act: ['propose'], where: { site: ['盛岡'] }, caps: { overtime: 0 } }],
];

describe('a question becomes the plan that it asks for', () => {
  it.each(JA)('%s', (question, plan) => {
    const judged = judgeReading({ names, today: TODAY }, readAll([question], 'ja'), [
      { plans: [Plan.parse(plan)] },
    ]);
    expect(judged).toEqual({ verdict: 'right', why: '' });
  });
  it.each(EN)('%s', (question, plan) => {
    const judged = judgeReading({ names, today: TODAY }, readAll([question], 'en'), [
      { plans: [Plan.parse(plan)] },
    ]);
    expect(judged).toEqual({ verdict: 'right', why: '' });
  });

  it.each([
    ['接続プールのタイムアウトのとき前はどうした？', 'ja', 'how-to'],
    ['今日あと何件来る？', 'ja', 'forecast'],
    ['how did we fix the connection pool timeout last time', 'en', 'how-to'],
    ['what should I do first', 'en', 'improve'],
    ['Get me two people for Yokohama entry 1, not from Osaka', 'en', 'propose'],
  ] as const)('reads what is said in words like those of the examples: %s', (question, lang, asked) => {
    const { plans, outcome } = readAll([question], lang);
    expect(outcome).toBe('plan');
    expect(plans.map((p) => (p.act === 'measure' ? p.query.measures[0] : p.act))).toEqual([asked]);
  });
  it('counts people where fewer of them are asked about, and splits by them where the question ends in them', () => {
    const by = (text: string) => readAll([text], 'ja').plans.map((p) => p.act === 'measure' && p.query.by);
    expect(by('昨日より人少ない？')).toEqual([[]]);
    expect(by('先週より出勤が減った人は？')).toEqual([['person']]);
  });
  it('reads a hyphened word whole', () => {
    expect(readAll(['Are we short-handed in Osaka?'], 'en').plans).toMatchObject([
      { act: 'measure', query: { measures: ['shortage'] } },
    ]);
  });
  it('says a word that no example holds', () => {
    const { account } = readAll(['冷凍の接続プールのタイムアウトのとき前はどうした？'], 'ja');
    expect(account.some((s) => s.text.includes('冷凍') && s.state === 'neutral')).toBe(false);
    expect(readAll(['件数は？'], 'ja').outcome).toBe('ask');
  });

  it('goes on from the question before', () => {
    expect(readAll(['札幌の残件は？', 'じゃあ横浜は？'], 'ja').plans).toMatchObject([
      {
        act: 'measure',
        query: { measures: ['backlog'], where: [{ dimension: 'location', values: ['横浜'] }] },
      },
    ]);
  });
  it('answers two questions apart', () => {
    expect(readAll(['札幌の残件を教えて、それから横浜の応援案も'], 'ja').plans.map((p) => p.act)).toEqual([
      'measure',
      'propose',
    ]);
  });
  it.each([
    ['札幌は間に合う？横浜は？', ['p-late', 'p-late']],
    ['盛岡の生産性と横浜の残件', ['productivity', 'backlog']],
    ['How many arrived yesterday and how many are expected today?', ['arrivals', 'forecast']],
  ])('parts what has a place or a day of its own: %s', (question, measures) => {
    const { plans } = readAll([question], 'ja');
    expect(plans.flatMap((p) => (p.act === 'measure' ? p.query.measures : [p.act]))).toEqual(measures);
  });
  it('keeps what is asked of the one that was found in one plan', () => {
    expect(readAll(['残件が一番多い拠点はどこで、何人いる？'], 'ja').plans).toMatchObject([
      { act: 'measure', query: { measures: ['backlog', 'present'], by: ['location'], limit: 1 } },
    ]);
  });
  it('says a word with a typing error that may be two measures', () => {
    expect(readAll(['佐世保の生産製は？'], 'ja').outcome).toBe('not-understood');
  });
  it.each([
    ['札幌で遅れそうなものは？', 'delay_risk_detection'],
    ['明日の最適配置を提案して', 'optimize_assignment'],
    ['横浜拠点のアラートを改善して', 'improve_alerts'],
    ['エラーログを見せて', 'log_investigation'],
    ['明日の天気は？', 'out_of_scope'],
    ['目検の画面が真っ白になる', 'log_investigation'],
    ['札幌の補正が締切を過ぎそうです', 'deadline_optimization'],
  ])('is one of the nine intents: %s', (question, intent) => {
    expect(intentOf(readAll([question], 'ja')).intent).toBe(intent);
  });
});
