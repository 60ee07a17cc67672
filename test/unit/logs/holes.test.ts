import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Miner } from '../../../main/logs/index.ts';
import { holesOf } from '../../../main/logs/templates/align-holes.ts';
import { HoleSketches, RECORDS } from '../../../main/logs/templates/hole-sketches.ts';
import { mergeSketches, type StoredSketch } from '../../../main/logs/templates/keep-sketches.ts';
import { readQuantity } from '../../../main/logs/templates/read-quantity.ts';
import { ValueSketch } from '../../../main/logs/templates/value-sketch.ts';
import { hasLoghub, LOGHUB_SYSTEMS, loghub } from '../../helpers/grouping.ts';
import { contentsOf } from '../../helpers/parsed-lines.ts';
import { drawFrom, linesOf, STYLES } from './styles.ts';

/** The values found in a raw line whose content is the last of the `contents` mined. */
function values(contents: readonly string[], raw?: string): string[] {
  const miner = new Miner();
  const ids = contents.map((content) => miner.add(content).template);
  const line = raw ?? contents.at(-1) ?? '';
  return holesOf(miner.partsOf(ids.at(-1) ?? 1), line).map(([start, end]) => line.slice(start, end));
}

describe('where values stand in a raw line', () => {
  test('after a header of any kind', () => {
    const content = 'took 31 ms for page 7 of /a/b';
    for (const header of [
      '',
      '2026-11-21 14:03:05,120 INFO [main] com.example.Main: ',
      '<34>1 2026-11-21T14:03:05Z host app 12 - - ',
      '081109 203615 148 INFO dfs.DataNode: ',
    ])
      expect(values([content], header + content)).toEqual(['31 ms', '7', '/a/b']);
  });
  test('several words in a hole, lists, quotes, quantities', () => {
    expect(values(['delete blk_1 blk_2, blk_3 from it'])).toEqual(['blk_1 blk_2, blk_3']);
    expect(values(['name="A B" sent 10547 bytes (10.2 KB)'])).toEqual(['"A B"', '10547 bytes (10.2 KB)']);
    expect(values(['open "x 1" now'])).toEqual(['x 1']);
  });
  test('Japanese without spaces', () => {
    expect(values(['拠点「札幌」の残件が１２３件を超えました'])).toEqual(['札幌', '１２３']);
    const raw = '2026-11-21 14:03:05 [警告] 担当者 佐藤 がログアウトしました';
    const names = ['田中', '鈴木', '佐藤'].map((name) => `担当者 ${name} がログアウトしました`);
    expect(values(names, raw)).toEqual(['佐藤']);
  });
  test('a line read before the template was widened has its value too', () => {
    const miner = new Miner();
    const line = (user: string) => `session opened for user ${user} again`;
    for (const user of ['alice', 'bob']) miner.add(line(user));
    const raw = `Nov 21 14:03:05 host sshd[12]: ${line('alice')}`;
    expect(holesOf(miner.partsOf(1), raw).map(([s, e]) => raw.slice(s, e))).toEqual(['alice']);
  });
  test('only the first of joined lines has values; what is not there has end 0', () => {
    expect(values(['job 7 failed'], 'ERROR job 7 failed\n\tat a.B.c(D.java:14)')).toEqual(['7']);
    const miner = new Miner();
    miner.add('job 7 failed');
    expect(holesOf(miner.partsOf(1), 'something else')).toEqual([[0, 0]]);
  });
  test('inside JSON the words between the holes are searched for', () => {
    expect(
      values(
        ['job 7 of "a" failed after 31 ms'],
        '{"level":"error","msg":"job 7 of \\"a\\" failed after 31 ms"}',
      ).at(0),
    ).toBe('7');
  });
});

test('in every line of our styles, the parts and the values make up the line', () => {
  const miner = new Miner();
  const lines = Object.values(STYLES).flatMap((cases) => linesOf(cases, 4).map((l) => l.line));
  const ids = lines.map((line) => miner.add(line).template);
  for (const [i, line] of lines.entries()) {
    const parts = miner.partsOf(ids[i] ?? 0);
    const header = '2026-11-21 14:03:05,120 INFO [main] com.example.Main: ';
    for (const [raw, content] of [
      [line, line],
      [header + line, line],
    ] as const) {
      const spans = holesOf(parts, raw, content);
      expect(spans.every(([, end]) => end > 0)).toBe(true);
      let at = 0;
      for (const [start, end] of spans) {
        expect(start >= at && end >= start && end <= raw.length).toBe(true);
        at = end;
      }
    }
  }
});

