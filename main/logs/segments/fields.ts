import type { BitCoder } from './bit-coder.ts';
import { NumberModel } from './symbol-model.ts';

/** What is said of columns beside their values. Those of signed numbers take two places. */
export const FIELDS = {
  numbersKind: 0,
  constant: 1,
  columnKind: 3,
  padding: 4,
  same: 5,
  clockField: 6,
  clockOffset: 7,
  how: 9,
  first: 10,
  unit: 12,
  base: 13,
  most: 14,
  choices: 15,
  context: 16,
} as const;
export type Field = (typeof FIELDS)[keyof typeof FIELDS];

/** Learns what is usual in each field of one part: descriptions of columns are much alike. */
export class FieldModels {
  private readonly models: NumberModel[] = [];
  code(coder: BitCoder, place: number, value: number): number {
    let model = this.models[place];
    if (!model) {
      model = new NumberModel();
      this.models[place] = model;
    }
    return model.code(coder, value);
  }
}
