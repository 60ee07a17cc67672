import { expect, test } from 'vitest';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import { Tasks } from '../../../main/kernel/task.ts';
import { createReports } from '../../../main/reports/index.ts';
import { openStore } from '../../../main/store/index.ts';
import { NOW, ZONE } from '../../helpers/hand-made-site.ts';
import { tempDir } from '../../helpers/temp.ts';

test('a report is there in the composer’s words at once and is kept again in a model’s, nobody waiting', async () => {
  const store = await openStore(tempDir(), { now: NOW });
  const clock = new ManualClock(NOW);
  let release = (): void => {};
  const asked = new Promise<void>((resolve) => {
    release = resolve;
  });
  const reports = createReports({
    store,
    logs: {
      counts: () => ({ total: 0, series: [], from: NOW, to: NOW, bucketMs: 1 }) as never,
      templates: { list: () => ({ templates: [], total: 0 }) } as never,
      settle: async () => {},
    },
    anomalies: { list: () => [], incidents: () => [], look: async () => ({}) as never },
    clock,
    zone: () => ZONE,
    tasks: new Tasks(clock, silentLog),
    log: silentLog,
    word: {
      modelId: () => 'a-model',
      sentences: async (sentences, lang) => {
        await asked;
        return { sentences: sentences.map(({ text }) => `${lang}: ${text}`), modelId: 'a-model' };
      },
    },
  });
  const made = await reports.make('2026-11-21');
  expect(reports.get(made.id)).toEqual(made);
  expect(made.modelId ?? null).toBeNull();
  release();
  await expect.poll(() => reports.get(made.id).modelId).toBe('a-model');
  const worded = reports.get(made.id);
  expect(worded.sections[0]?.words[0]).toEqual({
    ja: `ja: ${made.sections[0]?.words[0]?.ja}`,
    en: `en: ${made.sections[0]?.words[0]?.en}`,
  });
  // titles of incidents come from logs: they stay
  expect(worded.sections.find((s) => s.key === 'incidents')).toEqual(
    made.sections.find((s) => s.key === 'incidents'),
  );
  expect(reports.export({ id: made.id, format: 'markdown', lang: 'ja' }).text).toContain(
    'モデル (a-model) が書き',
  );
  await store.close();
});
