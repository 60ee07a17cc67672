/** Models on their way to the engine from a page that cannot know where their files lie. They go on while another screen is open. */
import { create } from 'zustand';
import type { PlacedFile } from '../dropped-entries.ts';
import { engine } from '../engine-client.ts';
import { isCancelled, toWordable, type WordableError } from '../errors.ts';
import { keepTrying, oneByOne, readParts } from './send-pieces.ts';

export type ModelUpload = {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly sent: number;
  /** bytes that were there already when this try began */
  readonly from: number;
  readonly state: 'waiting' | 'sending' | 'checking' | 'sent' | 'stopped' | 'failed';
  readonly modelId: string | null;
  readonly error: unknown;
};
/** bytes of a piece; base64 makes them four thirds as many characters */
const PIECE = 2_000_000;

export const useModelUploads = create<{ readonly uploads: readonly ModelUpload[] }>(() => ({ uploads: [] }));
const held = new Map<string, { readonly files: readonly PlacedFile[]; stop: AbortController }>();

const change = (id: string, part: Partial<ModelUpload>): void =>
  useModelUploads.setState(({ uploads }) => ({
    uploads: uploads.map((upload) => (upload.id === id ? { ...upload, ...part } : upload)),
  }));

/** The same files make the same id, so that what was cut off goes on where it stopped. */
async function idOf(files: readonly PlacedFile[]): Promise<string> {
  const told = files.map(({ place, file }) => `${place}\0${file.size}\0${file.lastModified}`).join('\0\0');
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(told));
  return [...new Uint8Array(hash)]
    .slice(0, 20)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

/** Queues one model (a file, or the files of a folder); one model is sent at a time. `error`: why there is nothing to send. */
export async function startModelUpload({
  name,
  files,
  error,
}: {
  readonly name: string;
  readonly files: readonly PlacedFile[];
  readonly error: WordableError | null;
}): Promise<void> {
  const id = error ? crypto.randomUUID() : await idOf(files);
  if (held.has(id) && !['failed', 'stopped'].includes(stateOf(id) ?? '')) return;
  if (!error) held.set(id, { files, stop: new AbortController() });
  const upload: ModelUpload = {
    id,
    name,
    bytes: files.reduce((sum, { file }) => sum + file.size, 0),
    sent: 0,
    from: 0,
    state: error ? 'failed' : 'waiting',
    modelId: null,
    error,
  };
  useModelUploads.setState(({ uploads }) => ({ uploads: [...uploads.filter((u) => u.id !== id), upload] }));
  void work();
}
const stateOf = (id: string): ModelUpload['state'] | undefined =>
  useModelUploads.getState().uploads.find((upload) => upload.id === id)?.state;

/** Stops sending; what was sent stays, so that it can go on. */
export function stopModelUpload(id: string): void {
  held.get(id)?.stop.abort();
  change(id, { state: 'stopped' });
}
export function dropModelUpload(id: string): void {
  held.get(id)?.stop.abort();
  held.delete(id);
  useModelUploads.setState(({ uploads }) => ({ uploads: uploads.filter((upload) => upload.id !== id) }));
}
/** Whether there is anything to go on with. */
export const canResume = (id: string): boolean => held.has(id);
/** Goes on where it stopped. */
export function resumeModelUpload(id: string): void {
  const kept = held.get(id);
  if (!kept) return;
  kept.stop = new AbortController();
  change(id, { state: 'waiting', error: null });
  void work();
}

const work = oneByOne(
  () => useModelUploads.getState().uploads.find((upload) => upload.state === 'waiting')?.id,
  send,
);

async function send(id: string): Promise<void> {
  const kept = held.get(id);
  if (!kept) return dropModelUpload(id);
  const { files, stop } = kept;
  change(id, { state: 'sending', sent: 0, from: 0 });
  try {
    let before = 0;
    // without a way to open it again: a model that changes meanwhile is another one
    for (const [i, { place, file }] of files.entries()) {
      const piece = { uploadId: id, name: place, bytes: file.size };
      const isLast = i === files.length - 1;
      const partFrom = readParts({ place, file }, PIECE, 'models.unreadable');
      let { received } = await sendPiece({ ...piece, offset: 0, data: '', done: false }, stop.signal);
      change(id, { sent: before + received, from: before + received });
      for (;;) {
        const { end, data } = await partFrom(received);
        const done = isLast && end >= file.size;
        // with its last piece the engine looks into the whole model before it answers
        if (done) change(id, { state: 'checking', sent: before + file.size });
        const answer = await sendPiece({ ...piece, offset: received, data, done }, stop.signal);
        received = answer.received;
        if (done) {
          change(id, { state: 'sent', modelId: answer.model?.id ?? null });
          held.delete(id);
          return;
        }
        change(id, { sent: before + received });
        if (received >= file.size) break;
      }
      before += file.size;
    }
  } catch (error) {
    if (stop.signal.aborted) return;
    if (isCancelled(error)) change(id, { state: 'stopped' });
    else {
      // a wrong file stays wrong
      if (/^models\.(?:bad-|already-here$)/.test(toWordable(error).code)) held.delete(id);
      change(id, { state: 'failed', error });
    }
  }
}

type Piece = Parameters<typeof engine.models.upload>[0];
const sendPiece = (piece: Piece, signal: AbortSignal) =>
  keepTrying(() => engine.models.upload(piece, { signal }));
