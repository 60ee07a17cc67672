// Models from a stick into the list, into roles, and out again; on a real store, with a models process that only dies.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ManualClock, systemClock } from '../../../main/kernel/clock.ts';
import { AppError } from '../../../main/kernel/errors.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import { type Task, Tasks } from '../../../main/kernel/task.ts';
import type { ModelRole, ModelView } from '../../../main/llm/contract/models.ts';
import { createModels, type Models, type ModelsChild } from '../../../main/llm/index.ts';
import { openStore, type Store } from '../../../main/store/index.ts';
import { type ModelShape, writeModel } from '../../helpers/llm/gguf/make-model.ts';
import { writeEmbedder } from '../../helpers/llm/onnx/make-embedder.ts';

const stick = mkdtempSync(path.join(os.tmpdir(), 'toride-stick-'));
afterAll(() => rmSync(stick, { recursive: true, force: true }));
const onStick = (name: string): string => path.join(stick, name);
beforeAll(() => {
  writeModel(onStick('qwen.gguf'), 'qwen2-tiny');
  writeModel(onStick('文章 モデル.gguf'), 'gemma3-tiny');
  writeEmbedder(onStick('multilingual-e5-tiny'));
});

/** Dies of whatever it is asked to do; how often it was started is counted. */
let started = 0;
const dying = (): ModelsChild => {
  started++;
  const leave: ((code: number | null, signal: string | null, lastWords: string) => void)[] = [];
  return {
    pid: 1,
    post: () =>
      setImmediate(() => leave.splice(0).forEach((exit) => void exit(null, 'SIGABRT', 'GGML_ASSERT'))),
    onMessage: (listener) => void setImmediate(() => listener({ type: 'ready', pid: 1 })),
    onExit: (listener) => void leave.push(listener),
    kill: () => {},
  };
};

const MINUTE = 60_000;
let clock: ManualClock;
let dataDir: string;
let store: Store;
let models: Models;
let tasks: Tasks;
let key: string | null;
let free: number;
let heard: ModelRole[];
let told: unknown[];
const open = async (): Promise<void> => {
  store = await openStore(dataDir);
  tasks = new Tasks(systemClock, silentLog);
  models = createModels({
    store,
    clock,
    tasks,
    log: silentLog,
    dataDir,
    spawn: dying,
    serverKey: {
      get: async () => key,
      set: async (next) => {
        key = next;
      },
    },
    allowPublicServer: false,
    notify: (n) => void told.push(n),
    memory: () => ({ totalMb: 16_000, freeMb: free }),
  });
  heard = [];
  told = [];
  models.assigned.on((role) => heard.push(role));
};
const close = async (): Promise<void> => {
  await tasks.close();
  await models.close();
  await store.close();
};
beforeEach(async () => {
  dataDir = mkdtempSync(path.join(os.tmpdir(), 'toride-registry-'));
  clock = new ManualClock(Date.UTC(2026, 10, 21));
  key = null;
  free = 12_000;
  started = 0;
  await open();
});
afterEach(async () => {
  await close();
  rmSync(dataDir, { recursive: true, force: true });
});
const folder = (): string => path.join(dataDir, 'models');
const codeOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof AppError ? error.code : error),
  );
const take = (name: string, mode: 'copy' | 'link' = 'copy'): Promise<ModelView> =>
  models.import({ path: onStick(name), mode });
const stateOf = async (id: string): Promise<ModelView | undefined> =>
  (await models.overview()).models.find((m) => m.id === id);
/** A model of this test alone, to be spoilt. */
const own = (name: string, shape: ModelShape = 'qwen2-tiny'): string => {
  const file = path.join(dataDir, name);
  writeModel(file, shape, { name });
  return file;
};

