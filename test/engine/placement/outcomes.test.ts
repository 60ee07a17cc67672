import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Notification } from '../../../main/alerts/contract/alerts.ts';
import { cellIdOf } from '../../../main/api/contract/common.ts';
import { localClient } from '../../../main/api/index.ts';
import type { Approvals } from '../../../main/approvals/index.ts';
import { startEngine } from '../../../main/engine.ts';
import type { ManualClock } from '../../../main/kernel/clock.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import { Outcomes as OutcomesView, type Proposal } from '../../../main/placement/contract/placement.ts';
import { createOutcomes, type Outcomes, type ProposeInput } from '../../../main/placement/index.ts';
import type { Statement } from '../../../main/store/index.ts';
import { tempDir } from '../../helpers/temp.ts';
import {
  clock as at,
  LATE as late,
  master,
  names,
  people,
  rowsOf,
  shortStaffed as shortStaffedSite,
  snapshots,
  SPARE as spare,
  ZONE,
} from '../analytics/site-fixture.ts';
import { openPlanningSite, type PlanningSite } from './planning-site.ts';

const MINUTE = 60_000;
const lateId = cellIdOf('札幌', '523201', 'エントリ1');
const spareId = cellIdOf('札幌', '523201', 'エントリ2');

let site: PlanningSite;
let time: ManualClock;
let approvals: Approvals;
let outcomes: Outcomes;
let told: Pick<Notification, 'title' | 'severity' | 'subject'>[];
const createOwn = (): Outcomes =>
  createOutcomes({
    store: site.store,
    clock: time,
    zone: () => ZONE,
    notify: async (n) => {
      told.push(n);
    },
    log: silentLog,
  });
beforeEach(async () => {
  site = await openPlanningSite();
  ({ time, approvals } = site);
  told = [];
  outcomes = createOwn();
});
afterEach(() => site.close());
const write = (...batches: (Statement | Statement[])[]) => site.store.write(batches.flat());

const shortStaffed = () => write(shortStaffedSite({ done: { late: 100, spare: 200 } }));
const propose = (input: ProposeInput = {}): Promise<Proposal> => site.propose(input);
async function approved(input?: ProposeInput): Promise<Proposal> {
  const proposal = await propose(input);
  await approvals.approve({ id: proposal.id, actor: '佐藤' });
  return proposal;
}
/** What the company's tables say of both cells at an instant. */
const observe = (instant: number, o: { late: number; done?: number; spare?: number }) =>
  write(
    snapshots([{ at: instant, lots: [[at(17), o.late]], done: o.done ?? null }], late),
    snapshots([{ at: instant, lots: [[at(17, 30), o.spare ?? 0]] }], spare),
  );
const measured = (id: string) =>
  (outcomes.list({ proposalId: id }).outcomes[0]?.checks ?? []).flatMap(({ kind, at: instant, cells }) =>
    (cells ?? []).map((cell) => ({ kind, at: instant, ...cell })),
  );
const ofLate = (id: string) => measured(id).filter(({ cell }) => cell.cellId === lateId);

