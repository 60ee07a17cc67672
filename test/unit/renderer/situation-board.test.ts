import { describe, expect, it } from 'vitest';
import type { SituationRow } from '../../../main/analytics/contract/situation.ts';
import { cellIdOf } from '../../../main/api/contract/common.ts';
import { inSlots } from '../../../renderer/charts/throughput-bars.tsx';
import { makeBoard, nextTile, urgentRows } from '../../../renderer/screens/situation/board-model.ts';

const row = (location: string, process: string, o: Partial<SituationRow> = {}): SituationRow => ({
  cellId: cellIdOf(location, o.businessId ?? '523201', process),
  location,
  businessId: '523201',
  businessName: 'SS',
  process,
  sequence: process === 'エントリ1' ? 1 : 2,
  backlog: 10,
  correctionWaiting: null,
  lots: [],
  due: null,
  dueFinishAt: null,
  deadline: 1_000_000,
  throughput: 100,
  required: 50,
  people: 3,
  movedIn: 0,
  pOnTime: 0.99,
  allFinishAt: null,
  dueParts: null,
  plan: null,
  standstillSince: null,
  shortItems: 0,
  risk: 'ok',
  trend: [],
  dataAt: 0,
  ...o,
});
const rows = [
  row('品川', 'エントリ1'),
  row('品川', '補正'),
  row('札幌', '補正'),
  row('札幌', 'エントリ1', { risk: 'danger', pOnTime: 0.01 }),
  row('横浜', 'エントリ1', { risk: 'watch', pOnTime: 0.4 }),
  row('横浜', 'エントリ1', { businessId: '531102', businessName: '健保', risk: 'watch', pOnTime: 0.45 }),
];

describe('the situation board', () => {
  it('puts the site with the most urgent queue on top and keeps the processes in working order', () => {
    const board = makeBoard(rows);
    expect(board.processes).toEqual(['エントリ1', '補正']);
    expect(board.sites.map((site) => [site.location, site.danger, site.watch])).toEqual([
      ['札幌', 1, 0],
      ['横浜', 0, 2],
      ['品川', 0, 0],
    ]);
  });
  it('leaves a hole where a site does not work a process', () => {
    const yokohama = makeBoard(rows).sites.find((site) => site.location === '横浜');
    expect(yokohama?.lines.map((line) => line.cells.map((cell) => cell?.process ?? null))).toEqual([
      ['エントリ1', null],
      ['エントリ1', null],
    ]);
  });
  it('lists what asks for a decision, worst first', () => {
    expect(urgentRows(rows).map((r) => `${r.location} ${r.risk} ${r.pOnTime}`)).toEqual([
      '札幌 danger 0.01',
      '横浜 watch 0.4',
      '横浜 watch 0.45',
    ]);
  });
  it('walks with the arrow keys, over holes to the nearest tile', () => {
    const board = makeBoard(rows);
    const at = (location: string, process: string, business = '523201') =>
      cellIdOf(location, business, process);
    expect(nextTile(board, at('札幌', 'エントリ1'), 'ArrowRight')).toBe(at('札幌', '補正'));
    expect(nextTile(board, at('札幌', '補正'), 'ArrowDown')).toBe(at('横浜', 'エントリ1'));
    expect(nextTile(board, at('横浜', 'エントリ1'), 'ArrowRight')).toBe(at('横浜', 'エントリ1'));
    expect(nextTile(board, at('札幌', 'エントリ1'), 'ArrowUp')).toBe(at('札幌', 'エントリ1'));
    expect(nextTile(board, at('品川', 'エントリ1'), 'End')).toBe(at('品川', '補正'));
  });
});

describe('throughput bars', () => {
  it('show the mean of every ten minutes and leave out what is not known', () => {
    const minute = 60_000;
    expect(
      inSlots([
        { at: 0, throughput: null },
        { at: 11 * minute, throughput: 100 },
        { at: 19 * minute, throughput: 200 },
        { at: 20 * minute, throughput: 60 },
      ]),
    ).toEqual([
      { at: 10 * minute, value: 150 },
      { at: 20 * minute, value: 60 },
    ]);
  });
});
