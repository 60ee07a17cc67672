import { afterAll, describe, expect, test } from 'vitest';
import { cellIdOf } from '../../../main/api/contract/common.ts';
import { instantOf } from '../../../main/kernel/clock.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import { ProposalScope } from '../../../main/placement/contract/placement.ts';
import { deadlinesOfDay, noticeFor } from '../../../main/placement/day-plan/learn-line.ts';
import { carriedShare, daysLike } from '../../../main/placement/day-plan/learn-site.ts';
import { daysAhead, loadDay } from '../../../main/placement/day-plan/load-day.ts';
import { loansOf, planDay } from '../../../main/placement/day-plan/plan-day.ts';
import type { Notice } from '../../../main/placement/flow/match-lots.ts';
import { createSolver } from '../../../main/placement/index.ts';
import type { Instance } from '../../../main/placement/types.ts';
import { columnNames, upsert } from '../../../main/store/index.ts';
import { cellOf, snapshots } from '../../engine/analytics/site-fixture.ts';
import { makeTomorrow } from '../../helpers/placement/tomorrow.ts';
import { walkDay } from '../../helpers/placement/walk-day.ts';
import { memoryStore } from '../../helpers/store/memory-store.ts';

const MINUTE = 60_000;

describe('what a line is like is learnt from its snapshots', () => {
  test('a later step is due so long after the first as it usually is, also for deadlines it has not shown yet', () => {
    const seen = (...minutes: number[]) =>
      minutes.map((minute) => ({ deadline: minute * MINUTE, opened: null }));
    expect(deadlinesOfDay([{ midnight: 0, steps: [seen(660, 840, 960), seen(690, 870)] }])).toEqual([
      [660, 690],
      [840, 870],
      [960, 990],
    ]);
  });

  test('work is booked onto a deadline until a time before it, in the middle of what was seen', () => {
    expect(noticeFor([[110, 120]], [[110, 120]])).toBe(115);
    // a line that shows nothing takes what the others show
    expect(noticeFor([[0, 1440]], [[110, 120]])).toBe(115);
    // days with few counts show it roughly, or contradict themselves: the one that was looked at closely tells
    const rough: Notice = [90, 120];
    expect(noticeFor([[108, 118], rough, [90, 90], rough], [])).toBe(113);
    // and one odd day among many does not
    expect(noticeFor([[150, 160], rough, rough], [])).toBe(105);
  });

  test('a day without a roster has that of the last such weekday that was no holiday, a holiday that of the last holiday', () => {
    const { read, apply, close } = memoryStore();
    const rows = ['2026-11-03', '2026-11-16', '2026-11-23', '2026-11-25'].map((date) => ({
      assignment_id: date,
      assignment_date: date,
      operator_id: 'OP1',
      location_name: '札幌',
      business_id: '523201',
      process_name: 'エントリ1',
      start_time: 540,
      end_time: 1080,
    }));
    apply([upsert('daily_assignments', columnNames('daily_assignments'), null, rows)]);
    const from = (today: string): Map<string, string | null> =>
      new Map(
        daysAhead(read, instantOf(today, 540, 'Asia/Tokyo'), 'Asia/Tokyo').map((d) => [d.date, d.roster]),
      );
    // 11-23 is 勤労感謝の日
    expect(from('2026-11-25').get('2026-11-30')).toBe('2026-11-16');
    expect(from('2026-11-25').get('2026-12-02')).toBe('2026-11-25');
    expect(daysLike('2026-11-23')).toEqual(['2026-11-03']);
    expect(daysLike('2026-11-30')).toEqual(['2026-11-16', '2026-11-09', '2026-11-02']);
    close();
  });

  test.each([
    { morning: 40, share: 1, what: 'is there the next morning, where the company hands it over' },
    { morning: 0, share: 0, what: 'is not there where days begin afresh' },
  ])('what an evening leaves at a later step $what', ({ morning, share }) => {
    const { read, apply, close } = memoryStore();
    const day = (date: string, h: number): number => instantOf(date, h * 60, 'Asia/Tokyo');
    const later = cellOf('札幌', '523201', 'エントリ2');
    apply([
      snapshots(
        [
          { at: day('2026-11-19', 9), lots: [[null, 0]], done: 0 },
          { at: day('2026-11-19', 20), lots: [[null, 40]], done: 500 },
          { at: day('2026-11-20', 8), lots: [[null, morning]], done: 0 },
        ],
        later,
      ),
    ]);
    const instance = {
      cells: ['エントリ1', 'エントリ2'].map((process) => ({
        cell: { cellId: cellIdOf('札幌', '523201', process) },
      })),
    } as unknown as Instance;
    expect(
      carriedShare(read, [{ cells: [0, 1] }], {
        instance,
        at: day('2026-11-20', 12),
        zone: 'Asia/Tokyo',
      }),
    ).toBe(share);
    close();
  });
});

