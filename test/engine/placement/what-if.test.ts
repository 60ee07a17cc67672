// Scenarios on the site as the store knows it: compared, kept, asked for by the chat, and their moves made a proposal.
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAnalytics } from '../../../main/analytics/index.ts';
import { cellIdOf, type Freshness } from '../../../main/api/contract/common.ts';
import { createApprovals } from '../../../main/approvals/index.ts';
import { createForecasts } from '../../../main/forecast/index.ts';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import type { Proposal } from '../../../main/placement/contract/placement.ts';
import type { Change } from '../../../main/placement/contract/what-if.ts';
import {
  createPlacement,
  createSolver,
  createWhatIfs,
  type Placement,
  type WhatIfs,
} from '../../../main/placement/index.ts';
import { clock as at, type Fixture, openFixture, shortStaffed, ZONE } from '../analytics/site-fixture.ts';

const solver = createSolver({ log: silentLog });
afterAll(() => solver.close());
const LATE = cellIdOf('札幌', '523201', 'エントリ1');
const FROM_SPARE = { location: '札幌', businessId: '523201', process: 'エントリ2' };
const freshness = (): Freshness => ({
  source: 'mysql',
  dataAt: at(14),
  syncedAt: at(14),
  online: true,
  stale: false,
  failing: [],
});

let fixture: Fixture;
let time: ManualClock;
let placement: Placement;
let whatIfs: WhatIfs;
beforeEach(async () => {
  fixture = await openFixture();
  time = new ManualClock(at(14, 1));
  const shared = { store: fixture.store, clock: time, freshness, zone: () => ZONE };
  const expectedArrivals = createForecasts(shared).expected;
  placement = createPlacement({ ...shared, solver, expectedArrivals, log: silentLog });
  whatIfs = createWhatIfs({ ...shared, picture: () => placement.picture() });
});
afterEach(() => fixture.close());

const sendThree: Change = {
  kind: 'move',
  where: FROM_SPARE,
  who: { kind: 'number', count: 3 },
  toCellId: LATE,
};
const leaveEarly: Change = {
  kind: 'absence',
  where: { location: '札幌' },
  who: { kind: 'number', count: 4 },
  from: 15 * 60,
};

describe('compared', () => {
  beforeEach(() => fixture.store.write(shortStaffed({})));

  test('as it is reads as on the situation screen; 「4人が15時に早退」 is worse, three people sent are better', async () => {
    const told = await whatIfs.compare({ scenarios: [{ changes: [leaveEarly] }, { changes: [sendThree] }] });
    const late = told.cells.findIndex((cell) => cell.cellId === LATE);
    const chance = (side: (typeof told)['base'] | undefined): number =>
      side?.cells[late]?.deadlines[0]?.pOnTime ?? Number.NaN;
    const situation = createAnalytics({ store: fixture.store, clock: time, zone: () => ZONE, freshness });
    const row = situation.situation().rows.find((one) => one.cellId === LATE);
    expect(chance(told.base)).toBeCloseTo(row?.pOnTime ?? -1, 9);
    const [early, sent] = told.scenarios;
    expect(early?.applied[0]).toMatchObject({ wanted: 4, cells: 2 });
    expect(chance(early)).toBeLessThan(chance(told.base) + 1e-9);
    expect(chance(sent)).toBeGreaterThan(chance(told.base) + 0.1);
    expect(sent?.applied[0]?.people).toHaveLength(3);
    expect(sent?.cells[late]?.people).toBe(9);
    // what must have passed by the deadline is the same whoever is there; the curve begins with it
    expect(early?.cells[late]?.outlook[0]?.mean).toBeCloseTo(early?.cells[late]?.deadlines[0]?.due ?? -1, 6);
  });

  test('three people sent read the same as the card of a proposal that sends exactly them', async () => {
    const told = await whatIfs.compare({ scenarios: [{ changes: [sendThree] }] });
    const people = told.scenarios[0]?.applied[0]?.people ?? [];
    const pin = people.map(({ operatorId }) => ({ operatorId, cellId: LATE }));
    let card: Proposal | null = null;
    for await (const event of placement.propose({ location: '札幌', process: 'エントリ2', pin }))
      if (event.kind === 'proposal') card = event.proposal;
    expect(card?.moves.filter((move) => move.pinned).map((move) => move.operatorId)).toEqual(
      expect.arrayContaining(people.map((person) => person.operatorId)),
    );
    const only = await whatIfs.compare({
      scenarios: [
        {
          changes: (card?.moves ?? []).map((move) => ({
            kind: 'move',
            where: {},
            who: { kind: 'named', people: [{ operatorId: move.operatorId, name: move.name }] },
            toCellId: move.to.cellId,
          })),
        },
      ],
    });
    for (const effect of card?.effects ?? []) {
      const c = only.cells.findIndex((cell) => cell.cellId === effect.cell.cellId);
      const lot = only.scenarios[0]?.cells[c]?.deadlines.find((one) => one.deadline === effect.deadline);
      expect(lot?.pOnTime).toBeCloseTo(effect.after.pOnTime, 9);
      expect(lot?.shortItems).toBeCloseTo(effect.after.shortItems, 9);
    }
  });
});