describe('a model from a stick', () => {
  it('is looked at without being taken in', async () => {
    expect(await models.inspect(onStick('qwen.gguf'))).toMatchObject({
      format: 'gguf',
      architecture: 'qwen2',
      roles: ['intent', 'wording'],
      problem: null,
      fit: { verdict: 'fits' },
    });
    expect(await models.inspect(onStick('multilingual-e5-tiny'))).toMatchObject({
      format: 'onnx-folder',
      roles: ['embedding'],
      problem: null,
    });
    writeFileSync(onStick('page.gguf'), '<!doctype html>');
    expect((await models.inspect(onStick('page.gguf'))).problem).toEqual({
      code: 'models.bad-web-page',
      params: {},
    });
    expect((await models.inspect(onStick('nothing.gguf'))).problem?.code).toBe('models.source-gone');
    expect((await models.overview()).models).toEqual([]);
  });
  it('is copied under a plain name, shown as a task, and is there after a restart', async () => {
    const seen: Task[] = [];
    tasks.changed.on((task) => seen.push(task));
    const model = await take('文章 モデル.gguf');
    expect(model).toMatchObject({
      state: 'ready',
      storage: 'copy',
      architecture: 'gemma3',
      quantisation: 'Q8_0',
      checksum: 'unknown',
      deaths: 0,
    });
    expect(model.path.slice(folder().length)).toMatch(/^[\w./\\-]+\.gguf$/);
    expect(readFileSync(model.path).equals(readFileSync(onStick('文章 モデル.gguf')))).toBe(true);
    expect(new Set(seen.map((t) => t.stage))).toEqual(new Set([null, 'check', 'copy']));
    expect(seen.at(-1)).toMatchObject({ kind: 'model-import', about: '文章 モデル.gguf', state: 'done' });
    expect(readdirSync(path.join(folder(), '.incoming'))).toEqual([]);
    await close();
    await open();
    expect(await stateOf(model.id)).toMatchObject({ ...model, fit: expect.anything() });
  });
  it('is used where it lies as a link, whose file no removal touches', async () => {
    const model = await take('qwen.gguf', 'link');
    expect(model).toMatchObject({ storage: 'link', path: onStick('qwen.gguf') });
    expect(existsSync(path.join(folder(), model.id))).toBe(false);
    await models.remove(model.id);
    expect(existsSync(onStick('qwen.gguf'))).toBe(true);
    expect((await models.overview()).models).toEqual([]);
  });
  it('is taken in once', async () => {
    await take('qwen.gguf');
    expect(await codeOf(take('qwen.gguf'))).toBe('models.already-here');
    expect(await codeOf(take('qwen.gguf', 'link'))).toBe('models.already-here');
    expect(readdirSync(path.join(folder(), '.incoming'))).toEqual([]);
  });
  it('is copied by one import at a time', async () => {
    const outcomes = await Promise.all([codeOf(take('qwen.gguf')), codeOf(take('qwen.gguf'))]);
    expect(outcomes.sort()).toEqual(['models.import-busy', null].sort());
    expect((await models.overview()).models).toHaveLength(1);
  });
  it('is an ONNX folder by its own path or by that of its file, and only what is needed is copied', async () => {
    writeFileSync(onStick('multilingual-e5-tiny/README.md'), 'not needed');
    const model = await models.import({
      path: onStick('multilingual-e5-tiny/onnx/model.onnx'),
      mode: 'copy',
    });
    expect(model).toMatchObject({
      format: 'onnx-folder',
      roles: ['embedding'],
      dimensions: 32,
      path: path.join(folder(), model.id),
    });
    expect(readdirSync(model.path).sort()).toEqual([
      'config.json',
      'model.json',
      'onnx',
      'tokenizer.json',
      'tokenizer_config.json',
    ]);
  });
  it('is refused with the reason, and nothing of it stays', async () => {
    const half = own('half.gguf');
    writeFileSync(half, readFileSync(half).subarray(0, 100_000));
    expect(await codeOf(models.import({ path: half, mode: 'copy' }))).toBe('models.bad-incomplete');
    expect(tasks.list()[0]).toMatchObject({ state: 'failed', error: { code: 'models.bad-incomplete' } });
    expect((await models.overview()).models).toEqual([]);
    expect(existsSync(path.join(folder(), '.incoming'))).toBe(false);
  });
  it('whose engine was killed between the disk and the list is there after the next start', async () => {
    const model = await take('qwen.gguf');
    await models.remove((await take('文章 モデル.gguf')).id);
    const kept = path.join(dataDir, 'kept');
    renameSync(path.join(folder(), model.id), kept);
    await models.remove(model.id);
    renameSync(kept, path.join(folder(), model.id));
    mkdirSync(path.join(folder(), '.removed-old'));
    mkdirSync(path.join(folder(), 'somebody-elses'));
    await close();
    await open();
    expect((await models.overview()).models.map((m) => [m.id, m.state])).toEqual([[model.id, 'ready']]);
    expect(readdirSync(folder()).sort()).toEqual(['.incoming', 'somebody-elses', model.id].sort());
  });
});

