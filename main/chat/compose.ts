import type { CatalogueSlots } from '../analytics/types.ts';
import type { Bilingual, Lang } from '../api/contract/common.ts';
import { wordFailing, wordOwnTable, wordTable } from '../api/contract/words-tables.ts';
import type { ErrorCode, ErrorParams } from '../kernel/errors.ts';
import { wordError } from '../kernel/errors.ts';
import { composeAlerts } from './compose-alerts.ts';
import { composeData } from './compose-data.ts';
import { composeImprovement } from './compose-improvement.ts';
import { knowHowComesFirst, sayKnowHow } from './compose-know-how.ts';
import { composeLogs } from './compose-logs.ts';
import { composePlan } from './compose-plan.ts';
import { composeRisk, describeRow } from './compose-risk.ts';
import { mentionVerdict, systemPrecedes } from './compose-verdict.ts';
import { composeWhatIf } from './compose-what-if.ts';
import { Draft } from './draft.ts';
import type { Evidence } from './evidence.ts';
import { both, type FactBook } from './facts.ts';
import type { Question } from './question.ts';
import { situationTable } from './situation-table.ts';
import { answerSmallTalk } from './small-talk.ts';

export type Composition = {
  readonly question: Question;
  readonly evidence: Evidence;
  readonly slots: CatalogueSlots;
  /** why no proposal could be made, when one was wanted */
  readonly refusal: { readonly code: ErrorCode; readonly params: ErrorParams } | null;
};
const DESCRIBED = 2;

/** The answer in one language: situation, cause in numbers, what to do, what is not possible; every number a slot of `book`. */
export function composeAnswer(book: FactBook, composition: Composition): Draft {
  const { question, evidence, slots } = composition;
  const draft = new Draft(question.lang, book);
  const { intent, location, process, business } = question.result;
  const asked = new Set(evidence.rows.map((row) => row.cellId));
  const alerts =
    location || process || business
      ? evidence.alerts.filter((alert) => alert.cell !== null && asked.has(alert.cell.cellId))
      : evidence.alerts;
  if (sayUnknown(draft, composition)) return draft;
  const table = book.table(situationTable(evidence.situation, evidence.rows, slots));
  switch (intent) {
    case 'deadline_optimization':
      sayLate(draft, evidence, table);
      sayPlan(draft, composition);
      break;
    case 'improve_alerts':
      if (alerts.some((alert) => alert.kind === 'delay')) {
        composeImprovement(draft, { alerts, evidence, sayRefusal: () => sayPlan(draft, composition) });
        break;
      }
      composeAlerts(draft, alerts, evidence.situation.asOf);
      if (alerts.length === 0) composeRisk(draft, question, evidence, table);
      sayPlan(draft, composition);
      break;
    case 'optimize_assignment':
      sayPlan(draft, composition);
      break;
    case 'delay_risk_detection':
      composeRisk(draft, question, evidence, table);
      break;
    case 'impact_analysis':
      composeWhatIf(draft, evidence);
      break;
    case 'log_investigation':
      if (knowHowComesFirst(question, evidence)) {
        sayKnowHow(draft, evidence);
        draft.paragraph();
        composeLogs(draft, question, evidence);
        sayFreshness(draft, evidence);
        return draft;
      }
      composeLogs(draft, question, evidence);
      break;
    case 'simple_query':
    case 'productivity_analysis':
      composeData(draft, question, evidence, table);
      break;
    case 'out_of_scope': {
      const friendly = answerSmallTalk(question.text);
      if (friendly) {
        draft.say(
          `${friendly.ja}たとえば、次のようにお尋ねください。`,
          `${friendly.en} You could ask, for example:`,
        );
        return draft;
      }
      draft.say(
        'そのご質問にはお答えできませんが、遅れそうな工程の見通し、配置変更の提案、アラートの解消、残件や人数の確認、ログや障害の確認ならお手伝いできます。たとえば、次のようにお尋ねください。',
        'That is outside what I can help with. I can tell you what is going to be late, propose who to move, help resolve alerts, look up backlogs and staffing, and look into logs and incidents. You could ask, for example:',
      );
      return draft;
    }
  }
  sayKnowHow(draft, evidence);
  sayFreshness(draft, evidence);
  return draft;
}

