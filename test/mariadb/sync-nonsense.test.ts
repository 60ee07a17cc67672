import { afterEach, describe, expect, inject, test } from 'vitest';
import { COMPANY, COMPANY_TABLES, sql } from '../../main/store/index.ts';
import { fillCompany } from '../../main/sync/index.ts';
import { MariaDbClient } from '../helpers/sync/mariadb.ts';
import { openSite, sameNames, smallCompany, type TestSite } from '../helpers/sync/sync-site.ts';

const server = new MariaDbClient(inject('mariadb'));
const open: TestSite[] = [];
afterEach(async () => {
  for (const s of open.splice(0)) await s.close();
});

/** A table whose every column takes any bytes, so that every kind of nonsense fits. */
async function looseCompany(tables: readonly (keyof typeof COMPANY)[]): Promise<{ db: string; url: string }> {
  const db = await server.database();
  await fillCompany({ url: server.url(db, await server.owner(db)), batches: smallCompany(30) });
  for (const t of tables) {
    const columns = Object.keys(COMPANY[t].columns).map((c) => `MODIFY \`${c}\` VARBINARY(60000) NULL`);
    await server.sql(
      `ALTER TABLE \`${t}\` DROP PRIMARY KEY, ${t === 'progress_snapshots' ? 'DROP KEY by_cursor, ' : ''}${columns.join(', ')}`.replaceAll(
        '60000',
        '4000',
      ),
      db,
    );
  }
  return { db, url: server.url(db, await server.reader(db)) };
}
async function start(url: string): Promise<TestSite> {
  const s = await openSite(url, { mapping: sameNames(), pageRows: 7 });
  open.push(s);
  return s;
}
const accounts = (s: TestSite): Record<string, [number | null, number, number, boolean | null]> =>
  Object.fromEntries(
    s.sync.status().tables.map((t) => [t.table, [t.sourceRows, t.localRows, t.deadLetters, t.reconciled]]),
  );
/** the refused rows of a table, by key */
const letters = (s: TestSite, source: string): [string, string][] =>
  s.sync
    .deadLetters({ source, limit: 1000 })
    .items.map((l): [string, string] => [l.key, l.reason])
    .sort(([a], [b]) => (a < b ? -1 : 1));

