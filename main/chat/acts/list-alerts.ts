import type { Alert } from '../../alerts/contract/alerts.ts';
import { ALERT_KINDS, UNDER_WAY, wordLateAfter } from '../../alerts/contract/words.ts';
import type { Bilingual } from '../../api/contract/common.ts';
import type { Answered } from '../../measures/contract/measures.ts';
import { both } from '../facts.ts';
import type { ActContext } from './act.ts';
import { fits } from './places.ts';

const LISTED = 5;

/** Of the alerts that were counted, those that are not over: of a delay its deadline, its chance, the steps it makes late and the plan under way. */
export function listAlerts(
  context: ActContext,
  { query, from, until }: Answered,
  table: number | null,
): void {
  const { book, draft, means, state } = context;
  const { where, window } = query;
  const isCounted = ({ openedAt }: Alert): boolean =>
    window.days.kind === 'now' || (openedAt >= from && openedAt <= until);
  const live = means.tools
    .openAlerts()
    .filter(isCounted)
    .filter(({ cell }) => (cell ? fits(cell, where) : where.length === 0));
  for (const alert of live.slice(0, LISTED)) sayAlert(alert, context, table);
  if (live.length > LISTED) {
    const more = book.count(live.length - LISTED, 'alerts', both('ほかのアラート', 'More alerts'), table);
    draft.entry(`ほかに${more}`, `${more} more`);
  }
  state.body.alertIds = [...new Set([...state.body.alertIds, ...live.map(({ id }) => id)])];
}

function sayAlert(alert: Alert, { book, draft }: ActContext, table: number | null): void {
  const { cell, evidence, plan } = alert;
  const where = cell ? book.cell(cell) : null;
  const parts: Bilingual[] = [];
  if (evidence && evidence.deadline !== null) {
    const deadline = book.instant(evidence.deadline, both('納期', 'Deadline'), table);
    const chance = book.percent(evidence.pMiss, both('間に合わない確率', 'P(late)'), table);
    parts.push(both(`${deadline}の納期に間に合わない確率${chance}`, `${chance} likely to miss ${deadline}`));
    const time = (at: number): string => book.instant(at, both('納期', 'Deadline'), table);
    const step = both('このあとの工程', 'Later step');
    const deadlines = alert.deadlines.map((late) => ({
      ...late,
      cell: { ...late.cell, process: book.name(late.cell.process, step) },
    }));
    const ja = wordLateAfter({ deadlines }, { lang: 'ja', time });
    const en = wordLateAfter({ deadlines }, { lang: 'en', time });
    if (ja && en) parts.push(both(ja, en));
  } else {
    const title = book.words(alert.said?.title ?? ALERT_KINDS[alert.kind], both('アラート', 'Alert'), table);
    parts.push(both(title, title));
  }
  if (plan) {
    const id = book.name(plan.proposalId, both('承認済みの提案', 'Approved plan'));
    parts.push(both(`${UNDER_WAY.ja}（${id}）`, `${UNDER_WAY.en} (${id})`));
  }
  const [ja, en] = [parts.map((p) => p.ja).join('、'), parts.map((p) => p.en).join('; ')];
  draft.entry(where && evidence ? `${where}：${ja}` : ja, where && evidence ? `${where}: ${en}` : en);
}
