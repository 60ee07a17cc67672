import { weekdayOf } from '../kernel/clock.ts';
import type { VerdictSide } from '../timeline/contract/timeline.ts';
import { DAY_END, DAY_START, NOTICE_MINUTES, SS } from './config.ts';
import { arrivalProfile, type Cell, type Company, type Line, speedOf } from './make-company.ts';
import { Chance } from './random.ts';
import { DayRun } from './run-day.ts';
import type { ScenarioName } from './types.ts';
import { workingMinutes } from './working-time.ts';

/** Minutes of day; `cells` and `operators` by index. Volume: the lines of its cells get so many times what was forecast. */
export type PlannedIncident = {
  readonly kind: VerdictSide;
  readonly from: number;
  readonly to: number;
  readonly cells: readonly number[];
  readonly operators: readonly number[];
  readonly factor: number;
  /** how an outage shows in the log: errors before it (`loud`), well after it (`late`), or hardly any (`few`) */
  readonly signs?: 'loud' | 'late' | 'few';
};
/** Errors seen every day that come thick for a while and mean nothing for the work; minutes of day. */
export type Burst = { readonly from: number; readonly to: number; readonly lines: number };
export type Attendance = 'present' | 'absent' | 'late';
export type DayPlan = {
  readonly date: string;
  readonly scenario: ScenarioName;
  readonly chance: Chance;
  readonly incidents: readonly PlannedIncident[];
  readonly bursts: readonly Burst[];
  /** per operator, apart from incidents */
  readonly attendance: readonly Attendance[];
  /** items expected by line and hour */
  readonly forecast: readonly ReadonlyMap<number, number>[];
};

/** How far a deadline is overbooked: items waiting for it ÷ what the people rostered deliver until then. */
const SHORTAGE = { leaveAt: 780, deadline: 960, seenAt: 870, ratio: 1.45, mild: 1.03 } as const;
/** Before the outage the deadline would be met with some room; both fall after the afternoon break. */
const OUTAGE = { from: 919, to: 957, seenAt: 900, ratio: 0.45, factor: 0.05 } as const;
/** On the day of both, everybody together would be done some ten minutes after the outage begins: it takes the two to be late. */
const BOTH = { ratio: 0.75 } as const;
/** More work than forecast, from so many minutes before the lot it makes late; `also`: how likely another line gets it too. */
const VOLUME = { ratio: 1.25, early: 60, also: 0.25, others: [1.15, 1.6] } as const;
/** Hours of slow work with an error now and then: in the middle of the day, until well after the deadline it makes late. */
const LONG_OUTAGE = { from: [750, 810], minutes: [150, 300], factor: [0.15, 0.4], ratio: 0.6 } as const;

const cellOf = (company: Company, location: string, businessId: string, process: string): Cell => {
  const cell = company.cells.find(
    (c) => c.location === location && c.businessId === businessId && c.process === process,
  );
  if (!cell) throw new RangeError(`no cell ${location} ${businessId} ${process}`);
  return cell;
};

/** What happens on a day: who comes, what arrives, what goes wrong. The same seed, date and scenario give the same plan. */
export function planDay(company: Company, seed: number, date: string, scenario: ScenarioName): DayPlan {
  const chance = new Chance(seed, 'day', date);
  const quiet: DayPlan = {
    date,
    scenario,
    chance,
    incidents: [],
    bursts: [],
    attendance: drawAttendance(company, chance),
    forecast: company.lines.map((line) => forecastLine(line, date)),
  };
  if (scenario === 'normal') return quiet;
  if (scenario === 'random')
    return {
      ...quiet,
      incidents: drawIncidents(company, chance, quiet.attendance),
      bursts: drawBursts(chance),
    };

  const target = cellOf(company, '札幌', SS, 'エントリ1');
  if (scenario === 'outage')
    return overbook(company, addOutage(quiet, company), target, {
      seenAt: OUTAGE.seenAt,
      ratio: OUTAGE.ratio,
    });
  if (scenario === 'long-outage') return addLongOutages(company, quiet, target);
  if (scenario === 'volume') return addVolume(company, quiet, target);
  const people = company.operators.filter((o) => o.cell === target.index);
  const here = people.filter((o) => quiet.attendance[o.index] !== 'absent');
  // one missing all day, four leaving after lunch; the second senior stays
  const missing = here.slice(-1).map((o) => o.index);
  const leaving = here.slice(2, 6).map((o) => o.index);
  const shortage: DayPlan = {
    ...quiet,
    incidents: [
      incident('people', DAY_START, 1500, [target.index], missing, 0),
      incident('people', SHORTAGE.leaveAt, 1500, [target.index], leaving, 0),
    ],
  };
  const late =
    scenario === 'both'
      ? overbook(company, shortage, target, { ratio: BOTH.ratio, without: ['people'] })
      : overbook(company, shortage, target, { ratio: SHORTAGE.ratio });
  const mild = cellOf(company, '横浜', '531102', 'エントリ1');
  const day = overbook(company, late, mild, { ratio: SHORTAGE.mild, unforecast: true });
  return scenario === 'both' ? addOutage(day, company) : day;
}

