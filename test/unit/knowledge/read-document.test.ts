import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../main/kernel/errors.ts';
import { readDocument } from '../../../main/knowledge/read-document.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16le = (text: string): Uint8Array =>
  new Uint8Array([0xff, 0xfe, ...[...text].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8])]);
/** 「認証の手順」 as Windows and as Unix wrote it before UTF-8 */
const SHIFT_JIS = Uint8Array.of(0x94, 0x46, 0x8f, 0xd8, 0x82, 0xcc, 0x8e, 0xe8, 0x8f, 0x87);
const EUC_JP = Uint8Array.of(0xc7, 0xa7, 0xbe, 0xda, 0xa4, 0xce, 0xbc, 0xea, 0xbd, 0xe7);

describe('a file as know-how', () => {
  it.each([
    ['UTF-8', utf8('認証の手順')],
    ['UTF-8 with a mark', utf8('\ufeff認証の手順')],
    ['UTF-16', utf16le('認証の手順')],
    ['Shift_JIS', SHIFT_JIS],
    ['EUC-JP', EUC_JP],
  ])('is read in %s', (_, bytes) => {
    expect(readDocument('手順.txt', bytes)).toEqual({
      title: '手順',
      text: '認証の手順',
      tags: [],
      author: null,
    });
  });

  it('takes title, tags and author from where a file says them', () => {
    const text =
      '---\ntitle: "回線の障害"\ntags: [運用, ネットワーク]\nauthor: 佐藤\n---\n# 見出し\n業者に電話する。';
    expect(readDocument('a/b/net.md', utf8(text))).toEqual({
      title: '回線の障害',
      text: '# 見出し\n業者に電話する。',
      tags: ['運用', 'ネットワーク'],
      author: '佐藤',
    });
    expect(readDocument('x.md', utf8('# 認証障害\n再起動する。')).title).toBe('認証障害');
  });

  it('names the columns in every row of a table', () => {
    const csv =
      'エラー,対処,担当\r\nE01,"再起動、\r\n直らなければ連絡",佐藤\r\n\r\nE02,"「""強制""」終了",\r\n';
    expect(readDocument('対処.csv', utf8(csv)).text).toBe(
      'エラー: E01\n対処: 再起動、\r\n直らなければ連絡\n担当: 佐藤\n\nエラー: E02\n対処: 「"強制"」終了',
    );
    expect(readDocument('a.tsv', utf8('a\tb\n1\t2')).text).toBe('a: 1\nb: 2');
  });

  it('takes the words of a page, nothing of its scripts', () => {
    const page = `<html><head><title>休憩の&amp;決まり</title><meta name="author" content="総務"><meta name="keywords" content="勤怠,休憩">
      <style>p{color:red}</style></head><body><!-- 秘密 --><h2>昼</h2><p>12時から<b>交代</b>で&nbsp;取る。</p>
      <ul><li>入力班<li>補正班</ul><script>alert('x')</script><table><tr><th>班</th><th>時刻</th></tr><tr><td>A</td><td>12:00</td></tr></table></body></html>`;
    expect(readDocument('rest.html', utf8(page))).toEqual({
      title: '休憩の&決まり',
      text: '## 昼\n\n12時から交代で 取る。\n\n- 入力班\n- 補正班\n\n班、時刻\n\nA、12:00',
      tags: ['勤怠', '休憩'],
      author: '総務',
    });
  });

  it.each([
    ['写真.jpg', utf8('x'), 'knowledge.wrong-kind'],
    [
      '写真.txt',
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 1, 2, 3, 4, 0xff, 0xd8),
      'knowledge.not-text',
    ],
    ['空.txt', utf8(' \n\n'), 'knowledge.empty'],
    ['大.txt', new Uint8Array(2_000_001).fill(97), 'knowledge.file-too-large'],
  ])('%s is refused in words', (name, bytes, code) => {
    expect(() => readDocument(name, bytes)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('whatever the bytes: a document or a refusal', () => {
    const names = fc.constantFrom('a.txt', 'a.html', 'a.csv', 'a.md');
    const tags = fc.constantFrom(
      '<',
      '>',
      '<script',
      '<!--',
      '&#x110000;',
      '"',
      '\n',
      ',',
      '---\n',
      'あ',
      '</h2>',
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(tags, { maxLength: 60 }).map((parts) => utf8(parts.join(''))),
    );
    fc.assert(
      fc.property(names, bytes, (name, given) => {
        try {
          expect(readDocument(name, given).text.trim()).not.toBe('');
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(AppError);
        }
      }),
    );
  });
});
