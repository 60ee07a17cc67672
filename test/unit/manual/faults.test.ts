// The manual's table of what a person sees when something goes wrong: every line of it is a specification that exists.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
/** The first cell of a line (Japanese, English) → the specification that shows it. */
const PROVED: readonly (readonly [ja: string, en: string, file: string, title: string])[] = [
  ['ディスクがいっぱい', 'Disk full', 'engine/store/faults.test.ts', 'is full: a change is refused whole'],
  [
    'ログの取り込み中にいっぱい',
    'Disk full while a log is piped in',
    'engine/logs/piped-full-disk.test.ts',
    'waits, says that the disk is full',
  ],
  [
    'ディスクが読み取り専用',
    'Disk read-only',
    'engine/store/faults.test.ts',
    'is read-only: the start is refused',
  ],
  [
    '時計が戻った',
    'Clock set back',
    'engine/logs/clock-set-back.test.ts',
    'set back a day does not keep a log',
  ],
  [
    '一日以上スリープ',
    'Asleep for a day or more',
    'engine/reports/missed-nights.test.ts',
    'asleep for three days',
  ],
  [
    'MySQL がつながるが答えない',
    'MySQL takes the connection and says nothing',
    'mariadb/sync-connection.test.ts',
    'something listens but does not answer',
  ],
  [
    'MySQL が途中で黙った',
    'MySQL falls silent midway',
    'mariadb/sync-connection.test.ts',
    'gives up a statement that brings nothing',
  ],
  [
    'MySQL が切れた',
    'MySQL goes away',
    'mariadb/sync-survives.test.ts',
    'the copy stays, the status says so',
  ],
  [
    '会社の表や列が変わった',
    'A table or column of the company’s changed',
    'mariadb/sync-failing-tables.test.ts',
    'sync names it on stderr with what to do',
  ],
  [
    '一つのフォルダを二つで開いた',
    'Two apps on one folder',
    'engine/store/own-folder.test.ts',
    'says so and ends; commands go on beside it',
  ],
  [
    'データベース（toride.db）の破損',
    'Damage in the database (toride.db)',
    'engine/store/damage.test.ts',
    'is told as damage by whoever reads or writes it',
  ],
  [
    '取り込んだログ（log-blocks）の破損',
    'Damage in stored logs (log-blocks)',
    'engine/logs/blocks.test.ts',
    'leaves a damaged block out, says so once',
  ],
  [
    '索引（indexes）の破損',
    'Damage in an index (indexes)',
    'engine/vectors/vector-index.test.ts',
    'is rebuilt when cut off, empty, gone, or another file',
  ],
  [
    'バックアップの破損',
    'Damage in a backup',
    'engine/backup/backup.test.ts',
    'of a damaged database is refused',
  ],
  [
    '保存したパスワード（secrets.json）の破損',
    'Damage in kept passwords (secrets.json)',
    'unit/secrets/damaged-secrets.test.ts',
    'is told as such, and a new one takes its place',
  ],
  [
    '設定ファイル（config.json）の誤り',
    'A fault in config.json',
    'engine/cli/cli.test.ts',
    'a wrong config file is named, and nothing starts',
  ],
  [
    '監査記録が削られた',
    'Rows of the audit record deleted',
    'engine/approvals/approvals.test.ts',
    "state: 'lost'",
  ],
];

it.each([
  ['ja', 0, '## 故障したとき'],
  ['en', 1, '## When something fails'],
] as const)(
  'in %s: each line has its specification, and each specification its line',
  (lang, column, head) => {
    const page = readFileSync(path.join(root, `resources/manual/${lang}/it.md`), 'utf8');
    const [, rest = ''] = page.split(`${head}\n`);
    const [table = ''] = rest.split('\n## ');
    const lines = [...table.matchAll(/^\| ([^|]+) \|/gm)].map(([, cell]) => cell).slice(1);
    expect(lines).toEqual(PROVED.map((row) => row[column]));
  },
);
it.each(PROVED)('%s (%s): %s says “%s”', (_ja, _en, file, title) => {
  expect(readFileSync(path.join(root, 'test', file), 'utf8')).toContain(title);
});
