import { AppError } from '../../kernel/errors.ts';
import type { FileKind } from './file-kind.ts';
import type { FileText, Progress } from './file-text.ts';
import { openPackage } from './open-package.ts';
import { readPdf } from './read-pdf.ts';
import { readSheets } from './read-sheets.ts';
import { readSlides } from './read-slides.ts';
import { readWord } from './read-word.ts';

/**
 * The words of a PDF, Word, Excel or PowerPoint file.
 * @param known endings of files that can be know-how, for the refusal
 * @throws AppError as `readPdf` and `openPackage`, knowledge.file-inflates, knowledge.too-large
 */
export async function readFile(
  {
    name,
    kind,
    bytes,
    known,
  }: { name: string; kind: Exclude<FileKind, 'text'>; bytes: Uint8Array; known: string },
  progress: Progress,
): Promise<FileText> {
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
