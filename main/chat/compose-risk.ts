import type { Bilingual, Cell, PlanUnderWay } from '../api/contract/common.ts';
import { formatCell, partDue } from '../api/contract/format.ts';
import type { SituationRow } from '../api/contract/situation.ts';
import { isOnly } from '../api/contract/timeline.ts';
import { mentionVerdict, systemPrecedes } from './compose-verdict.ts';
import type { Draft } from './draft.ts';
import type { Evidence } from './evidence.ts';
import { both, type FactBook } from './facts.ts';
import type { Question } from './question.ts';

const LISTED = 5;
/** A gap of more than so many teams like the one there says that the pace broke down, not how many people to send. */
const TEAMS_AT_MOST = 2;
/** The facts of one queue as slots; null where there is no number. */
export type RowSlots = {
  readonly cell: string;
  readonly backlog: string;
  /** what has to be done by the deadline, work on its way included, where that is not just the backlog */
  readonly due: string | null;
  readonly people: string;
  readonly deadline: string | null;
  readonly pMiss: string | null;
  readonly pOnTime: string | null;
  readonly throughput: string | null;
  readonly required: string | null;
  /** required − throughput, where positive */
  readonly gap: string | null;
  /** that gap in people of today's speed there, rounded up; null where it is more than could ever be sent */
  readonly gapPeople: string | null;
  /** of what is due by the deadline: how much will be left then, and when it will be done */
  readonly short: string | null;
  readonly finish: string | null;
};
/** Registers all numbers of a row; only those used in a sentence end up in the answer. */
export function rowSlots(book: FactBook, row: SituationRow, table: number): RowSlots {
  const cellName = formatCell(row);
  const of = (ja: string, en: string): Bilingual => both(`${cellName} の${ja}`, `${en} of ${cellName}`);
  const gap = row.required !== null && row.throughput !== null ? row.required - row.throughput : null;
  const part = partDue(row);
  const perPerson = row.throughput && row.people ? row.throughput / row.people : null;
  const given = <T>(value: T | null, write: (value: T) => string): string | null =>
    value === null ? null : write(value);
  return {
    cell: book.cell(row),
    backlog: book.items(row.backlog, of('残件', 'Backlog'), table),
    due: given(part, (due) => book.items(due, of('納期までの件数', 'Items due by the deadline'), table)),
    people: book.people(row.people, of('人数', 'People'), table),
    deadline: given(row.deadline, (at) => book.instant(at, of('納期', 'Deadline'), table)),
    pMiss: given(row.pOnTime, (p) => book.percent(1 - p, of('間に合わない確率', 'P(late)'), table)),
    pOnTime: given(row.pOnTime, (p) => book.percent(p, of('間に合う確率', 'P(on time)'), table)),
    throughput: given(row.throughput, (v) => book.rate(v, of('処理速度', 'Throughput'), table)),
    required: given(row.required, (v) => book.rate(v, of('必要な処理速度', 'Required throughput'), table)),
    gap:
      gap !== null && gap >= 0.5
        ? book.rate(gap, of('処理速度の不足 (必要 − 現在)', 'Missing throughput (required − now)'), table)
        : null,
    gapPeople:
      gap !== null && gap >= 0.5 && perPerson && gap / perPerson <= (row.people ?? 0) * TEAMS_AT_MOST
        ? book.people(
            Math.ceil(gap / perPerson - 1e-9),
            of(
              '不足を人数にしたもの (不足 ÷ 現在の一人当たり)',
              'Missing throughput in people (gap ÷ throughput per person)',
            ),
            table,
          )
        : null,
    short:
      row.shortItems >= 0.5
        ? book.items(row.shortItems, of('納期時点の不足', 'Items missing at the deadline'), table)
        : null,
    finish: given(row.dueFinishAt, (at) =>
      book.instant(at, of('納期分の完了見込み', 'Due work done by'), table),
    ),
  };
}

