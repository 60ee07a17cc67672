import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Batch } from '../../../main/logs/ingest/batch.ts';
import { Names } from '../../../main/logs/ingest/names.ts';
import { BLOCK_RECORDS } from '../../../main/logs/store/block-format.ts';
import { countCells, perTemplate, rollUp } from '../../../main/logs/store/rollups.ts';

const HOUR = 3_600_000;
const record = fc.record({
  at: fc.integer({ min: 0, max: 3 * HOUR }),
  // the last has the first's key in 32 bits
  template: fc.constantFrom(1, 2, 3, 70_000, 1 + 2 ** 29),
  service: fc.constantFrom(null, 'a', 'b', 'c'),
  level: fc.constantFrom(null, 'info' as const, 'error' as const, 'fatal' as const),
  lines: fc.integer({ min: 1, max: 5 }),
});
/** Sums of lines by what `keyOf` says. */
function sums<T extends { readonly lines: number }>(all: readonly T[], keyOf: (one: T) => unknown[]) {
  const found = new Map<string, number>();
  for (const one of all) {
    const key = JSON.stringify(keyOf(one));
    found.set(key, (found.get(key) ?? 0) + one.lines);
  }
  return Object.fromEntries(found);
}

test('lines are counted by minute, hour and template, each sum in one row', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 300 }), (records) => {
      const names = new Names([]);
      const cells = countCells(records, names);
      const plain = (unit: number) => (r: (typeof records)[number]) => [
        Math.floor(r.at / unit),
        r.template,
        names.number(r.service),
        r.level,
      ];
      const inMinutes = sums(cells, (c) => [c.minute, c.template, c.service, c.level]);
      expect(inMinutes).toEqual(sums(records, plain(60_000)));
      expect(cells).toHaveLength(Object.keys(inMinutes).length);
      const [minutes, hours] = rollUp('s', cells, 1).map((statement) => statement.rows ?? []);
      expect(minutes ?? []).toHaveLength(cells.length);
      expect(Object.values(sums(records, plain(HOUR))).sort((a, b) => a - b)).toEqual(
        (hours ?? []).map((row) => Number(row[5])).sort((a, b) => a - b),
      );
      const counts = perTemplate('s', cells);
      const inAll = sums(counts, (c) => [0, c.template, c.service, c.level]);
      expect(inAll).toEqual(sums(records, plain(Number.POSITIVE_INFINITY)));
      expect(counts).toHaveLength(Object.keys(inAll).length);
    }),
    { seed: 4 },
  );
});

test('a full batch becomes blocks of like size, not a full one and a rest; a smaller one none', () => {
  const sizes = (records: number): number[] => {
    const batch = new Batch(
      {
        nextLine: 1,
        mine: () => ({ kind: 'matched', template: 1 }),
        names: new Names([]),
      },
      's',
    );
    for (let i = 0; i < records; i++)
      batch.record({
        at: 0,
        atGuessed: false,
        level: null,
        service: null,
        host: null,
        content: '',
        text: '',
        ending: 'lf',
        lines: 1,
        bytes: 1,
        attributes: '',
        raw: null,
        head: null,
      });
    return batch.blocks().map((records) => records.length);
  };
  expect(sizes(1)).toEqual([]);
  expect(sizes(BLOCK_RECORDS - 1)).toEqual([]);
  expect(sizes(BLOCK_RECORDS + 2000)).toEqual([BLOCK_RECORDS + 2000]);
  expect(sizes(2 * BLOCK_RECORDS)).toEqual([BLOCK_RECORDS, BLOCK_RECORDS]);
});
