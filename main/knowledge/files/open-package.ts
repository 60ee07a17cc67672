import { posix } from 'node:path';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { AppError } from '../../kernel/errors.ts';
import { parseXml } from './parse-xml.ts';

/** More would be a bomb: a long manual's words take a few MB, inflated. */
const MOST_PART_BYTES = 64_000_000;
const MOST_BYTES = 160_000_000;
const MOST_ENTRIES = 20_000;

export type Relation = { readonly id: string; readonly type: string; readonly part: string };
/** The parts of a Word, Excel or PowerPoint file (ISO/IEC 29500-2), by their names without the leading slash. */
export type Package = {
  readonly kind: 'word' | 'sheets' | 'slides';
  /** the part everything else hangs from */
  readonly main: string;
  /** null: there is no such part. Throws `knowledge.file-inflates`, `knowledge.file-damaged` */
  text(part: string): Promise<string | null>;
  /** what a part refers to, its targets as names of parts; what lies outside the file is left out */
  relations(part: string): Promise<readonly Relation[]>;
  /** who wrote it, where it says so */
  author(): Promise<string | null>;
  close(): void;
};

const KINDS: readonly (readonly [RegExp, Package['kind']])[] = [
  [/wordprocessingml|ms-word\.document/i, 'word'],
  [/spreadsheetml|ms-excel\.sheet\.macro|ms-excel\.template\.macro/i, 'sheets'],
  [/presentationml|ms-powerpoint/i, 'slides'],
];

/**
 * Opens the zip in memory; nothing of it is inflated but the parts that are asked for, and never code (macros, embedded objects).
 * @throws AppError knowledge.file-damaged, knowledge.wrong-kind, knowledge.old-office, knowledge.file-locked
 */
export async function openPackage(name: string, bytes: Uint8Array, known: string): Promise<Package> {
  const damaged = (cause?: unknown): AppError => new AppError('knowledge.file-damaged', { name }, { cause });
  let zip: ZipFile;
  const entries = new Map<string, Entry>();
  try {
    zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    for await (const entry of zip.eachEntry()) {
      if (entries.size >= MOST_ENTRIES) throw inflates(name);
      // the first of that name is the one that other programs read
      if (!entries.has(entry.fileName)) entries.set(entry.fileName, entry);
    }
  } catch (cause) {
    throw cause instanceof AppError ? cause : damaged(cause);
  }
  let left = MOST_BYTES;
  const text = async (part: string): Promise<string | null> => {
    const entry = entries.get(part);
    if (!entry) return null;
    if (entry.isEncrypted()) throw new AppError('knowledge.file-locked', { name });
    if (entry.uncompressedSize > Math.min(MOST_PART_BYTES, left)) throw inflates(name);
    left -= entry.uncompressedSize;
    try {
      // yauzl ends the stream with an error where more comes out than the entry says
      const stream = await zip.openReadStreamPromise(entry);
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      return decodeXml(Buffer.concat(chunks));
    } catch (cause) {
      throw damaged(cause);
    }
  };
  const relations = async (part: string): Promise<Relation[]> => {
    const folder = posix.dirname(part);
    const xml = await text(posix.join(folder, '_rels', `${posix.basename(part)}.rels`));
    const found: Relation[] = [];
    if (xml !== null)
      parseXml(xml, {
        open(element) {
          const [id, type, target] = ['Id', 'Type', 'Target'].map((key) => element.attribute(key));
          if (element.name !== 'Relationship' || !id || !type || !target) return;
          if (element.attribute('TargetMode') === 'External') return;
          found.push({
            id,
            type: type.slice(type.lastIndexOf('/') + 1),
            part: posix.resolve(`/${folder}`, target).slice(1),
          });
        },
      });
    return found;
  };
  try {
    const main = (await relations('')).find(({ type }) => type === 'officeDocument')?.part;
    const contents = contentTypeOf(await text('[Content_Types].xml'), main);
    if (!main || contents === null) throw new AppError('knowledge.wrong-kind', { name, known });
    if (/sheet\.binary/i.test(contents))
      throw new AppError('knowledge.old-office', { name, format: '.xlsb' });
    const kind = KINDS.find(([type]) => type.test(contents))?.[1];
    if (!kind) throw new AppError('knowledge.wrong-kind', { name, known });
    return {
      kind,
      main,
      text,
      relations,
      async author() {
        const core = (await relations('')).find(({ type }) => type === 'core-properties')?.part;
        return creatorOf(core ? await text(core) : null);
      },
      close: () => zip.close(),
    };
  } catch (cause) {
    zip.close();
    throw cause instanceof AppError ? cause : damaged(cause);
  }
}

const inflates = (name: string): AppError =>
  new AppError('knowledge.file-inflates', { name, limit: `${MOST_PART_BYTES / 1e6} MB` });

/** Parts are UTF-8 or, with a byte order mark, UTF-16. */
function decodeXml(bytes: Buffer): string {
  const [a, b] = bytes;
  const encoding = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
/** What the list of contents says a part is. */
function contentTypeOf(xml: string | null, part: string | undefined): string | null {
  if (xml === null || part === undefined) return null;
  let own: string | null = null;
  let byEnding: string | null = null;
  parseXml(xml, {
    open(element) {
      const type = element.attribute('ContentType');
      if (
        element.name === 'Override' &&
        element.attribute('PartName')?.toLowerCase() === `/${part}`.toLowerCase()
      )
        own = type;
      if (element.name === 'Default' && part.endsWith(`.${element.attribute('Extension')}`)) byEnding = type;
    },
  });
  return own ?? byEnding;
}
function creatorOf(xml: string | null): string | null {
  let creator = '';
  let isInside = false;
  if (xml !== null)
    parseXml(xml, {
      open(element) {
        isInside = element.name === 'creator';
      },
      close() {
        isInside = false;
      },
      text(text) {
        if (isInside) creator += text;
      },
    });
  return creator.trim() || null;
}
