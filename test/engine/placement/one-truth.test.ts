// The same quantity is the same number wherever it is read: situation, alert, card, its simulation and the chart, before and after an approval.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Proposal } from '../../../main/api/contract/placement.ts';
import { clock as at, master, shortStaffed } from '../analytics/site-fixture.ts';
import { openPlanningSite, type PlanningSite } from './planning-site.ts';

let site: PlanningSite;
beforeEach(async () => {
  site = await openPlanningSite({ now: at(14, 1) });
  // エントリ1 is short of people and hands on to エントリ2
  await site.store.write([...shortStaffed({}), ...master()]);
});
afterEach(() => site.close());

/** The chance of every process's worst deadline, as each door tells it. */
const situation = (): Record<string, number | null> =>
  Object.fromEntries(site.analytics.situation().rows.map((row) => [row.process, row.pOnTime]));
const alerted = (): Record<string, number | null> =>
  Object.fromEntries(
    (site.analytics.risks()?.cells ?? []).map((cell) => [
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
  const proposal = await site.propose();
  expect(proposal.moves.length).toBeGreaterThan(0);
  close(situation(), onCard(proposal, 'before'));
  close(alerted(), onCard(proposal, 'before'));
  for (const cell of site.placement.simulate(proposal.id).cells) {
    expect(cell.pBefore).toBeCloseTo(onCard(proposal, 'before')[cell.cell.process] ?? -1, 9);
    expect(cell.pAfter).toBeCloseTo(onCard(proposal, 'after')[cell.cell.process] ?? -1, 9);
  }
  // no move begins in the past, though the data are a minute old
  for (const move of proposal.moves) expect(move.startsAt).toBe(site.time.now());

  await site.approvals.approve({ id: proposal.id, actor: '佐藤' });
  close(situation(), onCard(proposal, 'after'));
  close(alerted(), onCard(proposal, 'after'));
});

test('a chart at its deadline shows what the number beside it says is short', () => {
  for (const { cellId, deadline, shortItems, due, backlog } of site.analytics.situation().rows) {
    const { outlook } = site.analytics.cell(cellId);
    expect(outlook[0]?.mean).toBeCloseTo(due ?? -1, 6);
    expect(outlook[0]?.waiting).toBeCloseTo(backlog, 6);
    expect(outlook.find((point) => point.at === deadline)?.mean).toBeCloseTo(shortItems, 0);
  }
});
