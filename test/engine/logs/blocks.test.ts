import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../main/kernel/errors.ts';
import { accountingOf } from '../../../main/logs/manage/accounting.ts';
import { recordsOf } from '../../../main/logs/store/block-cache.ts';
import { readBlock, removeFiles, sweepFiles, writeBlock } from '../../../main/logs/store/block-files.ts';
import { blockStatement, removeBlocks, usedFiles } from '../../../main/logs/store/block-rows.ts';
import { encodeBlock } from '../../../main/logs/store/encode-block.ts';
import { refile } from '../../../main/logs/store/rewrite.ts';
import { readTail, refileStatements, untailStatements } from '../../../main/logs/store/tail.ts';
import { tempDir } from '../../helpers/temp.ts';
import { NOW, recordOf, type StagedLine, stageExplore, ZONE } from './explore-stage.ts';

const DAY = '2026-11-21';
const blockOf = (lines: readonly StagedLine[], sourceId = 'a') =>
  encodeBlock({ sourceId, encoding: 'utf-8', records: lines.map(recordOf) });
const some = (from: number, count: number): StagedLine[] =>
  Array.from({ length: count }, (_, i) => ({
    id: from + i,
    at: NOW + from + i,
    text: `job ${from + i} took ${i * 37} ms`,
  }));
type Stage = Awaited<ReturnType<typeof stageExplore>>;

describe('files of blocks', () => {
  it('are written once each; those whose row was never committed are swept, whatever else stands there is left', async () => {
    const stage = await stageExplore();
    await stage.put('a', some(1, 50), 50);
    writeBlock(stage.dir, blockOf(some(51, 80))); // no row was committed
    const folder = path.join(stage.dir, 'log-blocks');
    writeFileSync(path.join(folder, 'notes.txt'), 'not ours');
    sweepFiles(stage.dir, usedFiles(stage.store.read));
    expect(readdirSync(folder).sort()).toEqual([path.basename(stage.file(0)), 'notes.txt'].sort());
    const [row] = stage.rows();
    if (!row) throw new Error('no block');
    const [part] = recordsOf({ dataDir: stage.dir, read: stage.store.read }, row);
    expect(part?.records.map((r) => r.id)).toEqual(some(1, 50).map((r) => r.id));
    removeFiles(stage.dir, usedFiles(stage.store.read));
    expect(readdirSync(folder)).toEqual(['notes.txt']);
  });

  it('that cannot be written say why, and nothing is left of them', () => {
    const dir = tempDir();
    writeFileSync(path.join(dir, 'log-blocks'), 'a file where the folder should be');
    expect(() => writeBlock(dir, blockOf(some(1, 3)))).toThrow(AppError);
    rmSync(path.join(dir, 'log-blocks'));
    const { file } = writeBlock(dir, blockOf(some(1, 3)));
    rmSync(path.join(dir, file));
    // in its place stands what cannot be written over
    mkdirSync(path.join(dir, file));
    expect(() => writeBlock(dir, blockOf(some(1, 3)))).toThrow(AppError);
  });

  it('of another name are never read', () => {
    const dir = tempDir();
    writeFileSync(path.join(dir, 'secret'), 'x');
    for (const file of ['secret', '../secret', 'log-blocks/../secret', null])
      expect(() => readBlock(dir, { file, place: 0 }, 10)).toThrow(RangeError);
    expect(existsSync(path.join(dir, 'secret'))).toBe(true);
  });
});

