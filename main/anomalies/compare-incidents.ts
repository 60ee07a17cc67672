import { hitRate } from '../placement/contract/hit-rate.ts';
import { ALIKE } from './config.ts';
import type { Recommendation } from './contract/anomalies.ts';
import type { Looks, RemedyRow, RemedyUse } from './queries.ts';

const jaccard = (a: readonly unknown[], b: readonly unknown[]): number => {
  const both = a.filter((x) => b.includes(x)).length;
  const either = new Set([...a, ...b]).size;
  return either ? both / either : 0;
};
const WEIGHTS = { templates: 0.7, services: 0.2, kinds: 0.1 } as const;

/**
 * How alike two incidents are, 0…1: mostly by what their templates say (`similarity`: cosine of their vectors; the same templates
 * are 1 whatever their vectors), then by services and kinds. Of incidents without templates the services tell.
 */
export function likeness(
  a: Looks,
  b: Looks,
  similarity: (a: readonly number[], b: readonly number[]) => number,
): number {
  const services = jaccard(a.services, b.services);
  const kinds = jaccard(a.kinds, b.kinds);
  if (a.templates.length === 0 || b.templates.length === 0)
    return a.templates.length === b.templates.length ? 0.8 * services + 0.2 * kinds : 0;
  const cosine = similarity(a.templates, b.templates);
  const templates = Math.max(jaccard(a.templates, b.templates), Number.isFinite(cosine) ? cosine : 0);
  return WEIGHTS.templates * templates + WEIGHTS.services * services + WEIGHTS.kinds * kinds;
}

/** How often a remedy was tried and worked, with what is known of its true rate. */
export const record = (uses: readonly RemedyUse[]) => {
  const worked = uses.filter((u) => u.worked).length;
  const lastUsedAt = uses.length ? Math.max(...uses.map((u) => u.at)) : null;
  const { low, high } = hitRate(worked, uses.length);
  return { worked, tried: uses.length, low, high, lastUsedAt };
};

/**
 * Remedies tried in incidents like this one, the most promising first: the lower end of what is known of their rate there ×
 * the likeness of the nearest incident. "Did not work" counts as much as "worked".
 */
export function recommend(o: {
  readonly incidentId: string;
  readonly remedies: readonly RemedyRow[];
  readonly uses: readonly RemedyUse[];
  readonly alike: (use: RemedyUse) => number;
}): Recommendation[] {
  return o.remedies
    .flatMap((remedy) => {
      const uses = o.uses.filter((u) => u.remedyId === remedy.id && o.alike(u) >= ALIKE);
      const elsewhere = uses.filter((u) => u.incidentId !== o.incidentId);
      const told = elsewhere.some((u) => u.worked) ? elsewhere.filter((u) => u.worked) : elsewhere;
      const [nearest] = [...told].sort((a, b) => o.alike(b) - o.alike(a) || b.at - a.at);
      if (!nearest) return [];
      const similarity = Math.min(1, o.alike(nearest));
      const numbers = record(uses);
      return [
        {
          ...remedy,
          ...numbers,
          similarity,
          fromIncident: nearest.incidentId,
          score: numbers.low * similarity,
        },
      ];
    })
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}
