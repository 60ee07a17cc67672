/** The bytes of a source as they came, in the order in which they came: of the file itself, or put together again from what is stored. */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { closeSync, fstatSync } from 'node:fs';
import type { Encoding } from '../../kernel/encoding.ts';
import { AppError } from '../../kernel/errors.ts';
import { throwIfAborted } from '../../kernel/task.ts';
import { type Reader, type Store, sql } from '../../store/index.ts';
import type { FarStore } from '../clickhouse/clickhouse.ts';
import { LogSourceRules } from '../contract/logs.ts';
import type { OriginalPart, OriginalTold } from '../contract/original.ts';
import type { Checkpoint } from '../ingest/messages.ts';
import { type SourceRow, sourceRow } from '../ingest/source-rows.ts';
import { openLog } from '../sources/plain-file.ts';
import { bytesAt, hashOf, isSameFile } from '../sources/print.ts';
import { type BlockRow, isFar } from '../store/block-rows.ts';
import type { OriginalLine } from './original-lines.ts';
import { blocksBeside } from './queries.ts';
import type { Searcher } from './searcher.ts';

const PART_BYTES = 1 << 19;
const MARKS: Readonly<Partial<Record<Encoding, Buffer>>> = {
  'utf-8': Buffer.of(0xef, 0xbb, 0xbf),
  'utf-16le': Buffer.of(0xff, 0xfe),
  'utf-16be': Buffer.of(0xfe, 0xff),
};

type Ports = { readonly store: Store; readonly searcher: Searcher; readonly far: FarStore };

/**
 * The last part tells what it was: how many bytes, their SHA-256, and from where. Of a file that was read in one go and stands there as
 * it did, its own bytes; else those of the stored lines, compared with the length, the beginning and the end of what was read.
 * @throws `not-found`
 */
export async function* originalOf(
  ports: Ports,
  id: string,
  signal?: AbortSignal,
): AsyncGenerator<OriginalPart> {
  const { store } = ports;
  const row = sourceRow(store.read, id);
  if (!row) throw new AppError('not-found', { what: `source ${id}` });
  const place = onlyPlace(store.read, row);
  const hash = createHash('sha256');
  let bytes = 0;
  const part = (piece: Buffer): OriginalPart => {
    hash.update(piece);
    bytes += piece.length;
    return { data: piece.toString('base64'), told: null };
  };
  let told: Pick<OriginalTold, 'from' | 'isSame' | 'missing'> = { from: 'file', isSame: true, missing: 0 };
  const fd = place && openSame(row, place);
  if (place && fd !== null) {
    try {
      for (let at = 0; at < place.offset; ) {
        throwIfAborted(signal);
        const piece = bytesAt(fd, at, Math.min(PART_BYTES, place.offset - at));
        if (piece.length === 0)
          throw new AppError('logs.unreadable', { file: row.path ?? '', detail: 'EOF' });
        at += piece.length;
        yield part(piece);
      }
    } finally {
      closeSync(fd);
    }
  } else {
    const missing = { lines: row.expired };
    let begin: Buffer | null = Buffer.alloc(0);
    let end: Buffer = Buffer.alloc(0);
    let isSame: boolean | null = null;
    const put = (piece: Buffer): OriginalPart => {
      end = Buffer.concat([end, piece]).subarray(-1024);
      return part(piece);
    };
    for await (const piece of storedBytes(ports, row, missing, signal)) {
      if (begin === null) {
        yield put(piece);
        continue;
      }
      begin = Buffer.concat([begin, piece]);
      if (begin.length < PART_BYTES) continue;
      yield put(withMark(begin, place));
      begin = null;
    }
    if (begin !== null) yield put(withMark(begin, place));
    if (place)
      isSame =
        bytes === place.offset && hashOf(end.subarray(-place.last.bytes || end.length)) === place.last.hash;
    told = { from: 'store', isSame, missing: missing.lines };
  }
  const { name } = LogSourceRules.parse(JSON.parse(row.rules));
  yield { data: '', told: { name, bytes, sha256: hash.digest('hex'), ...told } };
}

