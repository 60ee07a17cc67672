/** A file packed by gzip, zstd, bzip2 or xz: unpacked from its beginning each time, what is in the store already passed over. */
import type { Buffer } from 'node:buffer';
import { type BigIntStats, closeSync, createReadStream, fstatSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream';
import { constants, createGunzip, createZstdDecompress, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { AppError } from '../../../kernel/errors.ts';
import { isTar } from '../../../kernel/tar.ts';
import type { Batch } from '../../ingest/batch.ts';
import type { Checkpoint } from '../../ingest/messages.ts';
import type { Closing, LogReader, LogReaderContext, Progress } from '../log-reader.ts';
import { openLog, unreadable } from '../plain-file.ts';
import { bytesAt, printsOf } from '../print.ts';
import { bunzip2 } from './bunzip2.ts';
import { StreamedText } from './streamed-text.ts';
import { unxz } from './unxz.ts';

/** One file, packed. */
const PACKED = ['gz', 'zst', 'bz2', 'xz'] as const;
export type Packed = (typeof PACKED)[number];
export type Packing = Packed | 'zip' | 'tar' | `tar.${Packed}`;
export const isArchive = (packing: Packing | null): packing is Exclude<Packing, Packed> =>
  packing !== null && !PACKED.some((one) => one === packing);
/**
 * By its first bytes, not by its name. Null where it is not packed or cannot be read: reading says why.
 * @throws `logs.packing` where it is packed as nothing here reads
 */
export function packingOf(file: string): Packing | null {
  let fd: number;
  try {
    fd = openLog(file);
  } catch {
    return null;
  }
  try {
    const head = bytesAt(fd, 0, LOOK_BYTES);
    if (head[0] === 0x1f && head[1] === 0x8b) return holdsTar(head, 'gz') ? 'tar.gz' : 'gz';
    if (head.length >= 4 && head.readUInt32LE(0) === ZSTD_MAGIC)
      return holdsTar(head, 'zst') ? 'tar.zst' : 'zst';
    if (isTar(head)) return 'tar';
    const begins = head.toString('latin1', 0, 6);
    // a block of these is too long to look into: here the name says whether it holds a tar
    if (begins.startsWith('BZh')) return /\.(?:tar\.bz2|tbz2?)$/i.test(file) ? 'tar.bz2' : 'bz2';
    if (begins === '\u00fd7zXZ\0') return /\.(?:tar\.xz|txz)$/i.test(file) ? 'tar.xz' : 'xz';
    const other = OTHERS.find(({ magic }) => begins.startsWith(magic));
    if (other) throw new AppError('logs.packing', { file, packing: other.name });
    return begins.startsWith('PK\u0003\u0004') ? 'zip' : null;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    return null;
  } finally {
    closeSync(fd);
  }
}

const ZSTD_MAGIC = 0xfd2fb528;
/** Enough for the first block of a tar, packed however badly. */
const LOOK_BYTES = 1 << 16;
const OTHERS = [
  { name: '7z', magic: '7z\u00bc\u00af' },
  { name: 'RAR', magic: 'Rar!' },
] as const;
/** Whether what is packed begins like a tar. */
function holdsTar(head: Buffer, packing: 'gz' | 'zst'): boolean {
  try {
    const unpacked =
      packing === 'gz'
        ? gunzipSync(head, { finishFlush: constants.Z_SYNC_FLUSH })
        : zstdDecompressSync(head, { finishFlush: constants.ZSTD_e_flush });
    return isTar(unpacked);
  } catch {
    return false;
  }
}

/** Bytes that come from somewhere, unpacked. */
export type Unpacked = {
  readonly chunks: AsyncIterator<Buffer>;
  readonly changedAt: number | null;
  readonly inode: string;
  /** packed, as a whole */
  readonly size: number;
  close(): void;
};
/** @param packing null: as the file has them */
export function openStream(file: string, packing: Packed | null): Unpacked {
  const fd = openLog(file);
  const stat = fstatSync(fd, { bigint: true });
  if (packing === 'xz') return { ...unxz(fd), ...known(stat) };
  const packed = createReadStream('', { fd, autoClose: true });
  if (packing === 'bz2')
    return {
      chunks: bunzip2(packed[Symbol.asyncIterator]() as AsyncIterator<Buffer>),
      ...known(stat),
      close: () => void packed.destroy(),
    };
  // a failure destroys the last stream, which then throws where it is read
  const unpacked =
    packing === null
      ? packed
      : pipeline(packed, packing === 'gz' ? createGunzip() : createZstdDecompress(), () => {});
  return {
    chunks: unpacked[Symbol.asyncIterator]() as AsyncIterator<Buffer>,
    ...known(stat),
    close: () => void unpacked.destroy(),
  };
}

const known = (stat: BigIntStats): Pick<Unpacked, 'changedAt' | 'inode' | 'size'> => ({
  changedAt: Number(stat.mtimeMs),
  inode: String(stat.ino),
  size: Number(stat.size),
});

export class PackedFile implements LogReader {
  readonly name: string;
  private readonly open: () => Promise<Unpacked>;
  private readonly letGo: () => void;
  private readonly packed: string;
  private readonly file: string;
  private readonly follows: boolean;
  private readonly service: string;
  private readonly context: LogReaderContext;
  private known: Checkpoint | null;
  private source: Unpacked | null = null;
  private text: StreamedText | null = null;
  private failed: unknown = null;

  constructor(o: {
    readonly name: string;
    readonly file: string;
    readonly place: Checkpoint | null;
    /** it may grow or be replaced */
    readonly follows: boolean;
    readonly service: string;
    readonly context: LogReaderContext;
    readonly open: () => Promise<Unpacked>;
    /** of what it shares with others */
    readonly letGo?: () => void;
    /** the packed file itself */
    readonly packed: string;
  }) {
    this.name = o.name;
    this.file = o.file;
    this.known = o.place;
    this.follows = o.follows;
    this.service = o.service;
    this.context = o.context;
    this.open = o.open;
    this.letGo = o.letGo ?? (() => {});
    this.packed = o.packed;
  }
  get holding(): number {
    return this.text?.holding ?? 0;
  }
  behind(): number | null {
    return this.source === null && this.known?.packedSize != null ? 0 : null;
  }
  place(): Checkpoint | null {
    return this.text?.place(this.source && { inode: this.source.inode, size: null }) ?? this.known;
  }

  async read(batch: Batch, _: Closing): Promise<Progress> {
    try {
      if (this.failed) throw this.failed;
      if (this.source === null && this.known?.packedSize === statSync(this.packed).size)
        return this.follows ? 'dry' : 'done';
      return await this.step(batch);
    } catch (cause) {
      this.close();
      this.failed = null;
      throw unreadable(this.file, cause);
    }
  }
  private async step(batch: Batch): Promise<Progress> {
    if (!this.source) {
      this.source = await this.open();
      this.text = new StreamedText({
        context: this.context,
        service: this.service,
        place: this.known,
        changedAt: this.source.changedAt,
      });
    }
    const { source, text } = this;
    while (!batch.isFull) {
      let next: IteratorResult<Buffer>;
      try {
        next = await source.chunks.next();
      } catch (cause) {
        // what could be unpacked counts; the next look says what is wrong
        text?.breakOff(batch);
        this.failed = cause;
        return 'more';
      }
      if (next.done) {
        text?.end(batch);
        const place = text?.place({ inode: source.inode, size: source.size }) ?? this.known;
        this.known = place && { ...place, ...this.packedPrints(source.size) };
        this.source = null;
        this.text = null;
        return this.follows ? 'dry' : 'done';
      }
      text?.take(next.value, batch);
    }
    return 'more';
  }
  /** From now on it is known by its packed bytes. */
  private packedPrints(size: number): Pick<Checkpoint, 'first' | 'last'> {
    const fd = openLog(this.packed);
    try {
      return printsOf(fd, size, null);
    } finally {
      closeSync(fd);
    }
  }
  close(): void {
    this.known = this.place();
    this.source?.close();
    this.letGo();
    this.source = null;
    this.text = null;
  }
}
