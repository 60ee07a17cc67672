import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { AppError } from '../../kernel/errors.ts';
import { KNOWLEDGE_LIMITS } from '../config.ts';
import { type FileText, type Progress, TextWriter } from './file-text.ts';
import { type Line, linesOf, type Piece, paragraphsOf, withoutRunningLines } from './pdf-text.ts';

/** A file that ends in the midst lacks this; what stands after it is little. ISO 32000-1 7.5.5 */
const END = '%%EOF';
const END_WITHIN = 4096;
/** pages that are read; a document of more has more characters than are kept */
const MOST_PAGES = 3_000;

/** Where characters of fonts that are not in the file are looked up: the tables of the library, on disk. */
const cmaps = path.join(
  path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')),
  'cmaps',
);
class CharacterMaps {
  async fetch({ kind, filename }: { kind: string; filename: string }): Promise<Uint8Array> {
    if (kind !== 'cMapUrl') throw new Error(`${kind} is not needed for text`);
    return new Uint8Array(await readFile(path.join(cmaps, path.basename(filename))));
  }
}

/** The library with its own worker in this thread, in Node and in Electron alike. */
async function loadLibrary() {
  const [library, worker] = await Promise.all([
    import('pdfjs-dist/legacy/build/pdf.mjs'),
    import('pdfjs-dist/legacy/build/pdf.worker.mjs' as string),
  ]);
  (globalThis as { pdfjsWorker?: unknown }).pdfjsWorker = worker;
  return library;
}

/**
 * The text of a PDF, page by page. Scripts and attachments in it are not looked at, pictures not drawn.
 * @throws AppError knowledge.file-locked, knowledge.no-text-layer, knowledge.file-damaged
 */
export async function readPdf(name: string, bytes: Uint8Array, progress: Progress): Promise<FileText> {
  if (!Buffer.from(bytes.subarray(-END_WITHIN)).includes(END))
    throw new AppError('knowledge.file-damaged', { name });
  const { getDocument } = await loadLibrary();
  const loading = getDocument({
    data: bytes,
    verbosity: 0,
    cMapUrl: `${cmaps}/`,
    cMapPacked: true,
    BinaryDataFactory: CharacterMaps,
    useWorkerFetch: false,
    useWasm: false,
    disableFontFace: true,
    useSystemFonts: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    enableXfa: false,
  });
  try {
    const document = await loading.promise;
    const total = Math.min(document.numPages, MOST_PAGES);
    const pages: Line[][] = [];
    let characters = 0;
    for (let number = 1; number <= total && characters <= KNOWLEDGE_LIMITS.characters; number++) {
      progress(number - 1, total);
      const page = await document.getPage(number);
      const { items, styles } = await page.getTextContent();
      const pieces = items.flatMap((item): Piece[] => {
        if (!('str' in item)) return [];
        const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0] = item.transform as number[];
        const isVertical = styles[item.fontName]?.vertical === true;
        const size = Math.hypot(c, d) || Math.hypot(a, b);
        return [{ text: item.str, x, y, size, isVertical, width: isVertical ? item.height : item.width }];
      });
      const lines = linesOf(pieces);
      pages.push(lines);
      characters += lines.reduce((sum, line) => sum + line.text.length, 0);
      page.cleanup();
    }
    progress(total, total);
    if (characters === 0) throw new AppError('knowledge.no-text-layer', { name });
    const { info } = await document.getMetadata();
    const author = (info as { Author?: unknown }).Author;
    return write(pages, typeof author === 'string' ? author : null);
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const isLocked = cause instanceof Error && cause.name === 'PasswordException';
    throw new AppError(isLocked ? 'knowledge.file-locked' : 'knowledge.file-damaged', { name }, { cause });
  } finally {
    await loading.destroy();
  }
}

function write(pages: readonly Line[][], author: string | null): FileText {
  const writer = new TextWriter();
  withoutRunningLines(pages).forEach((lines, i) => {
    writer.at({ kind: 'page', first: i + 1, last: i + 1 });
    for (const paragraph of paragraphsOf(lines)) writer.paragraph(paragraph);
  });
  return writer.done(author);
}
