// What a person sees when the disk of the data folder is full or read-only.
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startEngine } from '../../../main/engine.ts';
import { wordError } from '../../../main/kernel/errors.ts';
import { canMount, mount, runInNamespace, unmount } from '../../helpers/store/small-disk.ts';
import { tempDir } from '../../helpers/temp.ts';

if (process.platform === 'linux' && !canMount)
  test('disks of their own, where a file system may be mounted', () => runInNamespace(import.meta.filename));

describe.runIf(canMount)('the disk of the data folder', () => {
  test('is full: a change is refused whole and in words, what was there is read, and it goes on once there is room', async () => {
    const disk = path.join(tempDir(), 'disk');
    expect(mount(disk, 'size=24m')).toBe(true);
    onTestFinished(() => unmount(disk));
    const engine = await startEngine({ dataDir: path.join(disk, 'data'), schedule: false });
    onTestFinished(() => engine.close());
    const { settings, health } = engine.services;
    await settings.set({ userName: '佐藤 花子' });
    const { bavail, bsize } = statfsSync(disk);
    const ballast = path.join(disk, 'of-others');
    writeFileSync(ballast, Buffer.alloc(bavail * bsize - 100_000, 1));
    // more than is left, whatever part of it the log of the database takes again
    const order = Array.from({ length: 5000 }, (_, i) => `${i}`.padStart(200));
    const refused: unknown = await settings
      .set({ serviceCards: { order, hidden: [] } })
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'store.full' });
    expect(wordError({ code: 'store.full', params: {} }, 'ja')).toEqual({
      say: 'ディスクの空きがありません。',
      next: '空きを作ってから再試行してください。',
    });
    expect(settings.get().userName).toBe('佐藤 花子');
    expect((await health.read()).disk.free).toBeLessThan(1_000_000);
    rmSync(ballast);
    expect(await settings.set({ userName: '鈴木' })).toMatchObject({ userName: '鈴木' });
  });

  test('is read-only: the start is refused with what to look at, and nothing on it is changed', async () => {
    const disk = path.join(tempDir(), 'disk');
    expect(mount(disk, 'size=24m')).toBe(true);
    onTestFinished(() => unmount(disk));
    const dataDir = path.join(disk, 'data');
    await (await startEngine({ dataDir, schedule: false })).close();
    expect(mount(disk, 'remount,ro')).toBe(true);
    await expect(startEngine({ dataDir, schedule: false })).rejects.toMatchObject({ code: 'data.locked' });
    expect(mount(disk, 'remount,rw')).toBe(true);
    const again = await startEngine({ dataDir, schedule: false });
    expect(again.services.approvals.audit(1).intact).toBe(true);
    await again.close();
  });
});
