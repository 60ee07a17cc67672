/** Logs on their way to the engine. They live here, not in the screen, so that leaving it does not stop them. */
import { create } from 'zustand';
import type { PlacedFile } from '../dropped-entries.ts';
import { engine } from '../engine-client.ts';
import { isCancelled } from '../errors.ts';
import { keepTrying, oneByOne, readParts } from './send-pieces.ts';

/** Places of files that were not taken, by why. */
export type LeftOut = {
  readonly notLogs: readonly string[];
  readonly empty: readonly string[];
  readonly unread: readonly string[];
  /** how many are taken of one folder, where it has more */
  readonly beyond: number | null;
};
export type Gathered = { readonly files: readonly PlacedFile[]; readonly leftOut: LeftOut };
/** A file or folder that was dropped or picked. */
export type GivenLog = {
  readonly name: string;
  readonly isFolder: boolean;
  /** where it lies, where the shell tells: it is read there, and nothing is sent */
  readonly path: string | null;
  gather(signal: AbortSignal): Promise<Gathered>;
};
/**
 * `looking`: into a folder. `asking`: one of the same name and size is there already. `nothing`: there is no log in it.
 * `sent`: it is a source now.
 */
export type UploadState = 'waiting' | 'looking' | 'asking' | 'sending' | 'sent' | 'nothing' | 'failed';
export type Upload = {
  readonly id: string;
  readonly name: string;
  readonly isFolder: boolean;
  readonly state: UploadState;
  readonly files: number;
  readonly filesSent: number;
  readonly bytes: number;
  readonly sent: number;
  readonly leftOut: LeftOut;
  /** what it became once it was sent whole */
  readonly sourceId: string | null;
  readonly error: unknown;
};
type Held = { readonly given: GivenLog; readonly stop: AbortController; goesTwice: boolean };

/** bytes of a piece; base64 makes them four thirds as many characters */
const PIECE = 1_000_000;
export const NOTHING_LEFT_OUT: LeftOut = { notLogs: [], empty: [], unread: [], beyond: null };
const FRESH = {
  state: 'waiting',
  files: 0,
  filesSent: 0,
  bytes: 0,
  sent: 0,
  leftOut: NOTHING_LEFT_OUT,
  sourceId: null,
  error: null,
} as const;

export const useLogUploads = create<{ readonly uploads: readonly Upload[] }>(() => ({ uploads: [] }));
const held = new Map<string, Held>();

const change = (id: string, part: Partial<Upload>): void =>
  useLogUploads.setState(({ uploads }) => ({
    uploads: uploads.map((upload) => (upload.id === id ? { ...upload, ...part } : upload)),
  }));

/** Queues files and folders; one is sent at a time. */
export function startUploads(given: readonly GivenLog[]): void {
  const uploads = given.map((log): Upload => {
    const id = crypto.randomUUID();
    held.set(id, { given: log, stop: new AbortController(), goesTwice: false });
    return { id, name: log.name, isFolder: log.isFolder, ...FRESH };
  });
  useLogUploads.setState((s) => ({ uploads: [...s.uploads, ...uploads] }));
  void work();
  for (const { id } of uploads) void refuseEarly(id);
}
/** What is no log need not stand in line to hear it. */
async function refuseEarly(id: string): Promise<void> {
  const kept = held.get(id);
  if (!kept || kept.given.isFolder || kept.given.path !== null) return;
  try {
    const { files, leftOut } = await kept.given.gather(kept.stop.signal);
    const isWaiting =
      useLogUploads.getState().uploads.find((upload) => upload.id === id)?.state === 'waiting';
    if (files.length === 0 && isWaiting) change(id, { state: 'nothing', leftOut });
  } catch {
    // it is looked at again when its turn comes, and says then what is wrong
  }
}
/** Stops these, or takes the notice of what has ended away. What was sent of one that did not end is not read. */
export function dropUploads(ids: readonly string[]): void {
  for (const id of ids) {
    held.get(id)?.stop.abort();
    held.delete(id);
  }
  useLogUploads.setState(({ uploads }) => ({ uploads: uploads.filter(({ id }) => !ids.includes(id)) }));
}
/** Tries again, or takes in what is there already a second time. */
export function retryUpload(id: string): void {
  const kept = held.get(id);
  if (kept) kept.goesTwice = true;
  change(id, FRESH);
  void work();
}

const work = oneByOne(
  () => useLogUploads.getState().uploads.find((upload) => upload.state === 'waiting')?.id,
  take,
);

async function take(id: string): Promise<void> {
  const kept = held.get(id);
  if (!kept) return dropUploads([id]);
  const { given, stop } = kept;
  try {
    if (given.path !== null) {
      change(id, { state: 'looking' });
      const source = await engine.logs.addSource(
        { kind: 'import', path: given.path },
        { signal: stop.signal },
      );
      change(id, { state: 'sent', sourceId: source.id });
      held.delete(id);
      return;
    }
    if (given.isFolder) change(id, { state: 'looking' });
    const { files, leftOut } = await given.gather(stop.signal);
    const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
    change(id, { files: files.length, bytes, leftOut });
    if (files.length === 0) change(id, { state: 'nothing' });
    else if (!kept.goesTwice && (await isHere(given.name, bytes, stop.signal)))
      change(id, { state: 'asking' });
    else await send(id, given, files, stop.signal);
  } catch (error) {
    if (!isCancelled(error) && !stop.signal.aborted) change(id, { state: 'failed', error });
  }
}
/** Whether what was read before has this name and just as many bytes. */
async function isHere(name: string, bytes: number, signal: AbortSignal): Promise<boolean> {
  const sources = await keepTrying(() => engine.logs.sources(undefined, { signal }));
  return sources.some((source) => source.kind === 'import' && source.name === name && source.bytes === bytes);
}

async function send(
  id: string,
  given: GivenLog,
  files: readonly PlacedFile[],
  signal: AbortSignal,
): Promise<void> {
  // a try of its own name: what a broken one left behind is not added to
  const uploadId = crypto.randomUUID();
  change(id, { state: 'sending' });
  let before = 0;
  for (const [i, placed] of files.entries()) {
    const { size } = placed.file;
    const partFrom = readParts(placed, PIECE, 'logs.drop-unreadable');
    for (let offset = 0; ; ) {
      const { end, data } = await partFrom(offset);
      const piece = {
        uploadId,
        name: given.name,
        ...(given.isFolder ? { place: placed.place } : {}),
        modifiedAt: placed.file.lastModified,
        offset,
        data,
        done: i === files.length - 1 && end >= size,
      };
      const { source } = await keepTrying(() => engine.logs.upload(piece, { signal }));
      offset = end;
      change(id, { sent: before + end });
      if (piece.done) {
        change(id, { state: 'sent', filesSent: files.length, sourceId: source?.id ?? null });
        held.delete(id);
      }
      if (end >= size) break;
    }
    before += size;
    change(id, { filesSent: i + 1 });
  }
}
