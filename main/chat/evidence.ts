import type { CatalogueName, CatalogueSlots } from '../analytics/types.ts';
import type { Alert } from '../api/contract/alerts.ts';
import type { Table } from '../api/contract/common.ts';
import type { Hit } from '../api/contract/knowledge.ts';
import type { Proposal } from '../api/contract/placement.ts';
import type { CellDetail, Situation, SituationRow } from '../api/contract/situation.ts';
import type { Verdict } from '../api/contract/timeline.ts';
import { Cancelled } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { logQuestion } from './log-question.ts';
import type { ChatAnalytics, ChatKnowledge, ChatTools, LogInquiry, WhatIf } from './pipeline-types.ts';
import { changeOf, type NamedChange, type Question, topicOf } from './question.ts';

/** know-how is cited from this similarity on */
const CITE_FROM = 0.3;
const DETAILS_AT_MOST = 3;
const JUDGED_AT_MOST = 3;

/** Everything an answer may be made of. Read before the proposal; nothing in it can start one. */
export type Evidence = {
  readonly situation: Situation;
  /** the rows the question is about, likeliest to be late first */
  readonly rows: readonly SituationRow[];
  readonly topic: CatalogueName;
  readonly tables: readonly Table[];
  readonly details: readonly CellDetail[];
  readonly alerts: readonly Alert[];
  readonly hits: readonly Hit[];
  /** why the queues in danger are late, in the order of `rows` */
  readonly verdicts: readonly Verdict[];
  /** null: not asked about and not behind any delay, or the logs could not be read */
  readonly logs: LogInquiry | null;
  readonly change: NamedChange | null;
  readonly whatIf: WhatIf | null;
  readonly proposal: Proposal | null;
};

const pMiss = (row: SituationRow): number => (row.pOnTime === null ? 0 : 1 - row.pOnTime);
export const byRisk = (a: SituationRow, b: SituationRow): number =>
  pMiss(b) - pMiss(a) || b.backlog - a.backlog || a.cellId.localeCompare(b.cellId);

export const matchingRows = (situation: Situation, { result }: Pick<Question, 'result'>): SituationRow[] =>
  situation.rows
    .filter(
      (row) =>
        (!result.location || row.location === result.location) &&
        (!result.process || row.process === result.process) &&
        (!result.business || row.businessId === result.business),
    )
    .sort(byRisk);

/** Which queries of the catalogue each intent reads. */
const queriesFor = (question: Question, topic: CatalogueName): CatalogueName[] => {
  switch (question.result.intent) {
    case 'simple_query':
      return [topic];
    case 'productivity_analysis':
      return topic === 'attendance' || topic === 'trend' || topic === 'skills' ? [topic] : ['productivity'];
    case 'delay_risk_detection':
      return ['risk'];
    default:
      return [];
  }
};

/** Intents whose answer says whether people or the system come first. */
const SAYS_WHY: ReadonlySet<Question['result']['intent']> = new Set([
  'deadline_optimization',
  'delay_risk_detection',
  'improve_alerts',
  'log_investigation',
]);

export type Sources = {
  readonly analytics: ChatAnalytics;
  readonly knowledge: ChatKnowledge;
  readonly tools: ChatTools;
  readonly log: Log;
  readonly zone: string;
};

/**
 * Reads all evidence at once. The situation must be there (its failure is the answer's failure); any other source that fails is
 * left out and logged, and the answer says what it can.
 */
export async function gatherEvidence(
  question: Question,
  situation: Situation,
  alerts: readonly Alert[],
  slots: CatalogueSlots,
  { analytics, knowledge, tools, log, zone }: Sources,
): Promise<Evidence> {
  const { intent } = question.result;
  const rows = matchingRows(situation, question);
  const said = topicOf(question.text);
  const plain = intent === 'simple_query' || intent === 'productivity_analysis';
  const topic = said ?? (intent === 'productivity_analysis' ? 'productivity' : 'backlog');
  const or = async <T>(what: string, fallback: T, work: () => T | Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (thrown) {
      if (thrown instanceof Cancelled) throw thrown;
      log.warn(`evidence left out: ${what}`, thrown);
      return fallback;
    }
  };
  const change = intent === 'impact_analysis' ? changeOf(question.text, question.understanding) : null;
  const target = rows[0];
  const wantsPeople = intent === 'simple_query' && topic === 'staffing' && rows.length <= DETAILS_AT_MOST;
  const risky = rows.filter((row) => row.risk === 'danger' || row.risk === 'watch').slice(0, JUDGED_AT_MOST);
  const [tables, details, hits, logs, verdicts, whatIf] = await Promise.all([
    Promise.all(
      queriesFor(question, topic).map((name) =>
        or<Table | null>(name, null, () => analytics.query(name, slots)),
      ),
    ),
    wantsPeople
      ? Promise.all(rows.map((row) => or<CellDetail | null>('cell', null, () => analytics.cell(row.cellId))))
      : [],
    intent === 'out_of_scope' || (plain && said !== null)
      ? []
      : or<Hit[]>('know-how', [], async () =>
          (await knowledge.search(question.text, 3)).filter((hit) => hit.score >= CITE_FROM),
        ),
    intent === 'log_investigation'
      ? or<LogInquiry | null>('logs', null, () => tools.logs(logQuestion(question, situation.asOf, zone)))
      : null,
    SAYS_WHY.has(intent) && risky.length > 0
      ? or<readonly Verdict[]>('verdict', [], () => tools.verdicts(risky.map((row) => row.cellId)))
      : [],
    change && target
      ? or<WhatIf | null>('what-if', null, () =>
          tools.whatIf({
            cellId: target.cellId,
            peopleDelta: change.peopleDelta,
            volumeFactor:
              change.itemsDelta === 0 || target.backlog === 0
                ? change.volumeFactor
                : Math.max(0, (target.backlog + change.itemsDelta) / target.backlog),
            speedFactor: change.speedFactor,
          }),
        )
      : null,
  ]);
  const systemFirst = verdicts.some((v) => v.sides.includes('system'));
  return {
    situation,
    rows,
    topic,
    tables: tables.filter((table) => table !== null),
    details: [...details].filter((detail) => detail !== null),
    alerts,
    hits,
    verdicts,
    logs:
      logs === null && systemFirst && intent !== 'log_investigation'
        ? await or<LogInquiry | null>('logs', null, () => tools.logs({ text: '', span: null }))
        : logs,
    change,
    whatIf,
    proposal: null,
  };
}
