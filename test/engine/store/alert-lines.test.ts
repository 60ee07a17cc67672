import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../../main/store/connection.ts';
import { alertLines } from '../../../main/store/migrations/0190-alert-lines.ts';
import { Verdict } from '../../../main/timeline/contract/timeline.ts';

const cell = {
  cellId: 'A',
  location: '札幌',
  businessId: '523201',
  businessName: 'SS',
  process: 'エントリ1',
};

test('an alert from before keeps its verdict, and names the one deadline it was about', () => {
  const db = openDatabase(':memory:', { readonly: false });
  onTestFinished(() => void db.close());
  db.exec('CREATE TABLE alerts (alert_id TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT');
  const insert = db.prepare('INSERT INTO alerts VALUES (?, ?)');
  const evidence = {
    kind: 'errors-rose',
    speaks: 'system',
    at: 1,
    words: { ja: '', en: '' },
    incidentId: null,
    templateId: null,
    rate: null,
    figures: [],
  };
  const verdict = {
    kind: 'both',
    confidence: 0.8,
    cell,
    asOf: 1,
    from: 0,
    words: { ja: '', en: '' },
    evidence: [evidence],
    incidents: ['I1'],
  };
  insert.run(
    'delay',
    JSON.stringify({
      cell,
      evidence: { pMiss: 0.9, backlog: 30, deadline: 77, shortItems: 5 },
      verdict,
      calm: 0,
    }),
  );
  insert.run('plain', JSON.stringify({ cell: null, evidence: null, calm: 0 }));
  db.exec(alertLines.sql);
  const bodyOf = (id: string): Record<string, unknown> =>
    JSON.parse(String(db.prepare('SELECT body FROM alerts WHERE alert_id = ?').pluck().get(id)));
  expect(Verdict.parse(bodyOf('delay')['verdict'])).toMatchObject({
    sides: ['people', 'system'],
    evidence: [{ kind: 'errors-rose' }],
    incidents: ['I1'],
  });
  expect(bodyOf('delay')).toMatchObject({
    until: 77,
    deadlines: [{ cell, deadline: 77, pMiss: 0.9, due: 30, shortItems: 5 }],
  });
  expect(bodyOf('plain')).toMatchObject({ verdict: null, deadlines: [], until: null });
});
