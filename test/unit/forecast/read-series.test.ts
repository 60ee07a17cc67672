import { describe, expect, it } from 'vitest';
import { fillHoles, readSeries } from '../../../main/forecast/index.ts';
import { AppError } from '../../../main/kernel/errors.ts';

const valuesOf = (text: string): (readonly (number | null)[])[] => readSeries(text).map((s) => s.values);
const codeOf = (work: () => unknown): [string, unknown] => {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return [error.code, error.params];
    throw error;
  }
  return ['none', {}];
};

describe('a file of one series', () => {
  it('has one value a line, with or without a heading', () => {
    expect(valuesOf('1\n2.5\n-3e2\n')).toEqual([[1, 2.5, -300]]);
    expect(readSeries('件数\r\n1\r\n2\r\n')).toEqual([{ id: '件数', values: [1, 2] }]);
  });
  it('may have the time before the value, and a gap in time is a hole', () => {
    const text = 'ds,y\n2026-11-01 10:00,4\n2026-11-01 09:00,3\n2026-11-01 12:00,6\n2026-11-01 13:00,7\n';
    expect(readSeries(text)).toEqual([{ id: 'y', values: [3, 4, null, 6, 7] }]);
  });
  it('may count its lines, and speak of missing values in many ways', () => {
    expect(valuesOf('1;10\n2;\n3;NA\n4;NaN\n5;14')).toEqual([[10, null, null, null, 14]]);
  });
  it('may come from a spreadsheet: byte-order mark, quotes, thousands, full-width digits', () => {
    expect(valuesOf('\ufeff日付,件数\n2026/11/1,"1,200"\n2026/11/2,１３００\n')).toEqual([[1200, 1300]]);
  });
});
describe('a file of several series', () => {
  it('has one a column, named by the heading', () => {
    expect(readSeries('t,a,b\n1,5,50\n2,6,60\n')).toEqual([
      { id: 'a', values: [5, 6] },
      { id: 'b', values: [50, 60] },
    ]);
  });
  it('or one a row, each as long as it is', () => {
    expect(readSeries('"V1","V2","V3","V4"\n"H1",1,2,3\n"H2",4,5,\n', { wide: true })).toEqual([
      { id: 'H1', values: [1, 2, 3] },
      { id: 'H2', values: [4, 5] },
    ]);
  });
});
it('says which line is not a number', () => {
  expect(codeOf(() => readSeries('1\n2\nmany\n4'))).toEqual([
    'forecast.not-a-number',
    { line: 3, value: 'many' },
  ]);
  expect(codeOf(() => readSeries('1\n1e999'))[0]).toBe('forecast.not-a-number');
});
describe('holes', () => {
  it('are filled from one season away, else between the neighbours', () => {
    expect(fillHoles({ id: 's', values: [1, 9, 1, null, 1, 9] }, [2]).values).toEqual([1, 9, 1, 9, 1, 9]);
    expect(fillHoles({ id: 's', values: [null, 1, null, null, 4, 5, 6, null] }, [])).toEqual({
      values: [1, 2, 3, 4, 5, 6],
      filled: 2,
    });
  });
  it('are refused where they are more than half, and so is too little', () => {
    expect(
      codeOf(() => fillHoles({ id: 's', values: [1, null, null, null, null, null, 2, 3, 4] }, []))[0],
    ).toBe('forecast.holes');
    expect(codeOf(() => fillHoles({ id: 's', values: [5] }, []))).toEqual([
      'forecast.too-short',
      { series: 's', n: 1, least: 4 },
    ]);
    expect(readSeries('').length).toBe(0);
  });
});
