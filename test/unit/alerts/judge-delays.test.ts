import { describe, expect, test } from 'vitest';
import type { AlertSettings } from '../../../main/alerts/contract/alerts.ts';
import { heldLevel, judgeDelays, problemOf } from '../../../main/alerts/kinds/delay/judge.ts';
import type { AlertRecord, RiskPoint } from '../../../main/alerts/types.ts';
import type { CellRiskView } from '../../../main/analytics/types.ts';

const MINUTE = 60_000;
const T = Date.UTC(2026, 10, 20, 5, 0);
const DEADLINE = T + 120 * MINUTE;
const settings: AlertSettings = {
  watchAt: 0.5,
  dangerAt: 0.8,
  snapshots: 2,
  everyMinutes: 2,
  notify: 'all',
  quietFrom: null,
  quietTo: null,
  mutes: [],
};
const view = (deadlines: readonly (readonly [number, number])[], dataAt = T): CellRiskView => ({
  line: 0,
  step: 0,
  cell: { cellId: 'A', location: '札幌', businessId: '523201', businessName: 'SS', process: 'エントリ1' },
  dataAt,
  backlog: 400,
  throughput: 200,
  people: 5,
  pMiss: Math.max(0, ...deadlines.map(([, p]) => p)),
  deadlines: deadlines.map(([deadline, pMiss], lot) => ({
    deadline,
    lot,
    able: 300,
    pMiss,
    due: 400,
    shortItems: 60,
    required: 230,
    finishAt: null,
  })),
});
const judge = (
  v: CellRiskView,
  o: { live?: readonly AlertRecord[]; before?: readonly number[]; now?: number } = {},
) =>
  judgeDelays({
    report: { at: v.dataAt, zone: 'Asia/Tokyo', cells: [v] },
    live: o.live ?? [],
    work: null,
    rosters: null,
    wasClosed: () => false,
    earlier: () => (o.before ?? []).map((pMiss, k) => ({ at: v.dataAt - (k + 1) * 2 * MINUTE, pMiss })),
    settings,
    now: o.now ?? v.dataAt,
    newId: () => 'new',
  });
const opened = (change: Partial<AlertRecord> = {}): AlertRecord => {
  const [alert] = judge(view([[DEADLINE, 0.6]]), { before: [0.6] }).opened;
  if (!alert) throw new Error('nothing opened');
  return { ...alert, notice: null, ...change };
};

describe('the level that has held', () => {
  const points = (...list: number[]): RiskPoint[] =>
    list.map((pMiss, k) => ({ at: T - (k + 1) * 2 * MINUTE, pMiss }));
  test.each([
    [0.9, points(0.85), 'danger'],
    [0.9, points(0.79), 'watch'],
    [0.5, points(0.5), 'watch'],
    [0.9, points(0.49), null],
    [0.49, points(0.9), null],
    [0.9, points(), null],
    [0.9, [{ at: T - 31 * MINUTE, pMiss: 0.9 }], null],
  ] as const)('%s after %j is %s', (pMiss, earlier, level) => {
    expect(heldLevel(pMiss, T, earlier, settings)).toBe(level);
  });
  test('with one snapshot asked for, the newest alone decides', () => {
    expect(heldLevel(0.9, T, [], { ...settings, snapshots: 1 })).toBe('danger');
  });
});

test('the worst deadline of a cell raises one alert, with its numbers', () => {
  const v = view([
    [DEADLINE, 0.6],
    [DEADLINE + 60 * MINUTE, 0.9],
    [DEADLINE + 120 * MINUTE, 0.95],
  ]);
  const { opened, changed } = judge(v, { before: [0.9] });
  expect(changed).toEqual([]);
  expect(opened).toMatchObject([
    {
      problem: problemOf('A', DEADLINE + 60 * MINUTE),
      severity: 'danger',
      state: 'open',
      notice: 'opened',
      evidence: { pMiss: 0.9, deadline: DEADLINE + 60 * MINUTE, shortItems: 60, people: 5 },
    },
  ]);
});

