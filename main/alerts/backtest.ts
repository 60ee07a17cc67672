import { setImmediate as turn } from 'node:timers/promises';
import type { RiskReport } from '../analytics/types.ts';
import type { AlertSettings, Backtest } from '../api/contract/alerts.ts';
import { type Cell, cellIdOf } from '../api/contract/common.ts';
import { Cancelled } from '../kernel/errors.ts';
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

/** The delay alerts that given levels would have raised on past snapshots, every ten minutes, against what came of their deadlines. */
export async function* backtest(
  data: BacktestData,
  settings: AlertSettings,
  signal?: AbortSignal,
): AsyncGenerator<BacktestEvent> {
  const instants: number[] = [];
  for (const at of data.snapshots) if (at - (instants.at(-1) ?? 0) >= STEP_MS) instants.push(at);
  const points = new Map<string, RiskPoint[]>();
  const earlier = (cellId: string, deadline: number, before: number): RiskPoint[] => {
    const cell = (points.get(cellId) ?? []).filter((point) => point.at < before);
    const own = (points.get(problemOf(cellId, deadline)) ?? []).filter((point) => point.at < before);
    const gap = own.findIndex((point, i) => point.at !== cell[i]?.at);
    return gap === -1 ? own : own.slice(0, gap);
  };
  const keep = (key: string, point: RiskPoint): void => {
    points.set(key, [point, ...(points.get(key) ?? [])].slice(0, KEPT));
  };
  let live: AlertRecord[] = [];
  /** alerts as they were last */
  const fired = new Map<string, AlertRecord>();
  const rung = new Set<string>();
  let ids = 0;
  for (const [i, at] of instants.entries()) {
    // the engine has other work, and a person may have left
    await turn();
    if (signal?.aborted) throw new Cancelled('backtest cancelled');
    const report = data.risks(at);
    if (!report) continue;
    const { changed, opened } = judgeDelays({
      report,
      live,
      earlier,
      work: null,
      rosters: null,
      wasClosed: () => false,
      settings,
      now: at,
      newId: () => String(++ids),
    });
    for (const view of report.cells) {
      if (view.pMiss === null) continue;
      keep(view.cell.cellId, { at: view.dataAt, pMiss: view.pMiss });
      for (const risk of view.deadlines)
        if (isWorthKeeping(risk.pMiss, settings))
          keep(problemOf(view.cell.cellId, risk.deadline), { at: view.dataAt, pMiss: risk.pMiss });
    }
    const next = new Map([...live, ...changed, ...opened].map((alert) => [alert.id, alert]));
    live = [...next.values()].filter((alert) => alert.closedAt === null);
    for (const alert of [...changed, ...opened]) {
      fired.set(alert.id, alert);
      for (const name of namesOf(alert)) rung.add(name);
    }
    if (i % 5 === 0) yield { kind: 'progress', done: i + 1, total: instants.length };
  }
  const end = instants.at(-1) ?? 0;
  const over = [...fired.values()].filter(({ until }) => until !== null && until <= end);
  const came = over.map((alert) => cameOf(alert, data.wasLate));
  let unseen = 0;
  for (const [i, { deadline, ...cell }] of data.deadlines.entries()) {
    if (i % IN_A_TURN === 0) await turn();
    if (signal?.aborted) throw new Cancelled('backtest cancelled');
    const problem = problemOf(cellIdOf(cell.location, cell.businessId, cell.process), deadline);
    if (!rung.has(problem) && data.wasLate(cell, deadline) === true) unseen++;
  }
  yield {
    kind: 'result',
    result: {
      from: instants[0] ?? null,
      to: instants.at(-1) ?? null,
      looks: instants.length,
      fired: fired.size,
      late: came.filter((late) => late === true).length,
      unknown: came.filter((late) => late === null).length,
      pending: fired.size - over.length,
      unseen,
    },
  };
}
