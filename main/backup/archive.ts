// One file: tar of the files and, last, their manifest; zstd; encrypted on wish.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib';
import { Bytes } from '../kernel/bytes.ts';
import { AppError, Cancelled } from '../kernel/errors.ts';
import { END, header, padding, tarEntries } from '../kernel/tar.ts';
import { BackupManifest } from './contract/backup.ts';
import { SEAL, sealed, unsealed } from './seal.ts';

/** what `header` writes before a file of a long name */
const OWN_METAS = 'x';
const MANIFEST = 'manifest.json';
/** compresses as fast as disks write; log blocks are compressed already */
const LEVEL = 1;

/** A file to keep: where it lies, or its bytes. */
export type Kept = { readonly path: string; readonly from: string | Buffer; readonly size: number };
/** A file that is kept is not what it was when it was listed. */
export class Changed extends Error {}

export async function writeArchive(o: {
  readonly to: string;
  readonly kept: readonly Kept[];
  readonly about: Omit<BackupManifest, 'files'>;
  readonly passphrase: string | null;
  readonly signal: AbortSignal;
  readonly wrote: (bytes: number) => void;
}): Promise<BackupManifest> {
  const files: BackupManifest['files'] = [];
  const manifest = (): BackupManifest => ({ ...o.about, files });
  async function* archive(): AsyncGenerator<Buffer> {
    for (const { path: name, from, size } of o.kept) {
      const hash = createHash('sha256');
      yield header(name, size);
      let bytes = 0;
      // what grows is kept as it was when it was listed
      const parts =
        typeof from === 'string' ? createReadStream(from, { end: Math.max(0, size - 1) }) : [from];
      for await (const part of size > 0 ? (parts as AsyncIterable<Buffer>) : []) {
        hash.update(part);
        bytes += part.length;
        o.wrote(part.length);
        yield part;
      }
      if (bytes !== size) throw new Changed(name);
      yield padding(size);
      files.push({ path: name, bytes, sha256: hash.digest('hex') });
    }
    const last = Buffer.from(JSON.stringify(manifest(), null, 1));
    yield Buffer.concat([header(MANIFEST, last.length), last, padding(last.length), END]);
  }
  const zstd = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: LEVEL } });
  const { passphrase } = o;
  const seal = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    yield* passphrase === null ? source : sealed(source, passphrase);
  };
  // on the disk before it is called written
  const file = createWriteStream(o.to, { flags: 'wx', mode: 0o600, flush: true });
  await pipeline(Readable.from(archive(), { objectMode: false }), zstd, seal, file, { signal: o.signal });
  return manifest();
}

/**
 * Reads a whole backup and compares every file with the manifest.
 * @param each what to do with a file; by default it is only read
 * @throws `backup.damaged`, `backup.passphrase`
 */
export async function readArchive(o: {
  readonly file: string;
  readonly passphrase: string | null;
  readonly signal?: AbortSignal | undefined;
  readonly read?: (bytes: number) => void;
  readonly each?: (name: string, body: AsyncIterable<Buffer>) => Promise<void>;
}): Promise<BackupManifest> {
  const found: BackupManifest['files'] = [];
  let manifest: BackupManifest | null = null;
  const opened = async function* (): AsyncGenerator<Buffer> {
    const isSealed = await isSealedFile(o.file);
    const parts = createReadStream(o.file) as AsyncIterable<Buffer>;
    if (isSealed) yield* unsealed(new Bytes(parts[Symbol.asyncIterator]()), o.passphrase);
    else yield* parts;
  };
  const consume = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const entry of tarEntries(source[Symbol.asyncIterator](), OWN_METAS)) {
      if (entry.type !== '0') throw new RangeError(`an entry of type ${entry.type}`);
      if (manifest) throw new RangeError('something follows the manifest');
      if (entry.name === MANIFEST) {
        const parts: Buffer[] = [];
        for await (const part of entry.body) parts.push(part);
        manifest = BackupManifest.parse(JSON.parse(Buffer.concat(parts).toString('utf8')));
        continue;
      }
      if (!isInside(entry.name)) throw new RangeError(`a file outside the folder: ${entry.name}`);
      const hash = createHash('sha256');
      const body = async function* (): AsyncGenerator<Buffer> {
        for await (const part of entry.body) {
          hash.update(part);
          o.read?.(part.length);
          yield part;
        }
      };
      await (o.each ?? drain)(entry.name, body());
      found.push({ path: entry.name, bytes: entry.size, sha256: hash.digest('hex') });
    }
  };
  try {
    const { signal } = o;
    await pipeline(Readable.from(opened(), { objectMode: false }), createZstdDecompress(), consume, {
      ...(signal ? { signal } : {}),
    });
  } catch (cause) {
    if (o.signal?.aborted || cause instanceof Cancelled || cause instanceof AppError) throw cause;
    if ((cause as NodeJS.ErrnoException).code === 'ENOSPC') throw new AppError('store.full', {}, { cause });
    throw damaged(o.file, cause instanceof Error ? cause.message : String(cause), cause);
  }
  const known = manifest as BackupManifest | null;
  if (!known) throw damaged(o.file, 'no manifest');
  const wrong = known.files.find((file, i) => {
    const own = found[i];
    return !own || own.path !== file.path || own.bytes !== file.bytes || own.sha256 !== file.sha256;
  });
  if (wrong || found.length !== known.files.length) throw damaged(o.file, wrong?.path ?? 'too many files');
  return known;
}

const damaged = (file: string, detail: string, cause?: unknown): AppError =>
  new AppError('backup.damaged', { file, detail }, { cause });
/** what means a folder, a drive or a stream there */
const FORBIDDEN = process.platform === 'win32' ? /[\\:\0]/ : /\0/;
const isInside = (name: string): boolean =>
  name !== '' && !path.isAbsolute(name) && !name.split('/').includes('..') && !FORBIDDEN.test(name);
async function drain(_name: string, body: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of body);
}
async function headOf(file: string): Promise<Buffer> {
  const handle = await open(file).catch((cause: unknown) => {
    throw new AppError('not-found', { what: file }, { cause });
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SEAL.length));
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
/** Whether a backup is encrypted, by its first bytes. */
export const isSealedFile = async (file: string): Promise<boolean> => (await headOf(file)).equals(SEAL);
