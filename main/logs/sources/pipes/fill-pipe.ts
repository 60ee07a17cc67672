/** The writing end: bytes as they come, kept on disk before the next are asked for. */
import type { Buffer } from 'node:buffer';
import { type FileHandle, open } from 'node:fs/promises';
import { addAbortSignal, type Readable } from 'node:stream';
import { type AppError, Cancelled } from '../../../kernel/errors.ts';
import { delay } from '../../../kernel/task.ts';
import { MOST_PIECES, PIECE_BYTES, pieceAt, piecesOf, writeEnd } from './pipe-files.ts';
import { untilRoom } from './until-room.ts';

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
