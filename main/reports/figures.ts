// The figures of one day, all counted by code. Everything a report says comes from here.

import type { Anomaly, Incident } from '../anomalies/contract/anomalies.ts';
import type { Anomalies } from '../anomalies/index.ts';
import { instantOf, minuteOfDay } from '../kernel/clock.ts';
import type { LogTemplate } from '../logs/contract/logs.ts';
import type { Logs } from '../logs/index.ts';
import { type Answered, Query } from '../measures/contract/measures.ts';
import type { Reader } from '../store/index.ts';
import type { VerdictSide } from '../timeline/contract/timeline.ts';
import {
  businessNames,
  type DayLot,
  dayAlerts,
  dayLots,
  hasProgress,
  type ToldVerdict,
  verdictOf,
} from './queries.ts';

export type ServiceDay = { readonly service: string; readonly lines: number; readonly errors: number };
export type DayFigures = {
  readonly date: string;
  readonly from: number;
  readonly to: number;
  /** whether anything is known of the work of the day; without it no deadline is known either */
  readonly progress: boolean;
  /** `verdict`: what the delay of one that was missed lies with, as its alert judged it; null: no judgement */
  readonly lots: readonly (DayLot & { readonly business: string; readonly verdict: ToldVerdict | null })[];
  readonly met: number;
  readonly missed: number;
  /** deadlines later than the report was made */
  readonly toCome: number;
  readonly lateItems: number;
  readonly alerts: {
    readonly watch: number;
    readonly danger: number;
    /** delays by the sides they were judged to lie with; none: it could not be told */
    readonly verdicts: readonly { readonly sides: readonly VerdictSide[]; readonly n: number }[];
  };
  readonly decisions: {
    readonly approved: number;
    readonly rejected: number;
    readonly undone: number;
    readonly people: number;
  };
  readonly lines: number;
  readonly errors: number;
  readonly services: readonly ServiceDay[];
  /** lines and errors by hour of the day, up to now */
  readonly hours: readonly { readonly at: number; readonly lines: number; readonly errors: number }[];
  readonly newTemplates: readonly LogTemplate[];
  /** when the figures were read */
  readonly now: number;
  readonly anomalies: readonly Anomaly[];
  readonly incidents: readonly Incident[];
};

const HOUR = 3_600_000;
/** Answers a question of the measures. */
export type Answer = (query: Query) => Promise<Answered>;

/** What the measures tell of a day: the same figures as in the analytics and the chat. */
async function askedOf(date: string, answer: Answer) {
  const ask = async (measures: string[], by: Query['by']) => {
    const window = { days: { kind: 'dates', from: date, to: date } };
    return answer(Query.parse({ measures, by, window }));
  };
  const decided = await ask(['decisions'], ['state']);
  const moved = await ask(['moves'], []);
  const logged = await ask(['log-lines', 'errors'], ['service']);
  const hourly = await ask(['log-lines', 'errors'], ['hour']);
  const figure = (value: unknown): number => Number(value ?? 0);
  const inState = (state: string): number =>
    figure(decided.table.rows.find((row) => row['state:id'] === state)?.['decisions']);
  const logsIn = (row: Answered['table']['rows'][number]) => ({
    lines: figure(row['log-lines']),
    errors: figure(row['errors']),
  });
  return {
    decisions: {
      approved: inState('approved'),
      rejected: inState('rejected'),
      undone: inState('undone'),
      people: figure(moved.totals['moves']),
    },
    lines: figure(logged.totals['log-lines']),
    errors: figure(logged.totals['errors']),
    services: logged.table.rows
      .map((row) => ({ service: String(row['service'] ?? ''), ...logsIn(row) }))
      .filter(({ lines }) => lines > 0),
    hours: new Map(hourly.table.rows.map((row) => [figure(row['hour:id']), logsIn(row)])),
  };
}

export async function figuresOf(
  date: string,
  o: {
    readonly read: Reader;
    readonly logs: Pick<Logs, 'templates'>;
    readonly answer: Answer;
    readonly anomalies: Pick<Anomalies, 'list' | 'incidents'>;
    readonly zone: string;
    readonly now: number;
  },
): Promise<DayFigures> {
  const from = instantOf(date, 0, o.zone);
  const to = instantOf(date, 24 * 60, o.zone);
  const names = businessNames(o.read);
  const lots = dayLots(o.read, from, to).map((lot) => ({
    ...lot,
    business: names.get(lot.businessId) ?? lot.businessId,
    verdict: (lot.left ?? 0) > 0 ? verdictOf(o.read, lot) : null,
  }));
  const judged = lots.filter((lot) => lot.left !== null);
  const alerts = dayAlerts(o.read, from, to);
  const sum = (severity: string): number => alerts.filter((a) => a.severity === severity).length;
  const verdicts = [
    ...Map.groupBy(
      alerts.flatMap(({ verdict }) => (verdict ? [verdict.sides] : [])),
      (sides) => sides.join(),
    ).values(),
  ].map((group) => ({ sides: group[0] ?? [], n: group.length }));

  const asked = await askedOf(date, o.answer);
  const within = (at: number | null): boolean => at !== null && at >= from && at < to;
  return {
    date,
    from,
    to,
    progress: hasProgress(o.read, from, to),
    lots,
    met: judged.filter((lot) => lot.left === 0).length,
    missed: judged.filter((lot) => (lot.left ?? 0) > 0).length,
    toCome: lots.filter((lot) => lot.left === null && lot.deadline > o.now).length,
    lateItems: judged.reduce((n, lot) => n + (lot.left ?? 0), 0),
    alerts: { watch: sum('watch'), danger: sum('danger'), verdicts },
    decisions: asked.decisions,
    lines: asked.lines,
    errors: asked.errors,
    services: asked.services,
    hours: Array.from({ length: Math.ceil((Math.min(to, Math.max(from, o.now)) - from) / HOUR) }, (_, i) => {
      const at = from + i * HOUR;
      const hour = asked.hours.get(minuteOfDay(at, o.zone));
      return { at, lines: hour?.lines ?? 0, errors: hour?.errors ?? 0 };
    }),
    newTemplates: o.logs.templates
      .list({ sort: 'newest', limit: 500, noise: true })
      .templates.filter((t) => within(t.firstAt)),
    now: o.now,
    anomalies: o.anomalies.list({ from, to, limit: 2000 }),
    incidents: o.anomalies.incidents({ from, to, limit: 1000 }),
  };
}
