import { describe, expect, test } from 'vitest';
import { readAhead, readDay } from '../../../../main/placement/flow/read-day.ts';
import { columnNames, upsert } from '../../../../main/store/index.ts';
import { random } from '../../../helpers/placement/generate.ts';
import { memoryStore } from '../../../helpers/store/memory-store.ts';

const ZONE = 'Asia/Tokyo';
const MINUTE = 60_000;
const MIDNIGHT = Date.UTC(2026, 10, 19, 15);
const at = (minute: number): number => MIDNIGHT + minute * MINUTE;
const DAY = 24 * 60;

type Row = Record<string, string | number | null>;
/** Two cells, two deadlines, a snapshot every two minutes; now and then a counter that dips or is missing. */
function snapshots(from: number, to: number, seed: number): Row[] {
  const draw = random(seed);
  const rows: Row[] = [];
  for (const process of ['エントリ1', 'エントリ2']) {
    let done = 0;
    for (let minute = from; minute <= to; minute += 2) {
      done += Math.floor(draw() * 10);
      const odd = draw();
      for (const deadline of [660, 840])
        rows.push({
          snapshot_id: `${process} ${minute} ${deadline}`,
          snapshot_time: at(minute),
          location_name: '札幌',
          business_id: '523201',
          process_name: process,
          expected_completion_time: at(deadline + Math.floor(minute / DAY) * DAY),
          total_waiting: minute < deadline - 150 ? 0 : Math.floor(draw() * 50),
          entry_count: odd < 0.05 ? null : odd < 0.1 ? 0 : done,
          correction_waiting: 0,
        });
    }
  }
  return rows;
}

describe('a day read on as it goes', () => {
  test('tells the same as read at once, at every instant', () => {
    const { read, apply, close } = memoryStore();
    const rows = [...snapshots(480 - DAY, 900 - DAY, 3), ...snapshots(480, 720, 4)];
    const write = (list: readonly Row[]): void =>
      apply([upsert('progress_snapshots', columnNames('progress_snapshots'), null, list as never)]);
    write(rows.filter((row) => Number(row['snapshot_time']) < at(480)));
    const draw = random(9);
    for (let minute = 480; minute < 720; minute += 2 + 2 * Math.floor(draw() * 12)) {
      const known = readDay(read, at(minute), ZONE);
      expect(known).toEqual(readDay({ ...read }, at(minute), ZONE));
      write(rows.filter((row) => row['snapshot_time'] === at(minute)));
    }
    close();
  });
  test('tells the same where it was read ahead, in turns with other work', async () => {
    const { read, apply, close } = memoryStore();
    const rows = [...snapshots(480 - DAY, 900 - DAY, 3), ...snapshots(480, 720, 4)];
    apply([upsert('progress_snapshots', columnNames('progress_snapshots'), null, rows as never)]);
    const ahead = readAhead(read, at(720), ZONE);
    // asked for meanwhile, and again when it is there
    expect(readDay(read, at(600), ZONE)).toEqual(readDay({ ...read }, at(600), ZONE));
    await ahead;
    expect(readDay(read, at(720), ZONE)).toEqual(readDay({ ...read }, at(720), ZONE));
    close();
  });
  test('counts a snapshot once that was sent twice', () => {
    const { read, apply, close } = memoryStore();
    const write = (list: readonly Row[]): void =>
      apply([upsert('progress_snapshots', columnNames('progress_snapshots'), null, list as never)]);
    const rows = snapshots(480, 600, 7);
    write(rows);
    const once = readDay({ ...read }, at(600), ZONE);
    write(rows.map((row) => ({ ...row, snapshot_id: `${row['snapshot_id']} again` })));
    expect(readDay(read, at(600), ZONE)).toEqual(once);
    close();
  });
  test('takes in what is written late, and another day', () => {
    const { read, apply, close } = memoryStore();
    const rows = snapshots(480, 720, 5);
    const write = (list: readonly Row[]): void =>
      apply([upsert('progress_snapshots', columnNames('progress_snapshots'), null, list as never)]);
    const isLate = (row: Row): boolean => Number(row['snapshot_time']) < at(540);
    write(rows.filter((row) => !isLate(row)));
    const without = readDay(read, at(720), ZONE);
    write(rows.filter(isLate));
    const whole = readDay(read, at(720), ZONE);
    expect(whole).not.toEqual(without);
    expect(whole).toEqual(readDay({ ...read }, at(720), ZONE));
    write(snapshots(480 + DAY, 540 + DAY, 6));
    const next = readDay(read, at(540 + DAY), ZONE);
    expect(next).toEqual(readDay({ ...read }, at(540 + DAY), ZONE));
    expect([...next.values()][0]?.seen.map(({ deadline }) => (deadline - MIDNIGHT) / MINUTE)).toEqual([
      660,
      840,
      660 + DAY,
      840 + DAY,
    ]);
    expect(readDay(read, at(700), ZONE)).toEqual(readDay({ ...read }, at(700), ZONE));
    close();
  });
});
