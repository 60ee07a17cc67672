import type { SituationRow } from '../../analytics/contract/situation.ts';
import type { Filter } from '../../measures/contract/measures.ts';
import { sayVerdict } from '../compose-verdict.ts';
import { both } from '../facts.ts';
import type { ActContext } from './act.ts';
import { fits } from './places.ts';
import { likeliest } from './propose.ts';
import { advise, lateOf } from './why.ts';
import sentences from './words/describe-queue.json' with { type: 'json' };

/**
 * After a chance of being late: how the likeliest queue stands against its deadline, with the numbers of the situation, what
 * precedes its delay, and the plan that is under way for it.
 */
export async function describeQueue(context: ActContext, where: readonly Filter[]): Promise<void> {
  const { draft, means } = context;
  const rows = means.analytics.situation().rows.filter((row) => fits(row, where));
  const worst = likeliest(rows);
  if (!worst || worst.deadline === null || (rows.length > 1 && worst.risk === 'ok')) return;
  draft.paragraph();
  sayStanding(context, worst);
  if (worst.risk === 'ok') return;
  const [late] = lateOf(context, [worst]);
  if (!late) return;
  sayVerdict(draft, late.verdict);
  await advise(context, [late]);
}

/** What is due by the deadline, where more than what waits here is: the rest lies at earlier steps or is still to arrive. */
function sayDue({ draft, book }: ActContext, { due, dueParts }: SituationRow): void {
  if (due === null || dueParts === null) return;
  const items = (n: number, ja: string, en: string): string => book.items(n, both(ja, en), null);
  const rest = [
    { n: dueParts.upstream, ja: '前の工程にあるのが', en: 'at earlier steps' },
    { n: dueParts.expected, ja: 'これから届くのが', en: 'still to arrive' },
  ].filter(({ n }) => Math.round(n) >= 1);
  if (rest.length === 0) return;
  const whole = items(due, '納期までの件数', 'Items due by then');
  const parts = rest.map(({ n, ja, en }) => ({ ja, en, n: items(n, ja, `Items ${en}`) }));
  draft.say(
    `納期までに終えるのは${whole}で、うち${parts.map(({ ja, n }) => `${ja}${n}`).join('、')}です。`,
    `${whole} have to be done by then, of which ${parts.map(({ en, n }) => `${n} ${en}`).join(', ')}.`,
  );
}

function sayStanding(context: ActContext, row: SituationRow): void {
  const { draft, book } = context;
  const cell = book.cell(row);
  const deadline = book.instant(row.deadline ?? 0, both('納期', 'Deadline'), null);
  const backlog = book.items(row.backlog, both('残件', 'Backlog'), null);
  if (row.standstillSince !== null) {
    const since = book.instant(row.standstillSince, both('止まった時刻', 'Standing still since'), null);
    draft.tell(sentences.standstill, { cell, since });
  }
  const rate =
    row.throughput === null ? null : book.rate(row.throughput, both('処理速度', 'Throughput'), null);
  const needed =
    row.required === null ? null : book.rate(row.required, both('必要な処理速度', 'Throughput needed'), null);
  const pace = rate
    ? both(
        `、処理速度は${rate}${needed ? `（必要な速さは${needed}）` : ''}`,
        `, at ${rate}${needed ? ` (${needed} needed)` : ''}`,
      )
    : both('', '');
  draft.tell(sentences.due, { cell, deadline, backlog, pace });
  sayDue(context, row);
  const finish =
    row.dueFinishAt === null
      ? null
      : book.instant(row.dueFinishAt, both('納期分の完了見込み', 'Due work done by'), null);
  if (row.shortItems >= 0.5) {
    const short = book.items(row.shortItems, both('納期時点の不足', 'Items missing at the deadline'), null);
    draft.say(
      `納期の時点で${short}が残${finish ? `り、納期分が終わるのは${finish}ごろの` : 'る'}見込みです。`,
      `${short} would be left at the deadline${finish ? `; the due work would be done around ${finish}` : ''}.`,
    );
  } else if (finish) draft.tell(sentences['due-done'], { finish });
  if (!row.plan) return;
  const id = book.words(
    both(row.plan.proposalId, row.plan.proposalId),
    both('承認済みの提案', 'Approved plan'),
  );
  const next = book.instant(row.plan.nextCheckAt, both('次の確認', 'Next look'), null);
  draft.tell(sentences['plan-in-force'], { id, next });
}
