import { describe, expect, test } from 'vitest';
import { detectValues } from '../../../main/anomalies/detect/detect-values.ts';
import { Sessions } from '../../../main/anomalies/detect/follow-sessions.ts';
import { UsualValues } from '../../../main/anomalies/detect/learn-values.ts';
import type { LogLine } from '../../../main/logs/contract/logs.ts';
import { chance, DAY, HOUR, logOf, MINUTE, START, TRAFFIC, watchAll } from './stage.ts';

const minuteOfDay = (at: number): number => ((at - START) % DAY) / MINUTE;
const told = (rows: readonly { kind: string; severity: string; templateId: number | null }[]): string[] =>
  rows.map((r) => `${r.kind} ${r.severity} ${r.templateId ?? ''}`);

describe('what comes seldom', () => {
  const backup = (missing: boolean) => ({
    template: 7,
    service: 'batch',
    level: 'info' as const,
    text: 'full backup finished',
    // Saturdays, at a quarter past five or up to an hour later
    rate: (at: number): number => {
      const day = Math.floor((at - START) / DAY);
      return day % 7 === 5 && minuteOfDay(at) === 315 + (day % 4) * 20 && !(missing && day === 26) ? -1 : 0;
    },
  });
  const lastDays = (missing: boolean) =>
    watchAll(logOf([TRAFFIC, backup(missing)], 28), { from: START + 25 * DAY, to: START + 28 * DAY }).rows;
  test('a weekly job that did not finish is told once three weeks are known', () => {
    const [row] = lastDays(true);
    expect(told(lastDays(true))).toEqual(['missing medium 7']);
    expect((row?.at ?? 0) - (START + 26 * DAY)).toBeLessThan(7 * HOUR);
    expect(lastDays(false)).toEqual([]);
  });
  test('a link that looks about every hour is missed after two of its longest gaps, not after one', () => {
    const next = chance(9);
    const times = new Set<number>();
    for (let at = START; at < START + 6 * DAY; at += Math.floor(40 + next() * 30) * MINUTE)
      if (at < START + 5 * DAY + 6 * HOUR || at > START + 5 * DAY + 12 * HOUR) times.add(at);
    const poll = {
      template: 8,
      service: 'link',
      level: 'info' as const,
      text: 'poll done',
      rate: (at: number): number => (times.has(at) ? -1 : 0),
    };
    const { rows } = watchAll(logOf([TRAFFIC, poll], 6), { from: START + 4 * DAY, to: START + 6 * DAY });
    expect(told(rows)).toEqual(['missing medium 8']);
    const [row] = rows;
    expect(Math.abs((row?.at ?? 0) - (START + 5 * DAY + 6 * HOUR))).toBeLessThan(70 * MINUTE);
    expect((row?.until ?? 0) - (START + 5 * DAY + 12 * HOUR)).toBeLessThan(71 * MINUTE);
  });
  test('a controller that reports every twelve minutes is missed on a night when hardly anything else is written', () => {
    const stop = START + 4 * DAY + 2 * HOUR;
    const hourly = (at: number): number => (at % (9 * MINUTE) === 0 ? -1 : 0);
    const alive = {
      template: 8,
      service: 'doors',
      level: 'info' as const,
      text: 'controller alive',
      // an outage of the day before does not make it uneven
      rate: (at: number): number =>
        at % (12 * MINUTE) === 0 && at < stop && (at < stop - 20 * HOUR || at > stop - 18 * HOUR) ? -1 : 0,
    };
    const { rows } = watchAll(logOf([{ ...TRAFFIC, rate: hourly }, alive], 5), {
      from: stop - HOUR,
      to: stop + 3 * HOUR,
    });
    expect(told(rows)).toEqual(['missing medium 8']);
    expect(Math.abs((rows[0]?.at ?? 0) - stop)).toBeLessThan(13 * MINUTE);
  });
  test('a nightly job of Saturdays that never came on a Sunday is not awaited on the next', () => {
    const nightly = (missing: number) => ({
      template: 7,
      service: 'batch',
      level: 'info' as const,
      text: 'orders transferred',
      rate: (at: number): number => {
        const day = Math.floor((at - START) / DAY);
        return day % 7 !== 6 && day !== missing && minuteOfDay(at) === 60 + (day % 4) ? -1 : 0;
      },
    });
    const week = (missing: number) =>
      watchAll(logOf([TRAFFIC, nightly(missing)], 14), { from: START + 11 * DAY, to: START + 14 * DAY }).rows;
    expect(week(-1)).toEqual([]);
    expect(told(week(11))).toEqual(['missing medium 7']);
  });
  test('a nightly job that ends around midnight is missed when it does not end, on whichever side it used to', () => {
    const settled = (missing: number) => ({
      template: 7,
      service: 'batch',
      level: 'info' as const,
      text: 'day settled',
      // from 23:43 to 0:13
      rate: (at: number): number => {
        const night = Math.floor((at - START - DAY / 2) / DAY);
        return night !== missing && minuteOfDay(at + DAY / 2) === 703 + (night % 4) * 10 ? -1 : 0;
      },
    });
    const nights = (missing: number) =>
      watchAll(logOf([TRAFFIC, settled(missing)], 12), { from: START + 8 * DAY, to: START + 12 * DAY }).rows;
    expect(nights(-1)).toEqual([]);
    const [row] = nights(9);
    expect(told(nights(9))).toEqual(['missing medium 7']);
    expect(row?.words.en).toContain('23:43');
    expect((row?.until ?? 0) - (START + 11 * DAY)).toBeLessThan(15 * MINUTE);
  });
  test('a service that goes on under another name has not fallen silent', () => {
    const change = START + 4 * DAY + 10 * HOUR;
    const labels = (service: string, source: string, here: (at: number) => boolean) => ({
      template: 9,
      service,
      source,
      level: 'info' as const,
      text: 'label <*> printed',
      rate: (at: number): number => (here(at) ? 2 : 0),
    });
    const week = (after: string) =>
      watchAll(
        logOf(
          [
            { ...TRAFFIC, rate: () => 2 },
            labels('print', 'company', (at) => at < change),
            labels(after, 'company', (at) => at >= change + 8 * MINUTE),
            { ...labels('ledger', 'company', () => true), template: 10 },
          ],
          5,
        ),
        { from: START + 3 * DAY, to: START + 5 * DAY },
      ).incidents.map((i) => i.title.en);
    expect(week('labelling')).toEqual([]);
    // what another service said all along does not stand for it
    expect(week('ledger')).not.toEqual([]);
  });
  test('a message that a new version says in other words has not stopped', () => {
    const change = START + 4 * DAY + 10 * HOUR;
    const page = (template: number, level: 'info' | 'error', here: (at: number) => boolean) => ({
      template,
      service: 'shop',
      level,
      text: `page ${template} sent`,
      rate: (at: number): number => (here(at) ? -1 : 0),
    });
    const titles = (level: 'info' | 'error') =>
      watchAll(
        logOf([TRAFFIC, page(9, 'info', (at) => at < change), page(10, level, (at) => at >= change)], 5),
        { from: START + 4 * DAY, to: START + 5 * DAY },
      ).rows.filter((row) => row.kind === 'missing');
    expect(titles('info')).toEqual([]);
    expect(titles('error')).toHaveLength(1);
  });
  test('of three nodes that say they are alive in the same words, one that stops is missed until it is back', () => {
    const stop = START + 4 * DAY + 10 * HOUR;
    const nodes = {
      template: 9,
      service: 'archive',
      level: 'info' as const,
      text: 'node <*> alive',
      rate: (at: number): number =>
        at % (2 * MINUTE) === 0 ? (at >= stop && at < stop + 5 * HOUR ? -2 : -3) : 0,
    };
    const { incidents, rows } = watchAll(logOf([TRAFFIC, nodes], 5), {
      from: START + 3 * DAY,
      to: START + 5 * DAY,
    });
    expect(incidents.map((i) => i.title.en)).toEqual([
      'Message “node … alive” of archive is below the usual',
    ]);
    const [row] = rows;
    expect([row?.at, row?.until]).toEqual([stop, stop + 5 * HOUR]);
  });
  test('lines that come in rounds leave long gaps by chance: none of them is told', () => {
    const next = chance(3);
    const rounds = new Set<number>();
    for (let at = START; at < START + 10 * DAY; at += MINUTE)
      if (next() < 0.06) for (let i = 0; i < 2; i++) rounds.add(at + i * MINUTE);
    const steps = {
      template: 9,
      service: 'handheld',
      level: 'info' as const,
      text: 'step',
      rate: (at: number): number => (rounds.has(at) ? -3 : 0),
    };
    const { rows } = watchAll(logOf([TRAFFIC, steps], 10), { from: START + 4 * DAY, to: START + 10 * DAY });
    expect(rows).toEqual([]);
  });
});

