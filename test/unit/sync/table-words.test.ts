import { expect, test } from 'vitest';
import type { FailingTable } from '../../../main/api/contract/common.ts';
import { APPROVAL_TABLE, COMPANY, COMPANY_TABLES } from '../../../main/store/index.ts';
import { wordFailing, wordTable } from '../../../main/sync/contract/words.ts';

const behind = (table: keyof typeof COMPANY, readAt: number | null): FailingTable => ({
  table,
  source: 't_kintai',
  readAt,
  stale: true,
  error: { code: 'sync.missing-table', params: {} },
  numbers: [...COMPANY[table].numbers],
});

test('every company table has a name in both languages and numbers that come from it', () => {
  for (const table of [...COMPANY_TABLES, APPROVAL_TABLE])
    for (const lang of ['ja', 'en'] as const) expect(wordTable(table, lang)).not.toBe(table);
  for (const table of COMPANY_TABLES) expect(COMPANY[table].numbers).not.toEqual([]);
});

test('a table that is behind is named with the time of its rows and what is as old as they are', () => {
  const clock = (): string => '10:42';
  expect(wordFailing(behind('attendance_records', 1), 'ja', clock)).toBe(
    '出欠 (t_kintai) は 10:42 から更新できていません。人数はそのときの値です（間に合う確率にも影響します）。',
  );
  expect(wordFailing(behind('progress_snapshots', 1), 'en', clock)).toBe(
    'Progress (t_kintai) has not been updated since 10:42: backlogs, deadlines and throughput are as of then (this affects the chances of being on time).',
  );
  expect(wordFailing(behind('workload_forecasts', null), 'en', clock)).toBe(
    'Workload forecast (t_kintai) has never been read: forecasts are without it (this affects the chances of being on time).',
  );
});
