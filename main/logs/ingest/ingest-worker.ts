// The one thread that reads sources, owns the miner and writes the blocks. The store is the engine's.
import { parentPort, workerData } from 'node:worker_threads';
import { AppError, failureOf } from '../../kernel/errors.ts';
import { convert, cut, type HousePorts, replay, replayRows, rowsAgain, split } from './housekeeping.ts';
import type { FromThread, Questions, Requests, Start, ToThread } from './messages.ts';
import { ReadLoop } from './read-loop.ts';

const port = parentPort;
if (!port) throw new Error('ingest-worker runs as a worker thread');
const start = workerData as Start;

let clockAhead = start.now - Date.now();
let zone = start.zone;
const waiting = new Map<number, { resolve: (output: unknown) => void; reject: (error: unknown) => void }>();
let nextId = 1;
const send = (message: FromThread): void => port.postMessage(message);
const ask = <K extends keyof Questions>(name: K, input: Questions[K]['in']): Promise<Questions[K]['out']> =>
  new Promise((resolve, reject) => {
    const id = nextId++;
    waiting.set(id, { resolve: resolve as (output: unknown) => void, reject });
    send({ kind: 'question', id, name, input } as FromThread);
  });

const loop = new ReadLoop(start, {
  now: () => Date.now() + clockAhead,
  zone: () => zone,
  commit: (commit) => ask('commit', commit),
  work: (sourceId) => ask('work', { sourceId }),
  rows: (q) => ask('rows', q),
  tablePage: (q) => ask('tablePage', q),
  // the engine starts another thread, which reads the store
  lost: (error) => {
    setImmediate(() => {
      throw error;
    });
  },
  state: (state) => send({ kind: 'state', state }),
  log: (message, error) =>
    send({
      kind: 'log',
      message,
      detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }),
});

const house: HousePorts = {
  write: (q) => ask('write', q),
  tableAgain: (q) => ask('tableAgain', q),
  templates: () => ask('templates', null),
  now: () => Date.now() + clockAhead,
  zone: () => zone,
};
const requests: { [K in keyof Requests]: (input: Requests[K]['in']) => Promise<Requests[K]['out']> } = {
  follow: async ({ on }) => {
    loop.follow(on);
    return null;
  },
  read: async ({ sourceId }) => {
    await loop.read(sourceId);
    return null;
  },
  settle: async () => {
    await loop.settle();
    return null;
  },
  reload: async ({ sourceId, tellsAnew }) => {
    await loop.reload(sourceId, tellsAnew);
    return null;
  },
  poke: async ({ sourceId }) => {
    loop.poke(sourceId);
    return null;
  },
  rules: async ({ rules }) => {
    await loop.atRest(async () => loop.pipeline.miner.setRules(rules));
    return null;
  },
  replay: async ({ sourceId, letters }) => {
    const isTable = (await ask('work', { sourceId }))?.kind === 'table';
    const rows = isTable ? await rowsAgain(house, { sourceId, letters }) : null;
    return loop.atRest(async () => {
      const work = await ask('work', { sourceId });
      if (!work) return { fixed: 0 };
      const fixed = rows
        ? replayRows(loop.pipeline, house, work, { letters, rows })
        : replay(loop.pipeline, house, work, letters);
      return { fixed: await fixed };
    });
  },
  convert: () => loop.atRest(() => convert(loop.pipeline, house)),
  cut: (job) => loop.atRest(() => cut(loop.pipeline, house, job)),
  split: (job) => loop.atRest(() => split(loop.pipeline, house, job)),
  sweep: () =>
    loop.atRest(async () => {
      loop.pipeline.sweep();
      return null;
    }),
  close: async () => {
    await loop.close();
    return null;
  },
};

port.on('message', (message: ToThread) => {
  if (message.kind === 'answer') {
    clockAhead = message.now - Date.now();
    zone = message.zone;
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) asked?.reject(new AppError(message.error.code, message.error.params));
    else asked?.resolve(message.output);
    return;
  }
  const handle = requests[message.name] as (input: unknown) => Promise<unknown>;
  handle(message.input).then(
    (output) => {
      send({ kind: 'answer', id: message.id, output, error: null });
      if (message.name === 'close') port.close();
    },
    (error: unknown) => send({ kind: 'answer', id: message.id, output: null, error: failureOf(error) }),
  );
});
void loop.run();
