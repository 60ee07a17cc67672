import { describe, expect, it } from 'vitest';
import type { Table } from '../../../main/api/contract/common.ts';
import { fileName, toCsv } from '../../../renderer/ui/csv.ts';
import { makeFormat } from '../../../renderer/use-format.ts';

const table = (rows: Table['rows']): Table => ({
  title: { ja: '進捗', en: 'Progress' },
  query: 'backlog',
  slots: {},
  columns: [
    { key: 'at', label: { ja: '時刻', en: 'Time' }, kind: 'instant' },
    { key: 'note', label: { ja: 'メモ', en: 'Note' }, kind: 'text' },
    { key: 'items', label: { ja: '残件', en: 'Backlog' }, kind: 'number' },
  ],
  rows,
  total: rows.length,
  asOf: 0,
});
const ja = makeFormat('ja', 'Asia/Tokyo');

describe('saving a table for a spreadsheet', () => {
  it('begins with a byte order mark and writes times in the site zone', () => {
    const csv = toCsv(table([{ at: Date.UTC(2026, 10, 21, 5, 5), note: '札幌', items: 1240 }]), ja);
    expect(csv).toBe('\uFEFF時刻,メモ,残件\r\n2026-11-21 14:05:00,札幌,1240\r\n');
  });
  it('quotes separators and defuses formulas, but keeps negative numbers', () => {
    const csv = toCsv(
      table([
        { at: null, note: '=HYPERLINK("x")', items: -5 },
        { at: null, note: 'a,"b"\nc', items: null },
      ]),
      ja,
    );
    expect(csv.split('\r\n').slice(1)).toEqual([`,"'=HYPERLINK(""x"")",-5`, ',"a,""b""\nc",', '']);
  });
  it('names the file with the date in the site zone and no characters a disk refuses', () => {
    expect(fileName('札幌/進捗 表', Date.UTC(2026, 10, 20, 16), 'Asia/Tokyo', 'csv')).toBe(
      '札幌_進捗_表_20261121.csv',
    );
  });
});
