// The one thread that reads sources, owns the miner and writes the blocks. The store is the engine's.
import { workerData } from 'node:worker_threads';
import { type Call, serveThread } from '../../kernel/thread.ts';
import { convert, cut, type HousePorts, replay, replayRows, rowsAgain, split } from './housekeeping.ts';
import type { Questions, Requests, Start } from './messages.ts';
import { ReadLoop } from './read-loop.ts';

const start = workerData as Start;

let clockAhead = start.now - Date.now();
let zone = start.zone;
const loop = new ReadLoop(start, {
  now: () => Date.now() + clockAhead,
  zone: () => zone,
  commit: (commit) => ask('commit', commit),
  work: (sourceId) => ask('work', { sourceId }),
  tablePage: (q) => ask('tablePage', q),
  // the engine starts another thread, which reads the store
  lost: (error) => {
    setImmediate(() => {
      throw error;
    });
  },
  state: (state) => void ask('state', state),
  log(message, error) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    void ask('log', { message, detail });
  },
});

const house: HousePorts = {
  write: (q) => ask('write', q),
  tableAgain: (q) => ask('tableAgain', q),
  templates: () => ask('templates', null),
  now: () => Date.now() + clockAhead,
  zone: () => zone,
};
const ask: Call<Questions> = serveThread<Requests, Questions>({
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
  clock: (told) => {
    clockAhead = told.now - Date.now();
    ({ zone } = told);
    return null;
  },
  close: async () => {
    await loop.close();
    return null;
  },
});
void loop.run();
