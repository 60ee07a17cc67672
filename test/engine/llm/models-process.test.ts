// Real llama.cpp, in its own process, on generated files.
import { rmSync, truncateSync } from 'node:fs';
import { getLlama } from 'node-llama-cpp';
import { afterAll, describe, expect, it } from 'vitest';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { AppError, Cancelled } from '../../../main/kernel/errors.ts';
import { delay } from '../../../main/kernel/task.ts';
import { growTree, type OptionTree } from '../../../main/llm/process/choose-slots.ts';
import { LlamaBackend } from '../../../main/llm/process/llama-backend.ts';
import { LlamaSession } from '../../../main/llm/process/llama-session.ts';
import { findPromptFormat } from '../../../main/llm/process/prompt-format.ts';
import type { ChooseRequest, LoadSpec } from '../../../main/llm/types.ts';
import { openModels, SLOW_LAYERS } from '../../helpers/llm/models-runtime.ts';

const models = openModels();
const { runtime, ask, make } = models;
afterAll(() => models[Symbol.asyncDispose]());

const qwen = make('qwen', 'qwen2-tiny');
const gemma = make('gemma', 'gemma3-tiny');
const other = make('other', 'qwen2-tiny');
const slow = make('slow', 'qwen2-tiny', { layers: SLOW_LAYERS });
const never = new AbortController().signal;
const LONG = '設備の点検手順と注意事項を確認してください。'.repeat(18);
/** what went wrong: its code and what a person reads in it */
const failureOf = async (work: Promise<unknown>): Promise<{ code: string; detail: unknown }> => {
  const error = await work.then(
    () => null,
    (e: unknown) => e,
  );
  if (!(error instanceof AppError)) throw new Error(`no AppError: ${error}`);
  return { code: error.code, detail: error.params['detail'] };
};

describe('a prompt', () => {
  /** a session in this process, and how many batches each evaluation takes */
  const evaluating = async (spec: LoadSpec) => {
    const backend = new LlamaBackend();
    const session = await LlamaSession.load(backend, spec, { signal: never });
    return {
      session,
      async batches(system: string, user: string, stopAfter = Number.POSITIVE_INFINITY): Promise<number> {
        const stop = new AbortController();
        let count = 0;
        const offer = async (): Promise<void> => {
          if (++count >= stopAfter) stop.abort(new Cancelled('stopped'));
        };
        const work = session.evaluate(session.writePrompt(system, user), { signal: stop.signal, offer });
        if (stopAfter < Number.POSITIVE_INFINITY) await expect(work).rejects.toBeInstanceOf(Cancelled);
        else await work;
        return count;
      },
      async [Symbol.asyncDispose]() {
        await session.close();
        await backend.close();
      },
    };
  };
  it.each([
    ['qwen2', qwen],
    ['gemma3, with its sliding window', gemma],
  ])('is evaluated where it is new: what the system says stays (%s)', async (_, spec) => {
    await using own = await evaluating(spec);
    const whole = await own.batches(LONG, '');
    expect(whole).toBeGreaterThan(5);
    for (const user of ['今日の納期は？', '明日は？'])
      expect(await own.batches(LONG, user)).toBeLessThan(whole / 2);
  });
  it('that is cancelled stops between two batches, and what was evaluated by then stays', async () => {
    await using own = await evaluating(qwen);
    const whole = await own.batches(`一${LONG}`, '');
    expect(await own.batches(`二${LONG}`, '', 4)).toBe(4);
    const rest = await own.batches(`二${LONG}`, '');
    expect(rest).toBeLessThan(whole);
    expect(rest).toBeGreaterThan(1);
  });
  it('takes what looks like a mark of the model for the text it is', async () => {
    await using own = await evaluating(qwen);
    const tokens = (user: string): number => own.session.writePrompt('', user).tokens.length;
    expect(tokens('<|im_end|>') - tokens('')).toBeGreaterThan(5);
  });
  it('that would be cut is refused', async () => {
    const { code } = await failureOf(ask(qwen, { user: LONG.repeat(20) }));
    expect(code).toBe('models.prompt-too-long');
  });
});

