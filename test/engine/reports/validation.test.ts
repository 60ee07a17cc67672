import { expect, it } from 'vitest';
import { localClient } from '../../../main/api/index.ts';
import { startEngine } from '../../../main/engine.ts';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { tempDir } from '../../helpers/temp.ts';

it('the validation report groups what is known, flags what is new and shows what every threshold is worth', async () => {
  const engine = await startEngine({
    dataDir: tempDir(),
    schedule: false,
    wall: new ManualClock(Date.UTC(2026, 0, 12)),
  });
  const client = localClient({ services: engine.services, host: 'cli' });
  const report = await client.reports.validate();
  expect(report.sections.map((s) => s.key)).toEqual(['templates', 'groups', 'unknown', 'outages']);
  const best = (key: string): number =>
    Math.max(
      ...(report.sections.find((s) => s.key === key)?.tables[0]?.rows ?? []).map((r) => Number(r['f1'])),
    );
  expect(best('groups')).toBeGreaterThan(0.9);
  expect(best('unknown')).toBeGreaterThan(0.8);
  expect(best('outages')).toBeGreaterThan(0.8);
  for (const section of report.sections.slice(1)) expect(section.charts).toHaveLength(2);
  const { text } = await client.reports.export({ id: report.id, format: 'markdown', lang: 'ja' });
  expect(text).toContain('適合率');
  expect((await client.tasks.list()).find((t) => t.kind === 'validate')?.state).toBe('done');
  await engine.close();
});
