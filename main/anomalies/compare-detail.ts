import { likeness, recommend } from './compare-incidents.ts';
import type { Incident, IncidentDetail } from './contract/anomalies.ts';
import type { Looks, RemedyRow, RemedyUse } from './queries.ts';

/** Similar past incidents and what helped in them, the most alike and the most promising first. */
export function compareDetail(o: {
  readonly incident: Incident;
  readonly past: readonly Incident[];
  readonly looks: (incident: Incident) => Looks;
  readonly remedies: readonly RemedyRow[];
  readonly uses: readonly RemedyUse[];
  readonly similarity: (a: readonly number[], b: readonly number[]) => number;
}): Pick<IncidentDetail, 'similar' | 'recommendations'> {
  const own = o.looks(o.incident);
  const known = new Map<string, number>();
  const alike = (looks: Looks): number => {
    const key = JSON.stringify(looks);
    const score = known.get(key) ?? likeness(own, looks, o.similarity);
    known.set(key, score);
    return score;
  };
  return {
    similar: o.past
      .map((incident) => ({ incident, similarity: Math.min(1, alike(o.looks(incident))) }))
      .sort((a, b) => b.similarity - a.similarity || b.incident.from - a.incident.from),
    recommendations: recommend({
      incidentId: o.incident.id,
      remedies: o.remedies,
      uses: o.uses,
      alike: (use) => alike(use.looks),
    }),
  };
}