describe('a further lot of the cell that becomes late', () => {
  const later = DEADLINE + 60 * MINUTE;
  const both = (p: number, k = 1) =>
    view(
      [
        [DEADLINE, 0.9],
        [later, p],
      ],
      T + 2 * k * MINUTE,
    );
  const known = (change: Partial<AlertRecord> = {}): AlertRecord => {
    const [alert] = judge(view([[DEADLINE, 0.9]]), { before: [0.9] }).opened;
    if (!alert) throw new Error('nothing opened');
    return { ...alert, notice: null, state: 'acknowledged', acknowledgedBy: '佐藤', ...change };
  };
  const named = (alert: AlertRecord | undefined) => alert?.deadlines.map(({ deadline }) => deadline);

  test('is named by the alert that is there, and rings no more where it is less grave', () => {
    const { opened, changed } = judge(both(0.7), { live: [known()], before: [0.7] });
    expect(opened).toEqual([]);
    expect(changed).toMatchObject([
      { state: 'acknowledged', notice: null, evidence: { deadline: DEADLINE }, until: later },
    ]);
    expect(named(changed[0])).toEqual([DEADLINE, later]);
  });
  test('rings once where it is at danger too, also for whoever had acknowledged the first', () => {
    const first = judge(both(0.9), { live: [known()], before: [0.9] });
    expect(first.opened).toEqual([]);
    expect(first.changed).toMatchObject([
      { severity: 'danger', state: 'open', notice: 'added', acknowledgedBy: null },
    ]);
    const told = { ...first.changed[0]!, notice: null };
    const again = judge(both(0.9, 2), { live: [told], before: [0.9] });
    expect(again.changed).toMatchObject([{ state: 'open', notice: null }]);
    const wavered = judge(both(0.6, 3), { live: [again.changed[0]!], before: [0.6] });
    expect(judge(both(0.9, 4), { live: wavered.changed, before: [0.9] }).changed).toMatchObject([
      { notice: null },
    ]);
  });
  test('leads the alert where it is the graver one', () => {
    const { changed } = judge(
      view(
        [
          [DEADLINE, 0.6],
          [later, 0.9],
        ],
        T + 2 * MINUTE,
      ),
      { live: [opened()], before: [0.9, 0.6] },
    );
    expect(changed).toMatchObject([{ severity: 'danger', notice: 'escalated' }]);
    expect(named(changed[0])).toHaveLength(2);
  });
  test('keeps the alert when the first one’s deadline has passed', () => {
    const [alert] = judge(both(0.9), { live: [known()], before: [0.9] }).changed;
    const now = DEADLINE + 2 * MINUTE;
    const { changed, opened } = judge(view([[later, 0.9]], now), { live: [alert!], before: [0.9] });
    expect(opened).toEqual([]);
    expect(changed).toMatchObject([{ closedAt: null, evidence: { deadline: later } }]);
  });
});

test('watch becomes danger, and whoever had acknowledged or snoozed it is told again', () => {
  for (const state of ['acknowledged', 'snoozed'] as const) {
    const live = [opened({ state, acknowledgedBy: '佐藤', snoozedUntil: T + 60 * MINUTE })];
    const { changed } = judge(view([[DEADLINE, 0.9]], T + 2 * MINUTE), { live, before: [0.85] });
    expect(changed).toMatchObject([
      { severity: 'danger', state: 'open', notice: 'escalated', acknowledgedBy: null, snoozedUntil: null },
    ]);
  }
});

test('danger never fades to watch: it stays until it is over', () => {
  const live = [opened({ severity: 'danger' })];
  const { changed } = judge(view([[DEADLINE, 0.55]], T + 2 * MINUTE), { live });
  expect(changed).toMatchObject([{ severity: 'danger', state: 'open', calm: 0 }]);
});

test('it takes two clearly calm snapshots in a row to close; hovering at the level does not', () => {
  let alert = opened();
  const step = (k: number, pMiss: number): string => {
    const { changed } = judge(view([[DEADLINE, pMiss]], T + k * 2 * MINUTE), { live: [alert] });
    alert = changed[0] ?? alert;
    return alert.state;
  };
  expect([step(1, 0.3), step(2, 0.45), step(3, 0.39), step(4, 0.2)]).toEqual([
    'open',
    'open',
    'open',
    'resolved',
  ]);
  expect(alert.closedAt).toBe(T + 8 * MINUTE);
});

test('a deadline whose work is all done counts as calm', () => {
  const live = [opened({ calm: 1 })];
  expect(judge(view([], T + 2 * MINUTE), { live }).changed).toMatchObject([{ state: 'resolved' }]);
});

test('the same snapshot seen again changes nothing', () => {
  expect(judge(view([[DEADLINE, 0.1]]), { live: [opened()], now: T + MINUTE })).toEqual({
    changed: [],
    opened: [],
  });
});

test('once its deadline has passed an alert expires, whatever the data say', () => {
  const now = DEADLINE;
  expect(judge(view([[DEADLINE, 1]]), { live: [opened({ state: 'snoozed' })], now }).changed).toMatchObject([
    { state: 'expired', closedAt: now },
  ]);
});

test('a passed deadline raises nothing, and neither does a cell whose risk cannot be told', () => {
  expect(judge(view([[T, 1]]), { before: [1] }).opened).toEqual([]);
  expect(judge({ ...view([]), pMiss: null }, { live: [opened()], now: T + MINUTE }).changed).toEqual([]);
});