test('any text in, no throw, spans inside the text', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.string({ unit: 'binary', maxLength: 60 }),
      (a, b) => {
        const miner = new Miner();
        const { template } = miner.add(a);
        for (const text of [a, b, b + a, a + b])
          for (const [start, end] of holesOf(miner.partsOf(template), text))
            expect(start >= 0 && start <= end && end <= text.length).toBe(true);
      },
    ),
    { numRuns: 500, seed: 5 },
  );
});

describe.skipIf(!hasLoghub)('public lines', () => {
  test('the values counted are those found by laying each line against its template', () => {
    for (const system of LOGHUB_SYSTEMS) {
      const raw = readFileSync(loghub(system).log, 'utf8').split(/\r?\n/).filter(Boolean);
      const contents = contentsOf(raw);
      const miner = new Miner();
      for (const content of contents) miner.add(content);
      const sketches = new HoleSketches(miner);
      const truth = new Map<string, Map<string, number>>();
      // the first of a template's lines are all looked at: twice as many, and they are not
      for (const content of [...contents, ...contents]) {
        const { template } = miner.add(content);
        sketches.note(template, content, content);
        const parts = miner.partsOf(template);
        const places = parts.flatMap((p, place) => (p.kind === 'hole' ? [place] : []));
        for (const [i, [start, end]] of holesOf(parts, content, content).entries()) {
          if (end === 0) continue;
          const key = `${template} ${places[i]}`;
          const values = truth.get(key) ?? truth.set(key, new Map()).get(key);
          const value = content.slice(start, Math.min(end, start + 200));
          values?.set(value, (values.get(value) ?? 0) + 1);
        }
      }
      let [counted, other] = [0, 0];
      for (const { templateId, hole, sketch } of sketches.take(true)) {
        const values = truth.get(`${templateId} ${hole}`);
        if (!sketch || !values) continue;
        const seen = [...values.values()].reduce((a, b) => a + b, 0);
        for (const { value, count, exact } of ValueSketch.from(JSON.parse(sketch) as StoredSketch).view(seen)
          .top) {
          if (!exact) continue;
          counted++;
          if (count !== values.get(value)) other++;
        }
      }
      expect({ system, other }).toEqual({ system, other: 0 });
      expect(counted, system).toBeGreaterThan(30);
    }
  });
  test('the values are found in the raw lines, as the miner saw them', () => {
    for (const system of LOGHUB_SYSTEMS) {
      const raw = readFileSync(loghub(system).log, 'utf8').split(/\r?\n/).filter(Boolean);
      const contents = contentsOf(raw);
      const miner = new Miner();
      const lines = raw.map((line, i) => ({ line, content: contents[i] ?? line }));
      const ids = lines.map(({ content }) => miner.add(content).template);
      let [found, same, holes] = [0, 0, 0];
      for (const [i, { line, content }] of lines.entries()) {
        const parts = miner.partsOf(ids[i] ?? 0);
        const exact = holesOf(parts, line, content);
        const blind = holesOf(parts, line);
        holes += exact.length;
        found += exact.filter(([, end]) => end > 0).length;
        same += exact.filter(([start, end], h) => blind[h]?.[0] === start && blind[h]?.[1] === end).length;
      }
      expect({ system, found: found / holes }).toEqual({ system, found: 1 });
      expect(same / holes, system).toBeGreaterThan(0.97);
    }
  });
});

test.each([
  ['31 ms', true, 31, 'ms'],
  ['1.5 seconds', true, 1500, 'ms'],
  ['00:02', true, 2000, 'ms'],
  ['<1 sec', true, 1000, 'ms'],
  ['64MB', false, 64 * 1024 ** 2, 'B'],
  ['10547 bytes (10.2 KB)', false, 10547, 'B'],
  ['1,234', false, 1234, null],
  ['１２３', false, 123, null],
  ['-5', false, -5, null],
  ['98.5%', false, 98.5, '%'],
  ['980 JPY', false, 980, 'JPY'],
])('%s is a quantity', (text, isDuration, value, unit) => {
  expect(readQuantity(text, isDuration)).toEqual({ value, unit });
});
test.each(['blk_-12', '10.0.0.1', '2026-11-21', '12:30:01', '/a/1', 'abc', '1.2.3', '7f3a', ''])(
  '%s is none',
  (text) => {
    expect(readQuantity(text, false)).toBeNull();
  },
);

