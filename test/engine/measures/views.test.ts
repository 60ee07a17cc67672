// Saved views: kept over a restart, changed, taken away and brought back; what cannot be read hides nothing else.
import { expect, test } from 'vitest';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { memoryLog } from '../../../main/kernel/log.ts';
import { Query } from '../../../main/measures/contract/measures.ts';
import { createViews } from '../../../main/measures/index.ts';
import { openStore, run, sql } from '../../../main/store/index.ts';
import { tempDir } from '../../helpers/temp.ts';

const HOUR = 3_600_000;
const QUERY = Query.parse({
  measures: ['backlog'],
  where: [{ dimension: 'location', values: ['札幌'], not: true }],
  by: ['process'],
  order: { first: 'most' },
  limit: 10,
  window: { days: { kind: 'last-days', days: 7 } },
});
async function open(dir = tempDir()) {
  const clock = new ManualClock(1_763_700_000_000);
  const store = await openStore(dir, { now: clock.now() });
  const memory = memoryLog(clock);
  return { dir, clock, store, memory, views: createViews({ store, clock, log: memory.log }) };
}

test('a view keeps its query as it was asked, with days that go with time, over a restart', async () => {
  const first = await open();
  const saved = await first.views.save({ name: '札幌以外の残件', query: QUERY, nightly: true });
  await first.store.close();
  const again = await open(first.dir);
  expect(again.views.list()).toEqual([saved]);
  expect(again.views.list()[0]?.query).toEqual(QUERY);
  await again.store.close();
});

test('saved again under its id it takes the new name, query and place in the night, and stays one view', async () => {
  const { views, clock, store } = await open();
  const { id, createdAt } = await views.save({ name: 'a', query: QUERY, nightly: false });
  clock.advance(HOUR);
  await views.save({ id, name: 'b', query: { ...QUERY, limit: null }, nightly: true });
  expect(views.list()).toEqual([
    { id, name: 'b', query: { ...QUERY, limit: null }, nightly: true, createdAt, updatedAt: clock.now() },
  ]);
  await expect(views.save({ id: 'nobody', name: 'c', query: QUERY, nightly: false })).rejects.toMatchObject({
    code: 'not-found',
  });
  await store.close();
});

test('removed it can be brought back for a day, as it was; later it is gone', async () => {
  const { views, clock, store } = await open();
  const saved = await views.save({ name: 'a', query: QUERY, nightly: false });
  await views.remove(saved.id);
  expect(views.list()).toEqual([]);
  expect(await views.restore(saved.id)).toEqual(saved);
  await views.remove(saved.id);
  clock.advance(25 * HOUR);
  const other = await views.save({ name: 'b', query: QUERY, nightly: false });
  await views.remove(other.id);
  await expect(views.restore(saved.id)).rejects.toMatchObject({ code: 'not-found' });
  await store.close();
});

test('a row that is no query is told in the log and hides nothing else', async () => {
  const { views, store, memory } = await open();
  const saved = await views.save({ name: 'a', query: QUERY, nightly: false });
  await store.write([
    run(sql`INSERT INTO saved_views (view_id, name, query_json, nightly, created_at, updated_at)
      VALUES ('newer', 'x', ${JSON.stringify({ measures: 7 })}, 0, 1, 1)`),
  ]);
  expect(views.list()).toEqual([saved]);
  expect(JSON.stringify(memory.lines)).toContain('newer');
  await store.close();
});

test('views of the night are asked as of the report’s day, oldest first; days of their own stay', async () => {
  const { views, store } = await open();
  const save = (name: string, query: unknown, nightly = true) =>
    views.save({ name, query: Query.parse(query), nightly });
  const now = { measures: ['backlog'] };
  await save('now', now);
  await save('not wanted', now, false);
  await save('week', {
    ...now,
    window: { days: { kind: 'last-days', days: 7 }, from: 540, until: 720 },
    compare: { kind: 'window', window: { days: { kind: 'day', offset: -1 } } },
  });
  await save('dates', { ...now, window: { days: { kind: 'dates', from: '2026-01-01', to: '2026-01-31' } } });
  const asked = views.nightly('2026-01-13').map(({ name, query }) => [name, query.window, query.compare]);
  const dates = (from: string, to: string, rest = {}) => ({
    days: { kind: 'dates', from, to },
    from: null,
    until: null,
    at: null,
    ...rest,
  });
  expect(asked).toEqual([
    ['now', dates('2026-01-13', '2026-01-13'), null],
    [
      'week',
      dates('2026-01-07', '2026-01-13', { from: 540, until: 720 }),
      { kind: 'window', window: dates('2026-01-12', '2026-01-12') },
    ],
    ['dates', dates('2026-01-01', '2026-01-31'), null],
  ]);
  await store.close();
});
