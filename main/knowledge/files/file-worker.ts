// Reads one file after another, off the engine's own thread: a file may be hostile, and this thread can be ended at any time.
import { AppError } from '../../kernel/errors.ts';
import { serveThread } from '../../kernel/thread.ts';
import type { FileKind } from './file-kind.ts';
import type { FileText, Progress } from './file-text.ts';
import { openPackage } from './open-package.ts';
import { readPdf } from './read-pdf.ts';
import { readSheets } from './read-sheets.ts';
import { readSlides } from './read-slides.ts';
import { readWord } from './read-word.ts';

export type FileRequest = {
  readonly name: string;
  readonly kind: Exclude<FileKind, 'text'>;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** endings of files that can be know-how, for the refusal */
  readonly known: string;
};
export type FileCalls = {
  read: { in: FileRequest; out: FileText; news: { readonly done: number; readonly total: number } };
};

/**
 * The words of a PDF, Word, Excel or PowerPoint file.
 * @throws AppError as `readPdf` and `openPackage`, knowledge.file-inflates, knowledge.too-large
 */
async function readFile({ name, kind, bytes, known }: FileRequest, progress: Progress): Promise<FileText> {
  if (kind === 'pdf') return readPdf(name, bytes, progress);
  const file = await openPackage(name, bytes, known);
  try {
    const read = { word: readWord, sheets: readSheets, slides: readSlides }[file.kind];
    return await read(file, progress);
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('knowledge.file-damaged', { name }, { cause });
  } finally {
    file.close();
  }
}

serveThread<FileCalls>({
  read: (request, { tell }) => readFile(request, (done, total) => tell({ done, total })),
});
