import type { Bilingual } from '../api/contract/common.ts';
import { formatCell } from '../api/contract/format.ts';
import type { SituationRow } from '../api/contract/situation.ts';
import { describeRow, rowSlots } from './compose-risk.ts';
import { describeTable } from './compose-table.ts';
import { type Draft, enumerate } from './draft.ts';
import type { Evidence } from './evidence.ts';
import { both } from './facts.ts';
import type { Question } from './question.ts';

const LISTED = 6;
const NAMES = 12;
const sum = (rows: readonly SituationRow[], of: (row: SituationRow) => number): number =>
  rows.reduce((total, row) => total + of(row), 0);

/** simple_query and productivity_analysis: the number or list asked for, from the queue's rows or from the catalogue's table. */
export function composeData(draft: Draft, question: Question, evidence: Evidence, table: number): void {
  const { rows, topic } = evidence;
  for (const extra of evidence.tables) draft.book.table(extra);
  switch (topic) {
    case 'productivity':
    case 'attendance':
    case 'skills':
    case 'forecast':
    case 'trend': {
      const asked = evidence.tables[0];
      if (asked) describeTable(draft, asked, topic);
      else draft.say('その記録は取り込まれていません。', 'Those records have not been synced.');
      return;
    }
    case 'staffing':
      if (
        question.understanding.mentions.some((mention) => mention.kind === 'operator') &&
        evidence.tables[0]
      ) {
        describeTable(draft, evidence.tables[0], topic);
        return;
      }
      sayStaffing(draft, evidence, table);
      return;
    case 'risk':
    case 'deadlines':
      sayDeadlines(draft, rows, table);
      return;
    case 'throughput':
      sayThroughput(draft, rows, table);
      return;
    case 'backlog':
      sayBacklog(draft, question, rows, table);
  }
}

/** What the question narrowed the rows to, as the start of a sentence. */
function scopeOf(draft: Draft, { result }: Question, rows: readonly SituationRow[]): Bilingual {
  const business = result.business
    ? (rows.find((row) => row.businessId === result.business)?.businessName ?? result.business)
    : null;
  const parts = [result.location, business, result.process].filter((part) => part !== null);
  if (parts.length === 0) return both('全拠点の', ' across all sites');
  const name = draft.book.name(parts.join(' '), both('質問の対象', 'Asked about'));
  return both(`${name}の`, ` at ${name}`);
}

function sayBacklog(draft: Draft, question: Question, rows: readonly SituationRow[], table: number): void {
  const { book } = draft;
  const only = rows[0];
  if (only && rows.length === 1) {
    describeRow(draft, only, table);
    return;
  }
  const scope = scopeOf(draft, question, rows);
  const total = book.items(
    sum(rows, (row) => row.backlog),
    both('残件の合計', 'Backlog in all'),
    table,
  );
  const count = book.count(rows.length, 'cells', both('対象の工程', 'Queues looked at'), table);
  draft.say(
    `${scope.ja}残件は合わせて${total}です（${count}）。`,
    `The backlog${scope.en} is ${total} in ${count}.`,
  );
  const sorted = [...rows].filter((row) => row.backlog > 0).sort((a, b) => b.backlog - a.backlog);
  for (const row of sorted.slice(0, LISTED)) {
    const s = rowSlots(book, row, table);
    draft.entry(
      `${s.cell}：${s.backlog}${s.deadline ? `（納期${s.deadline}${s.pOnTime ? `、間に合う確率${s.pOnTime}` : ''}）` : ''}`,
      `${s.cell}: ${s.backlog}${s.deadline ? ` (due ${s.deadline}${s.pOnTime ? `, ${s.pOnTime} likely to make it` : ''})` : ''}`,
    );
  }
  sayMore(draft, sorted.length, table);
}
function sayMore(draft: Draft, found: number, table: number): void {
  if (found <= LISTED) return;
  const more = draft.book.count(found - LISTED, 'cells', both('ほかの工程', 'More queues'), table);
  draft.entry(`ほか${more}`, `Another ${more}`);
}

