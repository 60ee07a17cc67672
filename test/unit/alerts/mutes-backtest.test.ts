import { describe, expect, test } from 'vitest';
import { backtest } from '../../../main/alerts/backtest.ts';
import { wordBacktest, wordMute, wordProposedLevel } from '../../../main/alerts/contract/words.ts';
import { isMuted } from '../../../main/alerts/mutes.ts';
import { qualityOf } from '../../../main/alerts/quality.ts';
import { cellIdOf } from '../../../main/api/contract/common.ts';
import { DEFAULT_SETTINGS } from '../../../main/settings/index.ts';

const MINUTE = 60_000;
const T = Date.UTC(2026, 10, 20, 5, 0);
const cell = {
  cellId: cellIdOf('札幌', '523201', 'エントリ1'),
  location: '札幌',
  businessId: '523201',
  businessName: 'SS',
  process: 'エントリ1',
};

describe('a mute', () => {
  const alert = { cells: [cell], kind: 'delay' as const };
  test.each([
    [{ location: '札幌' }, 600, true],
    [{ location: '大阪' }, 600, false],
    [{ process: 'エントリ1', kind: 'overtime' as const }, 600, false],
    [{ kind: 'delay' as const, from: 1320, to: 360 }, 60, true],
    [{ kind: 'delay' as const, from: 1320, to: 360 }, 600, false],
  ])('%j at minute %s covers it: %s', (mute, minute, covered) => {
    expect(isMuted(alert, [mute], minute)).toBe(covered);
  });
  test('of one step does not silence what is late at another step with it', () => {
    const later = { ...cell, cellId: cellIdOf('札幌', '523201', 'エントリ2'), process: 'エントリ2' };
    const both = { kind: 'delay' as const, cells: [cell, later] };
    expect(isMuted(both, [{ process: 'エントリ1' }], 600)).toBe(false);
    expect(isMuted(both, [{ process: 'エントリ1' }, { process: 'エントリ2' }], 600)).toBe(true);
  });
  test('of a site never covers an alert about alerting itself', () => {
    expect(isMuted({ cells: [], kind: 'alerting-broken' }, [{ from: 0, to: 1440 }], 60)).toBe(false);
  });
  test('is said in words', () => {
    const mute = { location: '札幌', businessId: '523201', kind: 'delay' as const, from: 1320, to: 360 };
    expect(wordMute(mute, () => 'SS', 'ja')).toBe('札幌 SS: 遅延のおそれ（22:00〜6:00）');
    expect(wordMute({ process: '目検' }, () => '', 'en')).toBe('目検: every kind');
  });
});

test('levels tried on the past say how often they would have rung, how often rightly, and what they would have missed', async () => {
  const early = T + 60 * MINUTE;
  const late = T + 300 * MINUTE;
  const events = backtest(
    {
      snapshots: Array.from({ length: 40 }, (_, i) => T + i * 2 * MINUTE),
      risks: (at) => ({
        at,
        zone: 'Asia/Tokyo',
        cells: [
          {
            cell,
            line: 0,
            step: 0,
            dataAt: at,
            backlog: 400,
            throughput: 200,
            people: 5,
            pMiss: 0.9,
            deadlines: [
              {
                deadline: early,
                lot: 0,
                able: 300,
                pMiss: 0.9,
                due: 400,
                shortItems: 90,
                required: 300,
                finishAt: null,
              },
            ].filter((lot) => lot.deadline > at),
          },
        ],
      }),
      wasLate: () => true,
      deadlines: [
        { ...cell, deadline: early },
        { ...cell, deadline: late },
      ],
    },
    DEFAULT_SETTINGS.alerts,
  );
  let result = null;
  let progress = 0;
  for await (const event of events)
    if (event.kind === 'result') result = event.result;
    else progress++;
  expect(result).toMatchObject({
    looks: 8,
    fired: 1,
    late: 1,
    unknown: 0,
    pending: 0,
    unseen: 1,
    proposed: null,
  });
  expect(progress).toBeGreaterThan(0);
  expect(result && wordBacktest(result, 7, 'ja')).toBe(
    '先週なら1回鳴り、うち1回は本当に遅れました。鳴らずに遅れた納期は1件です。',
  );
});

