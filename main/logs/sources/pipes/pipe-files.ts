/**
 * What comes through a pipe, kept until it is in the store: `imports/stdin/SOURCE/RUN/`, a folder for each run of the command, in
 * it pieces named by the byte they begin at, one after another without a gap, and `end` once no more will come.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { replaceFile } from '../../../kernel/move-file.ts';

/** A piece is closed at this size; pieces that are in the store are taken away. */
export const PIECE_BYTES = 8 << 20;
/** The pipe waits while more than this is kept and not yet read. */
export const MOST_PIECES = 16;
const PIECE = /^(\d{15})\.piece$/;
const RUN = /^[\w-]{8,64}$/;

export type Piece = { readonly from: number; readonly file: string };

export const pipesOf = (dataDir: string): string => path.join(dataDir, 'imports', 'stdin');
export const pieceAt = (run: string, from: number): string =>
  path.join(run, `${String(from).padStart(15, '0')}.piece`);
/** Held by who fills the run; free once that process is gone. */
export const lockOf = (run: string): string => `${run}.lock`;

const entriesOf = (dir: string): string[] => {
  try {
    return readdirSync(dir);
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ENOENT') return [];
    throw cause;
  }
};
/** The runs of a source, the oldest first. */
export function runsOf(dataDir: string, sourceId: string): { readonly name: string; readonly dir: string }[] {
  const own = path.join(pipesOf(dataDir), sourceId);
  return entriesOf(own)
    .filter((name) => RUN.test(name))
    .sort()
    .map((name) => ({ name, dir: path.join(own, name) }));
}
export const piecesOf = (run: string): Piece[] =>
  entriesOf(run)
    .flatMap((name) => {
      const from = PIECE.exec(name)?.[1];
      return from === undefined ? [] : [{ from: Number(from), file: path.join(run, name) }];
    })
    .sort((a, b) => a.from - b.from);
export const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
/** So many bytes came so far. */
export function receivedOf(run: string): number {
  const last = piecesOf(run).at(-1);
  return last ? last.from + sizeOf(last.file) : 0;
}
/** So many bytes came in all; null: more may come. */
export function endOf(run: string): number | null {
  try {
    return Number(readFileSync(path.join(run, 'end'), 'utf8'));
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ENOENT') return null;
    throw cause;
  }
}
export const writeEnd = (run: string, bytes: number): void =>
  replaceFile(path.join(run, 'end'), String(bytes));
