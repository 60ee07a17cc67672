import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../main/kernel/errors.ts';
import { mergeSegments, planCompaction } from '../../../main/logs/segments/compact.ts';
import { decodeRecords } from '../../../main/logs/segments/decode-segment.ts';
import { encodeSegment } from '../../../main/logs/segments/encode-segment.ts';
import { rewriteSegment } from '../../../main/logs/segments/rewrite.ts';
import { SegmentFiles } from '../../../main/logs/segments/segment-files.ts';
import {
  removeSegments,
  SEGMENT_COLUMNS,
  type SegmentRow,
  segmentStatement,
  usedPlaces,
} from '../../../main/logs/segments/segment-rows.ts';
import { accountingOf } from '../../../main/logs/sources/accounting.ts';
import { sql } from '../../../main/store/index.ts';
import { tempDir } from '../../helpers/temp.ts';
import { dayOf, NOW, recordOf, type StagedLine, stageExplore, ZONE } from './explore-stage.ts';

const DAY = '2026-11-21';
const NONE: ReadonlySet<number> = new Set();
const segmentOf = (lines: readonly StagedLine[]) =>
  encodeSegment({ sourceId: 'a', partition: DAY, encoding: 'utf-8', records: lines.map(recordOf) });
const some = (from: number, count: number): StagedLine[] =>
  Array.from({ length: count }, (_, i) => ({
    id: from + i,
    at: NOW + from + i,
    text: `job ${from + i} took ${i * 37} ms`,
  }));

describe('segment files', () => {
  it('overwrite what was appended without a row before a crash', () => {
    const dir = tempDir();
    const first = SegmentFiles.open(dir, []);
    const kept = first.append(segmentOf(some(1, 50)));
    first.append(segmentOf(some(51, 80))); // no row was committed
    first.close();
    const again = SegmentFiles.open(dir, [kept]);
    const next = again.append(segmentOf(some(51, 20)));
    expect(next.place).toBe(kept.place + kept.bytes);
    expect(decodeRecords(again.read(kept), kept.checksum)).toHaveLength(50);
    expect(decodeRecords(again.read(next), next.checksum).map((r) => r.id)).toEqual(
      some(51, 20).map((r) => r.id),
    );
    again.close();
  });

  it('keep every block whole while others come and go', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.nat(), fc.boolean()), { maxLength: 25 }),
        (steps) => {
          const dir = tempDir();
          let files = SegmentFiles.open(dir, []);
          const live = new Map<number, ReturnType<SegmentFiles['append']>>();
          let id = 1;
          for (const [count, which, reopen] of steps) {
            const lines = some(id, count);
            id += count;
            live.set(lines[0]?.id ?? 0, files.append(segmentOf(lines)));
            const gone = [...live.keys()][which % (live.size + 2)];
            const place = gone === undefined ? undefined : live.get(gone);
            if (gone !== undefined && place) {
              live.delete(gone);
              files.free([place]);
            }
            if (reopen) {
              files.close();
              files = SegmentFiles.open(dir, live.values());
            }
          }
          for (const [first, place] of live)
            expect(decodeRecords(files.read(place), place.checksum)[0]?.id).toBe(first);
          files.close();
        },
      ),
      { numRuns: 40 },
    );
  });

  it('use the room of freed blocks again, so that a live tail does not grow a file for ever', () => {
    const files = SegmentFiles.open(tempDir(), []);
    let last = files.append(segmentOf(some(1, 30)));
    for (let i = 0; i < 50; i++) {
      const next = files.append(segmentOf(some(100, 30)));
      files.free([last]);
      last = next;
      expect(next.place).toBeLessThan(3 * next.bytes);
    }
    files.close();
  });

  it('go with their last block, and those without any when told to', () => {
    const dir = tempDir();
    const files = SegmentFiles.open(dir, []);
    const name = `${dir}/log-segments/${DAY}.seg`;
    const first = files.append(segmentOf(some(1, 30)));
    const second = files.append(segmentOf(some(31, 30)));
    files.free([first]);
    expect(existsSync(name)).toBe(true);
    files.free([second]);
    expect(existsSync(name)).toBe(false);
    const third = files.append(segmentOf(some(61, 5)));
    expect(third.place).toBe(0);
    for (const left of ['2026-11-20.seg', '2026-08.seg', 'notes.txt'])
      writeFileSync(`${dir}/log-segments/${left}`, 'left by a process that was killed');
    files.sweep();
    expect(readdirSync(`${dir}/log-segments`)).toEqual([`${DAY}.seg`, 'notes.txt']);
    expect(decodeRecords(files.read(third), third.checksum)).toHaveLength(5);
    files.close();
  });

  it('say what is wrong when the folder cannot be written', () => {
    const dir = tempDir();
    writeFileSync(`${dir}/log-segments`, 'a file where the folder should be');
    const files = SegmentFiles.open(dir, []);
    expect(() => files.append(segmentOf(some(1, 3)))).toThrow(AppError);
  });
  it.runIf(existsSync('/dev/full'))('say that the disk is full, and go on when it no longer is', async () => {
    const { symlinkSync, rmSync, mkdirSync } = await import('node:fs');
    const dir = tempDir();
    mkdirSync(`${dir}/log-segments`);
    symlinkSync('/dev/full', `${dir}/log-segments/${DAY}.seg`);
    const files = SegmentFiles.open(dir, []);
    expect(() => files.append(segmentOf(some(1, 3)))).toThrow(
      expect.objectContaining({ code: 'store.full' }),
    );
    files.close();
    rmSync(`${dir}/log-segments/${DAY}.seg`);
    expect(files.append(segmentOf(some(1, 3))).place).toBe(0);
    files.close();
  });
});

