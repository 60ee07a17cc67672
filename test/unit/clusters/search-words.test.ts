import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuseRanks, termsOf, WordIndex } from '../../../main/clusters/search-words.ts';
import { embeddedText, messageOf, splitCamel } from '../../../main/clusters/template-words.ts';
import { foldText } from '../../../main/vectors/index.ts';
import { templateOf } from '../../engine/clusters/made-logs.ts';

const index = (texts: Readonly<Record<string, string>>): WordIndex<string> => {
  const words = new WordIndex<string>();
  for (const [key, text] of Object.entries(texts)) words.set(key, text);
  return words;
};
const any = (): boolean => true;

describe('search by words', () => {
  const logs = index({
    auth: '利用者の認証に失敗しました user=<*>',
    login: 'ログインしました user=<*>',
    pool: 'connection pool timeout after <*> waiting',
    server: 'サーバーが応答しません <*>',
    camel: 'shouldBlockLocation ret:<*>',
    short: 'timeout',
  });

  it('finds Japanese words of two characters inside other words', () => {
    expect(logs.search('認証', 10, any)).toEqual(['auth']);
    expect(logs.search('失敗', 10, any)).toEqual(['auth']);
    expect(logs.search('応答', 10, any)).toEqual(['server']);
  });

  it('folds width, case, kana and long vowels, stems English, takes identifiers apart', () => {
    expect(logs.search('ｻｰﾊﾞ', 10, any)).toEqual(['server']);
    expect(logs.search('ＣＯＮＮＥＣＴＩＯＮＳ', 10, any)).toEqual(['pool']);
    expect(logs.search('block location', 10, any)).toEqual(['camel']);
  });

  it('ranks rarer words and shorter texts higher', () => {
    expect(logs.search('timeout', 10, any)).toEqual(['short', 'pool']);
    expect(logs.search('user 認証', 10, any)).toEqual(['auth', 'login']);
  });

  it('leaves out what is not allowed, taken out or changed', () => {
    expect(logs.search('user', 10, (key) => key === 'login')).toEqual(['login']);
    const words = index({ a: 'disk full', b: 'disk error' });
    words.delete('a');
    expect(words.set('b', 'disk error')).toBe(false);
    expect(words.set('b', 'memory error')).toBe(true);
    expect(words.search('disk', 10, any)).toEqual([]);
    expect(words.search('error', 10, any)).toEqual(['b']);
    expect(words.size).toBe(1);
  });

  it('finds every text by any of its own words, whatever is written', () => {
    // as written: a stem is no word, and has a stem of its own (tense → tens → ten)
    const wordsOf = (text: string): string[] => [
      ...(foldText(splitCamel(text)).match(/[a-z0-9]+/g) ?? []),
      ...termsOf(text).filter((term) => !/^[a-z0-9]+$/.test(term)),
    ];
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 30 }), { maxLength: 12 }), (texts) => {
        const words = new WordIndex<number>();
        texts.forEach((text, i) => {
          words.set(i, text);
        });
        texts.forEach((text, i) => {
          for (const word of wordsOf(text)) expect(words.search(word, 100, any)).toContain(i);
        });
        texts.forEach((_, i) => {
          words.delete(i);
        });
        for (const text of texts) expect(words.search(text, 100, any)).toEqual([]);
      }),
      { examples: [[['0aase']]] },
    );
  });
});

describe('fused ranks', () => {
  it('put what both lists have before what one has; first in both is 1', () => {
    const fused = fuseRanks(['a', 'b', 'c'], ['a', 'd', 'b']);
    expect(fused.map((f) => f.key)).toEqual(['a', 'b', 'd', 'c']);
    expect(fused[0]).toEqual({ key: 'a', score: 1, lexicalRank: 1, vectorRank: 1 });
    expect(fused[2]).toMatchObject({ lexicalRank: null, vectorRank: 2 });
    expect(fuseRanks([], [])).toEqual([]);
  });
});

describe('the text that is embedded', () => {
  it('is the message: no holes, no names of fields, identifiers taken apart', () => {
    const text = (t: string): string => embeddedText(templateOf({ id: 1, text: t }));
    expect(text('画面を開きました user=<*> 所要=<*>')).toBe('画面を開きました');
    expect(text('shouldBlockLocation ret:<*>')).toBe('should Block Location ret:');
    expect(text('HTTPServer.start_now <*>')).toBe('HTTP Server start now');
  });

  it('is everything where there are fields only', () => {
    expect(messageOf(templateOf({ id: 1, text: 'user=<*> pid=<*>' }))).toBe('user= pid=');
    expect(messageOf(templateOf({ id: 1, text: '<*>' }))).toBe('');
  });
});
