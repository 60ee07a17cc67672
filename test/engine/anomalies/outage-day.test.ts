import path from 'node:path';
import { expect, test } from 'vitest';
import type { Anomalies } from '../../../main/anomalies/index.ts';
import { createAnomalies } from '../../../main/anomalies/index.ts';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { Cancelled } from '../../../main/kernel/errors.ts';
import { isDayOff } from '../../../main/kernel/holidays.ts';
import { openLog } from '../../../main/kernel/log.ts';
import { openStore, type Store } from '../../../main/store/index.ts';
import { countedLogs } from '../../helpers/logs/counted-logs.ts';
import { type CountedLog, simulatedLog } from '../../helpers/logs/log-counts.ts';
import { tempDir } from '../../helpers/temp.ts';
import { HOUR, logOf, MINUTE, START, TRAFFIC } from '../../unit/anomalies/stage.ts';

const at = (time: string): number => Date.parse(`2026-11-16T${time}:00+09:00`);
const day = simulatedLog({
  seed: 1,
  scenario: 'outage',
  zone: 'Asia/Tokyo',
  startDate: '2026-11-16',
  days: 1,
});

function over(
  log: CountedLog,
  store: Store,
  dir: string,
  clock = new ManualClock(at('23:00')),
  begun: () => void = () => {},
) {
  const known: { title: string; text: string; tags: string[] }[] = [];
  const anomalies = createAnomalies({
    store,
    logs: countedLogs(log),
    clusters: {
      novelty: () => ({ distance: null, nearest: null }),
      similarity: () => 0,
      search: async () => ({ hits: [], widened: [], instead: null, withoutMeaning: null }),
      refresh: async () => begun(),
    },
    clock,
    isDayOff,
    zone: () => 'Asia/Tokyo',
    log: openLog(path.join(dir, 'logs'), clock),
    know: async (document) => {
      known.push(document);
      return { id: `K${known.length}` };
    },
  });
  return { anomalies, clock, known };
}
const told = (anomalies: Anomalies) => ({
  list: anomalies.list(),
  incidents: anomalies.incidents(),
});

test('an outage day is one incident, found within two minutes of the first error line, closed when it is over', async () => {
  const dir = tempDir();
  await using store = closing(await openStore(dir));
  const { anomalies, clock } = over(day.log, store, dir, new ManualClock(at('15:19')));
  const raised: string[] = [];
  anomalies.raised.on((incident) => raised.push(incident.title.ja));
  await anomalies.look(clock.now());
  const [open] = anomalies.incidents();
  expect(open).toMatchObject({ state: 'open', to: null, services: ['db-main'] });
  expect(raised).toEqual([open?.title.ja]);

  await anomalies.look(at('23:00'));
  const incidents = anomalies.incidents();
  expect(incidents).toMatchObject([
    {
      id: open?.id,
      state: 'resolved',
      severity: 'high',
      from: at('15:17') + 30_000,
      services: ['db-main', 'web-entry'],
    },
  ]);
  expect(incidents[0]?.title.ja).toMatch(/^db-main のエラー「connection pool timeout/);
  expect(incidents[0]?.lines).toBeGreaterThan(200);
  const { timeline } = await anomalies.incident(incidents[0]?.id ?? '');
  expect(timeline.map((e) => e.at)).toEqual(timeline.map((e) => e.at).sort((a, b) => a - b));
  expect(timeline.filter((e) => e.kind === 'first-line').every((e) => e.lineId !== null)).toBe(true);
  expect(anomalies.list({ open: true })).toEqual([]);
});

test('however the looks are sliced, and restarted in between, the same is found', async () => {
  const wholeDir = tempDir();
  await using whole = closing(await openStore(wholeDir));
  const once = over(day.log, whole, wholeDir).anomalies;
  await once.look(at('23:00'));

  const dir = tempDir();
  await using store = closing(await openStore(dir));
  for (let now = at('07:00'), n = 0; now < at('23:00'); n++) {
    now = Math.min(at('23:00'), now + ((n * 7) % 50) * MINUTE + 13_000);
    await over(day.log, store, dir).anomalies.look(now);
  }
  expect(told(over(day.log, store, dir).anomalies)).toEqual(told(once));
});

