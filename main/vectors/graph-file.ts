import { createHash } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { moveSync } from '../kernel/move-file.ts';

/**
 * An HNSW graph on disk: the native library's file, named by its checksum, and a sidecar that names it and says what is in it.
 * The sidecar is moved into place last, so that a kill leaves the old pair or the new one. The native loader ends the process
 * on a damaged file, so a file is handed to it only when checksum, size and every link in it are right.
 */
export type GraphPlace = {
  readonly dir: string;
  /** a plain name, the first part of the files' */
  readonly name: string;
};
export type GraphMeta = {
  readonly embedder: string;
  readonly dimensions: number;
  readonly links: number;
  /** label → id */
  readonly ids: Float64Array;
  /** label → checksum of its vector */
  readonly checks: Uint32Array;
  /** share of the true neighbours that it found when it was built */
  readonly recall: number;
};

const VERSION = 2;
const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const sidecarOf = ({ dir, name }: GraphPlace): string => path.join(dir, `${name}.json`);
const isData = (name: string, file: string): boolean =>
  file.startsWith(`${name}-`) && /^[0-9a-f]{16}\.hnsw$/.test(file.slice(name.length + 1));
const base64 = (a: Float64Array | Uint32Array): string =>
  Buffer.from(a.buffer, a.byteOffset, a.byteLength).toString('base64');
const decode = (text: string): ArrayBuffer => new Uint8Array(Buffer.from(text, 'base64')).buffer;

type Sidecar = {
  readonly version: number;
  readonly embedder: string;
  readonly dimensions: number;
  readonly links: number;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly ids: string;
  readonly checks: string;
  readonly recall: number;
};

/**
 * Whether `bytes` are a whole graph of hnswlib 0.8 (64-bit, little-endian): header, fixed-size elements, upper links. Walks all
 * links; none may lead outside.
 */
export function isWholeGraph(
  bytes: Uint8Array,
  o: { count: number; dimensions: number; links: number },
): boolean {
  const HEADER = 96;
  if (bytes.byteLength < HEADER) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = (at: number): number => Number(view.getBigUint64(at, true));
  const linkBytes = o.links * 2 * 4 + 4;
  const elementBytes = linkBytes + o.dimensions * 4 + 8;
  const count = size(16);
  const maxLevel = view.getInt32(48, true);
  const entry = view.getUint32(52, true);
  const head =
    size(0) === 0 &&
    size(8) >= count &&
    count === o.count &&
    size(24) === elementBytes &&
    size(32) === linkBytes + o.dimensions * 4 &&
    size(40) === linkBytes &&
    size(56) === o.links &&
    size(64) === o.links * 2 &&
    size(72) === o.links &&
    maxLevel >= 0 &&
    maxLevel < 64 &&
    entry < count;
  if (!head || bytes.byteLength < HEADER + count * elementBytes) return false;
  const linksAreRight = (at: number, most: number): boolean => {
    const links = view.getUint16(at, true);
    if (links > most) return false;
    for (let i = 1; i <= links; i++) if (view.getUint32(at + 4 * i, true) >= count) return false;
    return true;
  };
  for (let i = 0; i < count; i++) {
    const at = HEADER + i * elementBytes;
    if (!linksAreRight(at, o.links * 2)) return false;
    if (view.getBigUint64(at + elementBytes - 8, true) >= BigInt(count)) return false;
  }
  let at = HEADER + count * elementBytes;
  const levelBytes = o.links * 4 + 4;
  for (let i = 0; i < count; i++) {
    if (at + 4 > bytes.byteLength) return false;
    const length = view.getUint32(at, true);
    at += 4;
    const levels = length / levelBytes;
    if (!Number.isInteger(levels) || levels > maxLevel || at + length > bytes.byteLength) return false;
    if (i === entry && levels !== maxLevel) return false;
    for (let level = 0; level < levels; level++)
      if (!linksAreRight(at + level * levelBytes, o.links)) return false;
    at += length;
  }
  return at === bytes.byteLength;
}

const flush = (file: string): void => {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

/**
 * Writes a graph through `write(file)`, the native library's own writer, which reports success on a full disk: what it wrote is
 * read back and walked. @returns bytes on disk @throws with nothing changed when it is not whole
 */
export function saveGraph(place: GraphPlace, meta: GraphMeta, write: (file: string) => void): number {
  mkdirSync(place.dir, { recursive: true });
  const temp = path.join(place.dir, `${place.name}.${process.pid}.tmp`);
  const sidecarTemp = `${temp}.json`;
  try {
    write(temp);
    flush(temp);
    const bytes = readFileSync(temp);
    if (!isWholeGraph(bytes, { ...meta, count: meta.ids.length }))
      throw new Error(`the index was cut off at ${bytes.byteLength} bytes: is the disk full?`);
    const sum = sha256(bytes);
    const file = `${place.name}-${sum.slice(0, 16)}.hnsw`;
    const sidecar: Sidecar = {
      version: VERSION,
      embedder: meta.embedder,
      dimensions: meta.dimensions,
      links: meta.links,
      file,
      bytes: bytes.byteLength,
      sha256: sum,
      ids: base64(meta.ids),
      checks: base64(meta.checks),
      recall: meta.recall,
    };
    const body = JSON.stringify(sidecar);
    writeFileSync(sidecarTemp, `${sha256(body)}\n${body}`);
    flush(sidecarTemp);
    moveSync(temp, path.join(place.dir, file));
    moveSync(sidecarTemp, sidecarOf(place));
    removeAll(place, file);
    return bytes.byteLength;
  } finally {
    rmSync(temp, { force: true });
    rmSync(sidecarTemp, { force: true });
  }
}

/** The verified graph and its file, or null when there is none that can be trusted. */
export function findGraph(
  place: GraphPlace,
  want: { readonly embedder: string; readonly dimensions: number; readonly links: number },
): { readonly file: string; readonly bytes: number; readonly meta: GraphMeta } | null {
  let sidecar: Sidecar;
  let data: Uint8Array;
  try {
    const [sum = '', body = ''] = readFileSync(sidecarOf(place), 'utf8').split('\n');
    if (sha256(body) !== sum) return null;
    sidecar = JSON.parse(body) as Sidecar;
    if (sidecar.version !== VERSION || !isData(place.name, sidecar.file)) return null;
    data = readFileSync(path.join(place.dir, sidecar.file));
  } catch {
    return null;
  }
  const ids = new Float64Array(decode(sidecar.ids));
  const checks = new Uint32Array(decode(sidecar.checks));
  const asWanted =
    sidecar.embedder === want.embedder &&
    sidecar.dimensions === want.dimensions &&
    sidecar.links === want.links &&
    ids.length === checks.length &&
    data.byteLength === sidecar.bytes &&
    sha256(data) === sidecar.sha256 &&
    isWholeGraph(data, { ...want, count: ids.length });
  if (!asWanted) return null;
  return {
    file: path.join(place.dir, sidecar.file),
    bytes: sidecar.bytes,
    meta: { ...want, ids, checks, recall: sidecar.recall },
  };
}

/** Takes away the files of this name, but `keep`. */
export function removeAll({ dir, name }: GraphPlace, keep?: string): void {
  let files: string[];
  try {
    files = readdirSync(dir);
  } catch {
    return;
  }
  for (const file of files) {
    if (file === keep || !(isData(name, file) || (keep === undefined && file === `${name}.json`))) continue;
    try {
      rmSync(path.join(dir, file), { force: true });
    } catch {
      // another process has it open; the next save takes it away
    }
  }
}
