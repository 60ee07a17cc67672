// What is damaged, open to others or cannot be made is told in words that say so.
import { chmodSync, closeSync, mkdirSync, openSync, statSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { openStore, run, sql } from '../../../main/store/index.ts';
import { toride as ask } from '../../helpers/command-line.ts';
import { tempDir } from '../../helpers/temp.ts';

const PAGE = 4096;
const toride = (data: string, ...args: string[]) => ask(['--data', data, '--lang', 'en', ...args]);

/** A folder whose database holds settings over many pages, one of them overwritten. */
async function damaged(): Promise<string> {
  const dir = tempDir();
  const store = await openStore(dir);
  for (let i = 0; i < 100; i++)
    await store.write([
      run(
        sql`INSERT INTO settings (key, value, changed_at) VALUES (${`k${i}`}, ${JSON.stringify('x'.repeat(900))}, 1)`,
      ),
    ]);
  await store.close();
  const file = path.join(dir, 'toride.db');
  const db = new Database(file);
  db.pragma('wal_checkpoint(TRUNCATE)');
  const { page } = db
    .prepare<[], { page: number }>(
      "SELECT pageno AS page FROM dbstat WHERE name = 'settings' AND pagetype = 'leaf' LIMIT 1",
    )
    .get() ?? { page: 0 };
  db.close();
  const handle = openSync(file, 'r+');
  writeSync(handle, Buffer.alloc(PAGE, 0xa5), 0, PAGE, (page - 1) * PAGE);
  closeSync(handle);
  return dir;
}

describe('a damaged page of the database', () => {
  it('is told as damage by whoever reads or writes it, and found by the check', async () => {
    const store = await openStore(await damaged());
    const corrupt = expect.objectContaining({ code: 'store.corrupt' }) as unknown;
    expect(() => store.read.all(sql`SELECT value FROM settings`)).toThrow(corrupt as Error);
    expect(() => [...store.read.iterate(sql`SELECT value FROM settings`)]).toThrow(corrupt as Error);
    await expect(store.write([run(sql`UPDATE settings SET value = '1'`)])).rejects.toMatchObject({
      code: 'store.corrupt',
    });
    expect(await store.check()).toMatch(/page \d+/);
    await store.close();
  });
  it('ends `toride audit` with 65, no stack', async () => {
    const { status, stdout, stderr } = toride(await damaged(), 'audit');
    expect(stdout).toContain('The data file is damaged: ');
    expect(stderr).toBe('');
    expect(status).toBe(65);
  });
  it('is not seen in a whole one', async () => {
    const store = await openStore(tempDir());
    expect(await store.check()).toBeNull();
    await store.close();
  });
});

describe.skipIf(process.platform === 'win32')('a data folder', () => {
  it('that was there, open to all: what Toride keeps in it is not', async () => {
    const dir = path.join(tempDir(), 'shared');
    mkdirSync(dir);
    chmodSync(dir, 0o755);
    writeFileSync(path.join(dir, 'theirs.txt'), '');
    expect(toride(dir, 'demo', 'start', '--seed', '1').status).toBe(0);
    const modes = (file: string): number => statSync(path.join(dir, file)).mode & 0o077;
    expect(modes('toride.db')).toBe(0);
    chmodSync(path.join(dir, 'toride.db'), 0o644);
    const store = await openStore(dir);
    await store.write([run(sql`INSERT INTO settings (key, value, changed_at) VALUES ('k', '1', 1)`)]);
    expect(['toride.db', 'toride.db-wal', 'toride.db-shm'].map(modes)).toEqual([0, 0, 0]);
    await store.close();
    // a folder with what is not ours in it stays as it is
    expect(statSync(dir).mode & 0o777).toBe(0o755);
  });
  it('that was there, empty: it is private from then on', async () => {
    const dir = path.join(tempDir(), 'empty');
    mkdirSync(dir);
    chmodSync(dir, 0o755);
    await (await openStore(dir)).close();
    expect(statSync(dir).mode & 0o077).toBe(0);
  });
  it.skipIf(process.platform !== 'linux')('that cannot be made is told, and at once', () => {
    for (const dir of ['/proc/none', '/proc/none/below']) {
      const { status, stderr } = toride(dir, 'status');
      expect(stderr).toContain('(data.locked)');
      expect(status).toBe(77);
    }
  });
});
