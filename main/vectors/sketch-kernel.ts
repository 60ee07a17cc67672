import {
  ADD,
  AND,
  BLOCK,
  branch,
  branchIf,
  bump,
  COUNT_TRAILING_ZEROS,
  constant,
  END,
  F32,
  GREATER_OR_EQUAL_F32,
  get,
  I32,
  IF,
  IS_ZERO,
  kernelMaker,
  LESS,
  LOAD_F32,
  LOAD_I32,
  LOOP,
  type Memory,
  MUL,
  makeMemory,
  moduleOf,
  OR,
  repeated,
  SHIFT_LEFT,
  STORE_F32,
  STORE_I32,
  SUB,
  set,
  simd,
  tee,
  uint,
  V128,
} from './wasm-words.ts';

/**
 * The three loops over sketches. `scan` sums table entries for 16 codes at once (the fast scan of product quantisation: André,
 * Kermarrec, Le Scouarnec, VLDB 2015): a table of 16 small numbers fits into one register, and one shuffle looks 16 half bytes
 * up in it. `pick` lists whose sums lie in a range, `weigh` multiplies the longer codes of these with the query.
 *
 * A block holds 16 codes byte by byte (their first bytes, their second bytes, …) and then 16 factors (float32). Estimates (16
 * floats a block) and their maxima (one a block) lie elsewhere; longer codes stand row by row, half a byte a coordinate.
 */
export const LANES = 16;
export const FACTORS = LANES * 4;
/** what a table may hold: eight entries are added up before they are widened to 16 bits */
export const MOST_ENTRY = 31;
/** a longer code holds its coordinates by so many: 16 as the low halves of its bytes, 16 as the high ones */
export const SIDE_BY_SIDE = 32;
/** all that is long is a multiple of so many coordinates */
export const UNROLLED = 128;

const AND_ALL = simd(78);
const ADD_BYTES = simd(110);
const SHIFT_PAIRS = simd(141);
const ADD_PAIRS = simd(142);
const BIT_MASK = simd(164);
const SUB_FLOATS = simd(229);
const MUL_FLOATS = simd(230);
const GREATER = simd(235);
const LESS_FLOATS = simd(67);
const AT_LEAST = simd(70);
/** the relaxed swizzle, one instruction; below 16, as half bytes are, all machines agree on it */
const SWIZZLE = simd(256);
/** the relaxed sum of products of bytes; with half bytes on one side nothing overflows, and all machines agree on it too */
const ADD_PRODUCTS = simd(275);
/** what memory is read by */
const LINE = 64;
const LOWEST = [0, 0, 0x80, 0xff];
const vector = (bytes: readonly number[]): number[] => simd(12, ...repeated(bytes));
const load = (offset: number): number[] => simd(0, 4, ...uint(offset));
const store = (offset: number): number[] => simd(11, 4, ...uint(offset));
const splat = (local: number): number[] => [...get(local), ...simd(19)];

/** All but the last two are byte addresses (16-byte aligned) and numbers of blocks (at least one) and bytes a code. */
type Scan = (
  codes: number,
  estimates: number,
  maxima: number,
  blocks: number,
  width: number,
  tables: number,
  step: number,
  offset: number,
) => void;

