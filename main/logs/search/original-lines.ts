/** Back from stored lines to the bytes they were read from. */
import { Buffer } from 'node:buffer';
import type { Encoding } from '../../kernel/encoding.ts';
import type { Reader } from '../../store/index.ts';
import { encodeText } from '../read/encode-text.ts';
import { recordsOf } from '../store/block-cache.ts';
import { DamagedBlock } from '../store/block-format.ts';
import type { BlockRow } from '../store/block-rows.ts';

const ENDING = { lf: '\n', crlf: '\r\n', none: '' } as const;
/** A record's or a dead letter's bytes, with its end. `id` is its place in the source. */
export type OriginalLine = { readonly id: number; readonly bytes: Uint8Array; readonly end: Uint8Array };
/** What a block or a piece of the tail was made of; null: it is damaged, or was replaced meanwhile. */
export const originalLines = (
  from: { readonly dataDir: string; readonly read: Reader },
  row: BlockRow,
): OriginalLine[] | null => {
  try {
    return recordsOf(from, row).flatMap(({ encoding, records }) =>
      records.map(({ id, raw, text, ending }) => ({
        id,
        bytes: raw ?? encodeText(text, encoding as Encoding) ?? Buffer.from(text),
        end: encodeText(ENDING[ending], encoding as Encoding) ?? Buffer.alloc(0),
      })),
    );
  } catch (error) {
    if (error instanceof DamagedBlock) return null;
    throw error;
  }
};
