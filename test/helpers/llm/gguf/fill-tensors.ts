// What stands in the tensors: random blocks of sane scale, constants, or rows made for a purpose. The same call gives the same bytes.
import { TENSOR_TYPES, type Tensor, type TensorType } from './write-file.ts';

type Fill = Tensor['fill'];
const POOL_BYTES = { least: 1 << 16, most: 4 << 20 };

/** mulberry32 */
export function seeded(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = a;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Bits of the IEEE half nearest to `x`; normal and subnormal range only, which is all that block scales need. */
function toHalf(x: number): number {
  if (x === 0) return 0;
  const sign = x < 0 ? 0x8000 : 0;
  const size = Math.abs(x);
  const exponent = Math.floor(Math.log2(size));
  if (exponent < -14) return sign | Math.round(size / 2 ** -24);
  return sign | (((exponent + 15) << 10) + Math.round((size / 2 ** exponent - 1) * 1024));
}

/** Random blocks with weights of about this standard deviation: the packed integers may be any bits, the scale may not. */
function makePool(type: TensorType, std: number, blocks: number): Buffer {
  const { bytes } = TENSOR_TYPES[type];
  const random = seeded(1234567);
  const pool = Buffer.alloc(blocks * bytes);
  for (let i = 0; i < pool.length; i++) pool[i] = Math.floor(random() * 256);
  for (let at = 0; at < pool.length; at += bytes) {
    if (type === 'f32') pool.writeFloatLE((random() - 0.5) * 3.46 * std, at);
    else pool.writeUInt16LE(toHalf(type === 'q4_0' ? std / 4.6 : std / 74), at);
  }
  return pool;
}

const pools = new Map<string, Buffer>();
/** Random blocks out of a shared pool, from another place for every seed. */
export function randomRows(type: TensorType, dims: readonly number[], std: number, seed: number): Fill {
  const { bytes, block } = TENSOR_TYPES[type];
  const [dim = 0, rows = 1] = dims;
  const wanted = ((dim * rows) / block) * bytes * 4;
  const key = `${type}:${std}:${Math.min(wanted, POOL_BYTES.most)}`;
  const pool =
    pools.get(key) ??
    makePool(type, std, Math.floor(Math.min(POOL_BYTES.most, Math.max(POOL_BYTES.least, wanted)) / bytes));
  pools.set(key, pool);
  const random = seeded(seed);
  return (_, n) => {
    const out = Buffer.allocUnsafe(n * (dim / block) * bytes);
    for (let at = 0; at < out.length; ) {
      const start = Math.floor(random() * (pool.length / bytes)) * bytes;
      at += pool.copy(out, at, start, Math.min(pool.length, start + (out.length - at)));
    }
    return out;
  };
}

export const constantRows =
  (value: number, dim: number): Fill =>
  (_, n) =>
    Buffer.from(new Float32Array(n * dim).fill(value).buffer);

export const zeroRows =
  (type: TensorType, dim: number): Fill =>
  (_, n) =>
    Buffer.alloc(n * (dim / TENSOR_TYPES[type].block) * TENSOR_TYPES[type].bytes);

/** Rows of numbers, as q8_0. */
export const givenRows =
  (row: (index: number) => Float32Array): Fill =>
  (first, n) =>
    Buffer.concat(Array.from({ length: n }, (_, i) => encodeRow(row(first + i))));

function encodeRow(row: Float32Array): Buffer {
  const { block, bytes } = TENSOR_TYPES.q8_0;
  const out = Buffer.alloc((row.length / block) * bytes);
  for (let b = 0; b < row.length / block; b++) {
    const part = row.subarray(b * block, (b + 1) * block);
    const scale = part.reduce((most, x) => Math.max(most, Math.abs(x)), 0) / 127;
    out.writeUInt16LE(toHalf(scale), b * bytes);
    part.forEach((x, i) => {
      out.writeInt8(scale === 0 ? 0 : Math.round(x / scale), b * bytes + 2 + i);
    });
  }
  return out;
}
