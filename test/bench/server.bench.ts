// A real llama.cpp server, where TORIDE_LLAMA_SERVER names its binary. Its sources come with node-llama-cpp:
//   git clone node_modules/node-llama-cpp/llama/gitRelease.bundle llama.cpp && cmake -S llama.cpp -B build -DBUILD_SHARED_LIBS=OFF \
//     -DLLAMA_BUILD_UI=OFF -DLLAMA_USE_PREBUILT_UI=OFF -DLLAMA_OPENSSL=OFF && cmake --build build --target llama-server
// Building it takes longer than all tests together, so it is held to the protocol here and not there.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Cancelled, toAppError } from '../../main/kernel/errors.ts';
import { silentLog } from '../../main/kernel/log.ts';
import { delay } from '../../main/kernel/task.ts';
import { createServerModels } from '../../main/llm/server/server-models.ts';
import { writeModel } from '../helpers/llm/gguf/make-model.ts';

const SCRIPT = ['残りは', '{{f1}}', 'です', '。'];
const UP_WITHIN_MS = 20_000;
const never = new AbortController().signal;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
const isUpNow = (models: { test(): Promise<unknown> }): Promise<boolean> =>
  models.test().then(
    () => true,
    () => false,
  );

/** Everything the app asks of a model server, asked of a real one. */
export async function run(print: (line: string) => void): Promise<void> {
  const binary = process.env['TORIDE_LLAMA_SERVER'];
  if (!binary) {
    print(
      'server: TORIDE_LLAMA_SERVER names no llama-server; how to build one stands in test/bench/server.bench.ts',
    );
    return;
  }
  const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-server-'));
  const file = path.join(dir, 'scripted.gguf');
  writeModel(file, 'qwen2-tiny', { script: SCRIPT });
  const port = await freePort();
  const args = ['-m', file, '--host', '127.0.0.1', '--port', String(port), '-c', '2048', '-t', '1'];
  const server = spawn(binary, [...args, '--api-key', 'k-inside', '--embeddings', '--pooling', 'mean'], {
    stdio: 'ignore',
  });
  let key: string | null = 'k-inside';
  const settings = {
    ...{ enabled: true, url: `http://127.0.0.1:${port}/v1`, hasKey: true },
    ...{ intent: 'any', wording: 'any', embedding: 'any' },
  };
  const models = createServerModels({ server: () => settings, key: async () => key, log: silentLog });
  const choice = models.choice('wording');
  assert.ok(choice);
  const checks: Record<string, () => Promise<void>> = {
    async 'chooses, with probabilities that a model without training cannot be sure of'() {
      const slots = [{ name: 'location', options: ['札幌', '品川', 'なし'] }];
      const [chosen] = await choice.choose({ system: '選ぶ', user: '札幌', slots, waits: 'reader' }, never);
      const p = chosen?.options.map((o) => o.p) ?? [];
      assert.ok(Math.abs(p.reduce((sum, x) => sum + x, 0) - 1) < 1e-6);
      assert.ok((p[0] ?? 1) < 0.9);
    },
    async 'gives vectors'() {
      models.vectors(); // asks for their length once, and is there when the answer is
      for (let tries = 0; models.vectors() === null && tries < 100; tries++) await delay(50);
      const [vector] = (await models.vectors()?.embed(['残件'], 'query')) ?? [];
      assert.equal(vector?.length, 64);
      assert.ok(Math.abs(Math.hypot(...(vector ?? [])) - 1) < 1e-4);
    },
    async 'stops when it is told to'() {
      const stop = new AbortController();
      const slots = [{ name: 'a', options: ['b', 'c'] }];
      const asked = choice.choose({ system: '', user: '', slots, waits: 'reader' }, stop.signal);
      stop.abort();
      await assert.rejects(asked, Cancelled);
    },
    async 'refuses a wrong key'() {
      key = 'wrong';
      const slots = [{ name: 'a', options: ['b'] }];
      const asked = choice.choose({ system: '', user: '', slots, waits: 'reader' }, never);
      await assert.rejects(asked, (error) => toAppError(error).code === 'models.server-key');
      key = 'k-inside';
    },
  };
  try {
    for (const since = Date.now(); !(await isUpNow(models)); await delay(100))
      assert.ok(Date.now() - since < UP_WITHIN_MS, 'the server does not answer');
    for (const [name, check] of Object.entries(checks)) {
      await check();
      print(`server: a real llama.cpp server ${name}`);
    }
  } finally {
    await models.close();
    server.kill();
    rmSync(dir, { recursive: true, force: true });
  }
}
