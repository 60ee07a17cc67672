/** The composed lines of simulated answers, from a seeded chance. */
import type { Alert } from '../../main/api/contract/alerts.ts';
import type { Intent } from '../../main/api/contract/chat.ts';
import type { Fact, Lang } from '../../main/api/contract/common.ts';
import type { Proposal } from '../../main/api/contract/placement.ts';
import type { SituationRow } from '../../main/api/contract/situation.ts';
import { composeAnswer } from '../../main/chat/compose.ts';
import type { Evidence } from '../../main/chat/evidence.ts';
import { FactBook, slotsOf } from '../../main/chat/facts.ts';
import {
  ALERTS,
  at,
  cell,
  HIT,
  LOG_HITS,
  LOGS,
  LOGS_NAMED,
  MASTER,
  NO_MOVES,
  NOW,
  PROPOSAL,
  PROPOSAL_SHORT,
  ROWS,
  situationOf,
  understood,
  VERDICT,
  WHAT_IF,
  ZONE,
} from './hand-made-site.ts';

export type DraftLine = {
  readonly lang: Lang;
  readonly text: string;
  /** of the whole answer */
  readonly facts: readonly Fact[];
  /** slots of the answer's other lines */
  readonly others: readonly string[];
};
export const pick = <T>(list: readonly T[], random: () => number): T =>
  list[Math.floor(random() * list.length)] as T;
export const whole = (random: () => number, from: number, to: number): number =>
  from + Math.floor(random() * (to - from + 1));

const ASKED: readonly Intent[] = [
  'deadline_optimization',
  'delay_risk_detection',
  'impact_analysis',
  'improve_alerts',
  'optimize_assignment',
  'simple_query',
  'log_investigation',
];

function rowOf(base: SituationRow, random: () => number): SituationRow {
  const backlog = whole(random, 40, 4000);
  const late = random() < 0.6;
  const required = whole(random, 100, 900);
  const pOnTime = late ? random() * 0.6 : 0.8 + random() * 0.19;
  return {
    ...base,
    ...cell(
      pick(MASTER.locations, random),
      pick(MASTER.businesses, random).id,
      pick(MASTER.processes, random),
    ),
    backlog,
    required,
    throughput: late
      ? Math.round(required * (0.4 + random() * 0.5))
      : Math.round(required * (1.1 + random())),
    deadline: at(`${whole(random, 15, 19)}:${pick(['00', '15', '30', '45'], random)}`),
    finishAt: at(`${whole(random, 15, 21)}:${String(whole(random, 0, 59)).padStart(2, '0')}`),
    people: whole(random, 2, 14),
    pOnTime,
    shortItems: late ? whole(random, 10, backlog) : 0,
    risk: late ? (pOnTime < 0.3 ? 'danger' : 'watch') : 'ok',
  };
}
function planOf(random: () => number): Proposal {
  const base = pick([PROPOSAL, PROPOSAL_SHORT, NO_MOVES], random);
  return {
    ...base,
    effects: base.effects.map((effect) => ({
      ...effect,
      before: {
        ...effect.before,
        pOnTime: effect.role === 'target' ? random() * 0.5 : 0.9 + random() * 0.09,
      },
      after: {
        ...effect.after,
        pOnTime: effect.role === 'target' ? 0.6 + random() * 0.35 : 0.3 + random() * 0.5,
      },
    })),
    impact: {
      ...base.impact,
      missedBefore: base.moves.length ? whole(random, 2, 9) : 0,
      missedAfter: pick([0, 1], random),
    },
  };
}

/** The composed lines of one simulated answer. */
export function simulatedDraft(random: () => number, lang: Lang): DraftLine[] {
  const first = ROWS[0] as SituationRow;
  const rows = Array.from({ length: whole(random, 1, 6) }, () => rowOf(first, random)).sort(
    (a, b) => (a.pOnTime ?? 1) - (b.pOnTime ?? 1),
  );
  const intent = pick(ASKED, random);
  const understanding = understood(intent);
  const alerts: readonly Alert[] = ALERTS.slice(0, whole(random, 0, 2)).map((alert) => ({
    ...alert,
    evidence: alert.evidence
      ? { ...alert.evidence, pMiss: random(), backlog: whole(random, 10, 3000) }
      : null,
  }));
  const people = whole(random, 4, 12);
  const evidence: Evidence = {
    situation: situationOf(rows),
    rows,
    topic: pick(['backlog', 'deadlines', 'throughput', 'staffing'] as const, random),
    tables: [],
    details: [],
    alerts,
    hits: random() < 0.5 ? [HIT] : [],
    verdicts: random() < 0.5 ? [VERDICT] : [],
    logs: pick([LOGS, LOGS_NAMED, LOG_HITS], random),
    change: { peopleDelta: -2, volumeFactor: 1, speedFactor: 1, itemsDelta: 0 },
    whatIf: {
      ...WHAT_IF,
      before: { ...WHAT_IF.before, people, pOnTime: 0.2 + random() * 0.7 },
      after: { ...WHAT_IF.after, people: people - 2, pOnTime: random() * 0.2 },
    },
    proposal: planOf(random),
  };
  const book = new FactBook(NOW, ZONE);
  const draft = composeAnswer(book, {
    question: { text: 'q', lang, understanding, result: understanding.result, alert: null, all: true },
    evidence,
    slots: {},
    refusal: null,
  });
  const lines = draft.lines.filter((line) => !line.fixed);
  return lines.map((line) => ({
    lang,
    text: line.text,
    facts: book.facts,
    others: lines.filter((l) => l !== line).flatMap((l) => slotsOf(l.text)),
  }));
}
