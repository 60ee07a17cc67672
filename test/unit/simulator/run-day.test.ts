import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeCompany } from '../../../main/simulator/make-company.ts';
import { planDay } from '../../../main/simulator/plan-day.ts';
import { DayRun } from '../../../main/simulator/run-day.ts';
import { SCENARIOS } from '../../../main/simulator/types.ts';

it('loses and invents no item: waiting + done = arrived, in every cell at any minute', () => {
  const company = makeCompany(5);
  fc.assert(
    fc.property(
      fc.constantFrom(...SCENARIOS),
      fc.array(
        fc.record({
          operator: fc.nat(company.operators.length - 1),
          cell: fc.nat(company.cells.length - 1),
          from: fc.integer({ min: 480, max: 1200 }),
          to: fc.integer({ min: 600, max: 1500 }),
        }),
        { maxLength: 30 },
      ),
      fc.integer({ min: 480, max: 1500 }),
      (scenario, moves, minute) => {
        const run = new DayRun(company, planDay(company, 5, '2026-11-20', scenario));
        run.setMoves(moves);
        run.advance(minute);
        for (const cell of company.cells)
          for (const lot of run.lots(cell.index)) {
            expect(lot.waiting + lot.done).toBe(lot.arrived);
            expect(lot.waiting).toBeGreaterThanOrEqual(0);
            expect(lot.doneInTime).toBeLessThanOrEqual(lot.done);
          }
        // every item that leaves a process arrives at the next
        for (const line of company.lines) {
          const [first, second] = line.cells;
          if (first && second?.process === 'エントリ2')
            expect(run.lots(second.index).map((l) => l.arrived)).toEqual(
              run.lots(first.index).map((l) => l.done),
            );
        }
        // at the day's end what waits upstream waits at the later steps as well
        run.close();
        for (const { cells } of company.lines) {
          const [first, second] = cells;
          for (const lot of cells.flatMap((c) => run.lots(c.index)))
            expect(lot.waiting + lot.done).toBe(lot.arrived);
          if (first && second?.process === 'エントリ2')
            expect(run.lots(second.index).map((l) => l.arrived)).toEqual(
              run.lots(first.index).map((l) => l.arrived),
            );
        }
      },
    ),
    { numRuns: 40 },
  );
});
