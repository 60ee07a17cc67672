// Embedding with the shape of multilingual-e5-small (int8, real onnxruntime) against the built-in embedder; batches by length
// against padded ones; what the cache saves. Ratios within one run: other work on the machine falls on both sides.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { AutoModel, AutoTokenizer } from '@huggingface/transformers';
import { openOnnx } from '../../main/llm/process/embed-onnx.ts';
import type { LoadSpec } from '../../main/llm/types.ts';
import { openStore } from '../../main/store/index.ts';
import { builtInEmbedder, createVectorCache } from '../../main/vectors/index.ts';
import { E5_SMALL, writeEmbedder } from '../helpers/llm/onnx/make-embedder.ts';

const THREADS = 1;
const SENTENCES = [
  '認証サービスが停止したら再起動し、直らなければ情シスへ連絡する。',
  '回線の障害は業者に電話する。',
  'The user login failed, check the database connection and restart the service.',
  '残件が多いときは隣の拠点へ応援を頼む。',
  'プリンタの紙詰まりは後ろの扉を開けて直す。',
];
const textOf = (characters: number, i: number): string => {
  let text = `${i} `;
  for (let k = i; text.length < characters; k++) text += SENTENCES[k % SENTENCES.length] ?? '';
  return text.slice(0, characters);
};
const chanceFrom = (seed: number): (() => number) => {
  let a = seed;
  return () => {
    a = (Math.imul(a, 1_664_525) + 1_013_904_223) >>> 0;
    return a / 2 ** 32;
  };
};
const goOn = (): boolean => false;
const cpuSeconds = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

export async function run(print: (line: string) => void): Promise<void> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-bench-'));
  try {
    const folder = writeEmbedder(path.join(dir, 'e5-small-shape'), {}, E5_SMALL);
    const spec: LoadSpec = {
      modelId: 'e5-small-shape',
      path: folder,
      format: 'onnx-folder',
      architecture: 'bert',
      contextTokens: 0,
      threads: THREADS,
      backend: 'cpu',
      needMb: 200,
      prefixes: { query: 'query: ', passage: 'passage: ' },
    };
    const model = await openOnnx(spec);
    await model.embed([textOf(40, 0)], 'passage', goOn);

    for (const [characters, n] of [
      [15, 160],
      [60, 80],
      [200, 40],
      [400, 24],
    ] as const) {
      const texts = Array.from({ length: n }, (_, i) => textOf(characters, i));
      const built = await cpuSeconds(async () => {
        for (let again = 0; again < 20; again++) builtInEmbedder.embedNow(texts);
      });
      const made = await cpuSeconds(() => model.embed(texts, 'passage', goOn));
      const one = await cpuSeconds(async () => {
        for (const text of texts) await model.embed([text], 'passage', goOn);
      });
      print(
        `embeddings: ${characters} characters: ${(n / made).toFixed(0)} texts a CPU second (${((1000 * made) / n).toFixed(1)} ms each), the built-in embedder is ${(made / (built / 20)).toFixed(0)} × as fast; together ${(one / made).toFixed(2)} × as fast as one by one`,
      );
    }

    // texts of very different lengths, as know-how and log templates are
    const chance = chanceFrom(11);
    const mixed = Array.from({ length: 96 }, (_, i) => textOf(Math.round(12 + 380 * chance() ** 3), i));
    const byLength = await cpuSeconds(() => model.embed(mixed, 'passage', goOn));
    await model.close();
    const tokenizer = await AutoTokenizer.from_pretrained(folder, { local_files_only: true });
    const plain = await AutoModel.from_pretrained(folder, {
      local_files_only: true,
      device: 'cpu',
      dtype: 'q8',
      session_options: {
        intraOpNumThreads: THREADS,
        interOpNumThreads: 1,
        extra: { session: { intra_op: { allow_spinning: '0' } } },
      },
    });
    const forward = plain as unknown as (inputs: unknown) => Promise<unknown>;
    const padded = await cpuSeconds(async () => {
      for (let from = 0; from < mixed.length; from += 16)
        await forward(
          tokenizer(
            mixed.slice(from, from + 16).map((text) => `passage: ${text}`),
            { padding: true, truncation: true },
          ),
        );
    });
    await plain.dispose();
    print(
      `embeddings: mixed lengths: batches of one length take 1/${(padded / byLength).toFixed(1)} of the CPU time of padded batches of 16 (${byLength.toFixed(2)} s against ${padded.toFixed(2)} s)`,
    );

    const again = await openOnnx(spec);
    const store = await openStore(path.join(dir, 'store'));
    const cache = createVectorCache(store);
    const embedder = {
      id: again.id,
      dimensions: again.dimensions,
      embed: (texts: readonly string[]) => again.embed(texts, 'passage', goOn),
    };
    const texts = Array.from({ length: 96 }, (_, i) => textOf(60 + (i % 5) * 20, i));
    const first = await cpuSeconds(() => cache.embed(embedder, texts));
    const second = await cpuSeconds(() => cache.embed(embedder, texts));
    // one text in twenty changed: what making the index again costs after an edit
    const edited = texts.map((text, i) => (i % 20 === 0 ? `${text}。改訂` : text));
    const third = await cpuSeconds(() => cache.embed(embedder, edited));
    print(
      `embeddings: from the cache ${(first / second).toFixed(0)} × as fast as computed; with 1 text in 20 changed ${(first / third).toFixed(1)} ×; hit rate ${((cache.status().hitRate ?? 0) * 100).toFixed(0)} %`,
    );
    await store.close();
    await again.close();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
