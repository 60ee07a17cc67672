import { at, ratePerMinute, switchMinutes, workMinutes } from '../arithmetic.ts';
import type { DayInstance, Loan } from './types.ts';

/** Somebody at work in a cell for a while; until `settled` they are slower there. Minutes from the day's start. */
export type Piece = {
  readonly cell: number;
  readonly from: number;
  readonly until: number;
  readonly settled: number;
};

/** Where somebody works on the day, ways there and back taken off. */
export function piecesOf(day: DayInstance, operator: number, loans: readonly Loan[]): Piece[] {
  const person = at(day.operators, operator);
  let pieces: Piece[] = at(day.day.stints, operator).map((stint) => ({ ...stint, settled: stint.from }));
  for (const loan of loans) {
    if (loan.operator !== operator) continue;
    const way = switchMinutes(day, person, loan.cell);
    const back = loan.until + way;
    pieces = pieces.flatMap((piece) => [
      { ...piece, until: Math.min(piece.until, loan.from) },
      { ...piece, from: Math.max(piece.from, back) },
    ]);
    const begin = loan.from + way;
    const strange = at(day.cells, person.cell).process !== at(day.cells, loan.cell).process;
    pieces.push({
      cell: loan.cell,
      from: begin,
      until: loan.until,
      settled: strange ? begin + day.rules.rampMinutes : begin,
    });
  }
  return pieces.filter((piece) => piece.until > piece.from);
}

/** Adds what somebody does in these pieces to `into`: cell → step → items, at their planned speed. */
export function addPieces(
  day: DayInstance,
  operator: number,
  pieces: readonly Piece[],
  o: { into: readonly Float64Array[]; step: number; sign?: number; late?: number },
): void {
  const person = at(day.operators, operator);
  for (const piece of pieces) {
    const row = at(o.into, piece.cell);
    const rate = ratePerMinute(day, person, piece.cell) * (o.sign ?? 1);
    const from = Math.max(0, piece.from);
    for (let t = Math.floor(from / o.step); t < row.length && t * o.step < piece.until; t++) {
      const a = Math.max(from, t * o.step);
      const b = Math.min(piece.until, (t + 1) * o.step);
      let minutes = workMinutes(person.breaks, a, b);
      if (piece.settled > a)
        minutes -= day.rules.rampLoss * workMinutes(person.breaks, a, Math.min(b, piece.settled));
      row[t] = (row[t] ?? 0) + rate * minutes;
    }
  }
}

/** cell → step → items its people do, at their planned speeds times the cell's pace. */
export function capacityOf(day: DayInstance, loans: readonly Loan[], step: number): Float64Array[] {
  const into = day.cells.map(() => new Float64Array(Math.ceil(day.day.close / step)));
  day.operators.forEach((_, i) => {
    addPieces(day, i, piecesOf(day, i, loans), { into, step });
  });
  return into;
}
