// What still needs somebody when a report is made, and what is known to help: the first a manager reads.

import type { Alert } from '../alerts/contract/alerts.ts';
import type { Alerts } from '../alerts/index.ts';
import type { Incident, Recommendation } from '../anomalies/contract/anomalies.ts';
import type { Anomalies } from '../anomalies/index.ts';
import type { Bilingual } from '../api/contract/common.ts';
import { say } from './report-parts.ts';

/** `help`: what was tried in incidents like it and worked, the best first. */
export type OpenItems = {
  readonly incidents: readonly { readonly incident: Incident; readonly help: readonly Recommendation[] }[];
  readonly alerts: readonly Alert[];
};
const MOST = 100;
/** Of so many incidents help is looked for. */
const HELPED = 10;

export async function openItems(o: {
  readonly anomalies: Pick<Anomalies, 'incidents' | 'incident'>;
  readonly alerts: Pick<Alerts, 'list'>;
}): Promise<OpenItems> {
  const open = o.anomalies.incidents({ states: ['open', 'acknowledged'], limit: MOST });
  const incidents: { incident: Incident; help: readonly Recommendation[] }[] = [];
  for (const [i, incident] of open.entries()) {
    const detail = i < HELPED ? await o.anomalies.incident(incident.id) : null;
    incidents.push({ incident, help: (detail?.recommendations ?? []).filter((r) => r.worked > 0) });
  }
  return { incidents, alerts: o.alerts.list({ states: ['open', 'acknowledged'], limit: MOST }).alerts };
}

/** How many there are, then what to do: one remedy an incident, and the proposals that wait. */
export function openWords({ incidents, alerts }: OpenItems, missed: number): Bilingual[] {
  if (incidents.length + alerts.length + missed === 0) return [say('open-none')];
  return [
    say('open-now', { incidents: incidents.length, alerts: alerts.length, missed }),
    ...incidents.flatMap(({ incident, help: [best] }) =>
      best
        ? [
            say('do-remedy', {
              incident: incident.title,
              remedy: best.title,
              tried: best.tried,
              worked: best.worked,
            }),
          ]
        : [],
    ),
    ...alerts.flatMap((alert) =>
      alert.proposalId && alert.plan === null ? [say('do-proposal', { alert: titleOf(alert) })] : [],
    ),
  ];
}

export const titleOf = ({ said, cell }: Alert): Bilingual => {
  const place = [cell?.location, cell?.businessName, cell?.process].filter(Boolean).join(' ');
  return said?.title ?? { ja: place, en: place };
};
