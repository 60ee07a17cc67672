// Every plan of the golden questions, asked of the measures: their figures against rows read apart from them. And what adds up adds up.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../main/kernel/errors.ts';
import { type Dimension, NOW, Query } from '../../../main/measures/contract/measures.ts';
import { differs, queryOf } from '../../helpers/questions/plan-query.ts';
import { questions } from '../../helpers/questions/question.ts';
import { openStage, type Stage } from '../../helpers/questions/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

/** Skills of two people are compared by name, not by process. */
const ELSEWHERE = ['compare-en-07', 'compare-ja-13', 'b-names-ja-02', 'b-keyword-en-02'].map(
  (id) => `${id} skills`,
);
const asked = questions('open')
  .filter((q) => q.kind !== 'decisions')
  .flatMap(({ id, kind, accept }) =>
    accept
      .flatMap((outcome) => outcome.plans ?? [])
      .flatMap((plan) => (plan.measures ?? []).flat().map((measure) => ({ id, kind, plan, measure }))),
  )
  .filter(({ id, measure }) => !ELSEWHERE.includes(`${id} ${measure}`));
/** What the measures do not have, a person's throughput or tomorrow's shortage, they refuse: another act answers, or another measure. */
let refusals = 0;
const refused = (thrown: unknown): null => {
  if (!(thrown instanceof AppError && /^measures\.no-(?:dimension|future|compare)$/.test(thrown.code)))
    throw thrown;
  refusals++;
  return null;
};

describe('true figures', () => {
  it.each([...new Set(asked.map((a) => a.kind))])('%s', async (kind) => {
    const wrong: string[] = [];
    for (const { id, plan, measure, ...one } of asked) {
      if (one.kind !== kind) continue;
      const answered = await stage.engine.services.measures.query(queryOf(plan, measure)).catch(refused);
      const why = answered && differs(stage, plan, measure, answered);
      if (why) wrong.push(`${id} ${measure}: ${why}`);
    }
    expect(wrong).toEqual([]);
  });
  it('hardly any is refused', () => {
    expect(refusals / asked.length).toBeLessThan(0.03);
  });
});

describe('what adds up', () => {
  const WINDOWS = [
    NOW,
    { ...NOW, days: { kind: 'week', offset: -1 } },
    { ...NOW, days: { kind: 'last-days', days: 5 } },
  ];
  const PARTS: Readonly<Record<string, readonly Dimension[]>> = {
    arrivals: ['location', 'business', 'day', 'weekday'],
    finished: ['location', 'business', 'day', 'weekday', 'hour'],
    forecast: ['location', 'business', 'day', 'hour'],
    absent: ['location', 'day', 'person'],
    hours: ['location', 'process', 'person', 'day'],
    errors: ['service', 'level', 'template', 'hour', 'day'],
    'log-lines': ['service', 'level', 'half-hour'],
    backlog: ['location', 'business', 'process', 'cell'],
  };
  it.each(Object.entries(PARTS))('%s: its parts are the whole', async (measure, dimensions) => {
    for (const window of WINDOWS)
      for (const by of dimensions) {
        const answered = await stage.engine.services.measures.query(
          Query.parse({ measures: [measure], by: [by], window }),
        );
        const sum = answered.table.rows.reduce((all, row) => all + Number(row[measure] ?? 0), 0);
        expect([by, window.days, Math.round(sum)]).toEqual([
          by,
          window.days,
          Math.round(answered.totals[measure] ?? 0),
        ]);
      }
  });
  it('a table that is cut counts all its groups', async () => {
    const { table } = await stage.engine.services.measures.query(
      Query.parse({ measures: ['productivity'], by: ['person'], order: { first: 'most' }, limit: 3 }),
    );
    expect(table.rows).toHaveLength(3);
    expect(table.total).toBeGreaterThan(100);
  });
  it('what is live is what every other screen shows', async () => {
    const { rows } = stage.engine.services.analytics.situation();
    const { table } = await stage.engine.services.measures.query(
      Query.parse({ measures: ['backlog', 'present', 'throughput', 'p-late', 'finish'], by: ['cell'] }),
    );
    expect(table.rows.map((r) => [r['cell:id'], r['backlog'], r['present'], r['finish']])).toEqual(
      rows.map((r) => [r.cellId, r.backlog, r.people, r.allFinishAt]),
    );
  });
});
