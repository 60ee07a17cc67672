import type { DayBoard } from '../../../main/placement/contract/day-plan.ts';
import type { ProposalScope } from '../../../main/placement/contract/placement.ts';

type Pins = ProposalScope['pin'];
type Person = DayBoard['people'][number];
/** A loan as it is being drawn: not solved around yet. */
export type Draft = {
  readonly operatorId: string;
  readonly cellId: string;
  readonly from: number;
  readonly until: number;
};

/** Loans last at least an hour, as in the planner. */
export const SHORTEST_MS = 60 * 60_000;
/** What a click on a free half hour suggests. */
const USUAL_MS = 2 * 60 * 60_000;

export const blockMs = (board: DayBoard): number => board.blockMinutes * 60_000;
/** When somebody is there for their own process, from first to last. */
export function shiftOf(person: Person): { from: number; until: number } {
  return {
    from: Math.min(...person.bars.map((bar) => bar.from)),
    until: Math.max(...person.bars.map((bar) => bar.until)),
  };
}
const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** The loan that somebody has on the board. */
export function loanOf(person: Person): Draft | null {
  const loan = person.bars.find((bar) => bar.kind === 'loan');
  if (!loan) return null;
  const way = person.bars.find((bar) => bar.kind === 'way' && bar.until === loan.from);
  return {
    operatorId: person.operatorId,
    cellId: loan.cellId,
    from: way?.from ?? loan.from,
    until: loan.until,
  };
}
/** What a click at an instant begins with: the loan there is, else two hours from that half hour. Null: nowhere to lend them to. */
export function draftAt(board: DayBoard, person: Person, instant: number): Draft | null {
  const loan = loanOf(person);
  if (loan) return loan;
  const [cellId] = person.able;
  if (cellId === undefined) return null;
  const shift = shiftOf(person);
  const block = blockMs(board);
  const from = clamp(
    board.from + Math.floor((instant - board.from) / block) * block,
    shift.from,
    Math.max(shift.from, shift.until - SHORTEST_MS),
  );
  return { operatorId: person.operatorId, cellId, from, until: Math.min(shift.until, from + USUAL_MS) };
}

/** The draft shifted, or its end moved, by blocks, within the shift. */
export function shiftDraft(
  board: DayBoard,
  person: Person,
  draft: Draft,
  by: { readonly from: number; readonly until: number },
): Draft {
  const block = blockMs(board);
  const shift = shiftOf(person);
  const whole = by.from === by.until;
  const step = whole ? clamp(by.from * block, shift.from - draft.from, shift.until - draft.until) : 0;
  const from = whole
    ? draft.from + step
    : clamp(draft.from + by.from * block, shift.from, draft.until - SHORTEST_MS);
  const until = whole
    ? draft.until + step
    : clamp(draft.until + by.until * block, from + SHORTEST_MS, shift.until);
  return { ...draft, from, until };
}

/** The pins with a draft among them, in place of what was pinned of that person before. */
export const withPin = (pins: Pins, draft: Draft): Pins => [
  ...withoutPin(pins, draft.operatorId),
  { operatorId: draft.operatorId, cellId: draft.cellId, startsAt: draft.from, endsAt: draft.until },
];
export const withoutPin = (pins: Pins, operatorId: string): Pins =>
  pins.filter((pin) => pin.operatorId !== operatorId);
/** A draft given to somebody else: they are lent in the other's place, who stays at home. */
export function handOver(board: DayBoard, pins: Pins, draft: Draft, to: Person): Pins | null {
  const from = board.people.find((person) => person.operatorId === draft.operatorId);
  if (!from || !to.able.includes(draft.cellId)) return null;
  const shift = shiftOf(to);
  const given = {
    ...draft,
    operatorId: to.operatorId,
    from: Math.max(draft.from, shift.from),
    until: Math.min(draft.until, shift.until),
  };
  if (given.until - given.from < SHORTEST_MS) return null;
  const stays = { operatorId: from.operatorId, cellId: from.cellId };
  return [...withoutPin(withPin(pins, given), from.operatorId), stays];
}
