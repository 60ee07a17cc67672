import { describe, expect, it } from 'vitest';
import { AppError } from '../../../main/kernel/errors.ts';
import { builtInEmbedder, centred, type Embedder, followRole } from '../../../main/vectors/index.ts';

const D = 384;
const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
/** A model as e5 is: all it says has one large part in common, another one for questions than for passages. */
function narrow(id = 'narrow'): Embedder & { failing: boolean; calls: number } {
  return {
    id,
    modelId: id,
    dimensions: D,
    failing: false,
    calls: 0,
    async embed(texts, as) {
      this.calls++;
      if (this.failing) throw new AppError('models.process-died');
      return builtInEmbedder.embedNow(texts).map((vector) => {
        const v = vector.map((x) => 0.5 * x);
        v[as === 'query' ? 0 : 1] = 0.85;
        const length = Math.hypot(...v);
        return v.map((x) => x / length);
      });
    },
  };
}
const NOTES = [
  '認証サービスが止まった',
  'プリンタの紙詰まり',
  '残業の上限',
  'Handwriting recognition mistakes',
  '大雪の日の出勤',
];

describe('a model whose vectors all look alike', () => {
  it('lets unrelated texts lie apart, and keeps what belongs together together', async () => {
    const plain = await narrow().embed(NOTES, 'passage');
    const model = centred(narrow());
    const apart = await model.embed(NOTES, 'passage');
    for (let i = 0; i < NOTES.length; i++)
      for (let k = 0; k < i; k++) {
        expect(dot(plain[i]!, plain[k]!)).toBeGreaterThan(0.6);
        expect(Math.abs(dot(apart[i]!, apart[k]!))).toBeLessThan(0.3);
      }
    const [question] = await model.embed(['認証が止まったとき'], 'query');
    const scores = apart.map((note) => dot(note, question!));
    expect(scores.indexOf(Math.max(...scores))).toBe(0);
    expect(scores[0]).toBeGreaterThan(0.3);
    for (const vector of [...apart, question!]) expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
  });

  it('is another embedder than the model itself, and asks it for the mean once', async () => {
    const model = narrow();
    const embedder = centred(model);
    expect([embedder.id, embedder.modelId]).toEqual(['narrow centred-1', 'narrow']);
    await embedder.embed(['一'], 'passage');
    await embedder.embed(['二'], 'passage');
    expect(model.calls).toBe(3);
  });

  it('that failed at first answers once it can', async () => {
    const model = narrow();
    const embedder = centred(model);
    model.failing = true;
    await expect(embedder.embed(['一'], 'query')).rejects.toMatchObject({ code: 'models.process-died' });
    model.failing = false;
    expect(await embedder.embed(['認証'], 'query')).toHaveLength(1);
  });
});

describe('who shall embed', () => {
  it('is the model that plays the role, or the built-in one', () => {
    let role: Embedder | null = null;
    const wanted = followRole(() => role);
    expect(wanted()).toBe(builtInEmbedder);
    role = narrow('a');
    const first = wanted();
    expect(first).toMatchObject({ id: 'a centred-1', modelId: 'a', dimensions: D });
    // loaded anew: the same embedder
    role = narrow('a');
    expect(wanted()).toBe(first);
    role = narrow('b');
    expect(wanted().id).toBe('b centred-1');
    role = null;
    expect(wanted()).toBe(builtInEmbedder);
  });
});
