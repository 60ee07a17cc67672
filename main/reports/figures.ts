// The figures of one day, all counted by code. Everything a report says comes from here.
import type { Anomalies } from '../anomalies/index.ts';
import type { Anomaly, Incident } from '../api/contract/anomalies.ts';
import type { LogTemplate } from '../api/contract/logs.ts';
import type { VerdictSide } from '../api/contract/timeline.ts';
import { instantOf } from '../kernel/clock.ts';
import type { Logs } from '../logs/index.ts';
import type { Reader } from '../store/index.ts';
import {
  businessNames,
  type DayDecisions,
  type DayLot,
  dayAlerts,
  dayDecisions,
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
  readonly decisions: DayDecisions;
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
const ERRORS = ['error', 'fatal'] as const;

export function figuresOf(
  date: string,
  o: {
    readonly read: Reader;
    readonly logs: Pick<Logs, 'counts' | 'templates'>;
    readonly anomalies: Pick<Anomalies, 'list' | 'incidents'>;
    readonly zone: string;
    readonly now: number;
  },
): DayFigures {
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

  const filter = { from, to, noise: true };
  const all = o.logs.counts({ filter, by: 'service', top: 1000 });
  const bad = o.logs.counts({ filter: { ...filter, levels: [...ERRORS] }, by: 'service', top: 1000 });
  const errorsOf = new Map(bad.series.map((s) => [s.key, s.total]));
  const hour = (levels: readonly ('error' | 'fatal')[] | null): Map<number, number> => {
    const counted = o.logs.counts({
      filter: levels ? { ...filter, levels: [...levels] } : filter,
      by: 'source',
      buckets: 24,
      top: 1000,
    });
    const by = new Map<number, number>();
    for (const { counts } of counted.series)
      counts.forEach((n, i) => {
        const at = counted.from + i * counted.bucketMs;
        const start = from + Math.floor((at - from) / HOUR) * HOUR;
        by.set(start, (by.get(start) ?? 0) + n);
      });
    return by;
  };
  const lines = hour(null);
  const errors = hour(ERRORS);
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
    decisions: dayDecisions(o.read, from, to),
    lines: all.total,
    errors: bad.total,
    services: all.series.map((s) => ({
      service: s.key,
      lines: s.total,
      errors: errorsOf.get(s.key) ?? 0,
    })),
    hours: Array.from({ length: Math.ceil((Math.min(to, Math.max(from, o.now)) - from) / HOUR) }, (_, i) => {
      const at = from + i * HOUR;
      return { at, lines: lines.get(at) ?? 0, errors: errors.get(at) ?? 0 };
    }),
    newTemplates: o.logs.templates
      .list({ sort: 'newest', limit: 500, noise: true })
      .templates.filter((t) => within(t.firstAt)),
    now: o.now,
    anomalies: o.anomalies.list({ from, to, limit: 2000 }),
    incidents: o.anomalies.incidents({ from, to, limit: 1000 }),
  };
}