describe('rows that cannot be read', () => {
  test('NULL and nonsense in every column become dead letters with a reason; every row is accounted for', async () => {
    const { db, url } = await looseCompany(['operators', 'progress_snapshots']);
    const bad: [string, string, string][] = [
      ['B1', 'operator_name', 'NULL'],
      ['B2', 'location_name', 'NULL'],
      ['B3', 'is_valid', "'たぶん'"],
      ['B4', 'shift_start', "'99:99'"],
      ['B5', 'shift_end', "'-01:00:00'"],
      ['B6', 'operator_name', "X'FFFE41'"],
      ['B7', 'is_valid', 'NULL'],
    ];
    for (const [id, column, value] of bad) {
      const row: Record<string, string> = {
        operator_id: `'${id}'`,
        operator_name: "'氏名'",
        location_name: "'札幌'",
        is_valid: "'有効'",
        shift_start: "'９：００'",
        shift_end: "'25時30分'",
      };
      row[column] = value;
      await server.sql(
        `INSERT INTO operators (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).join(', ')})`,
        db,
      );
    }
    await server.sql(
      [
        "INSERT INTO operators VALUES (NULL, '名無し', '札幌', '1', NULL, NULL)",
        "INSERT INTO operators VALUES (NULL, '名無し', '札幌', '1', NULL, NULL)",
        "INSERT INTO operators VALUES ('E0', '二人目', '札幌', '1', NULL, NULL)",
        "INSERT INTO operators VALUES ('OK', '全角', '札幌', 'はい', '９：００', '25時30分')",
      ],
      db,
    );
    const s = await start(url);
    await s.sync.run();
    expect(letters(s, 'operators')).toEqual([
      [expect.stringMatching(/^\(no key\) [0-9a-f]{16}$/), 'operator_id missing'],
      [expect.stringMatching(/^\(no key\) [0-9a-f]{16} #2$/), 'operator_id missing'],
      ['B1', 'operator_name missing'],
      ['B2', 'location_name missing'],
      ['B3', 'is_valid not-yes-or-no'],
      ['B4', 'shift_start not-a-time'],
      ['B5', 'shift_end negative'],
      ['B6', 'operator_name not-utf-8'],
      ['B7', 'is_valid missing'],
      ['E0 #2', 'operator_id duplicate'],
    ]);
    expect(
      s.store.read.get(
        sql`SELECT is_valid AS v, shift_start AS a, shift_end AS b FROM operators WHERE operator_id = 'OK'`,
      ),
    ).toEqual({ v: 1, a: 540, b: 1530 });
    expect(accounts(s)['operators']).toEqual([23, 13, 10, true]);
    // the same again: nothing counted twice
    await s.sync.run();
    expect(accounts(s)['operators']).toEqual([23, 13, 10, true]);
    expect(s.sync.deadLetters({ source: 'operators' }).items[0]?.times).toBe(2);
    expect(
      JSON.parse(s.sync.deadLetters({ source: 'operators' }).items.find((l) => l.key === 'B6')?.raw ?? ''),
    ).toMatchObject({ operator_name: '0xfffe41' });
  });

  test('in a table that is read onwards too, whatever stands in its cursor', async () => {
    const { db, url } = await looseCompany(['operators']);
    await server.sql(
      'ALTER TABLE progress_snapshots DROP PRIMARY KEY, MODIFY snapshot_id VARCHAR(64) NULL, MODIFY snapshot_time DATETIME NULL, MODIFY total_waiting VARCHAR(500) NULL, MODIFY location_name VARCHAR(70000) NULL, MODIFY expected_completion_time DATETIME NULL, MODIFY entry_count DOUBLE',
      db,
    );
    const add = (
      id: string,
      time: string,
      waiting: string,
      place = "'札幌'",
      due = 'NULL',
      entries = 'NULL',
    ): string =>
      `INSERT INTO progress_snapshots VALUES (${id}, ${time}, ${place}, '523201', '補正', ${due}, ${waiting}, ${entries}, NULL)`;
    const at = "'2026-11-21 09:00:30'";
    await server.sql(
      [
        add("'C1'", 'NULL', '1'),
        add("'C2'", "'0000-00-00 00:00:00'", '1'),
        add("'C3'", at, "'多い'"),
        add("'C4'", at, "'-5'"),
        add("'C5'", at, "'NaN'"),
        add("'C6'", at, "'3.5'"),
        add("'C7'", at, 'NULL'),
        add("'C8'", at, "'99999999999999999999'"),
        add("'C9'", at, '1', "REPEAT('長', 66000)"),
        add("'C10'", at, '1', "'札幌'", "'0000-00-00 00:00:00'"),
        add("'C11'", at, '1', "''"),
        add("'C12'", at, '1', "'札幌'", 'NULL', '1.5'),
        add('NULL', at, '1'),
        add("'OK1'", at, "'１，２３４'"),
        add("'OK2'", at, "' 12.0 '"),
      ],
      db,
    );
    const s = await start(url);
    await s.sync.run();
    const expected = [
      [expect.stringMatching(/^\(no key\)/), 'snapshot_id missing'],
      ['C1', 'snapshot_time missing'],
      ['C10', 'expected_completion_time zero-date'],
      ['C11', 'location_name missing'],
      ['C12', 'entry_count not-whole'],
      ['C2', 'snapshot_time zero-date'],
      ['C3', 'total_waiting not-a-number'],
      ['C4', 'total_waiting negative'],
      ['C5', 'total_waiting not-a-number'],
      ['C6', 'total_waiting not-whole'],
      ['C7', 'total_waiting missing'],
      ['C8', 'total_waiting out-of-range'],
      ['C9', 'location_name too-long'],
    ];
    expect(letters(s, 'progress_snapshots')).toEqual(expected);
    expect(accounts(s)['progress_snapshots']).toEqual([45, 32, 13, true]);
    expect(
      s.store.read.all(
        sql`SELECT total_waiting AS n FROM progress_snapshots WHERE snapshot_id LIKE 'OK%' ORDER BY snapshot_id`,
      ),
    ).toEqual([{ n: 1234 }, { n: 12 }]);

    // more of them later, at times that are long past: the counts find them
    await server.sql(
      [add("'C20'", "'0000-00-00 00:00:00'", '1'), add("'C21'", "'2020-01-01 00:00:00'", "'?'")],
      db,
    );
    await s.sync.run();
    expect(accounts(s)['progress_snapshots']).toEqual([47, 32, 15, true]);
    expect(letters(s, 'progress_snapshots').map(([key]) => key)).toEqual(
      expect.arrayContaining(['C20', 'C21']),
    );

    // put right at the source, they leave the list: some by the next sync, all of them by asking again
    await server.sql(
      [
        "UPDATE progress_snapshots SET total_waiting = '5' WHERE snapshot_id IN ('C3', 'C4', 'C21')",
        "UPDATE progress_snapshots SET snapshot_time = '2026-11-21 08:00:00' WHERE snapshot_id IN ('C1', 'C2')",
        "DELETE FROM progress_snapshots WHERE snapshot_id IN ('C20')",
      ],
      db,
    );
    expect(await s.sync.replay('progress_snapshots')).toEqual({ replayed: 14, fixed: 6 });
    await s.sync.run();
    expect(accounts(s)['progress_snapshots']).toEqual([46, 37, 9, true]);

    // a good row that turns bad leaves the copy: no number from a row that can no longer be read
    await server.sql("UPDATE progress_snapshots SET total_waiting = 'x' WHERE snapshot_id = 'OK1'", db);
    await s.sync.run();
    expect(accounts(s)['progress_snapshots']).toEqual([46, 36, 10, true]);
    await server.sql("UPDATE progress_snapshots SET total_waiting = '9' WHERE snapshot_id = 'OK1'", db);
    await s.sync.run();
    expect(accounts(s)['progress_snapshots']).toEqual([46, 37, 9, true]);
  });

  test('a cursor that is text is read too, nonsense in it and all', async () => {
    const { db, url } = await looseCompany(['progress_snapshots']);
    await server.sql(
      [
        "UPDATE progress_snapshots SET snapshot_time = DATE_FORMAT(snapshot_time, '%Y/%m/%d %H:%i')",
        "INSERT INTO progress_snapshots VALUES ('Z', 'いつか', '札幌', '523201', '補正', NULL, '1', NULL, NULL)",
      ],
      db,
    );
    const s = await start(url);
    await s.sync.run();
    expect(accounts(s)['progress_snapshots']).toEqual([31, 30, 1, true]);
    await server.sql(
      "INSERT INTO progress_snapshots VALUES ('N', '2026/11/21 09:30', '札幌', '523201', '補正', NULL, '1', NULL, NULL)",
      db,
    );
    await server.sql(
      "INSERT INTO progress_snapshots VALUES ('O', '2021/11/21 09:30', '札幌', '523201', '補正', NULL, '1', NULL, NULL)",
      db,
    );
    await s.sync.run();
    expect(accounts(s)['progress_snapshots']).toEqual([33, 32, 1, true]);
  });

  test('nonsense of every kind in every column of every table stops nothing', async () => {
    const db = await server.database();
    for (const t of COMPANY_TABLES) {
      const columns = Object.keys(COMPANY[t].columns);
      await server.sql(`CREATE TABLE \`${t}\` (${columns.map((c) => `\`${c}\` BLOB`).join(', ')})`, db);
      const junk = [
        'NULL',
        "''",
        "X'FF00'",
        "'NaN'",
        "'0000-00-00'",
        "REPEAT('9', 65000)",
        "'\u{1F469}\u200d\u{1F467}'",
        "'{]'",
        "'１２'",
      ];
      const rows = junk.map(
        (j, i) => `(${columns.map((c) => (c === COMPANY[t].key && i % 2 === 0 ? `'K${i}'` : j)).join(', ')})`,
      );
      await server.sql(`INSERT INTO \`${t}\` VALUES ${rows.join(', ')}`, db);
    }
    const s = await start(server.url(db, await server.reader(db)));
    await s.sync.run();
    for (const [table, [source, local, dead, reconciled]] of Object.entries(accounts(s)))
      expect([table, source, (local ?? 0) + dead, reconciled]).toEqual([table, 9, 9, true]);
  });
});
