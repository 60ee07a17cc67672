// A new version that did not come up: the shell offers the one before, in words, and one click goes back to it and to its data.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { VERSION } from '../../main/engine.ts';
import { openStore, run, sql } from '../../main/store/index.ts';
import { folder, Shell } from './driver.ts';

const FORMER = '0.0.9';
const started: Shell[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((shell) => shell.close()));
});
const start = (dataDir: string): Shell => {
  const shell = new Shell({ dataDir });
  started.push(shell);
  return shell;
};
const marks = (dataDir: string): unknown =>
  JSON.parse(readFileSync(path.join(dataDir, 'versions.json'), 'utf8'));
/** Data that this version began to open and did not come up on; the copy is from before. */
async function failedStart(): Promise<string> {
  const dataDir = folder();
  const store = await openStore(dataDir);
  const copy = path.join(dataDir, 'backups/before-10-2000.db');
  mkdirSync(path.dirname(copy));
  await store.copy(copy, { signal: new AbortController().signal, copied: () => {} });
  await store.write([run(sql`INSERT INTO settings (key, value, changed_at) VALUES ('half-way', '1', 1)`)]);
  await store.close();
  writeFileSync(
    path.join(dataDir, 'versions.json'),
    JSON.stringify({ started: { version: FORMER, at: 1000 }, starting: VERSION }),
  );
  return dataDir;
}
const halfWay = async (dataDir: string): Promise<boolean> => {
  const store = await openStore(dataDir);
  const found = store.read.get(sql`SELECT 1 FROM settings WHERE key = 'half-way'`) !== undefined;
  await store.close();
  return found;
};
const question = async (shell: Shell): Promise<{ message: string; detail: string; buttons: string[] }> =>
  (await shell.saw('dialog'))['options'] as { message: string; detail: string; buttons: string[] };

it('asks in words; one click puts the data back, starts the former version and ends this one', async () => {
  const dataDir = await failedStart();
  const app = path.join(dataDir, 'updates', FORMER, 'Toride.AppImage');
  mkdirSync(path.dirname(app), { recursive: true });
  writeFileSync(app, '');
  const shell = start(dataDir);
  const { message, detail, buttons } = await question(shell);
  expect(message).toBe(`新しい版 ${VERSION} は、前回開始できませんでした。`);
  expect(detail).toContain('更新の直前に残した写しに戻ります');
  expect(buttons).toEqual([`版 ${FORMER} に戻す`, 'もう一度開始する', '終了']);
  expect(await shell.saw('relaunch')).toMatchObject({ options: { execPath: app } });
  expect(await shell.gone).toBe(0);
  expect(marks(dataDir)).toMatchObject({ starting: null, started: { version: FORMER } });
  expect(readdirSync(path.join(dataDir, 'backups'))).toContain(`left-${VERSION}-2000.db`);
  expect(await halfWay(dataDir)).toBe(false);
});

it('says which version to install where its installer was not kept', async () => {
  const dataDir = await failedStart();
  const shell = start(dataDir);
  await question(shell);
  expect(await shell.gone).toBe(0);
  const told = shell.seen.filter((seen) => seen.what === 'dialog').at(-1)?.['options'];
  expect(told).toMatchObject({
    message: `データを戻しました。版 ${FORMER} を入れ直してください。`,
    detail: expect.stringContaining('管理者から'),
  });
});

it('or tries again, and when this version comes up nothing is asked any more', async () => {
  const dataDir = await failedStart();
  const shell = start(dataDir);
  await shell.do('answer', 1);
  await question(shell);
  await shell.text('body', '札幌');
  await expect.poll(() => marks(dataDir)).toMatchObject({ starting: null, started: { version: VERSION } });
  await shell.close();
  expect(await halfWay(dataDir)).toBe(true);
});