const incident = (
  kind: PlannedIncident['kind'],
  from: number,
  to: number,
  cells: readonly number[],
  operators: readonly number[],
  factor: number,
): PlannedIncident => ({ kind, from, to, cells, operators, factor });

/**
 * A day of the past as far as the log tells of it: a normal one, and two working days ago an outage of half an hour like those that may
 * come, so that there is something to be reminded of.
 */
export function planPastDay(company: Company, seed: number, date: string, back: number): DayPlan {
  const plan = planDay(company, seed, date, 'normal');
  if (back !== 2) return plan;
  const cells = ['エントリ1', 'エントリ2'].map((process) => cellOf(company, '盛岡', SS, process).index);
  const from = plan.chance.int(10 * 60, 11 * 60, 'past-outage');
  return { ...plan, incidents: [incident('system', from, from + 30, cells, [], OUTAGE.factor)] };
}

function addOutage(plan: DayPlan, company: Company): DayPlan {
  const cells = ['エントリ1', 'エントリ2'].map((process) => cellOf(company, '札幌', SS, process).index);
  return {
    ...plan,
    incidents: [...plan.incidents, incident('system', OUTAGE.from, OUTAGE.to, cells, [], OUTAGE.factor)],
  };
}

/**
 * Work slows down for hours on the line of the demo, and on one day in two on another one at some other time. The log shows hardly more than
 * an error now and then.
 */
function addLongOutages(company: Company, plan: DayPlan, target: Cell): DayPlan {
  const { chance } = plan;
  const drawn = (line: Line, from: number): PlannedIncident => ({
    ...incident(
      'system',
      from,
      Math.min(DAY_END - 10, from + chance.int(...LONG_OUTAGE.minutes, 'long-minutes', line.index)),
      line.cells.slice(0, 2).map((c) => c.index),
      [],
      between(LONG_OUTAGE.factor, chance.share('long-factor', line.index)),
    ),
    signs: 'few',
  });
  const lines = company.lines.filter((line) => line.index !== target.line);
  const home = company.lines[target.line];
  const incidents = home ? [drawn(home, chance.int(...LONG_OUTAGE.from, 'long-from'))] : [];
  if (chance.share('long-second') < 0.5)
    incidents.push(drawn(chance.pick(lines, 'long-line'), chance.int(560, 900, 'long-at')));
  return overbook(company, { ...plan, incidents }, target, { ratio: LONG_OUTAGE.ratio, without: ['system'] });
}

/**
 * More work than forecast for the line of the demo from noon on, and perhaps for others at other hours, while everybody is there. Each
 * makes a deadline late by itself.
 */
function addVolume(company: Company, plan: DayPlan, target: Cell): DayPlan {
  const { chance } = plan;
  const full: DayPlan = { ...plan, attendance: plan.attendance.map(() => 'present') };
  const others = company.lines.filter(
    (line) => line.index !== target.line && chance.share('volume-also', line.index) < VOLUME.also,
  );
  return others.reduce(
    (day, { index, cells: [first] }) =>
      first
        ? overbook(company, day, first, {
            deadline: first.deadlines[chance.int(1, first.deadlines.length - 2, 'volume-lot', index)],
            ratio: between(VOLUME.others, chance.share('volume-ratio', index)),
            unforecast: true,
            early: VOLUME.early,
          })
        : day,
    overbook(company, full, target, { ratio: VOLUME.ratio, unforecast: true, early: VOLUME.early }),
  );
}
const between = ([low, high]: readonly [number, number], share: number): number => low + (high - low) * share;

type Overbooking = {
  readonly ratio: number;
  readonly deadline?: number | undefined;
  /** by default 90 minutes before the deadline, as the demo opens */
  readonly seenAt?: number;
  /** as if that had not happened */
  readonly without?: readonly VerdictSide[];
  /** nobody forecast it; otherwise a busy day is known as such beforehand */
  readonly unforecast?: boolean;
  /** minutes before the first import onto that deadline from which more comes in */
  readonly early?: number;
};
/**
 * Scales what arrives for a deadline of a cell so that at `seenAt` the items due take `ratio` × what its people can still do (bisection on
 * the simulated line itself, so it holds for every seed).
 */
