/** Standard input to its end: kept in the data folder as it comes, read by whichever process reads the sources. */
import { existsSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { AppError } from '../../../kernel/errors.ts';
import { delay } from '../../../kernel/task.ts';
import { run, type Store, sql } from '../../../store/index.ts';
import type { Ingest } from '../../ingest/ingest.ts';
import { sourceRow } from '../../ingest/source-rows.ts';
import { fillPipe } from './fill-pipe.ts';
import { endOf } from './pipe-files.ts';
import type { Pipes } from './pipes.ts';
import { untilRoom } from './until-room.ts';

const LOOK_MS = 100;

/**
 * Resolves once all that came is in the store. Whatever ends before that (this process, the other one, the machine), what came so
 * far is read at the next occasion, once.
 * @throws Cancelled; `not-found` when the source is taken away meanwhile
 */
export async function readPipe(o: {
  readonly store: Store;
  readonly ingest: Ingest;
  readonly pipes: Pipes;
  readonly sourceId: string;
  readonly input: Readable;
  readonly now: number;
  readonly signal?: AbortSignal | undefined;
  /** said each time it cannot go on for now */
  readonly waits: (why: AppError) => void;
}): Promise<void> {
  const { store, ingest, pipes, sourceId } = o;
  const stop = new AbortController();
  const relay = (): void => stop.abort();
  if (o.signal?.aborted) relay();
  o.signal?.addEventListener('abort', relay, { once: true });
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => {});
  const { dir, release } = await untilRoom({ dir: pipes.dir, signal: stop.signal, waits: o.waits }, () =>
    pipes.begin(sourceId, o.now),
  );
  const filled = fillPipe({ run: dir, input: o.input, signal: stop.signal, waits: o.waits })
    .finally(release)
    .catch(broken.reject);
  let isAsked = false;
  let isHurried = false;
  const askForIt = async (): Promise<void> => {
    if (!isAsked) {
      isAsked = true;
      void ingest.ask('read', { sourceId }).then(() => {
        isAsked = false;
      }, broken.reject);
    }
    if (!isHurried && endOf(dir) !== null) {
      isHurried = true;
      await ingest.poke(sourceId);
    }
    await pipes.sweep(sourceId);
  };
  try {
    while (existsSync(dir)) {
      const row = sourceRow(store.read, sourceId);
      if (!row) throw new AppError('not-found', { what: `source ${sourceId}` });
      // the one that reads may have gone to rest just before this run began
      if (row.state === 'done')
        await store.write([
          run(sql`UPDATE log_sources SET state = 'reading' WHERE source_id = ${sourceId} AND state = 'done'`),
        ]);
      if (ingest.owns()) await askForIt();
      await Promise.race([delay(LOOK_MS, stop.signal), broken.promise]);
    }
  } finally {
    o.signal?.removeEventListener('abort', relay);
    stop.abort();
    await filled;
  }
}
