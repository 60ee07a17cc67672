import { setImmediate as turn } from 'node:timers/promises';
import type { RiskReport } from '../analytics/types.ts';
import { type Cell, cellIdOf } from '../api/contract/common.ts';
import { Cancelled } from '../kernel/errors.ts';
import type { AlertSettings, Backtest } from './contract/alerts.ts';
import { isWorthKeeping, judgeDelays, namesOf, problemOf } from './kinds/delay/judge.ts';
import type { AlertRecord, RiskPoint } from './types.ts';

/** Snapshots closer together than this are skipped: a week is then some hundred looks. */
const STEP_MS = 10 * 60_000;
const KEPT = 30;
/** So many deadlines are looked up in one turn. */
const IN_A_TURN = 20;
type CellKey = Pick<Cell, 'location' | 'businessId' | 'process'>;

export type BacktestData = {
  /** instants of the kept snapshots, ascending, epoch ms */
  readonly snapshots: readonly number[];
  readonly risks: (at: number) => RiskReport | null;
  /** whether items due by a deadline had not passed then; null: the snapshots do not tell */
  readonly wasLate: (cell: CellKey, deadline: number) => boolean | null;
  /** all deadlines in the time looked at */
  readonly deadlines: readonly (CellKey & { readonly deadline: number })[];
};
type Came = NonNullable<Backtest['proposed']>;
export type BacktestEvent =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'result'; readonly result: Backtest };

/** Whether one of the deadlines that an alert names was missed; null: the snapshots tell of none of them. */
export function cameOf(
  { deadlines }: Pick<AlertRecord, 'deadlines'>,
  wasLate: BacktestData['wasLate'],
): boolean | null {
  const came = deadlines.map(({ cell, deadline }) => wasLate(cell, deadline)).filter((late) => late !== null);
  return came.length > 0 ? came.includes(true) : null;
}

/** Levels of watch that are tried beside the one that is set. */
const TRIED = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
/** Nothing is proposed from fewer missed deadlines than this, or for less than so much better a score. */
const ENOUGH_LATE = 5;
const BETTER = 0.02;

/** One setting lived through the past: what it would have raised. */
class Trial {
  readonly settings: AlertSettings;
  /** alerts as they were last */
  readonly fired = new Map<string, AlertRecord>();
  readonly rung = new Set<string>();
  private readonly points = new Map<string, RiskPoint[]>();
  private live: AlertRecord[] = [];
  private ids = 0;
  constructor(settings: AlertSettings) {
    this.settings = settings;
  }
  look(report: RiskReport, at: number): void {
    const { settings } = this;
    const { changed, opened } = judgeDelays({
      report,
      live: this.live,
      earlier: (cellId, deadline, before) => this.earlier(cellId, deadline, before),
      work: null,
      rosters: null,
      wasClosed: () => false,
      settings,
      now: at,
      newId: () => String(++this.ids),
    });
    for (const view of report.cells) {
      if (view.pMiss === null) continue;
      this.keep(view.cell.cellId, { at: view.dataAt, pMiss: view.pMiss });
      for (const risk of view.deadlines)
        if (isWorthKeeping(risk.pMiss, settings))
          this.keep(problemOf(view.cell.cellId, risk.deadline), { at: view.dataAt, pMiss: risk.pMiss });
    }
    const next = new Map([...this.live, ...changed, ...opened].map((alert) => [alert.id, alert]));
    this.live = [...next.values()].filter((alert) => alert.closedAt === null);
    for (const alert of [...changed, ...opened]) {
      this.fired.set(alert.id, alert);
      for (const name of namesOf(alert)) this.rung.add(name);
    }
  }
  /** Against what came: `late` are the problems whose deadline was missed. */
  came(end: number, late: readonly string[], wasLate: BacktestData['wasLate']): Omit<Came, 'watchAt'> {
    const over = [...this.fired.values()].filter(({ until }) => until !== null && until <= end);
    const came = over.map((alert) => cameOf(alert, wasLate));
    return {
      fired: this.fired.size,
      late: came.filter((was) => was === true).length,
      unknown: came.filter((was) => was === null).length,
      pending: this.fired.size - over.length,
      unseen: late.filter((problem) => !this.rung.has(problem)).length,
    };
  }
  private earlier(cellId: string, deadline: number, before: number): RiskPoint[] {
    const cell = (this.points.get(cellId) ?? []).filter((point) => point.at < before);
    const own = (this.points.get(problemOf(cellId, deadline)) ?? []).filter((point) => point.at < before);
    const gap = own.findIndex((point, i) => point.at !== cell[i]?.at);
    return gap === -1 ? own : own.slice(0, gap);
  }
  private keep(key: string, point: RiskPoint): void {
    this.points.set(key, [point, ...(this.points.get(key) ?? [])].slice(0, KEPT));
  }
}

/** Right alerts against wrong ones and what was missed without any: their F1. */
const scoreOf = ({ fired, late, unknown, pending, unseen }: Omit<Came, 'watchAt'>): number => {
  const wrong = fired - late - unknown - pending;
  return late === 0 ? 0 : (2 * late) / (2 * late + wrong + unseen);
};

/**
 * The delay alerts that given levels would have raised on past snapshots, every ten minutes, against what came of their deadlines; and
 * the level of watch that would have done best, where it would have done better.
 */
export async function* backtest(
  data: BacktestData,
  settings: AlertSettings,
  signal?: AbortSignal,
): AsyncGenerator<BacktestEvent> {
  const instants: number[] = [];
  for (const at of data.snapshots) if (at - (instants.at(-1) ?? 0) >= STEP_MS) instants.push(at);
  const own = new Trial(settings);
  const others = TRIED.filter((watchAt) => watchAt !== settings.watchAt && watchAt < settings.dangerAt).map(
    (watchAt) => new Trial({ ...settings, watchAt }),
  );
  for (const [i, at] of instants.entries()) {
    // the engine has other work, and a person may have left
    await turn();
    if (signal?.aborted) throw new Cancelled('backtest cancelled');
    const report = data.risks(at);
    if (!report) continue;
    for (const trial of [own, ...others]) trial.look(report, at);
    if (i % 5 === 0) yield { kind: 'progress', done: i + 1, total: instants.length };
  }
  const end = instants.at(-1) ?? 0;
  const late: string[] = [];
  for (const [i, { deadline, ...cell }] of data.deadlines.entries()) {
    if (i % IN_A_TURN === 0) await turn();
    if (signal?.aborted) throw new Cancelled('backtest cancelled');
    if (data.wasLate(cell, deadline) === true)
      late.push(problemOf(cellIdOf(cell.location, cell.businessId, cell.process), deadline));
  }
  const came = own.came(end, late, data.wasLate);
  const [best] = others
    .map((trial) => ({ watchAt: trial.settings.watchAt, ...trial.came(end, late, data.wasLate) }))
    .toSorted((a, b) => scoreOf(b) - scoreOf(a));
  const isBetter = best && late.length >= ENOUGH_LATE && scoreOf(best) >= scoreOf(came) + BETTER;
  yield {
    kind: 'result',
    result: {
      from: instants[0] ?? null,
      to: instants.at(-1) ?? null,
      looks: instants.length,
      ...came,
      proposed: isBetter ? best : null,
    },
  };
}
