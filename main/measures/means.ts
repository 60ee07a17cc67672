import type { Alerts } from '../alerts/index.ts';
import type { Analytics } from '../analytics/index.ts';
import type { Anomalies } from '../anomalies/index.ts';
import type { Logs } from '../logs/index.ts';
import { currentRules, type Outcomes, teamsAt } from '../placement/index.ts';
import type { Store } from '../store/index.ts';
import type { Means } from './measure.ts';

/** A count is of everything, not of a list's first page. */
const EVERY = 100_000;

/** What measures read of other rooms. */
export const meansOf = (o: {
  readonly store: Store;
  readonly zone: () => string;
  readonly analytics: Pick<Analytics, 'situation' | 'risks'>;
  readonly alerts: Pick<Alerts, 'list'>;
  readonly anomalies: Pick<Anomalies, 'incidents'>;
  readonly outcomes: Pick<Outcomes, 'list'>;
  readonly logs: Logs;
}): Means => ({
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
    newest: async (service) =>
      (await o.logs.lines({ filter: { services: [service], noise: true }, limit: 1 })).lines[0]?.at ?? null,
    services: () => o.logs.counts({ filter: {}, by: 'service', buckets: 1 }).series.map(({ key }) => key),
    templateText: o.logs.templates.textOf,
    noise: () =>
      new Set(o.logs.templates.list({ mark: 'noise', limit: EVERY }).templates.map(({ id }) => id)),
  },
});
