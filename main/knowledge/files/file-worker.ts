// Reads one file after another, off the engine's own thread: a file may be hostile, and this thread can be ended at any time.
import { parentPort } from 'node:worker_threads';
import { type ErrorCode, type ErrorParams, toAppError } from '../../kernel/errors.ts';
import type { FileKind } from './file-kind.ts';
import type { FileText } from './file-text.ts';
import { readFile } from './read-file.ts';

export type FileRequest = {
  readonly id: number;
  readonly name: string;
  readonly kind: Exclude<FileKind, 'text'>;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly known: string;
};
export type FileReply =
  | { readonly type: 'progress'; readonly id: number; readonly done: number; readonly total: number }
  | { readonly type: 'done'; readonly id: number; readonly read: FileText }
  | {
      readonly type: 'failed';
      readonly id: number;
      readonly code: ErrorCode;
      readonly params: ErrorParams;
      readonly detail: string;
    };

const port = parentPort;
if (!port) throw new Error('file-worker runs as a worker thread');

port.on('message', (request: FileRequest) => {
  const { id } = request;
  const reply = (message: FileReply): void => port.postMessage(message);
  readFile(request, (done, total) => reply({ type: 'progress', id, done, total })).then(
    (read) => reply({ type: 'done', id, read }),
    (thrown: unknown) => {
      const { code, params, cause } = toAppError(thrown);
      reply({ type: 'failed', id, code, params, detail: String(cause ?? thrown) });
    },
  );
});
