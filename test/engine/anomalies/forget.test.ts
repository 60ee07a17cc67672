import { expect, test } from 'vitest';
import * as queries from '../../../main/anomalies/queries.ts';
import { openStore, run, sql } from '../../../main/store/index.ts';
import { tempDir } from '../../helpers/temp.ts';

test('with the company’s copy goes what was concluded from it, and not what files tell of as well', async () => {
  const store = await openStore(tempDir());
  const of = (
    id: string,
    templateId: number,
    source: string | null,
  ): Parameters<typeof queries.saveAnomalies>[0][number] => ({
    id,
    topic: id,
    kind: 'sequence',
    severity: 'low',
    at: 1,
    lastAt: 1,
    until: 2,
    templateId,
    service: 'jobs',
    level: 'error',
    source,
    observed: 9,
    expected: 1,
    sd: null,
    score: null,
    windowMs: 60_000,
    baselineDays: 0,
    learning: false,
    words: { ja: '', en: '' },
    examples: [],
    incidentId: null,
    state: 'over',
  });
  await store.write([
    run(sql`INSERT INTO log_template_counts (template_id, source_id, service, level, lines, first_at, last_at) VALUES
      (1, 'jobs.log', 1, 1, 5, 1, 2), (2, 'company', 1, 1, 5, 1, 2)`),
    queries.saveAnomalies([
      of('of a file', 1, null),
      of('of the company', 2, null),
      of('one source', 2, 'company'),
    ]),
  ]);
  await store.write(queries.forgetCompany());
  expect(queries.anomalies(store.read, { limit: 9 }).map((a) => a.id)).toEqual(['of a file']);
  await store.close();
});
