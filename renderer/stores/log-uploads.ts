/** Log files on their way to the engine. They live here, not in the screen, so that leaving it does not stop them. */
import { create } from 'zustand';
import { engine } from '../engine-client.ts';
import { isCancelled } from '../errors.ts';
import { keepTrying, oneByOne, toBase64 } from './send-pieces.ts';

export type Upload = {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly sent: number;
  readonly state: 'waiting' | 'sending' | 'sent' | 'failed';
  /** what it became once it was sent whole */
  readonly sourceId: string | null;
  readonly error: unknown;
  readonly startedAt: number;
};
/** bytes of a piece; base64 makes them four thirds as many characters */
const PIECE = 1_000_000;

export const useLogUploads = create<{ readonly uploads: readonly Upload[] }>(() => ({ uploads: [] }));
const files = new Map<string, { readonly file: File; readonly stop: AbortController }>();

const change = (id: string, part: Partial<Upload>): void =>
  useLogUploads.setState(({ uploads }) => ({
    uploads: uploads.map((upload) => (upload.id === id ? { ...upload, ...part } : upload)),
  }));

/** Queues files; one is sent at a time. */
export function startUploads(added: readonly File[]): void {
  const uploads = added.map((file): Upload => {
    const id = crypto.randomUUID();
    files.set(id, { file, stop: new AbortController() });
    return {
      id,
      name: file.name,
      bytes: file.size,
      sent: 0,
      state: 'waiting',
      sourceId: null,
      error: null,
      startedAt: Date.now(),
    };
  });
  useLogUploads.setState((s) => ({ uploads: [...s.uploads, ...uploads] }));
  void work();
}
/** Stops one, or takes the notice of a finished one away. What was sent of it is not read. */
export function dropUpload(id: string): void {
  files.get(id)?.stop.abort();
  files.delete(id);
  useLogUploads.setState(({ uploads }) => ({ uploads: uploads.filter((upload) => upload.id !== id) }));
}
export function retryUpload(id: string): void {
  change(id, { state: 'waiting', sent: 0, error: null });
  void work();
}

const work = oneByOne(
  () => useLogUploads.getState().uploads.find((upload) => upload.state === 'waiting')?.id,
  send,
);

async function send(id: string): Promise<void> {
  const held = files.get(id);
  if (!held) return dropUpload(id);
  const { file, stop } = held;
  // a try of its own name: what a broken one left behind is not added to
  const uploadId = crypto.randomUUID();
  change(id, { state: 'sending', startedAt: Date.now() });
  try {
    for (let offset = 0; ; ) {
      const piece = file.slice(offset, offset + PIECE);
      const data = await toBase64(piece);
      const end = offset + piece.size;
      const sent = { uploadId, name: file.name, offset, data, done: end >= file.size };
      const { source } = await keepTrying(() => engine.logs.upload(sent, { signal: stop.signal }));
      offset = end;
      change(id, { sent: end });
      if (end < file.size) continue;
      change(id, { state: 'sent', sourceId: source?.id ?? null });
      files.delete(id);
      return;
    }
  } catch (error) {
    if (!isCancelled(error) && !stop.signal.aborted) change(id, { state: 'failed', error });
  }
}
