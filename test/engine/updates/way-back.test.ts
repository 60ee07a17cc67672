// A new version that does not come up: the version before and its data are one step away, and nothing is lost on the way.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { startEngine, VERSION } from '../../../main/engine.ts';
import { AppError, wordError } from '../../../main/kernel/errors.ts';
import { openOwnStore } from '../../../main/store/index.ts';
import {
  beginStart,
  cameUp,
  createUpdates,
  goBack,
  makeUpdateKey,
  openStoreFor,
  signUpdate,
  wayBack,
} from '../../../main/updates/index.ts';
import { toride } from '../../helpers/command-line.ts';
import { tempDir } from '../../helpers/temp.ts';

const OLD = '0.1.0';
const NEW = '0.2.0';
/** Data of OLD that NEW copied, began to migrate, and did not come up on. */
async function failedUpdate(): Promise<{ dataDir: string; copy: string }> {
  const dataDir = tempDir();
  const store = await openStoreFor(OLD, { owned: true, dataDir, now: 1000 });
  await store.close();
  cameUp(dataDir, OLD, 1001);
  beginStart(dataDir, NEW);
  const file = path.join(dataDir, 'toride.db');
  const copy = path.join(dataDir, 'backups/before-9990-2000.db');
  mkdirSync(path.dirname(copy), { recursive: true });
  const db = new Database(file);
  db.prepare('VACUUM INTO ?').run(copy);
  db.exec("CREATE TABLE half_way (x); INSERT INTO migrations VALUES (9990, 'new', 2000)");
  db.close();
  return { dataDir, copy };
}
const isMigrated = (file: string): boolean => {
  const db = new Database(file, { readonly: true });
  const found = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'half_way'").get() !== undefined;
  db.close();
  return found;
};

describe('the way back', () => {
  it('is there when a newer version began and did not come up, for both versions', async () => {
    const { dataDir, copy } = await failedUpdate();
    const way = { failed: NEW, former: OLD, installer: null, copy: { file: copy, at: 2000 } };
    expect(wayBack(dataDir, NEW)).toEqual(way);
    expect(wayBack(dataDir, OLD)).toEqual(way);
    expect(wayBack(dataDir, '0.3.0')).toBeNull();
  });
  it('is gone when the new version comes up after all, and was never there for a first start or an older version', () => {
    const dataDir = tempDir();
    beginStart(dataDir, OLD);
    expect(wayBack(dataDir, OLD)).toBeNull();
    cameUp(dataDir, OLD, 1);
    beginStart(dataDir, NEW);
    expect(wayBack(dataDir, NEW)).toMatchObject({ former: OLD, copy: null });
    cameUp(dataDir, NEW, 2);
    expect(wayBack(dataDir, NEW)).toBeNull();
    beginStart(dataDir, OLD);
    expect(wayBack(dataDir, OLD)).toBeNull();
  });
  it('leads to the oldest copy since the former version ran, where the migration was tried more than once', async () => {
    const { dataDir, copy } = await failedUpdate();
    writeFileSync(path.join(dataDir, 'backups/before-9991-3000.db'), 'half migrated');
    writeFileSync(path.join(dataDir, 'backups/before-10-500.db'), 'long ago');
    writeFileSync(path.join(dataDir, 'backups/before-9990-1500.db.new'), 'cut off');
    expect(wayBack(dataDir, NEW)?.copy?.file).toBe(copy);
  });
  it('puts the copy in place and keeps what the new version had begun', async () => {
    const { dataDir } = await failedUpdate();
    const { aside } = await goBack(dataDir, NEW);
    expect([isMigrated(path.join(dataDir, 'toride.db')), isMigrated(aside ?? '')]).toEqual([false, true]);
    expect(readdirSync(dataDir)).not.toContain('toride.db-wal');
    await expect(goBack(dataDir, NEW)).rejects.toMatchObject({ code: 'update.no-way-back' });
    await (await openOwnStore(dataDir, {})).close();
  });
  it('changes nothing where the copy is damaged or the folder is in use', async () => {
    const { dataDir, copy } = await failedUpdate();
    const whole = readFileSync(copy);
    writeFileSync(copy, whole.subarray(0, whole.length / 2));
    await expect(goBack(dataDir, NEW)).rejects.toMatchObject({ code: 'store.corrupt' });
    expect(isMigrated(path.join(dataDir, 'toride.db'))).toBe(true);
    writeFileSync(copy, whole);
    const busy = tempDir();
    const store = await openOwnStore(busy, {});
    cameUp(busy, OLD, 1);
    await expect(openStoreFor(NEW, { owned: true, dataDir: busy })).rejects.toMatchObject({
      code: 'data.in-use',
    });
    await store.close();
    // a version that could not even try did not fail
    expect(wayBack(busy, NEW)).toBeNull();
  });
});

it('an older version on data of a newer one says which it needs, and leaves the data as it is', async () => {
  const { dataDir } = await failedUpdate();
  const refused = await openStoreFor(OLD, { owned: true, dataDir }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(AppError);
  expect(wordError(refused as AppError, 'en').say).toContain('(version 0.2.0; this one is 0.1.0)');
  expect(wordError(refused as AppError, 'ja').say).toContain('版 0.2.0、この版 0.1.0');
  expect(isMigrated(path.join(dataDir, 'toride.db'))).toBe(true);
});

it('the app of this version is kept beside the new installer, and those of earlier ones go', async () => {
  const dir = tempDir();
  const dataDir = tempDir();
  const keys = makeUpdateKey();
  const app = path.join(dir, 'Toride.AppImage');
  writeFileSync(app, 'this version');
  const take = async (version: string, current: string) => {
    const installer = path.join(tempDir(), 'Toride.AppImage');
    writeFileSync(installer, version);
    const to = path.join(tempDir(), 'toride.update');
    const platform = `${process.platform}-${process.arch}`;
    await signUpdate({ installer, version, platform, privateKey: keys.privateKey, to });
    const backup = () => Promise.resolve({ file: 'backup' });
    return createUpdates({ dataDir, version: current, updateKey: keys.updateKey, backup, app }).take(to);
  };
  await take(NEW, OLD);
  cameUp(dataDir, OLD, 1);
  beginStart(dataDir, NEW);
  const kept = wayBack(dataDir, NEW)?.installer ?? '';
  expect(readFileSync(kept, 'utf8')).toBe('this version');
  await take('0.3.0', NEW);
  expect(readdirSync(path.join(dataDir, 'updates')).sort()).toEqual([NEW, '0.3.0']);
});

it('an engine that comes up says so, and the command line says when there is nothing to go back from', async () => {
  const dataDir = tempDir();
  const engine = await startEngine({ dataDir, schedule: true });
  await engine.close();
  expect(JSON.parse(readFileSync(path.join(dataDir, 'versions.json'), 'utf8'))).toMatchObject({
    started: { version: VERSION },
    starting: null,
  });
  const back = toride(['update', 'back', '--data', dataDir, '--lang', 'en']);
  expect([back.status, back.stderr]).toEqual([65, expect.stringContaining('(update.no-way-back)')]);
  expect(existsSync(path.join(dataDir, 'backups'))).toBe(false);
});