const sketchOf = (...given: readonly (string | number)[]): ValueSketch => {
  const sketch = new ValueSketch();
  for (const value of given) sketch.add(String(value), readQuantity(String(value), false), 1, (t) => t);
  return sketch;
};
test('few values are counted exactly, merged or not', () => {
  const view = sketchOf('a', 'b', 'a', 'c', 'a').view(5);
  expect(view).toMatchObject({ sampled: null, distinct: 3, distinctAtLeast: 3, numbers: null });
  expect(view.top.map((t) => [t.value, t.count])).toEqual([
    ['a', 3],
    ['b', 1],
    ['c', 1],
  ]);
  const half = sketchOf('a', 'b');
  half.merge(sketchOf('a', 'c', 'a'));
  expect(half.view(5)).toEqual(view);
  const again = ValueSketch.from(JSON.parse(JSON.stringify(half)));
  expect(again.view(5)).toEqual(view);
});
test('many values: the frequent ones are found, how many there are is told within a tenth, quantiles within 2 %', () => {
  const draw = drawFrom(8);
  const sketches = Array.from({ length: 4 }, () => new ValueSketch());
  const all: number[] = [];
  for (let i = 0; i < 40_000; i++) {
    const value = i % 10 === 0 ? 777 : draw.int(1, 20_000);
    all.push(value);
    sketches[i % 4]?.add(String(value), { value, unit: null }, 1, (t) => t);
  }
  const [first, ...rest] = sketches;
  for (const sketch of rest) first?.merge(sketch);
  const view = first?.view(all.length);
  all.sort((a, b) => a - b);
  const distinct = new Set(all).size;
  expect(view?.top[0]).toMatchObject({ value: '777' });
  expect(Math.abs((view?.top[0]?.share ?? 0) - 0.1)).toBeLessThan(0.01);
  expect(Math.abs((view?.distinct ?? 0) / distinct - 1)).toBeLessThan(0.1);
  for (const [q, name] of [
    [0.5, 'p50'],
    [0.95, 'p95'],
    [0.99, 'p99'],
  ] as const) {
    const exact = all[Math.floor(q * all.length)] ?? 0;
    expect(Math.abs((view?.numbers?.[name] ?? 0) / exact - 1)).toBeLessThan(0.02);
  }
  expect(view?.numbers?.histogram.reduce((sum, bar) => sum + bar.count, 0)).toBe(all.length);
});

test('records are counted exactly, values sampled with the same outcome every time', () => {
  const gather = () => {
    const miner = new Miner();
    const sketches = new HoleSketches(miner);
    const draw = drawFrom(2);
    let stored = '';
    let records = 0;
    for (let i = 0; i < 30_000; i++) {
      const content = `served page ${draw.int(1, 40)} in ${draw.int(1, 900)} ms`;
      sketches.note(miner.add(content).template, content);
      if (i % 1000 !== 999) continue;
      for (const row of sketches.take(i === 29_999)) {
        if (row.hole === RECORDS) records += row.seen;
        if (row.hole === 4 && row.sketch) stored = mergeSketches(stored, row.sketch);
      }
    }
    return { records, view: ValueSketch.from(JSON.parse(stored) as StoredSketch).view(records) };
  };
  const { records, view } = gather();
  expect(records).toBe(30_000);
  expect(view.numbers?.unit).toBe('ms');
  expect(Math.abs((view.numbers?.p50 ?? 0) / 450 - 1)).toBeLessThan(0.1);
  expect(gather().view).toEqual(view);
});

/** Lines of one template with a hole of few values and one of many, handed over as often as `every` says. */
const exactly = (lines: number, every: number) => {
  const miner = new Miner();
  const sketches = new HoleSketches(miner);
  const draw = drawFrom(11);
  const places = ['札幌', '仙台', '横浜', '大阪', '福岡'];
  const truth = new Map<string, number>();
  const stored = new Map<number, string>();
  for (let i = 1; i <= lines; i++) {
    const place = places[Math.min(draw.int(0, 9), 4)] ?? '';
    truth.set(place, (truth.get(place) ?? 0) + 1);
    const content = `拠点「${place}」の残件 ${draw.int(1, 4000)} 件を処理しました`;
    sketches.note(miner.add(content).template, content, content);
    if (i % every !== 0 && i < lines) continue;
    for (const { hole, sketch } of sketches.take(i === lines))
      if (sketch) stored.set(hole, mergeSketches(stored.get(hole) ?? '', sketch));
  }
  const views = [...stored].map(([, sketch]) =>
    ValueSketch.from(JSON.parse(sketch) as StoredSketch).view(lines),
  );
  return { truth, views: views.sort((a, b) => a.distinct - b.distinct), stored };
};
test('a hole of few values is counted exactly, however many its lines; one of many beside it is sampled', () => {
  for (const every of [20_000, 700]) {
    const { truth, views, stored } = exactly(20_000, every);
    const [few, many] = views;
    expect(few).toMatchObject({ sampled: null, distinct: 5, distinctAtLeast: 5 });
    expect(few?.top.map(({ value, count, exact }) => [value, count, exact])).toEqual(
      [...truth].sort((a, b) => b[1] - a[1]).map(([value, count]) => [value, count, true]),
    );
    expect(many?.sampled).toBeLessThan(3000);
    expect(many?.top.some(({ exact }) => exact)).toBe(false);
    expect(Math.max(...[...stored.values()].map((kept) => kept.length))).toBeLessThan(20_000);
    expect(exactly(20_000, every).views).toEqual(views);
  }
});
test('past so many different values the most frequent ones are kept, and none is called exact that may be another', () => {
  const draw = drawFrom(3);
  const [one, two] = [new ValueSketch(), new ValueSketch()];
  const truth = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const value = i % 5 === 0 ? '常連' : `v${draw.int(1, 500)}`;
    truth.set(value, (truth.get(value) ?? 0) + 1);
    (i % 2 === 0 ? one : two).addMany(value, 1);
  }
  one.merge(two);
  const { top } = one.view(6000);
  expect(top[0]?.value).toBe('常連');
  for (const { value, count, exact } of top) {
    expect(count).toBeLessThanOrEqual(truth.get(value) ?? 0);
    if (exact) expect(count).toBe(truth.get(value));
  }
});

