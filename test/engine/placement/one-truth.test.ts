// The same quantity is the same number wherever it is read: situation, alert, card, its simulation and the chart, before and after an approval.
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { type Analytics, createAnalytics } from '../../../main/analytics/index.ts';
import type { Freshness } from '../../../main/api/contract/common.ts';
import type { Proposal } from '../../../main/api/contract/placement.ts';
import { type Approvals, createApprovals } from '../../../main/approvals/index.ts';
import { ManualClock } from '../../../main/clock.ts';
import { silentLog } from '../../../main/log.ts';
import { createPlacement, createSolver, type Placement } from '../../../main/placement/index.ts';
import {
  clock as at,
  type Fixture,
  master,
  openFixture,
  shortStaffed,
  ZONE,
} from '../analytics/site-fixture.ts';

const solver = createSolver({ log: silentLog });
afterAll(() => solver.close());

let fixture: Fixture;
let time: ManualClock;
let placement: Placement;
let approvals: Approvals;
let analytics: Analytics;
beforeEach(async () => {
  fixture = await openFixture();
  time = new ManualClock(at(14, 1));
  const shared = {
    store: fixture.store,
    clock: time,
    zone: () => ZONE,
    freshness: (): Freshness => ({
      source: 'mysql',
      dataAt: at(14),
      syncedAt: at(14),
      online: true,
      stale: false,
      failing: [],
    }),
    log: silentLog,
  };
  placement = createPlacement({ ...shared, solver });
  analytics = createAnalytics(shared);
  approvals = createApprovals({ ...shared, undoMinutes: () => 60, writer: () => null, isStale: () => false });
  // エントリ1 is short of people and hands on to エントリ2
  await fixture.store.write([...shortStaffed({}), ...master()]);
});
afterEach(() => fixture.close());

async function propose(): Promise<Proposal> {
  for await (const event of placement.propose({})) if (event.kind === 'proposal') return event.proposal;
  throw new Error('no proposal');
}
/** The chance of every process's worst deadline, as each door tells it. */
const situation = (): Record<string, number | null> =>
  Object.fromEntries(analytics.situation().rows.map((row) => [row.process, row.pOnTime]));
const alerted = (): Record<string, number | null> =>
  Object.fromEntries(
    (analytics.risks()?.cells ?? []).map((cell) => [
      cell.cell.process,
      1 - Math.max(...cell.deadlines.map((deadline) => deadline.pMiss)),
    ]),
  );
const onCard = ({ effects }: Proposal, side: 'before' | 'after'): Record<string, number> =>
  Object.fromEntries(
    [...Map.groupBy(effects, (effect) => effect.cell.process)].map(([process, own]) => [
      process,
      Math.min(...own.map((effect) => effect[side].pOnTime)),
    ]),
  );
const close = (told: Record<string, number | null>, wanted: Record<string, number | null>): void => {
  expect(Object.keys(told).sort()).toEqual(Object.keys(wanted).sort());
  for (const [process, p] of Object.entries(told)) expect(p, process).toBeCloseTo(wanted[process] ?? -1, 9);
};

test('a shortage reads the same on situation, alert, card and simulation, before and after the approval', async () => {
  const proposal = await propose();
  expect(proposal.moves.length).toBeGreaterThan(0);
  close(situation(), onCard(proposal, 'before'));
  close(alerted(), onCard(proposal, 'before'));
  for (const cell of placement.simulate(proposal.id).cells) {
    expect(cell.pBefore).toBeCloseTo(onCard(proposal, 'before')[cell.cell.process] ?? -1, 9);
    expect(cell.pAfter).toBeCloseTo(onCard(proposal, 'after')[cell.cell.process] ?? -1, 9);
  }
  // no move begins in the past, though the data are a minute old
  for (const move of proposal.moves) expect(move.startsAt).toBe(time.now());

  await approvals.approve({ id: proposal.id, actor: '佐藤' });
  close(situation(), onCard(proposal, 'after'));
  close(alerted(), onCard(proposal, 'after'));
});

test('a chart at its deadline shows what the number beside it says is short', () => {
  for (const { cellId, deadline, shortItems, due, backlog } of analytics.situation().rows) {
    const { outlook } = analytics.cell(cellId);
    expect(outlook[0]?.mean).toBeCloseTo(due ?? -1, 6);
    expect(outlook[0]?.waiting).toBeCloseTo(backlog, 6);
    expect(outlook.find((point) => point.at === deadline)?.mean).toBeCloseTo(shortItems, 0);
  }
});
