import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInEmbedder, foldMapped, foldText, LEXICON, searchExact } from '../../../main/vectors/index.ts';

/** a question in one language, the note that answers it in the other */
const PAIRS: readonly (readonly [ja: string, en: string])[] = [
  ['認証サービスに接続できない', 'The authentication service refuses connections'],
  ['タイムアウトが多発したときの対処', 'What to do when requests time out repeatedly'],
  ['データベースのデッドロック', 'Deadlock in the database: restart the transaction'],
  ['ディスクの空き容量がない', 'Disk is full, remove old archives'],
  ['メモリ不足で落ちた', 'The process crashed out of memory'],
  ['残件が多いときは応援を頼む', 'Ask for support when the backlog is large'],
  ['納期に間に合わない場合の連絡先', 'Whom to contact when a deadline is missed'],
  ['新人の研修期間', 'Training of newcomers'],
  ['目検の手順', 'Procedure of the visual check'],
  ['SV補正の承認ルール', 'Approval rules for supervisor correction'],
  ['休憩時間のずらし方', 'How to stagger breaks'],
  ['残業の上限', 'Overtime limit'],
  ['手書き文字の読み取りミス', 'Handwriting recognition mistakes'],
  ['文字化けした帳票', 'Garbled characters on forms'],
  ['証明書の有効期限切れ', 'Expired certificate'],
  ['VPNがつながらない', 'VPN connection is down'],
  ['夜間バッチの失敗', 'The nightly batch job failed'],
  ['プリンタの紙詰まり', 'Printer paper jam'],
  ['パスワードのロックアウト', 'Account lockout after wrong passwords'],
  ['大雪で出勤できない日', 'Days when snow stops people from attending'],
  ['台風時の対応', 'Typhoon response'],
  ['地震のときの避難', 'Earthquake evacuation'],
  ['二重入力の不一致', 'Double entry mismatch'],
  ['住所の番地が空欄', 'Blank address field'],
  ['顧客からのクレーム', 'Complaints from customers'],
  ['請求書の入力', 'Entry of invoices'],
  ['繁忙期のピーク', 'Peak in the busy season'],
  ['欠勤者が多い日', 'Days with many absences'],
  ['ベテランの配置', 'Placement of experienced staff'],
  ['拠点間の移動時間', 'Travel time between sites'],
  ['サーバーの再起動', 'Restart of the server'],
  ['設定を元に戻す', 'Roll back the configuration'],
  ['バックアップから復旧', 'Restore from backup'],
  ['ネットワーク回線の障害', 'Network outage'],
  ['画面が固まる', 'The screen hangs'],
  ['キャッシュを削除', 'Delete the cache'],
  ['スキャナの不具合', 'Scanner fault'],
  ['個人情報の取り扱い', 'Handling of personal information'],
  ['優先順位の決め方', 'How priorities are set'],
  ['引き継ぎの注意点', 'Points to note at handover'],
  ['品質チェックのサンプル', 'Quality sampling'],
  ['重複した登録', 'Duplicate registration'],
  ['CPU負荷が高い', 'High CPU load'],
  ['ウイルス感染の疑い', 'Suspected malware infection'],
  ['保険の申込書', 'Insurance application form'],
];

const rankOf = (queries: readonly string[], notes: readonly string[]): number[] => {
  const vectors = builtInEmbedder.embedNow(notes);
  return builtInEmbedder
    .embedNow(queries)
    .map((q, i) => searchExact(q, vectors, notes.length).findIndex((n) => n.id === i));
};
const recall = (ranks: readonly number[], k: number): number =>
  ranks.filter((r) => r < k).length / ranks.length;

describe('the built-in embedder', () => {
  it('finds an English note by a Japanese question and the other way round', () => {
    const ja = PAIRS.map((p) => p[0]);
    const en = PAIRS.map((p) => p[1]);
    expect(PAIRS.length).toBeGreaterThanOrEqual(40);
    expect(recall(rankOf(ja, en), 3)).toBeGreaterThanOrEqual(0.85);
    expect(recall(rankOf(en, ja), 3)).toBeGreaterThanOrEqual(0.85);
  });

  it('knows at least 250 concepts, each once', () => {
    expect(LEXICON.names.length).toBeGreaterThanOrEqual(250);
    expect(new Set(LEXICON.names).size).toBe(LEXICON.names.length);
  });

  it('gives unit vectors of 384 dimensions, the same ones every time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const [a, b] = builtInEmbedder.embedNow([text, text]);
        expect(a).toHaveLength(384);
        expect(a).toEqual(b);
        const length = Math.hypot(...(a ?? []));
        expect(length === 0 || Math.abs(length - 1) < 1e-5).toBe(true);
      }),
    );
  });

  it('does not see width, kana or long vowels', () => {
    const [a, b, c] = builtInEmbedder.embedNow(['サーバーエラー', 'ｻｰﾊﾞｰｴﾗｰ', 'さーばえらー']);
    expect(b).toEqual(a);
    expect(c).toEqual(a);
  });

  it('has nothing to say about a text without letters', () => {
    expect(builtInEmbedder.embedNow(['', '。。！'])).toEqual([new Float32Array(384), new Float32Array(384)]);
  });
});

describe('folding', () => {
  it.each([
    ['サーバー', 'サーバ'],
    ['ｴﾝﾄﾘｰ１', 'エントリ1'],
    ['ﾀﾞｳﾝ', 'ダウン'],
    ['髙橋', '高橋'],
    ['ＳＶ　補正', 'sv 補正'],
  ])('%s = %s', (a, b) => {
    expect(foldText(a)).toBe(foldText(b));
  });
  it('folding twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
      { numRuns: 400 },
    );
  });
  it('leads back to the original', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const { text: folded, starts, ends } = foldMapped(text);
        expect([starts.length, ends.length]).toEqual([folded.length, folded.length]);
        for (let i = 0; i < folded.length; i++) {
          expect(ends[i]).toBeGreaterThan(starts[i] ?? 0);
          expect(starts[i]).toBeGreaterThanOrEqual(starts[i - 1] ?? 0);
        }
      }),
    );
  });
});

describe('exact search', () => {
  const vector = fc
    .array(fc.integer({ min: -5, max: 5 }), { minLength: 4, maxLength: 4 })
    .map((v) => Float32Array.from(v));
  it('returns what sorting everything would', () => {
    fc.assert(
      fc.property(
        vector,
        fc.array(vector, { maxLength: 30 }),
        fc.integer({ min: 0, max: 8 }),
        (q, all, k) => {
          const expected = all
            .map((v, id) => ({ id, score: v.reduce((s, x, i) => s + x * (q[i] ?? 0), 0) }))
            .sort((a, b) => b.score - a.score || a.id - b.id);
          expect(searchExact(q, all, k)).toEqual(expected.slice(0, k));
          const odd = (i: number): boolean => i % 2 === 1;
          expect(searchExact(q, all, k, odd)).toEqual(expected.filter((n) => odd(n.id)).slice(0, k));
        },
      ),
    );
  });
  it('passes over vectors of another length', () => {
    expect(searchExact(Float32Array.of(1), [Float32Array.of(1, 0), Float32Array.of(1)], 5)).toEqual([
      { id: 1, score: 1 },
    ]);
  });
});