function overbook(
  company: Company,
  plan: DayPlan,
  cell: Cell,
  {
    ratio,
    deadline = SHORTAGE.deadline,
    seenAt = deadline - 90,
    without = [],
    unforecast = false,
    early = 0,
  }: Overbooking,
): DayPlan {
  const k = cell.deadlines.indexOf(deadline);
  const from = (cell.deadlines[k - 1] ?? 0) - NOTICE_MINUTES - early;
  const to = deadline - NOTICE_MINUTES;
  const withFactor = (factor: number): DayPlan =>
    unforecast
      ? {
          ...plan,
          incidents: [...plan.incidents, incident('volume', from + 1, to + 1, [cell.index], [], factor)],
        }
      : {
          ...plan,
          forecast: plan.forecast.map((hours, line) =>
            line !== cell.line
              ? hours
              : new Map(
                  [...hours].map(([hour, items]) => [
                    hour,
                    hour * 60 >= from && hour * 60 < to ? items * factor : items,
                  ]),
                ),
          ),
        };
  const people = new DayRun(company, plan, { lines: [cell.line], without });
  let capacity = 0;
  for (const o of company.operators)
    if (o.cell === cell.index) {
      const until = Math.min(deadline, people.presentUntil(o.index, seenAt));
      capacity += (speedOf(o, cell.process) / 60) * workingMinutes(seenAt, until);
    }
  const load = (factor: number): number => {
    const run = new DayRun(company, withFactor(factor), { lines: [cell.line], without });
    run.advance(seenAt);
    return (
      run
        .waiting(cell.index)
        .slice(0, k + 1)
        .reduce((a, b) => a + b, 0) / capacity
    );
  };
  let low = 0.2;
  let high = 5;
  for (let i = 0; i < 14; i++) {
    const middle = (low + high) / 2;
    if (load(middle) < ratio) low = middle;
    else high = middle;
  }
  return withFactor((low + high) / 2);
}

/** A person in forty is absent, one in forty half an hour late; a cell of fewer than seven never loses anybody this way. */
function drawAttendance(company: Company, chance: Chance): Attendance[] {
  const absentIn = new Set<number>();
  const size = new Map<number, number>();
  for (const o of company.operators) size.set(o.cell, (size.get(o.cell) ?? 0) + 1);
  return company.operators.map((o) => {
    const draw = chance.share('attendance', o.index);
    if (draw < 0.025 && (size.get(o.cell) ?? 0) >= 7 && !absentIn.has(o.cell)) {
      absentIn.add(o.cell);
      return 'absent';
    }
    return draw > 0.975 ? 'late' : 'present';
  });
}

/** A weekday's share of a normal day; Monday is the heaviest. */
const WEEKDAY = [0.94, 1, 0.97, 0.96, 0.97, 0.99, 0.94] as const;
function forecastLine(line: Line, date: string): Map<number, number> {
  const items = line.items * (WEEKDAY[weekdayOf(date)] ?? 1);
  const profile = arrivalProfile(line.deadlines);
  const byHour = new Map<number, number>();
  for (const [hour, share] of profile.byHour)
    byHour.set(hour, items * (share + (hour === 8 ? profile.overnight : 0)));
  return byHour;
}

function drawBursts(chance: Chance): Burst[] {
  return Array.from({ length: chance.int(0, 2, 'bursts') }, (_, i) => {
    const from = chance.int(DAY_START + 30, 19 * 60, 'burst-at', i);
    return {
      from,
      to: from + chance.int(5, 25, 'burst-minutes', i),
      lines: chance.int(10, 40, 'burst-lines', i),
    };
  });
}

/** A scripted day: 0–2 shortages, 0–2 outages and at times a wave of work, anywhere and at any hour. */
function drawIncidents(
  company: Company,
  chance: Chance,
  attendance: readonly Attendance[],
): PlannedIncident[] {
  const incidents: PlannedIncident[] = [];
  const entry = company.cells.filter((c) => c.process !== 'SV補正');
  for (let i = 0; i < chance.int(0, 2, 'people'); i++) {
    const cell = chance.pick(entry, 'people-cell', i);
    const people = company.operators.filter((o) => o.cell === cell.index && attendance[o.index] !== 'absent');
    const count = Math.max(1, Math.round(people.length * (0.3 + 0.4 * chance.share('people-share', i))));
    const gone = chance
      .shuffle(people, 'people-who', i)
      .slice(0, Math.min(count, people.length - 1))
      .map((o) => o.index);
    const from = chance.share('people-from', i) < 0.4 ? DAY_START : chance.int(20, 30, 'people-at', i) * 30;
    incidents.push(incident('people', from, 1500, [cell.index], gone, 0));
  }
  for (let i = 0; i < chance.int(0, 2, 'system'); i++) {
    const line = chance.pick(company.lines, 'system-line', i);
    const cells = line.cells.filter((_, k) => k < 2 || chance.share('system-cell', i, k) < 0.3);
    const from = chance.int(9 * 60 + 20, 17 * 60, 'system-at', i);
    const minutes = chance.int(20, 140, 'system-minutes', i);
    const shown = chance.share('system-signs', i);
    incidents.push({
      ...incident(
        'system',
        from,
        Math.min(DAY_END - 10, from + minutes),
        cells.map((c) => c.index),
        [],
        0.03 + 0.3 * chance.share('system-factor', i),
      ),
      signs: shown < 0.6 ? 'loud' : shown < 0.8 ? 'late' : 'few',
    });
  }
  if (chance.share('wave') < 0.3) {
    const line = chance.pick(company.lines, 'wave-line');
    const from = chance.int(9, 13, 'wave-at') * 60;
    const cells = line.cells.slice(0, 1).map((c) => c.index);
    incidents.push(incident('volume', from, from + 120, cells, [], 1.2 + 0.8 * chance.share('wave-factor')));
  }
  return incidents;
}
