import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantOf } from '../../../main/kernel/clock.ts';
import { Batch } from '../../../main/logs/ingest/batch.ts';
import { Names } from '../../../main/logs/ingest/names.ts';
import { accountingOf } from '../../../main/logs/manage/accounting.ts';
import { NO_RULES } from '../../../main/logs/manage/check-rules.ts';
import { recordsOf } from '../../../main/logs/store/block-cache.ts';
import { sweepFiles, writeBlock } from '../../../main/logs/store/block-files.ts';
import {
  type BlockRow,
  blockStatement,
  removeBlocks,
  usedFiles,
} from '../../../main/logs/store/block-rows.ts';
import { encodeBlock } from '../../../main/logs/store/encode-block.ts';
import type { LogRecord } from '../../../main/logs/store/records.ts';
import { blocksOver, dropStatements } from '../../../main/logs/store/retention.ts';
import { cutBlock } from '../../../main/logs/store/rewrite.ts';
import { readTail, tailStatements, untailStatements } from '../../../main/logs/store/tail.ts';
import { run, sql } from '../../../main/store/index.ts';
import { stageExplore, ZONE } from './explore-stage.ts';

const DAY = 86_400_000;
/** when the days of these tests begin, and an instant after them */
const BEGIN = instantOf('2026-08-01', 0, ZONE);
const LATER = BEGIN + 150 * DAY;

type Line = { readonly at: number; readonly text: string };
/** A store that is filled and emptied as ingest does it, step by step; batches of `most` lines are blocks at once. */
async function stageStore(ids: readonly string[], most = 1000) {
  const stage = await stageExplore();
  const { dir, store } = stage;
  const from = { dataDir: dir, read: store.read };
  const names = new Names([]);
  const mining = {
    nextLine: 1,
    mine: () => ({ kind: 'matched' as const, template: 1 }),
    note: () => {},
    names,
  };
  await store.write(
    ids.map((id) =>
      run(sql`INSERT INTO log_sources (source_id, kind, path, rules, used, place, state, added_at)
        VALUES (${id}, 'file', ${`/${id}.log`}, ${JSON.stringify({ name: id, ...NO_RULES })}, '{}', '{}', 'following', 0)`),
    ),
  );
  /** One batch in one transaction. */
  const take = async (id: string, lines: readonly Line[]): Promise<LogRecord[]> => {
    const batch = new Batch(mining, id, most);
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
    const blocks = batch.blocks().map((records) => encodeBlock({ sourceId: id, encoding: 'utf-8', records }));
    await store.write([
      ...names.takeNew(),
      ...blocks.map((block) => blockStatement(writeBlock(dir, block))),
      ...(blocks.length ? [] : tailStatements(id, 'utf-8', batch.records)),
      ...batch.statements(),
      run(sql`UPDATE log_sources SET lines = lines + ${lines.length}, templated = templated + ${lines.length},
        first_at = ${BEGIN}, last_at = ${LATER} WHERE source_id = ${id}`),
    ]);
    return [...batch.records];
  };
  /** The oldest lines of each tail become a block. */
  const seal = async (): Promise<void> => {
    for (const id of ids) {
      const records = readTail(store.read, { sourceId: id, most: 50 }).map((t) => t.record);
      const upTo = records.at(-1)?.id;
      if (upTo === undefined) continue;
      const placed = writeBlock(dir, encodeBlock({ sourceId: id, encoding: 'utf-8', records }));
      await store.write([
        ...untailStatements(id, { upTo, encoding: 'utf-8', records: records.length }),
        blockStatement(placed),
      ]);
    }
  };
  /** Drops what is before the instant, as far as that can be told. */
  const drop = async (oldest: number): Promise<void> => {
    for (const id of ids) {
      for (const row of blocksOver(store.read, id, oldest)) {
        const placed = cutBlock(from, row, oldest);
        if (placed) await store.write([removeBlocks([row]), ...placed.map(blockStatement)]);
      }
      const statements = dropStatements(store.read, id, oldest);
      if (statements.length) await store.write(statements);
    }
    sweepFiles(dir, usedFiles(store.read));
  };
  const recordsIn = (id: string): LogRecord[] =>
    stage
      .rows()
      .filter((row) => row.sourceId === id)
      .flatMap((row) => recordsOf(from, row).flatMap((part) => part.records))
      .sort((x, y) => x.id - y.id);
  const accounting = () =>
    accountingOf(store.read, {
      standing: () => ({ state: undefined, trouble: null, copiedAt: null }),
      keepDays: 90,
      dataDir: dir,
      now: 0,
      zone: ZONE,
    });
  return { ...stage, take, seal, drop, recordsIn, accounting };
}
type Staged = Awaited<ReturnType<typeof stageStore>>;

