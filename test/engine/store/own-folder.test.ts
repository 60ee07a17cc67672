// What is due by the clock is done by one process: a second one would sync, alert and report the same again.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type Engine, startEngine } from '../../../main/engine.ts';
import { tempDir } from '../../helpers/temp.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const open = async (dataDir: string, schedule: boolean): Promise<Engine> => {
  const engine = await startEngine({ dataDir, schedule });
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) await engine.close();
    isOpen = false;
  };
  onTestFinished(close);
  return { ...engine, close };
};

test('an app on a data folder that another app has open says so and ends; commands go on beside it', async () => {
  const data = tempDir();
  const app = await open(data, true);
  const host = spawnSync(
    process.execPath,
    [path.join(root, 'main/loopback/browser-host.ts'), '--data', data, '--port', '0', '--no-open'],
    { encoding: 'utf8' },
  );
  expect(host).toMatchObject({ status: 69, stdout: '' });
  expect(host.stderr).toContain(`データフォルダ ${data} は、起動中のもう一つの Toride が使っています。`);
  expect(host.stderr).toContain('(data.in-use)');
  const command = await open(data, false);
  expect(command.services.alerts.list().alerts).toEqual([]);
  await command.close();
  await app.close();
});

test('one that is opened while the other is closing has the folder when that is done', async () => {
  const data = tempDir();
  const former = await open(data, true);
  const next = open(data, true);
  await former.close();
  await expect(next).resolves.toMatchObject({ services: { dataDir: data } });
});
