import {
  assess,
  type CellPicture,
  type CellRisk,
  finishedPerInterval,
  type Picture,
} from '../placement/index.ts';
import type { RiskLevel, SituationRow } from './contract/situation.ts';
import type { CellRiskView, RiskLevels } from './types.ts';

const MINUTE = 60_000;
const THROUGHPUT_MINUTES = 30;
/** half an hour of work before the end of the longest break */
const FARTHEST_MINUTES = 120;
const TREND_MINUTES = 60;

/** One picture of all sites with its risks, worked out once per change of the data. */
export type SiteView = {
  readonly picture: Picture;
  /** the same indexes as the picture's cells */
  readonly risks: readonly CellRisk[];
  readonly rows: readonly SituationRow[];
  readonly cells: readonly CellRiskView[];
};

type Counter = CellPicture['snapshots'];
/**
 * Items/hour over the half hour of work before `at`; an interval that began earlier counts by its share. `paused` says for
 * how many ms of an interval everybody was on a break: that time is left out, so that the pace just after a break is not
 * that of the break. Null while no two snapshots with a counter fall into it.
 */
export function throughputAt(
  intervals: ReturnType<typeof finishedPerInterval>,
  at: number,
  paused: (from: number, to: number) => number,
): number | null {
  const wanted = THROUGHPUT_MINUTES * MINUTE;
  let items = 0;
  let covered = 0;
  for (let i = intervals.length - 1; i >= 0; i--) {
    const interval = intervals[i];
    if (!interval || interval.at > at) continue;
    if (covered >= wanted || interval.at <= at - FARTHEST_MINUTES * MINUTE) break;
    const length = Math.max(1, interval.at - interval.from);
    const pause = paused(interval.from, interval.at);
    // who works through a break is at work
    const worked = pause >= length && interval.items > 0 ? length : length - pause;
    if (worked <= 0) continue;
    const share = Math.min(1, (wanted - covered) / worked);
    items += interval.items * share;
    covered += worked * share;
  }
  return covered > 0 ? (items / covered) * 60 * MINUTE : null;
}

export const levelOf = (pMiss: number | null, levels: RiskLevels): RiskLevel => {
  if (pMiss === null) return 'unknown';
  return pMiss >= levels.dangerAt ? 'danger' : pMiss >= levels.watchAt ? 'watch' : 'ok';
};
/** Work that stands still is never on time for sure: nobody knows when it goes on. */
const levelAt = (pMiss: number | null, { stands }: { stands: boolean }, levels: RiskLevels): RiskLevel => {
  const level = levelOf(pMiss, levels);
  return stands && level === 'ok' ? 'watch' : level;
};
const trendOf = (snapshots: Counter, now: number): SituationRow['trend'] =>
  snapshots
    .filter((snapshot) => snapshot.at > now - TREND_MINUTES * MINUTE)
    .map(({ at, backlog }) => ({ at, backlog }));

export function viewSite(picture: Picture, levels: RiskLevels): SiteView {
  const { instance, rostered: known } = picture;
  const instantOf = (minute: number | null): number | null =>
    minute === null ? null : Math.round(instance.now + minute * MINUTE);
  const present = instance.cells.map(() => ({ people: 0, movedIn: 0 }));
  for (const person of instance.operators) {
    const count = present[person.cell];
    if (!count || person.from > instance.movesFrom) continue;
    count.people++;
    if (person.movedBy !== null) count.movedIn++;
  }
  const risks = assess(instance);
  const cells: CellRiskView[] = [];
  const rows = instance.cells.map((cell, i): SituationRow => {
    const own = picture.cells[i];
    const risk = risks[i];
    if (!own || !risk) throw new RangeError(`no cell ${i}`);
    const pMiss = known ? risk.pMiss : null;
    const worst = risk.worst === null ? undefined : risk.perLot[risk.worst];
    const throughput = throughputAt(finishedPerInterval(own.snapshots), own.dataAt, (from, to) =>
      picture.paused(i, from, to),
    );
    const { people, movedIn } = present[i] ?? { people: 0, movedIn: 0 };
    const line = instance.lines.findIndex(({ cells }) => cells.includes(i));
    cells.push({
      cell: cell.cell,
      line,
      step: instance.lines[line]?.cells.indexOf(i) ?? 0,
      dataAt: own.dataAt,
      backlog: cell.backlog,
      throughput,
      people,
      pMiss,
      deadlines: known
        ? risk.perLot.flatMap((lot) =>
            lot.deadline > 0
              ? [
                  {
                    deadline: Math.round(instance.now + lot.deadline * MINUTE),
                    pMiss: lot.pMiss,
                    due: lot.due,
                    shortItems: lot.shortItems,
                    able: lot.able,
                    lot: lot.lot,
                    required: lot.required ?? 0,
                    finishAt: instantOf(lot.finish),
                  },
                ]
              : [],
          )
        : [],
    });
    return {
      ...cell.cell,
      sequence: own.sequence,
      backlog: cell.backlog,
      correctionWaiting: own.correctionWaiting,
      lots: [...own.lots],
      deadline: worst ? instantOf(worst.deadline) : null,
      standstillSince: cell.standstill ? instantOf(-cell.standstill.minutes) : null,
      due: worst?.due ?? null,
      dueParts: worst ? { here: worst.here, upstream: worst.upstream, expected: worst.expected } : null,
      dueFinishAt: known ? instantOf(worst?.finish ?? null) : null,
      throughput,
      required: risk.required,
      people,
      movedIn,
      pOnTime: pMiss === null ? null : 1 - pMiss,
      allFinishAt: known ? instantOf(risk.finish) : null,
      shortItems: known ? risk.shortItems : 0,
      risk: levelAt(pMiss, { stands: cell.standstill !== undefined && risk.worst !== null }, levels),
      plan: null,
      trend: trendOf(own.snapshots, own.dataAt),
      dataAt: own.dataAt,
    };
  });
  return { picture, risks, rows, cells };
}
