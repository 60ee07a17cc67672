// What the situation says about lateness against what came when nobody acted, on simulated days: recall and false alarms of late lots,
// calibration and Brier score, per group of steps and lead time. A lot is late with 5 items or more, and called late from P = 0.5 on.
// TORIDE_SEEDS (e.g. 1-20), TORIDE_DAYS (scenarios, e.g. random,shortage), TORIDE_VERBOSE=1 name what is looked at and what was wrong.
import { instantOf } from '../../main/clock.ts';
import { assess, currentRules, loadPicture } from '../../main/placement/index.ts';
import { findOutcomes } from '../../main/simulator/find-truth.ts';
import { createSite } from '../../main/simulator/index.ts';
import { makeCompany } from '../../main/simulator/make-company.ts';
import { planDay } from '../../main/simulator/plan-day.ts';
import { Chance } from '../../main/simulator/random.ts';
import { DayRun } from '../../main/simulator/run-day.ts';
import type { ScenarioName } from '../../main/simulator/types.ts';
import { columnNames, upsert } from '../../main/store/index.ts';
import { memoryStore } from '../helpers/memory-store.ts';

const ZONE = 'Asia/Tokyo';
const DATE = '2026-11-20';
const LEADS = [30, 60, 120, 180] as const;
const LATE_ITEMS = 5;
const CALLED = 0.5;

type Case = {
  readonly what: string;
  readonly lead: number;
  readonly group: 'first' | 'later';
  readonly lateItems: number;
  readonly pLate: number;
  /** the same day without what begins only after the forecast */
  readonly oracle: boolean;
};

function loadDay(seed: number, scenario: ScenarioName, speeds: number): ReturnType<typeof memoryStore> {
  const store = memoryStore();
  const site = createSite({
    seed,
    scenario,
    zone: ZONE,
    startDate: DATE,
    logs: { perMinute: 0, unknownErrors: 0 },
  });
  const chance = new Chance(seed, 'believed speeds');
  for (const part of [site.master(), site.history(7), site.until(instantOf(DATE, 21 * 60, ZONE))])
    for (const batch of part) {
      if (batch.table === 'system_logs') continue;
      const rows =
        batch.table === 'operator_process_capabilities' && speeds > 0
          ? batch.rows.map((row) => ({
              ...row,
              average_speed: (row.average_speed ?? 0) * chance.around(speeds, row.capability_id),
            }))
          : batch.rows;
      store.apply([upsert(batch.table, columnNames(batch.table), null, rows as never)]);
    }
  return store;
}

/** Every lot of a day at every lead: what was said, what came. `speeds`: how far believed speeds are off (sd of logarithms). */
function casesOf(seed: number, scenario: ScenarioName, speeds: number): Case[] {
  const { read, close } = loadDay(seed, scenario, speeds);
  const company = makeCompany(seed);
  const plan = planDay(company, seed, DATE, scenario);
  const instant = (minute: number): number => instantOf(DATE, minute, ZONE);
  const { rules } = currentRules(read);
  const oracles = new Map<number, DayRun>();
  const oracleAt = (minute: number): DayRun => {
    const incidents = plan.incidents.filter((i) => i.kind === 'people' || i.from <= minute);
    const known = oracles.get(incidents.length);
    if (known) return known;
    const run = new DayRun(company, { ...plan, incidents });
    run.advance(1500);
    oracles.set(incidents.length, run);
    return run;
  };
  const views = new Map<number, Map<string, number>>();
  const viewAt = (at: number): Map<string, number> => {
    const known = views.get(at);
    if (known) return known;
    const view = new Map<string, number>();
    const picture = loadPicture(read, at, { zone: ZONE, rules });
    if (picture && picture.dataAt >= instant(480)) {
      const { instance } = picture;
      assess(instance).forEach((risk, c) => {
        for (const lot of risk.perLot)
          view.set(
            `${instance.cells[c]?.cell.cellId} ${Math.round(instance.now + lot.deadline * 60_000)}`,
            lot.pMiss,
          );
      });
    }
    views.set(at, view);
    return view;
  };
  const cases = LEADS.flatMap((lead) =>
    findOutcomes(company, plan, instant).flatMap((o): Case[] => {
      const at = o.deadline - lead * 60_000;
      const view = viewAt(at);
      const cell = company.cells.find(
        (c) => c.location === o.location && c.businessId === o.businessId && c.process === o.process,
      );
      if (view.size === 0 || !cell) return [];
      const minute = Math.round((at - instant(0)) / 60_000);
      const lot = oracleAt(minute)
        .lots(cell.index)
        .find((l) => instant(l.deadline) === o.deadline);
      return [
        {
          what: `${scenario} ${seed} ${o.location} ${o.businessId} ${o.process} ${(o.deadline - instant(0)) / 60_000}`,
          lead,
          group: o.process === 'エントリ1' ? 'first' : 'later',
          lateItems: o.lateItems,
          pLate: view.get(`${o.location}\u001f${o.businessId}\u001f${o.process} ${o.deadline}`) ?? 0,
          oracle: lot !== undefined && lot.arrived - lot.doneInTime >= LATE_ITEMS,
        },
      ];
    }),
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
      if (process.env['TORIDE_VERBOSE'])
        for (const c of [...late.filter((c) => c.pLate < CALLED), ...wrong])
          print(
            `   ${c.lateItems > 0 ? 'missed' : 'false '} ${c.what} late ${c.lateItems} P ${c.pLate.toFixed(2)}${c.oracle ? '' : ' (not foreseeable)'}`,
          );
    }
  const bins = Array.from({ length: 10 }, (_, b) => {
    const own = cases.filter((c) => Math.min(9, Math.floor(c.pLate * 10)) === b);
    if (own.length === 0) return '–';
    const said = own.reduce((sum, c) => sum + c.pLate, 0) / own.length;
    const came = own.filter((c) => c.lateItems > 0).length / own.length;
    return `${said.toFixed(2)}→${came.toFixed(2)} (${own.length})`;
  });
  print(`${name}, calibration, said→came (cases): ${bins.join('  ')}`);
}

const seedsOf = (text: string): number[] =>
  text.split(',').flatMap((part) => {
    const [a = 0, b = a] = part.split('-').map(Number);
    return Array.from({ length: b - a + 1 }, (_, i) => a + i);
  });

export async function run(print: (line: string) => void): Promise<void> {
  const seeds = seedsOf(process.env['TORIDE_SEEDS'] ?? '1-20');
  const days = (process.env['TORIDE_DAYS'] ?? 'random,shortage,outage').split(',') as ScenarioName[];
  for (const day of days)
    report(
      day,
      seeds.flatMap((seed) => casesOf(seed, day, 0)),
      print,
    );
}
