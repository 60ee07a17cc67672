import type { Units } from './packed-records.ts';
import type { Splitter } from './split-text.ts';

const ZERO = 48;

/** What varies in the rows of a segment; a row's variables are counted from `from[row]` among those of all. */
export class Variables {
  private readonly text: string;
  private readonly units: Units;
  private readonly splitter: Splitter;
  private readonly from: Int32Array;

  constructor(text: string, units: Units, splitter: Splitter, from: Int32Array) {
    this.text = text;
    this.units = units;
    this.splitter = splitter;
    this.from = from;
  }
  /**
   * The values of one variable in `rows` when all are plain numbers written alike: `padding` 0 without leading zeros, else the
   * number of digits all of them have. null: a column of texts.
   */
  numbers(rows: readonly number[], variable: number): { values: Float64Array; padding: number } | null {
    const { from, units } = this;
    const { starts, ends, nums } = this.splitter;
    const n = rows.length;
    const width = this.digits(rows[0] as number, variable);
    if ((nums[(from[rows[0] as number] as number) + variable] as number) < 0) return null;
    const values = new Float64Array(n);
    let natural = true;
    let fixed = true;
    for (let k = 0; k < n; k++) {
      const i = (from[rows[k] as number] as number) + variable;
      const value = nums[i] as number;
      if (value < 0) return null;
      values[k] = value;
      const start = starts[i] as number;
      const digits = (ends[i] as number) - start;
      if (digits !== width) fixed = false;
      if (digits > 1 && natural && units[start] === ZERO) natural = false;
      if (!natural && !fixed) return null;
    }
    return { values, padding: natural ? 0 : width };
  }
  digits(row: number, variable: number): number {
    const i = (this.from[row] as number) + variable;
    return (this.splitter.ends[i] as number) - (this.splitter.starts[i] as number);
  }
  variable(row: number, variable: number): string {
    const i = (this.from[row] as number) + variable;
    return this.text.slice(this.splitter.starts[i], this.splitter.ends[i]);
  }
}
