// A backup is made while everything is written, checked, encrypted on wish, and restored whole or not at all.
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isWhole } from '../../../main/backup/contract/backup.ts';
import { readArchive, restoreBackup } from '../../../main/backup/index.ts';
import { type Engine, startEngine } from '../../../main/engine.ts';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { tempDir } from '../../helpers/temp.ts';

const NOW = Date.UTC(2026, 10, 21, 5, 30);
const DAY = 24 * 3_600_000;
const event = { actor: '佐藤', action: 'rules.changed', subject: '1', body: {} } as const;

async function open(dataDir: string, wall?: ManualClock): Promise<Engine> {
  const engine = await startEngine({ dataDir, schedule: false, ...(wall ? { wall } : {}) });
  let isOpen = true;
  const { close } = engine;
  engine.close = async () => {
    if (isOpen) await close();
    isOpen = false;
  };
  onTestFinished(() => engine.close());
  return engine;
}
/** A folder with decisions, settings and log lines in it. */
async function site(wall?: ManualClock): Promise<{ engine: Engine; dir: string; log: string }> {
  const dir = tempDir();
  const log = path.join(dir, 'app.log');
  writeFileSync(log, linesFrom(0));
  const engine = await open(path.join(dir, 'data'), wall);
  await engine.services.logs.ingest({ file: log });
  const { approvals, settings } = engine.services;
  await approvals.judge(
    () => event,
    () => settings.set({ userName: '佐藤 花子' }),
  );
  return { engine, dir, log };
}
const linesFrom = (first: number): string =>
  Array.from(
    { length: 2000 },
    (_, i) => `${new Date(NOW + (first + i) * 1000).toISOString()} INFO job ${first + i} took ${i % 97} ms\n`,
  ).join('');
/** What a folder holds, as far as it can be told from outside. */
async function heldIn(dataDir: string): Promise<unknown> {
  const engine = await open(dataDir);
  const { approvals, logs, settings } = engine.services;
  const { addsUp, lines } = logs.accounting();
  const { intact, head } = approvals.audit(10);
  const found = await logs.lines({ filter: {}, limit: 3 });
  const held = {
    addsUp,
    lines,
    intact,
    head,
    name: settings.get().userName,
    newest: found.lines.map((l) => l.at),
  };
  await engine.close();
  return held;
}

