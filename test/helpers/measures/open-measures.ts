// The measures over a store made by hand; of the other rooms only what the copy itself tells.
import { createAnalytics } from '../../../main/analytics/index.ts';
import type { Freshness } from '../../../main/api/contract/common.ts';
import type { Clock } from '../../../main/kernel/clock.ts';
import { Query } from '../../../main/measures/contract/measures.ts';
import { createMeasures, type Measures } from '../../../main/measures/index.ts';
import { currentRules, teamsAt } from '../../../main/placement/index.ts';
import type { Store } from '../../../main/store/index.ts';

const FRESH: Freshness = {
  source: 'demo',
  dataAt: null,
  syncedAt: null,
  online: true,
  stale: false,
  failing: [],
};

export function openMeasures(store: Store, clock: Clock, zone: string): Measures {
  const analytics = createAnalytics({ store, clock, zone: () => zone, freshness: () => FRESH });
  return createMeasures({
    clock,
    zone: () => zone,
    means: {
      read: store.read,
      situation: analytics.situation,
      risks: () => analytics.risks(),
      teams: (at) => teamsAt(store.read, at, { zone, rules: currentRules(store.read).rules }),
      alerts: () => [],
      incidents: () => [],
      outcomes: () => [],
      logs: {
        minutes: () => [],
        scan: async function* () {},
        lines: async () => ({
          lines: [],
          next: null,
          searched: { segments: 0, of: 0 },
          leftOut: [],
          tookMs: 0,
        }),
        counts: () => ({ from: 0, bucketMs: 1, series: [], total: 0, exact: true }),
        timedParameters: async () => new Map(),
        newest: () => new Map(),
        services: () => [],
        templateText: () => '',
        noise: () => new Set(),
      },
    },
  });
}
/** A query given only what matters. */
export const asking = (query: Partial<Query> & Pick<Query, 'measures'>): Query => Query.parse(query);
