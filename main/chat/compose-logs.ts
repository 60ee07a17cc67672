import type { Table } from '../api/contract/common.ts';
import { type Draft, enumerate } from './draft.ts';
import { type Evidence, LOG_WINDOW_MS } from './evidence.ts';
import { both } from './facts.ts';
import type { ServiceErrors } from './queries.ts';

const LISTED = 5;

const logsTable = (rows: readonly ServiceErrors[], asOf: number): Table => ({
  title: both('サービスごとのエラー件数', 'Errors per service'),
  query: 'logs.errors',
  slots: { windowMinutes: LOG_WINDOW_MS / 60_000 },
  columns: [
    { key: 'service', label: both('サービス', 'Service'), kind: 'text' },
    { key: 'now', label: both('直近のエラー', 'Errors, recent'), kind: 'number' },
    { key: 'before', label: both('その前のエラー', 'Errors, before'), kind: 'number' },
    { key: 'lines', label: both('直近の全行', 'Lines, recent'), kind: 'number' },
  ],
  rows: rows.map((row) => ({ ...row, service: row.service || '—' })),
  total: rows.length,
  asOf,
});

/** log_investigation: error counts per service, the last window against the one before, and what that does not say. */
export function composeLogs(draft: Draft, evidence: Evidence): void {
  const { book } = draft;
  const logs = evidence.logs;
  const window = book.add({
    value: LOG_WINDOW_MS / 60_000,
    unit: 'minutes',
    label: both('比べた時間の長さ', 'Length of the window'),
    text: both('1時間', 'hour'),
    table: null,
  });
  if (!logs) {
    draft.say(
      `取り込み済みのシステムログに、直近${window}とその前の${window}の記録がありません。ログの取り込みを確認してください。`,
      `There are no synced system log lines for the last ${window} or the ${window} before. Please check that logs are being synced.`,
    );
    return;
  }
  const table = book.table(logsTable(logs, evidence.logsAt));
  const sum = (of: (row: ServiceErrors) => number): number => logs.reduce((total, row) => total + of(row), 0);
  const now = sum((row) => row.now);
  const before = sum((row) => row.before);
  const nowSlot = book.count(now, 'errors', both('直近のエラーの合計', 'Recent errors in all'), table);
  const beforeSlot = book.count(
    before,
    'errors',
    both('その前のエラーの合計', 'Earlier errors in all'),
    table,
  );
  const lines = book.count(
    sum((row) => row.lines),
    'lines',
    both('直近のログの行数', 'Recent log lines'),
    table,
  );
  if (now === 0) {
    draft.say(
      `直近${window}のシステムログ${lines}に、エラーはありません（その前の${window}は${beforeSlot}）。`,
      `The system logs of the last ${window} (${lines}) hold no errors; the ${window} before had ${beforeSlot}.`,
    );
  } else {
    const way =
      now > before
        ? both('増えています', 'up from')
        : now < before
          ? both('減っています', 'down from')
          : both('同じです', 'the same as');
    draft.say(
      `直近${window}のシステムログ${lines}のうち、エラーは${nowSlot}です。その前の${window}は${beforeSlot}で、${way.ja}。`,
      `The ${lines} logged in the last ${window} hold ${nowSlot}, ${way.en} ${beforeSlot} in the ${window} before.`,
    );
    for (const row of logs.filter((log) => log.now > 0).slice(0, LISTED)) {
      const service = book.name(row.service || '—', both('サービス', 'Service'));
      const n = book.count(
        row.now,
        'errors',
        both(`${row.service} の直近のエラー`, `Recent errors of ${row.service}`),
        table,
      );
      const m = book.count(
        row.before,
        'errors',
        both(`${row.service} のその前のエラー`, `Earlier errors of ${row.service}`),
        table,
      );
      draft.entry(`${service}：${n}（その前は${m}）`, `${service}: ${n} (${m} before)`);
    }
    draft.paragraph();
  }
  const late = evidence.rows.filter((row) => row.risk === 'danger').slice(0, 3);
  if (late.length > 0 && now > before) {
    const cells = late.map((row) => book.cell(row));
    draft.say(
      `同じ時間帯に、${cells.join('、')}が遅れそうです。`,
      `Over the same time, ${enumerate(cells, 'en')} ${cells.length === 1 ? 'is' : 'are'} in danger of being late.`,
    );
  }
  draft.say(
    'これは取り込んだログの重要度ごとの件数を比べたもので、文面の分析や原因の特定はしていません。時間の前後は分かりますが、原因とは限りません。',
    'This compares counts of synced log lines by level; it neither reads the messages nor names a cause. It shows what came before what, which need not be why.',
  );
}
