// The same quantity is the same number wherever it is read: situation, alert, card, its simulation and the chart, before and after an approval.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { instantOf } from '../../../main/kernel/clock.ts';
import type { Proposal } from '../../../main/placement/contract/placement.ts';
import { createSite } from '../../../main/simulator/index.ts';
import { columnNames, upsert } from '../../../main/store/index.ts';
import { clock as at, master, shortStaffed, ZONE } from '../analytics/site-fixture.ts';
import { openPlanningSite, type PlanningSite } from './planning-site.ts';

const MINUTE = 60_000;
const NO_LOGS = { perMinute: 0, unknownErrors: 0 };
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

test.each([
  ['in the morning', 570],
  ['over noon', 735],
  ['in the evening', 1080],
])(
  '%s the situation knows an approval and its undo at once, by every deadline of the card',
  async (_, minute) => {
    const now = instantOf('2026-11-20', minute, ZONE);
    await site.close();
    site = await openPlanningSite({ now: now + MINUTE });
    const { store, analytics, approvals } = site;
    const company = createSite({
      seed: 2,
      scenario: 'random',
      zone: ZONE,
      startDate: '2026-11-20',
      logs: NO_LOGS,
    });
    for (const part of [company.master(), company.history(7), company.until(now)])
      for (const { table, rows } of part)
        if (table !== 'system_logs')
          await store.write([upsert(table, columnNames(table), null, rows as never)]);
    const proposal = await site.propose();
    expect(proposal.moves.length).toBeGreaterThan(0);
    const open = proposal.effects.filter((effect) => effect.deadline > site.time.now());
    const said = (): (number | undefined)[] =>
      open.map(({ cell, deadline }) => {
        const own = analytics.risks()?.cells.find((one) => one.cell.cellId === cell.cellId);
        return own?.deadlines.find((risk) => risk.deadline === deadline)?.pMiss;
      });
    const onItsCard = (side: 'before' | 'after'): unknown[] =>
      open.map((effect) => expect.closeTo(1 - effect[side].pOnTime, 9));
    const planned = () => analytics.situation().rows.flatMap((row) => row.plan?.proposalId ?? []);
    expect(said()).toEqual(onItsCard('before'));

    const { id: decisionId } = await approvals.approve({ id: proposal.id, actor: '佐藤' });
    expect(said()).toEqual(onItsCard('after'));
    expect(new Set(planned())).toEqual(new Set([proposal.id]));

    await approvals.undo({ decisionId, actor: '佐藤' });
    expect(said()).toEqual(onItsCard('before'));
    expect(planned()).toEqual([]);
  },
);