describe('a plan for a simulated tomorrow', () => {
  const solver = createSolver({ log: silentLog });
  afterAll(() => solver.close());

  test.each([8, 14])(
    'keeps every rule, minute by minute, and misses no deadline that was safe (seed %i)',
    async (seed) => {
      const tomorrow = makeTomorrow({ seed, scenario: 'random' });
      const day = await loadDay(tomorrow.read, tomorrow.at, { ...tomorrow.options, date: undefined });
      if (!day) throw new Error('no data');
      expect(day.day.date).toBe(tomorrow.date);
      const scope = ProposalScope.parse({ horizon: 'next-day' });
      const plan = await planDay(day, scope, { solver, log: silentLog });
      expect(plan.moves.length).toBeGreaterThan(0);
      const walked = walkDay(day, plan.moves);
      expect(walked.violations).toEqual([]);
      const idle = walkDay(day, []);
      expect(walked.missed.filter((deadline) => !idle.missed.includes(deadline))).toEqual([]);
      expect(walked.missed.length).toBeLessThan(idle.missed.length);
      // lived: what could be known beforehand is no longer missed
      expect(tomorrow.lived([], 'known').length).toBeGreaterThan(0);
      expect(tomorrow.lived(plan.moves, 'known')).toEqual([]);
      expect(plan.day?.lowest?.after.pOnTime).toBeGreaterThan(plan.day?.lowest?.before.pOnTime ?? 1);
      // what was dragged stays, and the rest is solved around it
      const [move] = plan.moves;
      if (!move) throw new Error('no moves');
      const pin = {
        operatorId: move.operatorId,
        cellId: move.to.cellId,
        startsAt: move.startsAt + 60 * MINUTE,
        endsAt: move.endsAt,
      };
      const again = await planDay(day, { ...scope, pin: [pin] }, { solver, log: silentLog });
      expect(again.moves.filter((m) => m.pinned)).toMatchObject([
        {
          operatorId: pin.operatorId,
          startsAt: pin.startsAt,
          endsAt: pin.endsAt,
          to: { cellId: pin.cellId },
        },
      ]);
      expect(walkDay(day, again.moves).violations).toEqual([]);
      // asked about one site that is on course, its own chances are told, not the worst of all sites
      const { location } = plan.effects.find((effect) => effect.before.pOnTime > 0.99)?.cell ?? move.from;
      const calm = await planDay(day, { ...scope, location }, { solver, log: silentLog });
      expect(calm.day?.lowest?.before.cell.location).toBe(location);
      tomorrow.close();
    },
  );

  test('moves nobody where everything is on time, and says so', async () => {
    const tomorrow = makeTomorrow({ seed: 1, scenario: 'normal' });
    const day = await loadDay(tomorrow.read, tomorrow.at, tomorrow.options);
    if (!day) throw new Error('no data');
    const plan = await planDay(day, ProposalScope.parse({ horizon: 'next-day' }), { solver, log: silentLog });
    expect(plan.moves).toEqual([]);
    expect(plan.badge.kind).toBe('nothing-needed');
    expect(plan.impact).toMatchObject({ missedBefore: 0, missedAfter: 0 });
    expect(loansOf(day, { moves: plan.moves } as never)).toEqual([]);
    tomorrow.close();
  });
});