describe('a tail', () => {
  it('gives back its lines unit for unit, halves of surrogate pairs and zero bytes too', async () => {
    const stage = await stageExplore();
    const text = fc.string({ unit: 'binary', maxLength: 20 });
    const odd = fc.oneof(text, fc.constantFrom('', '\ud800x', 'x\udc00', 'a\0b', 'a\nb\r\nc', '日本'));
    let id = 1;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ text: odd, attributes: odd, host: fc.option(odd), service: fc.option(odd) }), {
          minLength: 1,
          maxLength: 20,
        }),
        async (drawn) => {
          await stage.store.write(
            ['log_blocks', 'log_tail'].map((table) => ({ text: `DELETE FROM ${table}`, rows: [[]] })),
          );
          const records = drawn.map((one) =>
            recordOf({ ...one, id: id++, at: NOW, raw: id % 5 ? null : Uint8Array.of(1, 255) }),
          );
          await stage.put('t', records);
          expect(readTail(stage.store.read, { sourceId: 't' }).map((t) => t.record)).toEqual(records);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('becomes a block at any moment: its lines are found, once each', async () => {
    const stage = await stageExplore();
    const { store, explore } = stage;
    await stage.put('a', some(1, 90));
    const ids = some(1, 90).map((l) => l.id);
    const searches = Array.from({ length: 12 }, () =>
      explore.lines({ filter: { text: 'job' }, limit: 1000, order: 'oldest' }),
    );
    for (const upTo of [30, 60, 90]) {
      const placed = writeBlock(stage.dir, blockOf(some(upTo - 29, 30)));
      await store.write([
        ...untailStatements('a', { upTo, encoding: 'utf-8', records: 30 }),
        blockStatement(placed),
      ]);
    }
    for (const page of await Promise.all(searches)) expect(page.lines.map((l) => l.id)).toEqual(ids);
    expect(stage.rows().map((row) => [row.file === null, row.records])).toEqual([
      [false, 30],
      [false, 30],
      [false, 30],
    ]);
    expect(stage.logged).toEqual([]);
  });

  it('has pieces of lines one after another, however many come at once', async () => {
    const stage = await stageExplore();
    const from = { dataDir: stage.dir, read: stage.store.read };
    let id = 1;
    for (const lines of [100, 512, 88, 1, 1300, 511, 600]) {
      await stage.put('a', some(id, lines), 10_000);
      id += lines;
    }
    const expectOneAfterAnother = (first: number): void => {
      let next = first;
      for (const row of stage.rows()) {
        const ids = recordsOf(from, row).flatMap((part) => part.records.map((r) => r.id));
        expect([ids[0], ids.length]).toEqual([next, row.records]);
        next += ids.length;
      }
      expect(next).toBe(id);
    };
    expectOneAfterAnother(1);
    await stage.store.write(untailStatements('a', { upTo: 700, encoding: 'utf-8', records: 700 }));
    expectOneAfterAnother(701);
  });

  it('is refused to be taken off twice', async () => {
    const stage = await stageExplore();
    await stage.put('a', some(1, 10));
    const off = untailStatements('a', { upTo: 5, encoding: 'utf-8', records: 5 });
    await stage.store.write(off);
    await expect(stage.store.write(off)).rejects.toMatchObject({ code: 'store.refused' });
    expect(stage.rows().map((row) => [row.firstId, row.records])).toEqual([[6, 5]]);
  });
});

describe('a split', () => {
  it('files lines of blocks and tails under other templates and says how many went where', async () => {
    for (const size of [20, 1000]) {
      const stage = await stageExplore();
      const from = { dataDir: stage.dir, read: stage.store.read };
      const lines = some(1, 20).map((line, i) => ({ ...line, template: i % 2 ? 5 : 1, lines: 2 }));
      await stage.put('a', lines, size);
      const row = (): ReturnType<Stage['rows']>[number] => stage.rows()[0] as never;
      const { placed, renamed, moved } = refile(from, row(), (r) =>
        r.template === 5 && r.id > 10 ? 9 : r.template,
      );
      expect(moved).toEqual([
        { minute: Math.floor(NOW / 60_000), service: 'web', level: 3, from: 5, to: 9, lines: 10 },
      ]);
      expect([placed.length, renamed.length]).toEqual(size === 20 ? [1, 0] : [0, 5]);
      await stage.store.write(
        size === 20 ? [removeBlocks([row()]), ...placed.map(blockStatement)] : refileStatements('a', renamed),
      );
      const found = (await stage.explore.lines({ filter: { templates: [9] }, order: 'oldest' })).lines;
      expect(found.map((l) => l.id)).toEqual([12, 14, 16, 18, 20]);
      expect(refile(from, row(), (r) => r.template)).toEqual({ placed: [], renamed: [], moved: [] });
    }
  });
});

