import { AppError } from '../../kernel/errors.ts';

/** `package`: the zip that Word, Excel and PowerPoint write since 2007 (ISO/IEC 29500-2). */
export type FileKind = 'text' | 'pdf' | 'package';

const bytesOf = (text: string): readonly number[] => [...text].map((c) => c.charCodeAt(0));
const PDF = bytesOf('%PDF-');
const ZIP = bytesOf('PK\x03\x04');
/** the compound file of older programs, [MS-CFB] 2.2 */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** a PDF may have something before its beginning, ISO 32000-1 annex H */
const PDF_WITHIN = 1024;

const startsWith = (bytes: Uint8Array, begin: readonly number[], at = 0): boolean =>
  begin.every((byte, i) => bytes[at + i] === byte);
/** Names in a compound file are UTF-16. */
const holds = (bytes: Uint8Array, name: string): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(name, 'utf16le'));

/**
 * What a file is by its first bytes, whatever its name says.
 * @throws AppError knowledge.file-locked, knowledge.old-office, knowledge.file-damaged
 */
export function fileKind(name: string, ending: string, bytes: Uint8Array): FileKind {
  if (startsWith(bytes, COMPOUND)) throw refuseCompound(name, bytes);
  if (startsWith(bytes, ZIP)) return 'package';
  if (startsWith(bytes, PDF)) return 'pdf';
  if (ending === '.pdf')
    for (let at = 1; at < Math.min(PDF_WITHIN, bytes.length); at++)
      if (startsWith(bytes, PDF, at)) return 'pdf';
  return 'text';
}

/** Office keeps a file with a password in a compound file, [MS-OFFCRYPTO] 2.3. */
function refuseCompound(name: string, bytes: Uint8Array): AppError {
  if (holds(bytes, 'EncryptedPackage')) return new AppError('knowledge.file-locked', { name });
  const format = holds(bytes, 'WordDocument')
    ? '.doc'
    : holds(bytes, 'PowerPoint Document')
      ? '.ppt'
      : holds(bytes, 'Workbook') || holds(bytes, 'Book')
        ? '.xls'
        : null;
  return format
    ? new AppError('knowledge.old-office', { name, format })
    : new AppError('knowledge.file-damaged', { name });
}