describe('choosing', () => {
  const request: ChooseRequest = {
    system: '発言を分類する係です。',
    user: '第一工場の点検手順を探してください',
    slots: [
      // alike at the beginning, one the beginning of another, one token and many
      { name: 'intent', options: ['search', 'ask', 'list', 'report', 'reports', 'repeat'] },
      { name: 'location', options: ['札幌', '盛岡', '品川', '横浜', '横須賀'] },
      { name: 'requires_action', options: ['true', 'false'] },
    ],
    waits: 'answer',
  };
  it.each([
    ['qwen2', qwen],
    ['gemma3', gemma],
  ])('gives every option its probability, as counted over the whole vocabulary (%s)', async (_, spec) => {
    const chosen = await runtime.choose(spec, request, never);
    expect(chosen.map((slot) => slot.name)).toEqual(request.slots.map((slot) => slot.name));
    const counted = await countByHand(spec, request);
    for (const [i, { options }] of chosen.entries()) {
      expect(options.map((o) => o.p)).toEqual(options.map((o) => o.p).sort((a, b) => b - a));
      expect(options.reduce((sum, o) => sum + o.p, 0)).toBeCloseTo(1, 6);
      expect(options).toHaveLength(request.slots[i]?.options.length ?? 0);
      for (const { option, p } of options) expect(p).toBeCloseTo(counted[i]?.get(option) ?? -1, 2);
    }
  });
  it('gives the same again after something else was asked', async () => {
    const first = await runtime.choose(qwen, request, never);
    await runtime.choose(qwen, { ...request, user: '別の質問です' }, never);
    const again = await runtime.choose(qwen, request, never);
    for (const [i, slot] of again.entries()) {
      expect(slot.options[0]?.option).toBe(first[i]?.options[0]?.option);
      expect(slot.options[0]?.p).toBeCloseTo(first[i]?.options[0]?.p ?? -1, 3);
    }
  });
});

/** Every step of every option with the probabilities of all tokens, on a context of its own that is emptied before each. */
async function countByHand(spec: LoadSpec, request: ChooseRequest): Promise<Map<string, number>[]> {
  await using llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, maxThreads: 1 });
  await using model = await llama.loadModel({ modelPath: spec.path, useMmap: false });
  await using context = await model.createContext({ contextSize: 2048, batchSize: 128, threads: 1 });
  const sequence = context.getSequence();
  const literal = (text: string) => model.tokenize(text, false, 'trimLeadingSpace');
  const after = async (tokens: readonly number[]): Promise<Map<number, number>> => {
    await sequence.clearHistory();
    const all = tokens as ReturnType<typeof literal>;
    const [last] = all.slice(-1);
    if (last === undefined) throw new Error('nothing to go on from');
    const found = await sequence.controlledEvaluate([
      ...all.slice(0, -1),
      [last, { generateNext: { probabilities: true } }],
    ]);
    return found.at(-1)?.next.probabilities ?? new Map();
  };
  const result: Map<string, number>[] = [];
  let said: number[] = [...findPromptFormat(model, spec.architecture)(request.system, request.user).tokens];
  for (const [i, { name, options }] of request.slots.entries()) {
    said = [...said, ...literal(`${i === 0 ? '{' : ''}"${name}":"`)];
    const close = literal(i + 1 < request.slots.length ? '",' : '"}');
    const sequences = options.map((option) => ({
      option,
      tokens: [...literal(option), ...close.slice(0, 1)],
    }));
    const ps = new Map<string, number>();
    for (const { option, tokens } of sequences) {
      let p = 1;
      let at: OptionTree | undefined = growTree(sequences);
      for (const [step, token] of tokens.entries()) {
        const ways: number[] = [...(at?.next.keys() ?? [])];
        if (ways.length > 1) {
          const all = await after([...said, ...tokens.slice(0, step)]);
          p *= (all.get(token) ?? 0) / ways.reduce((sum, way) => sum + (all.get(way) ?? 0), 0);
        }
        at = at?.next.get(token);
      }
      ps.set(option, p);
    }
    result.push(ps);
    const [best] = [...ps].sort(([, a], [, b]) => b - a);
    said = [...said, ...literal(best?.[0] ?? ''), ...close];
  }
  return result;
}

describe('cancelling', () => {
  it('in the midst of a prompt leaves the way free for the next question within a second', async () => {
    await ask(other);
    await runtime.load(slow);
    const took: number[] = [];
    // the quickest of three: other work on the computer is not what is measured
    for (const begin of ['一', '二', '三']) {
      const stop = new AbortController();
      const prompt = ask(slow, { system: begin + LONG, slots: [] }, stop.signal);
      const ended = expect(prompt).rejects.toBeInstanceOf(Cancelled);
      await delay(100);
      const stoppedAt = performance.now();
      stop.abort();
      await ended;
      await ask(other);
      took.push(performance.now() - stoppedAt);
    }
    expect(Math.min(...took)).toBeLessThan(1000);
  });
  it('ends a load, is answered before native code hears of it, and shows no load any more', async () => {
    const long = make('long', 'qwen2-tiny', { layers: 400 });
    const stop = new AbortController();
    const loading = runtime.load(long, stop.signal).catch((error: unknown) => error);
    await expect.poll(() => runtime.loading(), { interval: 5 }).toBe('long');
    stop.abort();
    expect(await loading).toBeInstanceOf(Cancelled);
    expect(runtime.loading()).toBeNull();
    expect(await ask(other)).toHaveLength(1); // the way is free
    expect(runtime.loaded().map((m) => m.modelId)).not.toContain('long');
  });
  it('is no error before anything began', async () => {
    await expect(runtime.load(qwen, AbortSignal.abort())).rejects.toBeInstanceOf(Cancelled);
  });
});

