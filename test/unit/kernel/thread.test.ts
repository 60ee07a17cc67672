import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, expect, it } from 'vitest';
import { Thread } from '../../../main/kernel/thread.ts';
import { tempDir } from '../../helpers/temp.ts';

type Theirs = {
  double: { in: number; out: number };
  refuse: { in: string; out: undefined };
  count: { in: null; out: number; news: number };
  askBack: { in: string; out: string };
  die: { in: null; out: undefined };
};
type Ours = { greet: { in: string; out: string } };
const module = (name: string): string =>
  JSON.stringify(new URL(`../../../main/kernel/${name}.ts`, import.meta.url).href);
let open: Thread<Theirs, Ours> | null = null;
afterEach(() => open?.stop());

function started(): Thread<Theirs, Ours> {
  const file = path.join(tempDir(), 'worker.mjs');
  writeFileSync(
    file,
    `import { serveThread } from ${module('thread')};
     import { AppError, Cancelled } from ${module('errors')};
     const call = serveThread({
       double: (n) => 2 * n,
       refuse: (why) => { throw why === 'cancelled' ? new Cancelled('x') : new AppError('not-found', { what: why }); },
       count: async (_, { stopped, tell }) => {
         let n = 0;
         while (!stopped()) { tell(++n); await new Promise((resolve) => setTimeout(resolve, 1)); }
         return n;
       },
       askBack: (name) => call('greet', name),
       die: () => process.exit(3),
     });`,
  );
  open = new Thread<Theirs, Ours>(new Worker(file), { greet: (name) => `hello ${name}` });
  return open;
}

it('answers calls, and both sides may ask', async () => {
  const thread = started();
  expect(await Promise.all([1, 2, 3].map((n) => thread.call('double', n)))).toEqual([2, 4, 6]);
  expect(await thread.call('askBack', 'you')).toBe('hello you');
});

it('what a handler throws comes back with its code; what was cancelled is no error', async () => {
  const thread = started();
  await expect(thread.call('refuse', 'a thing')).rejects.toMatchObject({
    code: 'not-found',
    params: { what: 'a thing' },
  });
  await expect(thread.call('refuse', 'cancelled')).rejects.toMatchObject({ name: 'Cancelled' });
});

it('tells news while a call is under way, until it is asked to stop', async () => {
  const abort = new AbortController();
  const told: number[] = [];
  const counted = started().call('count', null, {
    signal: abort.signal,
    news(n) {
      told.push(n);
      if (n === 3) abort.abort();
    },
  });
  expect(await counted).toBe(told.length);
  expect(told.slice(0, 3)).toEqual([1, 2, 3]);
});

it('calls of a thread that died or was stopped are rejected, and so are later ones', async () => {
  const dead = started();
  await expect(dead.call('die', null)).rejects.toMatchObject({ code: 'internal' });
  expect(dead.isOver).toBe(true);
  await expect(dead.call('double', 1)).rejects.toMatchObject({ code: 'internal' });
  const thread = started();
  const waiting = expect(thread.call('count', null)).rejects.toMatchObject({ name: 'Cancelled' });
  await thread.stop();
  await waiting;
});

it('a thread that is closed finishes what it was asked before', async () => {
  const thread = started();
  const answer = thread.call('double', 4);
  await thread.close();
  expect(await answer).toBe(8);
});
