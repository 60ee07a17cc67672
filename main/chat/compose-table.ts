import type { CatalogueName } from '../analytics/types.ts';
import type { Bilingual, Table } from '../api/contract/common.ts';
import { type Draft, enumerate } from './draft.ts';
import { both, same } from './facts.ts';

const LISTED = 5;
const NAMES = 10;
type Row = Table['rows'][number];

const text = (row: Row, key: string): string => String(row[key] ?? '');
const number = (row: Row, key: string): number | null => {
  const value = row[key];
  return typeof value === 'number' ? value : null;
};
const sum = (rows: readonly Row[], key: string): number =>
  rows.reduce((total, row) => total + (number(row, key) ?? 0), 0);
/** all rows are here, so that sums over them are sums over everything */
const whole = (table: Table): boolean => table.total <= table.rows.length;
const person = (draft: Draft, row: Row): string =>
  draft.book.name(text(row, 'operator'), both('担当者', 'Person'));

/** The tables of the catalogue that are about records rather than queues, in sentences: the sum, what stands out, the head of the list. */
export function describeTable(draft: Draft, table: Table, topic: CatalogueName): void {
  if (table.rows.length === 0) {
    draft.book.table(table);
    draft.say(
      'あてはまる記録はありません。期間や対象を変えてお尋ねください。',
      'There are no matching records. Try another period or another team.',
    );
    return;
  }
  switch (topic) {
    case 'productivity':
      describeProductivity(draft, table);
      return;
    case 'attendance':
      describeAttendance(draft, table);
      return;
    case 'skills':
      describeSkills(draft, table);
      return;
    case 'forecast':
      describeForecast(draft, table);
      return;
    case 'trend':
      describeTrend(draft, table);
      return;
    case 'staffing':
      describeAssignments(draft, table);
  }
}

function describeProductivity(draft: Draft, table: Table): void {
  const { book } = draft;
  const index = book.table(table);
  const rate = (value: number, ja: string, en: string): string => book.rate(value, both(ja, en), index);
  const hours = sum(table.rows, 'hours');
  if (whole(table) && hours > 0) {
    const done = book.items(sum(table.rows, 'items'), both('処理件数の合計', 'Items done in all'), index);
    const mean = rate(
      sum(table.rows, 'items') / hours,
      '平均の実績 (件数 ÷ 時間)',
      'Mean rate (items ÷ hours)',
    );
    const people = book.people(
      new Set(table.rows.map((row) => text(row, 'operator'))).size,
      both('記録のある人数', 'People with records'),
      index,
    );
    draft.say(
      `直近の記録では、${people}で${done}を処理し、平均は${mean}です。`,
      `In the latest records, ${people} did ${done}, ${mean} on average.`,
    );
  }
  const ranked = table.rows
    .filter((row) => number(row, 'rate') !== null)
    .sort((a, b) => (number(b, 'rate') ?? 0) - (number(a, 'rate') ?? 0));
  if (ranked.length === 0) return;
  draft.say('実績の高い順にお知らせします。', 'By rate, the highest at the top:');
  for (const row of ranked.slice(0, LISTED)) {
    const name = text(row, 'operator');
    const process = book.name(text(row, 'process'), both('工程', 'Process'));
    const speed = rate(number(row, 'rate') ?? 0, `${name}さんの実績`, `Rate of ${name}`);
    const items = book.items(
      number(row, 'items') ?? 0,
      both(`${name}さんの処理件数`, `Items done by ${name}`),
      index,
    );
    draft.entry(
      `${person(draft, row)}さん（${process}）：${speed}、${items}`,
      `${person(draft, row)} (${process}): ${speed}, ${items}`,
    );
  }
  sayRest(draft, table.total - LISTED, index);
}

const STATUS: Record<string, Bilingual> = {
  present: both('出勤', 'present'),
  absent: both('欠勤', 'absent'),
  late: both('遅刻', 'late'),
  leave: both('休暇', 'on leave'),
  sick: both('病欠', 'off sick'),
};
const PRESENT = /present|attend|出勤|出社|work|duty|^in$|^ok$/i;
const statusWords = (status: string): Bilingual => STATUS[status.toLowerCase()] ?? same(status || '—');

