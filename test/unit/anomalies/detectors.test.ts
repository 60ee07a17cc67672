import { describe, expect, test } from 'vitest';
import { MinuteWatch } from '../../../main/anomalies/index.ts';
import type { CountedLog } from '../../helpers/logs/log-counts.ts';
import { DAY, HOUR, logOf, MINUTE, START, TRAFFIC, watchAll } from './stage.ts';

const told = (
  rows: readonly { kind: string; severity: string; templateId: number | null; service: string | null }[],
) => rows.map((r) => `${r.kind} ${r.severity} ${r.templateId ?? r.service}`);
const between = (from: number, to: number, inside: number, outside: number) => (at: number) =>
  at >= START + from && at < START + to ? inside : outside;
const error = (template: number, rate: (at: number) => number, service = 'db') =>
  ({ template, service, level: 'error', text: 'connection pool timeout after <*> ms', rate }) as const;

describe('new templates', () => {
  test('an error never seen before is high when it keeps coming, and one anomaly while it lasts', () => {
    const log = logOf([TRAFFIC, error(9, between(DAY, DAY + 40 * MINUTE, 3, 0))], 1.2);
    const { rows, incidents } = watchAll(log, { to: START + 1.2 * DAY });
    expect(told(rows)).toEqual(['new-template high 9']);
    expect(rows[0]?.at).toBe(START + DAY);
    expect(rows[0]?.until).toBeGreaterThanOrEqual(START + DAY + 40 * MINUTE);
    expect(rows[0]?.until).toBeLessThan(START + DAY + 60 * MINUTE);
    expect(rows[0]?.words.ja).toMatch(
      /^db のエラー「connection pool timeout after … ms」が初めて出ました\(10分で\d+行\)。/,
    );
    expect(incidents.map((i) => [i.state, i.title.ja])).toEqual([
      ['resolved', 'db のエラー「connection pool timeout after … ms」が初めて出て急増'],
    ]);
  });
  test('a single line of it is low and no incident', () => {
    const log = logOf([TRAFFIC, error(9, between(DAY, DAY + MINUTE, -1, 0))], 1.2);
    const { rows, incidents } = watchAll(log, { to: START + 1.2 * DAY });
    expect([told(rows), incidents]).toEqual([['new-template low 9'], []]);
  });
  test('in the first hour of a log everything is new, and nothing is said of it', () => {
    const log = logOf([TRAFFIC, error(9, between(20 * MINUTE, DAY, 1, 0))], 0.5);
    expect(told(watchAll(log, { to: START + 0.5 * DAY }).rows)).toEqual([]);
  });
  test('marked as known or noise it is no news', () => {
    const log = logOf([TRAFFIC, error(9, between(DAY, DAY + 40 * MINUTE, 3, 0))], 1.2);
    log.mark(9, 'noise');
    expect(watchAll(log, { to: START + 1.2 * DAY }).rows).toEqual([]);
  });
  test('another wording of something known matters less', () => {
    const log = logOf([TRAFFIC, error(9, between(DAY, DAY + MINUTE, -1, 0))], 1.2);
    expect(watchAll(log, { to: START + 1.2 * DAY, novelty: () => 0.05 }).rows).toEqual([]);
  });
});