function scanBody(): number[] {
  const [CODES, ESTIMATES, MAXIMA, BLOCKS, WIDTH, TABLES, STEP, OFFSET] = [0, 1, 2, 3, 4, 5, 6, 7];
  const [AT, STOP] = [8, 9];
  const [HALVES, SUMS, EVEN, ODD, MOST, LOW_HALF] = [10, 11, 12, 13, 14, 15];

  const lookUp = (byte: number): number[] => [
    ...[...get(CODES), ...load(16 * byte), ...set(HALVES)],
    ...[...get(AT), ...load(32 * byte), ...get(HALVES), ...get(LOW_HALF), ...AND_ALL, ...SWIZZLE],
    ...[...get(AT), ...load(32 * byte + 16)],
    ...[...get(HALVES), ...constant(4), ...SHIFT_PAIRS, ...get(LOW_HALF), ...AND_ALL, ...SWIZZLE],
    ...ADD_BYTES,
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
      ...get(ESTIMATES),
      ...[...get(EVEN), ...get(ODD), ...simd(13, ...woven), ...simd(four % 2 ? 170 : 169), ...simd(250)],
      ...[...splat(STEP), ...MUL_FLOATS, ...splat(OFFSET), ...SUB_FLOATS],
      ...[...get(CODES), ...load(16 * four), ...MUL_FLOATS],
      ...[...tee(SUMS), ...store(16 * four)],
      ...[...get(SUMS), ...get(MOST), ...GREATER, ...set(MOST)],
    ];
  };
  const lane = (l: number): number[] => [...get(MOST), ...simd(31), l];
  return [
    ...[2, 2, I32, 6, V128],
    ...[...vector([0x0f]), ...set(LOW_HALF)],
    ...LOOP,
    ...[...vector([0]), ...set(EVEN), ...vector([0]), ...set(ODD)],
    ...[...vector(LOWEST), ...set(MOST)],
    ...[...get(TABLES), ...set(AT)],
    ...[...get(TABLES), ...get(WIDTH), ...constant(5), SHIFT_LEFT, ADD, ...set(STOP)],
    ...LOOP,
    ...[...lookUp(0), ...lookUp(1), ...ADD_BYTES, ...lookUp(2), ...ADD_BYTES, ...lookUp(3), ...ADD_BYTES],
    ...set(SUMS),
    ...[...get(EVEN), ...get(SUMS), ...vector([0xff, 0]), ...AND_ALL, ...ADD_PAIRS, ...set(EVEN)],
    ...[...get(ODD), ...get(SUMS), ...constant(8), ...SHIFT_PAIRS, ...ADD_PAIRS, ...set(ODD)],
    ...[...bump(CODES, 64), ...bump(AT, 128)],
    ...[...get(AT), ...get(STOP), LESS, ...branchIf(0)],
    END,
    ...[0, 1, 2, 3].flatMap(finish),
    ...[...get(MAXIMA), ...lane(0), ...lane(1), 0x97, ...lane(2), ...lane(3), 0x97, 0x97, ...STORE_F32],
    ...[...bump(CODES, FACTORS), ...bump(ESTIMATES, FACTORS), ...bump(MAXIMA, 4)],
    ...[...get(BLOCKS), ...constant(1), SUB, ...tee(BLOCKS), ...branchIf(0)],
    END,
    END,
  ];
}

type Pick = (
  estimates: number,
  maxima: number,
  blocks: number,
  list: number,
  low: number,
  high: number,
) => number;

function pickBody(): number[] {
  const [ESTIMATES, MAXIMA, BLOCKS, LIST, LOW, HIGH] = [0, 1, 2, 3, 4, 5];
  const [PLACE, LEFT] = [6, 7];
  const FOUR = 8;
  const inRange = (four: number): number[] => [
    ...[...get(ESTIMATES), ...load(16 * four), ...tee(FOUR)],
    ...[...splat(LOW), ...AT_LEAST, ...get(FOUR), ...splat(HIGH), ...LESS_FLOATS, ...AND_ALL, ...BIT_MASK],
    ...[...constant(4 * four), SHIFT_LEFT],
  ];
  return [
    ...[2, 2, I32, 1, V128],
    ...LOOP,
    ...[...get(MAXIMA), ...LOAD_F32, ...get(LOW), GREATER_OR_EQUAL_F32, ...IF],
    ...[...inRange(0), ...inRange(1), OR, ...inRange(2), OR, ...inRange(3), OR, ...set(LEFT)],
    ...[...BLOCK, ...LOOP, ...get(LEFT), IS_ZERO, ...branchIf(1)],
    ...[...get(LIST), ...get(PLACE), ...get(LEFT), COUNT_TRAILING_ZEROS, ADD, ...STORE_I32],
    ...bump(LIST, 4),
    ...[...get(LEFT), ...get(LEFT), ...constant(1), SUB, AND, ...set(LEFT)],
    ...[...branch(0), END, END],
    END,
    ...[...bump(ESTIMATES, FACTORS), ...bump(MAXIMA, 4), ...bump(PLACE, LANES)],
    ...[...get(BLOCKS), ...constant(1), SUB, ...tee(BLOCKS), ...branchIf(0)],
    END,
    ...get(LIST),
    END,
  ];
}

type Weigh = (
  codes: number,
  factors: number,
  list: number,
  stop: number,
  width: number,
  query: number,
  step: number,
  middle: number,
  estimates: number,
) => void;

