import { expect, test } from 'vitest';
import { RecentMinutes } from '../../../main/anomalies/detect/series.ts';
import { WindowScan } from '../../../main/anomalies/scan-windows.ts';
import type { Finding } from '../../../main/anomalies/types.ts';
import type { LogLine } from '../../../main/logs/contract/logs.ts';
import { chance } from './stage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const WINDOW = 15 * MINUTE;
/** a Monday */
const START = Date.parse('2026-11-02T00:00:00Z');
const fact = { id: 3, text: 'query finished in <*> ms', level: 'info', mark: 'none', firstAt: 0 } as const;
const PARTS = [
  { kind: 'word', text: 'took', gap: false },
  { kind: 'parameter', type: 'duration', gap: true },
] as const;

/** What is found in lines with one value each, every half minute, read window by window as one import is. */
async function found(
  hours: number,
  valueAt: (at: number, i: number) => number,
  { unit = 'ms', restartAfter = 0, acceptedFrom = Number.POSITIVE_INFINITY } = {},
): Promise<Finding[]> {
  const lines = Array.from({ length: hours * 120 }, (_, i): LogLine => {
    const at = START + i * 30_000;
    const text = `took ${valueAt(at, i)}${unit}`;
    return {
      id: i,
      at,
      atGuessed: false,
      sourceId: 'file',
      service: 'db-main',
      level: 'info',
      host: null,
      templateId: 3,
      text,
      lines: 1,
      parameters: [[5, text.length]],
      attributes: '',
      note: null,
      bookmarked: false,
    };
  });
  const logs = {
    async *scan({ from = 0, to = 0 }: { from?: number; to?: number }) {
      yield lines.filter((l) => l.at >= from && l.at < to);
    },
    templates: { get: () => ({ parts: PARTS }) },
  } as never;
  let saved: string | undefined;
  let scan = new WindowScan({ logs, fact: () => fact, saved });
  const all: Finding[] = [];
  for (let at = START + WINDOW; at <= START + hours * HOUR; at += WINDOW) {
    const recent = new RecentMinutes();
    const minute = at / MINUTE - 1;
    recent.add(minute, [
      { at: minute * MINUTE, sourceId: 'file', service: 'db-main', level: 'info', template: 3, lines: 30 },
    ]);
    all.push(
      ...(await scan.look(at, recent, () => ({ isOut: false, accepted: at >= acceptedFrom }))).findings,
    );
    saved = scan.take() ?? saved;
    if (restartAfter > 0 && at >= START + restartAfter * HOUR)
      scan = new WindowScan({ logs, fact: () => fact, saved });
  }
  return all;
}
const usual = (next: () => number): number => Math.round(20 + next() * 60);

test('queries that are slow for an hour within one import are found against what came before them, for as long as they last', async () => {
  const next = chance(4);
  const slowFrom = START + 6 * HOUR;
  const slow = (at: number): number =>
    at >= slowFrom && at < slowFrom + HOUR ? Math.round(2000 + next() * 500) : usual(next);
  const all = await found(9, slow);
  expect(all.map((f) => (f.from - slowFrom) / WINDOW)).toEqual([0, 1, 2, 3]);
  expect(all[0]).toMatchObject({ kind: 'value', severity: 'medium', templateId: 3, learning: true });
  expect(all[0]?.observed).toBeGreaterThan(2000);
  expect(all[0]?.words.ja).toMatch(
    /いつもの範囲\(2\dms〜\d\dms\)を外れています。15分の値の100%が範囲外で、その中央値は2,\d{3}msです。\(学習中\)/,
  );
  const again = chance(4);
  const same = (at: number): number =>
    at >= slowFrom && at < slowFrom + HOUR ? Math.round(2000 + again() * 500) : usual(again);
  expect(await found(9, same, { restartAfter: 3 })).toEqual(all);
});
test('after a day also what is not far out is found: twice as slow', async () => {
  const next = chance(5);
  const worse = START + 30 * HOUR;
  const all = await found(32, (at) => usual(next) * (at >= worse && at < worse + HOUR ? 2 : 1));
  expect(all.map((f) => f.from - worse)).toContain(0);
  expect(all.every((f) => f.from >= worse && f.from < worse + HOUR && !f.learning)).toBe(true);
});
test('one slow query is no anomaly, nor is the first day, quick by night and slow by day', async () => {
  const next = chance(6);
  expect(await found(12, (_, i) => (i % 400 === 399 ? 5000 : usual(next)))).toEqual([]);
  const byDay = (at: number): number =>
    Math.round((1.5 - Math.cos((2 * Math.PI * (at - START)) / (24 * HOUR))) * (20 + next() * 20));
  expect(await found(72, byDay)).toEqual([]);
});
test('a number that grows has no range: a counter, or numbers given out that come nearly in order', async () => {
  expect(await found(48, (_, i) => 1000 + i, { unit: '' })).toEqual([]);
  const next = chance(7);
  expect(await found(48, (_, i) => Math.round(1000 + i + 40 * next()), { unit: '' })).toEqual([]);
});
test('what stays out of range is told for as long as it lasts: nobody gets used to it', async () => {
  const next = chance(8);
  const all = await found(40, (at) => usual(next) * (at >= START + 26 * HOUR ? 10 : 1));
  expect(all[0]?.from).toBe(START + 26 * HOUR);
  expect(all.at(-1)?.at).toBe(START + 40 * HOUR);
});
test('unless a person says that this is how things are now', async () => {
  const next = chance(8);
  const all = await found(60, (at) => usual(next) * (at >= START + 26 * HOUR ? 10 : 1), {
    acceptedFrom: START + 28 * HOUR,
  });
  expect(all[0]?.from).toBe(START + 26 * HOUR);
  expect(all.every((f) => f.from < START + 36 * HOUR)).toBe(true);
});

test('memory that is collected every few hours leaks when it rises faster than it ever rose, however fast it falls', async () => {
  const next = chance(12);
  const heap = (leakFrom: number) => (at: number) => {
    const hour = (at - START) / HOUR;
    return Math.round(1400 + 70 * (hour % 9) + 30 * next() + 60 * Math.max(0, hour - leakFrom));
  };
  expect(await found(24 * 6, heap(Number.POSITIVE_INFINITY), { unit: '' })).toEqual([]);
  const [first] = await found(24 * 6, heap(120), { unit: '' });
  expect(((first?.at ?? 0) - START) / HOUR).toBeLessThan(132);
});
