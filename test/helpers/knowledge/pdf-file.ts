// A PDF written by hand: every byte of it is known, and nothing in it but what a test is about.
import { deflateSync } from 'node:zlib';

/** A piece of text where it is put, in points from the lower left corner. `codes`: Shift_JIS, as old programs of Windows wrote. */
export type Placed = {
  readonly codes: Uint8Array;
  readonly x: number;
  readonly y: number;
  readonly size?: number;
};
export type PdfOptions = {
  /** the name of the table that says which bytes are which character; the font itself is not in the file */
  readonly encoding?: '90ms-RKSJ-H' | '90ms-RKSJ-V';
  /** more objects, from 10 on, and what the end of the file says besides */
  readonly objects?: readonly string[];
  readonly trailer?: string;
  /** content streams as they are, instead of text */
  readonly streams?: readonly Buffer[];
  /** how often those are deflated */
  readonly filters?: number;
};

/** A PDF of pages with these texts; a page without any is a blank one, as a scan is to who looks for text. */
export function pdfOf(pages: readonly (readonly Placed[])[], options: PdfOptions = {}): Buffer {
  const { encoding = '90ms-RKSJ-H', objects = [], trailer = '', streams, filters = 1 } = options;
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
  const contents =
    streams ??
    pages.map((page) =>
      deflateSync(
        page
          .map(
            ({ codes, x, y, size = 12 }) => `BT /F1 ${size} Tf 1 0 0 1 ${x} ${y} Tm <${hex(codes)}> Tj ET\n`,
          )
          .join(''),
      ),
    );
  const first = 20;
  const made = new Map<number, Buffer | string>([
    [1, '<< /Type /Catalog /Pages 2 0 R >>'],
    [
      2,
      `<< /Type /Pages /Count ${contents.length} /Kids [${contents.map((_, i) => `${first + 2 * i} 0 R`).join(' ')}] >>`,
    ],
    [
      3,
      `<< /Type /Font /Subtype /Type0 /BaseFont /MS-Gothic /Encoding /${encoding} /DescendantFonts [4 0 R] >>`,
    ],
    [
      4,
      '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /MS-Gothic /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /FontDescriptor 5 0 R /DW 1000 >>',
    ],
    [
      5,
      '<< /Type /FontDescriptor /FontName /MS-Gothic /Flags 4 /FontBBox [0 -137 1000 859] /ItalicAngle 0 /Ascent 859 /Descent -140 /CapHeight 769 /StemV 78 >>',
    ],
    ...objects.map((object, i): [number, string] => [10 + i, object]),
    ...contents.flatMap((stream, i): [number, Buffer | string][] => [
      [
        first + 2 * i,
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${first + 2 * i + 1} 0 R >>`,
      ],
      [
        first + 2 * i + 1,
        Buffer.concat([
          Buffer.from(
            `<< /Length ${stream.length} /Filter [${'/FlateDecode '.repeat(filters)}] >>\nstream\n`,
          ),
          stream,
          Buffer.from('\nendstream'),
        ]),
      ],
    ]),
  ]);
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const places = new Map<number, number>();
  let at = parts[0]?.length ?? 0;
  for (const [id, body] of made) {
    places.set(id, at);
    const object = Buffer.concat([
      Buffer.from(`${id} 0 obj\n`),
      Buffer.from(body),
      Buffer.from('\nendobj\n'),
    ]);
    parts.push(object);
    at += object.length;
  }
  const size = Math.max(...made.keys()) + 1;
  const rows = Array.from({ length: size }, (_, id) => {
    const place = places.get(id);
    return place === undefined ? '0000000000 65535 f \n' : `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n${rows.join('')}trailer\n<< /Size ${size} /Root 1 0 R ${trailer}>>\nstartxref\n${at}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

/** Characters as Shift_JIS wrote them, found by decoding every pair of bytes. */
export function shiftJis(text: string): Uint8Array {
  codes ??= new Map(
    [...doubleBytes()].map((pair): [string, readonly number[]] => [
      new TextDecoder('shift_jis').decode(Uint8Array.from(pair)),
      pair,
    ]),
  );
  return Uint8Array.from(
    [...text].flatMap((c) => {
      if (c <= '\x7f') return [c.charCodeAt(0)];
      const pair = codes?.get(c);
      if (!pair) throw new Error(`${c} is not in Shift_JIS`);
      return pair;
    }),
  );
}
let codes: Map<string, readonly number[]> | null = null;
function* doubleBytes(): Generator<readonly number[]> {
  for (let high = 0x81; high <= 0xea; high++)
    for (let low = 0x40; low <= 0xfc; low++)
      if (low !== 0x7f && (high <= 0x9f || high >= 0xe0)) yield [high, low];
}
