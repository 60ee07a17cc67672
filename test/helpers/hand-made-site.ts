/** A small site made by hand, at 14:00 on Saturday 21 November 2026 in Japan: one queue in danger, one to watch, three fine. */
import type { Alert } from '../../main/api/contract/alerts.ts';
import type { Intent, IntentResult } from '../../main/api/contract/chat.ts';
import { type Cell, cellIdOf } from '../../main/api/contract/common.ts';
import type { Hit } from '../../main/api/contract/knowledge.ts';
import type { Move, Proposal } from '../../main/api/contract/placement.ts';
import type { Situation, SituationRow } from '../../main/api/contract/situation.ts';
import type { WhatIf } from '../../main/chat/index.ts';
import type { MasterData, Understanding } from '../../main/chat/types.ts';
import { instantOf } from '../../main/clock.ts';

export const ZONE = 'Asia/Tokyo';
export const at = (time: string, day = 21): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return instantOf(`2026-11-${day}`, hours * 60 + minutes, ZONE);
};
export const NOW = at('14:00');

export const MASTER: MasterData = {
  locations: ['札幌', '盛岡', '品川', '横浜', '大阪', '佐世保'],
  businesses: [
    { id: '523201', name: 'SS' },
    { id: '618004', name: 'KD' },
  ],
  processes: ['エントリ1', 'エントリ2', '補正', 'SV補正', '目検'],
  operators: [
    { id: 'p1', name: '佐藤 花子' },
    { id: 'p2', name: '鈴木 一郎' },
    { id: 'p3', name: '高橋 三千代' },
  ],
};
export const cell = (location: string, businessId: string, process: string): Cell => ({
  cellId: cellIdOf(location, businessId, process),
  location,
  businessId,
  businessName: MASTER.businesses.find((business) => business.id === businessId)?.name ?? businessId,
  process,
});
const row = (of: Cell, numbers: Partial<SituationRow>): SituationRow => ({
  ...of,
  sequence: 1,
  backlog: 0,
  correctionWaiting: null,
  lots: numbers.deadline ? [{ deadline: numbers.deadline, items: numbers.backlog ?? 0 }] : [],
  deadline: null,
  throughput: null,
  required: null,
  people: 0,
  movedIn: 0,
  pOnTime: null,
  finishAt: null,
  shortItems: 0,
  risk: 'ok',
  trend: [],
  dataAt: NOW,
  ...numbers,
});
export const SAPPORO = cell('札幌', '523201', 'エントリ1');
export const SAPPORO_2 = cell('札幌', '523201', 'エントリ2');
export const YOKOHAMA = cell('横浜', '523201', 'エントリ1');
export const OSAKA = cell('大阪', '618004', '補正');
export const SASEBO = cell('佐世保', '523201', '目検');
export const ROWS: readonly SituationRow[] = [
  row(SAPPORO, {
    backlog: 1240,
    deadline: at('16:00'),
    throughput: 410,
    required: 620,
    people: 8,
    pOnTime: 0.13,
    finishAt: at('17:01'),
    shortItems: 420,
    risk: 'danger',
  }),
  row(SAPPORO_2, {
    backlog: 300,
    deadline: at('17:00'),
    throughput: 260,
    required: 100,
    people: 5,
    movedIn: 1,
    pOnTime: 0.995,
    finishAt: at('15:10'),
  }),
  row(YOKOHAMA, {
    backlog: 860,
    deadline: at('17:00'),
    throughput: 270,
    required: 287,
    people: 6,
    pOnTime: 0.42,
    finishAt: at('17:11'),
    shortItems: 50,
    risk: 'watch',
  }),
  row(OSAKA, {
    backlog: 120,
    deadline: at('18:00'),
    throughput: 90,
    required: 30,
    people: 2,
    pOnTime: 0.98,
    finishAt: at('15:20'),
  }),
  row(SASEBO, { people: 3, pOnTime: 1 }),
];
export const situationOf = (rows: readonly SituationRow[] = ROWS): Situation => ({
  asOf: NOW,
  freshness: { source: 'mysql', dataAt: NOW, syncedAt: NOW, online: true, stale: false },
  rows: [...rows],
  totals: {
    cells: rows.length,
    late: rows.filter((r) => r.risk === 'danger').length,
    watch: rows.filter((r) => r.risk === 'watch').length,
    backlog: rows.reduce((sum, r) => sum + r.backlog, 0),
    people: rows.reduce((sum, r) => sum + r.people, 0),
  },
});

export const alertOn = (of: Cell, pMiss: number, backlog: number, deadline: number): Alert => ({
  id: `alert-${of.location}`,
  kind: 'delay',
  severity: pMiss >= 0.8 ? 'danger' : 'watch',
  state: 'open',
  openedAt: at('13:50'),
  updatedAt: NOW,
  closedAt: null,
  snoozedUntil: null,
  acknowledgedBy: null,
  proposalId: null,
  cell: of,
  evidence: {
    pMiss,
    backlog,
    throughput: null,
    required: null,
    people: 8,
    deadline,
    shortItems: 420,
    finishAt: null,
    history: [],
  },
  error: null,
});
export const ALERTS: readonly Alert[] = [
  alertOn(SAPPORO, 0.87, 1240, at('16:00')),
  alertOn(YOKOHAMA, 0.58, 860, at('17:00')),
];

