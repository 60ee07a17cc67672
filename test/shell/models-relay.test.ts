// The models process under the shell: forked by it for the engine, llama.cpp tried out by it for the models process.
import { fork, spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';
import { isAlive } from '../helpers/is-alive.ts';
import { describeModel, writeModel } from '../helpers/llm/gguf/make-model.ts';
import { writeGguf } from '../helpers/llm/gguf/write-file.ts';
import { writeEmbedder } from '../helpers/llm/onnx/make-embedder.ts';
import { folder, root, Shell } from './driver.ts';

type Said =
  | { readonly type: 'report'; readonly what: string; readonly value: unknown }
  | { readonly record: { readonly what: string; readonly script?: string } };

it('answers through the shell, dies without the engine, and is there again', async () => {
  const dir = folder();
  const good = path.join(dir, 'good.gguf');
  const deadly = path.join(dir, 'deadly.gguf');
  writeModel(good, 'qwen2-tiny', { script: ['はい', '、', '札幌です'] });
  const { metadata, tensors } = describeModel('qwen2-tiny');
  writeGguf(deadly, {
    metadata: metadata.filter(({ key }) => !key.endsWith('feed_forward_length')),
    tensors,
  });

  const standin = path.join(import.meta.dirname, 'standin');
  const shell = fork(
    path.join(standin, 'run.mjs'),
    [
      path.join(import.meta.dirname, 'relay/main.ts'),
      good,
      deadly,
      writeEmbedder(path.join(dir, 'embedder')),
    ],
    {
      execArgv: ['--import', path.join(standin, 'register.mjs')],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  const said: Said[] = [];
  shell.on('message', (message: Said) => said.push(message));
  expect(await new Promise((resolve) => shell.once('close', resolve))).toBe(0);

  const reports = said.flatMap((s) => ('record' in s ? [] : [s]));
  const valuesOf = (what: string): unknown[] => reports.filter((r) => r.what === what).map((r) => r.value);
  expect(reports.map((r) => r.what)).toEqual(['said', 'vectors', 'pid', 'died', 'failed', 'said', 'pid']);
  expect(valuesOf('said')).toEqual(['meant of 2', 'meant of 2']);
  expect(valuesOf('vectors')).toEqual([[32, 32, 32]]);
  expect(valuesOf('failed')).toEqual(['models.process-died']);
  expect(valuesOf('died')).toEqual([
    { modelId: 'deadly', signal: null, detail: expect.stringContaining('GGML_ASSERT') },
  ]);
  const pids = valuesOf('pid') as number[];
  expect(new Set(pids).size).toBe(2);
  await expect.poll(() => pids.filter(isAlive)).toEqual([]);
  const forked = said.flatMap((s) => ('record' in s && s.record.script ? [s.record.script] : []));
  // llama.cpp is loaded, and tried out before, by the process with a model: twice here
  expect(new Set(forked)).toEqual(new Set(['engine.ts', 'models-process.js', 'testBindingBinary.js']));
});

it('is forked by the real shell for its engine, and goes with them', async () => {
  const dataDir = folder();
  const file = path.join(folder(), 'one.gguf');
  writeModel(file, 'qwen2-tiny', { name: 'One' });
  const cli = spawnSync(
    process.execPath,
    [path.join(root, 'out/main/cli.js'), '--data', dataDir, 'models', 'import', file],
    { encoding: 'utf8' },
  );
  expect(cli.status, cli.stderr).toBe(0);

  const shell = new Shell({ dataDir });
  try {
    await shell.text('body', 'Toride');
    await shell.evaluate("void (location.hash = '#/models')");
    await shell.click('main >> text=One');
    expect(await shell.do('modelsProcesses')).toEqual([]); // not before it is needed
    await shell.click('button:has-text("今すぐ読み込む")');
    await shell.saw('utilityProcess.fork', { script: 'testBindingBinary.js' });
    await shell.text('main', 'メモリ上');
    const [pid = 0] = (await shell.do('modelsProcesses')) as number[];
    expect(isAlive(pid)).toBe(true);
    await shell.do('trayClick', { label: '終了' });
    expect(await shell.gone).toBe(0);
    await expect.poll(() => isAlive(pid)).toBe(false);
  } finally {
    await shell.close();
  }
});
