import type { Incident } from '../../anomalies/contract/anomalies.ts';
import type { Anomalies } from '../../anomalies/index.ts';
import type { Clusters } from '../../clusters/index.ts';
import type { LogLevel } from '../../logs/contract/logs.ts';
import type { Logs } from '../../logs/index.ts';
import type { LogInquiry, LogQuestion } from '../types.ts';

const HOUR = 60 * 60_000;
const WINDOW = HOUR;
const LATELY = 24 * HOUR;
const INCIDENTS = 5;
const HITS = 5;
const SERVICES = 50;
const ERRORS: LogLevel[] = ['error', 'fatal'];
const SEVERITY_ORDER: Record<Incident['severity'], number> = { high: 0, medium: 1, low: 2 };

/** What the logs say of the time asked about, or now and of late. Each part that cannot be read is left out; nothing here writes. */
export async function lookIntoLogs(
  o: {
    logs: Pick<Logs, 'counts'>;
    anomalies: Pick<Anomalies, 'incidents' | 'incident'>;
    clusters: Pick<Clusters, 'search'>;
    /** epoch ms */
    at: number;
  },
  { words, span }: LogQuestion,
): Promise<LogInquiry> {
  const { from, to } = span ?? { from: o.at - WINDOW, to: o.at };
  const count = (span: { from: number; to: number }, levels?: LogLevel[]): Map<string, number> =>
    new Map(
      o.logs
        .counts({
          filter: { ...span, ...(levels ? { levels } : {}) },
          by: 'service',
          buckets: 1,
          top: SERVICES,
        })
        .series.map((s) => [s.key, s.total]),
    );
  const lines = count({ from, to });
  const now = count({ from, to }, ERRORS);
  const before = count({ from: from - (to - from), to: from }, ERRORS);
  const services = [...new Set([...lines.keys(), ...before.keys()])]
    .map((service) => ({
      service,
      now: now.get(service) ?? 0,
      before: before.get(service) ?? 0,
      lines: lines.get(service) ?? 0,
    }))
    .sort((a, b) => b.now - a.now || b.before - a.before || (a.service < b.service ? -1 : 1));
  const recent = o.anomalies
    .incidents({ from: span ? from : o.at - LATELY, to })
    .filter((i) => i.state !== 'dismissed')
    .sort(
      (a, b) =>
        Number(a.to !== null) - Number(b.to !== null) ||
        SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity] ||
        b.from - a.from,
    );
  const [incidents, { hits, withoutMeaning }] = await Promise.all([
    Promise.all(recent.slice(0, INCIDENTS).map((i) => o.anomalies.incident(i.id))),
    words === null
      ? { hits: [], withoutMeaning: null }
      : o.clusters.search({ text: words, ...(span ? { from } : {}), to, limit: HITS }),
  ]);
  return {
    from,
    to,
    named: span !== null,
    services,
    incidents: incidents.map(({ incident, similar, recommendations }) => ({
      incident,
      similar,
      recommendations,
    })),
    asked: words,
    hits: hits.filter((hit) => hit.kind === 'template'),
    withoutMeaning,
  };
}
