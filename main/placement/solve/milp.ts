import type { ModelData } from 'highs';

export type Row = { readonly lower: number; readonly upper: number; columns: number[]; values: number[] };

/** A sparse mixed-integer program: minimise `cost · x`. Infinite bounds are ±Infinity. */
export class Milp {
  readonly cost: number[] = [];
  readonly lower: number[] = [];
  readonly upper: number[] = [];
  readonly integer: boolean[] = [];
  readonly rows: Row[] = [];

  /** Adds a column and returns its index. */
  column(o: { lower: number; upper: number; integer?: boolean; cost: number }): number {
    this.lower.push(o.lower);
    this.upper.push(o.upper);
    this.integer.push(o.integer ?? false);
    return this.cost.push(o.cost) - 1;
  }
  /** Adds `lower ≤ Σ values·columns ≤ upper`. */
  row(lower: number, upper: number, columns: number[], values: number[]): Row {
    const row = { lower, upper, columns, values };
    this.rows.push(row);
    return row;
  }
  activity(row: Row, values: Float64Array): number {
    return row.columns.reduce((sum, column, k) => sum + (row.values[k] ?? 0) * (values[column] ?? 0), 0);
  }
  objective(values: Float64Array): number {
    return this.cost.reduce((sum, cost, k) => sum + cost * (values[k] ?? 0), 0);
  }
  /** Whether `values` keeps every bound, row and integrality; solutions of another thread are checked before they are used. */
  isFeasible(values: Float64Array, tolerance = 1e-5): boolean {
    if (values.length !== this.cost.length) return false;
    const inside = (value: number, lower: number, upper: number): boolean => {
      const slack = tolerance * Math.max(1, Math.abs(value));
      return value >= lower - slack && value <= upper + slack;
    };
    return (
      values.every(
        (value, k) =>
          inside(value, this.lower[k] ?? 0, this.upper[k] ?? 0) &&
          (!this.integer[k] || Math.abs(value - Math.round(value)) <= tolerance),
      ) && this.rows.every((row) => inside(this.activity(row, values), row.lower, row.upper))
    );
  }
  /** The arrays HiGHS takes; its infinity is IEEE's. */
  toModelData(): ModelData {
    const size = this.rows.reduce((sum, row) => sum + row.columns.length, 0);
    const starts = new Int32Array(this.rows.length + 1);
    const indices = new Int32Array(size);
    const values = new Float64Array(size);
    let k = 0;
    this.rows.forEach((row, i) => {
      starts[i] = k;
      indices.set(row.columns, k);
      values.set(row.values, k);
      k += row.columns.length;
    });
    starts[this.rows.length] = k;
    return {
      numCols: this.cost.length,
      numRows: this.rows.length,
      colCost: Float64Array.from(this.cost),
      colLower: Float64Array.from(this.lower),
      colUpper: Float64Array.from(this.upper),
      rowLower: Float64Array.from(this.rows, (row) => row.lower),
      rowUpper: Float64Array.from(this.rows, (row) => row.upper),
      matrix: {
        format: 'csr',
        numRows: this.rows.length,
        numCols: this.cost.length,
        starts,
        indices,
        values,
      },
      integrality: Int32Array.from(this.integer, Number),
    };
  }
}
