// ONNX files from nothing: the few messages of onnx.proto3 that an encoder needs (IR version 8, opset 17).

/** Bytes in pieces, so that large weights are not copied again and again. */
type Pieces = readonly Uint8Array[];
const sizeOf = (pieces: Pieces): number => pieces.reduce((sum, piece) => sum + piece.byteLength, 0);

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return Uint8Array.from(bytes);
}
const number = (field: number, value: number): Pieces => [varint(field * 8), varint(value)];
const field = (id: number, body: Pieces): Pieces => [varint(id * 8 + 2), varint(sizeOf(body)), ...body];
const text = (id: number, value: string): Pieces => field(id, [new TextEncoder().encode(value)]);
const float = (id: number, value: number): Pieces => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setFloat32(0, value, true);
  return [varint(id * 8 + 5), bytes];
};

const TYPES = { float: 1, uint8: 2, int8: 3, int64: 7 } as const;
type TensorType = keyof typeof TYPES;
type Data = Float32Array | Int8Array | Uint8Array | BigInt64Array;
const typeOf = (data: Data): TensorType =>
  data instanceof Float32Array
    ? 'float'
    : data instanceof Int8Array
      ? 'int8'
      : data instanceof BigInt64Array
        ? 'int64'
        : 'uint8';
export type Attribute = number | readonly number[] | { readonly float: number };

/** A graph that is put together node by node; names of values are made here. */
export class OnnxGraph {
  private readonly nodes: Pieces[] = [];
  private readonly initializers: Pieces[] = [];
  private readonly inputs: Pieces[] = [];
  private readonly outputs: Pieces[] = [];
  private count = 0;

  input(name: string, type: TensorType, sizes: readonly (string | number)[]): string {
    this.inputs.push(field(11, valueInfo(name, type, sizes)));
    return name;
  }
  output(name: string, type: TensorType, sizes: readonly (string | number)[]): void {
    this.outputs.push(field(12, valueInfo(name, type, sizes)));
  }
  /** `dims` empty: a scalar */
  constant(data: Data, dims: readonly number[] = data.length === 1 ? [] : [data.length]): string {
    const name = `c${++this.count}`;
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.initializers.push(
      field(5, [
        ...dims.flatMap((d) => number(1, d)),
        ...number(2, TYPES[typeOf(data)]),
        ...text(8, name),
        ...field(9, [bytes]),
      ]),
    );
    return name;
  }
  floats = (...values: number[]): string => this.constant(Float32Array.from(values));
  ints = (...values: number[]): string => this.constant(BigInt64Array.from(values, BigInt), [values.length]);

  /** @returns the names of its outputs; the first takes `as` */
  nodeOf(
    op: string,
    ins: readonly string[],
    outs: number,
    attributes: Record<string, Attribute> = {},
    as?: string,
  ): string[] {
    const names = Array.from({ length: outs }, (_, i) => (i === 0 && as ? as : `v${++this.count}`));
    this.nodes.push(
      field(1, [
        ...ins.flatMap((name) => text(1, name)),
        ...names.flatMap((name) => text(2, name)),
        ...text(3, `n${this.nodes.length}`),
        ...text(4, op),
        ...Object.entries(attributes).flatMap(([name, value]) => field(5, attribute(name, value))),
      ]),
    );
    return names;
  }
  node(op: string, ins: readonly string[], attributes: Record<string, Attribute> = {}, as?: string): string {
    return this.nodeOf(op, ins, 1, attributes, as)[0] ?? '';
  }
  bytes(): Uint8Array {
    const graph = [
      ...this.nodes.flat(),
      ...text(2, 'made for a test'),
      ...this.initializers.flat(),
      ...this.inputs.flat(),
      ...this.outputs.flat(),
    ];
    return new Uint8Array(
      Buffer.concat([...number(1, 8), ...field(7, graph), ...field(8, [...text(1, ''), ...number(2, 17)])]),
    );
  }
}

const valueInfo = (name: string, type: TensorType, sizes: readonly (string | number)[]): Pieces => [
  ...text(1, name),
  ...field(
    2,
    field(1, [
      ...number(1, TYPES[type]),
      ...field(
        2,
        sizes.flatMap((size) => field(1, typeof size === 'number' ? number(1, size) : text(2, size))),
      ),
    ]),
  ),
];
function attribute(name: string, value: Attribute): Pieces {
  if (typeof value === 'object' && 'float' in value)
    return [...text(1, name), ...float(2, value.float), ...number(20, 1)];
  if (typeof value === 'number') return [...text(1, name), ...varintField(3, value), ...number(20, 2)];
  return [...text(1, name), ...value.flatMap((v) => varintField(8, v)), ...number(20, 7)];
}
/** int64, negative ones in ten bytes */
function varintField(id: number, value: number): Pieces {
  if (value >= 0) return number(id, value);
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  while (rest >= 128n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return [varint(id * 8), Uint8Array.from(bytes)];
}
