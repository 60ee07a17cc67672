// One short-staffed afternoon with everything that plans for it, on a real store.
import { afterAll } from 'vitest';
import { type Analytics, createAnalytics } from '../../../main/analytics/index.ts';
import type { Freshness } from '../../../main/api/contract/common.ts';
import { type Approvals, createApprovals } from '../../../main/approvals/index.ts';
import { createForecasts } from '../../../main/forecast/index.ts';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import type { Proposal } from '../../../main/placement/contract/placement.ts';
import {
  createPlacement,
  createSolver,
  type Placement,
  type ProposeInput,
} from '../../../main/placement/index.ts';
import { clock as at, type Fixture, openFixture, ZONE } from '../analytics/site-fixture.ts';

const solver = createSolver({ log: silentLog });
afterAll(() => solver.close());

export type PlanningSite = Fixture & {
  readonly time: ManualClock;
  readonly placement: Placement;
  readonly approvals: Approvals;
  readonly analytics: Analytics;
  /** the proposal of a solve that is read to its end */
  propose(input?: ProposeInput): Promise<Proposal>;
};
/** An empty company at `now` whose data are of 14:00; write what is in it with `store`. */
export async function openPlanningSite(
  o: { now?: number; names?: Parameters<typeof createPlacement>[0]['names'] } = {},
): Promise<PlanningSite> {
  const fixture = await openFixture();
  const time = new ManualClock(o.now ?? at(14));
  const shared = {
    store: fixture.store,
    clock: time,
    zone: () => ZONE,
    freshness: (): Freshness => ({
      source: 'mysql',
      dataAt: at(14),
      syncedAt: at(14),
      online: true,
      stale: false,
      failing: [],
    }),
    log: silentLog,
  };
  const placement = createPlacement({
    ...shared,
    solver,
    expectedArrivals: createForecasts(shared).expected,
    ...(o.names && { names: o.names }),
  });
  return {
    ...fixture,
    time,
    placement,
    analytics: createAnalytics(shared),
    approvals: createApprovals({
      ...shared,
      undoMinutes: () => 60,
      writer: () => null,
      isStale: () => false,
    }),
    async propose(input = {}) {
      for await (const event of placement.propose(input))
        if (event.kind === 'proposal') return event.proposal;
      throw new Error('no proposal');
    },
  };
}
