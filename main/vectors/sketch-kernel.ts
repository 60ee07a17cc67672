import {
  ADD,
  branchIf,
  bump,
  constant,
  ELSE,
  END,
  F32,
  get,
  I32,
  IF,
  kernelMaker,
  LESS,
  LESS_F32,
  LOOP,
  type Memory,
  makeMemory,
  moduleOf,
  repeated,
  SHIFT_LEFT,
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
 * A block holds 16 codes byte by byte (their first bytes, their second bytes, …) and then 16 factors (float32), one of the second
 * plane 16 shares after these. Estimates (16 floats a block) and their maxima (one a block) lie elsewhere.
 */
export const LANES = 16;
export const FACTORS = LANES * 4;
/** a code's length is a multiple of so many bytes */
export const UNROLLED = 4;
/** what a table may hold: eight entries are added up before they are widened to 16 bits */
export const MOST_ENTRY = 31;

const [CODES, ESTIMATES, MAXIMA, BLOCKS, WIDTH, TABLES, STEP, OFFSET, LEAST] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const AT = 9;
const STOP = 10;
const HALVES = 11;
const SUMS = 12;
const EVEN = 13;
const ODD = 14;
const MOST = 15;
const LOW_HALF = 16;

const AND = simd(78);
/** the relaxed swizzle, one instruction; below 16, as half bytes are, all machines agree on it */
const SWIZZLE = simd(256);
const ADD_BYTES = simd(110);
const SHIFT_PAIRS = simd(141);
const ADD_PAIRS = simd(142);
const ADD_FLOATS = simd(228);
const SUB_FLOATS = simd(229);
const MUL_FLOATS = simd(230);
const GREATER = simd(235);
const vector = (bytes: readonly number[]): number[] => simd(12, ...repeated(bytes));
const load = (offset: number): number[] => simd(0, 4, ...uint(offset));
const store = (offset: number): number[] => simd(11, 4, ...uint(offset));
const splat = (local: number): number[] => [...get(local), ...simd(19)];
const LOWEST = [0, 0, 0x80, 0xff];

const lookUp = (byte: number): number[] => [
  ...[...get(CODES), ...load(16 * byte), ...set(HALVES)],
  ...[...get(AT), ...load(32 * byte), ...get(HALVES), ...get(LOW_HALF), ...AND, ...SWIZZLE],
  ...[...get(AT), ...load(32 * byte + 16)],
  ...[...get(HALVES), ...constant(4), ...SHIFT_PAIRS, ...get(LOW_HALF), ...AND, ...SWIZZLE, ...ADD_BYTES],
];
/** Four of the 16 sums as floats: `(sum · step − offset) · factor`, stored and compared with the greatest so far. */
const finish = (four: number, second: boolean): number[] => {
  const from = (four >> 1) * 8;
  const woven = [0, 1, 2, 3].flatMap((i) => [
    from + 2 * i,
    from + 2 * i + 1,
    from + 2 * i + 16,
    from + 2 * i + 17,
  ]);
  const before = [
    ...[...get(ESTIMATES), ...load(16 * four), ...get(CODES), ...load(FACTORS + 16 * four), ...MUL_FLOATS],
    ...ADD_FLOATS,
  ];
  return [
    ...get(ESTIMATES),
    ...[...get(EVEN), ...get(ODD), ...simd(13, ...woven), ...simd(four % 2 ? 170 : 169), ...simd(250)],
    ...[...splat(STEP), ...MUL_FLOATS, ...splat(OFFSET), ...SUB_FLOATS],
    ...[...get(CODES), ...load(16 * four), ...MUL_FLOATS],
    ...(second ? before : []),
    ...[0x22, SUMS, ...store(16 * four)],
    ...[...get(SUMS), ...get(MOST), ...GREATER, ...set(MOST)],
  ];
};
const lane = (l: number): number[] => [...get(MOST), ...simd(31), l];

/** The sums of the block at CODES, which afterwards is at its factors. */
const ADD_UP = [
  ...[...vector([0]), ...set(EVEN), ...vector([0]), ...set(ODD)],
  ...[...vector(LOWEST), ...set(MOST)],
  ...[...get(TABLES), ...set(AT)],
  ...[...get(TABLES), ...get(WIDTH), ...constant(5), SHIFT_LEFT, ADD, ...set(STOP)],
  ...LOOP,
  ...[...lookUp(0), ...lookUp(1), ...ADD_BYTES, ...lookUp(2), ...ADD_BYTES, ...lookUp(3), ...ADD_BYTES],
  ...set(SUMS),
  ...[...get(EVEN), ...get(SUMS), ...vector([0xff, 0]), ...AND, ...ADD_PAIRS, ...set(EVEN)],
  ...[...get(ODD), ...get(SUMS), ...constant(8), ...SHIFT_PAIRS, ...ADD_PAIRS, ...set(ODD)],
  ...bump(CODES, 64),
  ...bump(AT, 128),
  ...[...get(AT), ...get(STOP), LESS, ...branchIf(0)],
  END,
];
const finishAll = (second: boolean): number[] => [
  ...[0, 1, 2, 3].flatMap((four) => finish(four, second)),
  ...[...get(MAXIMA), ...lane(0), ...lane(1), 0x97, ...lane(2), ...lane(3), 0x97, 0x97, 0x38, 2, 0],
];
const NEXT = [
  ...[...bump(ESTIMATES, FACTORS), ...bump(MAXIMA, 4)],
  ...[...get(BLOCKS), ...constant(1), SUB, 0x22, BLOCKS, ...branchIf(0)],
];
const LOCALS = [2, 2, I32, 6, V128];
const FIRST = [
  ...[...LOCALS, ...vector([0x0f]), ...set(LOW_HALF)],
  ...[...LOOP, ...ADD_UP, ...finishAll(false), ...bump(CODES, FACTORS), ...NEXT, END],
  END,
];
const SECOND = [
  ...[...LOCALS, ...vector([0x0f]), ...set(LOW_HALF)],
  ...LOOP,
  ...[...get(MAXIMA), 0x2a, 2, 0, ...get(LEAST), LESS_F32],
  ...IF,
  ...[...get(MAXIMA), 0x43, ...LOWEST, 0x38, 2, 0],
  ...[...get(CODES), ...get(WIDTH), ...constant(4), SHIFT_LEFT, ADD, ...set(CODES)],
  ELSE,
  ...[...ADD_UP, ...finishAll(true)],
  END,
  ...[...bump(CODES, 2 * FACTORS), ...NEXT],
  END,
  END,
];

/** All arguments but the last three are byte addresses (16-byte aligned) and numbers of blocks (at least one) and bytes a code. */
type Scan = (
  codes: number,
  estimates: number,
  maxima: number,
  blocks: number,
  width: number,
  tables: number,
  step: number,
  offset: number,
  least: number,
) => void;

export type SketchKernel = {
  readonly memory: Memory;
  /**
   * Estimate i = ((the sum over all half bytes of code i of `tables[place][half byte]`, uint8) · step − offset) · factor i.
   * `least` is not looked at.
   */
  readonly scan: Scan;
  /**
   * Where the maximum of a block is `least` or more, estimate i becomes the same plus share i · the estimate there was;
   * elsewhere the maximum becomes −∞ and nothing is read.
   */
  readonly refine: Scan;
};

const PARAMETERS = [...new Array<number>(6).fill(I32), F32, F32, F32];
const bindFirst = kernelMaker<Scan>(moduleOf(PARAMETERS, FIRST));
const bindSecond = kernelMaker<Scan>(moduleOf(PARAMETERS, SECOND));
/** A memory of its own with the loops bound to it. */
export function makeSketchKernel(pages: number): SketchKernel {
  const memory = makeMemory(pages);
  return { memory, scan: bindFirst(memory), refine: bindSecond(memory) };
}