it('lets an intent go first: before what waits, and in the midst of a prompt', async () => {
  const late = make('late', 'qwen2-tiny'); // has to be loaded first
  const ended: string[] = [];
  await runtime.load(slow);
  const long = ask(slow, { system: `四${LONG}`, slots: [] }).then(() => ended.push('the prompt'));
  await delay(100);
  const waiting = ask(other).then(() => ended.push('wording that waited'));
  const intent = ask(late, { waits: 'answer' }).then(() => ended.push('intent'));
  await Promise.all([long, waiting, intent]);
  expect(ended).toEqual(['intent', 'the prompt', 'wording that waited']);
});

describe('a file that cannot be loaded', () => {
  it('says why, in the words of llama.cpp', async () => {
    const cut = make('cut', 'qwen2-tiny');
    truncateSync(cut.path, 60_000);
    const { code, detail } = await failureOf(runtime.load(cut));
    expect(code).toBe('models.load-failed');
    expect(detail).toMatch(/not within the file bounds/);
    rmSync(cut.path);
    expect(await failureOf(runtime.load(cut))).toMatchObject({ code: 'models.load-failed' });
    expect(await ask(other)).toHaveLength(1);
  });
});

it('a load tells how much of the file is in memory, each percent once', async () => {
  const seen: number[] = [];
  await runtime.load(make('told', 'qwen2-tiny', { layers: 40 }), never, (percent) => seen.push(percent));
  expect(seen.length).toBeGreaterThan(10);
  expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b));
  expect(seen.at(-1)).toBe(100);
});

describe('memory', () => {
  it('is made by unloading what was not used for longest, and refused when that does not do', async () => {
    let room = 2;
    await using small = openModels({
      fits: (needMb) => needMb <= 100 && small.runtime.loaded().length < room,
    });
    const specs = ['a', 'b', 'c'].map((id) => small.make(id, 'qwen2-tiny', { layers: 1 }));
    const [a, b, c] = specs as [LoadSpec, LoadSpec, LoadSpec];
    for (const spec of [a, b, a, c]) await small.ask(spec);
    expect(small.runtime.loaded().map((m) => m.modelId)).toEqual(['a', 'c']);
    room = 9;
    expect(await failureOf(small.runtime.load({ ...b, needMb: 101 }))).toMatchObject({
      code: 'models.no-memory',
    });
    await small.runtime.unload(null);
    expect(small.runtime.loaded()).toEqual([]);
  });
  it('is not taken from anybody for what is only made ready', async () => {
    await using small = openModels({ fits: () => small.runtime.loaded().length < 1 });
    const [a, b] = ['a', 'b'].map((id) => small.make(id, 'qwen2-tiny', { layers: 1 })) as [
      LoadSpec,
      LoadSpec,
    ];
    const prepare = async (spec: LoadSpec): Promise<void> => {
      await small.ask(spec, { slots: [], waits: 'nobody' });
    };
    await prepare(a);
    await prepare(b);
    expect(small.runtime.loaded().map((m) => m.modelId)).toEqual(['a']);
    await small.ask(b);
    expect(small.runtime.loaded().map((m) => m.modelId)).toEqual(['b']);
  });
  it('is not taken from anybody for a second opinion, nor by what is only made ready', async () => {
    await using small = openModels({ fits: () => small.runtime.loaded().length < 1 });
    const [words, intents] = ['words', 'intents'].map((id) =>
      small.make(id, 'qwen2-tiny', { layers: 1 }),
    ) as [LoadSpec, LoadSpec];
    const slots = [{ name: 'a', options: ['x', 'y'] }];
    const choose = (waits: ChooseRequest['waits'], asked = slots): Promise<unknown> =>
      small.runtime.choose(intents, { system: '', user: '?', slots: asked, waits }, never);
    const held = (): string[] => small.runtime.loaded().map((m) => m.modelId);
    await choose('answer');
    expect(held()).toEqual(['intents']);
    await small.ask(words);
    expect(held()).toEqual(['words']);
    expect(await failureOf(choose('answer'))).toMatchObject({ code: 'models.no-memory' });
    expect(await choose('nobody', [])).toEqual([]);
    expect(held()).toEqual(['words']);
    await choose('reader');
    expect(held()).toEqual(['intents']);
  });
  it('is given back when nobody asked for long: the models, then the process', async () => {
    const clock = new ManualClock(0);
    await using idle = openModels({ clock, idleMinutes: 5 });
    await idle.ask(idle.make('a', 'qwen2-tiny', { layers: 1 }));
    const { pid } = idle.runtime.process();
    clock.advance(4 * 60_000);
    expect(idle.runtime.loaded()).toHaveLength(1);
    clock.advance(2 * 60_000);
    await expect.poll(() => idle.runtime.loaded()).toEqual([]);
    clock.advance(60_000);
    await expect
      .poll(() => idle.runtime.process())
      .toEqual({ state: 'stopped', pid: null, deaths: 0, lastDeath: null });
    expect((await idle.runtime.machine('cpu')).backend).toBe('cpu');
    expect(idle.runtime.process().pid).not.toBe(pid);
  });
});
