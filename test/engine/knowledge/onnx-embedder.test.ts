// Real onnxruntime on generated folders: a tiny model of true architecture, its weights made up.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { AutoTokenizer } from '@huggingface/transformers';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { wordError } from '../../../main/kernel/errors.ts';
import { openOnnx } from '../../../main/llm/process/embed-onnx.ts';
import type { LoadSpec } from '../../../main/llm/types.ts';
import { centred } from '../../../main/vectors/index.ts';
import { writeEmbedder } from '../../helpers/llm/onnx/make-embedder.ts';
import { tempDir } from '../../helpers/temp.ts';

const E5 = { query: 'query: ', passage: 'passage: ' };
const specOf = (folder: string, change: Partial<LoadSpec> = {}): LoadSpec => ({
  modelId: 'tiny-e5',
  path: folder,
  format: 'onnx-folder',
  architecture: 'bert',
  contextTokens: 0,
  threads: 1,
  backend: 'cpu',
  needMb: 10,
  prefixes: E5,
  ...change,
});
const dot = (a: Float32Array | undefined, b: Float32Array | undefined): number =>
  Array.from(a ?? []).reduce((sum, x, i) => sum + x * (b?.[i] ?? 0), 0);
const goOn = (): boolean => false;

let model: Awaited<ReturnType<typeof openOnnx>>;
const shared = mkdtempSync(path.join(os.tmpdir(), 'toride-onnx-'));
beforeAll(async () => {
  model = await openOnnx(specOf(writeEmbedder(shared)));
});
afterAll(async () => {
  await model.close();
  rmSync(shared, { recursive: true, force: true });
});

