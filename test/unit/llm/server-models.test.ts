// The company's model server as a source of models, over real sockets against a server written from the protocol.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { AppError, Cancelled, wordError } from '../../../main/kernel/errors.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import type { ModelServer } from '../../../main/llm/contract/models.ts';
import { createServerModels, type ServerModels } from '../../../main/llm/server/server-models.ts';
import { type Fault, OpenAiFixture } from '../../helpers/llm/openai-fixture.ts';

let fixture: OpenAiFixture;
let models: ServerModels;
let settings: ModelServer;
let key: string | null = null;
beforeAll(async () => {
  fixture = await OpenAiFixture.start();
  settings = {
    enabled: true,
    url: fixture.url,
    intent: 'qwen2-0.5b',
    wording: 'gemma3-4b',
    embedding: 'multilingual-e5-small',
    hasKey: false,
  };
  models = createServerModels({
    server: () => settings,
    key: async () => key,
    log: silentLog,
    limits: { connectMs: 2_000, answerMs: 300, listMs: 300, silenceMs: 300 },
  });
});
afterAll(async () => {
  await models.close();
  await fixture.close();
});
afterEach(() => {
  fixture.fault = null;
  fixture.key = null;
  fixture.givesLogprobs = true;
  fixture.knowsSchemas = true;
  fixture.asked.length = 0;
  settings = { ...settings, enabled: true, url: fixture.url };
  key = null;
});

describe('choosing', () => {
  const slots = [
    { name: 'intent', options: ['simple_query', 'impact_analysis', 'out_of_scope'] },
    { name: 'location', options: ['札幌', '品川', 'なし'] },
  ];
  const choose = (user: string, signal = new AbortController().signal, asked = slots) =>
    models.choice('wording')!.choose({ system: '選びます。', user, slots: asked, waits: 'reader' }, signal);

  test('asks the model of the role for JSON by a schema', async () => {
    await choose('品川');
    expect(fixture.asked[0]!.body).toMatchObject({
      model: 'gemma3-4b',
      messages: [
        { role: 'system', content: '選びます。' },
        { role: 'user', content: '品川' },
      ],
      temperature: 0,
      response_format: { json_schema: { schema: { required: ['intent', 'location'] } } },
    });
  });
  test('preparing a prompt sends nothing: other people use the server too', async () => {
    expect(await choose('', undefined, [])).toEqual([]);
    expect(fixture.asked).toEqual([]);
  });
  test('stops when it is told to, while the server goes silent', async () => {
    fixture.fault = 'stalls';
    const stop = new AbortController();
    const asked = choose('品川', stop.signal);
    await expect.poll(() => fixture.asked.length).toBe(1);
    stop.abort();
    await expect(asked).rejects.toBeInstanceOf(Cancelled);
  });
  test.each<[Fault, string]>([
    ['stalls', 'models.server-timeout'],
    ['mute', 'models.server-timeout'],
    ['cut-off', 'models.server-answer'],
    ['garbage', 'models.server-answer'],
    ['not-utf8', 'models.server-answer'],
    ['error', 'models.server-answer'],
    ['overloaded', 'models.server-trouble'],
    ['redirects', 'models.server-redirect'],
  ])('a server that %s is told as %s', async (fault, code) => {
    fixture.fault = fault;
    await expect(choose('品川')).rejects.toMatchObject({ code });
  });
  test("an error keeps the server's own words", async () => {
    fixture.fault = 'overloaded';
    const overloaded = await choose('品川').catch((error: unknown) => error);
    expect(overloaded).toMatchObject({ params: { detail: 'HTTP 503 Loading model' } });
    // it was reached: nobody is sent to look at its address
    expect(overloaded instanceof AppError && wordError(overloaded, 'en').next).toMatch(
      /^The address is right/,
    );
    fixture.fault = 'error';
    await expect(choose('品川')).rejects.toMatchObject({ params: { detail: 'context is full' } });
  });

  test('gives every option its probability, likeliest first, from the tokens of the answer', async () => {
    const chosen = await choose('品川の impact_analysis');
    expect(chosen.map(({ name, options }) => [name, options[0]!.option])).toEqual([
      ['intent', 'impact_analysis'],
      ['location', '品川'],
    ]);
    for (const { options } of chosen) {
      expect(options).toHaveLength(3);
      expect(options.reduce((sum, { p }) => sum + p, 0)).toBeCloseTo(1, 10);
      expect(options[0]!.p).toBeGreaterThan(0.7);
    }
    expect(fixture.asked).toHaveLength(1);
  });
  test('draws several answers where the server gives no probabilities, and remembers that it gives none', async () => {
    fixture.givesLogprobs = false;
    const [intent] = await choose('simple_query を札幌で');
    expect(intent!.options[0]!.option).toBe('simple_query');
    expect(intent!.options.reduce((sum, { p }) => sum + p, 0)).toBeCloseTo(1, 10);
    expect(intent!.options[0]!.p).toBeLessThan(1);
    fixture.asked.length = 0;
    await choose('札幌');
    expect(fixture.asked.every(({ body }) => !(body as { logprobs?: boolean }).logprobs)).toBe(true);
    models.refresh();
  });
  test('an answer that is not of the options is no choice', async () => {
    fixture.knowsSchemas = false;
    await expect(choose('札幌')).rejects.toMatchObject({ code: 'models.server-answer' });
  });
});

