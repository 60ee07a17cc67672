import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGazetteer, withinOneEdit } from '../../../main/chat/gazetteer.ts';
import type { MasterData } from '../../../main/chat/types.ts';

const MASTER: MasterData = {
  locations: ['札幌', '盛岡', '品川', '横浜', '大阪', '佐世保'],
  processes: ['エントリ1', 'エントリ2', '補正', 'SV補正', '目検'],
  businesses: [
    { id: '523201', name: 'SS' },
    { id: '523202', name: 'KDB' },
  ],
  operators: [
    { id: 'OP0012', name: '山田 太郎' },
    { id: 'OP0013', name: '佐藤花子' },
    { id: 'OP0014', name: '鈴木 一郎' },
    { id: 'OP0015', name: '鈴木 次郎' },
  ],
};
const find = createGazetteer(MASTER);
const namesIn = (text: string): string[] => find(text).mentions.map((m) => `${m.kind}:${m.value}`);

describe('names of the master data in a question', () => {
  it.each([
    ['札幌のエントリ1工程が遅延しています', ['location:札幌', 'process:エントリ1']],
    ['ｻｯﾎﾟﾛのｴﾝﾄﾘｰ１', ['location:札幌', 'process:エントリ1']],
    ['さっぽろ の えんとり 1', ['location:札幌', 'process:エントリ1']],
    ['Sapporo entry one is late', ['location:札幌', 'process:エントリ1']],
    ['SAPPORO ENTRY-1', ['location:札幌', 'process:エントリ1']],
    ['第二エントリー', ['process:エントリ2']],
    ['エントリ1と2', ['process:エントリ1', 'process:エントリ2']],
    ['entry 1 and 2 in Osaka', ['process:エントリ1', 'process:エントリ2', 'location:大阪']],
    ['エントリ1、2人減らす', ['process:エントリ1']],
    ['SV補正', ['process:SV補正']],
    ['ＳＶ補正と補正', ['process:SV補正', 'process:補正']],
    ['supervisor correction', ['process:SV補正']],
    ['correction', ['process:補正']],
    ['visual inspection at Sasebo', ['process:目検', 'location:佐世保']],
    ['目視チェック', ['process:目検']],
    ['ＳＳ業務', ['business:523201']],
    ['業務523201', ['business:523201']],
    ['SSLの証明書', []],
    ['5232011', []],
    ['エントリ10', []],
    ['盛岡から札幌に3人', ['location:盛岡', 'location:札幌']],
    ['山田さんと佐藤さん', ['operator:OP0012', 'operator:OP0013']],
    ['OP0012', ['operator:OP0012']],
    ['also saka', []],
    ['東大阪', []],
    ['残件は？', []],
  ])('%s', (text, expected) => {
    expect(namesIn(text)).toEqual(expected);
  });

  it.each([
    ['shinagwa', 'location:品川'],
    ['saporo', 'location:札幌'],
    ['Yokohoma', 'location:横浜'],
    ['エトリ1が遅い', 'process:エントリ1'],
    ['sv corection', 'process:SV補正'],
    ['エントリ3', null],
  ])('one slip of the finger is forgiven, a digit never changes: %s', (text, expected) => {
    const [mention] = find(text).mentions;
    expect(mention ? `${mention.kind}:${mention.value}` : null).toBe(expected);
  });

  it('says what a word could mean when several names answer to it', () => {
    expect(find('エントリが遅い').ambiguous).toMatchObject([
      { kind: 'process', text: 'エントリ', candidates: ['エントリ1', 'エントリ2'] },
    ]);
    expect(find('鈴木さんはどこ').ambiguous).toMatchObject([
      { kind: 'operator', candidates: ['OP0014', 'OP0015'] },
    ]);
  });

  it('knows well-known places that are not ours, and tells them apart', () => {
    expect(find('名古屋の補正')).toMatchObject({
      mentions: [{ value: '補正' }],
      unknown: [{ text: '名古屋' }],
    });
  });

  it('never reads a name that is not in the master data', () => {
    const small = createGazetteer({
      locations: ['品川'],
      processes: ['補正'],
      businesses: [],
      operators: [],
    });
    expect(small('札幌のSV補正とSapporo entry 1').mentions).toEqual([]);
  });

  it('resolves a shorter name of a site when only one site answers to it', () => {
    const sites = createGazetteer({
      locations: ['札幌センター', '大阪第1', '大阪第2', 'Morioka'],
      processes: [],
      businesses: [],
      operators: [],
    });
    expect(sites('札幌は？').mentions).toMatchObject([{ value: '札幌センター' }]);
    expect(sites('盛岡は？').mentions).toMatchObject([{ value: 'Morioka' }]);
    expect(sites('大阪は？').ambiguous).toMatchObject([{ candidates: ['大阪第1', '大阪第2'] }]);
    expect(sites('大阪第2は？').mentions).toMatchObject([{ value: '大阪第2' }]);
  });

  it('marks exactly the words it read in the original text', () => {
    const text = '至急！ｻｯﾎﾟﾛの　エントリー １が😭';
    expect(find(text).mentions.map((m) => text.slice(m.start, m.end))).toEqual(['ｻｯﾎﾟﾛ', 'エントリー １']);
  });

  it('reads the same names whatever the width, case or kana', () => {
    const toFull = (s: string): string =>
      s.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
    const toHiragana = (s: string): string =>
      s.replace(/[ァ-ヶ]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x60));
    const names = fc.constantFrom(
      '札幌',
      'Osaka',
      'エントリ1',
      'entry 2',
      'SV補正',
      '目検',
      'SS業務',
      '523201',
      'サッポロ',
    );
    const change = fc.constantFrom(
      toFull,
      toHiragana,
      (s: string) => s.toUpperCase(),
      (s: string) => s.toLowerCase(),
    );
    fc.assert(
      fc.property(names, change, fc.constantFrom('、', 'の', '。 ', ' / '), names, (a, how, between, b) => {
        const plain = `${a}${between}${b}`;
        expect(namesIn(how(plain))).toEqual(namesIn(plain));
      }),
    );
  });

  it('never overlaps, never leaves the text, never fails', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (noise) => {
        const text = `${noise}札幌${noise}entry 1`;
        const { mentions, ambiguous, unknown } = find(text);
        let at = 0;
        for (const m of [...mentions, ...ambiguous, ...unknown].sort((x, y) => x.start - y.start)) {
          expect(m.start).toBeGreaterThanOrEqual(at);
          expect(m.text).toBe(text.slice(m.start, m.end));
          at = m.end;
        }
      }),
    );
  });
});

describe('one edit', () => {
  it.each([
    ['sapporo', 'sapporo', true],
    ['saporo', 'sapporo', true],
    ['sappporo', 'sapporo', true],
    ['sapproo', 'sapporo', true],
    ['sapparo', 'sapporo', true],
    ['saparo', 'sapporo', false],
    ['osaka', 'sapporo', false],
  ])('%s ~ %s: %s', (a, b, expected) => {
    expect(withinOneEdit(a, b)).toBe(expected);
    expect(withinOneEdit(b, a)).toBe(expected);
  });
});
