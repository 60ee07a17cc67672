import { expect, test } from 'vitest';
import { createAnomalies } from '../../../main/anomalies/index.ts';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { Emitter } from '../../../main/kernel/events.ts';
import { memoryLog } from '../../../main/kernel/log.ts';
import { openStore } from '../../../main/store/index.ts';
import { CountedLog } from '../../helpers/logs/log-counts.ts';
import { tempDir } from '../../helpers/temp.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse('2026-11-20T12:00:00+09:00');

test('a file of years ago does not end the time of learning: what was then says nothing of now', async () => {
  const clock = new ManualClock(NOW);
  const counted = new CountedLog();
  const hourly = (from: number, days: number): void => {
    for (let at = from; at < from + days * DAY; at += HOUR / 4)
      counted.count(1, { at, service: 'web', level: 'info', lines: 5 });
  };
  hourly(NOW - 10 * DAY, 10);
  const changed = new Emitter<{ kind: 'lines'; from: number; to: number }>();
  const store = await openStore(tempDir());
  const anomalies = createAnomalies({
    store,
    logs: {
      minutes: (range: { from: number; to: number }) => counted.read(range),
      changed,
      sources: () => [],
      async *scan() {},
      lines: () => ({ lines: [], more: false }),
      counts: () => ({ total: 0 }),
      templates: { get: () => undefined, list: () => ({ templates: [], total: 0 }) },
    } as unknown as Parameters<typeof createAnomalies>[0]['logs'],
    clusters: { refresh: async () => {}, novelty: () => ({ nearest: null }) } as never,
    clock,
    isDayOff: () => false,
    zone: () => 'Asia/Tokyo',
    log: memoryLog(clock).log,
    know: async () => ({ id: '' }),
  });
  await anomalies.look(NOW);
  const before = anomalies.status();
  expect(before.learningUntil).toBe(NOW + 18 * DAY);
  const then = Date.parse('2015-03-02T00:00:00+09:00');
  hourly(then, 20);
  changed.emit({ kind: 'lines', from: then, to: then + 20 * DAY });
  await anomalies.look(NOW + HOUR);
  expect(anomalies.status().learningUntil).toBe(before.learningUntil);
  // nor is what lies right before it for nothing: it is learned from
  hourly(NOW - 30 * DAY, 20);
  changed.emit({ kind: 'lines', from: NOW - 30 * DAY, to: NOW - 10 * DAY });
  await anomalies.look(NOW + 2 * HOUR);
  expect(anomalies.status().learningUntil).toBeNull();
  await anomalies.close();
  await store.close();
});