describe('a plan for what is supposed', () => {
  const solve = async (input: Parameters<Placement['propose']>[0]): Promise<Proposal> => {
    for await (const event of placement.propose(input)) if (event.kind === 'proposal') return event.proposal;
    throw new Error('no proposal');
  };

  test('is worked out on it, says so, cannot be decided on, and is solved again as it is with its moves pinned', async () => {
    await fixture.store.write(shortStaffed({ items: 900 }));
    const approvals = createApprovals({
      store: fixture.store,
      clock: time,
      zone: () => ZONE,
      undoMinutes: () => 60,
      writer: () => null,
      isStale: (id) => placement.get(id).stale,
      log: silentLog,
    });
    const away: Change = {
      kind: 'absence',
      where: { location: '札幌', process: 'エントリ1' },
      who: { kind: 'number', count: 3 },
    };
    // as it is, six people manage 900 by 17:00; three do not
    const supposed = await solve({ assume: [away] });
    expect(supposed.scope.assume).toEqual([away]);
    expect(supposed.moves.length).toBeGreaterThan(0);
    const told = await whatIfs.compare({ scenarios: [{ changes: [away] }] });
    const late = told.cells.findIndex((cell) => cell.cellId === LATE);
    expect(supposed.effects.find((effect) => effect.cell.cellId === LATE)?.before.pOnTime).toBeCloseTo(
      told.scenarios[0]?.cells[late]?.deadlines[0]?.pOnTime ?? -1,
      9,
    );
    const decide = approvals.approve({ id: supposed.id, actor: '佐藤' });
    await expect(decide).rejects.toThrow('proposal.assumed');
    await expect(
      approvals.reject({ id: supposed.id, actor: '佐藤', reason: 'not-now', text: undefined }),
    ).rejects.toThrow('proposal.assumed');

    const pin = supposed.moves.map(({ operatorId, to }) => ({ operatorId, cellId: to.cellId }));
    const real = await solve({ assume: [], pin, supersedes: supposed.id });
    expect(real.moves.map((move) => move.operatorId)).toEqual(
      expect.arrayContaining(pin.map(({ operatorId }) => operatorId)),
    );
    expect(placement.get(supposed.id).status).toBe('superseded');
    await approvals.approve({ id: real.id, actor: '佐藤' });
  });
});

describe('kept', () => {
  test('saved, renamed, removed, brought back; a day after the removal it is gone for good with the next one', async () => {
    const made = await whatIfs.save({ name: '台風で半分', changes: [leaveEarly] });
    const copy = await whatIfs.save({ name: '台風で半分 (2)', changes: made.changes });
    time.advance(60_000);
    const renamed = await whatIfs.save({ ...made, name: '早退4人' });
    expect(renamed).toMatchObject({ id: made.id, createdAt: made.createdAt, name: '早退4人' });
    expect(whatIfs.list().map((scenario) => scenario.name)).toEqual(['台風で半分 (2)', '早退4人']);
    await whatIfs.remove(copy.id);
    expect(whatIfs.list().map((scenario) => scenario.id)).toEqual([made.id]);
    await expect(whatIfs.save({ id: copy.id, name: 'x', changes: [] })).rejects.toThrow('not-found');
    expect(await whatIfs.restore(copy.id)).toEqual(copy);
    await whatIfs.remove(copy.id);
    time.advance(25 * 3_600_000);
    await whatIfs.remove(made.id);
    await expect(whatIfs.restore(copy.id)).rejects.toThrow('not-found');
    expect(await whatIfs.restore(made.id)).toEqual(renamed);
  });

  test('nothing to compare with is refused in words', async () => {
    await expect(whatIfs.compare({ scenarios: [] })).rejects.toThrow('placement.no-data');
  });
});