describe('spikes', () => {
  test('an error in a few minutes of every seventh hour is no news; one that drips for a morning is, also after single ones', () => {
    const drip = 12 * DAY + 9 * HOUR;
    const bursts = error(9, (at) => (Math.floor(at / MINUTE / 7) % 60 === 3 ? 0.3 : 0));
    const drips = error(8, between(drip, drip + 5 * HOUR, 0.08, 0.0015), 'shop');
    const log = logOf([TRAFFIC, bursts, drips], 13);
    const { rows } = watchAll(log, { from: START + 5 * DAY, to: START + 13 * DAY });
    const of = (template: number) =>
      rows.filter((row) => row.templateId === template && row.severity !== 'low');
    // of some 28 bursts
    expect(of(9).length).toBeLessThanOrEqual(1);
    expect(of(8)).toHaveLength(1);
    const [dripping] = of(8);
    expect((dripping?.at ?? 0) - START - drip).toBeLessThan(2 * HOUR);
    expect((dripping?.until ?? 0) - START).toBeGreaterThan(drip + 4 * HOUR);
  });
  test('an everyday error that suddenly comes in numbers', () => {
    const log = logOf([TRAFFIC, error(9, between(2 * DAY + HOUR, 2 * DAY + 80 * MINUTE, 4, 0.02))], 2.2);
    const { rows } = watchAll(log, { from: START + DAY, to: START + 2.2 * DAY });
    expect(told(rows)).toEqual(['spike high 9']);
    expect(rows[0]?.words.en).toMatch(/suddenly rose: \d+ lines in 5 minutes \(usually 0/);
  });
  test('an error usually absent that drips is found too', () => {
    const drip = (at: number): number => {
      const minute = (at - START - 2 * DAY) / MINUTE;
      return minute >= 0 && minute < 60 && minute % 7 === 0 ? -1 : at < START + 10 * HOUR ? 0.01 : 0;
    };
    const { rows } = watchAll(logOf([TRAFFIC, error(9, drip)], 2.2), {
      from: START + 2 * DAY,
      to: START + 2.2 * DAY,
    });
    expect(told(rows)).toEqual(['spike medium 9']);
  });
  test('twice the traffic is no spike of any of its messages', () => {
    const rate = (factor: number) => between(2 * DAY, 2 * DAY + HOUR, 4 * factor, factor);
    const log = logOf([{ ...TRAFFIC, rate: rate(6) }, error(9, rate(0.3), 'web')], 2.2);
    expect(watchAll(log, { from: START + DAY, to: START + 2.2 * DAY }).rows).toEqual([]);
  });
  test('what comes at the same hour every day is that hour’s habit', () => {
    const nightly = (at: number): number =>
      (at - START) % DAY >= 2 * HOUR && (at - START) % DAY < 2.2 * HOUR ? 5 : 0;
    const log = logOf([TRAFFIC, error(9, nightly)], 9);
    const { rows } = watchAll(log, { to: START + 9 * DAY });
    expect(rows.filter((r) => r.at > START + 4 * DAY)).toEqual([]);
    expect(rows.length).toBeGreaterThan(0);
  });
});

describe('missing', () => {
  const beat = (stop: number) => ({
    template: 5,
    service: 'batch',
    level: 'info' as const,
    text: 'heartbeat <*>',
    rate: (at: number): number => (at < START + stop && ((at - START) / MINUTE) % 5 === 0 ? -1 : 0),
  });
  test('a heartbeat that stopped, until it beats again', () => {
    const { rows } = watchAll(logOf([TRAFFIC, beat(DAY)], 1.2), {
      from: START + DAY / 2,
      to: START + 1.2 * DAY,
    });
    expect(told(rows)).toEqual(['missing medium 5']);
    expect(rows[0]?.at).toBe(START + DAY - 4 * MINUTE);
    expect(rows[0]?.words.ja).toContain('ふだんは5分ごと');
  });
  test('a service that fell silent while the others go on', () => {
    const log = logOf(
      [TRAFFIC, { ...TRAFFIC, template: 2, service: 'ocr', rate: between(0, DAY, 3, 0) }],
      1.1,
    );
    const { rows } = watchAll(log, { from: START + DAY / 2, to: START + 1.1 * DAY });
    expect(told(rows)).toEqual(['missing medium ocr']);
    expect(rows[0]?.words.en).toMatch(/^Nothing from the log of ocr for .* \(usually 2\.\d lines a minute/);
  });
  test('a site that closes for the night misses nothing', () => {
    const open = (rate: number) => (at: number) => ((at - START) % DAY < 13 * HOUR ? rate : 0);
    const log = logOf(
      [
        { ...TRAFFIC, rate: open(6) },
        { ...TRAFFIC, template: 2, service: 'ocr', rate: open(3) },
      ],
      4,
    );
    expect(watchAll(log, { to: START + 4 * DAY }).rows).toEqual([]);
  });
  test('a service that is not there in the morning as on all days before, unless its file was read to the end', () => {
    const rate = (at: number) => {
      const hour = ((at - START) % DAY) / HOUR;
      return at < START + 5 * DAY && hour >= 8 && hour < 20 ? 3 : 0;
    };
    const morning = (source?: string) =>
      watchAll(
        logOf([TRAFFIC, { ...TRAFFIC, template: 2, service: 'ocr', rate, ...(source && { source }) }], 6),
        {
          from: START + 5 * DAY,
          to: START + 5.6 * DAY,
        },
      ).rows;
    expect(told(morning())).toEqual(['missing low ocr']);
    expect(morning()[0]?.words.ja).toBe('ocr のログが1時間以上出ていません(ふだんは1分に3行)。(学習中)');
    expect(morning('last-week.log')).toEqual([]);
  });
  describe('of a whole source', () => {
    /** a site open on weekdays with a break at noon; `stop`: when it falls silent for good */
    const weekdays = (stop: number): CountedLog =>
      logOf(
        [
          {
            ...TRAFFIC,
            rate: (at) => {
              const minute = ((at - START) % DAY) / MINUTE;
              const isOpen = minute < 180 || (minute >= 240 && minute < 600);
              return at < START + stop && isOpen && Math.floor((at - START) / DAY) % 7 < 5 ? 4 : 0;
            },
          },
        ],
        25,
      );
    const missing = (log: CountedLog, o: Partial<Parameters<typeof watchAll>[1]>) =>
      watchAll(log, { to: START + 25 * DAY, ...o }).rows.filter((row) => row.kind === 'missing');

    test('is told once the same time of the week is known, and not of nights, noons and Sundays', () => {
      const log = weekdays(22 * DAY + HOUR);
      const [row, ...others] = missing(log, { followed: 'gateway.log' });
      expect(others).toEqual([]);
      expect(row).toMatchObject({
        severity: 'medium',
        service: 'web',
        learning: false,
        at: START + 22 * DAY + HOUR,
      });
      expect(row?.words.ja).toContain('取り込み元「gateway.log」のログが');
      expect(missing(log, {})).toEqual([]);
    });
    test('is told after three days of its kind', () => {
      const [row] = missing(weekdays(4 * DAY + HOUR), { followed: 'gateway.log' });
      expect(row).toMatchObject({ severity: 'medium', learning: false, at: START + 4 * DAY + HOUR });
    });
    test('lasts until lines come again, not until everybody is used to it', () => {
      const stop = 15 * DAY + HOUR;
      const log = weekdays(stop);
      log.count(9, { at: START + 18 * DAY + HOUR, service: 'ocr', level: 'info', lines: 1, source: 'other' });
      const open = missing(log, { to: START + 18 * DAY, followed: 'gateway.log' });
      expect(open).toMatchObject([{ at: START + stop, until: null, state: 'open' }]);
      for (let at = START + 18 * DAY + 2 * HOUR; at < START + 18 * DAY + 3 * HOUR; at += MINUTE)
        log.count(1, { at, service: 'web', level: 'info', lines: 4 });
      const over = missing(log, { to: START + 18 * DAY + 3 * HOUR, followed: 'gateway.log' });
      expect(over[0]?.until).toBeGreaterThanOrEqual(START + 18 * DAY + 2 * HOUR);
      expect(over[0]?.until).toBeLessThan(START + 18 * DAY + 2 * HOUR + 5 * MINUTE);
    });
    test('sources that fall silent together are looked up together, however many they are', () => {
      const readsFor = (sources: number): { reads: number; found: number } => {
        const log = logOf([TRAFFIC], 4.6);
        for (let source = 0; source < sources; source++)
          for (let at = START; at < START + 4.5 * DAY; at += 2 * MINUTE)
            log.count(9, { at, service: 'node', level: 'info', lines: 3, source: `node-${source}` });
        let reads = 0;
        const watch = new MinuteWatch({
          read: (range) => {
            if (range.to <= START + 4 * DAY) reads++;
            return log.read(range);
          },
          fact: (id) => log.fact(id),
          novelty: () => null,
          noise: () => new Set(),
          followed: (source) => (source === 'company' ? null : source),
        });
        const seen = [...watch.run(START + 4.4 * DAY, START + 4.6 * DAY)].flatMap((w) => w.findings);
        const silent = seen.filter((f) => f.kind === 'missing').map((f) => f.source);
        return { reads, found: new Set(silent).size };
      };
      const one = readsFor(1);
      const many = readsFor(30);
      expect([one.found, many.found]).toEqual([1, 30]);
      expect(many.reads).toBe(one.reads);
    });
    test('is not news of the first days', () => {
      expect(missing(weekdays(2 * DAY + HOUR), { followed: 'gateway.log' })).toEqual([]);
    });
  });
});

test('an hour with far more lines than the same hour of the week; the usual ups and downs are not told', () => {
  const week = (at: number): number => {
    const hour = Math.floor((at - START) / HOUR) % 168;
    return hour % 24 >= 8 && hour % 24 < 20 && hour < 120 ? 2 : 0.3;
  };
  const warn = {
    template: 7,
    service: 'web',
    level: 'warn' as const,
    text: 'slow answer <*> ms',
    // slowly more, so that no short window sees it
    rate: (at: number) =>
      week(at) * 0.15 * (at >= START + 35 * DAY + 9 * HOUR && at < START + 35 * DAY + 12 * HOUR ? 6 : 1),
  };
  const log = logOf([{ ...TRAFFIC, rate: (at) => 3 * week(at) }, warn], 35.6);
  const { rows } = watchAll(log, { from: START + 28 * DAY, to: START + 35.6 * DAY });
  expect(rows.filter((r) => r.at < START + 35 * DAY)).toEqual([]);
  const [slow, ...more] = rows.filter((r) => r.templateId === 7);
  expect([slow, more]).toMatchObject([{ severity: 'medium', level: 'warn' }, []]);
  // in words how far out it is; the standard deviations are a number of its own
  expect(slow?.words.ja).toMatch(
    /^web の警告「slow answer … ms」が同じ曜日・同じ時刻のふだんより多くなっています。1時間に\d+行\(ふだんは\d+行、その[\d.]+倍\)。ふだんの揺れでは(めったに|まず)起きません。$/,
  );
  expect(slow?.words.en).toMatch(
    /\(usually \d+, [\d.]+ times as many\)\. The usual ups and downs (seldom|hardly ever) do that\.$/,
  );
  expect(slow?.score).toBeGreaterThan(3);
});

test('a service that suddenly makes up much of all lines', () => {
  const log = logOf(
    [TRAFFIC, { ...TRAFFIC, template: 8, service: 'debugger', rate: between(2 * DAY, 3 * DAY, 4, 0) }],
    2.1,
  );
  const { rows } = watchAll(log, { from: START + DAY, to: START + 2.1 * DAY });
  const component = rows.find((r) => r.kind === 'new-component');
  expect(component).toMatchObject({ service: 'debugger', severity: 'medium', expected: 0 });
  expect(component?.words.ja).toMatch(/^debugger のログが全体の\d+%/);
});

test('quiet weeks of Poisson noise raise nothing', () => {
  const whats = Array.from({ length: 30 }, (_, i) => ({
    template: i + 1,
    service: `s${i % 4}`,
    level: (['info', 'info', 'warn', 'error'] as const)[i % 4] ?? 'info',
    text: `message ${i} <*>`,
    rate: () => 2 / (i + 1),
  }));
  const { rows } = watchAll(logOf(whats, 7, 3), { to: START + 7 * DAY });
  expect(told(rows)).toEqual([]);
});