const rowsOf = (stage: Awaited<ReturnType<typeof stageExplore>>): SegmentRow[] =>
  stage.store.read.all<SegmentRow>(sql`SELECT ${SEGMENT_COLUMNS} FROM log_segments ORDER BY first_id`);

describe('compaction', () => {
  it('merges small segments until few are left, and no line changes', async () => {
    const stage = await stageExplore();
    const { store, files, explore } = stage;
    for (let i = 0; i < 70; i++) await stage.put('a', some(1 + i * 10, 10));
    const all = async () => {
      const lines = [];
      for await (const page of explore.scan({})) lines.push(...page);
      return lines;
    };
    const before = await all();
    const sizeBefore = statSync(stage.file(DAY)).size;
    let merges = 0;
    for (
      let plan = planCompaction(store.read, NONE);
      plan;
      plan = planCompaction(store.read, NONE), merges++
    ) {
      const { placed, merged } = mergeSegments(files, plan, dayOf);
      await store.write([removeSegments(merged), ...placed.map(segmentStatement)]);
      files.free(merged);
    }
    expect(await all()).toEqual(before);
    expect(before).toHaveLength(700);
    expect(rowsOf(stage).length).toBeLessThanOrEqual(7);
    expect(merges).toBeGreaterThan(0);
    const used = usedPlaces(store.read).reduce((sum, { bytes }) => sum + bytes, 0);
    expect(used).toBeLessThan(sizeBefore / 5);
  });
  it('leaves a damaged block be and merges the others', async () => {
    const stage = await stageExplore();
    for (let i = 0; i < 9; i++) await stage.put('a', some(1 + i * 10, 10));
    const damaged = rowsOf(stage)[4];
    const bytes = readFileSync(stage.file(DAY));
    bytes.fill(0, damaged?.place, (damaged?.place ?? 0) + 30);
    writeFileSync(stage.file(DAY), bytes);
    const { placed, merged } = mergeSegments(
      stage.files,
      planCompaction(stage.store.read, NONE) ?? [],
      dayOf,
    );
    expect(merged.map((row) => row.firstId)).toEqual([1, 11, 21, 31, 51, 61, 71, 81]);
    expect(placed.map((p) => p.records)).toEqual([80]);
  });
  it('is refused as a whole when a segment was replaced meanwhile', async () => {
    const stage = await stageExplore();
    for (let i = 0; i < 8; i++) await stage.put('a', some(1 + i * 10, 10));
    const plan = planCompaction(stage.store.read, NONE) ?? [];
    expect(plan).toHaveLength(8);
    await stage.store.write([removeSegments(plan.slice(0, 1))]);
    await expect(stage.store.write([removeSegments(plan)])).rejects.toMatchObject({ code: 'store.refused' });
    expect(rowsOf(stage)).toHaveLength(7);
  });
});