describe('what comes more often', () => {
  const refused = {
    template: 5,
    service: 'doors',
    level: 'warn' as const,
    text: 'badge <*> refused',
    rate: (at: number): number =>
      at >= START + 3 * DAY + 9 * HOUR && at < START + 3 * DAY + 13 * HOUR ? 0.5 : 0.02,
  };
  const around = () =>
    watchAll(logOf([TRAFFIC, refused], 4), {
      from: START + 3 * DAY + 8 * HOUR,
      to: START + 3 * DAY + 16 * HOUR,
    });
  test('began when its lines became more, not with the last of those that are usual', () => {
    const [row] = around().rows;
    expect(Math.abs((row?.at ?? 0) - (START + 3 * DAY + 9 * HOUR))).toBeLessThan(20 * MINUTE);
  });
  test('drips on as one anomaly through its longer gaps, until it is over', () => {
    const { rows, incidents } = around();
    expect(told(rows)).toEqual(['spike medium 5']);
    expect(incidents).toHaveLength(1);
    expect(Math.abs((rows[0]?.until ?? 0) - (START + 3 * DAY + 13 * HOUR))).toBeLessThan(45 * MINUTE);
  });
});

test('what begins in a service hours after another trouble of it is an incident of its own', () => {
  const trouble = (template: number, hour: number) => ({
    template,
    service: 'doors',
    level: 'error' as const,
    text: `trouble ${template}`,
    rate: (at: number): number => (at >= START + DAY + hour * HOUR && at < START + DAY + 9 * HOUR ? 1.5 : 0),
  });
  const troubles = (later: number): number =>
    watchAll(logOf([TRAFFIC, trouble(5, 3), trouble(6, later)], 1.5), { to: START + 1.5 * DAY }).incidents
      .length;
  expect([troubles(4), troubles(7)]).toEqual([1, 2]);
});