const move = (
  operatorId: string,
  name: string,
  from: Cell,
  to: Cell,
  reason: Move['reasons'][number],
): Move => ({
  operatorId,
  name,
  home: from.location,
  from,
  to,
  startsAt: at('14:05'),
  endsAt: at('18:00'),
  switchMinutes: 5,
  skill: 4,
  speed: 62,
  items: 110,
  cost: 1,
  pinned: false,
  reasons: [reason],
});
export const PROPOSAL: Proposal = {
  id: 'SGT20261121-0a1b2c3d',
  createdAt: NOW,
  asOf: NOW,
  status: 'open',
  stale: false,
  supersedes: null,
  alertId: null,
  scope: { drop: [], pin: [], horizon: 'today' },
  rulesVersion: 1,
  moves: [
    move('p1', '佐藤 花子', SAPPORO_2, SAPPORO, { code: 'spare-at-source', params: {} }),
    move('p2', '鈴木 一郎', OSAKA, SAPPORO, { code: 'highest-contribution', params: {} }),
  ],
  effects: [
    {
      cell: SAPPORO,
      role: 'target',
      deadline: at('16:00'),
      due: 1240,
      before: { people: 8, shortItems: 420, pOnTime: 0.13, finishAt: at('17:01') },
      after: { people: 10, shortItems: 0, pOnTime: 0.91, finishAt: at('15:50') },
    },
    {
      cell: SAPPORO_2,
      role: 'source',
      deadline: at('17:00'),
      due: 300,
      before: { people: 5, shortItems: 0, pOnTime: 0.995, finishAt: at('15:10') },
      after: { people: 4, shortItems: 0, pOnTime: 0.96, finishAt: at('15:35') },
    },
  ],
  badge: { kind: 'optimal', gap: 0, seconds: 0.4, incumbents: 2, mode: 'direct' },
  notPossible: [],
  relaxations: [],
  impact: {
    missedBefore: 1,
    missedAfter: 0,
    shortHoursBefore: 6.8,
    shortHoursAfter: 0,
    productivityBefore: 410,
    productivityAfter: 530,
    delayMinutes: -71,
    qualityBefore: 3.1,
    qualityAfter: 3.3,
  },
  freshness: { source: 'mysql', dataAt: NOW, syncedAt: NOW, online: true, stale: false },
};
/** The same plan where it is not enough: something stays late, and one rule stands in the way. */
export const PROPOSAL_SHORT: Proposal = {
  ...PROPOSAL,
  id: 'SGT20261121-ffffffff',
  badge: { kind: 'gap', gap: 0.03, seconds: 2, incumbents: 3, mode: 'direct' },
  effects: PROPOSAL.effects.map((effect) =>
    effect.role === 'target'
      ? { ...effect, after: { ...effect.after, pOnTime: 0.44, shortItems: 180 } }
      : effect,
  ),
  notPossible: [{ cell: SAPPORO, deadline: at('16:00'), shortItems: 180, shortHours: 2.9 }],
  relaxations: [{ rule: 'overtime', people: 3, before: 2.9, after: 0.4, missedBefore: 1, missedAfter: 0 }],
  impact: { ...PROPOSAL.impact, missedBefore: 2, missedAfter: 1, shortHoursAfter: 2.9 },
};
const tomorrow = (instant: number): number => instant + 24 * 3_600_000;
export const PROPOSAL_NEXT_DAY: Proposal = {
  ...PROPOSAL,
  id: 'SGT20261121-11111111',
  moves: PROPOSAL.moves.map((m) => ({ ...m, startsAt: tomorrow(m.startsAt), endsAt: tomorrow(m.endsAt) })),
  effects: PROPOSAL.effects.map((effect) => ({ ...effect, deadline: tomorrow(effect.deadline) })),
};
export const NO_MOVES: Proposal = {
  ...PROPOSAL,
  id: 'SGT20261121-00000000',
  moves: [],
  effects: [],
  badge: { kind: 'nothing-needed', gap: null, seconds: 0, incumbents: 0, mode: 'none' },
  impact: { ...PROPOSAL.impact, missedBefore: 0, missedAfter: 0, shortHoursBefore: 0 },
};
export const WHAT_IF: WhatIf = {
  cell: SAPPORO,
  asOf: NOW,
  before: {
    people: 8,
    backlog: 1240,
    deadline: at('16:00'),
    pOnTime: 0.13,
    finishAt: at('17:01'),
    shortItems: 420,
  },
  after: {
    people: 6,
    backlog: 1240,
    deadline: at('16:00'),
    pOnTime: 0.004,
    finishAt: at('18:02'),
    shortItems: 625,
  },
};
export const HIT: Hit = {
  documentId: 'd1',
  chunkId: 'c1',
  title: 'エントリ応援の手順',
  text: '札幌のエントリが遅れるときは、まず同じ拠点のエントリ2から2名まで応援を出す。',
  score: 0.62,
  source: 'typed',
};

/** What the understanding would hand over for a question, said directly. */
export const understood = (
  intent: Intent,
  given: Partial<IntentResult> & { rest?: Partial<Understanding> } = {},
): Understanding => {
  const { rest, ...result } = given;
  return {
    result: {
      intent,
      location: null,
      process: null,
      business: null,
      requires_action: false,
      confidence: 0.95,
      ...result,
    },
    lang: 'ja',
    scores: [{ intent, p: 0.95 }],
    mentions: [],
    ambiguous: [],
    unknown: [],
    numbers: [],
    times: [],
    dates: [],
    ...rest,
  };
};