/** A million records would take long: so many under one template, of which a sixteenth is looked at after the first. */
const gathered = (value: (i: number) => number, records: number) => {
  const miner = new Miner();
  const sketches = new HoleSketches(miner);
  for (let i = 0; i < records; i++) {
    const content = `served page ${value(i)} to the other side`;
    sketches.note(miner.add(content).template, content);
  }
  const row = sketches.take(true).find((r) => r.hole === 2);
  return ValueSketch.from(JSON.parse(row?.sketch ?? '') as StoredSketch);
};
test('what is estimated from a sample says so, between which figures it lies, and what is sure', () => {
  // evenly spread, in steps that fall in with no way of choosing by a multiple
  const view = gathered((i) => (i * 7_919_173) % 100_000_000, 4731).view(4731);
  expect(view.sampled).toBeGreaterThan(400);
  expect(view.sampled).toBeLessThan(700);
  const { sampled, distinct, distinctAtLeast, numbers } = view;
  expect(distinctAtLeast).toBeLessThanOrEqual(Math.min(distinct, (sampled ?? 0) * 1.1));
  expect(distinctAtLeast).toBeGreaterThan((sampled ?? 0) * 0.7);
  for (const [q, name] of [
    [0.5, 'p50'],
    [0.95, 'p95'],
    [0.99, 'p99'],
  ] as const) {
    const { low, high } = numbers?.bounds?.[name] ?? { low: 0, high: 0 };
    // quantiles themselves are right to 1 %
    expect([low * 0.98 <= q * 1e8, q * 1e8 <= high * 1.02, low <= high]).toEqual([true, true, true]);
  }
  const few = gathered((i) => i % 7, 4731).view(4731);
  expect(few).toMatchObject({ distinct: 7, distinctAtLeast: 7 });
  // all were looked at: nothing to say
  const all = gathered((i) => i % 100, 200).view(200);
  expect(all).toMatchObject({
    sampled: null,
    distinct: 100,
    distinctAtLeast: 100,
    numbers: { bounds: null },
  });
});
test('among many values of a sample none is told as frequent that was met by chance', () => {
  const draw = drawFrom(5);
  expect(gathered(() => draw.int(1, 6000), 1300).view(1300)).toMatchObject({ top: [] });
  const { top } = gathered((i) => (i % 4 === 0 ? 5000 : draw.int(1, 4000)), 4000).view(4000);
  expect(top.map(({ value }) => value)).toEqual(['5000']);
  expect(Math.abs((top[0]?.share ?? 0) - 0.25)).toBeLessThan(0.08);
});
test('evenly spread values make even bars', () => {
  const sketch = new ValueSketch();
  for (let i = 0; i < 10_000; i++) sketch.add(String(i), { value: i * 10_000, unit: null }, 1, (t) => t);
  const counts = sketch.view(10_000).numbers?.histogram.map((bar) => bar.count) ?? [];
  expect([Math.min(...counts) > 400, Math.max(...counts) < 600, counts.length]).toEqual([true, true, 20]);
});
test('a sketch that an earlier version kept is still read', () => {
  const kept = {
    n: 300,
    w: 960,
    top: [['5', 960, 0]],
    hashes: [[77, 300]],
    numbers: { w: 960, mean: 5, m2: 0, min: 5, max: 5, int: 1, zero: 0, pos: [[82, 960]], neg: [] },
    units: [['', 960]],
  } as const;
  const sketch = ValueSketch.from(kept);
  sketch.merge(sketchOf(5));
  expect(sketch.view(961)).toMatchObject({
    sampled: 301,
    distinct: 2,
    numbers: { p50: 5, bounds: { p50: { low: 5, high: 5 }, p99: { low: 5, high: 5 } } },
  });
});
