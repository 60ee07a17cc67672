import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cellIdOf } from '../../../main/api/contract/common.ts';
import type { ManualClock } from '../../../main/kernel/clock.ts';
import { type AppError, toAppError, wordError } from '../../../main/kernel/errors.ts';
import { Proposal, type ProposeEvent, sameScope } from '../../../main/placement/contract/placement.ts';
import { wordLedger, wordReason } from '../../../main/placement/contract/words.ts';
import { DEFAULT_RULES, type Placement, type ProposeInput } from '../../../main/placement/index.ts';
import { ProposeLimits } from '../../../main/questions/contract/questions.ts';
import { run, type Statement, sql } from '../../../main/store/index.ts';
import {
  clock as at,
  cellOf,
  DATE,
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

const lateId = cellIdOf('札幌', '523201', 'エントリ1');
const spareId = cellIdOf('札幌', '523201', 'エントリ2');

let site: PlanningSite;
let time: ManualClock;
let placement: Placement;
beforeEach(async () => {
  site = await openPlanningSite();
  ({ time, placement } = site);
});
afterEach(() => site.close());
const write = (...batches: (Statement | Statement[])[]) => site.store.write(batches.flat());

/** … and somebody at home who knows none of it. */
const shortStaffed = (items = 1240) =>
  write(
    shortStaffedSite({ items, lastSkill: 1 }),
    rowsOf('operators', [
      { operator_id: 'A1', operator_name: '欠席 太郎', location_name: '盛岡', is_valid: true },
    ]),
  );
async function events(input: ProposeInput, signal?: AbortSignal): Promise<ProposeEvent[]> {
  const seen: ProposeEvent[] = [];
  for await (const event of placement.propose(input, signal)) seen.push(event);
  return seen;
}
async function propose(input: ProposeInput = {}): Promise<Proposal> {
  const last = (await events(input)).at(-1);
  if (last?.kind !== 'proposal') throw new Error('no proposal');
  return last.proposal;
}
const movers = (proposal: Proposal): string[] => proposal.moves.map((move) => move.operatorId).sort();

describe('a proposal', () => {
  test('brings enough people to the late process, says why, and is kept', async () => {
    await shortStaffed();
    const seen = await events({ location: '札幌', process: 'エントリ1', alertId: 'alert-1' });
    const phases = seen.flatMap((event) => (event.kind === 'progress' ? [event.progress.phase] : []));
    expect(phases[0]).toBe('loading');
    expect(phases).toContain('greedy');
    expect(phases).toContain('direct');
    expect(phases.at(-1)).toBe('done');
    const last = seen.at(-1);
    if (last?.kind !== 'proposal') throw new Error('no proposal');
    const { proposal } = last;
    expect(Proposal.parse(proposal)).toEqual(proposal);
    expect(proposal.id).toMatch(/^SGT20261120-[0-9a-f]{8}$/);
    // 436 items are short with the safety share; each of the fastest brings some 145
    expect(movers(proposal)).toEqual(['S1', 'S2', 'S3']);
    expect(proposal).toMatchObject({
      status: 'open',
      stale: false,
      alertId: 'alert-1',
      notPossible: [],
      relaxations: [],
    });
    expect(proposal.badge.kind).toBe('optimal');
    expect(proposal.impact).toMatchObject({ missedBefore: 1, missedAfter: 0, shortHoursAfter: 0 });
    expect(proposal.impact.delayMinutes).toBeLessThan(0);
    const target = proposal.effects.find((effect) => effect.role === 'target');
    expect(target).toMatchObject({ before: { people: 6 }, after: { people: 9 }, deadline: at(17) });
    expect(target!.before.pOnTime).toBeLessThan(0.1);
    // without any measured work the rate is only known to within 15 %
    expect(target!.after.pOnTime).toBeGreaterThan(0.6);
    expect(proposal.effects.find((effect) => effect.role === 'source')!.after.pOnTime).toBeGreaterThan(0.95);
    expect(proposal.moves[0]).toMatchObject({
      from: { cellId: spareId },
      to: { cellId: lateId },
      startsAt: at(14),
      endsAt: at(18),
      switchMinutes: 10,
      skill: 3,
      pinned: false,
    });
    expect(placement.get(proposal.id)).toEqual(proposal);
    expect(placement.list(10)).toEqual([proposal]);
  });

  test('solved again from its own snapshot is the same, whatever happened since', async () => {
    await shortStaffed();
    const proposal = await propose();
    time.advance(2 * 60_000);
    await write(snapshots([{ at: at(14, 2), lots: [[at(17), 5]] }], late));
    const verified = await placement.verify(proposal.id);
    expect(verified).toMatchObject({ id: proposal.id, result: 'match', differences: [], people: [] });
    expect(verified.stored).toEqual(proposal.provenance);
    expect(proposal.provenance).toMatchObject({
      cut: false,
      highs: expect.stringMatching(/^\d+\.\d+\.\d+ \([0-9a-f]+\)$/),
    });
    expect((await propose()).moves).toEqual([]);
  });

  test('that was changed on the disk is told from what its snapshot says', async () => {
    await shortStaffed();
    const proposal = await propose();
    const [first, ...rest] = proposal.moves;
    const stored = (changes: Partial<Proposal>): Promise<unknown> =>
      write([
        run(
          sql`UPDATE proposals SET body = ${JSON.stringify({ ...proposal, ...changes })} WHERE proposal_id = ${proposal.id}`,
        ),
      ]);
    await stored({ moves: rest });
    expect(await placement.verify(proposal.id)).toMatchObject({
      result: 'differs',
      why: null,
      differences: ['plan', 'details'],
      people: [{ operatorId: first!.operatorId, stored: null, solved: first!.to }],
    });
    await stored({ moves: [{ ...first!, items: first!.items + 1 }, ...rest] });
    expect(await placement.verify(proposal.id)).toMatchObject({
      result: 'differs',
      differences: ['details'],
    });
    // a plan that a time limit cut short need not come out the same
    const provenance = { ...proposal.provenance!, cut: true };
    await stored({ moves: rest, provenance });
    expect(await placement.verify(proposal.id)).toMatchObject({ result: 'cannot-compare', why: 'cut' });
    await stored({ moves: rest, provenance: { ...proposal.provenance!, model: 0 } });
    expect(await placement.verify(proposal.id)).toMatchObject({
      result: 'cannot-compare',
      why: 'other-version',
    });
  });

  test('without somebody takes the next best, replaces the old one, and cannot replace it twice', async () => {
    await shortStaffed();
    const first = await propose({ process: 'エントリ1' });
    const second = await propose({ supersedes: first.id, drop: ['S1'] });
    expect(movers(second)).not.toContain('S1');
    expect(second).toMatchObject({ supersedes: first.id, scope: { process: 'エントリ1', drop: ['S1'] } });
    expect(second.impact.missedAfter).toBe(0);
    expect(placement.get(first.id).status).toBe('superseded');
    await expect(propose({ supersedes: first.id })).rejects.toMatchObject({ code: 'proposal.decided' });
  });

  test('moves whom the manager pins, and says it was the manager', async () => {
    await shortStaffed();
    const proposal = await propose({ pin: [{ operatorId: 'S12', cellId: lateId }] });
    const pinned = proposal.moves.find((move) => move.operatorId === 'S12');
    expect(pinned).toMatchObject({ pinned: true, to: { cellId: lateId } });
    expect(pinned!.reasons[0]).toEqual({ code: 'pinned', params: {} });
  });

  test('of nothing late is empty and says so', async () => {
    await shortStaffed(500);
    expect(await propose()).toMatchObject({
      moves: [],
      effects: [],
      badge: { kind: 'nothing-needed', mode: 'none' },
    });
  });

  test('names what stays missed and the rules in the way', async () => {
    await shortStaffed(2200);
    const proposal = await propose();
    expect(proposal.impact).toMatchObject({ missedBefore: 1, missedAfter: 1 });
    expect(proposal.notPossible).toMatchObject([{ cell: { cellId: lateId }, deadline: at(17) }]);
    const rules = proposal.relaxations.map((relaxation) => relaxation.rule);
    expect(rules).toContain('release');
    for (const r of proposal.relaxations) expect(r.after).toBeLessThan(r.before);
  });

  test('grows stale after ten minutes, or when a process leaves its course', async () => {
    await shortStaffed();
    const proposal = await propose();
    expect(placement.get(proposal.id).stale).toBe(false);
    time.advance(4 * 60_000);
    // four minutes of six people: 24 items fewer, as expected
    await write(snapshots([{ at: at(14, 4), lots: [[at(17), 1216]] }], late));
    expect(placement.get(proposal.id).stale).toBe(false);
    await write(snapshots([{ at: at(14, 4), lots: [[at(17), 1340]] }], late));
    expect(placement.get(proposal.id).stale).toBe(true);
    const calm = await propose();
    time.advance(11 * 60_000);
    expect(placement.get(calm.id).stale).toBe(true);
  });

  test('with no data, for a place that does not exist, or of an unknown id is refused', async () => {
    await expect(propose()).rejects.toMatchObject({ code: 'placement.no-data' });
    await shortStaffed();
    await expect(propose({ location: '那覇' })).rejects.toMatchObject({
      code: 'not-found',
      params: { what: '那覇' },
    });
    await expect(propose({ pin: [{ operatorId: 'nobody', cellId: lateId }] })).rejects.toMatchObject({
      code: 'not-found',
    });
    expect(() => placement.get('SGT20261120-00000000')).toThrow('not-found');
    expect(placement.find('SGT20261120-00000000')).toBeNull();
  });

  test('stopped early is the quick plan, and nothing at all when there was none or nobody waits for it', async () => {
    await shortStaffed();
    const stop = new AbortController();
    stop.abort();
    const proposal = (await events({}, stop.signal)).at(-1);
    // the quick plan was there already: it is kept, and honest about itself
    expect(proposal).toMatchObject({ kind: 'proposal', proposal: { badge: { kind: 'cancelled' } } });
    await shortStaffed(500);
    await expect(events({}, stop.signal)).rejects.toThrow('cancelled');
    for await (const _ of placement.propose({})) break;
    expect(placement.list(10)).toHaveLength(1);
  });
});

describe('the ledger of moves', () => {
  /** Sent to another process by the company on the last `times` days before today, and kept longer once. */
  const sentOften = (id: string, times: number): Statement[] => {
    const days = Array.from({ length: times }, (_, i) =>
      new Date(Date.UTC(2026, 10, 19 - i)).toISOString().slice(0, 10),
    );
    const assignment = (date: string): string => `${id}/${date}/past`;
    return [
      rowsOf(
        'daily_assignments',
        days.map((date) => ({
          assignment_id: assignment(date),
          assignment_date: date,
          operator_id: id,
          ...late,
          start_time: 540,
          end_time: 1080,
        })),
      ),
      rowsOf('assignment_adjustments', [
        ...days.map((date) => ({
          original_assignment_id: assignment(date),
          adjustment_type: 'support',
          adjustment_date: date,
        })),
        { original_assignment_id: assignment(days[0]!), adjustment_type: '残業', adjustment_date: days[0]! },
      ]),
    ];
  };

  test('spares whoever reached the limit, says so, and counts this move for the others', async () => {
    await shortStaffed();
    await write(sentOften('S1', 20), sentOften('S2', 3));
    const proposal = await propose();
    expect(movers(proposal)).toEqual(['S2', 'S3', 'S4']);
    const moveOf = (id: string) => proposal.moves.find((move) => move.operatorId === id)!;
    expect(wordLedger(moveOf('S2'), 'ja')).toBe('直近30日で4回目');
    expect(wordLedger(moveOf('S4'), 'en')).toBe('first move in 30 days');
    // two hundredths of a move for each of the three
    expect(moveOf('S2').cost - moveOf('S3').cost).toBeCloseTo(0.06);
    const { reasons } = await placement.whyNot(proposal.id, 'S1');
    expect(reasons).toEqual([{ code: 'ledger-full', params: { moves: 20, limit: 20 } }]);
    expect(wordReason(reasons[0]!, 'ja', ZONE)).toBe('直近30日ですでに20回動いています（上限20回）');
    expect(placement.ledger()).toMatchObject({
      from: '2026-10-22',
      until: DATE,
      limit: 20,
      people: [
        { operatorId: 'S1', approved: 0, adjusted: 20, last: '2026-11-19' },
        { operatorId: 'S2', adjusted: 3 },
      ],
    });
  });

  test('forgets what is more than thirty days ago', async () => {
    await shortStaffed();
    await write(sentOften('S1', 40));
    expect(placement.ledger().people).toMatchObject([{ operatorId: 'S1', adjusted: 29 }]);
    await placement.setRules({ ...DEFAULT_RULES, maxMovesPer30Days: 30 }, null, 'x');
    // allowed again, and the last to be chosen among those who would do as well
    const proposal = await propose();
    expect(movers(proposal)).toEqual(['S2', 'S3', 'S4']);
    const { reasons } = await placement.whyNot(proposal.id, 'S1');
    expect(reasons.map((reason) => reason.code)).not.toContain('ledger-full');
  });

  test('rules and snapshots from before it was kept are still read', async () => {
    await shortStaffed();
    const { maxMovesPer30Days: _, ...older } = DEFAULT_RULES;
    const { ledger: __, ...costs } = older.costs;
    await write([
      run(sql`INSERT INTO rule_versions (version, rules, changed_by, changed_at, why)
        VALUES (1, ${JSON.stringify({ ...older, costs })}, 'x', 0, NULL)`),
    ]);
    expect(placement.rules()).toMatchObject({ version: 1, rules: { maxMovesPer30Days: 20 } });
    const proposal = await propose();
    await write([
      run(sql`UPDATE proposals SET snapshot = json_remove(snapshot, '$.rules.maxMovesPer30Days', '$.rules.costs.ledger')
        WHERE proposal_id = ${proposal.id}`),
    ]);
    expect((await placement.verify(proposal.id)).result).toBe('match');
  });
});

describe('why not', () => {
  test('each reason in its turn, and what forcing it would cost', async () => {
    await shortStaffed();
    const { id } = await propose();
    const ask = (operatorId: string) => placement.whyNot(id, operatorId);
    expect(await ask('S12')).toMatchObject({ reasons: [{ code: 'untrained' }], forcedCost: null });
    expect(await ask('S10')).toMatchObject({
      reasons: [{ code: 'low-skill', params: { skill: 1, needed: 2, process: 'エントリ1' } }],
      forcedCost: null,
    });
    expect(await ask('A1')).toMatchObject({
      name: '欠席 太郎',
      reasons: [{ code: 'off-roster' }],
      forcedCost: null,
    });
    expect(await ask('L1')).toMatchObject({ reasons: [{ code: 'already-there' }], forcedCost: null });
    expect(await ask('S9')).toMatchObject({ reasons: [{ code: 'not-needed' }], forcedCost: 0 });
    expect((await ask('S1')).reasons.map((reason) => reason.code)).toContain('adds-capacity');
    await expect(ask('nobody')).rejects.toMatchObject({ code: 'not-found' });
  });
  test('nobody who is there is called absent: each way of not being in the plan is told by its own name', async () => {
    await shortStaffed();
    const elsewhere = { cell: cellOf('盛岡', '523201', '目検') };
    await write(
      people(['H1', 'A2'], { from: 300, to: 720 }),
      people(['E1'], elsewhere),
      people(['C1']),
      rowsOf('attendance_records', [
        { operator_id: 'A2', attendance_date: DATE, attendance_status: '欠勤' },
        { operator_id: 'H1', attendance_date: DATE, attendance_status: '遅刻' },
      ]),
      run(sql`INSERT INTO assignment_adjustments (adjustment_id, original_assignment_id, adjustment_type, adjustment_date)
        SELECT 'c', assignment_id, '取消', ${DATE} FROM daily_assignments WHERE operator_id = 'C1'`),
    );
    const { id } = await propose();
    const said = async (operatorId: string) =>
      (await placement.whyNot(id, operatorId)).reasons.map((reason) => wordReason(reason, 'ja', ZONE));
    expect(await said('A1')).toEqual(['その日の配置表に入っていません']);
    expect(await said('A2')).toEqual(['欠勤と記録されています']);
    expect(await said('H1')).toEqual(['その日の勤務は12:00に終わっています']);
    expect(await said('C1')).toEqual(['その日の配置が取り消されています']);
    expect(await said('E1')).toEqual([
      '盛岡の目検で勤務していますが、そこの進捗データが届いていないため、案に入れられません',
    ]);
    await write(people(['N1']));
    expect(await said('N1')).toEqual([expect.stringContaining('この案を作ったときには')]);
  });
  test('a source that has given all it may is named', async () => {
    await shortStaffed(2200);
    const { id, moves } = await propose();
    expect(moves).toHaveLength(4);
    const answer = await placement.whyNot(id, 'S9');
    expect(answer.reasons).toContainEqual({
      code: 'source-release-limit',
      params: { location: '札幌', process: 'エントリ2', limit: 4, left: 4 },
    });
    expect(answer.forcedCost).toBeGreaterThan(0);
  });
  test('everybody who can be asked about is found by name, number or site', async () => {
    await shortStaffed();
    const { id } = await propose();
    expect(placement.candidates(id)).toHaveLength(19);
    expect(placement.candidates(id, '欠席')).toEqual([
      { operatorId: 'A1', name: '欠席 太郎', home: '盛岡', cellId: null },
    ]);
    expect(placement.candidates(id, 's12')).toMatchObject([{ operatorId: 'S12', cellId: spareId }]);
  });
});

test('the simulation shows the backlog of both processes without and with the move', async () => {
  await shortStaffed();
  const proposal = await propose();
  const { cells, asOf } = placement.simulate(proposal.id);
  expect(asOf).toBe(at(14));
  expect(cells.map((cell) => cell.cell.cellId).sort()).toEqual([lateId, spareId].sort());
  const target = cells.find((cell) => cell.cell.cellId === lateId)!;
  // 990 of 1240 done on average, and the mean of what is left never counts what would be left over as less than nothing
  const left = target.before.at(-1);
  expect(left?.at).toBe(at(17));
  expect(left?.mean).toBeGreaterThan(250);
  expect(left?.mean).toBeLessThan(290);
  expect(target.after.at(-1)?.mean).toBeLessThan(50);
  expect(target.before[0]).toMatchObject({ at: at(14), mean: 1240 });
  expect(target.pAfter).toBeGreaterThan(target.pBefore);
});

describe('where work stands still although people are there', () => {
  const other = { location_name: '盛岡', business_id: '523201', process_name: 'エントリ1' };
  const otherId = cellIdOf('盛岡', '523201', 'エントリ1');
  /** エントリ1 of 札幌 got its 12 items every two minutes done until 13:40, and nothing since; that of 盛岡 is short of people. */
  const down = async (): Promise<void> => {
    await shortStaffed();
    await write(
      snapshots(
        Array.from({ length: 31 }, (_, k) => ({
          at: at(13, k * 2),
          lots: [[at(17), 1240]] as const,
          done: Math.min(k, 20) * 12,
        })),
        late,
      ),
      people(names('M', 2), { cell: other }),
      snapshots([{ at: at(14), lots: [[at(17), 500]] }], other),
    );
  };

  test('nobody is sent, which is said; other processes are helped all the same', async () => {
    await down();
    const proposal = await propose();
    expect(Proposal.parse(proposal)).toEqual(proposal);
    expect(proposal.moves.length).toBeGreaterThan(0);
    expect(new Set(proposal.moves.map((move) => move.to.cellId))).toEqual(new Set([otherId]));
    expect(proposal.standstills).toMatchObject([{ cell: { cellId: lateId }, since: at(13, 40) }]);
    expect(proposal.notPossible.map((lot) => lot.cell.cellId)).toEqual([lateId]);
    // no rule stands in the way: none is offered to be relaxed
    expect(proposal.relaxations).toEqual([]);
  });
  test('why not this person is answered with it, and whoever is sent there all the same is told to wait', async () => {
    await down();
    const scope = { location: '札幌', process: 'エントリ1' };
    const proposal = await propose(scope);
    expect(proposal).toMatchObject({ moves: [], badge: { kind: 'no-move-helps' } });
    const { reasons } = await placement.whyNot(proposal.id, 'S1');
    expect(reasons).toContainEqual({
      code: 'would-wait',
      params: expect.objectContaining({ process: 'エントリ1', since: at(13, 40) }),
    });
    expect(wordReason(reasons[0]!, 'ja', ZONE)).toContain('13:40頃からほぼ止まっていて');
    expect(wordReason(reasons[0]!, 'en', ZONE)).toContain('stood still since 13:40');
    const pinned = await propose({ ...scope, pin: [{ operatorId: 'S1', cellId: lateId }] });
    expect(movers(pinned)).toEqual(['S1']);
    expect(pinned.moves[0]?.reasons.map((reason) => reason.code)).toContain('stands-still');
  });
  test('people are sent again as soon as it goes on', async () => {
    await down();
    time.advance(2 * 60_000);
    await write(snapshots([{ at: at(14, 2), lots: [[at(17), 1228]], done: 252 }], late));
    const proposal = await propose({ location: '札幌', process: 'エントリ1' });
    expect(proposal.standstills).toEqual([]);
    expect(proposal.moves.length).toBeGreaterThan(0);
  });
});

describe('rules', () => {
  test('start as the defaults and keep every version', async () => {
    expect(placement.rules()).toMatchObject({ version: 0, rules: DEFAULT_RULES });
    await placement.setRules({ ...DEFAULT_RULES, maxMoves: 3 }, '年末まで', '田中');
    await placement.setRules({ ...DEFAULT_RULES, maxMoves: 2 }, null, '佐藤');
    expect(placement.rules()).toMatchObject({ version: 2, changedBy: '佐藤', rules: { maxMoves: 2 } });
    expect(placement.rulesHistory().map((v) => [v.version, v.rules.maxMoves, v.why])).toEqual([
      [2, 2, null],
      [1, 3, '年末まで'],
      [0, 12, null],
    ]);
  });
  test('that make no sense are refused and change nothing', async () => {
    await expect(placement.setRules({ ...DEFAULT_RULES, maxMoves: -1 }, null, '田中')).rejects.toMatchObject({
      code: 'input.invalid',
    });
    expect(placement.rules().version).toBe(0);
  });
  test('with a move that costs less than nothing are refused, in words that say which and what would do', async () => {
    const costs = { ...DEFAULT_RULES.costs, far: -2 };
    const refused = await placement.setRules({ ...DEFAULT_RULES, costs }, null, '田中').catch(toAppError);
    const { code, params } = refused as AppError;
    expect(wordError({ code, params }, 'ja').say).toBe('入力が正しくありません: costs.far: 0–100');
    expect(wordError({ code, params }, 'en').say).toBe('That input is not valid: costs.far: 0–100');
    expect(placement.rules().version).toBe(0);
  });
  test('bind the next proposal, which says which version', async () => {
    await shortStaffed();
    await placement.setRules({ ...DEFAULT_RULES, maxMoves: 1 }, null, '田中');
    const proposal = await propose();
    expect(proposal).toMatchObject({ rulesVersion: 1, impact: { missedAfter: 1 } });
    expect(proposal.moves).toHaveLength(1);
    expect(proposal.relaxations.map((r) => r.rule)).toContain('maxMoves');
  });
});

test('the next working day is planned from its own roster, what today leaves over and the forecast', async () => {
  const monday = '2026-11-23';
  await shortStaffed(500);
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
  const proposal = await propose({ horizon: 'next-day', process: 'エントリ1' });
  expect(proposal.scope.horizon).toBe('next-day');
  // due at 17:00 as today: six people manage 2,430 of 3,600, and what they do not finish misses エントリ2's deadline too
  expect(proposal.impact.missedBefore).toBe(2);
  expect(proposal.day).toMatchObject({ date: monday });
  expect(proposal.impact.shortHoursAfter).toBeLessThan(proposal.impact.shortHoursBefore);
  expect(proposal.moves[0]).toMatchObject({ startsAt: at(9, 0, monday), endsAt: at(18, 0, monday) });
  time.advance(60 * 60_000);
  expect(placement.get(proposal.id).stale).toBe(false);
  expect(DATE < monday).toBe(true);
});

describe('limits of a proposal', () => {
  const within = (limits: Partial<ProposeLimits>): Promise<Proposal> =>
    propose({ location: '札幌', limits: ProposeLimits.parse(limits) });

  test('at most so many people are moved', async () => {
    await shortStaffed();
    const proposal = await within({ people: 2 });
    expect(movers(proposal)).toHaveLength(2);
    expect((await placement.verify(proposal.id)).result).toBe('match');
  });

  test('just so many people are moved, though fewer would do', async () => {
    await shortStaffed(700);
    expect(movers(await within({ until: 16 * 60 }))).toHaveLength(2);
    const proposal = await within({ until: 16 * 60, people: 3, exactly: true });
    expect(movers(proposal)).toHaveLength(3);
    expect((await placement.verify(proposal.id)).result).toBe('match');
  });

  test('where so many cannot go, the best plan of fewer is told', async () => {
    await shortStaffed();
    const proposal = await within({ people: 9, exactly: true });
    expect(movers(proposal).length).toBeGreaterThan(1);
    expect(movers(proposal).length).toBeLessThan(9);
  });

  test('who is to stay stays, and is told as left out', async () => {
    await shortStaffed();
    const proposal = await within({ keep: ['S1'] });
    expect(movers(proposal)).not.toContain('S1');
    expect(movers(proposal).length).toBeGreaterThan(1);
    expect((await placement.whyNot(proposal.id, 'S1')).reasons.map((r) => r.code)).toContain('dropped');
  });

  test('nobody of that skill and above, nor from another site, is moved', async () => {
    await shortStaffed();
    expect(movers(await within({ keepSkillFrom: 3 }))).toEqual([]);
    expect(movers(await within({ from: ['盛岡'] }))).toEqual([]);
    expect(movers(await within({ notFromProcesses: ['エントリ2'] }))).toEqual([]);
    expect(movers(await within({ from: ['札幌'], nearby: true }))).toEqual(['S1', 'S2', 'S3']);
    expect(movers(await within({ fromProcesses: ['エントリ2'] }))).toEqual(['S1', 'S2', 'S3']);
  });

  test('who may not leave a site still helps within it', async () => {
    await shortStaffed();
    const { moves } = await within({ notFrom: ['札幌'] });
    expect(moves.map(({ name, to }) => [name, to.location])).toEqual([
      ['S1さん', '札幌'],
      ['S2さん', '札幌'],
      ['S3さん', '札幌'],
    ]);
  });

  test('nobody below a skill there, and no novice, is moved', async () => {
    await shortStaffed();
    const { moves } = await within({ leastSkill: 3 });
    expect(moves.every((move) => move.skill >= 3)).toBe(true);
    expect(movers(await within({ leastSkill: 5 }))).toEqual([]);
    const months = (n: number) => run(sql`UPDATE operator_process_capabilities SET experience_months = ${n}`);
    await write([months(11)]);
    expect(movers(await within({ keepNovices: true }))).toEqual([]);
    await write([months(13)]);
    expect(movers(await within({ keepNovices: true })).length).toBeGreaterThan(0);
  });

  test('several processes at once are in scope by their ids', async () => {
    await shortStaffed();
    expect(movers(await propose({ cellIds: [lateId, spareId] }))).toEqual(['S1', 'S2', 'S3']);
    expect(movers(await propose({ cellIds: [spareId] }))).toEqual([]);
  });

  test('work to be done by an earlier time is planned for that time', async () => {
    await shortStaffed(700);
    expect(movers(await within({}))).toEqual([]);
    const proposal = await within({ until: 16 * 60 });
    expect(movers(proposal).length).toBeGreaterThan(0);
    expect(proposal.effects.find((effect) => effect.role === 'target')?.deadline).toBe(at(16));
  });

  test('a plan for a day cannot keep such a time, and says so', async () => {
    await shortStaffed();
    await expect(
      propose({ horizon: 'next-day', limits: ProposeLimits.parse({ until: 960 }) }),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^placement\.(limit-of-day|no-roster|no-data)$/) });
  });

  test('of two plans the scope is the same only with the same limits', () => {
    const limits = ProposeLimits.parse({});
    expect(sameScope({ location: '札幌' }, { location: '札幌', limits })).toBe(true);
    expect(sameScope({ drop: ['S1'] }, { limits: { ...limits, keep: ['S1'] } })).toBe(true);
    expect(sameScope({ location: '札幌' }, { location: '札幌', drop: ['S1'] })).toBe(false);
    expect(sameScope({}, { limits: { ...limits, people: 3 } })).toBe(false);
  });
});
