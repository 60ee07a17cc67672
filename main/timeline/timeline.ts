import type { Analytics, WorkDay } from '../analytics/index.ts';
import type { Anomalies } from '../anomalies/index.ts';
import type { Freshness } from '../api/contract/common.ts';
import { AppError } from '../kernel/errors.ts';
import type { Logs } from '../logs/index.ts';
import { type Base, sql } from '../store/index.ts';
import { LOOK } from './config.ts';
import { findSlow } from './find-slow.ts';
import { gatherEvidence, type LogView } from './gather-evidence.ts';
import type { OneClock } from './types.ts';
import { viewDay } from './view-day.ts';
import { wordVerdict } from './word-verdict.ts';
import { workedOf } from './work-line.ts';

const HOUR = 60 * 60_000;

/** Production and the systems on one clock, and the verdict: people, system, both or unknown. */
export function createTimeline(
  o: Pick<Base, 'store' | 'zone'> & {
    readonly logs: Pick<Logs, 'counts' | 'minutes' | 'templates'>;
    readonly anomalies: Pick<Anomalies, 'incidents'>;
    readonly analytics: Pick<Analytics, 'day'>;
    readonly freshness: () => Freshness;
    /** the instant plans are made for: that of the newest data */
    readonly planningAt: () => number;
  },
): OneClock {
  /** one look for all cells of an instant: alerts ask for several in a row */
  let kept: { readonly mark: string; readonly day: WorkDay | null; readonly logs: LogView } | null = null;
  const look = (at: number): { day: WorkDay | null; logs: LogView } => {
    const version = o.store.read.get<{ data_version: number }>(sql`PRAGMA data_version`)?.data_version ?? 0;
    const mark = `${at} ${version} ${o.zone()}`;
    if (kept?.mark !== mark) {
      const day = o.analytics.day(at);
      kept = { mark, day, logs: readLogs(day?.at ?? at, at) };
    }
    return kept;
  };
  /** Never fails: a verdict does without logs where they cannot be read. */
  const readLogs = (dataAt: number, at: number): LogView => {
    const from = dataAt - LOOK.logHours * HOUR;
    const or = <T>(work: () => T, fallback: T): T => {
      try {
        return work();
      } catch {
        return fallback;
      }
    };
    return {
      minutes: or(() => [...o.logs.minutes({ from, to: at })], []),
      textOf: (id) => {
        const template = o.logs.templates.get(id);
        return template?.name ?? template?.text ?? String(id);
      },
      isNew: (id, since) => (o.logs.templates.get(id)?.firstAt ?? 0) >= since,
      incidents: or(() => o.anomalies.incidents({ from, to: at }).filter((i) => i.state !== 'dismissed'), []),
    };
  };
  return {
    view(q) {
      const to = q.to ?? o.planningAt();
      const from = Math.min(q.from ?? to - LOOK.viewHours * HOUR, to);
      return viewDay(o.analytics.day(to), {
        ...q,
        from,
        to,
        freshness: o.freshness(),
        incidents: o.anomalies.incidents({ from, to }),
        counts: (levels) =>
          o.logs.counts({
            filter: { from, to, ...(levels ? { levels } : {}) },
            by: 'service',
            buckets: LOOK.viewBuckets,
            top: LOOK.viewServices,
          }),
      });
    },
    verdict(cellId, at = o.planningAt()) {
      const { day, logs } = look(at);
      const evidence = day && gatherEvidence(day, cellId, { logs });
      if (!evidence) throw new AppError('not-found', { what: cellId.split('\u001f').join(' ') });
      return wordVerdict(evidence, o.zone());
    },
    work(at) {
      const { day } = look(at);
      return (
        day && {
          day,
          slow: day.cells.flatMap((cell) => {
            const stretch = findSlow(workedOf(cell), cell.usual).slow.at(-1);
            return stretch?.until === null ? [{ cellId: cell.cell.cellId, ...stretch }] : [];
          }),
        }
      );
    },
  };
}