/** How one queue stands against its deadline, then why, in numbers; `systemFirst`: trouble in the system precedes its delay. */
export function describeRow(draft: Draft, row: SituationRow, table: number, systemFirst = false): void {
  const s = rowSlots(draft.book, row, table);
  if (row.backlog === 0 && (row.due ?? 0) < 0.5) {
    draft.say(`${s.cell}に残件はありません。`, `${s.cell} has no backlog.`);
    return;
  }
  if (!s.deadline) {
    draft.say(
      `${s.cell}の残件は${s.backlog}で、納期の決まったものはありません。`,
      `${s.cell} has ${s.backlog} waiting, none of it with a deadline.`,
    );
    return;
  }
  if (row.standstillSince !== null) {
    const since = draft.book.instant(
      row.standstillSince,
      both(`${formatCell(row)} が止まった時刻`, `Standstill of ${formatCell(row)} since`),
      table,
    );
    draft.say(
      `${s.cell}は${since}ごろからほぼ止まっています。`,
      `${s.cell} has been nearly at a standstill since about ${since}.`,
    );
  }
  if (!s.pMiss || !s.pOnTime)
    draft.say(
      `${s.cell}の残件は${s.backlog}、納期は${s.deadline}ですが、記録が足りず見込みはまだ出せません。`,
      `${s.cell} has ${s.backlog} waiting for ${s.deadline}, but there are not enough records yet to say whether it will make it.`,
    );
  else if (row.risk === 'ok')
    draft.say(
      `${s.cell}は、${s.deadline}の納期に間に合う見込みです（確率${s.pOnTime}）。`,
      `${s.cell} should make its ${s.deadline} deadline (${s.pOnTime} likely).`,
    );
  else
    draft.say(
      `${s.cell}は、このままでは${s.deadline}の納期に間に合わない確率が${s.pMiss}です。`,
      `As things stand, the chance that ${s.cell} misses its ${s.deadline} deadline is ${s.pMiss}.`,
    );
  describePace(draft, row, s, systemFirst);
  if (row.plan) sayUnderWay(draft, row, row.plan, table);
}

/** That a plan for it was approved, which, and when what came of it is looked at next. */
export function sayUnderWay(draft: Draft, cell: Cell, plan: PlanUnderWay, table: number): void {
  const id = draft.book.words(
    both(plan.proposalId, plan.proposalId),
    both(`${formatCell(cell)} の承認済みの提案`, `Approved plan for ${formatCell(cell)}`),
    table,
  );
  const next = draft.book.instant(
    plan.nextCheckAt,
    both(`${formatCell(cell)} の次の確認`, `Next look at ${formatCell(cell)}`),
    table,
  );
  draft.say(
    `対策済みで、効果を確認中です（提案${id}、次の確認は${next}）。`,
    `It is handled and being checked (plan ${id}, next look at ${next}).`,
  );
}

function describePace(draft: Draft, row: SituationRow, s: RowSlots, systemFirst: boolean): void {
  // the shortage and the finish are those of one deadline: what is due later is not among them
  const coming = (row.dueParts?.upstream ?? 0) + (row.dueParts?.expected ?? 0) >= 0.5;
  const part = s.due
    ? both(
        `（${s.deadline}までに終える分は${coming ? '、前の工程やこれから届く分も含めて' : ''}${s.due}）`,
        ` (${s.due} to be done by ${s.deadline}${coming ? ', work still on its way included' : ''})`,
      )
    : both('', '');
  // while the system stands, nobody's pace says how many people would do
  const people = systemFirst ? null : s.gapPeople;
  if (!s.throughput)
    draft.say(
      `残件は${s.backlog}${part.ja}、担当は${s.people}です。処理速度はまだ測れていません。`,
      `It has ${s.backlog} waiting${part.en} and ${s.people} on it. The throughput cannot be measured yet.`,
    );
  else if (s.required && s.gap && row.risk !== 'ok')
    draft.say(
      `残件は${s.backlog}${part.ja}です。処理速度は${s.throughput}ですが、間に合わせるには${s.required}が必要で、${s.gap}足りません${people ? `（今のペースで${people}分）` : ''}。`,
      `It has ${s.backlog} waiting${part.en}. Work is running at ${s.throughput} against the ${s.required} it needs: ${s.gap} short${people ? `, or ${people}’s work at today’s pace` : ''}.`,
    );
  else
    draft.say(
      `残件は${s.backlog}${part.ja}、処理速度は${s.throughput}${s.required ? `（必要な速さは${s.required}）` : ''}です。`,
      `It has ${s.backlog} waiting${part.en} and runs at ${s.throughput}${s.required ? ` (${s.required} needed)` : ''}.`,
    );
  if (row.risk === 'ok') {
    // what was measured is the pace before they came
    if (s.gap && row.movedIn > 0)
      draft.say(
        '処理速度は直近の実績です。配置変更で加わった人の分は、これから上がります。',
        'The pace is what was measured lately; the people who have just joined will add to it.',
      );
    return;
  }
  if (s.short)
    draft.say(
      `${s.due ? 'この分は、' : ''}納期の時点で${s.short}が残${s.finish ? `り、終わるのは${s.finish}ごろの` : 'る'}見込みです。`,
      `${s.due ? 'Of those, ' : ''}${s.short} would be left at the deadline${s.finish ? `, and the ${s.due ? 'last' : 'work'} would be done around ${s.finish}` : ''}.`,
    );
}

