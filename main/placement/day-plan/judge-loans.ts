import { yieldToEventLoop } from '../../kernel/task.ts';
import { at, deliveredBetween, stintsOf, switchMinutes } from '../arithmetic.ts';
import { assess, type LotRisk } from '../flow/assess.ts';
import type { PlacementStint } from '../types.ts';
import type { DayInstance, Loan } from './types.ts';

/** Where somebody works on the day with these loans, by time; ways there and back taken off. */
export function dayOf(day: DayInstance, operator: number, loans: readonly Loan[]): readonly PlacementStint[] {
  const person = at(day.operators, operator);
  let stints = [...stintsOf(day, person, person.cell)];
  for (const loan of loans) {
    if (loan.operator !== operator) continue;
    const way = switchMinutes(day, person, loan.cell);
    const from = loan.from + way;
    const strange = at(day.cells, person.cell).process !== at(day.cells, loan.cell).process;
    stints = [
      ...stints.flatMap((stint) => [
        { ...stint, until: Math.min(stint.until, loan.from) },
        { ...stint, from: Math.max(stint.from, loan.until + way) },
      ]),
      {
        cell: loan.cell,
        from,
        until: loan.until,
        ...(strange && { rampUntil: from + day.rules.rampMinutes }),
      },
    ];
  }
  return stints.filter((stint) => stint.until > stint.from).sort((a, b) => a.from - b.from);
}

/** The day as it is with these loans: another instance, to be assessed like any. */
export const withLoans = (day: DayInstance, loans: readonly Loan[]): DayInstance => ({
  ...day,
  operators: day.operators.map((person, operator) => {
    if (!loans.some((loan) => loan.operator === operator)) return person;
    const [first, ...otherStints] = dayOf(day, operator, loans);
    const { rampUntil: _, ...rest } = person;
    return first ? { ...rest, ...first, otherStints } : person;
  }),
});

/** A deadline of the day with its chances. */
export type LotChance = LotRisk & { readonly cell: number };
/**
 * Every deadline of the day with these loans; the same ones in the same order whatever they are. `before`: those without loans, so that
 * only the lines that loans touch are lived through again. In turns with the rest of the engine.
 */
export async function chancesOf(
  day: DayInstance,
  loans: readonly Loan[],
  before?: readonly LotChance[],
): Promise<readonly LotChance[]> {
  const turn = yieldToEventLoop();
  const touched = new Set(loans.flatMap((loan) => [loan.cell, at(day.operators, loan.operator).cell]));
  const lived = withLoans(day, loans);
  const found: LotChance[] = [];
  for (const line of day.lines) {
    await turn();
    const known = line.cells.some((c) => touched.has(c)) ? undefined : before;
    found.push(
      ...(known?.filter((lot) => line.cells.includes(lot.cell)) ??
        assess({ ...lived, lines: [line] }).flatMap((risk, cell) =>
          risk.perLot.map((lot) => ({ ...lot, cell })),
        )),
    );
  }
  return found;
}
/** The part of one deadline in a figure that counts the earlier ones of its cell too. */
export const partOf = (lots: readonly LotChance[], i: number, figure: (lot: LotChance) => number): number => {
  const lot = at(lots, i);
  const before = lots[i - 1];
  return Math.max(0, figure(lot) - (before?.cell === lot.cell ? figure(before) : 0));
};

/** Adds what somebody does in these stints to `into`: cell → step of time → items, at the cell's pace. */
export function addStints(
  day: DayInstance,
  operator: number,
  stints: readonly PlacementStint[],
  o: { into: readonly Float64Array[]; step: number; sign?: number },
): void {
  const person = at(day.operators, operator);
  for (const stint of stints) {
    const row = at(o.into, stint.cell);
    for (let t = Math.floor(Math.max(0, stint.from) / o.step); t < row.length; t++) {
      if (t * o.step >= stint.until) break;
      const items = deliveredBetween(day, person, stint, [t * o.step, (t + 1) * o.step]);
      row[t] = (row[t] ?? 0) + (o.sign ?? 1) * items;
    }
  }
}
