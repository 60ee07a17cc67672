import { DAY_START } from './config.ts';
import { arrivalProfile, type Company, type Line } from './make-company.ts';
import type { DayPlan } from './plan-day.ts';

/** Items that reach a line, by the minute of their import. `asForecast`: without the work that nobody forecast. */
export function arrivalsOf(
  { behaviour }: Company,
  line: Line,
  plan: DayPlan,
  { asForecast = false } = {},
): Map<number, number> {
  const { importMinutes } = behaviour;
  const imports = new Map<number, number>();
  const profile = arrivalProfile(line.deadlines);
  const overnight = profile.overnight / ((profile.byHour.get(8) ?? 0) + profile.overnight);
  const demand = plan.incidents.filter(
    (i) => !asForecast && i.kind === 'volume' && line.cells.some((c) => i.cells.includes(c.index)),
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
    const day = items * plan.chance.around(behaviour.arrivalNoise, 'arrivals', line.index, hour);
    if (hour === 8) add(DAY_START, day * overnight);
    const perImport = ((hour === 8 ? day * (1 - overnight) : day) * importMinutes) / 60;
    for (let minute = hour * 60 + importMinutes; minute <= (hour + 1) * 60; minute += importMinutes)
      add(minute, perImport);
  }
  return imports;
}