function weighBody(): number[] {
  const [CODES, ROW_FACTORS, LIST, STOP, WIDTH, QUERY, STEP, MIDDLE, ESTIMATES] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const [CODE, AT, END_OF_CODE, NEXT, SEEN] = [9, 10, 11, 12, 13];
  const [HALVES, SUMS, LOW_HALF] = [14, 15, 16];
  const addUp = (part: number): number[] => [
    ...[...get(AT), ...load(SIDE_BY_SIDE * part)],
    ...[...get(CODE), ...load(16 * part), ...tee(HALVES), ...get(LOW_HALF), ...AND_ALL],
    ...[...get(AT), ...load(SIDE_BY_SIDE * part + 16)],
    ...[...get(HALVES), ...constant(4), ...SHIFT_PAIRS, ...get(LOW_HALF), ...AND_ALL],
    ...[...get(SUMS), ...ADD_PRODUCTS, ...ADD_PRODUCTS, ...set(SUMS)],
  ];
  const lane = (l: number): number[] => [...get(SUMS), ...simd(27), l];
  return [
    ...[2, 5, I32, 3, V128],
    ...[...vector([0x0f]), ...set(LOW_HALF)],
    // rows lie apart, and their memory is slow to come: a loop that does nothing else has many on their way at once
    ...[...get(LIST), ...set(NEXT)],
    ...[...BLOCK, ...LOOP, ...get(NEXT), ...get(STOP), LESS, IS_ZERO, ...branchIf(1)],
    ...[...get(CODES), ...get(NEXT), ...LOAD_I32, ...get(WIDTH), MUL, ADD, ...tee(CODE)],
    ...[...get(WIDTH), ADD, ...set(END_OF_CODE)],
    ...LOOP,
    ...[...get(SEEN), ...get(CODE), ...LOAD_I32, OR, ...set(SEEN), ...bump(CODE, LINE)],
    ...[...get(CODE), ...get(END_OF_CODE), LESS, ...branchIf(0), END],
    ...[...bump(NEXT, 4), ...branch(0), END, END],
    ...[...BLOCK, ...LOOP, ...get(LIST), ...get(STOP), LESS, IS_ZERO, ...branchIf(1)],
    ...[...get(CODES), ...get(LIST), ...LOAD_I32, ...get(WIDTH), MUL, ADD, ...tee(CODE)],
    ...[...get(WIDTH), ADD, ...set(END_OF_CODE)],
    ...[...get(QUERY), ...set(AT), ...vector([0]), ...set(SUMS)],
    ...LOOP,
    ...[0, 1, 2, 3].flatMap(addUp),
    ...[...bump(CODE, UNROLLED / 2), ...bump(AT, UNROLLED)],
    ...[...get(CODE), ...get(END_OF_CODE), LESS, ...branchIf(0)],
    END,
    ...get(ESTIMATES),
    ...[...lane(0), ...lane(1), ADD, ...lane(2), ...lane(3), ADD, ADD, 0xb2],
    ...[...get(MIDDLE), 0x93, ...get(STEP), 0x94],
    ...[...get(ROW_FACTORS), ...get(LIST), ...LOAD_I32, ...constant(2), SHIFT_LEFT, ADD, ...LOAD_F32, 0x94],
    ...STORE_F32,
    ...[...bump(ESTIMATES, 4), ...bump(LIST, 4)],
    ...[...branch(0), END, END],
    END,
  ];
}

export type SketchKernel = {
  readonly memory: Memory;
  /** Estimate i = ((the sum over all half bytes of code i of `tables[place][half byte]`, uint8) · step − offset) · factor i. */
  readonly scan: Scan;
  /** Writes the places (int32) of all estimates from `low` up to, but without, `high` to `list`, and answers where it ends. */
  readonly pick: Pick;
  /**
   * For each place from `list` to `stop`: (the sum of the products of its code with `query`, int8, − middle) · step · its factor.
   */
  readonly weigh: Weigh;
};

const numbers = (whole: number, real: number): number[] => [
  ...new Array<number>(whole).fill(I32),
  ...new Array<number>(real).fill(F32),
];
const bindScan = kernelMaker<Scan>(moduleOf(numbers(6, 2), scanBody()));
const bindPick = kernelMaker<Pick>(moduleOf(numbers(4, 2), pickBody(), [I32]));
const bindWeigh = kernelMaker<Weigh>(moduleOf([...numbers(6, 2), I32], weighBody()));
/** A memory of its own with the loops bound to it. */
export function makeSketchKernel(pages: number): SketchKernel {
  const memory = makeMemory(pages);
  return { memory, scan: bindScan(memory), pick: bindPick(memory), weigh: bindWeigh(memory) };
}
