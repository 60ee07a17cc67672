import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateTimeIn } from '../../../main/kernel/clock.ts';
import type { ColumnType } from '../../../main/store/index.ts';
import { parseValue } from '../../../main/sync/tables/parse-value.ts';

const TOKYO = { zone: 'Asia/Tokyo' };
const value = (kind: ColumnType, cell: string | number | Buffer, context = TOKYO): string | number => {
  const parsed = parseValue(kind, cell, context);
  return 'value' in parsed ? parsed.value : `refused: ${parsed.refused}`;
};
const KINDS: ColumnType[] = ['id', 'text', 'int', 'real', 'instant', 'date', 'time', 'bool', 'json'];
const wide = (text: string): string =>
  text.replace(/[0-9:,.-]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

describe('a value of the company database', () => {
  test('of any kind and content is either read or refused, never an exception', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
      fc.date({ noInvalidDate: false }).map(String),
    );
    fc.assert(
      fc.property(cell, fc.constantFrom(...KINDS), (given, kind) => {
        const parsed = parseValue(kind, given, TOKYO);
        if (!('value' in parsed)) return parsed.refused.length > 0;
        if (typeof parsed.value === 'number') return Number.isFinite(parsed.value);
        return !['int', 'real', 'instant', 'time', 'bool'].includes(kind);
      }),
      { numRuns: 1000 },
    );
  });

  test('whole numbers are read in half and full width, with thousands separators', () => {
    fc.assert(
      fc.property(fc.nat(), (n) => {
        for (const text of [
          String(n),
          n.toLocaleString('en'),
          wide(String(n)),
          wide(n.toLocaleString('en')),
          `　${n} `,
          `${n}.00`,
          `+${n}`,
        ])
          expect([text, value('int', text)]).toEqual([text, n]);
      }),
    );
  });

  test('numbers with decimals are the same number as MySQL prints them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 0, max: 6 }), (n, places) => {
        const text = (n / 10 ** places).toFixed(places);
        expect(value('real', text)).toBe(Number(text));
      }),
    );
  });

  test.each<[ColumnType, string | number, string]>([
    ['int', '3.5', 'not-whole'],
    ['int', 'NaN', 'not-a-number'],
    ['int', '', 'not-a-number'],
    ['int', '.', 'not-a-number'],
    ['int', '1,2,3', 'not-a-number'],
    ['int', '0x10', 'not-a-number'],
    ['int', '九', 'not-a-number'],
    ['int', -1, 'negative'],
    ['int', '−5', 'negative'],
    ['int', '99999999999999999999', 'out-of-range'],
    ['real', 'Infinity', 'not-a-number'],
    ['real', '1e999', 'out-of-range'],
    ['real', Number.NaN, 'not-a-number'],
    ['bool', 2, 'not-yes-or-no'],
    ['bool', 'maybe', 'not-yes-or-no'],
    ['date', '2026-02-29', 'not-a-date'],
    ['date', '0000-00-00', 'zero-date'],
    ['date', '2026-00-10', 'zero-date'],
    ['date', '0001-01-01', 'out-of-range'],
    ['instant', '2026-11-21 24:00:00', 'not-a-date'],
    ['instant', '0000-00-00 00:00:00', 'zero-date'],
    ['instant', 'tomorrow', 'not-a-date'],
    ['time', '-00:30:00', 'negative'],
    ['time', '48:01', 'out-of-range'],
    ['time', '9:60', 'not-a-time'],
    ['time', '838:59:59', 'out-of-range'],
    ['json', '{]', 'not-json'],
    ['id', 'x'.repeat(256), 'too-long'],
    ['text', '長'.repeat(65_536), 'too-long'],
  ])('%s refuses %s: %s', (kind, cell, refusal) => {
    expect(value(kind, cell)).toBe(`refused: ${refusal}`);
  });

  test('bytes that are no UTF-8 are refused, bytes that are text are text', () => {
    expect(value('text', Buffer.from([0xff, 0xfe]))).toBe('refused: not-utf-8');
    expect(value('text', Buffer.from('札幌'))).toBe('札幌');
    expect(value('bool', Buffer.from([1]), { ...TOKYO, bits: true } as typeof TOKYO)).toBe(1);
    expect(value('bool', Buffer.from([0]), { ...TOKYO, bits: true } as typeof TOKYO)).toBe(0);
  });

  test('yes and no in the spellings companies use', () => {
    for (const yes of ['1', 'true', 'Y', 'はい', '有効', '在籍', '○', '１', ' YES '])
      expect([yes, value('bool', yes)]).toEqual([yes, 1]);
    for (const no of ['0', 'FALSE', 'n', 'いいえ', '無効', '退職', '×', '０', 'off'])
      expect([no, value('bool', no)]).toEqual([no, 0]);
  });

  test('every instant survives the way through a DATETIME of any zone', () => {
    const zones = fc.constantFrom(
      'Asia/Tokyo',
      'UTC',
      'Asia/Kolkata',
      'America/St_Johns',
      'Australia/Lord_Howe',
    );
    const hours = fc.integer({ min: Date.UTC(1995, 0, 1) / 1000, max: Date.UTC(2035, 0, 1) / 1000 });
    fc.assert(
      fc.property(zones, hours, (zone, second) => {
        const text = dateTimeIn(second * 1000, zone);
        const read = Number(value('instant', text, { zone }));
        // where clocks are set back an hour happens twice: then either of the two is right
        expect(dateTimeIn(read, zone)).toBe(text);
        expect(Math.abs(read - second * 1000)).toBeLessThanOrEqual(3_600_000);
      }),
    );
  });

  test('dates and instants in many spellings', () => {
    const at = Date.UTC(2026, 10, 21, 1, 5, 9);
    for (const text of [
      '2026-11-21 10:05:09',
      '2026/11/21 10:05:09',
      '2026-11-21T10:05:09+09:00',
      '2026-11-21T01:05:09Z',
      '２０２６－１１－２１　１０：０５：０９',
      '20261121100509',
      '2026年11月21日 10時05分09秒',
      String(at / 1000),
      String(at),
    ])
      expect([text, value('instant', text)]).toEqual([text, at]);
    expect(value('instant', '2026-11-21 10:05:09.123456')).toBe(at + 123);
    expect(value('instant', at / 1000)).toBe(at);
    for (const text of [
      '2026-11-21',
      '2026/11/21',
      '20261121',
      '2026年11月21日',
      '2026-11-21 23:59:59',
      '2026-11-20T15:00:00Z',
    ])
      expect([text, value('date', text)]).toEqual([text, '2026-11-21']);
    expect(value('date', 20261121)).toBe('2026-11-21');
  });

  test('times of day run past midnight up to 48 hours', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2880 }), (minutes) => {
        const text = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
        for (const spelled of [
          text,
          `${text}:00`,
          wide(text),
          `${Math.floor(minutes / 60)}時${minutes % 60}分`,
        ])
          expect([spelled, value('time', spelled)]).toEqual([spelled, minutes]);
      }),
    );
  });

  test('a DATETIME gives its time of day', () => {
    expect(value('time', '2026-11-21 09:30:00')).toBe(570);
    expect(value('time', '9時')).toBe(540);
  });
});