function describeAttendance(draft: Draft, table: Table): void {
  const { book } = draft;
  const index = book.table(table);
  const byStatus = Map.groupBy(table.rows, (row) => text(row, 'status'));
  if (whole(table)) {
    const parts = [...byStatus].map(([status, rows]) => {
      const word = book.words(statusWords(status), both('勤怠', 'Attendance'));
      const count = book.people(
        rows.length,
        both(`${statusWords(status).ja}の記録`, `Records of “${statusWords(status).en}”`),
        index,
      );
      return both(`${word}${count}`, `${count} ${word}`);
    });
    draft.say(
      `勤怠の記録は${parts.map((part) => part.ja).join('、')}です。`,
      `Attendance shows ${enumerate(
        parts.map((part) => part.en),
        'en',
      )}.`,
    );
  }
  const away = table.rows.filter((row) => !PRESENT.test(text(row, 'status')));
  for (const row of away.slice(0, NAMES)) {
    const home = book.name(text(row, 'home'), both('所属拠点', 'Home site'));
    const word = book.words(statusWords(text(row, 'status')), both('勤怠', 'Attendance'));
    draft.entry(`${person(draft, row)}さん（${home}）：${word}`, `${person(draft, row)} (${home}): ${word}`);
  }
  if (away.length > NAMES) sayRest(draft, away.length - NAMES, index);
}

function describeSkills(draft: Draft, table: Table): void {
  const { book } = draft;
  const index = book.table(table);
  const count = book.count(table.total, 'records', both('スキルの記録', 'Skill records'), index);
  draft.say(
    `スキルの記録は${count}あります。レベルの高い順にお知らせします。`,
    `There are ${count} about skills. By level, the highest at the top:`,
  );
  const ranked = [...table.rows].sort(
    (a, b) =>
      (number(b, 'skill') ?? 0) - (number(a, 'skill') ?? 0) ||
      (number(b, 'months') ?? 0) - (number(a, 'months') ?? 0),
  );
  for (const row of ranked.slice(0, LISTED)) {
    const name = text(row, 'operator');
    const home = book.name(text(row, 'home'), both('所属拠点', 'Home site'));
    const process = book.name(text(row, 'process'), both('工程', 'Process'));
    const level = book.score(
      number(row, 'skill') ?? 0,
      0,
      both(`${name}さんのスキルレベル`, `Skill level of ${name}`),
      index,
    );
    const months = number(row, 'months');
    const experience =
      months === null
        ? null
        : book.count(months, 'months', both(`${name}さんの経験`, `Experience of ${name}`), index);
    draft.entry(
      `${person(draft, row)}さん（${home}、${process}）：レベル${level}${experience ? `、経験${experience}` : ''}`,
      `${person(draft, row)} (${home}, ${process}): level ${level}${experience ? `, ${experience} of experience` : ''}`,
    );
  }
  sayRest(draft, table.total - LISTED, index);
}

function describeForecast(draft: Draft, table: Table): void {
  const { book } = draft;
  const index = book.table(table);
  if (whole(table)) {
    const total = book.items(
      sum(table.rows, 'items'),
      both('受信予測の合計', 'Expected arrivals in all'),
      index,
    );
    draft.say(`受信予測は合わせて${total}です。`, `In all, ${total} are expected to arrive.`);
    const byHour = [...Map.groupBy(table.rows, (row) => number(row, 'at') ?? 0)]
      .map(([at, rows]) => ({ at, items: sum(rows, 'items') }))
      .sort((a, b) => b.items - a.items);
    const peak = byHour[0];
    if (peak && byHour.length > 1) {
      const at = book.instant(peak.at, both('最も多い時間帯の始まり', 'Start of the busiest hour'), index);
      const items = book.items(
        peak.items,
        both('最も多い時間帯の受信予測', 'Arrivals in the busiest hour'),
        index,
      );
      draft.say(
        `最も多いのは${at}からの時間帯で、${items}です。`,
        `The busiest hour starts at ${at}, with ${items}.`,
      );
    }
  }
  const byCell = [
    ...Map.groupBy(table.rows, (row) =>
      [text(row, 'location'), text(row, 'business'), text(row, 'process')].join(' '),
    ),
  ]
    .map(([cell, rows]) => ({ cell, items: sum(rows, 'items') }))
    .sort((a, b) => b.items - a.items);
  for (const { cell, items } of byCell.slice(0, LISTED)) {
    const slot = book.items(items, both(`${cell} の受信予測`, `Expected arrivals at ${cell}`), index);
    draft.entry(
      `${book.name(cell, both('対象', 'queue'))}：${slot}`,
      `${book.name(cell, both('対象', 'queue'))}: ${slot}`,
    );
  }
}