describe('vectors', () => {
  const ready = async () => {
    models.vectors();
    await expect.poll(() => models.vectors()).not.toBeNull();
    return models.vectors()!;
  };
  test('are there once their length is known, normalised, in the order of the texts, with the words of e5', async () => {
    const vectors = await ready();
    expect(vectors.dimensions).toBe(8);
    fixture.asked.length = 0;
    const texts = Array.from({ length: 40 }, (_, i) => `資料 ${i}`);
    const got = await vectors.embed(texts, 'passage');
    expect(got).toHaveLength(40);
    const again = await vectors.embed(['資料 39'], 'passage');
    expect(got[39]).toEqual(again[0]);
    for (const vector of got) expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
    expect(fixture.asked.map(({ body }) => (body as { input: string[] }).input.length)).toEqual([32, 8, 1]);
    expect((fixture.asked[0]!.body as { input: string[] }).input[0]).toBe('passage: 資料 0');
  });
  test.each<Fault>(['one-short', 'zeros'])('are refused when they are %s', async (fault) => {
    const vectors = await ready();
    fixture.fault = fault;
    await expect(vectors.embed(['a', 'b'], 'query')).rejects.toMatchObject({ code: 'models.server-answer' });
  });
  test('of another length are refused: they would be compared with the old ones', async () => {
    const vectors = await ready();
    fixture.dimensions = 5;
    await expect(vectors.embed(['a'], 'query')).rejects.toMatchObject({ code: 'models.server-answer' });
    const next = await ready();
    expect(next.dimensions).toBe(5);
    expect(next.id).not.toBe(vectors.id);
    fixture.dimensions = 8;
    models.refresh();
  });
});

describe('the connection', () => {
  test('is tested by asking for the names of its models', async () => {
    const { models: names, ms } = await models.test();
    expect(names).toEqual(['qwen2-0.5b', 'gemma3-4b', 'multilingual-e5-small']);
    expect(Number.isFinite(ms)).toBe(true);
  });
  test('brings the key in its header and nowhere else', async () => {
    fixture.key = 'sk-inside';
    await expect(models.test()).rejects.toMatchObject({ code: 'models.server-key' });
    key = 'sk-inside';
    await models.test();
    expect(fixture.asked.at(-1)).toMatchObject({ key: 'sk-inside', body: null, path: '/v1/models' });
  });
  test('says that nobody answers there', async () => {
    settings = { ...settings, url: 'http://127.0.0.1:9/v1' };
    await expect(models.test()).rejects.toMatchObject({
      code: 'models.server-unreachable',
      params: { host: '127.0.0.1:9', detail: 'ECONNREFUSED' },
    });
  });
  test('says that somebody is there who does not answer, long before a slow answer would be given up', async () => {
    fixture.fault = 'mute';
    const patient = createServerModels({
      server: () => settings,
      key: async () => key,
      log: silentLog,
      limits: { connectMs: 2_000, answerMs: 60_000, listMs: 300, silenceMs: 300 },
    });
    await expect(patient.test()).rejects.toMatchObject({ code: 'models.server-timeout' });
    await patient.close();
  });
  test('says that the other side speaks no TLS', async () => {
    settings = { ...settings, url: fixture.url.replace('http:', 'https:') };
    await expect(models.test()).rejects.toMatchObject({ code: 'models.server-tls' });
  });
  test('says so too where the other side waits for words in plain HTTP and says nothing', async () => {
    const held = new Set<Socket>();
    const waiting = createServer((socket) => held.add(socket)).listen(0, '127.0.0.1');
    await once(waiting, 'listening');
    const { port } = waiting.address() as AddressInfo;
    settings = { ...settings, url: `https://127.0.0.1:${port}/v1` };
    const said = await models.test().catch((error: unknown) => error);
    expect(said).toMatchObject({ code: 'models.server-tls' });
    expect(said instanceof AppError && wordError(said, 'en').next).toContain('http://');
    for (const socket of held) socket.destroy();
    waiting.close();
  });
  test('is not made at all while the server is switched off', () => {
    settings = { ...settings, enabled: false };
    expect([models.choice('intent'), models.choice('wording'), models.vectors()]).toEqual([null, null, null]);
    expect(fixture.asked).toEqual([]);
  });
});