test('a level that would have rung more rightly is proposed with what it would have done, from enough missed deadlines only', async () => {
  const STEP = 10 * MINUTE;
  // twenty deadlines an hour apart: one after the other is told at 75 % and missed, at 60 % and met
  const dues = Array.from({ length: 20 }, (_, i) => ({
    deadline: T + (i + 1) * 60 * MINUTE,
    late: i % 2 === 0,
  }));
  const data = (known: readonly (typeof dues)[number][]) => ({
    snapshots: Array.from({ length: 122 }, (_, i) => T + i * STEP),
    risks: (at: number) => {
      const next = known.find(({ deadline }) => deadline > at);
      const pMiss = next === undefined ? 0 : next.late ? 0.75 : 0.6;
      const risk = { lot: 0, able: 300, due: 400, shortItems: 90, required: 300, finishAt: null };
      return {
        at,
        zone: 'Asia/Tokyo',
        cells: [
          {
            cell,
            line: 0,
            step: 0,
            dataAt: at,
            backlog: 400,
            throughput: 200,
            people: 5,
            pMiss,
            deadlines: next ? [{ ...risk, deadline: next.deadline, pMiss }] : [],
          },
        ],
      };
    },
    wasLate: (_: unknown, deadline: number) => dues.find((due) => due.deadline === deadline)?.late ?? null,
    deadlines: known.map(({ deadline }) => ({ ...cell, deadline })),
  });
  const resultOf = async (known: readonly (typeof dues)[number][]) => {
    for await (const event of backtest(data(known), DEFAULT_SETTINGS.alerts))
      if (event.kind === 'result') return event.result;
    return null;
  };
  const result = await resultOf(dues);
  expect(result).toMatchObject({ late: 10, unseen: 0, proposed: { watchAt: 0.7, late: 10, unseen: 0 } });
  expect(result?.fired).toBeGreaterThan(10);
  expect(result?.proposed?.fired).toBe(10);
  expect(result && wordProposedLevel(result, 'en')).toContain('With watch at 70%');
  expect((await resultOf(dues.slice(0, 6)))?.proposed).toBeNull();
});

test('a deadline that is still to come is counted apart: nobody knows yet what becomes of it', () => {
  const result = {
    from: T,
    to: T,
    looks: 8,
    fired: 5,
    late: 2,
    unknown: 1,
    pending: 2,
    unseen: 0,
    proposed: null,
  };
  expect(wordBacktest(result, 7, 'ja')).toBe(
    '先週なら5回鳴り、うち2回は本当に遅れました（1回は記録がなく不明、2回はこれから納期）。鳴らずに遅れた納期はありません。',
  );
  expect(wordBacktest(result, 7, 'en')).toContain(
    '2 of them were really late (1 unknown for want of records, 2 not due yet).',
  );
});

test('a person who leaves a back-test stops it', async () => {
  const abort = new AbortController();
  abort.abort();
  const events = backtest(
    { snapshots: [T], risks: () => null, wasLate: () => null, deadlines: [] },
    DEFAULT_SETTINGS.alerts,
    abort.signal,
  );
  await expect(events.next()).rejects.toThrow('backtest cancelled');
});

test('quality counts what was right, what was of use and what nobody acted on, in all, by kind and by site', () => {
  const told = (late: boolean | null, acted: boolean, location: string) => ({
    kind: 'delay' as const,
    location,
    late,
    acted,
  });
  const rows = qualityOf([told(true, true, '札幌'), told(false, false, '札幌'), told(null, false, '大阪')]);
  expect(
    rows.map((r) => [r.kind, r.location, r.fired, r.late.hits, r.late.of, r.useful.hits, r.ignored]),
  ).toEqual([
    [null, null, 3, 1, 2, 1, 2],
    ['delay', null, 3, 1, 2, 1, 2],
    [null, '大阪', 1, 0, 0, 0, 1],
    [null, '札幌', 2, 1, 2, 1, 1],
  ]);
  expect(qualityOf([])).toEqual([]);
});
