// From which sum of the CUSUM on slow work should be told: false alarms on normal days against how soon a real fall is told.
import { findSlow, type Worked } from '../../main/timeline/find-slow.ts';
import { workedOf } from '../../main/timeline/work-line.ts';
import { at, FROM, openDay, STEP, UNTIL } from './simulated-day.ts';

const MINUTE = 60_000;
const TOLD_FROM = [7.4, 10, 12, 15, 17, 20, 25] as const;
const FALLS = [0.7, 0.5, 0.3] as const;
const WEEK = { days: 5, processes: 20 } as const;
/** An alert is over after so many looks without it, and not raised again for so long. */
const CALM_LOOKS = 2;
const REOPEN_MS = 60 * MINUTE;
const WITHIN_MS = 120 * MINUTE;

type Team = { readonly worked: readonly Worked[]; readonly usual: number };
type Sum = { readonly at: number; readonly strength: number };

/** The work of every cell on one simulated normal day, and what CUSUM had added up at every look of it, from what was known then. */
function teamsOf(seed: number): { readonly team: Team; readonly sums: readonly Sum[] }[] {
  const { clock, analytics, close } = openDay(seed, 'normal');
  const sums = new Map<string, Sum[]>();
  let teams: [string, Team][] = [];
  for (let minute = FROM; minute <= UNTIL; minute += STEP) {
    clock.advance(at(minute) - clock.now());
    teams = (analytics.day(clock.now())?.cells ?? []).map((cell): [string, Team] => [
      cell.cell.cellId,
      { worked: workedOf(cell), usual: cell.usual },
    ]);
    for (const [id, team] of teams) sums.set(id, [...(sums.get(id) ?? []), sumAt(team, clock.now())]);
  }
  close();
  return teams.map(([id, team]) => ({ team, sums: sums.get(id) ?? [] }));
}

/** What CUSUM has added up by an instant; 0 where nothing is slow. */
function sumAt({ worked, usual }: Team, now: number): Sum {
  const last = findSlow(
    worked.filter((w) => w.at <= now),
    usual,
  ).slow.at(-1);
  return { at: now, strength: last?.until === null ? last.strength : 0 };
}
const sumsOf = (team: Team): Sum[] =>
  Array.from({ length: (UNTIL - FROM) / STEP + 1 }, (_, i) => sumAt(team, at(FROM + i * STEP)));
/** When an alert would have been told. */
function toldAt(sums: readonly Sum[], limit: number): number[] {
  const told: number[] = [];
  let calm = CALM_LOOKS;
  let over = Number.NEGATIVE_INFINITY;
  for (const sum of sums) {
    const isOpen = calm < CALM_LOOKS;
    if (sum.strength >= limit) {
      if (!isOpen && sum.at - over < REOPEN_MS) continue;
      if (!isOpen) told.push(sum.at);
      calm = 0;
    } else if (isOpen && ++calm === CALM_LOOKS) over = sum.at;
  }
  return told;
}

/** Numbers in [0, 1), the same every run (Park & Miller 1988). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
/** From `from` on only so large a share of the items gets done, while work waits all the time. */
const fallen = ({ worked, usual }: Team, from: number, share: number, draw: () => number): Team => ({
  usual,
  worked: worked.map((w) => {
    if (w.from < from) return w;
    const items = Array.from({ length: w.items }, draw).filter((u) => u < share).length;
    return { ...w, items };
  }),
});
const isBusy = ({ worked }: Team, from: number): boolean => {
  const after = worked.filter((w) => w.from >= from && w.at <= from + WITHIN_MS);
  return after.filter((w) => w.busy && w.planned > 0).length > after.length / 2;
};

/** Prints one line per sum: false alarms a week, and how soon falls to a share of the usual are told. */
export function measureSlowWork(print: (line: string) => void, days: number): void {
  const draw = chance(days);
  const falses = new Map<number, number>(TOLD_FROM.map((limit) => [limit, 0]));
  const delays = new Map<string, number[]>();
  let cellDays = 0;
  for (let seed = 7201; seed < 7201 + days; seed++)
    for (const { team, sums: calm } of teamsOf(seed)) {
      cellDays++;
      for (const limit of TOLD_FROM) falses.set(limit, (falses.get(limit) ?? 0) + toldAt(calm, limit).length);
      const from = at(600 + Math.floor(draw() * 420));
      if (!isBusy(team, from)) continue;
      for (const share of FALLS) {
        const sums = sumsOf(fallen(team, from, share, draw));
        for (const limit of TOLD_FROM) {
          const hit = sums.find((sum) => sum.at >= from && sum.strength >= limit);
          const key = `${limit} ${share}`;
          delays.set(key, [
            ...(delays.get(key) ?? []),
            ((hit?.at ?? Number.POSITIVE_INFINITY) - from) / MINUTE,
          ]);
        }
      }
    }
  print(
    `slower than usual: ${days} normal days, ${cellDays} cell-days; a fall from a random minute, at cells that stay busy`,
  );
  for (const limit of TOLD_FROM) {
    const week = (((falses.get(limit) ?? 0) / cellDays) * WEEK.processes * WEEK.days).toFixed(1);
    const falls = FALLS.map((share) => {
      const own = (delays.get(`${limit} ${share}`) ?? []).toSorted((a, b) => a - b);
      const found = own.filter((minutes) => minutes * MINUTE <= WITHIN_MS).length;
      const median = own[own.length >> 1] ?? Number.POSITIVE_INFINITY;
      return `to ${share}: ${found} of ${own.length} in 2 h, median ${Number.isFinite(median) ? `${Math.round(median)} min` : 'none'}`;
    });
    print(
      `  told from ${limit}: ${week} false alarms a week over ${WEEK.processes} processes; ${falls.join('; ')}`,
    );
  }
}