/** Where the question names something the data does not hold, that is the answer. */
function sayUnknown(draft: Draft, { question, evidence }: Composition): boolean {
  const { understanding, result } = question;
  if (result.intent === 'out_of_scope' || result.intent === 'log_investigation') return false;
  const { book } = draft;
  const known = (kind: 'location' | 'process'): string[] =>
    [...new Set(evidence.situation.rows.map((row) => row[kind]))].slice(0, 12);
  const unknown = understanding.unknown.find((name) => !result[name.kind]);
  if (unknown) {
    const name = book.name(unknown.text, both('質問の言葉', 'Word of the question'));
    const list = known(unknown.kind).map((value) => book.name(value, both('登録済み', 'Registered')));
    const kind = unknown.kind === 'location' ? both('拠点', 'sites') : both('工程', 'processes');
    draft.say(
      `「${name}」は、取り込んだデータの${kind.ja}にありません。あるのは${list.join('、')}です。`,
      `“${name}” is not among the ${kind.en} in the synced data, which are ${list.join(', ')}.`,
    );
    return true;
  }
  if (evidence.rows.length > 0) return false;
  const named = [result.location, result.business, result.process].filter((name) => name !== null);
  if (named.length === 0) return false;
  const list = named.map((value) =>
    book.name(businessName(evidence, value), both('質問の対象', 'Asked about')),
  );
  draft.say(
    `${list.join('・')}の本日の進捗の記録が見つかりません。稼働していないか、まだ取り込まれていない可能性があります。`,
    `There are no progress records for ${list.join(' ')} today. It may not be running, or its data may not have been synced yet.`,
  );
  return true;
}
const businessName = (evidence: Evidence, value: string): string =>
  evidence.situation.rows.find((row) => row.businessId === value)?.businessName ?? value;

function sayLate(draft: Draft, evidence: Evidence, table: number): void {
  const risky = evidence.rows.filter((row) => row.risk === 'danger' || row.risk === 'watch');
  const described = risky.length > 0 ? risky.slice(0, DESCRIBED) : evidence.rows.slice(0, 1);
  described.forEach((row, i) => {
    if (i > 0) draft.paragraph();
    describeRow(draft, row, table, systemPrecedes(evidence, row.cellId));
  });
  if (risky.length > DESCRIBED) {
    const more = draft.book.count(
      risky.length - DESCRIBED,
      'cells',
      both('ほかの遅れそうな工程', 'More queues likely to be late'),
      table,
    );
    draft.say(`ほかに${more}で遅れの恐れがあります。`, `Beyond that, ${more} may be late too.`);
  }
  if (risky.length > 0) mentionVerdict(draft, evidence);
}

function sayPlan(draft: Draft, { question, evidence, refusal }: Composition): void {
  draft.paragraph();
  if (evidence.proposal) {
    composePlan(draft, evidence.proposal, {
      planFor: question.result.intent === 'optimize_assignment' ? 'next-day' : 'now',
      atRisk: evidence.rows.some((row) => row.risk === 'danger' || row.risk === 'watch'),
    });
    return;
  }
  if (!refusal) {
    if (question.result.intent !== 'improve_alerts')
      draft.say('配置の提案は得られませんでした。', 'No proposal came out of it.');
    return;
  }
  const words = (lang: Lang): string => {
    const { say, next } = wordError(refusal, lang);
    return lang === 'ja' ? `${say}${next}` : `${say} ${next}`;
  };
  const why = draft.book.words(
    both(words('ja'), words('en')),
    both('提案できない理由', 'Why there is no proposal'),
  );
  draft.say(`配置の提案は作れませんでした。${why}`, `No proposal could be made. ${why}`);
}

function sayFreshness(draft: Draft, evidence: Evidence): void {
  sayOldData(draft, evidence);
  sayFailing(draft, evidence);
}
/** The numbers that are older than the rest because a table could not be read. */
function sayFailing(draft: Draft, { situation }: Evidence): void {
  if (situation.freshness.failing.length === 0) return;
  draft.paragraph();
  for (const failing of situation.freshness.failing) {
    const { table, source, readAt } = failing;
    const named = draft.book.words(
      both(wordOwnTable({ table, source }, 'ja'), wordOwnTable({ table, source }, 'en')),
      both('更新できていない表', 'Table that could not be updated'),
    );
    const since =
      readAt === null
        ? ''
        : draft.book.instant(
            readAt,
            both(`${wordTable(table, 'ja')}の最後の更新`, `Last update of: ${wordTable(table, 'en')}`),
            null,
          );
    const words = (lang: Lang): string =>
      wordFailing(
        failing,
        lang,
        () => since,
        () => named,
      );
    draft.say(words('ja'), words('en'));
  }
}
function sayOldData(draft: Draft, { situation }: Evidence): void {
  const { freshness } = situation;
  const offline = freshness.source === 'mysql' && !freshness.online;
  if ((!freshness.stale && !offline) || freshness.dataAt === null) return;
  const at = draft.book.instant(freshness.dataAt, both('データの時刻', 'Time of the data'), null);
  const why: Bilingual = offline
    ? both(
        '会社データベースにつながらないため、最後に取り込んだ',
        'The company database cannot be reached, so these are',
      )
    : both('取り込みが遅れているため、', 'Syncing is behind, so these are');
  draft.paragraph();
  draft.say(`${why.ja}${at}時点の数字です。`, `${why.en} the numbers of ${at}.`);
}
