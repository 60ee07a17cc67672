import { expect, it, onTestFinished } from 'vitest';
import { startEngine } from '../../../main/engine.ts';
import { tempDir } from '../../helpers/temp.ts';

it('the first look finds what had been late for two snapshots before anybody looked', async () => {
  const engine = await startEngine({ dataDir: tempDir(), schedule: false });
  onTestFinished(() => engine.close());
  const { demo, alerts, notifications } = engine.services;
  await demo.start({ seed: 1, scenario: 'shortage' });
  await alerts.check();
  const { alerts: found } = alerts.list({ states: ['open'] });
  expect(found.map((a) => [a.severity, a.cell?.location, a.cell?.process])).toContainEqual([
    'danger',
    '札幌',
    'エントリ1',
  ]);
  expect(found[0]?.evidence?.history.length).toBeGreaterThanOrEqual(2);
  expect(notifications.list().items[0]?.title.ja).toBeTruthy();
});
