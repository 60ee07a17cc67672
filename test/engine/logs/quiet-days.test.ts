import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantOf } from '../../../main/kernel/clock.ts';
import { Batch } from '../../../main/logs/ingest/batch.ts';
import { DayOf } from '../../../main/logs/ingest/day-of.ts';
import { Names } from '../../../main/logs/ingest/names.ts';
import type { LogRecord, PlacedSegment } from '../../../main/logs/pipeline-types.ts';
import {
  cutSegment,
  mergeSegments,
  planCompaction,
  planOldDays,
  planTails,
} from '../../../main/logs/segments/compact.ts';
import { decodeRecords } from '../../../main/logs/segments/decode-segment.ts';
import { encodeSegment } from '../../../main/logs/segments/encode-segment.ts';
import { partitionOf } from '../../../main/logs/segments/partition.ts';
import { SHARED_RECORDS } from '../../../main/logs/segments/segment-format.ts';
import {
  removeSegments,
  SEGMENT_COLUMNS,
  type SegmentRow,
  segmentStatement,
} from '../../../main/logs/segments/segment-rows.ts';
import { accountingOf } from '../../../main/logs/sources/accounting.ts';
import { NO_RULES } from '../../../main/logs/sources/create-sources.ts';
import { blocksOver, dropStatements } from '../../../main/logs/sources/expire.ts';
import { run, sql } from '../../../main/store/index.ts';
import { dayOf, stageExplore, ZONE } from './explore-stage.ts';

const DAY = 86_400_000;
/** when the days of these tests begin, and an instant after them */
const BEGIN = instantOf('2026-08-01', 0, ZONE);
const LATER = BEGIN + 150 * DAY;
const NONE: ReadonlySet<number> = new Set();

type Line = { readonly at: number; readonly text: string };
/** A store that is filled, tidied and emptied as ingest does it, step by step. */
async function stageStore(ids: readonly string[]) {
  const stage = await stageExplore();
  const { store, files } = stage;
  const names = new Names([]);
  const desk = {
    nextLine: 1,
    mine: () => ({ kind: 'matched' as const, template: 1 }),
    note: () => {},
    names,
    dayOf: new DayOf(ZONE),
  };
  await store.write(
    ids.map((id) =>
      run(sql`INSERT INTO log_sources (source_id, kind, path, rules, used, place, state, added_at)
        VALUES (${id}, 'file', ${`/${id}.log`}, ${JSON.stringify({ name: id, ...NO_RULES })}, '{}', '{}', 'following', 0)`),
    ),
  );
  const rows = (): SegmentRow[] =>
    store.read.all<SegmentRow>(sql`SELECT ${SEGMENT_COLUMNS} FROM log_segments ORDER BY segment_id`);
  /** One batch in one transaction. */
  const take = async (id: string, lines: readonly Line[], over = LATER): Promise<LogRecord[]> => {
    const batch = new Batch(desk, id);
    for (const { at, text } of lines)
      batch.record({
        ...{
          at,
          text,
          content: text,
          bytes: text.length + 1,
          atGuessed: false,
          level: 'info',
          service: 'web',
        },
        ...{ host: null, ending: 'lf', lines: 1, attributes: '', raw: null, head: null },
      });
    const blocks = batch
      .blocks(over)
      .map(({ partition, records }) =>
        files.append(encodeSegment({ sourceId: id, partition, encoding: 'utf-8', records })),
      );
    await store.write([
      ...names.takeNew(),
      ...blocks.map(segmentStatement),
      ...batch.statements(),
      run(sql`UPDATE log_sources SET lines = lines + ${lines.length}, templated = templated + ${lines.length},
        first_at = ${BEGIN}, last_at = ${LATER} WHERE source_id = ${id}`),
    ]);
    return [...batch.records];
  };
  const replace = async (gone: readonly SegmentRow[], placed: readonly PlacedSegment[]): Promise<void> => {
    if (!gone.length) return;
    await store.write([removeSegments(gone), ...placed.map(segmentStatement)]);
    files.free(gone);
  };
  const tidy = async (before = LATER): Promise<void> => {
    for (;;) {
      const crowded = planCompaction(store.read, NONE);
      const plans = crowded ? [crowded] : planOldDays(store.read, { before, left: NONE, most: 20 });
      if (!plans.length) return;
      for (const plan of plans) {
        const { placed, merged } = mergeSegments(files, plan, dayOf);
        if (!merged.length) return;
        await replace(merged, placed);
      }
    }
  };
  /** Merges what stands at the end of quiet logs. */
  const tidyTails = async (now: number, since = now - 2 * DAY): Promise<void> => {
    for (;;) {
      const plans = planTails(store.read, { since, now, left: NONE });
      if (!plans.length) return;
      for (const plan of plans) {
        const { placed, merged } = mergeSegments(files, plan, dayOf);
        await replace(merged, placed);
      }
    }
  };
  /** Drops what is before the instant, as far as that can be told. */
  const drop = async (oldest: number): Promise<void> => {
    for (const id of ids) {
      for (const row of blocksOver(store.read, id, oldest)) {
        const placed = cutSegment(files, row, { at: oldest, dayOf });
        if (placed) await replace([row], placed);
      }
      const before = rows();
      const statements = dropStatements(store.read, id, oldest);
      if (!statements.length) continue;
      await store.write(statements);
      const left = new Set(rows().map((row) => row.segmentId));
      files.free(before.filter((row) => !left.has(row.segmentId)));
    }
  };
  const accounting = () =>
    accountingOf(store.read, {
      standing: () => ({ state: undefined, trouble: null, copiedAt: null }),
      keepDays: 90,
      zone: ZONE,
    });
  return { ...stage, rows, take, tidy, tidyTails, drop, accounting };
}
type Staged = Awaited<ReturnType<typeof stageStore>>;