describe('a file that changes later', () => {
  it('is missing while the stick is out, and ready again when it is back', async () => {
    const file = own('linked.gguf');
    const { id } = await models.import({ path: file, mode: 'link' });
    await models.assign('wording', id);
    renameSync(file, `${file}.away`);
    expect(await stateOf(id)).toMatchObject({ state: 'missing', problem: { code: 'models.missing' } });
    expect(models.wording()).toBeNull();
    expect(await codeOf(models.load(id))).toBe('models.missing');
    expect(await codeOf(models.retry(id))).toBe('models.missing');
    renameSync(`${file}.away`, file);
    expect(await stateOf(id)).toMatchObject({ state: 'ready', problem: null });
    expect(models.wording()?.modelId).toBe(id);
  });
  it('is broken until somebody has it checked again', async () => {
    const file = own('touched.gguf');
    const { id, sha256 } = await models.import({ path: file, mode: 'link' });
    utimesSync(file, new Date(), new Date(Date.now() - 3_600_000));
    expect(await stateOf(id)).toMatchObject({ state: 'broken', problem: { code: 'models.broken' } });
    expect(await codeOf(models.assign('intent', id))).toBe('models.broken');
    expect(await models.retry(id)).toMatchObject({ id, state: 'ready', problem: null, sha256 });
    writeFileSync(file, readFileSync(file).subarray(0, 100_000));
    expect(await codeOf(models.retry(id))).toBe('models.bad-incomplete');
    expect(await stateOf(id)).toMatchObject({ state: 'broken' });
  });
});

describe('pieces from a page', () => {
  const send = async (uploadId: string, name: string, o: { upTo?: number; done?: boolean } = {}) => {
    const bytes = readFileSync(onStick(name));
    const piece = (offset: number, data: Buffer, done: boolean) =>
      models.upload({ uploadId, name, bytes: bytes.length, offset, data: data.toString('base64'), done });
    let { received } = await piece(0, Buffer.alloc(0), false);
    const from = received;
    const end = o.upTo ?? bytes.length;
    while (received < end)
      ({ received } = await piece(
        received,
        bytes.subarray(received, Math.min(end, received + 50_000)),
        false,
      ));
    return {
      from,
      model: (o.done ?? o.upTo === undefined) ? (await piece(received, Buffer.alloc(0), true)).model : null,
    };
  };
  it('become a model, going on after a cut where they stopped', async () => {
    expect((await send('upload-0001', 'qwen.gguf', { upTo: 60_000 })).from).toBe(0);
    await close();
    await open();
    const { from, model } = await send('upload-0001', 'qwen.gguf');
    expect(from).toBe(60_000);
    expect(model).toMatchObject({ state: 'ready', storage: 'copy', architecture: 'qwen2' });
    expect(readFileSync(model?.path ?? '').equals(readFileSync(onStick('qwen.gguf')))).toBe(true);
    expect(readdirSync(path.join(folder(), '.incoming'))).toEqual([]);
  });
  it('become the folder of an embedding model', async () => {
    const files = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'README.md', 'onnx/model.onnx'];
    writeFileSync(onStick('multilingual-e5-tiny/README.md'), 'not needed');
    for (const file of files.slice(0, -1))
      await send('upload-0002', `multilingual-e5-tiny/${file}`, { done: false });
    const { model } = await send('upload-0002', `multilingual-e5-tiny/${files.at(-1)}`);
    expect(model).toMatchObject({ format: 'onnx-folder', state: 'ready', dimensions: 32 });
    expect(readdirSync(model?.path ?? '')).not.toContain('README.md');
  });
  it('whose name leads out of the folder, or could not be kept everywhere, are refused', async () => {
    const piece = { uploadId: 'upload-0003', bytes: 1, offset: 0, data: 'AA==', done: false };
    for (const name of [
      '../outside.gguf',
      '/etc/passwd',
      'a\\b.gguf',
      'a//b',
      'nul\0',
      '.',
      'x/../../y',
      'a:b',
    ])
      expect(await codeOf(models.upload({ ...piece, name })), name).toBe('input.invalid');
    expect(existsSync(path.join(dataDir, 'outside.gguf'))).toBe(false);
  });
  it('that leave a gap, are too many, or are more than the disk holds are refused', async () => {
    const piece = {
      uploadId: 'upload-0004',
      name: 'x.gguf',
      bytes: 10,
      data: Buffer.alloc(6).toString('base64'),
      done: false,
    };
    expect(await codeOf(models.upload({ ...piece, offset: 4 }))).toBe('input.invalid');
    expect(
      await codeOf(models.upload({ ...piece, offset: 0, data: Buffer.alloc(11).toString('base64') })),
    ).toBe('input.invalid');
    expect(await codeOf(models.upload({ ...piece, offset: 0, bytes: 1e15, data: '' }))).toBe(
      'models.no-space',
    );
  });
  it('that are no model are refused, and go', async () => {
    writeFileSync(onStick('text.gguf'), 'これはモデルではありません'.repeat(100));
    expect(await codeOf(send('upload-0005', 'text.gguf'))).toBe('models.bad-not-gguf');
    writeFileSync(onStick('empty.gguf'), '');
    expect(await codeOf(send('upload-0006', 'empty.gguf'))).toBe('models.bad-empty');
    expect(readdirSync(path.join(folder(), '.incoming'))).toEqual([]);
  });
});

