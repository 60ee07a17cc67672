import type { Cell } from '../../../main/api/contract/common.ts';
import { Proposal } from '../../../main/placement/contract/placement.ts';
import { run, type Store, sql } from '../../../main/store/index.ts';

const cell = (location: string, process: string): Cell => ({
  cellId: [location, '523201', process].join('\u001f'),
  location,
  businessId: '523201',
  businessName: 'SS',
  process,
});
const HOUR = 3_600_000;

/** A small, whole proposal: 田中 moves from 盛岡 エントリ2 to 札幌 エントリ1 for two hours. */
export function sampleProposal(id: string, at: number): Proposal {
  const from = cell('盛岡', 'エントリ2');
  const to = cell('札幌', 'エントリ1');
  const side = (pOnTime: number, people: number) => ({ people, shortItems: 0, pOnTime, finishAt: at + HOUR });
  return Proposal.parse({
    id,
    createdAt: at,
    asOf: at,
    status: 'open',
    stale: false,
    supersedes: null,
    alertId: null,
    scope: {},
    rulesVersion: 1,
    moves: [
      {
        operatorId: 'OP-1',
        name: '田中 花子',
        home: '盛岡',
        from,
        to,
        startsAt: at,
        endsAt: at + 2 * HOUR,
        switchMinutes: 10,
        skill: 4,
        speed: 90,
        items: 120,
        cost: 1.2,
        pinned: false,
        reasons: [{ code: 'adds-capacity', params: { items: 120 } }],
      },
    ],
    effects: [
      { cell: to, role: 'target', deadline: at + HOUR, due: 300, before: side(0.1, 5), after: side(0.9, 6) },
    ],
    badge: { kind: 'optimal', gap: 0, seconds: 0.1, incumbents: 1, mode: 'direct' },
    notPossible: [],
    relaxations: [],
    impact: {
      missedBefore: 1,
      missedAfter: 0,
      shortHoursBefore: 2,
      shortHoursAfter: 0,
      productivityBefore: 400,
      productivityAfter: 490,
      delayMinutes: -25,
      qualityBefore: 3,
      qualityAfter: 3.2,
    },
    freshness: { source: 'mysql', dataAt: at, syncedAt: at, online: true, stale: false, failing: [] },
  });
}

export const storeProposal = (store: Store, proposal: Proposal): Promise<number[]> =>
  store.write([
    run(sql`INSERT INTO proposals (proposal_id, created_at, as_of, status, supersedes, body, snapshot)
      VALUES (${proposal.id}, ${proposal.createdAt}, ${proposal.asOf}, ${proposal.status}, ${proposal.supersedes}, ${JSON.stringify(proposal)}, '{}')`),
  ]);