const folder = (stage: Staged): string => path.join(stage.dir, 'log-segments');
const filesOf = (stage: Staged): string[] =>
  existsSync(folder(stage)) ? readdirSync(folder(stage)).sort() : [];
/** What each block is filed under is what its lines say, and no file is there without a block. */
function expectFiled(stage: Staged): void {
  const rows = stage.rows();
  for (const row of rows) expect(row.partition).toBe(partitionOf(dayOf(row.minAt), dayOf(row.maxAt)));
  expect(filesOf(stage)).toEqual([...new Set(rows.map((row) => `${row.partition}.seg`))].sort());
}
/** What templates have, which the accounting takes, is what minutes and hours come to. */
function expectOneSum({ store }: Staged): void {
  const sums = ['log_minutes', 'log_hours', 'log_hour_totals', 'log_template_counts'].map((table) =>
    store.read.all({
      text: `SELECT source_id, sum(lines) AS lines FROM ${table} GROUP BY source_id ORDER BY source_id`,
      values: [],
    }),
  );
  expect(sums).toEqual([sums[0], sums[0], sums[0], sums[0]]);
  const [own, kept] = [
    'SELECT hour, source_id, service, level, sum(lines) AS lines FROM log_hours GROUP BY hour, service, level, source_id ORDER BY 1, 3, 4, 2',
    'SELECT hour, source_id, service, level, lines FROM log_hour_totals ORDER BY 1, 3, 4, 2',
  ].map((text) => store.read.all({ text, values: [] }));
  expect(kept).toEqual(own);
}
const daily = (days: number, perDay: number, from = 0): Line[] =>
  Array.from({ length: days * perDay }, (_, i) => ({
    at: BEGIN + (from + Math.floor(i / perDay)) * DAY + (i % perDay) * 10_000,
    text: `job ${i} of day ${from + Math.floor(i / perDay)} done`,
  }));