describe('roles', () => {
  it('are given, taken, and rolled back to the model before', async () => {
    const a = await take('qwen.gguf', 'link');
    const b = await take('文章 モデル.gguf', 'link');
    const wording = async () => (await models.overview()).roles.find((r) => r.role === 'wording');
    expect(await codeOf(models.rollBack('wording'))).toBe('models.no-previous');
    await models.assign('wording', a.id);
    await models.assign('wording', b.id);
    expect(await wording()).toEqual({
      role: 'wording',
      source: 'local',
      noRoom: null,
      cut: null,
      modelId: b.id,
      previousId: a.id,
    });
    await models.rollBack('wording');
    expect(await wording()).toMatchObject({ modelId: a.id, previousId: b.id });
    await models.assign('wording', null);
    expect(await wording()).toEqual({
      role: 'wording',
      source: 'none',
      noRoom: null,
      cut: null,
      modelId: null,
      previousId: a.id,
    });
    expect(models.wording()).toBeNull();
    expect(heard).toEqual(['wording', 'wording', 'wording', 'wording']);
  });
  it('are played by models that can', async () => {
    const a = await take('qwen.gguf', 'link');
    const e5 = await take('multilingual-e5-tiny', 'link');
    expect(await codeOf(models.assign('embedding', a.id))).toBe('models.wrong-role');
    expect(await codeOf(models.assign('intent', e5.id))).toBe('models.wrong-role');
    expect(await codeOf(models.assign('intent', 'nobody'))).toBe('not-found');
    await models.assign('embedding', e5.id);
    expect(models.embedding()).toMatchObject({
      modelId: e5.id,
      dimensions: 32,
      id: expect.stringMatching(new RegExp(`^${e5.id}:[0-9a-f]{16}$`)),
    });
  });
  it('are refused to what does not fit into memory, and the built-in way answers while it does not', async () => {
    const a = await take('qwen.gguf', 'link');
    await models.setSettings({ backend: 'cpu' }); // nor is a graphics card asked for
    free = 10;
    expect(await codeOf(models.assign('wording', a.id))).toBe('models.too-big');
    expect((await stateOf(a.id))?.fit.verdict).toBe('too-big');
    free = 12_000;
    await models.assign('wording', a.id);
    free = 10;
    expect(models.wording()).toBeNull();
    expect(await codeOf(models.load(a.id))).toBe('models.too-big');
    expect((await models.overview()).roles.find((r) => r.role === 'wording')).toMatchObject({
      source: 'none',
      modelId: a.id,
    });
    expect(started).toBe(0);
  });
  it('say that a model waits for room, with its numbers, and it comes back by itself when there is some', async () => {
    const { id, fit } = await take('qwen.gguf', 'link');
    await models.setSettings({ backend: 'cpu' });
    await models.assign('wording', id);
    const role = async () => (await models.overview()).roles.find((r) => r.role === 'wording');
    let told = 0;
    models.changed.on(() => told++);
    free = 10;
    clock.advance(MINUTE);
    expect(told).toBe(1);
    expect(await role()).toMatchObject({
      source: 'none',
      modelId: id,
      noRoom: { needMb: fit.needMb, freeMb: 10 },
    });
    clock.advance(MINUTE);
    expect(told).toBe(1); // nothing new
    free = 12_000;
    clock.advance(MINUTE);
    expect(told).toBe(2);
    expect(await role()).toMatchObject({ source: 'local', noRoom: null });
    expect(models.wording()).not.toBeNull();
    expect(heard).toEqual(['wording']); // for memory the role does not change hands
    expect(started).toBe(0);
  });
  it('are left by a model that is removed', async () => {
    const a = await take('qwen.gguf');
    await models.assign('intent', a.id);
    await models.remove(a.id);
    expect((await models.overview()).roles.find((r) => r.role === 'intent')).toEqual({
      role: 'intent',
      source: 'none',
      noRoom: null,
      cut: null,
      modelId: null,
      previousId: null,
    });
    expect(existsSync(path.join(folder(), a.id))).toBe(false);
    expect(heard).toEqual(['intent', 'intent']);
  });
});