function sayDeadlines(draft: Draft, rows: readonly SituationRow[], table: number): void {
  const { book } = draft;
  const only = rows[0];
  if (only && rows.length === 1) {
    describeRow(draft, only, table);
    if (only.lots.length < 2) return;
    for (const lot of only.lots.slice(0, LISTED)) {
      const name = formatCell(only);
      const due = book.instant(lot.deadline, both(`${name} の納期`, `Deadline of ${name}`), table);
      const items = book.items(lot.items, both(`${name} の納期分の件数`, `Items due of ${name}`), table);
      draft.entry(`${due}まで：${items}`, `by ${due}: ${items}`);
    }
    return;
  }
  const due = rows
    .filter((row) => row.deadline !== null && row.backlog > 0)
    .sort((a, b) => (a.deadline ?? 0) - (b.deadline ?? 0));
  if (due.length === 0) {
    draft.say('納期の決まった残件はありません。', 'Nothing waiting has a deadline.');
    return;
  }
  draft.say('納期の早い順にお知らせします。', 'By deadline, the earliest at the top:');
  for (const row of due.slice(0, LISTED)) {
    const s = rowSlots(book, row, table);
    draft.entry(
      `${s.deadline}：${s.cell}、残件${s.backlog}${s.pOnTime ? `、間に合う確率${s.pOnTime}` : ''}`,
      `${s.deadline}: ${s.cell}, ${s.backlog} waiting${s.pOnTime ? `, ${s.pOnTime} likely to make it` : ''}`,
    );
  }
  sayMore(draft, due.length, table);
}

function sayThroughput(draft: Draft, rows: readonly SituationRow[], table: number): void {
  const { book } = draft;
  const only = rows[0];
  if (only && rows.length === 1) {
    describeRow(draft, only, table);
    return;
  }
  const measured = rows.filter((row) => row.throughput !== null && (row.backlog > 0 || row.throughput > 0));
  if (measured.length === 0) {
    draft.say(
      '処理速度はまだ測れていません。記録がもう少したまるとお答えできます。',
      'The throughput cannot be measured yet; a few more records are needed.',
    );
    return;
  }
  const gap = (row: SituationRow): number => (row.required ?? 0) - (row.throughput ?? 0);
  draft.say(
    '現在の処理速度です。足りない順に並べています。',
    'Throughput now, the largest shortfall at the top:',
  );
  const sorted = [...measured].sort((a, b) => gap(b) - gap(a));
  for (const row of sorted.slice(0, LISTED)) {
    const s = rowSlots(book, row, table);
    draft.entry(
      `${s.cell}：${s.throughput}${s.required ? `（必要な速さは${s.required}${s.gap ? `、${s.gap}の不足` : ''}）` : ''}`,
      `${s.cell}: ${s.throughput}${s.required ? ` (${s.required} needed${s.gap ? `, ${s.gap} short` : ''})` : ''}`,
    );
  }
  sayMore(draft, sorted.length, table);
}

function sayStaffing(draft: Draft, { rows, details }: Evidence, table: number): void {
  const { book } = draft;
  const total = book.people(
    sum(rows, (row) => row.people),
    both('人数の合計', 'People in all'),
    table,
  );
  const moved = sum(rows, (row) => row.movedIn);
  const only = rows[0];
  if (only && rows.length === 1)
    draft.say(
      `${book.cell(only)}には現在${total}がいます。`,
      `${book.cell(only)} has ${total} on it right now.`,
    );
  else {
    const count = book.count(rows.length, 'cells', both('対象の工程', 'Queues looked at'), table);
    draft.say(
      `現在の人数は合わせて${total}です（${count}）。`,
      `There are ${total} at work now in ${count}.`,
    );
    const sorted = [...rows].sort((a, b) => b.people - a.people);
    for (const row of sorted.slice(0, LISTED)) {
      const s = rowSlots(book, row, table);
      draft.entry(
        `${s.cell}：${s.people}（残件${s.backlog}）`,
        `${s.cell}: ${s.people} (${s.backlog} waiting)`,
      );
    }
    sayMore(draft, sorted.length, table);
  }
  if (moved > 0) {
    const slot = book.people(
      moved,
      both('承認済みの配置変更で来た人数', 'People here by an approved move'),
      table,
    );
    draft.say(`うち${slot}は承認済みの配置変更で来ています。`, `Of them, ${slot} came by an approved move.`);
  }
  if (rows.length > 1) return;
  const people = details
    .flatMap((detail) => detail.people)
    .filter((person) => person.attendance !== 'absent');
  if (people.length === 0) return;
  const names = people.slice(0, NAMES).map((person) => book.name(person.name, both('担当者', 'Person')));
  const rest = people.length - names.length;
  const more = rest > 0 ? book.people(rest, both('ほかの担当者', 'More people'), table) : null;
  draft.say(
    `担当は${names.map((name) => `${name}さん`).join('、')}${more ? `、ほか${more}` : ''}です。`,
    `They are ${enumerate(more ? [...names, `another ${more}`] : names, 'en')}.`,
  );
}
