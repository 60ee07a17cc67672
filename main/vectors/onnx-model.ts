// Two tiny ONNX models as bytes (onnx.proto3, IR version 8, opset 17): no file has to be shipped for a matrix product.

const uint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...uint(Math.floor(value / 128))];
const bytesOf = (s: string): number[] => [...new TextEncoder().encode(s)];
/** a field of wire type 0 */
const number = (field: number, value: number): number[] => [...uint(field * 8), ...uint(value)];
/** a field of wire type 2 */
const field = (id: number, body: readonly number[]): number[] => [
  ...uint(id * 8 + 2),
  ...uint(body.length),
  ...body,
];
const name = (id: number, s: string): number[] => field(id, bytesOf(s));

const FLOAT = 1;
const INT64 = 7;
/** ValueInfoProto: a name, an element type, named or fixed sizes */
const value = (called: string, type: number, sizes: readonly (string | number)[]): number[] => {
  const shape = sizes.flatMap((s) => field(1, typeof s === 'number' ? number(1, s) : name(2, s)));
  return [...name(1, called), ...field(2, field(1, [...number(1, type), ...field(2, shape)]))];
};
const node = (
  op: string,
  ins: readonly string[],
  outs: readonly string[],
  attribute: number[] = [],
): number[] => [
  ...ins.flatMap((s) => name(1, s)),
  ...outs.flatMap((s) => name(2, s)),
  ...name(4, op),
  ...attribute,
];
const model = (nodes: number[][], inputs: number[][], outputs: number[][]): Uint8Array => {
  const graph = [
    ...nodes.flatMap((n) => field(1, n)),
    ...name(2, 'toride'),
    ...inputs.flatMap((i) => field(11, i)),
    ...outputs.flatMap((o) => field(12, o)),
  ];
  return new Uint8Array([
    ...number(1, 8),
    ...field(7, graph),
    ...field(8, [...name(1, ''), ...number(2, 17)]),
  ]);
};

const TRANSPOSED = field(5, [...name(1, 'transB'), ...number(3, 1), ...number(20, 2)]);
const PRODUCT = node('Gemm', ['q', 'x'], ['s'], TRANSPOSED);
const INPUTS = [value('q', FLOAT, ['b', 'd']), value('x', FLOAT, ['n', 'd'])];

/** q [b, d], x [n, d] → s [b, n] = q · xᵀ */
export const productModel = (): Uint8Array => model([PRODUCT], INPUTS, [value('s', FLOAT, ['b', 'n'])]);
/** q [b, d], x [n, d], k [1] → v [b, k] the highest products of each row, i [b, k] where they stand, best first */
export const nearestModel = (): Uint8Array =>
  model(
    [PRODUCT, node('TopK', ['s', 'k'], ['v', 'i'])],
    [...INPUTS, value('k', INT64, [1])],
    [value('v', FLOAT, ['b', 'k']), value('i', INT64, ['b', 'k'])],
  );