describe('a model that takes its process down', () => {
  it('is quarantined at the second death, also across a restart, until somebody has it checked', async () => {
    const { id, name } = await take('qwen.gguf', 'link');
    await models.assign('wording', id);
    expect(await codeOf(models.load(id))).toBe('models.process-died');
    await expect.poll(async () => (await stateOf(id))?.deaths).toBe(1);
    expect((await stateOf(id))?.state).toBe('ready');
    await close();
    await open();
    expect(await codeOf(models.load(id))).toBe('models.process-died');
    await expect
      .poll(() => told)
      .toMatchObject([{ kind: 'model', subject: id, text: { en: expect.stringContaining(name) } }]);
    expect(await stateOf(id)).toMatchObject({
      state: 'quarantined',
      deaths: 2,
      problem: { code: 'models.quarantined' },
    });
    expect(heard).toEqual(['wording']);
    expect(models.wording()).toBeNull();
    expect(await codeOf(models.load(id))).toBe('models.quarantined');
    expect(await codeOf(models.assign('intent', id))).toBe('models.quarantined');
    expect(await models.retry(id)).toMatchObject({ state: 'ready', deaths: 0, problem: null });
    expect(models.wording()?.modelId).toBe(id);
  });
});

describe('settings', () => {
  it('are kept, and a wrong one is not', async () => {
    expect(models.settings()).toMatchObject({
      contextTokens: 4096,
      idleMinutes: 15,
      backend: 'auto',
      threads: null,
    });
    await models.setSettings({ contextTokens: 8192, idleMinutes: undefined });
    await close();
    await open();
    expect(models.settings()).toMatchObject({ contextTokens: 8192, idleMinutes: 15 });
  });
  it('of the server name whose models play; its key is kept elsewhere', async () => {
    expect(await codeOf(models.setServer({ url: 'ftp://10.0.0.5' }))).toBe('models.server-url');
    expect(await codeOf(models.setServer({ url: 'http://8.8.8.8/v1' }))).toBe('models.server-public');
    expect(await codeOf(models.setServer({ enabled: true }))).toBe('models.server-url');
    const set = await models.setServer({
      enabled: true,
      url: 'http://10.0.0.5:8080/v1/',
      wording: 'gemma',
      key: 'secret',
    });
    expect(set.server).toEqual({
      enabled: true,
      url: 'http://10.0.0.5:8080/v1',
      intent: '',
      wording: 'gemma',
      embedding: '',
      hasKey: true,
    });
    expect(key).toBe('secret');
    expect((await models.overview()).roles.map((r) => [r.role, r.source])).toEqual([
      ['intent', 'none'],
      ['wording', 'server'],
      ['embedding', 'none'],
    ]);
    expect(models.wording()).not.toBeNull();
    expect(heard).toEqual(['wording']);
    await close();
    await open();
    expect((await models.overview()).settings.server).toMatchObject({ enabled: true, hasKey: true });
    expect((await models.setServer({ enabled: false, key: null })).server).toMatchObject({
      enabled: false,
      hasKey: false,
    });
    expect(key).toBeNull();
    expect(JSON.stringify(store.read.all({ text: 'SELECT * FROM settings', values: [] }))).not.toContain(
      'secret',
    );
  });
});
