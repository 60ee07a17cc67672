import { AppError } from '../kernel/errors.ts';
import { KNOW_HOW_FILES, OFFICE_FILES, OFFICE_FOLDER_LIMIT } from './contract/knowledge.ts';
import { fileKind } from './files/file-kind.ts';
import type { FileReader, FileWork } from './files/file-reader.ts';
import type { PlaceMark } from './places.ts';
import { endingOf, fileTooLarge, MOST_TITLE, type ReadDocument, readDocument } from './read-document.ts';

export type TakenFile = ReadDocument & { readonly marks: readonly PlaceMark[] };

const isOffice = (ending: string): boolean => (OFFICE_FILES as readonly string[]).includes(ending);
const bareName = (name: string): string => name.split(/[/\\]/).at(-1) ?? name;

/** Files of programs that older Office wrote; they are looked at only to say what to do about them. */
const OLD_OFFICE = ['.doc', '.xls', '.ppt', '.xlsb'];
/** Whether a file of a folder is one that know-how is looked for in. */
export const isLookedInto = (name: string): boolean => {
  const ending = endingOf(name);
  return (KNOW_HOW_FILES as readonly string[]).includes(ending) || OLD_OFFICE.includes(ending);
};

/**
 * A file as know-how, whatever kind it is by its content. Text is read at once; what needs the reader's thread gets it through `inThread`,
 * which may show it as a job.
 * Rejects as `readDocument` and `FileReader.read`, with knowledge.file-locked, knowledge.old-office, knowledge.file-damaged
 */
export async function takeFile(
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
  reader: FileReader,
  inThread: <T>(work: (work: FileWork) => Promise<T>) => Promise<T>,
): Promise<TakenFile> {
  const ending = endingOf(name);
  const kind = fileKind(name, ending, bytes);
  if (kind === 'text') return { ...readText(name, ending, bytes), marks: [] };
  if (bytes.byteLength > OFFICE_FOLDER_LIMIT) throw fileTooLarge(name, bytes.byteLength, OFFICE_FOLDER_LIMIT);
  const file = { name, kind, known: KNOW_HOW_FILES.join(' '), bytes: new Uint8Array(bytes) };
  const { text, marks, author } = await inThread((work) => reader.read(file, work));
  if (text === '') throw new AppError('knowledge.empty');
  // what such files call themselves is often what their template was called: people know them by their names
  return { title: bareName(name).slice(0, MOST_TITLE), text, tags: [], author, marks };
}

/** A file that is called a Word file and is none may be text after all. */
function readText(name: string, ending: string, bytes: Uint8Array): ReadDocument {
  if (!isOffice(ending)) return readDocument(name, bytes);
  try {
    return readDocument(`${name.slice(0, -ending.length)}.txt`, bytes);
  } catch (cause) {
    if (cause instanceof AppError && cause.code === 'knowledge.not-text')
      throw new AppError('knowledge.file-damaged', { name }, { cause });
    throw cause;
  }
}
