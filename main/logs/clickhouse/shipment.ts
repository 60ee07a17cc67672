import { gzipSync } from 'node:zlib';
import type { Reader } from '../../store/index.ts';
import { recordsOf } from '../store/block-cache.ts';
import { DamagedBlock } from '../store/block-format.ts';
import type { BlockRow } from '../store/block-rows.ts';
import { BEYOND_ASCII, foldWords } from '../store/fold-words.ts';
import { ENDINGS, LEVEL_ORDER, type LogRecord } from '../store/records.ts';
import type { FarRow } from './far-lines.ts';

/** the last day of ClickHouse's type Date on every version */
const LAST_DAY = Date.UTC(2105, 11, 31);

/** The rows of a block but for those that are there, as gzipped lines of JSON; null: the block is damaged or was replaced. */
export function shipment(
  from: { readonly dataDir: string; readonly read: Reader },
  row: BlockRow,
  without: readonly number[],
): Uint8Array | null {
  const there = new Set(without);
  try {
    const lines = recordsOf(from, row).flatMap(({ encoding, records }) =>
      records
        .filter(({ id }) => !there.has(id))
        .map((record) =>
          JSON.stringify(rowOf(record, { source: row.sourceId, block: row.firstId, encoding })),
        ),
    );
    return new Uint8Array(gzipSync(lines.join('\n'), { level: 1 }));
  } catch (error) {
    if (error instanceof DamagedBlock) return null;
    throw error;
  }
}

/** `folded`: '' where it is the text in small letters */
type Sent = FarRow & { readonly day: string; readonly block: number; readonly folded: string };
function rowOf(
  r: LogRecord,
  { source, block, encoding }: { readonly source: string; readonly block: number; readonly encoding: string },
): Sent {
  const { service, host, text, attributes } = r;
  const folded = foldWords(text);
  const isWell = [service ?? '', host ?? '', text, attributes].every((one) => one.isWellFormed());
  return {
    day: new Date(Math.min(LAST_DAY, Math.max(0, r.at))).toISOString().slice(0, 10),
    ...{ source, block, encoding, at: r.at, id: r.id, guessed: r.atGuessed ? 1 : 0 },
    level: LEVEL_ORDER.indexOf(r.level),
    service: service?.toWellFormed() ?? null,
    host: host?.toWellFormed() ?? null,
    template: r.template,
    text: text.toWellFormed(),
    folded: folded === text.toLowerCase() && !BEYOND_ASCII.test(text) ? '' : folded.toWellFormed(),
    ending: ENDINGS.indexOf(r.ending),
    lines: r.lines,
    attributes: attributes.toWellFormed(),
    raw: r.raw === null ? '' : `=${Buffer.from(r.raw).toString('base64')}`,
    exact: isWell ? '' : JSON.stringify({ service, host, text, attributes }),
  };
}
