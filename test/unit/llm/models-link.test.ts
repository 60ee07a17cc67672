// The engine's end of the models process, with a process that does as the test says.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../main/kernel/clock.ts';
import { AppError, Cancelled } from '../../../main/kernel/errors.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import type { ModelsChild } from '../../../main/llm/index.ts';
import { type Death, ModelsLink } from '../../../main/llm/runtime/models-link.ts';

type Fake = {
  readonly heard: unknown[];
  say(message: unknown): void;
  die(lastWords?: string): void;
  killed: boolean;
};
const fakes: Fake[] = [];
const spawn = (): ModelsChild => {
  const listeners: ((message: unknown) => void)[] = [];
  const exits: Parameters<ModelsChild['onExit']>[0][] = [];
  const fake: Fake = {
    heard: [],
    killed: false,
    say: (message) => {
      for (const listener of listeners) listener(message);
    },
    die: (lastWords = '') => {
      for (const exit of exits.splice(0)) exit(null, 'SIGKILL', lastWords);
    },
  };
  fakes.push(fake);
  return {
    post: (message) => void fake.heard.push(message),
    onMessage: (listener) => void listeners.push(listener),
    onExit: (listener) => void exits.push(listener),
    pid: fakes.length,
    kill() {
      fake.killed = true;
      fake.die();
    },
  };
};
const job = { kind: 'unload', modelId: 'm' } as const;
let link: ModelsLink;
let died: Death[];
beforeEach(() => {
  vi.useFakeTimers();
  fakes.length = 0;
  died = [];
  link = new ModelsLink({ spawn, clock: systemClock, log: silentLog });
  link.died.on((death) => died.push(death));
});
afterEach(() => vi.useRealTimers());
/** starts a job and gives what becomes of it */
const ask = async (signal?: AbortSignal): Promise<{ readonly outcome: Promise<unknown> }> => {
  const outcome = link.run(job, signal).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(0);
  return { outcome };
};
const failure = async (outcome: Promise<unknown>): Promise<string> => {
  const error = await outcome;
  return error instanceof AppError ? error.code : error instanceof Cancelled ? 'cancelled' : String(error);
};

it('starts no process before it is needed', async () => {
  expect(link.process()).toEqual({ state: 'stopped', pid: null, deaths: 0, lastDeath: null });
  const { outcome } = await ask();
  expect(link.process()).toMatchObject({ state: 'running', pid: 1 });
  expect(fakes[0]?.heard).toEqual([{ type: 'job', id: 1, job }]);
  fakes[0]?.say({ type: 'done', id: 1, value: 'so' });
  expect(await outcome).toBe('so');
});

describe('after a death', () => {
  it('starts again after a pause that grows, to half a minute', async () => {
    await ask();
    const pauses: number[] = [];
    for (let i = 0; i < 9; i++) {
      const { length } = fakes;
      fakes.at(-1)?.die();
      expect(link.process().state).toBe('restarting');
      let waited = 0;
      for (; fakes.length === length; waited += 250) await vi.advanceTimersByTimeAsync(250);
      pauses.push(waited);
    }
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });
  it('counts anew when it was well for a minute', async () => {
    await ask();
    for (let i = 0; i < 4; i++) {
      fakes.at(-1)?.die();
      await vi.advanceTimersByTimeAsync(30_000);
    }
    await vi.advanceTimersByTimeAsync(60_000);
    const { length } = fakes;
    fakes.at(-1)?.die();
    await vi.advanceTimersByTimeAsync(250);
    expect(fakes).toHaveLength(length + 1);
    expect(link.process().deaths).toBe(5);
  });
  it('lets a question wait for a short pause, and refuses it in a long one', async () => {
    await ask();
    fakes.at(-1)?.die();
    const { outcome } = await ask();
    await vi.advanceTimersByTimeAsync(250);
    fakes.at(-1)?.say({ type: 'done', id: 2, value: 'here' });
    expect(await outcome).toBe('here');
    for (let i = 0; i < 5; i++) {
      fakes.at(-1)?.die();
      if (i < 4) await vi.advanceTimersByTimeAsync(30_000);
    }
    expect(await failure((await ask()).outcome)).toBe('models.process-died');
  });
  it('names whose work it was doing, with the last it said', async () => {
    const { outcome } = await ask();
    fakes[0]?.say({ type: 'working', modelId: 'bad' });
    fakes[0]?.die('loading\n/ggml.c:12: GGML_ASSERT(n > 0) failed\n#1 0x00');
    expect(await failure(outcome)).toBe('models.process-died');
    expect(died).toEqual([
      { modelId: 'bad', signal: 'SIGKILL', detail: '/ggml.c:12: GGML_ASSERT(n > 0) failed' },
    ]);
  });
  it('names the only one asked of it, if it died before it could say', async () => {
    await ask();
    fakes[0]?.say({ type: 'ready', pid: 1 });
    fakes[0]?.die();
    expect(died).toMatchObject([{ modelId: 'm' }]);
  });
  it('blames no model for a process that could not start', async () => {
    const { outcome } = await ask();
    fakes[0]?.die('Error: Cannot find module');
    expect(await failure(outcome)).toBe('models.process-died');
    // the one after it has not said anything yet either
    await vi.advanceTimersByTimeAsync(250);
    await ask();
    fakes[1]?.die();
    expect(died).toMatchObject([{ modelId: null, detail: 'Error: Cannot find module' }, { modelId: null }]);
  });
});

describe('a cancelled job', () => {
  it('is over at once for who asked, and passed on', async () => {
    const stop = new AbortController();
    const { outcome } = await ask(stop.signal);
    stop.abort();
    expect(await failure(outcome)).toBe('cancelled');
    expect(fakes[0]?.heard.at(-1)).toEqual({ type: 'cancel', id: 1 });
    fakes[0]?.say({ type: 'cancelled', id: 1 });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fakes[0]?.killed).toBe(false);
  });
  it('that does not end takes its process with it, and its model is named', async () => {
    const stop = new AbortController();
    await ask(stop.signal);
    fakes[0]?.say({ type: 'working', modelId: 'hanging' });
    stop.abort();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(fakes[0]?.killed).toBe(true);
    expect(died).toMatchObject([{ modelId: 'hanging' }]);
  });
});

describe('closing', () => {
  it('asks first, then forces', async () => {
    const { outcome } = await ask();
    const closed = link.close();
    expect(await failure(outcome)).toBe('cancelled');
    expect(fakes[0]?.heard.at(-1)).toEqual({ type: 'stop' });
    await vi.advanceTimersByTimeAsync(2_900);
    expect(fakes[0]?.killed).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(fakes[0]?.killed).toBe(true);
    await closed;
    expect(died).toEqual([]);
    expect(await failure((await ask()).outcome)).toBe('cancelled');
    expect(fakes).toHaveLength(1);
  });
  it('starts nothing again, in the midst of a pause either', async () => {
    await ask();
    fakes[0]?.die();
    await link.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(fakes).toHaveLength(1);
  });
});
