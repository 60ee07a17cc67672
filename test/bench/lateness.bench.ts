// What the situation says about lateness against what came when nobody acted, on simulated days: recall and false alarms of late lots,
// calibration and Brier score, per group of steps and lead time, by kind of day and over all of them. A lot is late with 5 items or more, and
// called late from P = 0.5 on.
// Names of days: scenarios; with /other in a company that its records misjudge. TORIDE_SEEDS (e.g. 1-20), TORIDE_DAYS (e.g.
// random,shortage/other), TORIDE_VERBOSE=1 say what is looked at and name what was wrong. About five seconds a day.
import { cellIdOf } from '../../main/api/contract/common.ts';
import { instantOf } from '../../main/kernel/clock.ts';
import { assess, currentRules, loadPicture } from '../../main/placement/index.ts';
import { type Behaviour, createSite, type ScenarioName } from '../../main/simulator/index.ts';
import { makeCompany } from '../../main/simulator/make-company.ts';
import { planDay } from '../../main/simulator/plan-day.ts';
import { DayRun } from '../../main/simulator/run-day.ts';
import { workingMinutes } from '../../main/simulator/working-time.ts';
import { columnNames, upsert } from '../../main/store/index.ts';
import { memoryStore } from '../helpers/store/memory-store.ts';

const ZONE = 'Asia/Tokyo';
const DATE = '2026-11-20';
/** The night shift's end: what is not done by then is not done that day. */
const LAST_MINUTE = 1500;
const LEADS = [30, 60, 120, 180] as const;
const LATE_ITEMS = 5;
const CALLED = 0.5;
const DAYS = 'random,shortage,outage,volume,long-outage,random/other,shortage/other';
/** Speeds believed wrong by a fifth; noisier, more tiring, imports half as often, other shares than the forecast reckons with. */
const OTHER: Partial<Behaviour> = {
  believedSpeeds: 0.2,
  personNoise: 0.12,
  cellNoise: 0.1,
  arrivalNoise: 0.15,
  minuteNoise: 2,
  fatiguePerHour: 0.03,
  importMinutes: 20,
  toCorrection: 0.45,
  toSupervisor: 0.4,
};

type Case = {
  readonly what: string;
  readonly lead: number;
  readonly group: 'first' | 'later';
  readonly lateItems: number;
  readonly pLate: number;
  /** the same day without what nobody can have seen at the forecast: it begins later, or slows work down from the break on that still lasts */
  readonly oracle: boolean;
  readonly seed: number;
};
type Day = { readonly seed: number; readonly scenario: ScenarioName; readonly behaviour: Partial<Behaviour> };

function loadDay(day: Day): ReturnType<typeof memoryStore> {
  const store = memoryStore();
  const site = createSite({ ...day, zone: ZONE, startDate: DATE, logs: { perMinute: 0, unknownErrors: 0 } });
  for (const part of [site.master(), site.history(7), site.until(instantOf(DATE, 21 * 60, ZONE))])
    for (const { table, rows } of part)
      if (table !== 'system_logs') store.apply([upsert(table, columnNames(table), null, rows as never)]);
  return store;
}

/** Every lot of a day at every lead: what was said, what came. */
function casesOf(day: Day): Case[] {
  const { seed, scenario, behaviour } = day;
  const { read, close } = loadDay(day);
  const company = makeCompany(seed, behaviour);
  const plan = planDay(company, seed, DATE, scenario);
  const instant = (minute: number): number => instantOf(DATE, minute, ZONE);
  const { rules } = currentRules(read);
  const runs = new Map<string, DayRun>();
  const canBeSeen = ({ kind, from }: (typeof plan.incidents)[number], minute: number): boolean =>
    kind === 'people' || (kind === 'system' ? workingMinutes(from, minute) > 0 : from <= minute);
  /** The day lived to its end with what can be seen at `minute`. */
  const dayKnownAt = (minute: number): DayRun => {
    const incidents = plan.incidents.filter((i) => canBeSeen(i, minute));
    const key = incidents.map((i) => plan.incidents.indexOf(i)).join();
    const known = runs.get(key);
    if (known) return known;
    const run = new DayRun(company, { ...plan, incidents });
    run.advance(LAST_MINUTE);
    run.close();
    runs.set(key, run);
    return run;
  };
  const views = new Map<number, Map<string, number> | null>();
  /** P(late) by cell and deadline as said at a minute of the day; null before the day has begun. */
  const viewAt = (minute: number): Map<string, number> | null => {
    const known = views.get(minute);
    if (known !== undefined) return known;
    const picture = loadPicture(read, instant(minute), { zone: ZONE, rules });
    const view =
      picture && picture.dataAt >= instant(480)
        ? new Map(
            assess(picture.instance).flatMap((risk, c) =>
              risk.perLot.map((lot): [string, number] => [
                `${picture.instance.cells[c]?.cell.cellId} ${Math.round(picture.instance.now + lot.deadline * 60_000)}`,
                lot.pMiss,
              ]),
            ),
          )
        : null;
    views.set(minute, view);
    return view;
  };
  const whole = dayKnownAt(Number.POSITIVE_INFINITY);
  const cases = LEADS.flatMap((lead) =>
    company.cells.flatMap((cell) =>
      whole.lots(cell.index).flatMap((lot, k): Case[] => {
        const minute = lot.deadline - lead;
        const view = viewAt(minute);
        const foreseen = dayKnownAt(minute).lots(cell.index)[k];
        if (lot.arrived === 0 || !view || !foreseen) return [];
        const { location, businessId, process } = cell;
        return [
          {
            what: `${scenario} ${seed} ${location} ${businessId} ${process} ${lot.deadline}`,
            seed,
            lead,
            group: process === 'エントリ1' ? 'first' : 'later',
            lateItems: lot.arrived - lot.doneInTime,
            pLate: view.get(`${cellIdOf(location, businessId, process)} ${instant(lot.deadline)}`) ?? 0,
            oracle: foreseen.arrived - foreseen.doneInTime >= LATE_ITEMS,
          },
        ];
      }),
    ),
  );
  close();
  return cases;
}