/** delay_risk_detection: what is at risk, worst at the top, and what to do next. */
export function composeRisk(draft: Draft, question: Question, evidence: Evidence, table: number): void {
  const { rows } = evidence;
  const { book } = draft;
  const only = rows[0];
  const named = Boolean(question.result.location || question.result.process || question.result.business);
  const scope = named ? both('ご指定の範囲', 'what you asked about') : both('全体', 'all sites');
  const risky = rows.filter((row) => row.risk === 'danger' || row.risk === 'watch');
  if (only && rows.length === 1) {
    describeRow(draft, only, table, systemPrecedes(evidence, only.cellId));
    if (only.risk !== 'ok') mentionVerdict(draft, evidence);
    suggestNext(draft, risky, evidence);
    return;
  }
  const all = book.count(rows.length, 'cells', both('対象の工程', 'Queues looked at'), table);
  if (risky.length === 0) {
    draft.say(
      `今のところ、納期に遅れそうな工程はありません（${all}を確認）。`,
      `Nothing is likely to be late at the moment (${all} checked).`,
    );
    if (only) {
      const s = rowSlots(book, only, table);
      if (s.pOnTime && s.deadline)
        draft.say(
          `最も余裕が少ないのは${s.cell}で、${s.deadline}の納期に間に合う確率は${s.pOnTime}です。`,
          `The tightest is ${s.cell}: ${s.pOnTime} likely to make its ${s.deadline} deadline.`,
        );
    }
    return;
  }
  const [first] = risky;
  if (first && risky.length === 1) {
    describeRow(draft, first, table, systemPrecedes(evidence, first.cellId));
    if (rows.every((row) => row === first || row.risk === 'ok'))
      draft.say('ほかの工程は間に合う見込みです。', 'Everything else should be on time.');
    mentionVerdict(draft, evidence);
    suggestNext(draft, risky, evidence);
    return;
  }
  const late = risky.filter((row) => row.risk === 'danger');
  const lateCount = book.count(late.length, 'cells', both('危険の工程', 'Queues in danger'), table);
  const watchCount = book.count(
    risky.length - late.length,
    'cells',
    both('警戒の工程', 'Queues to watch'),
    table,
  );
  const riskyCount = book.count(
    risky.length,
    'cells',
    both('遅れそうな工程', 'Queues likely to be late'),
    table,
  );
  const parts =
    late.length === 0
      ? both('いずれも警戒の段階です', 'all of them to be watched')
      : late.length === risky.length
        ? both('いずれも危険の段階です', 'all of them in danger')
        : both(
            `危険が${lateCount}、警戒が${watchCount}です`,
            `${lateCount} in danger, ${watchCount} to be watched`,
          );
  draft.say(
    `${scope.ja}では${riskyCount}に納期遅れの恐れがあります。${parts.ja}。`,
    `Across ${scope.en}, ${riskyCount} may miss their deadline: ${parts.en}.`,
  );
  for (const row of risky.slice(0, LISTED)) {
    const s = rowSlots(book, row, table);
    draft.entry(
      `${s.cell}：納期${s.deadline ?? '未定'}、間に合わない確率${s.pMiss ?? '不明'}、残件${s.backlog}${s.due ? `（納期までに終える分${s.due}）` : ''}${s.gap ? `、${s.gap}の不足` : ''}`,
      `${s.cell}: due ${s.deadline ?? 'at no set time'}, ${s.pMiss ?? 'unknown'} chance of being late, ${s.backlog} waiting${s.due ? ` (${s.due} to be done by then)` : ''}${s.gap ? `, ${s.gap} short` : ''}`,
    );
  }
  if (risky.length > LISTED) {
    const more = book.count(
      risky.length - LISTED,
      'cells',
      both('ほかの遅れそうな工程', 'More queues likely to be late'),
      table,
    );
    draft.entry(`ほか${more}`, `Another ${more}`);
  }
  draft.paragraph();
  mentionVerdict(draft, evidence);
  suggestNext(draft, risky, evidence);
}

function suggestNext(draft: Draft, risky: readonly SituationRow[], { verdicts }: Evidence): void {
  const worst = risky[0];
  if (!worst) return;
  if (verdicts.some((v) => isOnly(v, 'system') && v.cell.cellId === worst.cellId)) {
    draft.say(
      'システムの様子と過去の対処は、「今の障害を調べて」とお尋ねください。',
      'For the state of the system and what helped before, ask “Look into the incidents going on”.',
    );
    return;
  }
  const cell = draft.book.cell(worst);
  draft.say(
    `人の動かし方を検討する場合は、「${cell}を間に合わせる配置変更を提案して」とお尋ねください。`,
    `To see who could be moved, ask “Propose moves to get ${cell} done on time”.`,
  );
}
