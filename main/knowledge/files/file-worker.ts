// Reads one file after another, off the engine's own thread: a file may be hostile, and this thread can be ended at any time.
import { serveThread } from '../../kernel/thread.ts';
import type { FileKind } from './file-kind.ts';
import type { FileText } from './file-text.ts';
import { readFile } from './read-file.ts';

export type FileRequest = {
  readonly name: string;
  readonly kind: Exclude<FileKind, 'text'>;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly known: string;
};
export type FileCalls = {
  read: { in: FileRequest; out: FileText; news: { readonly done: number; readonly total: number } };
};

serveThread<FileCalls>({
  read: (request, { tell }) => readFile(request, (done, total) => tell({ done, total })),
});
