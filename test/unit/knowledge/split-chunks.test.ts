import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitChunks, splitSentences } from '../../../main/knowledge/split-chunks.ts';

describe('sentences', () => {
  it.each([
    ['止まった。再起動する！直ったか？', ['止まった。', '再起動する！', '直ったか？']],
    ['「止まった。」と言われた。', ['「止まった。」', 'と言われた。']],
    ['It failed. Restart it! Did it help?', ['It failed.', 'Restart it!', 'Did it help?']],
    ['Version 1.5 of app.log is fine', ['Version 1.5 of app.log is fine']],
    ['', []],
  ])('%s', (line, expected) => {
    expect(splitSentences(line)).toEqual(expected);
  });
});

describe('chunks', () => {
  it('keeps a short note whole', () => {
    expect(splitChunks('認証が止まったら再起動する。')).toEqual([
      { text: '認証が止まったら再起動する。', heading: '', from: 0, to: 14, place: null },
    ]);
  });

  it('opens the next chunk with the last sentence of the one before', () => {
    const text = Array.from(
      { length: 12 },
      (_, i) => `これは手順の${i}番目の文で、五十文字くらいになるように言葉を足してあります、そのはずです。`,
    ).join('');
    const chunks = splitChunks(text);
    expect(chunks.length).toBeGreaterThan(1);
    for (let i = 1; i < chunks.length; i++) {
      const last = splitSentences(chunks[i - 1]?.text ?? '').at(-1) ?? '?';
      expect(chunks[i]?.text.startsWith(last)).toBe(true);
    }
  });

  it('starts anew at a heading and remembers what stands above', () => {
    const chunks = splitChunks('# 障害\n## 認証\n再起動する。\n## 回線\n業者に電話する。');
    expect(chunks.map((c) => c.heading)).toEqual(['障害', '障害 認証', '障害 回線']);
    expect(chunks[2]?.text).toContain('業者');
  });

  it('keeps list items on lines of their own', () => {
    expect(splitChunks('手順\n1. 止める\n2. 戻す\n・確認する')[0]?.text).toBe(
      '手順\n1. 止める\n2. 戻す\n・確認する',
    );
  });

  it('loses no word and never passes 400 characters', () => {
    const piece = fc.constantFrom(
      '認証が止まった。',
      'Restart it. ',
      '\n\n',
      '# 見出し\n',
      '- item\n',
      '長'.repeat(500),
      'a b c ',
      '\r\n',
      '😀',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const chunks = splitChunks(text);
        const count = (s: string, c: string): number => s.split(c).length - 1;
        const joined = chunks.map((c) => c.text).join('\n');
        for (const word of ['認証', '長', '😀', 'Restart'])
          expect(count(joined, word)).toBeGreaterThanOrEqual(count(text, word));
        const bare = (t: string): string => t.replace(/\s+/g, '');
        for (const chunk of chunks) {
          expect(chunk.text.length).toBeLessThanOrEqual(400);
          // a citation leads to the very stretch of the document
          expect(bare(text.slice(chunk.from, chunk.to))).toBe(bare(chunk.text));
        }
      }),
    );
  });
});
