// What an embedding model could not read to its end is counted, text by text.
import path from 'node:path';
import { expect, test } from 'vitest';
import { openModels } from '../../helpers/llm/models-runtime.ts';
import { TINY, writeEmbedder } from '../../helpers/llm/onnx/make-embedder.ts';

test('passages longer than the model reads count once each; questions do not', async () => {
  await using models = openModels();
  const folder = writeEmbedder(path.join(models.dir, 'e5'));
  const spec = models.specOf('e5', folder, { format: 'onnx-folder', architecture: 'bert' });
  const { runtime } = models;
  let told = 0;
  runtime.changed.on(() => told++);
  await runtime.embed(spec, ['短い文'], 'passage');
  expect(runtime.cutOf('e5')).toBeNull();
  const before = told;
  const [one, two] = ['認証'.repeat(300), 'ログ'.repeat(300)];
  await runtime.embed(spec, ['短い文', one, two], 'passage');
  expect(runtime.cutOf('e5')).toEqual({ texts: 2, tokens: TINY.positions });
  expect(told).toBe(before + 1);
  await runtime.embed(spec, [one], 'passage');
  await runtime.embed(spec, ['質問'.repeat(300)], 'query');
  expect(runtime.cutOf('e5')).toEqual({ texts: 2, tokens: TINY.positions });
  expect(told).toBe(before + 1);
});
