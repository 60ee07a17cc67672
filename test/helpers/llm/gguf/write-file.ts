// The GGUF container, version 3: header, metadata, tensor directory, tensors. Sources: the format's specification in llama.cpp's documentation.
import { closeSync, mkdirSync, openSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';

/** Ids of the metadata value types. */
export const VALUE = { u32: 4, i32: 5, f32: 6, bool: 7, str: 8, arr: 9, u64: 10 } as const;
export type Scalar = 'u32' | 'i32' | 'f32' | 'bool' | 'str' | 'u64';
type Value = string | number | bigint | boolean;
/** One key of the metadata: a value, or an array with the type of its elements. */
export type Metadata =
  | { key: string; type: Scalar; value: Value }
  | { key: string; type: 'arr'; of: Scalar; values: Value[] };

/** id, elements a block and bytes a block of every tensor type written here */
export const TENSOR_TYPES = {
  f32: { id: 0, block: 1, bytes: 4 },
  q4_0: { id: 2, block: 32, bytes: 18 },
  q8_0: { id: 8, block: 32, bytes: 34 },
} as const;
export type TensorType = keyof typeof TENSOR_TYPES;
/** `dims[0]` is contiguous: a matrix with `out` rows of `in` is [in, out]. */
export type Tensor = {
  name: string;
  dims: number[];
  type: TensorType;
  fill: (firstRow: number, rows: number) => Buffer;
};
export type GgufFile = { metadata: Metadata[]; tensors: Tensor[] };

const ALIGNMENT = 32;
const SLICE_BYTES = 16 << 20;

class Bytes {
  private buffer = Buffer.alloc(1 << 20);
  length = 0;
  private room(bytes: number): number {
    if (this.length + bytes > this.buffer.length) {
      const larger = Buffer.alloc(Math.max(this.buffer.length * 2, this.length + bytes));
      this.buffer.copy(larger, 0, 0, this.length);
      this.buffer = larger;
    }
    const at = this.length;
    this.length += bytes;
    return at;
  }
  u32(value: number): void {
    const at = this.room(4);
    this.buffer.writeUInt32LE(value, at);
  }
  u64(value: number | bigint): void {
    const at = this.room(8);
    this.buffer.writeBigUInt64LE(BigInt(value), at);
  }
  raw(bytes: Buffer): void {
    const at = this.room(bytes.length);
    bytes.copy(this.buffer, at);
  }
  text(value: string): void {
    const bytes = Buffer.from(value, 'utf8');
    this.u64(bytes.length);
    this.raw(bytes);
  }
  value(type: Scalar, value: Value): void {
    if (type === 'str') this.text(String(value));
    else if (type === 'u64') this.u64(BigInt(value));
    else if (type === 'bool') this.raw(Buffer.from([value ? 1 : 0]));
    else {
      const at = this.room(4);
      const number = Number(value);
      if (type === 'u32') this.buffer.writeUInt32LE(number, at);
      else if (type === 'i32') this.buffer.writeInt32LE(number, at);
      else this.buffer.writeFloatLE(number, at);
    }
  }
  written(): Buffer {
    return this.buffer.subarray(0, this.length);
  }
}

const padded = (bytes: number): number => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
const sizesOf = ({ dims, type }: Tensor): { rows: number; rowBytes: number } => ({
  rows: dims.slice(1).reduce((a, b) => a * b, 1),
  rowBytes: ((dims[0] ?? 0) / TENSOR_TYPES[type].block) * TENSOR_TYPES[type].bytes,
});

/** Writes the file, large tensors in slices; makes its folder. Returns its size in bytes. */
export function writeGguf(file: string, { metadata, tensors }: GgufFile): number {
  const head = new Bytes();
  head.raw(Buffer.from('GGUF'));
  head.u32(3);
  head.u64(tensors.length);
  head.u64(metadata.length);
  for (const entry of metadata) {
    head.text(entry.key);
    head.u32(VALUE[entry.type]);
    if (entry.type === 'arr') {
      head.u32(VALUE[entry.of]);
      head.u64(entry.values.length);
      for (const value of entry.values) head.value(entry.of, value);
    } else head.value(entry.type, entry.value);
  }
  let offset = 0; // llama.cpp wants them to follow each other, padded
  for (const tensor of tensors) {
    const { rows, rowBytes } = sizesOf(tensor);
    head.text(tensor.name);
    head.u32(tensor.dims.length);
    for (const d of tensor.dims) head.u64(d);
    head.u32(TENSOR_TYPES[tensor.type].id);
    head.u64(offset);
    offset += padded(rows * rowBytes);
  }
  head.raw(Buffer.alloc(padded(head.length) - head.length));

  mkdirSync(path.dirname(file), { recursive: true });
  const fd = openSync(file, 'w');
  try {
    writeSync(fd, head.written());
    for (const tensor of tensors) {
      const { rows, rowBytes } = sizesOf(tensor);
      const step = Math.max(1, Math.min(rows, Math.floor(SLICE_BYTES / rowBytes)));
      for (let row = 0; row < rows; row += step) {
        const n = Math.min(step, rows - row);
        const bytes = tensor.fill(row, n);
        if (bytes.length !== n * rowBytes)
          throw new Error(`${tensor.name}: ${bytes.length} bytes instead of ${n * rowBytes}`);
        writeSync(fd, bytes);
      }
      writeSync(fd, Buffer.alloc(padded(rows * rowBytes) - rows * rowBytes));
    }
  } finally {
    closeSync(fd);
  }
  return statSync(file).size;
}
