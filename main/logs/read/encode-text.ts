/** Back from text to the bytes it was decoded from: how a line is known to be kept byte for byte. */
import { Buffer } from 'node:buffer';
import type { Encoding } from '../../kernel/encoding.ts';

/** What each character is written as, found by decoding every one- and two-byte sequence (and EUC-JP's three) once. */
const tables = new Map<Encoding, ReadonlyMap<string, readonly number[]>>();
function tableOf(encoding: Encoding): ReadonlyMap<string, readonly number[]> {
  let table = tables.get(encoding);
  if (!table) {
    table = buildTable(encoding);
    tables.set(encoding, table);
  }
  return table;
}
function buildTable(encoding: Encoding): Map<string, readonly number[]> {
  const table = new Map<string, readonly number[]>();
  const decoder = new TextDecoder(encoding, { fatal: true });
  const note = (...bytes: number[]): void => {
    try {
      const text = decoder.decode(Uint8Array.from(bytes));
      // several sequences give one character: the one listed first is the usual one
      if ([...text].length === 1 && !table.has(text)) table.set(text, bytes);
    } catch {
      // not a sequence of this encoding
    }
  };
  for (let a = 0; a < 256; a++) note(a);
  if (encoding === 'windows-1252') return table;
  for (let a = 0x81; a < 0xff; a++) for (let b = 0x40; b < 0xff; b++) note(a, b);
  if (encoding === 'euc-jp')
    for (let a = 0xa1; a < 0xff; a++) for (let b = 0xa1; b < 0xff; b++) note(0x8f, a, b);
  return table;
}

/** The bytes of `text`; null where it holds a character the encoding does not have. Byte order marks are not added. */
export function encodeText(text: string, encoding: Encoding): Buffer | null {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
  if (encoding === 'utf-16le') return Buffer.from(text, 'utf16le');
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  const table = tableOf(encoding);
  const bytes: number[] = [];
  for (const char of text) {
    const code = char.charCodeAt(0);
    if (code < 0x80) bytes.push(code);
    else {
      const known = table.get(char);
      if (!known) return null;
      bytes.push(...known);
    }
  }
  return Buffer.from(bytes);
}
