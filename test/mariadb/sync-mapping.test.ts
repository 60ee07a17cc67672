// A company whose tables and columns have other names.
import { afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { sql } from '../../main/store/index.ts';
import { fillCompany } from '../../main/sync/index.ts';
import { MariaDbClient } from '../helpers/sync/mariadb.ts';
import { MORNING, openSite, smallCompany, snapshotRows, type TestSite } from '../helpers/sync/sync-site.ts';

const server = new MariaDbClient(inject('mariadb'));
const open: TestSite[] = [];
const site = async (url: string): Promise<TestSite> => {
  const s = await openSite(url);
  open.push(s);
  return s;
};
afterEach(async () => {
  for (const s of open.splice(0)) await s.close();
});

/** Renames tables and columns of a canonical database; the rest keeps its name. */
async function renamed(
  names: Record<string, { table: string; comment?: string; columns: Record<string, string> }>,
): Promise<string> {
  const db = await server.database();
  await fillCompany({ url: server.url(db, await server.owner(db)), batches: smallCompany(90) });
  for (const [ours, { table, comment, columns }] of Object.entries(names)) {
    const changes = Object.entries(columns).map(([from, to]) => `RENAME COLUMN \`${from}\` TO \`${to}\``);
    await server.sql(
      `ALTER TABLE \`${ours}\` ${[...changes, `COMMENT = '${comment ?? ''}'`, `RENAME TO \`${table}\``].join(', ')}`,
      db,
    );
  }
  return server.url(db, await server.reader(db));
}
const JAPANESE = {
  locations: {
    table: '拠点マスタ',
    columns: { location_id: '拠点コード', location_name: '拠点名', region: '地域' },
  },
  businesses: { table: '業務マスタ', columns: { business_id: '業務コード', business_name: '業務名' } },
  processes: {
    table: '工程マスタ',
    columns: {
      process_id: '工程コード',
      business_id: '業務コード',
      process_name: '工程名',
      sequence: '表示順',
    },
  },
  operators: {
    table: '従業員マスタ',
    columns: {
      operator_id: '従業員番号',
      operator_name: '氏名',
      location_name: '拠点名',
      is_valid: '在籍区分',
      shift_start: '始業時刻',
      shift_end: '終業時刻',
    },
  },
  operator_process_capabilities: {
    table: '従業員スキル',
    columns: {
      capability_id: 'スキルID',
      operator_id: '従業員番号',
      process_name: '工程名',
      skill_level: 'スキルレベル',
      experience_months: '経験月数',
      average_speed: '平均処理速度',
    },
  },
  progress_snapshots: {
    table: '残件状況',
    columns: {
      snapshot_id: '残件ID',
      snapshot_time: '集計日時',
      location_name: '拠点名',
      business_id: '業務コード',
      process_name: '工程名',
      expected_completion_time: '納期',
      total_waiting: '残件数',
      entry_count: 'エントリ件数',
      correction_waiting: '補正残件数',
    },
  },
  daily_assignments: {
    table: '日次配置',
    columns: {
      assignment_id: '配置ID',
      assignment_date: '配置日',
      operator_id: '従業員番号',
      location_name: '拠点名',
      business_id: '業務コード',
      process_name: '工程名',
      start_time: '開始時刻',
      end_time: '終了時刻',
    },
  },
  attendance_records: {
    table: '勤怠実績',
    columns: {
      attendance_id: '勤怠ID',
      operator_id: '従業員番号',
      attendance_date: '勤怠日',
      attendance_status: '勤怠区分',
    },
  },
  approval_history: {
    table: '承認履歴',
    columns: {
      approval_history_id: '承認ID',
      suggestion_id: '提案ID',
      changes: '変更内容',
      impact: '影響',
      action_type: '操作種別',
      action_user: '承認者',
      feedback_reason: '理由',
      execution_status: '実行状況',
      created_at: '登録日時',
    },
  },
};
const ENGLISH = {
  locations: { table: 'm_site', columns: { location_id: 'siteCode', location_name: 'siteName' } },
  operators: {
    table: 'TblEmployees',
    columns: {
      operator_id: 'EmpNo',
      operator_name: 'EmpName',
      location_name: 'SiteName',
      is_valid: 'ActiveFlg',
    },
  },
  operator_process_capabilities: {
    table: 'employee_skills',
    columns: { capability_id: 'id', operator_id: 'emp_no', process_name: 'step_name', skill_level: 'level' },
  },
  progress_snapshots: {
    table: 'trn_backlogs',
    columns: {
      snapshot_id: 'id',
      snapshot_time: 'captured_at',
      location_name: 'site_name',
      expected_completion_time: 'due_at',
      total_waiting: 'remaining',
    },
  },
  daily_assignments: {
    table: 'shift_assignments',
    columns: { operator_id: 'employee_id', assignment_date: 'work_date' },
  },
};

describe('the suggestion', () => {
  for (const [what, names] of [
    ['Japanese names', JAPANESE],
    ['English names of another house', ENGLISH],
  ] as const)
    test(`binds every table and column of a schema with ${what}`, async () => {
      const s = await site(await renamed(names));
      const { mapping, confidence, problems } = await s.sync.suggest();
      expect(problems).toEqual([]);
      for (const [ours, { table, columns }] of Object.entries(names)) {
        expect([ours, mapping.tables[ours]?.table]).toEqual([ours, table]);
        expect(mapping.tables[ours]?.columns).toMatchObject(columns);
        expect(confidence[ours]).toBeGreaterThan(0.6);
      }
    });

  test('reads the comments where the names say nothing', async () => {
    const s = await site(
      await (async () => {
        const url = await renamed({
          ...JAPANESE,
          operators: { ...JAPANESE.operators, table: 'T0017', comment: '従業員マスタ' },
        });
        const db = new URL(url).pathname.slice(1);
        await server.sql(
          "ALTER TABLE T0017 CHANGE `氏名` C02 VARCHAR(255) NOT NULL COMMENT '氏名', CHANGE `従業員番号` C01 VARCHAR(64) NOT NULL COMMENT '従業員番号'",
          db,
        );
        return url;
      })(),
    );
    const { mapping } = await s.sync.suggest();
    expect(mapping.tables['operators']).toMatchObject({
      table: 'T0017',
      columns: { operator_id: 'C01', operator_name: 'C02', location_name: '拠点名' },
    });
  });

  test('offers nothing where nothing fits, and says what is missing', async () => {
    const db = await server.database();
    await server.sql(
      [
        'CREATE TABLE wp_posts (ID BIGINT PRIMARY KEY, post_title TEXT)',
        'CREATE TABLE invoices (no INT, total DECIMAL(10,2))',
      ],
      db,
    );
    const s = await site(server.url(db, await server.reader(db)));
    const { mapping, problems, theirTables } = await s.sync.suggest();
    expect(Object.values(mapping.tables).map((t) => t.table)).not.toContain('wp_posts');
    expect(problems).toContainEqual({ code: 'sync.missing-table', params: { table: 'progress_snapshots' } });
    expect(theirTables.map((t) => t.table)).toEqual(['invoices', 'wp_posts']);
    await expect(s.sync.run()).rejects.toMatchObject({ code: 'sync.missing-table' });
    expect(s.sync.mapping()).toBeNull();
  });
});

describe('a saved mapping', () => {
  let url = '';
  beforeAll(async () => {
    url = await renamed(JAPANESE);
  });

  test('is previewed before anything is stored, then read', async () => {
    const s = await site(url);
    const { mapping } = await s.sync.suggest();
    const { table, dead } = await s.sync.preview(mapping, 'progress_snapshots');
    expect(table.rows).toHaveLength(50);
    expect(table.rows[0]).toMatchObject({
      snapshot_time: MORNING + 2 * 60_000,
      total_waiting: expect.any(Number),
    });
    expect(table.columns.find((c) => c.key === 'expected_completion_time')).toMatchObject({
      kind: 'instant',
      label: { ja: '納期' },
    });
    expect(dead).toEqual([]);
    expect(s.store.read.get(sql`SELECT count(*) AS n FROM progress_snapshots`)).toEqual({ n: 0 });
    expect(await s.sync.saveMapping(mapping)).toEqual({ mapping, problems: [] });
    await s.sync.run();
    expect(s.store.read.all(sql`SELECT * FROM progress_snapshots ORDER BY snapshot_id`)).toEqual(
      snapshotRows(0, 90).map((r) => ({ ...r })),
    );
  });

  test('bound to the wrong column shows in the preview what would be refused', async () => {
    const s = await site(url);
    const { mapping } = await s.sync.suggest();
    mapping.tables['progress_snapshots']!.columns['total_waiting'] = '拠点名';
    const { table, dead } = await s.sync.preview(mapping, 'progress_snapshots');
    expect(table.rows).toEqual([]);
    expect(dead).toHaveLength(50);
    expect(dead[0]?.reason).toBe('total_waiting not-a-number');
  });

  test('with a name that does not exist is saved with the problem said', async () => {
    const s = await site(url);
    const { mapping } = await s.sync.suggest();
    mapping.tables['operators']!.columns['is_valid'] = '在籍';
    mapping.tables['operators']!.columns['nickname'] = '氏名';
    expect((await s.sync.saveMapping(mapping)).problems).toEqual([
      { code: 'sync.missing-column', params: { table: '従業員マスタ', column: '在籍' } },
      { code: 'mapping.invalid', params: { detail: 'operators.nickname' } },
    ]);
  });
});