describe('values', () => {
  const learned = (values: readonly number[]): UsualValues => {
    const usual = new UsualValues();
    values.forEach((value, i) => {
      const from = START + i * DAY;
      usual.learn(
        '7 1/2',
        { unit: null, values: [value] },
        {
          from,
          judged: { isBeyond: false, isOdd: false },
          accepted: false,
        },
      );
    });
    return usual;
  };
  test('one a day has a range after some days, and each is judged by itself', () => {
    const usual = learned([4200, 4150, 4310, 4120, 4270, 4190, 4230, 4160, 4290, 4240]);
    const at = START + 10 * DAY;
    expect(usual.range('7 1/2', null, at)).toMatchObject({ isSparse: true });
    expect(usual.pool('7 1/2', { unit: null, values: [1900] }, { from: at, at })?.numbers.values).toEqual([
      1900,
    ]);
    expect(usual.isNews('7 1/2', at)).toBe(true);
  });
  test('a disk that fills by little at a time is told by how far it moved, and its emptying is not', () => {
    const usual = new UsualValues();
    const next = chance(2);
    const told: number[] = [];
    const at = (hour: number): number => START + hour * HOUR;
    for (let half = 0; half < 2 * 24 * 14; half++) {
      const hour = half / 2;
      const filling = hour >= 24 * 12 && hour < 24 * 13 ? 0.6 * (hour - 24 * 12) : 0;
      const here = { unit: '%', values: [71 + hour / 200 + filling + 0.1 * next()] };
      const window = { from: at(hour), at: at(hour + 0.5) };
      const drifting = usual.drift('7 1/2', here, window);
      if (drifting) told.push(hour - 24 * 12);
      const pooled = usual.pool('7 1/2', here, window);
      if (pooled)
        usual.learn('7 1/2', pooled.numbers, {
          from: pooled.from,
          judged: { isBeyond: drifting !== null, isOdd: drifting !== null },
          accepted: false,
        });
    }
    expect(told[0]).toBeLessThanOrEqual(3);
    expect(told.at(-1)).toBe(23.5);
    expect(told.length).toBeGreaterThan(40);
  });
  test('a temperature that hardly varies has a range of its own width: a degree off is far out', () => {
    const usual = new UsualValues();
    const next = chance(4);
    for (let window = 0; window < 200; window++)
      usual.learn(
        '7 1/2',
        { unit: 'C', values: Array.from({ length: 7 }, () => 72.4 + 0.3 * (next() - 0.5)) },
        { from: START + window * 15 * MINUTE, judged: { isBeyond: false, isOdd: false }, accepted: false },
      );
    const at = START + 200 * 15 * MINUTE;
    const range = usual.range('7 1/2', 'C', at);
    expect(range?.p01).toBeCloseTo(72.25, 1);
    expect(range?.p99).toBeCloseTo(72.55, 1);
    const fact = { id: 7, text: 'tube <*> C', level: 'info', mark: 'none', firstAt: START } as const;
    const said = (values: readonly number[]) =>
      range &&
      detectValues(values, range, { from: at, at: at + 15 * MINUTE, fact, line: undefined, tests: 4000 });
    expect(said([71.3, 71.2, 71.3, 71.2, 71.4])?.finding).toMatchObject({ severity: 'medium' });
    expect(said([72.5, 72.56, 72.57, 72.58, 72.4])).toEqual({ isBeyond: false, finding: null });
  });
  test('numbers given out one after the other are no quantities: a new book of slips is no news', () => {
    const slips = learned(Array.from({ length: 30 }, (_, i) => 10_231 + i * 3));
    expect(slips.range('7 1/2', null, START + 30 * DAY)).toBeNull();
  });
});