const filesOf = ({ dir }: Staged): string[] =>
  readdirSync(dir).includes('log-blocks') ? readdirSync(path.join(dir, 'log-blocks')).sort() : [];
const fileOf = (row: BlockRow): string[] => (row.file === null ? [] : [path.basename(row.file)]);
/** A source's tail has one piece at most that grows, and each file is there once, with its block. */
function expectFiled(stage: Staged): void {
  const rows = stage.rows();
  const tails = rows.filter((row) => row.file === null && row.records < 512).map((row) => row.sourceId);
  expect(tails).toEqual([...new Set(tails)]);
  expect(filesOf(stage)).toEqual(rows.flatMap(fileOf).sort());
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

test('lines of many days, written, sealed, cut and dropped in any order: every line once as it was, the sums exact, pages the same', async () => {
  const line = fc.record({
    source: fc.constantFrom('a', 'b'),
    // most days have few lines or none, a few have many
    day: fc.oneof(fc.nat({ max: 119 }), fc.constantFrom(3, 40, 41, 90)),
    ms: fc.oneof(fc.nat({ max: DAY - 1 }), fc.constantFrom(0, DAY - 1)),
    word: fc.constantFrom('保存', 'timeout after 15 s', 'job'),
  });
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ lines: fc.array(line, { minLength: 1, maxLength: 60 }) }) },
    { weight: 2, arbitrary: fc.constant('seal' as const) },
    { weight: 2, arbitrary: fc.record({ oldest: fc.nat({ max: 130 }) }) },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 6, maxLength: 14 }),
      fc.integer({ min: 1, max: 40 }),
      async (steps, limit) => {
        const stage = await stageStore(['a', 'b'], 30);
        let kept: { source: string; record: LogRecord }[] = [];
        let taken = 0;
        for (const now of steps) {
          if (now === 'seal') await stage.seal();
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
          expect(stage.recordsIn(source)).toEqual(
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
});

test('a damaged block over the time to live stays until all of it is old; nothing is counted twice or lost', async () => {
  const stage = await stageStore(['a', 'b'], 4);
  await stage.take('a', daily(10, 4));
  await stage.take('a', daily(50, 4, 10));
  await stage.take('b', daily(60, 4));
  const bytes = readFileSync(stage.file(1));
  bytes.fill(0, 0, 30);
  writeFileSync(stage.file(1), bytes);
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
  const stage = await stageStore(['a'], 4);
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

test('a tail over the time to live loses its old lines and keeps the others, without a block', async () => {
  const stage = await stageStore(['a']);
  await stage.take('a', daily(10, 4));
  await stage.drop(BEGIN + 4 * DAY);
  expect(stage.accounting()).toMatchObject({ addsUp: true, expired: 16, storedTemplated: 24 });
  expect(stage.rows().map((row) => [row.file, row.records, row.minAt])).toEqual([
    [null, 24, BEGIN + 4 * DAY],
  ]);
  await stage.drop(BEGIN + 10 * DAY);
  expect(stage.accounting()).toMatchObject({ addsUp: true, expired: 40, storedTemplated: 0 });
  expect(stage.rows()).toEqual([]);
});
