/** Standard input to its end: kept in the data folder as it comes, read by whichever process reads the sources. */

import type { Buffer } from 'node:buffer';
import { existsSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { addAbortSignal, type Readable } from 'node:stream';
import { AppError, Cancelled } from '../../../kernel/errors.ts';
import { delay } from '../../../kernel/task.ts';
import { run, type Store, sql } from '../../../store/index.ts';
import type { Ingest } from '../../ingest/ingest.ts';
import { sourceRow } from '../../ingest/source-rows.ts';
import { endOf, MOST_PIECES, PIECE_BYTES, pieceAt, piecesOf, writeEnd } from './pipe-files.ts';
import type { Pipes } from './pipes.ts';
import { untilRoom } from './until-room.ts';

/** The writing end: bytes as they come, kept on disk before the next are asked for. */
/** How long a pipe waits before it looks again whether what it kept has been read. */
const ROOM_MS = 250;

/**
 * Keeps everything that comes, and where it ended; on a full disk it waits, saying so.
 * @param run its folder, of this call alone
 * @throws Cancelled when `signal` asks for it; what had come by then is kept and counts as all there is
 */
export async function fillPipe(o: {
  readonly run: string;
  readonly input: Readable;
  readonly signal?: AbortSignal | undefined;
  readonly waits: (why: AppError) => void;
}): Promise<void> {
  const { run, input, signal, waits } = o;
  const piece: { file: FileHandle | null; from: number; bytes: number } = { file: null, from: 0, bytes: 0 };
  /** A write that was cut short is done anew at its place. */
  const insist = <T>(write: () => T | Promise<T>): Promise<T> =>
    untilRoom({ dir: run, signal, waits }, write);
  const closePiece = async (): Promise<void> => {
    const { file } = piece;
    if (!file) return;
    piece.from += piece.bytes;
    piece.bytes = 0;
    piece.file = null;
    try {
      await insist(() => file.datasync());
    } finally {
      await file.close();
    }
  };
  const take = async (chunk: Buffer): Promise<void> => {
    if (piece.bytes >= PIECE_BYTES) {
      await closePiece();
      while (piecesOf(run).length > MOST_PIECES) await delay(ROOM_MS, signal);
    }
    piece.file ??= await insist(() => open(pieceAt(run, piece.from), 'w', 0o600));
    const { file } = piece;
    for (let done = 0; done < chunk.length; ) {
      const { bytesWritten } = await insist(() =>
        file.write(chunk, done, chunk.length - done, piece.bytes + done),
      );
      done += bytesWritten;
    }
    piece.bytes += chunk.length;
  };
  try {
    if (signal) addAbortSignal(signal, input);
    for await (const chunk of input) await take(chunk as Buffer);
  } catch (thrown) {
    if (signal?.aborted) throw new Cancelled('aborted');
    throw thrown;
  } finally {
    const received = piece.from + piece.bytes;
    await closePiece();
    await insist(() => writeEnd(run, received));
  }
}

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