describe('a search', () => {
  it('goes on with fresh rows when blocks are replaced or dropped under it', async () => {
    const stage = await stageExplore();
    const { store, explore } = stage;
    for (let i = 0; i < 24; i++) await stage.put('a', some(1 + i * 10, 10), 10);
    const searches = Array.from({ length: 12 }, () =>
      explore.lines({ filter: { text: 'job' }, limit: 1000 }),
    );
    for (let i = 0; i < 24; i += 8) {
      const old = stage
        .rows()
        .filter((row) => row.records === 10)
        .slice(0, 8);
      const placed = writeBlock(stage.dir, blockOf(some(1 + i * 10, 80)));
      await store.write([removeBlocks(old), blockStatement(placed)]);
      removeFiles(
        stage.dir,
        old.flatMap(({ file }) => file ?? []),
      );
    }
    for (const page of await Promise.all(searches))
      expect(page.lines.map((l) => l.id)).toEqual(
        some(1, 240)
          .map((l) => l.id)
          .reverse(),
      );
    expect(stage.logged).toEqual([]);
    await store.write([removeBlocks(stage.rows())]);
    expect((await explore.lines({ filter: {} })).lines).toEqual([]);
  });

  it('leaves a damaged block out, says so once, and finds the rest', async () => {
    const stage = await stageExplore();
    await stage.put('a', some(1, 20), 10);
    const [, second] = stage.rows();
    const bytes = readFileSync(stage.file(1));
    bytes[40] = (bytes[40] ?? 0) ^ 0xff;
    writeFileSync(stage.file(1), bytes);
    const ids = some(1, 10).map((l) => l.id);
    const block = second?.blockId;
    for (let i = 0; i < 2; i++) {
      const { lines, leftOut } = await stage.explore.lines({ filter: {}, order: 'oldest' });
      expect([lines.map((l) => l.id), leftOut]).toEqual([
        ids,
        [{ block, sourceId: 'a', firstDay: DAY, lastDay: DAY, lines: 10 }],
      ]);
    }
    // where it cannot hold what is asked for, nothing is left out
    expect((await stage.explore.lines({ filter: { sources: ['b'] } })).leftOut).toEqual([]);
    expect(stage.logged.map((l) => [l.level, l.data])).toEqual([
      ['error', { sourceId: 'a', file: second?.file, bytes: second?.bytes, lines: 10 }],
    ]);
  });

  it('is on the accounting while it is damaged, over restarts, and off it once it reads again or is gone', async () => {
    const stage = await stageExplore();
    await stage.put('a', some(1, 20), 10);
    const damaged = () =>
      accountingOf(stage.store.read, {
        standing: () => ({ state: undefined, trouble: null, copiedAt: null }),
        keepDays: 90,
        dataDir: stage.dir,
        now: 0,
        zone: ZONE,
      }).damaged.map(({ sourceId, firstDay, lastDay, lines }) => [sourceId, firstDay, lastDay, lines]);
    const restart = () => stage.openExplore().close();
    const good = readFileSync(stage.file(1));
    const spoil = (): void => {
      const bytes = Buffer.from(good);
      bytes.fill(0);
      writeFileSync(stage.file(1), bytes);
    };
    spoil();
    expect(damaged()).toEqual([]);
    await stage.explore.lines({ filter: {} });
    await stage.explore.close();
    expect(damaged()).toEqual([['a', DAY, DAY, 10]]);
    await restart();
    expect(damaged()).toEqual([['a', DAY, DAY, 10]]);
    writeFileSync(stage.file(1), good);
    await restart();
    expect(damaged()).toEqual([]);
    spoil();
    const again = stage.openExplore();
    await again.lines({ filter: {} });
    await again.close();
    expect(damaged()).toEqual([['a', DAY, DAY, 10]]);
    await stage.store.write([removeBlocks(stage.rows().slice(1))]);
    expect(damaged()).toEqual([]);
  });

  it('is on the accounting as soon as its file is gone or cut, read or not', async () => {
    const stage = await stageExplore();
    await stage.put('a', some(1, 20), 10);
    const damaged = () =>
      accountingOf(stage.store.read, {
        standing: () => ({ state: undefined, trouble: null, copiedAt: null }),
        keepDays: 90,
        dataDir: stage.dir,
        now: 0,
        zone: ZONE,
      }).damaged.map(({ sourceId, lines }) => [sourceId, lines]);
    expect(damaged()).toEqual([]);
    writeFileSync(stage.file(1), readFileSync(stage.file(1)).subarray(0, -1));
    expect(damaged()).toEqual([['a', 10]]);
    rmSync(stage.file(0));
    expect(damaged()).toEqual([['a', 20]]);
  });

  it('can be stopped', async () => {
    const stage = await stageExplore();
    await stage.put('a', some(1, 10));
    const stop = new AbortController();
    const search = stage.explore.lines({ filter: {}, signal: stop.signal });
    stop.abort();
    await expect(search).rejects.toMatchObject({ name: 'Cancelled' });
    expect((await stage.explore.lines({ filter: {} })).lines).toHaveLength(10);
  });
});
