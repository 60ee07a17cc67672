import type { ByteReader, ByteWriter } from './bytes.ts';
import { readNumbers, writeNumbers } from './number-column.ts';

/** An address of four numbers as one. */
const joined = (a: number, b: number, c: number, d: number): number => ((a * 256 + b) * 256 + c) * 256 + d;
const isByte = (value: number): boolean => value <= 255;

/** The addresses of a small block, each once: the same few stand in many places of many templates. */
export class QuadTable {
  private readonly found = new Set<number>();
  private places = new Map<number, number>();

  /** The addresses whose numbers are in four columns; null: not all of them are addresses. */
  static join(columns: readonly (Float64Array | null | undefined)[]): Float64Array | null {
    const [a, b, c, d] = columns;
    if (!a || !b || !c || !d) return null;
    if (![a, b, c, d].every((column) => column.every(isByte))) return null;
    return a.map((value, i) => joined(value, b[i] as number, c[i] as number, d[i] as number));
  }
  add(quads: Float64Array): void {
    for (const quad of quads) this.found.add(quad);
  }
  write(out: ByteWriter): void {
    const rising = Float64Array.from(this.found).sort();
    this.places = new Map(Array.from(rising, (quad, place) => [quad, place]));
    out.varint(rising.length);
    writeNumbers(out, rising);
  }
  placesOf(quads: Float64Array): Float64Array {
    return quads.map((quad) => this.places.get(quad) ?? 0);
  }
}

export const readQuads = (input: ByteReader): Float64Array => readNumbers(input, input.varint());

/** The four columns of numbers whose addresses are at these places. */
export function splitQuads(places: Float64Array, table: Float64Array): Float64Array[] {
  const part = (scale: number): Float64Array =>
    places.map((place) => Math.floor((table[place] ?? 0) / scale) % 256);
  return [part(256 ** 3), part(256 ** 2), part(256), part(1)];
}