test('lines of many days, written, merged, cut and dropped in any order: every line once as it was, the sums exact, pages the same', async () => {
  const line = fc.record({
    source: fc.constantFrom('a', 'b'),
    // most days have few lines or none, a few have many
    day: fc.oneof(fc.nat({ max: 119 }), fc.constantFrom(3, 40, 41, 90)),
    ms: fc.oneof(fc.nat({ max: DAY - 1 }), fc.constantFrom(0, DAY - 1)),
    word: fc.constantFrom('保存', 'timeout after 15 s', 'job'),
  });
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ lines: fc.array(line, { minLength: 1, maxLength: 60 }) }) },
    { weight: 2, arbitrary: fc.constantFrom('tidy' as const, 'tails' as const) },
    { weight: 2, arbitrary: fc.record({ oldest: fc.nat({ max: 130 }) }) },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 6, maxLength: 14 }),
      fc.integer({ min: 1, max: 40 }),
      async (steps, limit) => {
        const stage = await stageStore(['a', 'b']);
        let kept: { source: string; record: LogRecord }[] = [];
        let taken = 0;
        for (const now of steps) {
          if (now === 'tidy') await stage.tidy();
          else if (now === 'tails') await stage.tidyTails(LATER, BEGIN);
          else if ('oldest' in now) {
            const oldest = BEGIN + now.oldest * DAY;
            await stage.drop(oldest);
            kept = kept.filter(({ record }) => record.at >= oldest);
          } else
            for (const [source, lines] of Map.groupBy(now.lines, (l) => l.source)) {
              const drawn = lines.map(({ day, ms, word }, i) => ({
                at: BEGIN + day * DAY + ms,
                text: `${word} ${taken + i}`,
              }));
              taken += drawn.length;
              for (const record of await stage.take(source, drawn)) kept.push({ source, record });
            }
          expectFiled(stage);
          expectOneSum(stage);
          const sum = stage.accounting();
          expect([sum.addsUp, sum.lines, sum.expired]).toEqual([true, taken, taken - kept.length]);
        }
        const byTime = kept.map(({ record }) => record).sort((a, b) => a.at - b.at || a.id - b.id);
        for (const source of ['a', 'b'])
          expect(
            stage
              .rows()
              .filter((row) => row.sourceId === source)
              .flatMap((row) => decodeRecords(stage.files.read(row), row.checksum))
              .sort((a, b) => a.id - b.id),
          ).toEqual(
            kept
              .filter((k) => k.source === source)
              .map((k) => k.record)
              .sort((a, b) => a.id - b.id),
          );
        const pagesOf = async (order: 'oldest' | 'newest'): Promise<number[]> => {
          const ids: number[] = [];
          for (let after: string | undefined; ; ) {
            const page = await stage.explore.lines({ filter: {}, order, limit, after });
            ids.push(...page.lines.map((l) => l.id));
            if (page.next === null) return ids;
            after = page.next;
          }
        };
        expect(await pagesOf('oldest')).toEqual(byTime.map((r) => r.id));
        expect(await pagesOf('newest')).toEqual(byTime.map((r) => r.id).toReversed());
        const some = byTime[Math.floor(byTime.length / 2)];
        if (some) {
          const own = kept.find((k) => k.record === some)?.source;
          const around = kept
            .filter((k) => k.source === own)
            .map((k) => k.record.id)
            .sort((a, b) => a - b);
          const place = around.indexOf(some.id);
          const found = await stage.explore.context({ id: some.id, before: 3, after: 3 });
          expect(found.map((l) => l.id)).toEqual(around.slice(Math.max(0, place - 3), place + 4));
        }
        await stage.explore.close();
      },
    ),
    { numRuns: 15 },
  );
}, 120_000);

test('an import of a quiet log is one block, a busy day stays by itself, and what is not over yet by days', async () => {
  const stage = await stageStore(['a']);
  await stage.take('a', daily(100, 7));
  expect(stage.rows().map((r) => [r.partition, r.records])).toEqual([['2026-08', 700]]);
  await stage.take('a', [...daily(3, 20, 100), ...daily(1, SHARED_RECORDS + 1, 103), ...daily(2, 20, 104)]);
  expect(
    stage
      .rows()
      .slice(1)
      .map((r) => [r.partition, r.records]),
  ).toEqual([
    ['2026-11', 60],
    ['2026-11-12', SHARED_RECORDS + 1],
    ['2026-11', 40],
  ]);
  await stage.take('a', daily(3, 5, 110), BEGIN + 111 * DAY);
  expect(
    stage
      .rows()
      .slice(4)
      .map((r) => r.partition),
  ).toEqual(['2026-11-19', '2026-11-20', '2026-11-21']);
  expectFiled(stage);
});

test('days that come one by one end as few blocks, each line rewritten a few times, and days not over are left', async () => {
  const stage = await stageStore(['a']);
  for (let day = 0; day < 60; day++) {
    await stage.take('a', daily(1, 10, day), BEGIN + (day - 1) * DAY);
    await stage.tidy(BEGIN + (day - 1) * DAY);
  }
  const rows = stage.rows().sort((a, b) => a.minAt - b.minAt);
  expect(rows.length).toBeLessThan(8);
  expect(rows.slice(-2).map((r) => [r.partition, r.records])).toEqual([
    ['2026-09-28', 10],
    ['2026-09-29', 10],
  ]);
  expectFiled(stage);
});

test('a quiet log that is followed line by line stands in one block and a little beside it, on the day itself too', async () => {
  const stage = await stageStore(['a', 'b']);
  const kept: LogRecord[] = [];
  for (let day = 0; day < 20; day++)
    for (const line of daily(1, 6, day)) {
      kept.push(...(await stage.take('a', [line], BEGIN)));
      if (day % 10 === 0) await stage.take('b', [line], BEGIN);
      const now = line.at + 6000;
      await stage.tidyTails(now);
      if (day < 4) continue; // so little takes no days to come
      const bytes = stage.rows().flatMap((row) => (row.sourceId === 'a' ? [row.bytes] : []));
      const largest = Math.max(...bytes);
      expect(bytes.reduce((sum, b) => sum + b, 0) - largest).toBeLessThan(largest / 8);
    }
  expectFiled(stage);
  expect(
    stage
      .rows()
      .filter((row) => row.sourceId === 'a')
      .flatMap((row) => decodeRecords(stage.files.read(row), row.checksum))
      .sort((a, b) => a.id - b.id),
  ).toEqual(kept);
  expect(stage.accounting()).toMatchObject({ addsUp: true, lines: kept.length + 12 });
}, 60_000);

