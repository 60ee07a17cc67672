/** The few words of WebAssembly's binary format that the kernels are written in. */

export type Memory = { readonly buffer: ArrayBuffer; grow(pages: number): number };
/** The part of WebAssembly used here; Node's types leave it out. */
type WebAssemblyApi<F> = {
  Memory: new (o: { initial: number; maximum: number }) => Memory;
  Module: new (bytes: Uint8Array) => object;
  Instance: new (
    module: object,
    imports: { env: { memory: Memory } },
  ) => { readonly exports: { readonly run: F } };
};

export const PAGE = 65_536;
/** 4 GiB, what 32-bit addresses reach */
export const MAX_PAGES = 65_536;

export const I32 = 0x7f;
export const F32 = 0x7d;
export const V128 = 0x7b;
export const uint = (value: number): number[] =>
  value < 128 ? [value] : [(value & 127) | 128, ...uint(value >>> 7)];
const section = (id: number, body: readonly number[]): number[] => [id, ...uint(body.length), ...body];
const text = (s: string): number[] => [s.length, ...[...s].map((c) => c.charCodeAt(0))];
export const get = (local: number): number[] => [0x20, local];
export const set = (local: number): number[] => [0x21, local];
export const tee = (local: number): number[] => [0x22, local];
/** 0 and up; the encoding is signed */
export const constant = (value: number): number[] => [0x41, ...signed(value)];
const signed = (value: number): number[] =>
  value < 64 ? [value] : [(value & 127) | 128, ...signed(value >>> 7)];
export const ADD = 0x6a;
export const SUB = 0x6b;
export const MUL = 0x6c;
export const AND = 0x71;
export const OR = 0x72;
export const COUNT_TRAILING_ZEROS = 0x68;
export const BLOCK = [0x02, 0x40];
export const LOOP = [0x03, 0x40];
export const IF = [0x04, 0x40];
export const END = 0x0b;
export const SHIFT_LEFT = 0x74;
export const LESS = 0x49;
export const GREATER_OR_EQUAL_F32 = 0x60;
export const IS_ZERO = 0x45;
export const LOAD_I32 = [0x28, 2, 0];
export const LOAD_F32 = [0x2a, 2, 0];
export const STORE_I32 = [0x36, 2, 0];
export const STORE_F32 = [0x38, 2, 0];
export const branch = (depth: number): number[] => [0x0c, depth];
export const branchIf = (depth: number): number[] => [0x0d, depth];
export const bump = (local: number, by: number): number[] => [
  ...get(local),
  ...constant(by),
  ADD,
  ...set(local),
];
/** an instruction on 128 bits */
export const simd = (code: number, ...rest: number[]): number[] => [0xfd, ...uint(code), ...rest];
export const repeated = (bytes: readonly number[]): number[] =>
  Array.from({ length: 16 }, (_, i) => bytes[i % bytes.length] ?? 0);

/** A module of one function `run` with parameters and results of these types over an imported memory. `body` begins with its locals. */
export const moduleOf = (
  parameters: readonly number[],
  body: readonly number[],
  results: readonly number[] = [],
): Uint8Array =>
  new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, 0x60, parameters.length, ...parameters, results.length, ...results]),
    ...section(2, [1, ...text('env'), ...text('memory'), 2, 0, 1]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...text('run'), 0, 0]),
    ...section(10, [1, ...uint(body.length), ...body]),
  ]);

const webAssembly = <F>(): WebAssemblyApi<F> =>
  (globalThis as unknown as { readonly WebAssembly: WebAssemblyApi<F> }).WebAssembly;

export const makeMemory = (pages: number): Memory =>
  new (webAssembly().Memory)({ initial: pages, maximum: MAX_PAGES });

/** Compiles `bytes` once, at the first call; every call of what it returns binds the function to a memory. */
export function kernelMaker<F>(bytes: Uint8Array): (memory: Memory) => F {
  const wasm = webAssembly<F>();
  let compiled: object | null = null;
  return (memory) => {
    compiled ??= new wasm.Module(bytes);
    return new wasm.Instance(compiled, { env: { memory } }).exports.run;
  };
}
