import { expect, it } from 'vitest';
import * as queries from '../../../main/anomalies/queries.ts';
import { groupedIncidents } from '../../../main/anomalies/read-incidents.ts';
import { openStore } from '../../../main/store/index.ts';
import { tempDir } from '../../helpers/temp.ts';

const HOUR = 3_600_000;

it('incidents are made ready for grouping in pieces, so that counting the lines of thousands holds nobody up', async () => {
  const store = await openStore(tempDir());
  const ids = Array.from({ length: 230 }, (_, i) => i);
  await store.write([
    queries.saveIncidents(
      ids.map((i) => ({
        id: `inc-${i}`,
        state: 'resolved',
        quiet: false,
        severity: 'high',
        title: { ja: `障害 ${i}`, en: `incident ${i}` },
        from: i * HOUR,
        lastAt: i * HOUR + 1,
        to: i * HOUR + 2,
      })),
    ),
    queries.saveAnomalies(
      ids.map((i) => ({
        id: `a-${i}`,
        topic: `topic ${i}`,
        kind: 'spike',
        severity: 'high',
        at: i * HOUR,
        lastAt: i * HOUR + 1,
        until: i * HOUR + 2,
        templateId: i,
        service: 'db',
        level: 'error',
        source: null,
        observed: 9,
        expected: 1,
        sd: null,
        score: null,
        windowMs: 60_000,
        baselineDays: 7,
        learning: false,
        words: { ja: '', en: '' },
        examples: [],
        incidentId: `inc-${i}`,
        state: 'over',
      })),
    ),
  ]);
  let inTurn = 0;
  let most = 0;
  let turn: NodeJS.Immediate;
  const nextTurn = (): void => {
    inTurn = 0;
    turn = setImmediate(nextTurn);
  };
  turn = setImmediate(nextTurn);
  const grouped = await groupedIncidents(
    {
      read: store.read,
      logs: {
        lines: () => Promise.reject(new Error('not asked')),
        counts: () => {
          most = Math.max(most, ++inTurn);
          return { from: 0, bucketMs: 1, series: [], total: 7, exact: true };
        },
      },
      fact: (id) =>
        ({ id, text: `template ${id}`, level: 'error', services: ['db'], name: null, mark: 'none' }) as never,
      similarity: () => 0,
    },
    queries.incidents(store.read, { limit: 1000 }),
  );
  clearImmediate(turn);
  expect(grouped).toHaveLength(230);
  expect(grouped[0]).toMatchObject({ id: 'inc-229', lines: 7, about: ['template 229'], services: ['db'] });
  expect(most).toBeLessThanOrEqual(50);
  await store.close();
});