describe('an approved proposal', () => {
  test('is looked at 30 and 60 minutes later and at every deadline it touches', async () => {
    await shortStaffed();
    const { id } = await approved();
    const { outcomes: list } = OutcomesView.parse(outcomes.list({ proposalId: id }));
    expect(list[0]).toMatchObject({ proposalId: id, decidedAt: at(14), undone: false });
    expect(list[0]?.checks).toEqual([
      { kind: 'after', at: at(14, 30), minutes: 30, cells: null },
      { kind: 'after', at: at(15), minutes: 60, cells: null },
      { kind: 'deadline', at: at(17), minutes: 180, cells: null },
      { kind: 'deadline', at: at(17, 30), minutes: 210, cells: null },
    ]);
    expect(await outcomes.check()).toEqual({ measured: 0 });
  });

  test('went as predicted when the backlog ends within the band of its own plan', async () => {
    await shortStaffed();
    const { id } = await approved();
    time.advance(30 * MINUTE);
    await observe(at(14, 30), { late: 1010, done: 330, spare: 130 });
    expect(await outcomes.check()).toEqual({ measured: 1 });
    const [target] = ofLate(id);
    // nine people, three of them ten minutes on the way and slow to settle in: some 220 items
    expect(target).toMatchObject({
      role: 'target',
      actual: 1010,
      verdict: 'as-predicted',
      why: null,
      arrived: { predicted: expect.closeTo(0, 3), actual: 0 },
      finished: { predicted: expect.closeTo(220, -1), actual: 230 },
      deadline: null,
    });
    expect(target!.predicted.low).toBeLessThan(target!.predicted.mean);
    expect(target!.predicted.high).toBeLessThan(1240);
    expect(measured(id).find(({ cell }) => cell.cellId === spareId)).toMatchObject({
      role: 'source',
      verdict: 'as-predicted',
      finished: { actual: null },
    });
    expect(outcomes.list().rates.predictions).toMatchObject({ hits: 2, of: 2 });
    expect(told).toEqual([]);
  });

  test('is worse or better outside the band, and its last measured backlog is the one that counts', async () => {
    await shortStaffed();
    const { id } = await approved();
    time.advance(60 * MINUTE);
    await observe(at(14, 30), { late: 1500, done: 330 });
    await observe(at(15), { late: 200, done: 1140 });
    await outcomes.check();
    expect(ofLate(id).map(({ at: instant, verdict }) => [instant, verdict])).toEqual([
      [at(14, 30), 'worse'],
      [at(15), 'better'],
    ]);
    expect(ofLate(id)[0]?.arrived).toEqual({ predicted: expect.closeTo(0, 3), actual: 490 });
    expect(outcomes.list().rates.predictions).toMatchObject({ hits: 1, of: 2 });
  });

  test('made the deadline that would have been missed, and says so once', async () => {
    await shortStaffed();
    const { id } = await approved();
    time.advance(181 * MINUTE);
    await observe(at(17), { late: 0 });
    await outcomes.check();
    await outcomes.check();
    await createOwn().check();
    const { deadline } = ofLate(id).find(({ kind }) => kind === 'deadline')!;
    expect(deadline).toMatchObject({ met: true, lateItems: 0 });
    expect(deadline!.pWithout).toBeLessThan(0.1);
    expect(told).toMatchObject([
      { severity: 'info', subject: id, title: { en: '札幌 SS エントリ1 met its 17:00 deadline' } },
    ]);
    expect(outcomes.list().rates.deadlines).toMatchObject({
      hits: 1,
      of: 1,
      estimate: expect.closeTo(2 / 3),
    });
  });

  test('missed the deadline all the same, by the items that were left at it', async () => {
    await shortStaffed();
    const { id } = await approved();
    time.advance(190 * MINUTE);
    await observe(at(16, 57), { late: 60 });
    await observe(at(17, 2), { late: 38 });
    await outcomes.check();
    expect(ofLate(id).at(-1)?.deadline).toMatchObject({ met: false, lateItems: 38 });
    expect(told).toMatchObject([{ severity: 'watch', subject: id }]);
    expect(outcomes.list().rates.deadlines).toMatchObject({ hits: 0, of: 1 });
  });

  test('of which the data do not tell whether the deadline was met counts neither way', async () => {
    await shortStaffed();
    const { id } = await approved();
    time.advance(190 * MINUTE);
    await observe(at(16, 57), { late: 20 });
    await observe(at(17, 2), { late: 0 });
    await outcomes.check();
    expect(ofLate(id).at(-1)?.deadline).toMatchObject({ met: null, lateItems: null });
    expect(outcomes.list().rates.deadlines.of).toBe(0);
    expect(told).toEqual([]);
  });
});

describe('data', () => {
  test('that have not come yet are waited for; what was slept through gives the same result', async () => {
    await shortStaffed();
    const { id } = await approved();
    time.advance(31 * MINUTE);
    await observe(at(14, 28), { late: 1025 });
    expect(await outcomes.check()).toEqual({ measured: 0 });
    time.advance(20 * 60 * MINUTE);
    await observe(at(14, 32), { late: 985 });
    expect(await outcomes.check()).toEqual({ measured: 1 });
    // on the line between 14:28 and 14:32
    expect(ofLate(id)[0]).toMatchObject({ at: at(14, 30), actual: 1005, verdict: 'as-predicted' });
  });

  test('that are missing around the instant make it not measurable', async () => {
    await shortStaffed();
    const { id } = await approved();
    time.advance(120 * MINUTE);
    await observe(at(15, 50), { late: 300 });
    expect(await outcomes.check()).toEqual({ measured: 2 });
    expect(ofLate(id).map(({ verdict, why, actual }) => [verdict, why, actual])).toEqual([
      ['not-measurable', 'no-snapshot', null],
      ['not-measurable', 'no-snapshot', null],
    ]);
    expect(outcomes.list().rates.predictions.of).toBe(0);
  });

  test('that come later never change what was measured', async () => {
    await shortStaffed();
    const { id } = await approved();
    time.advance(31 * MINUTE);
    await observe(at(14, 30), { late: 1010 });
    await outcomes.check();
    await observe(at(14, 30), { late: 10 });
    expect(await outcomes.check()).toEqual({ measured: 0 });
    expect(ofLate(id)[0]?.actual).toBe(1010);
  });
});

