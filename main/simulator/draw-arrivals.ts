import { DAY_START, IMPORT_MINUTES, NOISE } from './config.ts';
import { arrivalProfile, type Line } from './make-company.ts';
import type { DayPlan } from './plan-day.ts';

/** Items that reach a line, by the minute of their import. */
export function arrivalsOf(line: Line, plan: DayPlan): Map<number, number> {
  const imports = new Map<number, number>();
  const profile = arrivalProfile(line.deadlines);
  const overnight = profile.overnight / ((profile.byHour.get(8) ?? 0) + profile.overnight);
  const demand = plan.incidents.filter(
    (i) => i.kind === 'demand' && line.cells.some((c) => i.cells.includes(c.index)),
  );
  let expected = 0;
  let given = 0;
  const add = (minute: number, items: number): void => {
    expected += items * demand.reduce((f, i) => (minute >= i.from && minute < i.to ? f * i.factor : f), 1);
    const whole = Math.floor(expected) - given;
    given += whole;
    if (whole > 0) imports.set(minute, (imports.get(minute) ?? 0) + whole);
  };
  for (const [hour, items] of plan.forecast[line.index] ?? []) {
    const day = items * plan.chance.around(NOISE.hourlyArrivals, 'arrivals', line.index, hour);
    if (hour === 8) add(DAY_START, day * overnight);
    const perImport = ((hour === 8 ? day * (1 - overnight) : day) * IMPORT_MINUTES) / 60;
    for (let minute = hour * 60 + IMPORT_MINUTES; minute <= (hour + 1) * 60; minute += IMPORT_MINUTES)
      add(minute, perImport);
  }
  return imports;
}