test('the end of a log that fills blocks within days is left to those of like size, however it began', async () => {
  const stage = await stageStore(['a']);
  await stage.take('a', daily(40, 10), BEGIN);
  await stage.tidy();
  await stage.take('a', daily(1, 1500, 40), BEGIN);
  const now = BEGIN + 41 * DAY;
  await stage.tidyTails(now);
  expect(stage.rows().map((row) => row.records)).toEqual([1900]);
  for (let i = 0; i < 5; i++) await stage.take('a', daily(1, 300, 41).slice(60 * i, 60 * i + 60), BEGIN);
  await stage.tidyTails(now + DAY / 8);
  expect(stage.rows().map((row) => row.records)).toEqual([1900, 60, 60, 60, 60, 60]);
});

test('a busy day’s small blocks are merged with each other and with no other day’s', async () => {
  const stage = await stageStore(['a']);
  await stage.take('a', daily(2, 30, 0));
  await stage.take('a', daily(1, SHARED_RECORDS + 1, 2));
  for (let i = 0; i < 3; i++) await stage.take('a', daily(1, 40, 2));
  await stage.take('a', daily(2, 30, 3));
  await stage.tidy();
  expect(
    stage
      .rows()
      .map((r) => [r.partition, r.records])
      .sort(),
  ).toEqual([
    ['2026-08', 60],
    ['2026-08', 60],
    ['2026-08-03', 120],
    ['2026-08-03', SHARED_RECORDS + 1],
  ]);
});

test('a damaged block over the time to live stays until all of it is old; nothing is counted twice or lost', async () => {
  const stage = await stageStore(['a', 'b']);
  await stage.take('a', daily(10, 4));
  await stage.take('a', daily(50, 4, 10));
  await stage.take('b', daily(60, 4));
  const [, damaged] = stage.rows();
  const file = path.join(folder(stage), '2026-08.seg');
  const bytes = readFileSync(file);
  bytes.fill(0, damaged?.place, (damaged?.place ?? 0) + 30);
  writeFileSync(file, bytes);
  await stage.explore.lines({ filter: {} });
  await stage.explore.close();
  const told = () => {
    const { addsUp, expired, storedTemplated, damaged } = stage.accounting();
    return {
      addsUp,
      expired,
      storedTemplated,
      damaged: damaged.map((d) => [d.firstDay, d.lastDay, d.lines]),
    };
  };
  await stage.drop(BEGIN + 30 * DAY);
  expect(told()).toEqual({
    addsUp: true,
    // ten days of a's whole block, 30 of b's, which was cut
    expired: 10 * 4 + 30 * 4,
    storedTemplated: 50 * 4 + 30 * 4,
    damaged: [['2026-08-11', '2026-09-29', 200]],
  });
  await stage.drop(BEGIN + 60 * DAY);
  expect(told()).toEqual({ addsUp: true, expired: 480, storedTemplated: 0, damaged: [] });
  expect(filesOf(stage)).toEqual([]);
});

test('what came while it was planned what to drop is neither lost nor miscounted: it is not dropped this time', async () => {
  const stage = await stageStore(['a']);
  await stage.take('a', daily(5, 4));
  const oldest = BEGIN + 10 * DAY;
  const planned = dropStatements(stage.store.read, 'a', oldest);
  // an old file is read: one block before and after the instant
  await stage.take('a', daily(10, 4, 5));
  await expect(stage.store.write(planned)).rejects.toMatchObject({ code: 'store.refused' });
  expect(stage.accounting()).toMatchObject({ addsUp: true, expired: 0, storedTemplated: 60 });
  await stage.drop(oldest);
  expect(stage.accounting()).toMatchObject({ addsUp: true, expired: 40, storedTemplated: 20 });
});

test('blocks in other encodings are merged with their like alone', async () => {
  const stage = await stageStore(['a']);
  const record = (i: number): LogRecord => ({
    ...{ id: i, at: BEGIN + i * DAY, atGuessed: false, level: null, service: null, host: null, template: 1 },
    ...{ text: `行 ${i}`, ending: 'lf', lines: 1, attributes: '', raw: null },
  });
  for (let i = 0; i < 6; i++) {
    const encoding = i % 2 ? 'shift_jis' : 'utf-8';
    const partition = dayOf(record(i).at);
    const block = encodeSegment({ sourceId: 'a', partition, encoding, records: [record(i)] });
    await stage.store.write([segmentStatement(stage.files.append(block))]);
  }
  const [plan = []] = planOldDays(stage.store.read, { before: LATER, left: NONE, most: 1 });
  const { placed, merged } = mergeSegments(stage.files, plan, dayOf);
  expect([merged.length, placed.map((p) => p.records)]).toEqual([6, [3, 3]]);
});
