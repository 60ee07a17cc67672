import {
  ADD,
  branchIf,
  bump,
  constant,
  END,
  F32,
  get,
  I32,
  kernelMaker,
  LESS,
  LOOP,
  type Memory,
  moduleOf,
  repeated,
  SUB,
  set,
  simd,
  uint,
  V128,
} from './wasm-words.ts';

/**
 * Sums of table entries for 16 codes at once (the fast scan of product quantisation: André, Kermarrec, Le Scouarnec, VLDB 2015):
 * a table of 16 small numbers fits into one register, and one shuffle looks 16 half bytes up in it.
 *
 * A block holds 16 codes byte by byte (their first bytes, their second bytes, …), then 16 factors, room for 16 results and for
 * the greatest of them, 16 bytes.
 */
export const LANES = 16;
export const FACTORS = LANES * 4;
export const TAIL = 2 * FACTORS + 16;
/** a code's length is a multiple of so many bytes */
export const UNROLLED = 4;
/** what a table may hold: eight entries are added up before they are widened to 16 bits */
export const MOST_ENTRY = 31;

type Scan = (
  block: number,
  blocks: number,
  width: number,
  tables: number,
  step: number,
  offset: number,
) => void;

const [BLOCK, BLOCKS, WIDTH, TABLES, STEP, OFFSET] = [0, 1, 2, 3, 4, 5];
const AT = 6;
const STOP = 7;
const HALVES = 8;
const SUMS = 9;
const EVEN = 10;
const ODD = 11;
const MOST = 12;

const AND = simd(78);
const SWIZZLE = simd(14);
const ADD_BYTES = simd(110);
const SHIFT_PAIRS = simd(141);
const ADD_PAIRS = simd(142);
const GREATER = simd(235);
const vector = (bytes: readonly number[]): number[] => simd(12, ...repeated(bytes));
const load = (offset: number): number[] => simd(0, 4, ...uint(offset));
const store = (offset: number): number[] => simd(11, 4, ...uint(offset));
const LOW_HALF = vector([0x0f]);
const splat = (local: number): number[] => [...get(local), ...simd(19)];

const lookUp = (byte: number): number[] => [
  ...[...get(BLOCK), ...load(16 * byte), ...set(HALVES)],
  ...[...get(AT), ...load(32 * byte), ...get(HALVES), ...LOW_HALF, ...AND, ...SWIZZLE],
  ...[...get(AT), ...load(32 * byte + 16)],
  ...[...get(HALVES), ...constant(4), ...SHIFT_PAIRS, ...LOW_HALF, ...AND, ...SWIZZLE, ...ADD_BYTES],
];
/** Four of the 16 sums as floats: `(sum · step − offset) · factor`, stored and compared with the greatest so far. */
const finish = (four: number): number[] => {
  const from = (four >> 1) * 8;
  const woven = [0, 1, 2, 3].flatMap((i) => [
    from + 2 * i,
    from + 2 * i + 1,
    from + 2 * i + 16,
    from + 2 * i + 17,
  ]);
  return [
    ...get(BLOCK),
    ...[...get(EVEN), ...get(ODD), ...simd(13, ...woven), ...simd(four % 2 ? 170 : 169), ...simd(250)],
    ...[...splat(STEP), ...simd(230), ...splat(OFFSET), ...simd(229)],
    ...[...get(BLOCK), ...load(16 * four), ...simd(230), 0x22, SUMS],
    ...store(FACTORS + 16 * four),
    ...[...get(SUMS), ...get(MOST), ...GREATER, ...set(MOST)],
  ];
};
const lane = (l: number): number[] => [...get(MOST), ...simd(31), l];

const BODY = [
  ...[2, 2, I32, 5, V128],
  ...LOOP,
  ...[...vector([0]), ...set(EVEN), ...vector([0]), ...set(ODD)],
  ...[...vector([0, 0, 0x80, 0xff]), ...set(MOST)],
  ...[...get(TABLES), ...set(AT)],
  ...[...get(TABLES), ...get(WIDTH), ...constant(5), 0x74, ADD, ...set(STOP)],
  ...LOOP,
  ...[...lookUp(0), ...lookUp(1), ...ADD_BYTES, ...lookUp(2), ...ADD_BYTES, ...lookUp(3), ...ADD_BYTES],
  ...set(SUMS),
  ...[...get(EVEN), ...get(SUMS), ...vector([0xff, 0]), ...AND, ...ADD_PAIRS, ...set(EVEN)],
  ...[...get(ODD), ...get(SUMS), ...constant(8), ...SHIFT_PAIRS, ...ADD_PAIRS, ...set(ODD)],
  ...[...bump(BLOCK, 32), ...bump(BLOCK, 32), ...bump(AT, 32), ...bump(AT, 32), ...bump(AT, 32)],
  ...[...get(AT), ...constant(32), ADD, 0x22, AT, ...get(STOP), LESS, ...branchIf(0)],
  END,
  ...[...finish(0), ...finish(1), ...finish(2), ...finish(3)],
  ...[...get(BLOCK), ...lane(0), ...lane(1), 0x97, ...lane(2), ...lane(3), 0x97, 0x97],
  ...[0x38, 2, ...uint(2 * FACTORS)],
  ...[...get(BLOCK), 0x41, ...[(TAIL & 127) | 128, TAIL >>> 7], ADD, ...set(BLOCK)],
  ...[...get(BLOCKS), ...constant(1), SUB, 0x22, BLOCKS, ...branchIf(0)],
  END,
  END,
];

export type SketchKernel = {
  readonly memory: Memory;
  /**
   * For `blocks` blocks (at least one) from byte address `block` on: result i = (the sum over all half bytes of code i of
   * `tables[place][half byte]`, uint8) · step − offset) · factor i. Codes have `width` bytes; addresses are 16-byte aligned.
   */
  readonly scan: Scan;
};

const bind = kernelMaker<Scan>(moduleOf([I32, I32, I32, I32, F32, F32], BODY));
/** A memory of its own with the loop bound to it. */
export function makeSketchKernel(pages: number): SketchKernel {
  const { memory, run } = bind(pages);
  return { memory, scan: run };
}
