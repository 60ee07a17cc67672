import { Worker } from 'node:worker_threads';
import type { GraphAnswer, GraphMessage, GraphReply, GraphRequest, GraphSettings } from './graph-worker.ts';

const workerFile = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './graph-worker.ts' : './graph-worker.js', import.meta.url);

export interface GraphClient {
  ask<T extends GraphAnswer['type']>(
    request: GraphRequest,
    want: T,
  ): Promise<Extract<GraphAnswer, { readonly type: T }>>;
  close(): Promise<void>;
}
/** The native library is not there or does not load. */
export class NoNativeIndex extends Error {}

/** Starts the thread that owns a graph and loads what is on disk. Rejects with NoNativeIndex where there is no native library. */
export async function startGraph(
  settings: GraphSettings,
  startWorker: () => Worker = () => new Worker(workerFile()),
): Promise<{ client: GraphClient; found: Extract<GraphAnswer, { type: 'opened' }> }> {
  const worker = startWorker();
  const waiting = new Map<number, { resolve: (a: GraphAnswer) => void; reject: (e: Error) => void }>();
  let next = 1;
  let dead: Error | null = null;
  let closing = false;
  const die = (error: Error): void => {
    dead ??= error;
    for (const job of waiting.values()) job.reject(error);
    waiting.clear();
  };
  worker.on('message', ({ id, answer }: GraphReply) => {
    const job = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0 && !closing) worker.unref();
    job?.resolve(answer);
  });
  worker.on('error', (error) => die(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => die(new Error('the index thread ended')));
  const send = (request: GraphRequest): Promise<GraphAnswer> => {
    if (dead) return Promise.reject(dead);
    const { promise, resolve, reject } = Promise.withResolvers<GraphAnswer>();
    const id = next++;
    waiting.set(id, { resolve, reject });
    worker.ref();
    worker.postMessage({ id, request } satisfies GraphMessage);
    return promise;
  };
  const client: GraphClient = {
    async ask<T extends GraphAnswer['type']>(request: GraphRequest, want: T) {
      const answer = await send(request);
      if (answer.type === 'failed') throw new Error(answer.detail);
      if (answer.type === 'unavailable') throw new NoNativeIndex(answer.detail);
      if (answer.type !== want) throw new Error(`the index thread answered ${answer.type}, not ${want}`);
      return answer as Extract<GraphAnswer, { readonly type: T }>;
    },
    async close() {
      if (dead) return;
      closing = true; // keeps the process alive until the thread is gone
      const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      worker.ref();
      await send({ type: 'close' }).catch(() => {});
      await gone;
    },
  };
  try {
    return { client, found: await client.ask({ type: 'open', settings }, 'opened') };
  } catch (error) {
    await client.close();
    throw error;
  }
}
