import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../../main/store/connection.ts';
import { companyAsTable } from '../../../main/store/migrations/0250-company-as-table.ts';

test('the company’s table is read on from where it stood, and its messages as they were', () => {
  const db = openDatabase(':memory:', { readonly: false });
  onTestFinished(() => void db.close());
  db.exec('CREATE TABLE log_sources (source_id TEXT, kind TEXT, rules TEXT, place TEXT)');
  const insert = db.prepare('INSERT INTO log_sources VALUES (?, ?, ?, ?)');
  const rules = JSON.stringify({ name: 'system_logs', format: null, skewMs: 5 });
  insert.run('company', 'company', rules, '{"row":4711}');
  insert.run('unread', 'company', JSON.stringify({ format: 'json' }), '{}');
  insert.run('file', 'file', rules, '{}');
  db.exec(companyAsTable.sql);
  const rows = db
    .prepare<[], { rules: string; place: string }>('SELECT rules, place FROM log_sources')
    .all()
    .map(({ rules: r, place }) => [JSON.parse(r), JSON.parse(place)]);
  expect(rows).toEqual([
    [{ name: 'system_logs', format: 'plain', skewMs: 5 }, { table: { text: '4711', format: null } }],
    [{ format: 'json' }, {}],
    [{ name: 'system_logs', format: null, skewMs: 5 }, {}],
  ]);
});
