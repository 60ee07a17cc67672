import { AppError } from '../kernel/errors.ts';
import type { Reader } from '../store/index.ts';
import { stayPlan } from './arithmetic.ts';
import { STALE } from './config.ts';
import { isAssumed, Proposal, type ProposalScope, Rules } from './contract/placement.ts';
import { upgradeDay } from './day-plan/upgrade-day.ts';
import { outlook } from './flow/assess.ts';
import { upgradeInstance } from './flow/plain-lines.ts';
import { newestBacklog, type ProposalRow, proposalRow, proposalRows, proposalSnapshot } from './queries.ts';
import { rulesNow } from './rules/rules.ts';
import type { Problem } from './solve/build-model.ts';
import type { Instance } from './types.ts';
import { indexesIn } from './what-if/scope.ts';
import { keptBy } from './within-limits.ts';

const MINUTE = 60_000;

/** A saved proposal with the situation it was made from: enough to solve it again, bit for bit. */
export type Saved = { readonly proposal: Proposal; readonly instance: Instance };

export function snapshotOf(read: Reader, id: string): Instance {
  const text = proposalSnapshot(read, id);
  if (text === undefined) throw new AppError('not-found', { what: id });
  const instance = upgradeDay(upgradeInstance(JSON.parse(text)));
  return { ...instance, rules: Rules.parse(rulesNow(instance.rules)) };
}

const open = (read: Reader, row: ProposalRow, now: number): Proposal => {
  const proposal = Proposal.parse(JSON.parse(row.body));
  const status = row.status;
  return { ...proposal, status, stale: status === 'open' && isStale(read, proposal, now) };
};
export function findProposal(read: Reader, id: string, now: number): Proposal | null {
  const row = proposalRow(read, id);
  return row ? open(read, row, now) : null;
}
/** newest first */
export const listProposals = (read: Reader, limit: number, now: number): Proposal[] =>
  proposalRows(read, limit).map((row) => open(read, row, now));

/** Older than ten minutes, or a touched cell has left the course it was on; a plan for the next day until that has begun. */
function isStale(read: Reader, proposal: Proposal, now: number): boolean {
  const first = proposal.moves[0];
  if (proposal.scope.horizon === 'next-day') return first !== undefined && first.startsAt <= now;
  if (now - proposal.asOf > STALE.afterMinutes * MINUTE) return true;
  // what it supposes is not what comes in
  if (!first || isAssumed(proposal)) return false;
  const instance = snapshotOf(read, proposal.id);
  const touched = new Set(proposal.moves.flatMap((move) => [move.from.cellId, move.to.cellId]));
  return instance.cells.some((cell, c) => {
    if (!touched.has(cell.cell.cellId)) return false;
    const newest = newestBacklog(read, cell.cell, now);
    if (!newest || newest.at <= instance.now) return false;
    const minutes = (newest.at - instance.now) / MINUTE;
    const expected = outlook(instance, c, { minutes }).at(-1)?.waiting;
    if (!expected) return false;
    const most = Math.max(STALE.items, STALE.share * cell.backlog);
    return newest.backlog > expected.high + most || newest.backlog < expected.low - most;
  });
}

/** What a scope asks for, in the indices of an instance. Unknown people to drop are simply not there. */
export function problemOf(instance: Instance, scope: ProposalScope): Problem {
  const operators = new Map(instance.operators.map((person, i) => [person.id, i]));
  const cells = new Map(instance.cells.map((cell, c) => [cell.cell.cellId, c]));
  const inScope = indexesIn(instance, scope);
  if (inScope.length === 0) {
    const what = [scope.location, scope.businessId, scope.process].filter(Boolean).join(' ');
    throw new AppError('not-found', { what });
  }
  const pins = new Map<number, number>();
  for (const { operatorId, cellId } of scope.pin) {
    const operator = operators.get(operatorId);
    const cell = cells.get(cellId);
    if (operator === undefined) throw new AppError('not-found', { what: operatorId });
    if (cell === undefined) throw new AppError('not-found', { what: cellId });
    pins.set(operator, cell);
  }
  const dropped = new Set([
    ...scope.drop.flatMap((id) => operators.get(id) ?? []),
    ...keptBy(instance, scope.limits),
  ]);
  // work that is late at a step may be stuck at an earlier one: that is where help helps
  const upstream = instance.lines.flatMap(({ cells }) =>
    cells.slice(0, cells.findLastIndex((c) => inScope.includes(c)) + 1),
  );
  return { instance, scope: new Set([...inScope, ...upstream]), dropped, pins };
}

/** The plan of a saved proposal, as operator → cell. */
export function planOfProposal({ proposal, instance }: Saved): Int32Array {
  const assign = stayPlan(instance);
  const cells = new Map(instance.cells.map((cell, c) => [cell.cell.cellId, c]));
  const operators = new Map(instance.operators.map((person, i) => [person.id, i]));
  for (const move of proposal.moves) {
    const operator = operators.get(move.operatorId);
    const cell = cells.get(move.to.cellId);
    if (operator !== undefined && cell !== undefined) assign[operator] = cell;
  }
  return assign;
}
