import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { Cancelled } from '../../../main/kernel/errors.ts';
import { LineFilter } from '../../../main/logs/contract/logs.ts';
import { NOW, recordOf, type StagedLine, stageExplore } from './explore-stage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const drawn = fc.array(
  fc.record({
    at: fc.integer({ min: NOW - 40 * HOUR, max: NOW }),
    level: fc.constantFrom(null, 'info' as const, 'error' as const),
    service: fc.constantFrom(null, 'web', 'db'),
    template: fc.integer({ min: 1, max: 5 }),
    lines: fc.integer({ min: 1, max: 4 }),
  }),
  { minLength: 1, maxLength: 60 },
);

describe('counts', () => {
  it('are told for any instant a filter may name; what no calendar reaches is refused', async () => {
    const { explore, put } = await stageExplore();
    await put('a', [{ id: 1, at: NOW, text: 'x' }]);
    const [least, most] = [-8.64e15, 8.64e15].map((end) => end - Math.sign(end) * 366 * 24 * HOUR);
    for (const buckets of [1, 60]) {
      const totals = [{ from: least, to: most }, { from: most }, { to: least }].map(
        (given) => explore.counts({ filter: LineFilter.parse(given), by: 'level', buckets }).total,
      );
      expect(totals).toEqual([1, 0, 0]);
    }
    expect(LineFilter.safeParse({ from: 8.64e15 }).success).toBe(false);
    expect(LineFilter.safeParse({ to: Number.MIN_SAFE_INTEGER }).success).toBe(false);
  });

  it('are those of the lines, whatever the span, the buckets and the filter', async () => {
    const { explore, put, store, merged } = await stageExplore();
    merged.set(4, 2);
    let id = 1;
    const clear = ['log_blocks', 'log_tail', 'log_minutes', 'log_hours', 'log_template_counts'].map(
      (table) => ({
        text: `DELETE FROM ${table}`,
        rows: [[]],
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        drawn,
        fc.integer({ min: 0, max: 40 * 60 }),
        fc.integer({ min: 1, max: 40 * 60 }),
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom('level' as const, 'service' as const, 'template' as const, 'source' as const),
        fc.record(
          {
            services: fc.subarray(['web', '']),
            levels: fc.subarray(['error' as const, '' as const]),
            templates: fc.subarray([2, 3]),
            notTemplates: fc.subarray([1, 2]),
            sources: fc.subarray(['a', 'b']),
          },
          { requiredKeys: [] },
        ),
        async (cells, back, minutes, buckets, by, filter: LineFilter) => {
          await store.write(clear);
          const lines = cells.map((cell): StagedLine => ({ ...cell, id: id++, text: 'x' }));
          const halves = { a: lines.filter((l) => l.id % 2), b: lines.filter((l) => l.id % 2 === 0) };
          await put('a', halves.a);
          await put('b', halves.b);
          const from = NOW - back * MINUTE;
          const to = from + minutes * MINUTE;
          const counts = explore.counts({ filter: { ...filter, from, to }, by, buckets });
          const now = (template: number): number => (template === 4 ? 2 : template);
          const expected = new Map<string, number[]>();
          for (const [source, list] of Object.entries(halves))
            for (const r of list.map(recordOf)) {
              const { templates, notTemplates } = filter;
              if (r.at < from || r.at >= to) continue;
              if (filter.sources && !filter.sources.includes(source)) continue;
              if (filter.services && !filter.services.includes(r.service ?? '')) continue;
              if (filter.levels && !filter.levels.includes(r.level ?? '')) continue;
              if (templates && !templates.includes(now(r.template))) continue;
              if (notTemplates?.includes(now(r.template))) continue;
              const key = {
                level: r.level ?? '',
                service: r.service ?? '',
                template: String(now(r.template)),
                source,
              }[by];
              const row = expected.get(key) ?? counts.series[0]?.counts.map(() => 0) ?? [];
              const bucket = Math.floor((r.at - counts.from) / counts.bucketMs);
              row[bucket] = (row[bucket] ?? 0) + r.lines;
              expected.set(key, row);
            }
          expect(new Map(counts.series.map((s) => [s.key, s.counts]))).toEqual(expected);
          expect(counts.total).toBe([...expected.values()].flat().reduce((a, b) => a + b, 0));
          expect(counts.series[0]?.counts.length ?? 1).toBeLessThanOrEqual(buckets);
          expect(counts.from).toBeLessThanOrEqual(from);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('of all time are the same as those of a span that holds everything, and read no hours', async () => {
    const { explore, put, store, merged } = await stageExplore();
    merged.set(4, 2);
    await put(
      'a',
      Array.from({ length: 60 }, (_, i) => ({
        id: i + 1,
        at: NOW - i * 35 * MINUTE,
        text: 'x',
        template: 1 + (i % 5),
        service: i % 3 ? 'web' : 'db',
        level: i % 7 ? ('info' as const) : ('error' as const),
      })),
    );
    const all = { from: NOW - 60 * HOUR, to: NOW + HOUR };
    for (const filter of [{}, { services: ['db'] }, { levels: ['error' as const] }, { templates: [2] }])
      for (const by of ['level', 'service', 'template', 'source'] as const) {
        const within = explore.counts({ filter: { ...filter, ...all }, by, buckets: 12 });
        const asked = vi.spyOn(store.read, 'all');
        for (const span of [{}, all])
          expect(
            explore.counts({ filter: { ...filter, ...span }, by }).series.map((s) => [s.key, s.total]),
          ).toEqual(within.series.map((s) => [s.key, s.total]));
        expect(asked.mock.calls.some(([query]) => query.text.includes('log_hour'))).toBe(false);
        asked.mockRestore();
      }
  });
  it('read no templates’ hours where none is asked for', async () => {
    const { explore, put, store } = await stageExplore();
    await put(
      'a',
      Array.from({ length: 50 }, (_, i) => ({ id: i + 1, at: NOW - i * HOUR, text: 'x', template: 1 + i })),
    );
    const span = { from: NOW - 30 * HOUR, to: NOW + HOUR };
    const tables = (filter: LineFilter, by: 'level' | 'template'): string[] => {
      const asked = vi.spyOn(store.read, 'all');
      expect(explore.counts({ filter: { ...filter, ...span }, by, buckets: 10 }).total).toBeGreaterThan(0);
      const texts = asked.mock.calls.map(([query]) => query.text).join(' ');
      asked.mockRestore();
      return ['log_hours', 'log_hour_totals'].filter((table) => texts.includes(table));
    };
    expect(tables({}, 'level')).toEqual(['log_hour_totals']);
    expect(tables({}, 'template')).toEqual(['log_hours']);
    expect(tables({ notTemplates: [1] }, 'level')).toEqual(['log_hours']);
  });
  it('begin at the site’s midnight when a bucket is a day', async () => {
    const { explore, put } = await stageExplore();
    await put('a', [
      { id: 1, at: NOW, text: 'x' },
      { id: 2, at: NOW - 3 * 24 * HOUR, text: 'y' },
    ]);
    const counts = explore.counts({ filter: {}, by: 'level', buckets: 5 });
    expect(counts).toMatchObject({ bucketMs: 24 * HOUR, exact: true, total: 2 });
    expect(new Date(counts.from).toISOString()).toBe('2026-11-17T15:00:00.000Z');
  });
  it('say when the filter asks what roll-ups do not know', async () => {
    const { explore } = await stageExplore();
    expect(explore.counts({ filter: { text: 'a' }, by: 'level' }).exact).toBe(false);
    expect(explore.counts({ filter: { text: ' ' }, by: 'level' })).toMatchObject({
      exact: true,
      total: 0,
      series: [],
    });
  });
  it('cell by cell follow merges and come in order of time', async () => {
    const { explore, put, merged } = await stageExplore();
    const at = NOW - (NOW % MINUTE);
    await put('a', [
      { id: 1, at, text: 'x', template: 1 },
      { id: 2, at: at + 10, text: 'y', template: 2, lines: 3 },
      { id: 5, at: at + MINUTE, text: 'z', template: 2, service: null, level: null },
    ]);
    merged.set(2, 1);
    expect([...explore.minutes({ from: at, to: at + 2 * MINUTE })]).toEqual([
      { at, sourceId: 'a', service: 'web', level: 'info', template: 1, lines: 4 },
      { at: at + MINUTE, sourceId: 'a', service: '', level: null, template: 1, lines: 1 },
    ]);
    expect([...explore.minutes({ from: at, to: at + 1, unit: 'hour' })].map((c) => c.lines)).toEqual([4, 1]);
  });
});

describe('counts of what words, expressions, values and marks find', () => {
  const last = async <T>(parts: AsyncIterable<T>): Promise<T | undefined> => {
    let latest: T | undefined;
    for await (const part of parts) latest = part;
    return latest;
  };
  const spoken = fc.array(
    fc.record({
      at: fc.integer({ min: NOW - 40 * HOUR, max: NOW }),
      level: fc.constantFrom(null, 'info' as const, 'error' as const),
      template: fc.integer({ min: 1, max: 5 }),
      lines: fc.integer({ min: 1, max: 4 }),
      text: fc.constantFrom('ＤＢ timeout 12 ms', 'db ok', 'タイムアウト 12', 'retry 7 of 12'),
    }),
    { minLength: 1, maxLength: 60 },
  );
  const asked: readonly (readonly [LineFilter, (text: string) => boolean])[] = [
    [{ text: 'DB' }, (text) => /db|ＤＢ/.test(text)],
    [{ text: '12 -timeout' }, (text) => / 12/.test(text) && !text.includes('timeout')],
    [{ regex: '^retry \\d' }, (text) => text.startsWith('retry')],
    [{ text: 'absent' }, () => false],
  ];

  it('are those of the lines, in the buckets of the roll-ups, and exact in the end', async () => {
    const { explore, put, store, merged } = await stageExplore();
    merged.set(4, 2);
    let id = 1;
    await fc.assert(
      fc.asyncProperty(
        spoken,
        fc.integer({ min: 1, max: 40 * 60 }),
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom(...asked),
        fc.integer({ min: 1, max: 9 }),
        async (cells, back, buckets, [filter, says], size) => {
          await store.write(
            ['log_blocks', 'log_tail', 'log_minutes', 'log_hours', 'log_template_counts'].map((table) => ({
              text: `DELETE FROM ${table}`,
              rows: [[]],
            })),
          );
          const lines = cells.map((cell): StagedLine => ({ ...cell, id: id++ }));
          await put('a', lines, size);
          const range = { from: NOW - back * MINUTE, to: NOW };
          const q = { filter: { ...filter, ...range }, buckets };
          const found = await last(explore.countFound(q));
          const before = explore.counts({ ...q, by: 'level' });
          const level = new Map<string, number[]>();
          const template = new Map<string, number>();
          for (const r of lines.map(recordOf)) {
            if (r.at < range.from || r.at >= range.to || !says(r.text)) continue;
            const width = before.series[0]?.counts.length ?? 0;
            const counts = level.get(r.level ?? '') ?? new Array<number>(width).fill(0);
            const bucket = Math.floor((r.at - before.from) / before.bucketMs);
            counts[bucket] = (counts[bucket] ?? 0) + r.lines;
            level.set(r.level ?? '', counts);
            const now = String(r.template === 4 ? 2 : r.template);
            template.set(now, (template.get(now) ?? 0) + r.lines);
          }
          expect(found?.byLevel).toMatchObject({
            from: before.from,
            bucketMs: before.bucketMs,
            exact: true,
            total: [...template.values()].reduce((a, b) => a + b, 0),
          });
          expect(new Map(found?.byLevel.series.map((s) => [s.key, s.counts]))).toEqual(level);
          expect(new Map(found?.byTemplate.series.map((s) => [s.key, s.total]))).toEqual(template);
        },
      ),
      { numRuns: 80 },
    );
  });

  it('can be had of marked lines, and of none', async () => {
    const { explore, put } = await stageExplore();
    await put('a', [
      { id: 1, at: NOW - 5, text: 'one', lines: 3 },
      { id: 2, at: NOW - 4, text: 'two' },
    ]);
    expect((await last(explore.countFound({ filter: { bookmarked: true } })))?.byLevel).toMatchObject({
      total: 0,
      exact: true,
    });
    await explore.bookmark(1, true, null);
    expect((await last(explore.countFound({ filter: { bookmarked: true } })))?.byLevel.total).toBe(3);
  });

  it('are stopped by who asked, and refuse what is no expression', async () => {
    const { explore, put } = await stageExplore();
    await put('a', [{ id: 1, at: NOW - 5, text: 'one' }]);
    const stop = new AbortController();
    stop.abort();
    await expect(last(explore.countFound({ filter: { text: 'one' }, signal: stop.signal }))).rejects.toThrow(
      Cancelled,
    );
    expect(() => explore.countFound({ filter: { regex: '(a' } })).toThrow(
      expect.objectContaining({ code: 'logs.bad-regex' }),
    );
  });

  it('leave out what does not read any more, whole, and say so: they are not exact then', async () => {
    const { explore, put, file } = await stageExplore();
    await put('a', [{ id: 1, at: NOW - 5, text: 'one' }], 1);
    await put('a', [{ id: 2, at: NOW - 4, text: 'one' }], 1);
    const whole = readFileSync(file(1));
    whole[whole.length - 3] = (whole[whole.length - 3] ?? 0) ^ 0xff;
    writeFileSync(file(1), whole);
    const day = '2026-11-21';
    const block = { sourceId: 'a', firstDay: day, lastDay: day, lines: 1 };
    // when it is met, and when it is known
    for (const of of [2, 1]) {
      const found = await last(explore.countFound({ filter: { text: 'one' } }));
      expect(found).toMatchObject({
        byLevel: { total: 1, exact: false },
        byTemplate: { total: 1, exact: false },
        searched: { segments: of, of },
        leftOut: [block],
      });
    }
    // where it cannot hold what is asked for, the count is exact
    expect(await last(explore.countFound({ filter: { text: 'one', sources: ['b'] } }))).toMatchObject({
      byLevel: { total: 0, exact: true },
      leftOut: [],
    });
  });
});