test('looking again at what was looked at changes nothing', async () => {
  const dir = tempDir();
  await using store = closing(await openStore(dir));
  const logs = countedLogs(day.log);
  const first = over(day.log, store, dir).anomalies;
  await first.look(at('23:00'));
  const before = told(first);
  const clock = new ManualClock(at('23:00'));
  const again = createAnomalies({
    store,
    logs,
    clusters: {
      novelty: () => ({ distance: null, nearest: null }),
      similarity: () => 0,
      search: async () => ({ hits: [], widened: [], instead: null, withoutMeaning: null }),
      refresh: async () => {},
    },
    clock,
    isDayOff,
    zone: () => 'Asia/Tokyo',
    log: openLog(path.join(dir, 'logs'), clock),
    know: async () => ({ id: '' }),
  });
  // lines that came late, in the middle of the day
  logs.changed.emit({ kind: 'lines', lines: 1, from: at('12:00'), to: at('12:01') });
  await again.look(at('23:00'));
  expect(told(again)).toEqual(before);
});

test('closing ends a look under way; the next start goes on from there and finds the same', async () => {
  const whole = tempDir();
  await using inOne = closing(await openStore(whole));
  const { anomalies: uninterrupted } = over(day.log, inOne, whole);
  await uninterrupted.look(at('23:00'));

  const dir = tempDir();
  await using store = closing(await openStore(dir));
  let ended: Promise<void> | undefined;
  const { anomalies: closed, clock } = over(day.log, store, dir, undefined, () => {
    ended = closed.close();
  });
  expect((await closed.look(clock.now())).lookedAt).toBeLessThan(clock.now());
  await ended;
  await expect(closed.look(at('23:00'))).rejects.toThrow(Cancelled);

  const { anomalies: next } = over(day.log, store, dir);
  await next.look(at('23:00'));
  expect(told(next)).toEqual(told(uninterrupted));
});

test('what is expected or dismissed stays quiet', async () => {
  const dir = tempDir();
  await using store = closing(await openStore(dir));
  const { anomalies } = over(day.log, store, dir);
  await anomalies.expect({
    kind: null,
    templateId: null,
    service: 'db-main',
    until: null,
    why: '保守',
    actor: '佐藤',
  });
  await anomalies.look(at('15:30'));
  expect(
    anomalies
      .list()
      .filter((a) => a.service === 'db-main')
      .map((a) => a.state),
  ).toEqual(['expected']);
  const [incident] = anomalies.incidents();
  expect(incident?.services).toEqual(['web-entry']);
  await anomalies.setState({ id: incident?.id ?? '', state: 'dismissed', actor: '佐藤' });
  await anomalies.look(at('15:35'));
  expect(anomalies.incidents({ states: ['open', 'acknowledged'] })).toEqual([]);
});

test('what is expected until a time is told again when it still lasts then, also where an incident had begun', async () => {
  for (const known of [false, true]) {
    const dir = tempDir();
    await using store = closing(await openStore(dir));
    const { anomalies } = over(day.log, store, dir);
    if (known) await anomalies.look(at('15:25'));
    const raised: string[] = [];
    anomalies.raised.on(({ title }) => raised.push(title.ja));
    for (const service of ['db-main', 'web-entry'])
      await anomalies.expect({
        kind: null,
        templateId: null,
        service,
        until: at('15:40'),
        why: '保守',
        actor: '佐藤',
      });
    await anomalies.look(at('15:39'));
    expect(new Set(anomalies.list().map((a) => a.state))).toEqual(new Set(['expected']));
    expect(raised).toEqual([]);
    expect(anomalies.incidents({ states: ['open'] })).toEqual([]);

    await anomalies.look(at('15:50'));
    expect(raised).toHaveLength(1);
    expect(raised[0]).toContain('connection pool timeout');
    const [incident, ...others] = anomalies.incidents();
    expect(others).toEqual([]);
    expect(incident).toMatchObject({ state: 'open', to: null, services: ['db-main', 'web-entry'] });
    expect(new Set(anomalies.list().map((a) => a.state))).toEqual(new Set(['open']));
  }
});

