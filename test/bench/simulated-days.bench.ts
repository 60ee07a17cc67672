// What plans do to simulated days: the same day lived through twice, with and without the approved moves.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createForecasts } from '../../main/forecast/index.ts';
import { instantOf, ManualClock } from '../../main/kernel/clock.ts';
import { silentLog } from '../../main/kernel/log.ts';
import type { Proposal } from '../../main/placement/contract/placement.ts';
import { createPlacement, createSolver } from '../../main/placement/index.ts';
import { createSite } from '../../main/simulator/index.ts';
import {
  type CompanyBatch,
  type CompanyRow,
  columnNames,
  openStore,
  upsert,
} from '../../main/store/index.ts';

const SEEDS = 14;
const DATE = '2026-11-20';
const ZONE = 'Asia/Tokyo';
const AT = instantOf(DATE, 14 * 60 + 30, ZONE);
const END = instantOf(DATE, 21 * 60, ZONE);

type Snapshot = CompanyRow<'progress_snapshots'>;
const snapshots = (batches: Iterable<CompanyBatch>): Snapshot[] =>
  [...batches].flatMap((b) => (b.table === 'progress_snapshots' ? b.rows : []));
/** deadlines at which something due was still waiting */
const missed = (rows: readonly Snapshot[]): Set<string> =>
  new Set(
    rows
      .filter((r) => r.expected_completion_time === r.snapshot_time && r.total_waiting > 0)
      .map((r) => [r.location_name, r.business_id, r.process_name, r.snapshot_time].join(' ')),
  );
/** The afternoon of one seed, with these moves from 14:30 on. */
function afternoon(seed: number, moves: Proposal['moves']): Set<string> {
  const site = createSite({ seed, scenario: 'shortage', zone: ZONE, startDate: DATE });
  for (const past of [site.master(), site.history(7), site.until(AT)]) snapshots(past);
  site.apply(
    moves.map((m) => ({
      operatorId: m.operatorId,
      location: m.to.location,
      businessId: m.to.businessId,
      process: m.to.process,
      startsAt: m.startsAt,
      endsAt: m.endsAt,
    })),
  );
  return missed(snapshots(site.until(END)));
}
async function propose(seed: number): Promise<Proposal['moves']> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-days-'));
  const store = await openStore(dir);
  const site = createSite({ seed, scenario: 'shortage', zone: ZONE, startDate: DATE });
  for (const past of [site.master(), site.history(7), site.until(AT)])
    for (const { table, rows } of past) await store.write([upsert(table, columnNames(table), null, rows)]);
  const solver = createSolver({ log: silentLog });
  const shared = { store, clock: new ManualClock(AT), zone: () => ZONE };
  const placement = createPlacement({
    ...shared,
    solver,
    expectedArrivals: createForecasts(shared).expected,
    freshness: () => ({ source: 'demo', dataAt: AT, syncedAt: AT, online: true, stale: false, failing: [] }),
    log: silentLog,
  });
  let moves: Proposal['moves'] = [];
  for await (const event of placement.propose({}))
    if (event.kind === 'proposal') moves = event.proposal.moves;
  await solver.close();
  await store.close();
  rmSync(dir, { recursive: true, force: true });
  return moves;
}

export async function run(print: (line: string) => void): Promise<void> {
  let without = 0;
  let withMoves = 0;
  let harmed = 0;
  let moved = 0;
  for (let seed = 1; seed <= SEEDS; seed++) {
    const moves = await propose(seed);
    const [before, after] = [afternoon(seed, []), afternoon(seed, moves)];
    without += before.size;
    withMoves += after.size;
    harmed += [...after].filter((deadline) => !before.has(deadline)).length;
    moved += moves.length;
  }
  print(
    `simulated shortage, ${SEEDS} days: deadlines missed ${withMoves} with the plan ÷ ${without} without = ${(withMoves / without).toFixed(2)}; newly missed because of it ${harmed}; people moved ${moved}`,
  );
}