describe('a decision', () => {
  test('that was undone is not judged after that, and needs no data to be done with', async () => {
    await shortStaffed();
    const { id } = await approved();
    time.advance(40 * MINUTE);
    await observe(at(14, 30), { late: 1010 });
    await outcomes.check();
    await approvals.undo({ decisionId: approvals.of(id)[0]!.id, actor: '佐藤' });
    time.advance(24 * 60 * MINUTE);
    expect(await outcomes.check()).toEqual({ measured: 3 });
    expect(outcomes.list({ proposalId: id }).outcomes[0]?.undone).toBe(true);
    expect(ofLate(id).map(({ verdict, why }) => [verdict, why])).toEqual([
      ['as-predicted', null],
      ['not-measurable', 'undone'],
      ['not-measurable', 'undone'],
    ]);
    expect(outcomes.list().rates.deadlines.of).toBe(0);
    expect(told).toEqual([]);
  });

  test('that changes the same process meanwhile takes the result over from the first', async () => {
    await shortStaffed();
    const first = await approved();
    time.advance(5 * MINUTE);
    await observe(at(14, 5), { late: 1205, spare: 350 });
    const second = await approved({ pin: [{ operatorId: 'S9', cellId: lateId }] });
    time.advance(180 * MINUTE);
    await observe(at(14, 30), { late: 980, spare: 150 });
    await observe(at(14, 35), { late: 930, spare: 100 });
    await observe(at(17), { late: 0 });
    await outcomes.check();
    expect(ofLate(first.id).map(({ why }) => why)).toContain('other-decision');
    expect(ofLate(first.id).at(-1)?.deadline?.met).toBe(true);
    expect(ofLate(second.id).at(-1)).toMatchObject({ why: null, deadline: { met: true } });
    expect(outcomes.list().rates.deadlines.of).toBe(1);
  });

  test('about the next day is looked at after its people have begun', async () => {
    await shortStaffed();
    const monday = '2026-11-23';
    await write(
      // エントリ1 hands on to エントリ2
      master(),
      people(names('L', 6), { date: monday }),
      people(names('S', 12), { date: monday, cell: spare }),
      rowsOf(
        'workload_forecasts',
        [9, 10, 11].map((hour) => ({
          forecast_id: `F${hour}`,
          forecast_date: monday,
          hour,
          ...late,
          expected_items: 1200,
        })),
      ),
    );
    const { id } = await approved({ horizon: 'next-day', process: 'エントリ1' });
    time.advance(4 * 60 * MINUTE);
    await observe(at(18), { late: 0 });
    expect(await outcomes.check()).toEqual({ measured: 0 });
    expect(outcomes.list({ proposalId: id }).outcomes[0]?.checks.map((check) => check.at)).toEqual([
      at(9, 30, monday),
      at(10, 0, monday),
      at(17, 0, monday),
      // what comes down the line from there is due half an hour later
      at(17, 30, monday),
    ]);
  });

  test('that moved nobody, or was a rejection, has no outcome', async () => {
    await shortStaffed();
    const rejected = await propose();
    await approvals.reject({ id: rejected.id, actor: '佐藤', reason: 'not-now' });
    await observe(at(14), { late: 100 });
    await approved();
    time.advance(300 * MINUTE);
    await observe(at(18, 50), { late: 0 });
    expect(await outcomes.check()).toEqual({ measured: 0 });
    expect(outcomes.list().outcomes).toEqual([]);
  });
});

test('in a living company an approved plan makes the deadline it was for, and the history knows', async () => {
  let wall = at(10);
  const engine = await startEngine({
    dataDir: tempDir(),
    schedule: false,
    wall: { now: () => wall, every: () => () => {} },
  });
  onTestFinished(() => engine.close());
  const client = localClient({ services: engine.services, host: 'cli' });
  await client.demo.start({ seed: 1, scenario: 'shortage' });
  let proposal: Proposal | null = null;
  for await (const event of await client.placement.propose({}))
    if (event.kind === 'proposal') proposal = event.proposal;
  const id = proposal!.id;
  await client.approvals.approve({ id, actor: '佐藤' });
  for (let hour = 0; hour < 2; hour++) {
    wall += 60 * MINUTE;
    await engine.services.demo.tick();
    await engine.services.outcomes.check();
  }
  const { outcomes: list, rates } = await client.placement.outcomes({ proposalId: id });
  const sapporo = list[0]!.checks.flatMap((check) =>
    (check.cells ?? []).filter(({ cell }) => cell.cellId === lateId).map((cell) => ({ ...check, ...cell })),
  );
  expect(sapporo.map(({ kind, verdict }) => [kind, verdict])).toEqual([
    ['after', 'as-predicted'],
    ['after', 'as-predicted'],
    ['deadline', 'as-predicted'],
  ]);
  expect(sapporo.at(-1)?.deadline).toMatchObject({ met: true });
  expect(sapporo.at(-1)?.deadline?.pWithout).toBeLessThan(0.05);
  expect(rates.deadlines.hits).toBe(rates.deadlines.of);
  const { items } = await client.notifications.list({});
  expect(items.filter((n) => n.kind === 'outcome').map((n) => n.title.ja)).toContain(
    '札幌 SS エントリ1 は納期 16:00 に間に合いました',
  );
});
