// Two tiny ONNX models as bytes (onnx.proto3, IR version 8, opset 17): no file has to be shipped for a matrix product.

const uint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...uint(Math.floor(value / 128))];
const join = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
/** a field of wire type 0 */
const number = (field: number, value: number): Uint8Array =>
  Uint8Array.from([...uint(field * 8), ...uint(value)]);
/** a field of wire type 2 */
const field = (id: number, ...body: readonly Uint8Array[]): Uint8Array => {
  const whole = join(body);
  return join([Uint8Array.from([...uint(id * 8 + 2), ...uint(whole.length)]), whole]);
};
const name = (id: number, s: string): Uint8Array => field(id, new TextEncoder().encode(s));

const FLOAT = 1;
const UINT8 = 2;
const INT32 = 6;
/** ValueInfoProto: a name, an element type, named or fixed sizes */
const value = (called: string, type: number, sizes: readonly (string | number)[]): Uint8Array => {
  const shape = sizes.map((s) => field(1, typeof s === 'number' ? number(1, s) : name(2, s)));
  return join([name(1, called), field(2, field(1, number(1, type), field(2, ...shape)))]);
};
/** TensorProto of bytes as a constant of the graph */
const constant = (called: string, sizes: readonly number[], raw: Uint8Array): Uint8Array =>
  field(5, ...sizes.map((s) => number(1, s)), number(2, UINT8), name(8, called), field(9, raw));
const model = (
  op: string,
  ins: readonly string[],
  attribute: readonly Uint8Array[],
  rest: Uint8Array[],
): Uint8Array => {
  const node = field(1, ...ins.map((s) => name(1, s)), name(2, 's'), name(4, op), ...attribute);
  const graph = field(7, node, name(2, 'toride'), ...rest);
  return join([number(1, 8), graph, field(8, name(1, ''), number(2, 17))]);
};

/** q [b, d], x [n, d] → s [b, n] = q · xᵀ */
export const productModel = (): Uint8Array =>
  model(
    'Gemm',
    ['q', 'x'],
    [field(5, name(1, 'transB'), number(3, 1), number(20, 2))],
    [
      field(11, value('q', FLOAT, ['b', 'd'])),
      field(11, value('x', FLOAT, ['n', 'd'])),
      field(12, value('s', FLOAT, ['b', 'n'])),
    ],
  );

/**
 * q [1, d] and the constant x [d, n], bytes around 128 → s [1, n], whole numbers. Both are unsigned: with signed rows, processors
 * without VNNI would overflow where two products are added in 16 bits.
 */
export const byteModel = (d: number, n: number, x: Uint8Array): Uint8Array =>
  model(
    'MatMulInteger',
    ['q', 'x', 'zero', 'zero'],
    [],
    [
      constant('x', [d, n], x),
      constant('zero', [], Uint8Array.of(128)),
      field(11, value('q', UINT8, [1, d])),
      field(12, value('s', INT32, [1, n])),
    ],
  );