describe('sessions', () => {
  const PARTS = [{ kind: 'parameter', type: 'id', gap: true }] as const;
  const line = (at: number, templateId: number, id: string) =>
    ({
      at,
      templateId,
      text: id,
      parameters: [[0, id.length]],
      attributes: '',
      service: 'gate',
    }) as unknown as LogLine;
  /** Rounds of three steps for two days; `later`: the steps of those that follow. */
  function lived(later: (i: number) => readonly number[], o: Parameters<Sessions['close']>[1] = {}) {
    const sessions = new Sessions();
    let deviating = 0;
    for (let i = 0; i < 3000; i++) {
      const at = START + i * MINUTE;
      for (const template of i < 2880 ? [1, 2, 3] : later(i))
        sessions.add(line(at + template, template, `lot-${10_000 + i}`), PARTS);
      if (i % 15 === 14) deviating += sessions.close(at, o).reduce((n, c) => n + c.deviating.length, 0);
    }
    return { deviating, sessions };
  }
  test('a program that writes a new everyday line goes another way, which is no trouble', () => {
    const renamed = (): readonly number[] => [1, 4, 3];
    expect(lived(renamed).deviating).toBeGreaterThan(50);
    expect(lived(renamed, { isNew: (template) => template === 4 }).deviating).toBe(0);
  });
  test('steps in another order are found for as long as they last: what is told is not learned from', () => {
    const shuffled = (): readonly number[] => [2, 1, 3];
    const { deviating, sessions } = lived((i) => (i % 2 ? shuffled() : [1, 2, 3]), {
      isNews: (closed) => closed.deviating.length >= 3,
    });
    expect(deviating).toBeGreaterThan(40);
    expect(sessions.areWell()).toBe(false);
  });
  test('trouble that was told does not count as the usual share, so that the next is told, too', () => {
    const shares: number[] = [];
    lived((i) => (i < 2940 && i % 2 ? [1, 3] : [1, 2, 3]), {
      isNews: (closed) => shares.push(closed.usualShare) > 0 && closed.deviating.length >= 3,
    });
    expect(shares.at(-1)).toBeLessThan(0.001);
  });
  test('a step that few sessions lack is told by the hours together, from when they lack it on', () => {
    const said: number[] = [];
    const { deviating } = lived((i) => (i > 2920 && i % 14 === 0 ? [1, 3] : [1, 2, 3]), {
      isNews: (closed) => {
        const isNews = closed.deviating.length >= 3;
        if (isNews) said.push(closed.from);
        return isNews;
      },
    });
    expect(deviating).toBeLessThan(7);
    expect(said.length).toBeGreaterThan(0);
    for (const from of said) expect(from).toBeGreaterThanOrEqual(START + 2910 * MINUTE);
  });
  test('sessions are well again after the fewer of them, the more went wrong', () => {
    const wellAfter = (isOdd: (i: number) => boolean): boolean =>
      lived((i) => (i < 2925 && isOdd(i) ? [1, 3] : [1, 2, 3]), {
        isNews: (closed) => closed.deviating.length >= 3,
      }).sessions.areWell();
    expect([wellAfter(() => true), wellAfter((i) => i % 4 === 0)]).toEqual([true, true]);
  });
});