function describeTrend(draft: Draft, table: Table): void {
  const { book } = draft;
  const index = book.table(table);
  const rows = table.rows
    .filter((row) => number(row, 'at') !== null && number(row, 'backlog') !== null)
    .sort((a, b) => (number(a, 'at') ?? 0) - (number(b, 'at') ?? 0));
  const [first] = rows;
  const last = rows.at(-1);
  if (!first || !last || first === last) {
    draft.say(
      '推移を言えるだけの記録がまだありません。',
      'There are not enough records yet to show a trend.',
    );
    return;
  }
  const at = (row: Row, ja: string, en: string): string =>
    book.instant(number(row, 'at') ?? 0, both(ja, en), index);
  const backlog = (row: Row, ja: string, en: string): string =>
    book.items(number(row, 'backlog') ?? 0, both(ja, en), index);
  const difference = (number(last, 'backlog') ?? 0) - (number(first, 'backlog') ?? 0);
  const from = `${at(first, '始まり', 'Start')}`;
  const to = `${at(last, '終わり', 'End')}`;
  const before = backlog(first, '始まりの残件', 'Backlog at the start');
  const now = backlog(last, '終わりの残件', 'Backlog at the end');
  if (Math.abs(difference) < 0.5)
    draft.say(
      `残件は${from}も${to}も${now}で、変わっていません。`,
      `The backlog was ${now} at ${from} and still is at ${to}.`,
    );
  else {
    const size = book.items(
      Math.abs(difference),
      both('残件の増減 (終わり − 始まり)', 'Change of the backlog (end − start)'),
      index,
    );
    draft.say(
      `残件は${from}の${before}から${to}の${now}へ、${size}${difference > 0 ? '増えています' : '減っています'}。`,
      `The backlog went from ${before} at ${from} to ${now} at ${to}: ${size} ${difference > 0 ? 'more' : 'fewer'}.`,
    );
  }
  const finished = sum(rows, 'finished');
  if (whole(table) && finished > 0) {
    const done = book.items(finished, both('この間の完了', 'Finished over that time'), index);
    draft.say(`この間に${done}を処理しました。`, `${done} were finished over that time.`);
  }
}

function describeAssignments(draft: Draft, table: Table): void {
  const { book } = draft;
  const index = book.table(table);
  draft.say('割り当ては次のとおりです。', 'The assignments are:');
  for (const row of table.rows.slice(0, LISTED)) {
    const cell = book.name(
      [text(row, 'location'), text(row, 'business'), text(row, 'process')].join(' '),
      both('対象', 'queue'),
    );
    const from = number(row, 'from');
    const to = number(row, 'to');
    const hours =
      from === null || to === null
        ? null
        : both(
            `${book.instant(from, both('開始', 'From'), index)}から${book.instant(to, both('終了', 'To'), index)}まで`,
            `${book.instant(from, both('開始', 'From'), index)} to ${book.instant(to, both('終了', 'To'), index)}`,
          );
    draft.entry(
      `${person(draft, row)}さん：${cell}${hours ? `、${hours.ja}` : ''}`,
      `${person(draft, row)}: ${cell}${hours ? `, ${hours.en}` : ''}`,
    );
  }
  sayRest(draft, table.total - LISTED, index);
}

function sayRest(draft: Draft, rest: number, table: number): void {
  if (rest <= 0) return;
  const more = draft.book.count(rest, 'records', both('ほかの記録', 'More records'), table);
  draft.entry(`ほか${more}（表で確認できます）`, `Another ${more} in the table`);
}
