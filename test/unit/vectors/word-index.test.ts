import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import concepts from '../../../main/vectors/concepts.json' with { type: 'json' };
import { Lexicon, type WordHit, WordIndex } from '../../../main/vectors/index.ts';

const index = (texts: Readonly<Record<string, string>>): WordIndex<string> => {
  const words = new WordIndex<string>();
  for (const [key, text] of Object.entries(texts)) words.set(key, text);
  return words;
};
const any = (): boolean => true;
const keys = <Key>(hits: readonly WordHit<Key>[]): Key[] => hits.map(({ key }) => key);

describe('search by words', () => {
  const logs = index({
    auth: '利用者の認証に失敗しました user=<*>',
    login: 'ログインしました user=<*>',
    pool: 'connection pool timeout after <*> waiting',
    server: 'サーバーが応答しません <*>',
    camel: 'shouldBlockLocation ret:<*>',
    short: 'timeout',
  });
  const found = (text: string): string[] => keys(logs.search(text, 10, any));

  it('finds Japanese words of two characters inside other words', () => {
    expect(found('認証')[0]).toBe('auth');
    expect(found('失敗')).toEqual(['auth']);
    expect(found('応答')).toEqual(['server']);
  });

  it('folds width, case, kana and long vowels, stems English, takes identifiers apart', () => {
    expect(found('ｻｰﾊﾞ')).toEqual(['server']);
    expect(found('ＣＯＮＮＥＣＴＩＯＮＳ')).toEqual(['pool']);
    expect(found('block location')).toEqual(['camel']);
  });

  it('ranks rarer words and shorter texts higher', () => {
    expect(found('timeout')).toEqual(['short', 'pool']);
    expect(found('user 認証')[0]).toBe('auth');
  });

  it('leaves out what is not allowed, taken out or changed', () => {
    expect(keys(logs.search('user', 10, (key) => key === 'login'))).toEqual(['login']);
    const words = index({ a: 'disk full', b: 'disk error' });
    words.delete('a');
    expect(words.set('b', 'disk error')).toBe(false);
    expect(words.set('b', 'memory error')).toBe(true);
    expect(keys(words.search('disk', 10, any))).toEqual([]);
    expect(keys(words.search('error', 10, any))).toEqual(['b']);
    expect(words.size).toBe(1);
  });

  it('finds every text by its own words, whatever is written', () => {
    const piece = fc.constantFrom('停電', 'ログイン', '長い', ' ', 'timeout ', 'E102', '４５０');
    fc.assert(
      fc.property(
        fc.array(
          fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
          { maxLength: 12 },
        ),
        (texts) => {
          const words = new WordIndex<number>();
          texts.forEach((text, i) => {
            words.set(i, text);
          });
          texts.forEach((text, i) => {
            if (text.trim()) expect(keys(words.search(text, 100, any))).toContain(i);
          });
          texts.forEach((_, i) => {
            words.delete(i);
          });
          for (const text of texts) expect(keys(words.search(text, 100, any))).toEqual([]);
        },
      ),
    );
  });

  const site = index({
    ups: 'UPS1 入力電圧低下 90V',
    power: 'PSU 2: the power input is lost',
    heat: 'Temperature is above the threshold',
    stock: '在庫が不足しています 品番=A24495',
    lunch: '昼休みは全員休憩',
  });
  const inSite = (text: string): string[] => keys(site.search(text, 10, any).filter(({ fit }) => fit >= 0.4));

  it('finds by what words mean, in both languages', () => {
    expect(inSite('停電').sort()).toEqual(['power', 'ups']);
    expect(inSite('power outage').sort()).toEqual(['power', 'ups']);
    expect(inSite('温度異常')).toEqual(['heat']);
    expect(inSite('out of stock')).toEqual(['stock']);
  });

  it('finds an id by its digits, and in any width', () => {
    for (const asked of ['Ａ２４４９５', 'a24495', '24495']) expect(inSite(asked)).toEqual(['stock']);
  });

  it('says how much of what was asked a text holds, so that nothing need be shown', () => {
    expect(inSite('駐車場の申請')).toEqual([]);
    expect(inSite('parental leave')).toEqual([]);
  });

  it('names the words that were found in the place of those asked', () => {
    expect(site.widened('停電', ['ups', 'power'])).toEqual([
      { asked: '停電', found: expect.arrayContaining(['UPS1', '入力電圧', 'PSU', 'power input']) },
    ]);
    expect(site.widened('UPS', ['ups'])).toMatchObject([{ found: expect.arrayContaining(['入力電圧']) }]);
  });

  it('knows the words that a site adds', () => {
    const words = new WordIndex<string>(
      new Lexicon(concepts, { power: 'キュービクル', 'line-3': '三号ライン L3' }),
    );
    words.set('a', 'キュービクル 点検');
    words.set('b', 'L3 stopped');
    expect(keys(words.search('停電', 10, any))).toEqual(['a']);
    expect(keys(words.search('三号ライン', 10, any))).toEqual(['b']);
  });
});
