// A table of the company that can no longer be read: every door names it, says what is old because of it, and takes it back when it heals.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { Situation } from '../../main/analytics/contract/situation.ts';
import { localClient } from '../../main/api/index.ts';
import { startEngine } from '../../main/engine.ts';
import { ERRORS } from '../../main/kernel/errors.ts';
import { COMPANY_TABLES } from '../../main/store/index.ts';
import type { SyncReport } from '../../main/sync/contract/company.ts';
import { Company } from '../helpers/browser/company.ts';
import { toride as run, type Said } from '../helpers/command-line.ts';
import { clockFrom } from '../helpers/moved-clock.ts';
import { type Account, MariaDbClient } from '../helpers/sync/mariadb.ts';

const server = new MariaDbClient(inject('mariadb'));
let company: Company;
let account: Account;
let dir: string;
beforeAll(async () => {
  company = await Company.open(server, { time: '14:28' });
  account = await server.account(
    COMPANY_TABLES.map((table) => `SELECT ON \`${company.database}\`.\`${table}\``),
  );
  dir = mkdtempSync(path.join(os.tmpdir(), 'toride-failing-'));
  expect(toride('14:29', 'sync')).toMatchObject({ status: 0, stderr: '' });
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** The command line at a time of the company's day. */
const toride = (time: string, ...args: string[]): Said =>
  run(['--data', dir, ...args], {
    env: { ...clockFrom(company.at(time)), TORIDE_MYSQL_URL: server.url(company.database, account) },
  });
/** What the API says at a time of the company's day, from the copy alone. */
async function look(time: string): Promise<{
  situation: Situation;
  alerts: { kind: string; state: string; say: string }[];
  answer: Readonly<Record<'ja' | 'en', string>>;
}> {
  const at = company.at(time);
  const engine = await startEngine({
    dataDir: dir,
    schedule: false,
    wall: { now: () => at, every: () => () => {} },
  });
  const client = localClient({ services: engine.services, host: 'cli' });
  const ask = async (lang: 'ja' | 'en', text: string): Promise<string> => {
    for await (const event of await client.chat.send({ text, lang }))
      if (event.kind === 'answered') return event.message.text;
    return '';
  };
  await client.alerts.check();
  const result = {
    situation: await client.situation.list({}),
    alerts: (await client.alerts.list({})).alerts
      .filter((alert) => alert.kind !== 'delay')
      .map(({ kind, state, error }) => ({ kind, state, say: String(error?.params['tables.ja'] ?? '') })),
    answer: {
      ja: await ask('ja', '札幌のエントリ1は間に合いますか'),
      en: await ask('en', 'Which processes are going to be late?'),
    },
  };
  await engine.close();
  return result;
}

const CASES: {
  what: string;
  table: (typeof COMPANY_TABLES)[number];
  name: string;
  numbers: string;
  code: keyof typeof ERRORS;
  says: string;
  harm: string[];
  heal: string[];
}[] = [
  {
    what: 'a column was dropped',
    table: 'attendance_records',
    name: '出欠',
    numbers: '人数',
    code: 'sync.missing-column',
    says: '列 attendance_status がありません',
    harm: ['ALTER TABLE attendance_records RENAME COLUMN attendance_status TO aside'],
    heal: ['ALTER TABLE attendance_records RENAME COLUMN aside TO attendance_status'],
  },
  {
    what: 'the table was dropped',
    table: 'workload_forecasts',
    name: '作業量の予測',
    numbers: '予測',
    code: 'sync.missing-table',
    says: '表 workload_forecasts がありません',
    harm: ['RENAME TABLE workload_forecasts TO aside'],
    heal: ['RENAME TABLE aside TO workload_forecasts'],
  },
  {
    what: 'the right to read it was revoked',
    table: 'operator_process_capabilities',
    name: '作業者のスキル',
    numbers: 'スキル',
    code: 'sync.rights',
    says: 'operator_process_capabilities を読む権限がありません',
    harm: ['REVOKE SELECT ON operator_process_capabilities FROM {user}'],
    heal: ['GRANT SELECT ON operator_process_capabilities TO {user}'],
  },
  {
    what: 'a column changed its type, so that no row can be read',
    table: 'operators',
    name: '作業者',
    numbers: '人数',
    code: 'sync.refused-rows',
    says: '列 is_valid',
    harm: [
      'ALTER TABLE operators MODIFY is_valid VARCHAR(50)',
      "UPDATE operators SET is_valid = CONCAT('flag ', is_valid)",
    ],
    heal: [
      "UPDATE operators SET is_valid = REPLACE(is_valid, 'flag ', '')",
      'ALTER TABLE operators MODIFY is_valid TINYINT(1) NOT NULL',
    ],
  },
  {
    what: 'the same in a table that is read onwards',
    table: 'daily_assignments',
    name: '一日の配置',
    numbers: '人数',
    code: 'sync.refused-rows',
    says: '列 start_time',
    harm: [
      'ALTER TABLE daily_assignments MODIFY start_time VARCHAR(50)',
      "UPDATE daily_assignments SET start_time = CONCAT('shift ', start_time)",
    ],
    heal: [
      "UPDATE daily_assignments SET start_time = REPLACE(start_time, 'shift ', '')",
      'ALTER TABLE daily_assignments MODIFY start_time TIME',
    ],
  },
];

describe.each(CASES)('$what', ({ table, name, numbers, code, says, harm, heal }) => {
  const run = (statements: readonly string[]): Promise<unknown> =>
    company.sql(statements.map((text) => text.replace('{user}', `'${account.user}'@'%'`)));
  let before: Situation;
  beforeAll(async () => {
    before = (await look('14:29')).situation;
    await run(harm);
  });

  test('sync names it on stderr with what to do, and ends with a status of its own', async () => {
    const { status, stdout, stderr } = toride('14:31', 'sync');
    expect(status).toBe(76);
    const [first = '', second = ''] = stderr.split('\n');
    expect(first).toMatch(new RegExp(`^${name} \\(${table}\\): .*${says}.* \\(${code}\\)$`));
    expect(first).toContain(ERRORS[code].next.ja.split('{')[0]);
    expect(second).toBe(
      `取り込めない表があります。${name} (${table}) は 14:29 から更新できていません。${numbers}はそのときの値です（間に合う確率にも影響します）。`,
    );
    expect(stdout).toMatch(/行を取り込みました。\n$/);
    const english = toride('14:31', '--lang', 'en', 'sync');
    expect(english.stderr).toMatch(/^.+: .+ \(sync\.[a-z-]+\)\nSome tables could not be read\. /);
  });

  test('sync --json carries the error of the table; the other tables are read', async () => {
    const { status, stdout, stderr } = toride('14:31', '--json', 'sync');
    expect(status).toBe(76);
    const report = JSON.parse(stdout) as SyncReport;
    expect(report.tables.filter((t) => t.error !== null)).toMatchObject([{ table, error: { code } }]);
    expect(report.tables.length).toBe(COMPANY_TABLES.length);
    expect(JSON.parse(stderr)).toMatchObject({ code: 'sync.tables-failed' });
  });

  test('situation, chat and one alert say which numbers are old; the copy serves as it was', async () => {
    const sentence = `${name} (${table}) は 14:29 から更新できていません。${numbers}はそのときの値です（間に合う確率にも影響します）。`;
    const shown = toride('14:32', 'situation');
    expect([shown.status, shown.stdout.trimEnd().split('\n').at(-1)]).toEqual([0, `※ ${sentence}`]);
    const soon = await look('14:32');
    expect(soon.situation.freshness.failing).toMatchObject([
      {
        table,
        source: table,
        readAt: expect.closeTo(company.at('14:29'), -5),
        stale: false,
        error: { code },
      },
    ]);
    expect(soon.situation.rows.map((row) => [row.cellId, row.people, row.backlog])).toEqual(
      before.rows.map((row) => [row.cellId, row.people, row.backlog]),
    );
    expect(soon.answer.ja).toContain(sentence);
    expect(soon.answer.en).toContain(`(${table}) has not been updated since 14:29: `);
    // a table is behind for a while before anybody is rung
    expect(soon.alerts.filter((alert) => alert.state === 'open')).toEqual([]);
    const later = await look('14:40');
    expect(later.alerts.filter((alert) => alert.state === 'open')).toEqual([
      { kind: 'sync-failing', state: 'open', say: sentence },
    ]);
    expect(toride('14:40', 'alerts').stdout).toContain(`取り込めない表があります。${sentence}`);
  });

  test('once it is put right, the next sync clears it all', async () => {
    await run(heal);
    expect(toride('14:29', 'sync')).toMatchObject({ status: 0, stderr: '' });
    const after = await look('14:29');
    expect(after.situation.freshness.failing).toEqual([]);
    expect(after.alerts.filter((alert) => alert.state === 'open')).toEqual([]);
    expect(after.situation.rows.map((row) => [row.cellId, row.people, row.pOnTime])).toEqual(
      before.rows.map((row) => [row.cellId, row.people, row.pOnTime]),
    );
    const status = toride('14:29', '--json', 'status').json<{
      sync: { tables: { table: string; error: unknown; deadLetters: number; reconciled: boolean }[] };
    }>();
    expect(status.sync.tables.find((t) => t.table === table)).toMatchObject({
      error: null,
      deadLetters: 0,
      reconciled: true,
    });
  });
});

test('two tables are one alert, and one that was never read says so', async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'toride-failing-'));
  toride('14:29', 'mapping', '--save');
  await company.sql(['RENAME TABLE daily_assignments TO a1, operators TO a2']);
  expect(toride('14:29', 'sync').status).toBe(76);
  expect((await look('14:30')).alerts).toEqual([
    {
      kind: 'sync-failing',
      state: 'open',
      say: '作業者 (operators) は一度も取り込めていません。人数に反映されていません（間に合う確率にも影響します）。一日の配置 (daily_assignments) は一度も取り込めていません。人数に反映されていません（間に合う確率にも影響します）。',
    },
  ]);
});
