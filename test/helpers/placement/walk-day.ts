import type { Move } from '../../../main/placement/contract/placement.ts';
import type { DayInstance } from '../../../main/placement/day-plan/types.ts';

const MINUTE = 60_000;
/** fewer items than this missing is on time: amounts are expected ones, and arrive in imports */
const LATE = 5;

/**
 * A day walked through minute by minute, without the planner's arithmetic: who is where, which rule that breaks, and which deadlines are
 * missed with the work expected.
 */
export function walkDay(
  day: DayInstance,
  moves: readonly Move[],
): { violations: string[]; missed: string[] } {
  const violations: string[] = [];
  const { rules } = day;
  const cellIndex = (id: string): number => day.cells.findIndex((cell) => cell.cell.cellId === id);
  const loans = moves.map((move) => ({
    person: day.operators.findIndex((person) => person.id === move.operatorId),
    to: cellIndex(move.to.cellId),
    from: (move.startsAt - day.now) / MINUTE,
    until: (move.endsAt - day.now) / MINUTE,
    way: move.switchMinutes,
    pinned: move.pinned,
  }));
  const own = loans.filter((loan) => !loan.pinned);
  if (loans.length > rules.maxMoves) violations.push(`${loans.length} moves`);
  for (const loan of loans) {
    const person = day.operators[loan.person];
    const cell = day.cells[loan.to];
    if (!person || !cell) violations.push('unknown person or process');
    else {
      if (loans.filter((other) => other.person === loan.person).length > 1)
        violations.push(`${person.name} twice`);
      if (!loan.pinned && (person.skill[cell.process] ?? 0) < cell.minSkill)
        violations.push(`${person.name} below the least skill`);
      if (!loan.pinned && !person.knows[cell.business])
        violations.push(`${person.name} does not know the business`);
      if (rules.constraints.some((rule) => rule.hard && rule.operatorId === person.id))
        violations.push(`${person.name} is kept`);
      const there = [person, ...(person.otherStints ?? [])].some(
        (stint) => stint.cell === person.cell && stint.from <= loan.from && stint.until >= loan.until,
      );
      if (!there) violations.push(`${person.name} is not there`);
    }
  }
  day.cells.forEach((cell, c) => {
    const people = day.operators.filter((person) => person.cell === c).length;
    const lent = own.filter((loan) => day.operators[loan.person]?.cell === c).length;
    if (lent > Math.floor(rules.maxReleaseShare * people))
      violations.push(`${cell.cell.cellId} lends ${lent} of ${people}`);
  });

  const waiting = new Map<string, number>();
  const add = (c: number, lot: number, items: number): void => {
    waiting.set(`${c} ${lot}`, (waiting.get(`${c} ${lot}`) ?? 0) + items);
  };
  for (const line of day.lines)
    for (const [s, c] of line.cells.entries())
      for (const { deadline, items } of day.cells[c]?.lots ?? [])
        add(
          c,
          line.lots.findIndex((lot) => lot[s] === deadline),
          items,
        );
  const missed: string[] = [];
  for (let minute = 0; minute < day.day.close; minute++) {
    for (const line of day.lines)
      for (const { minute: comes, items, step = 0 } of line.arrivals)
        if (Math.max(0, Math.ceil(comes)) === minute) {
          // booked onto the first deadline that is at least the notice away
          const lot = line.lots.findIndex((by) => (by[step] ?? 0) - comes >= line.notice[0] - 1e-6);
          if (lot >= 0) add(line.cells[step] ?? 0, lot, items);
        }
    const able = day.cells.map(() => 0);
    const here = day.cells.map(() => 0);
    day.operators.forEach((person, i) => {
      const loan = loans.find((l) => l.person === i);
      const stint = [person, ...(person.otherStints ?? [])].find((s) => s.from <= minute && s.until > minute);
      if (!stint || person.breaks.some(([from, until]) => from <= minute && until > minute)) return;
      let cell = stint.cell;
      let share = 1;
      if (loan && minute >= loan.from && minute < loan.until) {
        if (minute < loan.from + loan.way) return;
        cell = loan.to;
        const strange = day.cells[person.cell]?.process !== day.cells[cell]?.process;
        if (strange && minute < loan.from + loan.way + rules.rampMinutes) share -= rules.rampLoss;
      } else if (loan && minute >= loan.until && minute < loan.until + loan.way) return;
      here[cell] = (here[cell] ?? 0) + 1;
      const speed = person.speed[day.cells[cell]?.process ?? 0] ?? 0;
      able[cell] = (able[cell] ?? 0) + (speed / 60) * share * (day.cells[cell]?.pace.mean ?? 1);
    });
    for (const line of day.lines)
      for (const [s, c] of [...line.cells.entries()].reverse())
        for (const k of line.lots.keys()) {
          const items = Math.min(able[c] ?? 0, waiting.get(`${c} ${k}`) ?? 0);
          able[c] = (able[c] ?? 0) - items;
          add(c, k, -items);
          (line.routing[s] ?? []).forEach((part, q) => {
            if (part > 0) add(line.cells[q] ?? 0, k, items * part);
          });
        }
    for (const line of day.lines)
      for (const [k, lot] of line.lots.entries())
        for (const [s, c] of line.cells.entries())
          if (Math.ceil(lot[s] ?? 0) === minute + 1) {
            const open = line.cells
              .slice(0, s + 1)
              .reduce(
                (sum, cell) =>
                  sum +
                  (waiting.get(`${cell} ${k}`) ?? 0) *
                    visits(line.routing, cell === c ? s : line.cells.indexOf(cell), s),
                0,
              );
            if (open >= LATE) missed.push(`${day.cells[c]?.cell.cellId} ${lot[s]}`);
          }
  }
  return { violations, missed };
}

/** Times an item at step `p` comes through step `s`. */
const visits = (routing: readonly (readonly number[])[], p: number, s: number): number =>
  p === s
    ? 1
    : (routing[p] ?? []).reduce(
        (sum, share, r) => (r > p && r <= s && share > 0 ? sum + share * visits(routing, r, s) : sum),
        0,
      );
