import type { EmbedAs, Embedder } from './types.ts';

/**
 * Short notes about nothing in common, in both languages: their mean is what a model says of any text. Changing one changes the
 * vectors, and with them the id's version below.
 */
const UNRELATED = [
  '認証サービスが止まったときは、まず再起動する。',
  '昼の休憩は交代で取る。',
  'プリンタの紙詰まりは後ろの扉を開けて直す。',
  '品川から横浜への移動は片道30分かかる。',
  'データベースの接続がタイムアウトした。',
  '新人の研修期間は二週間です。',
  '大雪の日は出勤できない人が増える。',
  '請求書の金額を二人で入力して比べる。',
  'ディスクの空き容量が足りない。',
  '顧客からの苦情は記録して責任者へ伝える。',
  '残業は月に四十五時間まで。',
  '手書きの数字が読み取れない。',
  'The user logged in successfully.',
  'Order the lunch boxes before ten.',
  'Certificate expires next month; renew it.',
  'java.lang.NullPointerException at line 42',
  'Meeting room is on the second floor.',
  'GET /index.html 200',
  'The backlog is largest on Mondays.',
  'Replace the scanner glass when it is scratched.',
  'Holiday schedule for the new year',
  'Cache entry removed after timeout',
  'Ask the union about shift changes.',
  'Temperature in the server room: 23 degrees',
] as const;
const VERSION = 'centred-1';
const HAS_WORDS = /[\p{L}\p{N}]/u;

/**
 * A model's vectors with what they all share taken out (Mu & Viswanath 2018, "All-but-the-Top", its first step). Models such as
 * e5 give any two texts a cosine of 0.7 and more; without their mean, unrelated texts lie near 0, as with the built-in embedder,
 * and one threshold of likeness serves both. Questions and passages have a mean of their own.
 */
export function centred(model: Embedder): Embedder {
  const means = new Map<EmbedAs, Promise<Float64Array>>();
  const meanOf = async (as: EmbedAs): Promise<Float64Array> => {
    const sum = new Float64Array(model.dimensions);
    for (const vector of await model.embed(UNRELATED, as))
      for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + (vector[i] ?? 0) / UNRELATED.length;
    return sum;
  };
  const mean = (as: EmbedAs): Promise<Float64Array> => {
    const known = means.get(as);
    if (known !== undefined) return known;
    const made = meanOf(as);
    means.set(as, made);
    // a model that failed once may answer the next time
    made.catch(() => means.delete(as));
    return made;
  };
  return {
    id: `${model.id} ${VERSION}`,
    ...(model.modelId === undefined ? {} : { modelId: model.modelId }),
    dimensions: model.dimensions,
    async embed(texts, as, signal) {
      const centre = await mean(as);
      const vectors = await model.embed(texts, as, signal);
      return vectors.map((vector, k) => {
        const out = new Float32Array(model.dimensions);
        if (!HAS_WORDS.test(texts[k] ?? '')) return out;
        let squares = 0;
        for (let i = 0; i < out.length; i++) {
          const x = (vector[i] ?? 0) - (centre[i] ?? 0);
          out[i] = x;
          squares += x * x;
        }
        const length = Math.sqrt(squares);
        return length > 1e-9 ? out.map((x) => x / length) : out;
      });
    },
  };
}
