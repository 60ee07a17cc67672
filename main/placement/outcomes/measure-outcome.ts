import type { Cell } from '../../api/contract/common.ts';
import type { Reader } from '../../store/index.ts';
import { at } from '../arithmetic.ts';
import { OUTCOME } from '../config.ts';
import type { CellOutcome, Effect, OutcomeCheck, Proposal } from '../contract/placement.ts';
import { planOf } from '../day-plan/plan-day.ts';
import { outlook } from '../flow/assess.ts';
import type { Saved } from '../proposals.ts';
import { hasSnapshotFrom, isTouchedByOthers, type Waiting, waitingRows } from './outcome-queries.ts';

const MINUTE = 60_000;

/** An approval as far as its outcome goes. Instants are epoch ms. */
export type Approved = { readonly decidedAt: number; readonly undoneAt: number | null };
type TouchedCell = Pick<CellOutcome, 'cell' | 'role'>;
/** `due`: what the proposal says of the deadline, where the check is one of this cell */
type CheckedCell = TouchedCell & { readonly due: Effect | null };

/** Every cell people leave or come to, once, with its part in it. */
function touchedCells(proposal: Proposal): TouchedCell[] {
  const from = new Map(proposal.moves.map((move) => [move.from.cellId, move.from]));
  const to = new Map(proposal.moves.map((move) => [move.to.cellId, move.to]));
  return [...new Map([...to, ...from]).values()].map((cell) => ({
    cell,
    role: to.has(cell.cellId) ? (from.has(cell.cellId) ? 'both' : 'target') : 'source',
  }));
}

/**
 * When an approved proposal is looked at: 30 and 60 minutes after its people began to move (the approval, unless their shifts start
 * later), and at every deadline still ahead of a cell it touches. By time.
 */
export function checksOf(proposal: Proposal, decidedAt: number): OutcomeCheck[] {
  if (proposal.moves.length === 0) return [];
  const began = Math.max(decidedAt, Math.min(...proposal.moves.map((move) => move.startsAt)));
  const check = (kind: OutcomeCheck['kind'], at: number): OutcomeCheck => ({
    kind,
    at,
    minutes: (at - began) / MINUTE,
    cells: null,
  });
  const deadlines = new Set(proposal.effects.map((effect) => effect.deadline).filter((at) => at > began));
  return [
    ...OUTCOME.afterMinutes.map((minutes) => check('after', began + minutes * MINUTE)),
    ...[...deadlines].map((at) => check('deadline', at)),
  ].sort((a, b) => a.at - b.at || (a.kind < b.kind ? -1 : 1));
}

/** The cells a check is about: all that are touched, at a deadline those with work due then. */
function cellsOf(proposal: Proposal, check: OutcomeCheck): CheckedCell[] {
  const dueThen = new Map(
    proposal.effects.filter((effect) => effect.deadline === check.at).map((e) => [e.cell.cellId, e]),
  );
  return touchedCells(proposal).flatMap((touched): CheckedCell[] => {
    if (check.kind === 'after') return [{ ...touched, due: null }];
    const due = dueThen.get(touched.cell.cellId);
    return due ? [{ ...touched, due }] : [];
  });
}

/**
 * Whether all that will be known of a check's instant is here: every cell it is about has a snapshot of then or later, or others
 * have gone on so far without it that it no longer matters. Rows arrive in pages, not all at once.
 */
export const isKnown = (read: Reader, proposal: Proposal, check: OutcomeCheck): boolean =>
  cellsOf(proposal, check).every(({ cell }) => hasSnapshotFrom(read, check.at, cell)) ||
  hasSnapshotFrom(read, check.at + OUTCOME.nearMinutes * MINUTE);

/** What a check found in every cell it is about. */
export function measureCheck(
  read: Reader,
  saved: Saved,
  approved: Approved,
  check: OutcomeCheck,
): CellOutcome[] {
  const plan = planOf(saved);
  return cellsOf(saved.proposal, check).map((touched) =>
    measureCell(read, { saved, plan, approved, at: check.at }, touched),
  );
}

