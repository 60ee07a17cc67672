import type { Alerts } from '../alerts/index.ts';
import type { Analytics } from '../analytics/index.ts';
import type { Anomalies } from '../anomalies/index.ts';
import type { LogTemplate } from '../logs/contract/logs.ts';
import type { Logs } from '../logs/index.ts';
import { currentRules, type Outcomes, teamsAt } from '../placement/index.ts';
import { type Base, sql } from '../store/index.ts';
import { durationsIn, type TimedParameter } from './durations.ts';
import type { Means } from './measure.ts';

/** A count is of everything, not of a list's first page. */
const EVERY = 100_000;

/** What measures read of other rooms. */
export const meansOf = (
  o: Pick<Base, 'store' | 'zone'> & {
    readonly analytics: Pick<Analytics, 'situation' | 'risks'>;
    readonly alerts: Pick<Alerts, 'list'>;
    readonly anomalies: Pick<Anomalies, 'incidents'>;
    readonly outcomes: Pick<Outcomes, 'list'>;
    readonly logs: Logs;
  },
): Means => ({
  read: o.store.read,
  situation: o.analytics.situation,
  risks: () => o.analytics.risks(),
  teams: (at) => teamsAt(o.store.read, at, { zone: o.zone(), rules: currentRules(o.store.read).rules }),
  alerts: () => o.alerts.list({ limit: EVERY }).alerts,
  incidents: (span) => o.anomalies.incidents({ ...span, limit: EVERY }),
  outcomes: () => o.outcomes.list({ limit: EVERY }).outcomes,
  logs: {
    minutes: o.logs.minutes,
    scan: o.logs.scan,
    lines: o.logs.lines,
    counts: o.logs.counts,
    timedParameters: timedParametersIn(o.logs),
    newest: () =>
      new Map(
        o.store.read
          .all<{ name: string; at: number }>(
            sql`SELECT coalesce(n.name, '') AS name, max(c.last_at) AS at FROM log_template_counts c
              LEFT JOIN log_names n ON n.name_id = c.service GROUP BY 1`,
          )
          .map(({ name, at }) => [name, at]),
      ),
    services: () =>
      o.logs.counts({ filter: {}, by: 'service', buckets: 1, top: EVERY }).series.map(({ key }) => key),
    templateText: o.logs.templates.textOf,
    noise: () =>
      new Set(o.logs.templates.list({ mark: 'noise', limit: EVERY }).templates.map(({ id }) => id)),
  },
});

/** Types of parameters whose values may be lengths of time. */
const MAY_BE_TIMED: ReadonlySet<string> = new Set(['duration', 'number', 'text']);
/** Newest lines that tell what a parameter holds. */
const TELLING = 20;
/** A template's parameters are looked at once, and again when it has got others or many more lines. */
function timedParametersIn(logs: Logs): Means['logs']['timedParameters'] {
  type Known = {
    readonly parts: number;
    readonly lines: number;
    readonly parameters: readonly TimedParameter[];
  };
  const known = new Map<number, Known>();
  const look = async ({ id, parts }: LogTemplate): Promise<TimedParameter[]> => {
    const parameters = parts
      .flatMap((part) => (part.kind === 'parameter' ? [part.type] : []))
      .flatMap((type, parameter) =>
        MAY_BE_TIMED.has(type) ? [{ parameter, isDuration: type === 'duration' }] : [],
      );
    if (parameters.length === 0) return [];
    const { lines } = await logs.lines({ filter: { templates: [id], noise: true }, limit: TELLING });
    return parameters.filter((parameter) => {
      const told = lines.filter((line) => durationsIn(line, [parameter]).length > 0);
      return told.length > 0 && told.length * 2 >= lines.length;
    });
  };
  return async (ids) => {
    const found = new Map<number, readonly TimedParameter[]>();
    for (const id of ids) {
      const template = logs.templates.get(id);
      if (!template) continue;
      const last = known.get(id);
      const isSame = last && last.parts === template.parts.length && template.lines < 2 * last.lines;
      const parameters = isSame ? last.parameters : await look(template);
      if (!isSame) known.set(id, { parts: template.parts.length, lines: template.lines, parameters });
      if (parameters.length > 0) found.set(id, parameters);
    }
    return found;
  };
}
