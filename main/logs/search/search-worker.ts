// Searches blocks one request after another; the engine says which blocks.
import { workerData } from 'node:worker_threads';
import { serveThread } from '../../kernel/thread.ts';
import { openReader } from '../../store/index.ts';
import { shipment } from '../clickhouse/shipment.ts';
import { BlockCache } from '../store/block-cache.ts';
import type { BlockRow } from '../store/block-rows.ts';
import type { Part } from '../types.ts';
import { LineMatch, type MatchSpec } from './line-match.ts';
import { type OriginalLine, originalLines } from './original-lines.ts';
import { type ParameterValues, parameterValues } from './parameter-values.ts';
import { type Cursor, type Found, linesAround, type StoredLine, searchLines } from './search-lines.ts';
import { type Buckets, type TalliedBlocks, tallyLines } from './tally-lines.ts';

type Asked = {
  readonly rows: readonly BlockRow[];
  readonly spec: MatchSpec;
  readonly budgetMs: number;
};
/** `begun`: the thread is up and at it; what it takes from here is the search's own time. */
export type SearchCalls = {
  lines: {
    in: Asked & {
      readonly newest: boolean;
      readonly limit: number;
      readonly after: Cursor | null;
      /** after so long a screenful is enough */
      readonly soonMs: number;
    };
    out: Found;
    news: 'begun';
  };
  tally: { in: Asked & { readonly buckets: Buckets }; out: TalliedBlocks; news: 'begun' };
  values: {
    in: Asked & { readonly parts: readonly Part[]; readonly most: number };
    out: ParameterValues;
    news: 'begun';
  };
  around: {
    in: {
      readonly rows: Parameters<typeof linesAround>[1];
      readonly id: number;
      readonly before: number;
      readonly after: number;
    };
    out: { readonly lines: StoredLine[]; readonly failed: number[] };
    news: 'begun';
  };
  /** null: it cannot be read */
  shipment: {
    in: { readonly row: BlockRow; readonly without: readonly number[] };
    out: { readonly body: Uint8Array | null };
    news: 'begun';
  };
  /** null: it cannot be read */
  original: {
    in: { readonly row: BlockRow };
    out: { readonly lines: OriginalLine[] | null };
    news: 'begun';
  };
};

/** lines that fill the list on a laptop (27 px each) */
const SCREENFUL = 30;

const { dataDir, storeFile } = workerData as { dataDir: string; storeFile: string };
const read = openReader(storeFile);
const cache = new BlockCache(dataDir, read);
type Told = { readonly tell: (news: 'begun') => void };
/** Milliseconds since the search began. */
const clockOf = ({ tell }: Told): (() => number) => {
  tell('begun');
  const began = performance.now();
  return () => performance.now() - began;
};

serveThread<SearchCalls>({
  lines({ rows, spec, newest, limit, after, budgetMs, soonMs }, o) {
    const ms = clockOf(o);
    return searchLines(cache, rows, new LineMatch(spec), {
      ...{ newest, limit, after, stopped: o.stopped },
      outOfTime: (settled) => ms() > (settled >= SCREENFUL ? soonMs : budgetMs),
    });
  },
  tally({ rows, spec, buckets, budgetMs }, o) {
    const ms = clockOf(o);
    const outOfTime = (): boolean => ms() > budgetMs;
    return tallyLines(cache, rows, new LineMatch(spec), { buckets, outOfTime, stopped: o.stopped });
  },
  values({ rows, spec, parts, most, budgetMs }, o) {
    const ms = clockOf(o);
    const outOfTime = (): boolean => ms() > budgetMs;
    return parameterValues(cache, rows, new LineMatch(spec), { parts, most, outOfTime });
  },
  around(asked, o) {
    clockOf(o);
    return linesAround(cache, asked.rows, asked);
  },
  shipment({ row, without }, o) {
    clockOf(o);
    return { body: shipment({ dataDir, read }, row, without) };
  },
  original({ row }, o) {
    clockOf(o);
    return { lines: originalLines({ dataDir, read }, row) };
  },
});