/** How far its only file was read, where all that is stored came from it. */
function onlyPlace(read: Reader, row: SourceRow): Checkpoint | null {
  const [only, other] = read.all<{ place: string }>(
    sql`SELECT place FROM log_files WHERE source_id = ${row.source_id} LIMIT 2`,
  );
  if (!only || other || (row.kind !== 'file' && row.kind !== 'import')) return null;
  const place = JSON.parse(only.place) as Checkpoint;
  return place.packedSize === null && place.after === null && place.offset > 0 ? place : null;
}
/** null: it is gone, or no longer what was read. */
function openSame({ path }: SourceRow, place: Checkpoint): number | null {
  if (path === null) return null;
  let fd: number;
  try {
    fd = openLog(path);
  } catch {
    return null; // the stored lines are there
  }
  const stat = fstatSync(fd);
  if (stat.isFile() && isSameFile(fd, stat.size, place)) return fd;
  closeSync(fd);
  return null;
}
/** A byte order mark is in no line: whether one stood there, the file's first bytes tell. */
function withMark(begin: Buffer, place: Checkpoint | null): Buffer {
  const mark = place && MARKS[place.encoding];
  if (!mark || hashOf(begin.subarray(0, place.first.bytes)) === place.first.hash) return begin;
  const marked = Buffer.concat([mark, begin]);
  return hashOf(marked.subarray(0, place.first.bytes)) === place.first.hash ? marked : begin;
}

/** The stored lines of a source by their numbers, dead letters between them. */
async function* storedBytes(
  { store, searcher, far }: Ports,
  { source_id: id }: SourceRow,
  missing: { lines: number },
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const { read } = store;
  const rowsAfter = (line: number): BlockRow[] => blocksBeside(read, id, line, 1, Number.MAX_SAFE_INTEGER);
  let rows = rowsAfter(0);
  const last = rows.reduce((most, row) => Math.max(most, row.lastId), 0);
  const dead = read.all<{ id: number; bytes: number; length: number }>(
    sql`SELECT line_id AS id, bytes, length(raw) AS length FROM log_dead_letters WHERE source_id = ${id} ORDER BY line_id`,
  );
  let waiting: OriginalLine[] = [];
  let end: Uint8Array = Buffer.from('\n');
  let next = 0;
  /** those before a number: nothing behind them has a lower one */
  const upTo = (until: number): Buffer => {
    const pieces: Uint8Array[] = [];
    const deadUntil = (line: number): void => {
      for (let one = dead[next]; one && one.id < line; one = dead[++next]) {
        if (one.length < one.bytes) missing.lines++;
        const raw = read.get<{ raw: Uint8Array }>(
          sql`SELECT raw FROM log_dead_letters WHERE source_id = ${id} AND line_id = ${one.id}`,
        )?.raw;
        // its end is not kept: it had that of the line before it
        if (raw) pieces.push(raw, end);
      }
    };
    waiting.sort((a, b) => a.id - b.id);
    const ready = waiting.filter((line) => line.id < until);
    waiting = waiting.filter((line) => line.id >= until);
    for (const line of ready) {
      deadUntil(line.id);
      pieces.push(line.bytes, line.end);
      if (line.end.length > 0) ({ end } = line);
    }
    deadUntil(until);
    return Buffer.concat(pieces);
  };
  for (let row = rows.shift(); row; row = rows.shift()) {
    throwIfAborted(signal);
    const { blockId, firstId, lines: count } = row;
    const before = upTo(firstId);
    if (before.length > 0) yield before;
    const whole = isFar(row) ? await far.lines().whole(row, signal) : row;
    const { lines } = await searcher.ask('original', { row: whole }, signal);
    if (lines) {
      for (const line of lines) waiting.push(line);
      continue;
    }
    // replaced meanwhile, or damaged
    const now = rowsAfter(firstId - 1).filter((one) => one.firstId >= firstId && one.firstId <= last);
    if (now.some((one) => one.blockId === blockId)) missing.lines += count;
    else rows = now;
  }
  const rest = upTo(Number.POSITIVE_INFINITY);
  if (rest.length > 0) yield rest;
}
