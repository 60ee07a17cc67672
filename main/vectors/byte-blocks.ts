import type { InferenceSession } from 'onnxruntime-node';
import type { Allow, Found, VectorMatrix } from './matrix.ts';
import { Nearest } from './nearest.ts';
import { byteModel } from './onnx-model.ts';

type Runtime = typeof import('onnxruntime-node');
type Block = { readonly session: InferenceSession; readonly scales: Float32Array };

/** rows a block: to make one takes about 25 ms of the engine's thread; so many are read as they are in about 1 ms */
const ROWS = 4_096;
/** read again as they are, for each one wanted: built-in vectors have crowds of near-ties */
const AGAIN = 10;

/**
 * Exact search but for a byte a coordinate: onnxruntime multiplies blocks of rows as whole bytes, and the nearest are read again as
 * floats. Rows that changed since their block was made are read as they are, so a search always sees the last change. Where
 * onnxruntime is not there, all rows are.
 */
export class ByteBlocks {
  private readonly matrix: VectorMatrix;
  private readonly rows: number;
  private runtime: Promise<Runtime | null> | null = null;
  private readonly blocks: Block[] = [];
  /** rows whose block says something older → when that was */
  private readonly young = new Map<number, number>();
  private turn = 0;
  private making: Promise<void> | null = null;
  private readonly searching = new Set<Promise<unknown>>();

  /** @param rows a block, and up to so many are read as they are: all there are, those a set allows, those that changed */
  constructor(matrix: VectorMatrix, rows = ROWS) {
    this.matrix = matrix;
    this.rows = rows;
  }
  /** A row was put in, changed, or took the place of one that was taken out. */
  touch(row: number): void {
    this.young.set(row, this.turn++);
  }
  get ready(): boolean {
    return this.blocks.length > 0;
  }
  /** Makes blocks where many rows changed, one at a time, and resolves when they are made. */
  async settled(): Promise<void> {
    if (this.young.size <= this.rows) return;
    this.making ??= this.make().finally(() => {
      this.making = null;
    });
    await this.making;
  }
  search(query: Float32Array, k: number, allow?: Allow): Promise<Found[]> {
    const found = this.find(query, k, allow);
    this.searching.add(found);
    return found.finally(() => this.searching.delete(found));
  }
  private async find(query: Float32Array, k: number, allow?: Allow): Promise<Found[]> {
    const { matrix } = this;
    const runtime = await this.runtime;
    if (!runtime || this.blocks.length === 0 || (typeof allow === 'object' && allow.size <= this.rows))
      return matrix.search(query, k, allow);
    matrix.check(query);
    const isAllowed = typeof allow === 'object' ? (id: number) => allow.has(id) : allow;
    const { codes } = encode(query, 0, 1, query.length);
    const q = new runtime.Tensor('uint8', codes, [1, query.length]);
    const asked = [...this.blocks];
    const outs = await Promise.all(asked.map((block) => block.session.run({ q })));
    const near = new Nearest(k * AGAIN);
    const best = new Nearest(k);
    const read = (row: number): void => best.offer(matrix.idAt(row), matrix.score(row, query));
    const readIfAllowed = (row: number): void => {
      if (row < matrix.size && (!isAllowed || isAllowed(matrix.idAt(row)))) read(row);
    };
    this.blocks.forEach((block, b) => {
      const end = Math.min(block.scales.length, matrix.size - b * this.rows);
      // made since it was asked: what answered may be of other rows
      if (asked[b] !== block) {
        for (let i = 0; i < end; i++) readIfAllowed(b * this.rows + i);
        return;
      }
      const products = outs[b]?.['s']?.data as Int32Array;
      for (let i = 0; i < end; i++) {
        const score = (products[i] ?? 0) * (block.scales[i] ?? 0);
        const row = b * this.rows + i;
        // the filter is asked only of what is near enough
        if (score >= near.bar && !this.young.has(row) && (!isAllowed || isAllowed(matrix.idAt(row))))
          near.offer(row, score);
      }
    });
    for (const { id: row } of near.list()) read(row);
    for (const row of this.young.keys()) readIfAllowed(row);
    return best.list();
  }
  private async make(): Promise<void> {
    this.runtime ??= import('onnxruntime-node').catch(() => null);
    const runtime = await this.runtime;
    if (!runtime) return;
    while (this.young.size > this.rows) {
      const stale = new Set(this.young.keys().map((row) => Math.floor(row / this.rows)));
      for (const b of [...stale].sort((x, y) => x - y)) {
        await this.makeBlock(runtime, b);
        await new Promise((resolve) => setImmediate(resolve));
      }
      for (const row of this.young.keys()) if (row >= this.matrix.size) this.young.delete(row);
    }
  }
  private async makeBlock(runtime: Runtime, b: number): Promise<void> {
    const { values, size, dimensions } = this.matrix;
    const rows = Math.min(this.rows, size - b * this.rows);
    if (rows < 1) return;
    const before = this.turn;
    const { codes, scales } = encode(values, b * this.rows, rows, dimensions);
    const session = await runtime.InferenceSession.create(byteModel(dimensions, rows, codes), {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'disabled',
    });
    const old = this.blocks[b];
    this.blocks[b] = { session, scales };
    for (const [row, turn] of this.young)
      if (turn < before && Math.floor(row / this.rows) === b) this.young.delete(row);
    if (old) void Promise.allSettled([...this.searching]).then(() => old.session.release());
  }
  async close(): Promise<void> {
    await this.making;
    await Promise.allSettled([...this.searching]);
    for (const block of this.blocks.splice(0)) await block.session.release();
  }
}

/** `count` rows from row `from` as bytes around 128, one column a row ([d, count]), with what one step of each row's bytes is worth. */
function encode(
  values: Float32Array,
  from: number,
  count: number,
  d: number,
): { codes: Uint8Array; scales: Float32Array } {
  const codes = new Uint8Array(count * d);
  const scales = new Float32Array(count);
  for (let r = 0; r < count; r++) {
    let top = 1e-30;
    for (let at = (from + r) * d, end = at + d; at < end; at++)
      top = Math.max(top, Math.abs(values[at] ?? 0));
    scales[r] = top / 127;
  }
  // written in order: twice as quick as read in order
  for (let i = 0; i < d; i++)
    for (let r = 0; r < count; r++)
      codes[i * count + r] = 128.5 + (values[(from + r) * d + i] ?? 0) / (scales[r] ?? 1);
  return { codes, scales };
}
