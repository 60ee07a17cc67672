// Standard input where the disk it is kept on is full: a small file system of its own. Who may not mount one gets a namespace of
// his own to do it in, and the file is run again in there.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Cancelled } from '../../../main/kernel/errors.ts';
import { endOf, piecesOf, pipesOf, receivedOf } from '../../../main/logs/sources/pipes/pipe-files.ts';
import { fillPipe } from '../../../main/logs/sources/pipes/read-pipe.ts';
import { openLogs, storedBytes } from '../../helpers/logs/open-logs.ts';
import { canMount, fullDisk, mount, runInNamespace, unmount } from '../../helpers/store/small-disk.ts';
import { tempDir } from '../../helpers/temp.ts';

const KB = 1024;
const TEXT = Array.from(
  { length: 3000 },
  (_, i) => `2026-11-21 14:03:${String(i % 60).padStart(2, '0')} INFO job ${i} took ${i * 3} ms\n`,
).join('');
/** As a pipe hands it over, in pieces that end anywhere. */
const piped = (): Readable =>
  Readable.from(Array.from({ length: 40 }, (_, i) => Buffer.from(TEXT).subarray(i * 4001, (i + 1) * 4001)));

if (process.platform === 'linux' && !canMount)
  test('a pipe on a full disk, where a file system may be mounted', () =>
    runInNamespace(import.meta.filename));

describe.runIf(canMount)('a pipe on a full disk', () => {
  test('waits, says that the disk is full, and goes on when there is room: every line once', async () => {
    const data = path.join(tempDir(), 'data');
    const { logs, store } = await openLogs(data);
    const { makeRoom } = fullDisk(pipesOf(data), { size: 512 * KB, free: 64 * KB });
    const said = new Set<string>();
    const ingested = logs.ingest({ file: '-', input: piped(), waits: ({ code }) => said.add(code) });
    await expect.poll(() => [...said]).toEqual(['store.full']);
    makeRoom();
    const { id } = await ingested;
    expect(storedBytes(store, data, id).toString()).toBe(TEXT);
    expect(logs.accounting()).toMatchObject({ lines: 3000, addsUp: true });
  });

  test('waits to begin where not even a folder can be made, and leaves no lock of its tries', async () => {
    const data = path.join(tempDir(), 'data');
    const { logs, store } = await openLogs(data);
    // room for a source's folder and one lock, none for the run beside it
    expect(mount(pipesOf(data), 'size=2m,nr_inodes=5')).toBe(true);
    onTestFinished(() => unmount(pipesOf(data)));
    const inTheWay = path.join(pipesOf(data), 'of-others');
    writeFileSync(inTheWay, '');
    const said: string[] = [];
    const ingested = logs.ingest({ file: '-', input: piped(), waits: ({ code }) => said.push(code) });
    await expect.poll(() => said.length).toBeGreaterThan(1);
    expect(new Set(said)).toEqual(new Set(['store.full']));
    expect(mount(pipesOf(data), 'remount,size=2m,nr_inodes=100')).toBe(true);
    const { id } = await ingested;
    expect(storedBytes(store, data, id).toString()).toBe(TEXT);
  });

  test('that is stopped meanwhile ends at once and keeps what the disk had taken', async () => {
    const run = path.join(tempDir(), 'run');
    const { makeRoom } = fullDisk(run, { size: 512 * KB, free: 64 * KB });
    const stop = new AbortController();
    const filled = fillPipe({ run, input: piped(), signal: stop.signal, waits: () => stop.abort() });
    await expect(filled).rejects.toBeInstanceOf(Cancelled);
    expect([endOf(run), piecesOf(run).length]).toEqual([null, 1]);
    const kept = receivedOf(run);
    expect(kept).toBeGreaterThanOrEqual(60 * KB);
    makeRoom();
  });
});
