// Searches blocks one request after another; the engine says which blocks, and may stop it by a shared flag.
import { parentPort, workerData } from 'node:worker_threads';
import { toAppError } from '../../kernel/errors.ts';
import { openReader } from '../../store/index.ts';
import { BlockCache } from '../store/block-cache.ts';
import type { BlockRow } from '../store/block-rows.ts';
import type { Part } from '../types.ts';
import { type HoleValues, holeValues } from './hole-values.ts';
import { LineMatch, type MatchSpec } from './line-match.ts';
import { type Cursor, type Found, linesAround, type StoredLine, searchLines } from './search-lines.ts';
import { type Buckets, type TalliedBlocks, tallyLines } from './tally-lines.ts';

export type SearchRequest =
  | {
      readonly kind: 'lines';
      readonly rows: readonly BlockRow[];
      readonly spec: MatchSpec;
      readonly newest: boolean;
      readonly limit: number;
      readonly after: Cursor | null;
      readonly budgetMs: number;
      /** after so long a screenful is enough */
      readonly soonMs: number;
    }
  | {
      readonly kind: 'tally';
      readonly rows: readonly BlockRow[];
      readonly spec: MatchSpec;
      readonly buckets: Buckets;
      readonly budgetMs: number;
    }
  | {
      readonly kind: 'values';
      readonly rows: readonly BlockRow[];
      readonly spec: MatchSpec;
      readonly parts: readonly Part[];
      readonly most: number;
      readonly budgetMs: number;
    }
  | {
      readonly kind: 'around';
      readonly rows: Parameters<typeof linesAround>[1];
      readonly id: number;
      readonly before: number;
      readonly after: number;
    };
export type SearchJob = {
  readonly id: number;
  readonly request: SearchRequest;
  readonly stop: SharedArrayBuffer;
};
export type SearchReply =
  /** the thread is up and at it: what it takes from here is the search's own time */
  | { readonly type: 'begun'; readonly id: number }
  | { readonly type: 'lines'; readonly id: number; readonly found: Found; readonly stopped: boolean }
  | { readonly type: 'tally'; readonly id: number; readonly tally: TalliedBlocks; readonly stopped: boolean }
  | { readonly type: 'values'; readonly id: number; readonly values: HoleValues }
  | { readonly type: 'around'; readonly id: number; readonly lines: StoredLine[]; readonly failed: number[] }
  | {
      readonly type: 'failed';
      readonly id: number;
      readonly code: string;
      readonly params: Readonly<Record<string, string | number>>;
      readonly detail: string;
    };

/** lines that fill the list on a laptop (27 px each) */
const SCREENFUL = 30;

const port = parentPort;
if (!port) throw new Error('search-worker runs as a worker thread');
const { dataDir, storeFile } = workerData as { dataDir: string; storeFile: string };
const cache = new BlockCache(dataDir, openReader(storeFile));

function answer({ id, request, stop }: SearchJob): SearchReply {
  const flag = new Int32Array(stop);
  const stopped = (): boolean => Atomics.load(flag, 0) !== 0;
  if (request.kind === 'around') return { type: 'around', id, ...linesAround(cache, request.rows, request) };
  const began = performance.now();
  if (request.kind === 'tally') {
    const tally = tallyLines(cache, request.rows, new LineMatch(request.spec), {
      buckets: request.buckets,
      outOfTime: () => performance.now() - began > request.budgetMs,
      stopped,
    });
    return { type: 'tally', id, tally, stopped: stopped() };
  }
  if (request.kind === 'values') {
    const { rows, spec, parts, most, budgetMs } = request;
    const outOfTime = (): boolean => performance.now() - began > budgetMs;
    return {
      type: 'values',
      id,
      values: holeValues(cache, rows, new LineMatch(spec), { parts, most, outOfTime }),
    };
  }
  const found = searchLines(cache, request.rows, new LineMatch(request.spec), {
    newest: request.newest,
    limit: request.limit,
    after: request.after,
    outOfTime: (settled) =>
      performance.now() - began > (settled >= SCREENFUL ? request.soonMs : request.budgetMs),
    stopped,
  });
  return { type: 'lines', id, found, stopped: stopped() };
}

port.on('message', (job: SearchJob) => {
  port.postMessage({ type: 'begun', id: job.id } satisfies SearchReply);
  try {
    port.postMessage(answer(job));
  } catch (thrown) {
    const { code, params, cause } = toAppError(thrown);
    const detail = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause ?? '');
    port.postMessage({
      type: 'failed',
      id: job.id,
      code,
      params: { ...params },
      detail,
    } satisfies SearchReply);
  }
});