describe('a rewrite', () => {
  it('files lines under other templates and says how many went where', async () => {
    const stage = await stageExplore();
    await stage.put(
      'a',
      some(1, 20).map((line, i) => ({ ...line, template: i % 2 ? 5 : 1, lines: 2 })),
    );
    const [row] = rowsOf(stage);
    if (!row) throw new Error('no segment');
    const { placed, moved } = rewriteSegment(stage.files, row, (r) =>
      r.template === 5 && r.id > 10 ? 9 : r.template,
    );
    expect(moved).toEqual([
      { minute: Math.floor(NOW / 60_000), service: 'web', level: 3, from: 5, to: 9, lines: 10 },
    ]);
    if (!placed) throw new Error('nothing placed');
    await stage.store.write([removeSegments([row]), segmentStatement(placed)]);
    stage.files.free([row]);
    const found = (await stage.explore.lines({ filter: { templates: [9] }, order: 'oldest' })).lines;
    expect(found.map((l) => l.id)).toEqual([12, 14, 16, 18, 20]);
    expect(rewriteSegment(stage.files, rowsOf(stage)[0] ?? row, (r) => r.template)).toEqual({
      placed: null,
      moved: [],
    });
  });
});

describe('a search', () => {
  it('goes on with fresh rows when segments are replaced or dropped under it', async () => {
    const stage = await stageExplore();
    const { store, files, explore } = stage;
    for (let i = 0; i < 24; i++) await stage.put('a', some(1 + i * 10, 10));
    const searches = Array.from({ length: 12 }, () =>
      explore.lines({ filter: { text: 'job' }, limit: 1000 }),
    );
    for (let plan = planCompaction(store.read, NONE); plan; plan = planCompaction(store.read, NONE)) {
      const { placed, merged } = mergeSegments(files, plan, dayOf);
      await store.write([removeSegments(merged), ...placed.map(segmentStatement)]);
      files.free(merged);
      // the freed room is written over at once
      await stage.put('b', [{ id: 10_000 + plan.length, at: NOW - 1e9, text: 'other' }]);
    }
    for (const page of await Promise.all(searches))
      expect(page.lines.map((l) => l.id)).toEqual(
        some(1, 240)
          .map((l) => l.id)
          .reverse(),
      );
    expect(stage.logged).toEqual([]);
    const gone = rowsOf(stage);
    await store.write([removeSegments(gone)]);
    files.free(gone);
    expect((await explore.lines({ filter: {} })).lines).toEqual([]);
  });

  it('leaves a damaged block out, says so once, and finds the rest', async () => {
    const stage = await stageExplore();
    await stage.put('a', some(1, 10));
    await stage.put('a', some(11, 10));
    const [, second] = rowsOf(stage);
    const bytes = readFileSync(stage.file(DAY));
    const at = (second?.place ?? 0) + 40;
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    writeFileSync(stage.file(DAY), bytes);
    const ids = some(1, 10).map((l) => l.id);
    const block = second?.segmentId;
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
      ['error', { sourceId: 'a', partition: DAY, place: second?.place, bytes: second?.bytes, lines: 10 }],
    ]);
  });

  it('is on the accounting while it is damaged, over restarts, and off it once it reads again or is gone', async () => {
    const stage = await stageExplore();
    await stage.put('a', some(1, 10));
    await stage.put('a', some(11, 10));
    const damaged = () =>
      accountingOf(stage.store.read, {
        standing: () => ({ state: undefined, trouble: null, copiedAt: null }),
        keepDays: 90,
        zone: ZONE,
      }).damaged.map(({ sourceId, firstDay, lastDay, lines }) => [sourceId, firstDay, lastDay, lines]);
    const restart = () => stage.openExplore().close();
    const good = readFileSync(stage.file(DAY));
    const spoil = (): void => {
      const bytes = Buffer.from(good);
      bytes.fill(0, rowsOf(stage)[1]?.place);
      writeFileSync(stage.file(DAY), bytes);
    };
    spoil();
    expect(damaged()).toEqual([]);
    await stage.explore.lines({ filter: {} });
    await stage.explore.close();
    expect(damaged()).toEqual([['a', DAY, DAY, 10]]);
    await restart();
    expect(damaged()).toEqual([['a', DAY, DAY, 10]]);
    writeFileSync(stage.file(DAY), good);
    await restart();
    expect(damaged()).toEqual([]);
    spoil();
    const again = stage.openExplore();
    await again.lines({ filter: {} });
    await again.close();
    expect(damaged()).toEqual([['a', DAY, DAY, 10]]);
    await stage.store.write([removeSegments(rowsOf(stage).slice(1))]);
    expect(damaged()).toEqual([]);
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