describe('a backup', () => {
  it('holds everything but models, passwords and records of the app, and restores into an empty folder', async () => {
    const { engine, dir } = await site();
    writeFileSync(path.join(dir, 'data', 'secrets.json'), '{}');
    mkdirSync(path.join(dir, 'data', 'updates'));
    writeFileSync(path.join(dir, 'data', 'updates', 'setup.bin'), 'installer');
    const { file, encrypted } = await engine.services.backups.create();
    await engine.close();
    expect(encrypted).toBe(false);
    expect(statSync(file).mode & 0o077).toBe(0);
    const { files, audit } = await readArchive({ file, passphrase: null });
    const names = files.map((one) => one.path);
    expect(names).toEqual(expect.arrayContaining(['toride.db', 'audit-head.json']));
    expect(names.filter((name) => /secrets|models|updates|engine.lock|^logs\//.test(name))).toEqual([]);
    expect(audit).toMatchObject({ seq: 1 });
    const restored = path.join(dir, 'elsewhere', 'new');
    await restoreBackup({ file, dir: restored, passphrase: null });
    expect(await heldIn(restored)).toEqual(await heldIn(path.join(dir, 'data')));
    expect(readdirSync(path.dirname(restored))).toEqual(['new']);
    // as any system would unpack it
    expect(readFileSync(path.join(restored, 'audit-head.json'), 'utf8')).toContain('"seq":1');
  });

  it('is of one moment although lines and decisions come in meanwhile', async () => {
    const { engine, dir, log } = await site();
    const { approvals, backups, logs, settings } = engine.services;
    let done = false;
    const busy = (async () => {
      for (let i = 1; !done; i++) {
        appendFileSync(log, linesFrom(i * 2000));
        await logs.ingest({ file: log });
        await approvals.judge(
          () => ({ ...event, subject: String(i) }),
          () => settings.set({}),
        );
      }
    })();
    const made = [await backups.create(), await backups.create()];
    done = true;
    await busy;
    await engine.close();
    for (const [i, { file }] of made.entries()) {
      const restored = path.join(dir, `restored-${i}`);
      await restoreBackup({ file, dir: restored, passphrase: null });
      expect(await heldIn(restored)).toMatchObject({ addsUp: true, intact: true });
    }
  });

  it('encrypted, opens with its passphrase alone and shows nothing of what is in it', async () => {
    const { engine, dir } = await site();
    const passphrase = '正しい馬の電池の留め金';
    const { file, encrypted } = await engine.services.backups.create({ passphrase });
    expect(encrypted).toBe(true);
    expect(readFileSync(file).includes('toride.db')).toBe(false);
    for (const wrong of [null, '間違った馬の電池の留め金'])
      await expect(readArchive({ file, passphrase: wrong })).rejects.toMatchObject({
        code: 'backup.passphrase',
      });
    const restored = path.join(dir, 'restored');
    await restoreBackup({ file, dir: restored, passphrase });
    await engine.close();
    expect(await heldIn(restored)).toMatchObject({ addsUp: true, lines: 2000 });
  });

  it.each([false, true])(
    'damaged or cut off anywhere is refused, and nothing appears (encrypted: %s)',
    async (encrypted) => {
      const { engine, dir } = await site();
      const passphrase = encrypted ? 'long enough a phrase' : undefined;
      const { file } = await engine.services.backups.create({ passphrase });
      const bytes = readFileSync(file);
      const target = path.join(dir, 'restored');
      for (let i = 0; i < 12; i++) {
        const at = Math.floor(((i + 0.5) / 12) * bytes.length);
        const flipped = Buffer.from(bytes);
        flipped[at] = (flipped[at] ?? 0) ^ 0x41;
        for (const wrong of [flipped, bytes.subarray(0, at)]) {
          const bad = path.join(dir, 'bad');
          writeFileSync(bad, wrong);
          const restoring = restoreBackup({ file: bad, dir: target, passphrase: passphrase ?? null });
          await expect(restoring).rejects.toMatchObject({
            code: expect.stringMatching(/^backup\.(damaged|passphrase)$/) as string,
          });
        }
      }
      expect(readdirSync(dir).filter((name) => name.startsWith('restored'))).toEqual([]);
    },
  );

  it('is restored from the open app into another folder, never into its own', async () => {
    const { engine, dir } = await site();
    const { file } = await engine.services.backups.create();
    const to = path.join(dir, 'new');
    expect(await engine.services.backups.restore({ file, dir: to })).toMatchObject({ dir: to, models: [] });
    await engine.close();
    expect(await heldIn(to)).toEqual(await heldIn(path.join(dir, 'data')));
    const again = await open(path.join(dir, 'data'));
    const inside = again.services.backups.restore({ file, dir: path.join(dir, 'data', 'x') });
    await expect(inside).rejects.toMatchObject({ code: 'backup.inside' });
  });
  it('that is not there is told', async () => {
    const file = path.join(tempDir(), 'none.tar.zst');
    await expect(readArchive({ file, passphrase: null })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is never restored over something, and one that was half restored is begun anew', async () => {
    const { engine, dir } = await site();
    const { file } = await engine.services.backups.create();
    const target = path.join(dir, 'target');
    mkdirSync(path.join(dir, 'target.restoring'));
    writeFileSync(path.join(dir, 'target.restoring', 'toride.db'), 'half');
    mkdirSync(target);
    writeFileSync(path.join(target, 'theirs.txt'), '');
    const again = () => restoreBackup({ file, dir: target, passphrase: null });
    await expect(again()).rejects.toMatchObject({ code: 'backup.not-empty' });
    expect(readdirSync(target)).toEqual(['theirs.txt']);
    rmSync(path.join(target, 'theirs.txt'));
    await again();
    expect(existsSync(path.join(target, 'toride.db'))).toBe(true);
    expect(existsSync(path.join(dir, 'target.restoring'))).toBe(false);
  });

  it('is stopped by its user and leaves nothing', async () => {
    const { engine, dir } = await site();
    const { backups, tasks } = engine.services;
    const stop = tasks.changed.on((task) => {
      if (task.kind === 'backup' && task.stage === 'write-backup') tasks.cancel(task.id);
    });
    await expect(backups.create()).rejects.toMatchObject({ name: 'Cancelled' });
    stop();
    expect(readdirSync(path.join(dir, 'data', 'backups')).filter((name) => !name.includes('lock'))).toEqual(
      [],
    );
  });

  it('of a damaged database is refused: the good ones before it stay', async () => {
    const { engine, dir } = await site();
    const { file } = await engine.services.backups.create();
    await engine.close();
    const copy = path.join(dir, 'damaged');
    cpSync(path.join(dir, 'data'), copy, { recursive: true });
    const store = path.join(copy, 'toride.db');
    const bytes = readFileSync(store);
    for (let at = 4096 * 40; at < bytes.length; at += 4096 * 20) bytes.fill(0xa5, at, at + 4096);
    writeFileSync(store, bytes);
    const other = await open(copy);
    await expect(other.services.backups.create()).rejects.toMatchObject({ code: 'store.corrupt' });
    expect(existsSync(file)).toBe(true);
  });

  it('is drilled: restored, opened, its audit record and line counts checked', async () => {
    const { engine } = await site();
    const { backups } = engine.services;
    const { file } = await backups.create();
    const drill = await backups.drill({ file });
    expect(drill.checks.map(({ what, ok }) => [what, ok])).toEqual([
      ['files', true],
      ['database', true],
      ['audit', true],
      ['lines', true],
    ]);
    writeFileSync(file, readFileSync(file).subarray(0, -200));
    expect(isWhole(await backups.drill({ file }))).toBe(false);
    expect((await backups.overview()).drill?.checks).toEqual([
      { what: 'files', ok: false, detail: expect.any(String) as string },
    ]);
  });

  it('is made every day, so many are kept, and one that cannot be made is told once', async () => {
    const wall = new ManualClock(NOW);
    const { engine, dir } = await site(wall);
    const { backups, notifications, settings } = engine.services;
    await settings.set({ backup: { every: 'daily', keep: 2, folder: '', encrypt: false } });
    for (let day = 0; day < 4; day++) {
      wall.advance(DAY);
      await backups.tick();
      await backups.tick();
    }
    const { files } = await backups.overview();
    expect(files).toHaveLength(2);
    writeFileSync(path.join(dir, 'a-file'), '');
    await settings.set({
      backup: { every: 'daily', keep: 2, folder: path.join(dir, 'a-file'), encrypt: false },
    });
    for (let hour = 0; hour < 3; hour++) {
      wall.advance(DAY);
      await backups.tick();
    }
    expect((await backups.overview()).failed?.error.code).toBe('backup.unwritable');
    expect(notifications.list().items.filter((n) => n.kind === 'engine')).toHaveLength(1);
    // wanted encrypted, but the passphrase is gone with the process that knew it
    await settings.set({ backup: { every: 'daily', keep: 2, folder: '', encrypt: true } });
    wall.advance(DAY);
    await backups.tick();
    expect((await backups.overview()).failed?.error.code).toBe('backup.passphrase');
  });
});