describe('a lot that is late on its way down a line', () => {
  const AFTER = DEADLINE + 30 * MINUTE;
  /** エントリ1 → エントリ2 → 補正; each step's deadline is half an hour after the one before */
  const line = (steps: readonly { p: number; able?: number }[], dataAt = T): CellRiskView[] =>
    steps.map(({ p, able = 900 }, step) => ({
      ...view([], dataAt),
      cell: { ...view([]).cell, cellId: 'ABC'[step] ?? '', process: `工程${step + 1}` },
      step,
      pMiss: p,
      deadlines: [
        {
          deadline: DEADLINE + step * 30 * MINUTE,
          lot: 0,
          pMiss: p,
          due: 400,
          able,
          shortItems: 60,
          required: 230,
          finishAt: null,
        },
      ],
    }));
  const judgeLine = (
    cells: readonly CellRiskView[],
    o: { live?: readonly AlertRecord[]; before?: number; now?: number } = {},
  ) => {
    const at = cells[0]?.dataAt ?? T;
    return judgeDelays({
      report: { at: o.now ?? at, zone: 'Asia/Tokyo', cells },
      live: o.live ?? [],
      work: null,
      rosters: null,
      wasClosed: () => false,
      earlier: () => [{ at: at - 2 * MINUTE, pMiss: o.before ?? 0.9 }],
      settings,
      now: o.now ?? at,
      newId: () => 'new',
    });
  };
  const named = (alert: AlertRecord | undefined) =>
    alert?.deadlines.map(({ cell, deadline }) => [cell.cellId, (deadline - T) / MINUTE]);
  const SHORT = 300;
  const first = (): AlertRecord => {
    const [alert] = judgeLine(line([{ p: 0.9, able: SHORT }, { p: 0.9 }, { p: 0.6 }])).opened;
    if (!alert) throw new Error('nothing opened');
    return { ...alert, notice: null, state: 'acknowledged', acknowledgedBy: '佐藤' };
  };

  test('rings once: the first late step, with the steps and deadlines that only wait for it', () => {
    const { opened } = judgeLine(line([{ p: 0.9, able: SHORT }, { p: 0.9 }, { p: 0.6 }]));
    expect(opened).toMatchObject([
      {
        cell: { cellId: 'A' },
        severity: 'danger',
        evidence: { deadline: DEADLINE },
        until: AFTER + 30 * MINUTE,
      },
    ]);
    expect(named(opened[0])).toEqual([
      ['A', 120],
      ['B', 150],
      ['C', 180],
    ]);
  });
  test('has a problem of its own where a later step could not do its work even if all of it lay there', () => {
    const { opened } = judgeLine(line([{ p: 0.9, able: SHORT }, { p: 0.9 }, { p: 0.9, able: SHORT }]));
    expect(opened.map(named)).toEqual([
      [
        ['A', 120],
        ['B', 150],
      ],
      [['C', 180]],
    ]);
  });
  test('is named when it becomes late later, without a second ring', () => {
    const [alone] = judgeLine(line([{ p: 0.9, able: SHORT }, { p: 0.1 }, { p: 0.1 }])).opened;
    if (!alone) throw new Error('nothing opened');
    const { opened, changed } = judgeLine(
      line([{ p: 0.9, able: SHORT }, { p: 0.9 }, { p: 0.1 }], T + 2 * MINUTE),
      {
        live: [{ ...alone, notice: null }],
      },
    );
    expect(opened).toEqual([]);
    expect(changed.map((alert) => [named(alert), alert.notice])).toEqual([
      [
        [
          ['A', 120],
          ['B', 150],
        ],
        null,
      ],
    ]);
  });
  test('keeps its alert when the first step is through: it goes down the line and stays acknowledged', () => {
    const now = DEADLINE + 2 * MINUTE;
    const cells = line([{ p: 0.9 }, { p: 0.9 }, { p: 0.6 }], now);
    const { opened, changed } = judgeLine(cells, { live: [first()] });
    expect(opened).toEqual([]);
    expect(changed).toMatchObject([
      { state: 'acknowledged', cell: { cellId: 'B' }, evidence: { deadline: AFTER }, notice: null },
    ]);
    expect(judgeLine(cells, { live: [first()], now: AFTER + 30 * MINUTE }).changed).toMatchObject([
      { state: 'expired' },
    ]);
  });
  test('belongs to the earlier step as soon as that is late as well, in the same alert', () => {
    const [second] = judgeLine(line([{ p: 0.1 }, { p: 0.6 }, { p: 0.1 }]), { before: 0.6 }).opened;
    if (!second) throw new Error('nothing opened');
    const { opened, changed } = judgeLine(
      line([{ p: 0.6, able: SHORT }, { p: 0.6 }, { p: 0.1 }], T + 2 * MINUTE),
      {
        live: [second],
        before: 0.6,
      },
    );
    expect(opened).toEqual([]);
    expect(changed.map((alert) => [alert.id, alert.cell?.cellId])).toEqual([[second.id, 'A']]);
  });
  test('closes when all of its steps are calm', () => {
    const calm = line([{ p: 0.1 }, { p: 0.1 }, { p: 0.1 }], T + 2 * MINUTE);
    expect(judgeLine(calm, { live: [{ ...first(), calm: 1 }] }).changed).toMatchObject([
      { state: 'resolved', evidence: { pMiss: 0.1 } },
    ]);
  });
});