function measureCell(
  read: Reader,
  o: { saved: Saved; plan: ReturnType<typeof planOf>; approved: Approved; at: number },
  { cell, role, due }: CheckedCell,
): CellOutcome {
  const { instance, proposal } = o.saved;
  const predicted = predict(o.plan, cell.cellId, o.at);
  const undone = o.approved.undoneAt !== null && o.approved.undoneAt <= o.at;
  const around = (instant: number): Around => readAround(read, cell, { instant, dueBy: o.at });
  const then = around(o.at);
  const actual = undone ? null : between(then, o.at, (row) => row.backlog);
  const why = undone
    ? 'undone'
    : actual === null
      ? 'no-snapshot'
      : isTouchedByOthers(read, cell, { proposalId: proposal.id, after: instance.now, until: o.at })
        ? 'other-decision'
        : null;
  const flow =
    actual === null ? null : flowBetween([around(instance.now), instance.now], [then, o.at], actual);
  return {
    cell,
    role,
    predicted: predicted.backlog,
    actual,
    verdict: why === null && actual !== null ? judge(predicted.backlog, actual) : 'not-measurable',
    why,
    arrived: { predicted: predicted.arrived, actual: flow?.arrived ?? null },
    finished: { predicted: predicted.finished, actual: flow?.finished ?? null },
    deadline: due && {
      pWithout: due.before.pOnTime,
      pWith: due.after.pOnTime,
      ...(undone ? { met: null, lateItems: null } : atDeadline(then, o.at)),
    },
  };
}

type Predicted = {
  readonly backlog: CellOutcome['predicted'];
  readonly arrived: number;
  readonly finished: number;
};
/**
 * What the proposal's own plan, on the situation it was made from, says about a cell at an instant after it. The outlook flows
 * evenly; real work arrives in batches and is counted now and then, so the band is widened by that much on both sides.
 */
function predict(plan: ReturnType<typeof planOf>, cellId: string, instant: number): Predicted {
  const { instance } = plan;
  const index = instance.cells.findIndex((cell) => cell.cell.cellId === cellId);
  const cell = at(instance.cells, index);
  const minutes = (instant - instance.now) / MINUTE;
  const { waiting, finished } = at(outlook(instance, index, { ...plan, minutes }).slice(-1), 0);
  const arrived = Math.max(0, finished + waiting.mean - cell.backlog);
  const uneven = OUTCOME.unevenItems + (OUTCOME.unevenMinutes * arrived) / Math.max(1, minutes);
  return {
    backlog: {
      low: Math.max(0, waiting.low - uneven),
      mean: waiting.mean,
      high: waiting.high + uneven,
    },
    arrived,
    finished,
  };
}

const judge = (
  { low, high }: CellOutcome['predicted'],
  actual: number,
): Exclude<CellOutcome['verdict'], 'not-measurable'> =>
  actual > high ? 'worse' : actual < low ? 'better' : 'as-predicted';

/** The last snapshot up to an instant and the first one after it, as far as they are near. */
type Around = { readonly before: Waiting | null; readonly after: Waiting | null };
function readAround(
  read: Reader,
  cell: Cell,
  { instant, dueBy }: { instant: number; dueBy: number },
): Around {
  const near = OUTCOME.nearMinutes * MINUTE;
  const rows = waitingRows(read, cell, { from: instant - near, to: instant + near, dueBy });
  return {
    before: rows.findLast((row) => row.at <= instant) ?? null,
    after: rows.find((row) => row.at > instant) ?? null,
  };
}
/** A value at an instant, on the line between its two snapshots; null when there is none up to it. */
function between(
  { before, after }: Around,
  instant: number,
  value: (row: Waiting) => number | null,
): number | null {
  const first = before && value(before);
  const last = after && value(after);
  if (!before || first === null) return null;
  if (!after || last === null) return first;
  return first + ((instant - before.at) / (after.at - before.at)) * (last - first);
}

/** A counter that falls began anew in between: then the last value counts. */
const counterAt = ({ before, after }: Around, instant: number): number | null =>
  between(
    { before, after: (after?.done ?? -1) >= (before?.done ?? 0) ? after : null },
    instant,
    (row) => row.done,
  );

type Instanced = readonly [around: Around, instant: number];
/** What came in and what was finished between two instants, by the day's counter; null when that is missing or began anew. */
function flowBetween(
  [start, startAt]: Instanced,
  [end, endAt]: Instanced,
  backlog: number,
): { arrived: number; finished: number } | null {
  const doneBefore = counterAt(start, startAt);
  const doneThen = counterAt(end, endAt);
  const backlogBefore = between(start, startAt, (row) => row.backlog);
  if (doneBefore === null || doneThen === null || backlogBefore === null || doneThen < doneBefore)
    return null;
  const finished = doneThen - doneBefore;
  return { finished, arrived: Math.max(0, backlog - backlogBefore + finished) };
}

/**
 * Met when nothing due by it waited in the last snapshot up to it. Items seen a while before it and gone in the first snapshot
 * after it may have been finished on either side: then nothing is said.
 */
function atDeadline(
  { before, after }: Around,
  deadline: number,
): { met: boolean | null; lateItems: number | null } {
  if (!before) return { met: null, lateItems: null };
  if (before.due === 0) return { met: true, lateItems: 0 };
  if (deadline - before.at < MINUTE) return { met: false, lateItems: before.due };
  const later = after?.due ?? 0;
  return later > 0 ? { met: false, lateItems: Math.min(before.due, later) } : { met: null, lateItems: null };
}
