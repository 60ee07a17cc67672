// The real llama.cpp server, where TORIDE_LLAMA_SERVER names its binary. Its sources come with node-llama-cpp:
//   git clone node_modules/node-llama-cpp/llama/gitRelease.bundle llama.cpp && cmake -S llama.cpp -B build -DBUILD_SHARED_LIBS=OFF \
//     -DLLAMA_BUILD_UI=OFF -DLLAMA_USE_PREBUILT_UI=OFF -DLLAMA_OPENSSL=OFF && cmake --build build --target llama-server
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Cancelled } from '../../../main/errors.ts';
import { createServerModels, type ServerModels } from '../../../main/llm/server/server-models.ts';
import { silentLog } from '../../../main/log.ts';
import { delay } from '../../../main/task.ts';
import { writeModel } from '../../helpers/gguf/make-model.ts';

const binary = process.env['TORIDE_LLAMA_SERVER'] ?? '';
const SCRIPT = ['残りは', '{{f1}}', 'です', '。'];
const never = new AbortController().signal;
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

describe.skipIf(binary === '')('a real llama.cpp server', () => {
  let dir: string;
  let server: ChildProcess;
  let models: ServerModels;
  let key: string | null = 'k-inside';
  beforeAll(async () => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'toride-server-'));
    const file = path.join(dir, 'scripted.gguf');
    writeModel(file, 'qwen2-tiny', { script: SCRIPT });
    const port = await freePort();
    const args = ['-m', file, '--host', '127.0.0.1', '--port', String(port), '-c', '2048', '-t', '1'];
    server = spawn(binary, [...args, '--api-key', 'k-inside', '--embeddings', '--pooling', 'mean'], {
      stdio: 'ignore',
    });
    const settings = {
      ...{ enabled: true, url: `http://127.0.0.1:${port}/v1`, hasKey: true },
      ...{ intent: 'any', wording: 'any', embedding: 'any' },
    };
    models = createServerModels({ server: () => settings, key: async () => key, log: silentLog });
    const isUp = (): Promise<boolean> =>
      models.test().then(
        () => true,
        () => false,
      );
    for (let tries = 0; !(await isUp()); tries++) {
      if (tries > 100) throw new Error('the server does not answer');
      await delay(100);
    }
  });
  afterAll(async () => {
    await models.close();
    server.kill();
    rmSync(dir, { recursive: true, force: true });
  });
  const request = { system: '短く', user: 'こんにちは', maxTokens: 20, temperature: 0, seed: 1 };

  test('writes, piece by piece', async () => {
    const pieces: string[] = [];
    for await (const piece of models.text()!.write(request, never)) pieces.push(piece);
    expect(pieces.join('')).toBe(SCRIPT.join(''));
    expect(pieces.length).toBeGreaterThan(1);
  });
  test('keeps to a schema', async () => {
    let text = '';
    const schema = { type: 'object', properties: { a: { enum: ['札幌', '品川'] } }, required: ['a'] };
    for await (const piece of models.text()!.write({ ...request, maxTokens: 400, schema }, never))
      text += piece;
    expect(['札幌', '品川']).toContain((JSON.parse(text) as { a: string }).a);
  });
  test('chooses, with probabilities that a model without training cannot be sure of', async () => {
    const slots = [{ name: 'location', options: ['札幌', '品川', 'なし'] }];
    const [chosen] = await models.choice()!.choose({ system: '選ぶ', user: '札幌', slots }, never);
    expect(chosen!.options.reduce((sum, { p }) => sum + p, 0)).toBeCloseTo(1, 6);
    expect(chosen!.options[0]!.p).toBeLessThan(0.9);
  });
  test('gives vectors', async () => {
    models.vectors();
    await expect.poll(() => models.vectors()).not.toBeNull();
    const [vector] = await models.vectors()!.embed(['残件'], 'query');
    expect(vector).toHaveLength(64);
    expect(Math.hypot(...vector!)).toBeCloseTo(1, 4);
  });
  test('stops when it is told to, and refuses a wrong key', async () => {
    const stop = new AbortController();
    const writing = (async () => {
      for await (const _ of models.text()!.write(request, stop.signal)) stop.abort();
    })();
    await expect(writing).rejects.toBeInstanceOf(Cancelled);
    key = 'wrong';
    // it tells its models to anybody, but lets nobody work without the key
    await expect(
      models.choice()!.choose({ system: '', user: '', slots: [{ name: 'a', options: ['b'] }] }, never),
    ).rejects.toMatchObject({ code: 'models.server-key' });
    key = 'k-inside';
  });
});