test('also where the incident has been quiet for most of a day', async () => {
  const dir = tempDir();
  await using store = closing(await openStore(dir));
  const failing = (minute: number): number => (minute >= START + 10 * HOUR ? 3 : 0);
  const log = logOf(
    [TRAFFIC, { template: 2, service: 'db', level: 'error', text: 'no answer', rate: failing }],
    1,
  );
  const { anomalies } = over(log, store, dir);
  await anomalies.look(START + 10.5 * HOUR);
  const [incident] = anomalies.incidents();
  const until = START + 18 * HOUR;
  await anomalies.expect({ kind: null, templateId: 2, service: null, until, why: '', actor: '佐藤' });
  await anomalies.look(until - MINUTE);
  expect(anomalies.incidents()).toMatchObject([{ id: incident?.id, state: 'resolved' }]);
  const { timeline } = await anomalies.incident(incident?.id ?? '');
  expect(timeline.findLast((e) => e.kind === 'state')?.words.ja).toContain('想定内か');
  const raised: string[] = [];
  anomalies.raised.on(({ id }) => raised.push(id));
  await anomalies.look(until + 5 * MINUTE);
  expect(raised).toEqual([incident?.id]);
  expect(anomalies.incidents()).toMatchObject([{ id: incident?.id, state: 'open', to: null }]);
});

test('a remedy is recommended for the same trouble on another day, by how often it worked', async () => {
  const dir = tempDir();
  await using store = closing(await openStore(dir));
  const twice = simulatedLog({
    seed: 1,
    scenario: 'outage',
    zone: 'Asia/Tokyo',
    startDate: '2026-11-16',
    days: 1,
  }).log;
  const lines = [...twice.lines];
  for (const line of lines) twice.add({ ...line, at: line.at + 24 * HOUR });
  const { anomalies, known } = over(twice, store, dir);
  await anomalies.look(at('23:00'));
  const [first] = anomalies.incidents();
  const id = first?.id ?? '';
  const remedy = await anomalies.saveRemedy({
    incidentId: id,
    title: '接続プールを再起動する',
    steps: '1. db-main の接続プールを再起動\n2. 画面から保存を確認',
  });
  expect(remedy).toMatchObject({ worked: 1, tried: 1 });
  expect(remedy.low).toBeCloseTo(0.2236, 3);
  expect(anomalies.incidents()[0]?.remedyId).toBe(remedy.id);

  await anomalies.look(at('23:00') + 24 * HOUR);
  const [second] = anomalies.incidents();
  expect(second?.id).not.toBe(id);
  const detail = await anomalies.incident(second?.id ?? '');
  expect(detail.similar[0]?.incident.id).toBe(id);
  expect(detail.recommendations).toMatchObject([{ id: remedy.id, worked: 1, tried: 1, fromIncident: id }]);
  const after = await anomalies.feedback({
    incidentId: second?.id ?? '',
    remedyId: remedy.id,
    worked: false,
  });
  expect(after.recommendations[0]).toMatchObject({ worked: 1, tried: 2 });
  expect(after.recommendations[0]?.score).toBeLessThan(detail.recommendations[0]?.score ?? 0);

  expect((await anomalies.toKnowledge(id, 'ja')).knowledgeId).toBe('K1');
  expect(known[0]?.text).toContain('接続プールを再起動');
  expect(anomalies.texts().map((t) => t.id)).toContain(id);
  await store.write(anomalies.forget());
  expect([anomalies.list(), anomalies.incidents(), anomalies.remedies().length]).toEqual([[], [], 1]);

  // the copy comes again: so do the incidents, and what helped is still known
  await anomalies.look(at('23:00') + 24 * HOUR);
  const again = anomalies.incidents();
  expect(again).toHaveLength(2);
  expect((await anomalies.incident(again[0]?.id ?? '')).recommendations[0]?.id).toBe(remedy.id);
});

const closing = (store: Store): Store & AsyncDisposable =>
  Object.assign(store, { [Symbol.asyncDispose]: () => store.close() });