describe('an ONNX embedding model', () => {
  it('gives unit vectors of its own length, and likes what shares words', async () => {
    const texts = ['認証サービスが停止した', '認証サービスが復旧した', 'The printer has a paper jam'];
    const [stopped, back, paper] = await model.embed(texts, 'passage', goOn);
    expect([model.dimensions, stopped?.length]).toEqual([32, 32]);
    expect(dot(stopped, stopped)).toBeCloseTo(1, 5);
    expect(dot(stopped, back)).toBeGreaterThan(dot(stopped, paper));
  });

  describe('pools what its graph gives for each token', () => {
    const texts = [
      '認証',
      '回線が切れたら業者に電話する。',
      'ok',
      '認証',
      'backup failed',
      '休憩は交代で取る',
    ];
    /** e5's recipe done here by hand: all texts in one batch padded to the longest, the mean of what the mask shows, length 1 */
    const pooled = async (of: (row: readonly number[][]) => readonly number[]): Promise<Float32Array[]> => {
      const tokenizer = await AutoTokenizer.from_pretrained(shared, { local_files_only: true });
      const rows = texts.map((text) => tokenizer.encode(`passage: ${text}`));
      const length = Math.max(...rows.map((row) => row.length));
      const padded = (fill: number, cell: (id: number) => number): Tensor => {
        const cells = rows.flatMap((row) => [
          ...row.map(cell),
          ...Array<number>(length - row.length).fill(fill),
        ]);
        return new Tensor('int64', BigInt64Array.from(cells, BigInt), [rows.length, length]);
      };
      const session = await InferenceSession.create(path.join(shared, 'onnx', 'model.onnx'));
      const PAD = 1;
      const output = await session.run({
        input_ids: padded(PAD, (id) => id),
        attention_mask: padded(0, () => 1),
        token_type_ids: padded(0, () => 0),
      });
      const hidden = output['last_hidden_state'];
      expect(hidden?.dims).toEqual([texts.length, length, model.dimensions]);
      const data = Array.from(hidden?.data as Float32Array);
      await session.release();
      expect(new Set(rows.map((row) => row.length)).size).toBeGreaterThan(1);
      return rows.map((row, r) => {
        const shown = row.map((_, t) =>
          data.slice((r * length + t) * model.dimensions, (r * length + t + 1) * model.dimensions),
        );
        const vector = of(shown);
        const size = Math.hypot(...vector);
        return Float32Array.from(vector, (x) => x / size);
      });
    };
    const mean = (rows: readonly number[][]): number[] =>
      (rows[0] ?? []).map((_, i) => rows.reduce((sum, row) => sum + (row[i] ?? 0), 0) / rows.length);
    const furthest = (a: Float32Array | undefined, b: Float32Array | undefined): number =>
      Math.max(...Array.from(a ?? [Number.NaN], (x, i) => Math.abs(x - (b?.[i] ?? Number.NaN))));

    it('as the mean of the tokens that the mask shows, brought to length 1', async () => {
      const expected = await pooled(mean);
      const vectors = await model.embed(texts, 'passage', goOn);
      for (const [i, vector] of vectors.entries()) {
        expect(furthest(vector, expected[i])).toBeLessThan(1e-5);
        expect(Math.hypot(...vector)).toBeCloseTo(1, 6);
      }
    });

    it('the same whatever stands beside a text and however much longer that is', async () => {
      const together = await model.embed(texts, 'passage', goOn);
      for (const [i, text] of texts.entries()) {
        const [alone] = await model.embed([text], 'passage', goOn);
        expect(furthest(alone, together[i])).toBeLessThan(1e-5);
      }
    });

    it('as the first token alone where its folder says so, under another id', async () => {
      const folder = writeEmbedder(tempDir());
      mkdirSync(path.join(folder, '1_Pooling'));
      writeFileSync(path.join(folder, '1_Pooling', 'config.json'), '{"pooling_mode_cls_token": true}');
      const first = await openOnnx(specOf(folder));
      const expected = await pooled((rows) => rows[0] ?? []);
      const vectors = await first.embed(texts, 'passage', goOn);
      for (const [i, vector] of vectors.entries()) expect(furthest(vector, expected[i])).toBeLessThan(1e-5);
      expect(first.id).not.toBe(model.id);
      await first.close();
    });
  });

  it('tells a question from a passage, as e5 wants it', async () => {
    const [question] = await model.embed(['認証'], 'query', goOn);
    const [passage] = await model.embed(['認証'], 'passage', goOn);
    const bare = await openOnnx(specOf(writeEmbedder(tempDir()), { prefixes: { query: '', passage: '' } }));
    const [told] = await bare.embed(['query: 認証'], 'passage', goOn);
    expect(dot(question, passage)).toBeLessThan(0.999);
    expect(dot(question, told)).toBeCloseTo(1, 5);
    expect(bare.id).not.toBe(model.id);
    await bare.close();
  });

  it('cuts what is longer than it can read, and says which', async () => {
    const cut: number[] = [];
    const long = '認証'.repeat(500);
    const [a, , b] = await model.embed([long, '短い', `${long}さらに続く`], 'passage', goOn, (i) =>
      cut.push(i),
    );
    expect(cut).toEqual([0, 2]);
    expect(dot(a, b)).toBeCloseTo(1, 5);
  });

  it('prefers int8 where both are there, and says so in its id', async () => {
    const folder = writeEmbedder(tempDir());
    writeEmbedder(folder, { int8: true });
    const int8 = await openOnnx(specOf(folder));
    const [a, b] = await int8.embed(['認証サービスが停止した', '認証サービスが停止した'], 'passage', goOn);
    expect(dot(a, b)).toBeCloseTo(1, 3);
    expect(int8.id).not.toBe(model.id);
    await int8.close();
  });

  it('stops between two batches, and answers the next one', async () => {
    let asked = 0;
    const many = Array.from({ length: 300 }, (_, i) => `手順${'の確認'.repeat(i % 12)}`);
    await expect(model.embed(many, 'passage', () => ++asked > 3)).rejects.toThrow('stopped');
    expect(asked).toBe(4);
    expect(await model.embed(['認証'], 'passage', goOn)).toHaveLength(1);
  });

  it('with what all its vectors share taken out: unrelated texts lie near 0', async () => {
    const embedder = centred({
      id: model.id,
      dimensions: model.dimensions,
      embed: (texts, as) => model.embed(texts, as, goOn),
    });
    const texts = ['プリンタの紙詰まり', '残業の上限', 'backup disk', '休憩の交代', 'network timeout'];
    const plain = await model.embed(texts, 'passage', goOn);
    const taken = await embedder.embed(texts, 'passage');
    const mean = (vectors: readonly Float32Array[]): number => {
      const pairs = vectors.flatMap((a, i) => vectors.slice(i + 1).map((b) => dot(a, b)));
      return pairs.reduce((sum, x) => sum + x, 0) / pairs.length;
    };
    expect(mean(plain)).toBeGreaterThan(0.4);
    expect(Math.abs(mean(taken))).toBeLessThan(mean(plain) / 2);
    expect((await embedder.embed(['。。！'], 'passage'))[0]).toEqual(new Float32Array(32));
  });
});

describe('a folder that is no model', () => {
  it.each(['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model.onnx'])(
    'without %s is refused in words, and nothing is fetched',
    async (file) => {
      const folder = writeEmbedder(tempDir());
      rmSync(path.join(folder, file));
      const fetched = vi.spyOn(globalThis, 'fetch');
      const connected = vi.spyOn(net.Socket.prototype, 'connect');
      const error = await openOnnx(specOf(folder)).then(
        () => null,
        (thrown: unknown) => thrown as { code: 'models.load-failed'; params: { detail: string } },
      );
      expect(error).toMatchObject({ code: 'models.load-failed', params: { detail: `no ${file}` } });
      expect(wordError(error ?? { code: 'internal', params: {} }, 'ja').say).toContain(file);
      expect([fetched, connected].map((spy) => spy.mock.calls.length)).toEqual([0, 0]);
      vi.restoreAllMocks();
    },
  );
  it.each([
    ['tokenizer.json', '{'],
    ['config.json', '{"model_type": 3}'],
    ['onnx/model.onnx', 'version https://git-lfs.github.com/spec/v1'],
  ])('with a broken %s is refused', async (file, text) => {
    const folder = writeEmbedder(tempDir());
    writeFileSync(path.join(folder, file), text);
    await expect(openOnnx(specOf(folder))).rejects.toMatchObject({ code: 'models.load-failed' });
  });
});