const share = (a: number, b: number): string => (b === 0 ? '–' : `${(a / b).toFixed(2)} (${a}/${b})`);
function report(name: string, cases: readonly Case[], print: (line: string) => void): void {
  for (const lead of LEADS)
    for (const group of ['first', 'later'] as const) {
      const own = cases.filter((c) => c.lead === lead && c.group === group);
      const late = own.filter((c) => c.lateItems >= LATE_ITEMS);
      const onTime = own.filter((c) => c.lateItems === 0);
      const hit = late.filter((c) => c.pLate >= CALLED);
      const wrong = onTime.filter((c) => c.pLate >= CALLED);
      const seen = late.filter((c) => c.oracle).length;
      const brier = own.reduce((sum, c) => sum + (c.pLate - (c.lateItems > 0 ? 1 : 0)) ** 2, 0) / own.length;
      print(
        `${name}, ${lead} min, ${group}: recall ${share(hit.length, late.length)}, oracle ${share(seen, late.length)}, false ${share(wrong.length, wrong.length + hit.length)}, Brier ${brier.toFixed(4)}`,
      );
    }
  const bins = Array.from({ length: 10 }, (_, b) => {
    const own = cases.filter((c) => Math.min(9, Math.floor(c.pLate * 10)) === b);
    if (own.length === 0) return '–';
    const said = own.reduce((sum, c) => sum + c.pLate, 0) / own.length;
    const came = own.filter((c) => c.lateItems > 0).length / own.length;
    // one seed's days have the same people and chances: all their lots count as one draw
    const spread = [...Map.groupBy(own, (c) => c.seed).values()].reduce(
      (sum, days) => sum + days.reduce((off, c) => off + (c.lateItems > 0 ? 1 : 0) - c.pLate, 0) ** 2,
      0,
    );
    return `${said.toFixed(2)}→${came.toFixed(2)} ±${(Math.sqrt(spread) / own.length).toFixed(2)} (${own.length})`;
  });
  print(`${name}, calibration, said→came ±1 sd (cases): ${bins.join('  ')}`);
}

function nameWrong(cases: readonly Case[], print: (line: string) => void): void {
  for (const c of cases) {
    const isCalled = c.pLate >= CALLED;
    const isWrong = isCalled ? c.lateItems === 0 : c.lateItems >= LATE_ITEMS;
    if (isWrong)
      print(
        `   ${c.lead} min, ${isCalled ? 'false ' : 'missed'} ${c.what} late ${c.lateItems} P ${c.pLate.toFixed(2)}${c.oracle ? '' : ' (not foreseeable)'}`,
      );
  }
}

const seedsOf = (text: string): number[] =>
  text.split(',').flatMap((part) => {
    const [a = 0, b = a] = part.split('-').map(Number);
    return Array.from({ length: b - a + 1 }, (_, i) => a + i);
  });

export async function run(print: (line: string) => void): Promise<void> {
  const seeds = seedsOf(process.env['TORIDE_SEEDS'] ?? '1-5');
  const names = (process.env['TORIDE_DAYS'] ?? DAYS).split(',');
  const all = names.flatMap((name) => {
    const [scenario, company] = name.split('/');
    const behaviour = company ? OTHER : {};
    const cases = seeds.flatMap((seed) => casesOf({ seed, scenario: scenario as ScenarioName, behaviour }));
    report(name, cases, print);
    if (process.env['TORIDE_VERBOSE']) nameWrong(cases, print);
    return cases;
  });
  if (names.length > 1) report('all', all, print);
}
