// How figures are told: what was asked first, with its scope and its figure, in both languages, and no figure that is no fact.
import { expect, test } from 'vitest';
import type { ActContext } from '../../../main/chat/acts/act.ts';
import { measure } from '../../../main/chat/acts/measure.ts';
import { emptyAnswer } from '../../../main/chat/answer-question.ts';
import { Draft } from '../../../main/chat/draft.ts';
import { FactBook } from '../../../main/chat/facts.ts';
import { fillLines, joinLines } from '../../../main/chat/word-answer.ts';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { memoryLog } from '../../../main/kernel/log.ts';
import type { Query } from '../../../main/measures/contract/measures.ts';
import { type Figures, measuresOf, queryOf, readingOf } from '../../helpers/chat/hand-made-readings.ts';
import { at, MASTER, NOW, ZONE } from '../../helpers/chat/hand-made-site.ts';

async function told(
  query: Query,
  figures: Figures | ((q: Query) => Figures),
  lang: 'ja' | 'en',
): Promise<string> {
  const { log, lines } = memoryLog(new ManualClock(NOW));
  const book = new FactBook(NOW, ZONE);
  const draft = new Draft(lang, book);
  const plan = { act: 'measure', query } as const;
  const context = {
    lang,
    text: '',
    reading: readingOf('', [plan]),
    book,
    draft,
    means: {
      // how a late queue stands and which incidents and alerts are open are told by other specifications
      analytics: { situation: () => ({ rows: [] }) },
      tools: { logs: async () => ({ incidents: [], hits: [] }), openAlerts: () => [] },
      master: () => MASTER,
      measures: measuresOf((q) => (typeof figures === 'function' ? figures(q) : figures)),
      now: NOW,
      zone: ZONE,
    },
    state: { text: '', body: emptyAnswer(lang), composed: [] },
  } as unknown as ActContext;
  await measure(plan, context);
  const filled = fillLines(draft.lines, { facts: book.facts, lang, log });
  expect(lines.filter((l) => l.level === 'error')).toEqual([]);
  return joinLines(filled).text;
}
const cases: [string, Partial<Query> & Pick<Query, 'measures'>, Figures | ((q: Query) => Figures)][] = [
  [
    'a figure of one place',
    { measures: ['backlog'], where: [{ dimension: 'location', values: ['札幌'], not: false }] },
    { totals: { backlog: 1240 } },
  ],
  [
    'all but one place',
    {
      measures: ['backlog'],
      where: [
        { dimension: 'location', values: ['札幌'], not: true },
        { dimension: 'process', values: ['エントリ1', 'エントリ2'], not: false },
      ],
    },
    { totals: { backlog: 1240 } },
  ],
  [
    'hours of another day',
    {
      measures: ['finished'],
      where: [{ dimension: 'location', values: ['横浜'], not: false }],
      window: { days: { kind: 'day', offset: -1 }, from: 600, until: 720, at: null },
    },
    { totals: { finished: 2310 } },
  ],
  ['a count of everything', { measures: ['alerts'] }, { totals: { alerts: 6 } }],
  ['nobody', { measures: ['absent'] }, { totals: { absent: 0 }, from: at('00:00'), until: NOW }],
  [
    'two measures at once',
    { measures: ['arrivals', 'finished'] },
    { totals: { arrivals: 10, finished: 7 }, from: at('00:00'), until: NOW },
  ],
  [
    'the most',
    { measures: ['backlog'], by: ['location'], order: { measure: null, first: 'most' }, limit: 1 },
    { totals: { backlog: 3000 }, rows: [{ location: '札幌', backlog: 1240 }], total: 6 },
  ],
  [
    'the second',
    { measures: ['backlog'], by: ['location'], order: { measure: null, first: 'most' }, rank: 2 },
    { totals: { backlog: 3000 }, rows: [{ location: '札幌', backlog: 1240 }], total: 6 },
  ],
  [
    'the two lowest',
    {
      measures: ['productivity'],
      by: ['location'],
      order: { measure: null, first: 'least' },
      limit: 2,
      window: { days: { kind: 'week', offset: -1 }, from: null, until: null, at: null },
    },
    {
      totals: { productivity: 60 },
      rows: [
        { location: '札幌', productivity: 50.12 },
        { location: '横浜', productivity: 51 },
      ],
      total: 6,
    },
  ],
  [
    'above a limit',
    {
      measures: ['backlog'],
      by: ['cell'],
      thresholds: [{ measure: 'backlog', is: '>', value: 500, of: 'value' }],
    },
    {
      totals: { backlog: 3000 },
      rows: [
        { location: '札幌', business: 'SS', 'business:id': '523201', process: 'エントリ1', backlog: 1240 },
        { location: '横浜', business: 'SS', 'business:id': '523201', process: 'エントリ1', backlog: 600 },
      ],
    },
  ],
  [
    'none above a limit',
    {
      measures: ['backlog'],
      by: ['cell'],
      thresholds: [{ measure: 'backlog', is: '>', value: 500, of: 'value' }],
    },
    { totals: { backlog: 0 }, rows: [] },
  ],
  [
    'two places side by side',
    {
      measures: ['backlog'],
      by: ['location'],
      where: [{ dimension: 'location', values: ['札幌', '横浜'], not: false }],
    },
    {
      totals: { backlog: 1840 },
      rows: [
        { location: '札幌', backlog: 1240 },
        { location: '横浜', backlog: 600 },
      ],
    },
  ],
  [
    'against the forecast',
    {
      measures: ['arrivals'],
      compare: { kind: 'forecast' },
      where: [{ dimension: 'location', values: ['札幌'], not: false }],
    },
    { totals: { arrivals: 1100 }, compared: { arrivals: 1000 }, from: at('00:00'), until: NOW },
  ],
  [
    'against the plan, place by place',
    { measures: ['present'], by: ['location'], compare: { kind: 'plan' } },
    {
      totals: { present: 11 },
      compared: { present: 12 },
      rows: [
        { location: '札幌', present: 5, 'present:compared': 6, 'present:change': -1 },
        { location: '横浜', present: 6, 'present:compared': 6, 'present:change': 0 },
      ],
    },
  ],
  [
    'against another day',
    {
      measures: ['finished'],
      compare: {
        kind: 'window',
        window: { days: { kind: 'day', offset: -1 }, from: null, until: null, at: null },
      },
    },
    { totals: { finished: 900 }, compared: { finished: 1200 }, from: at('00:00'), until: NOW },
  ],
  [
    'who can do something well',
    {
      measures: ['skills'],
      by: ['person'],
      where: [{ dimension: 'process', values: ['補正'], not: false }],
      thresholds: [{ measure: 'skills', is: '>=', value: 4, of: 'value' }],
    },
    { totals: { skills: 1 }, rows: [{ person: '佐藤 花子', 'person:id': 'p1', skills: 5 }] },
  ],
  [
    'who',
    {
      measures: ['absent'],
      by: ['person'],
      where: [{ dimension: 'location', values: ['札幌'], not: false }],
      window: { days: { kind: 'day', offset: -1 }, from: null, until: null, at: null },
    },
    {
      totals: { absent: 2 },
      rows: [
        { person: '佐藤 花子', 'person:id': 'p1', absent: 1 },
        { person: '鈴木 一郎', 'person:id': 'p2', absent: 1 },
      ],
    },
  ],
  [
    'whether somebody is here',
    {
      measures: ['present'],
      where: [{ dimension: 'person', values: ['p1'], not: false }],
      window: { days: { kind: 'day', offset: 0 }, from: null, until: null, at: null },
    },
    { totals: { present: 1 } },
  ],
  [
    'place by place',
    { measures: ['backlog'], by: ['location'] },
    {
      totals: { backlog: 1840 },
      rows: [
        { location: '札幌', backlog: 1240 },
        { location: '横浜', backlog: 600 },
        { location: '大阪', backlog: 0 },
        { location: '盛岡', backlog: 0 },
      ],
    },
  ],
  [
    'two measures, place by place',
    { measures: ['arrivals', 'finished'], by: ['location'] },
    {
      totals: { arrivals: 1840, finished: 20 },
      rows: [
        { location: '札幌', arrivals: 1240, finished: 3 },
        { location: '横浜', arrivals: 600, finished: 4 },
        { location: '大阪', arrivals: 0, finished: 0 },
        { location: '盛岡', arrivals: 0, finished: null },
      ],
    },
  ],
  [
    'day by day',
    {
      measures: ['productivity'],
      by: ['day'],
      where: [{ dimension: 'location', values: ['横浜'], not: false }],
    },
    {
      totals: { productivity: 60 },
      rows: [
        { day: '2026-11-19', productivity: 62.1 },
        { day: '2026-11-20', productivity: 58 },
      ],
    },
  ],
  [
    'likely to be late',
    { measures: ['p-late'], where: [{ dimension: 'location', values: ['札幌'], not: false }] },
    (q) =>
      q.by.length
        ? {
            totals: { 'p-late': 0.97 },
            rows: [
              {
                location: '札幌',
                business: 'SS',
                'business:id': '523201',
                process: 'エントリ1',
                'p-late': 0.97,
              },
              { location: '札幌', business: 'SS', 'business:id': '523201', process: '目検', 'p-late': 0.2 },
            ],
          }
        : { totals: { 'p-late': 0.97 } },
  ],
  [
    'on time',
    { measures: ['p-late'] },
    (q) =>
      q.by.length
        ? {
            totals: { 'p-late': 0.1 },
            rows: [
              {
                location: '札幌',
                business: 'SS',
                'business:id': '523201',
                process: 'エントリ1',
                'p-late': 0.1,
              },
              { location: '札幌', business: 'SS', 'business:id': '523201', process: '目検', 'p-late': 0.02 },
            ],
          }
        : { totals: { 'p-late': 0.1 } },
  ],
  [
    'when it ends',
    { measures: ['finish'], where: [{ dimension: 'location', values: ['札幌'], not: false }] },
    { totals: { finish: at('16:40') } },
  ],
  [
    'when it does not end',
    { measures: ['finish'], where: [{ dimension: 'location', values: ['札幌'], not: false }] },
    { totals: { finish: null } },
  ],
  ['the next deadline', { measures: ['deadline'] }, { totals: { deadline: at('16:00') } }],
  [
    'the last line of a service',
    { measures: ['last-line'], where: [{ dimension: 'service', values: ['db-main'], not: false }] },
    { totals: { 'last-line': at('13:58') } },
  ],
  [
    'the hour with the most',
    { measures: ['errors'], by: ['hour'], order: { measure: null, first: 'most' }, limit: 1 },
    {
      totals: { errors: 30 },
      rows: [{ hour: '13', 'hour:id': '780', errors: 12 }],
      from: at('00:00'),
      until: NOW,
    },
  ],
];
test('what was asked comes first, with its scope and its figure, in both languages', async () => {
  const parts: string[] = [];
  for (const [name, query, figures] of cases) {
    parts.push(`## ${name}`, '');
    for (const lang of ['ja', 'en'] as const) parts.push(await told(queryOf(query), figures, lang), '');
  }
  await expect(parts.join('\n')).toMatchFileSnapshot('../../golden/chat-figures.md');
});
