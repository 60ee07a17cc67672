import { type BitCoder, BitCounter } from './bit-coder.ts';
import type { ByteReader, ByteWriter } from './bytes.ts';
import { FIELDS } from './fields.ts';
import { codeEven, lengthOf, NumberModel, SymbolModel } from './symbol-model.ts';

/** How a coded column is written: its numbers above the least, small ones or any alike; its steps, all forward
 * or either way; places in a dictionary. */
const PLAIN = 0;
const FORWARD = 1;
const STEPS = 2;
const CHOICE = 3;
const EVEN = 4;
/** any number of so many bits, each as likely */
const DRAWN = 5;

const LARGEST = 2 ** 50;
/** of (contexts × choices) in one model */
const MAX_NODES = 1 << 17;
/** Values on which ways to code are tried. */
const SAMPLE = 300;
/** A dictionary this much dearer than the best without contexts may still become cheaper with them. */
const WORTH_TRYING = 1.5;

/** `context`: 0 none, 1 the value before, 2 + i: the i-th of the columns near. */
type Plan = {
  readonly how: number;
  /** taken off every number or step */
  readonly base: number;
  /** what all divide by then */
  readonly unit: number;
  /** of even numbers: the largest, in units; of drawn ones: their bits */
  readonly most: number;
  /** of a dictionary, rising */
  readonly choices: readonly number[];
  readonly context: number;
};

function divisorOf(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}

/** Ways to code the values worth trying. */
function plansFor(values: Float64Array): Plan[] {
  const n = values.length;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  let minStep = Number.POSITIVE_INFINITY;
  const distinct = new Set<number>();
  for (let i = 0; i < n; i++) {
    const value = values[i] as number;
    if (value < min) min = value;
    if (value > max) max = value;
    if (i > 0) minStep = Math.min(minStep, value - (values[i - 1] as number));
    distinct.add(value);
  }
  let unit = 0;
  let stepUnit = 0;
  const stepBase = Math.max(0, minStep);
  for (let i = 0; i < n && (unit !== 1 || stepUnit !== 1); i++) {
    const value = values[i] as number;
    unit = divisorOf(unit, value - min);
    if (i > 0) stepUnit = divisorOf(stepUnit, Math.abs(value - (values[i - 1] as number) - stepBase));
  }
  const most = (max - min) / (unit || 1);
  const plans: Plan[] = [
    { how: PLAIN, base: min, unit: unit || 1, most, choices: [], context: 0 },
    { how: EVEN, base: min, unit: unit || 1, most, choices: [], context: 0 },
    { how: DRAWN, base: 0, unit: 1, most: bitsOf(min, max), choices: [], context: 0 },
    {
      how: minStep >= 0 ? FORWARD : STEPS,
      base: stepBase,
      unit: stepUnit || 1,
      most: 0,
      choices: [],
      context: 0,
    },
  ];
  if (min < 0) plans.splice(2, 1);
  if (distinct.size > 0.6 * n) return plans;
  const choices = [...distinct].sort((a, b) => a - b);
  plans.push({ how: CHOICE, base: min, unit: unit || 1, most, choices, context: 0 });
  return plans;
}
/** The same with what may tell more: the value before, or one of the columns near. */
function inContexts(plan: Plan, near: readonly Float64Array[], n: number): Plan[] {
  const size = 1 << depthOf(plan.choices.length);
  const counts = [plan.choices.length, ...near.map((column) => new Set(column).size)];
  return counts.flatMap((count, i) =>
    (i === 0 || (count > 1 && count <= 0.6 * n)) && count * size <= MAX_NODES
      ? [{ ...plan, context: i + 1 }]
      : [],
  );
}
/** Of the larger of two numbers. */
const bitsOf = (min: number, max: number): number => lengthOf(Math.max(-min, max));
const depthOf = (choices: number): number => 32 - Math.clz32(choices - 1);

/** Which of its distinct values, in the order they came, each value is. */
function placesOf(values: Float64Array): { places: Uint16Array; count: number } {
  const known = new Map<number, number>();
  const places = Uint16Array.from(values, (value) => {
    const place = known.get(value) ?? known.size;
    known.set(value, place);
    return place;
  });
  return { places, count: known.size };
}

/** Codes the dictionary of a plan, if it has one; returns it. */
function codeDictionary(coder: BitCoder, { base, unit, choices }: Plan, size: number): number[] {
  const gaps = new NumberModel();
  const dictionary = [base];
  let value = base;
  for (let c = 1; c < size; c++) {
    value += unit * (1 + gaps.code(coder, ((choices[c] ?? 0) - value) / unit - 1));
    dictionary.push(value);
  }
  return dictionary;
}
/** Codes the values by a plan; when reading, `values` are filled. `count`: only so many of them. */
function codeBy(
  coder: BitCoder,
  { how, base, unit, most, choices, context }: Plan,
  o: {
    readonly values: Float64Array;
    readonly near: readonly Float64Array[];
    readonly dictionary: readonly number[];
    readonly count: number;
  },
): void {
  const { values, count, dictionary } = o;
  const numbers = new NumberModel();
  if (how === PLAIN) {
    for (let i = 0; i < count; i++)
      values[i] = base + unit * numbers.code(coder, ((values[i] as number) - base) / unit);
    return;
  }
  if (how === EVEN || how === DRAWN) {
    const last = how === EVEN ? most : 2 ** most - 1;
    for (let i = 0; i < count; i++)
      values[i] = base + unit * codeEven(coder, ((values[i] as number) - base) / unit, last);
    return;
  }
  if (how !== CHOICE) {
    const either = how === STEPS;
    for (let i = 1; i < count; i++) {
      const before = values[i - 1] as number;
      const step = ((values[i] as number) - before - base) / unit;
      const coded = numbers.code(coder, either ? (step < 0 ? -2 * step - 1 : 2 * step) : step);
      const read = either ? (coded % 2 ? -(coded + 1) / 2 : coded / 2) : coded;
      values[i] = before + base + unit * read;
    }
    return;
  }
  const index = new Map(choices.map((choice, i) => [choice, i]));
  const other = context > 1 ? placesOf(o.near[context - 2] as Float64Array) : null;
  const model = new SymbolModel(depthOf(dictionary.length));
  let before = 0;
  for (let i = 0; i < count; i++) {
    const place = index.get(values[i] as number) ?? 0;
    const given = other ? (other.places[i] as number) : context === 1 ? before : -1;
    before = model.code(coder, place, given);
    values[i] = dictionary[before] as number;
  }
}

/** Whether the values can be coded: whole numbers that are not too far apart. */
export const isCodable = (min: number, max: number): boolean =>
  min >= -LARGEST && max <= LARGEST && max - min < LARGEST;

/**
 * A column of few rows decision by decision, at what it holds and little more; `near`: columns of the same rows that may say what
 * to expect. For parts with a bit coder only.
 */
export function writeCoded(
  out: ByteWriter,
  coder: BitCoder,
  values: Float64Array,
  near: readonly Float64Array[],
): void {
  const n = values.length;
  const plan = cheapest(values, near);
  out.field(FIELDS.how, plan.how);
  out.signedField(
    FIELDS.first,
    plan.how === FORWARD || plan.how === STEPS ? (values[0] as number) : plan.base,
  );
  out.field(FIELDS.unit, plan.unit);
  if (plan.how === FORWARD) out.field(FIELDS.base, plan.base);
  if (plan.how === EVEN || plan.how === DRAWN) out.field(FIELDS.most, plan.most);
  if (plan.how === CHOICE) {
    out.field(FIELDS.choices, plan.choices.length);
    out.field(FIELDS.context, plan.context);
  }
  const dictionary = codeDictionary(coder, plan, plan.choices.length);
  codeBy(coder, plan, { values: values.slice(), near, dictionary, count: n });
}

function cheapest(values: Float64Array, near: readonly Float64Array[]): Plan {
  const n = values.length;
  const count = Math.min(n, SAMPLE);
  const some = near.map((column) => column.subarray(0, count));
  const cost = (plan: Plan): number => {
    const { how, base, unit, most, choices } = plan;
    const described = bitsOf(base, base) + bitsOf(unit, how === EVEN ? most : unit);
    if (how === EVEN) return described + n * Math.log2(1 + most);
    if (how === DRAWN) return described + n * most;
    const counter = new BitCounter();
    codeDictionary(counter, plan, choices.length);
    const fixed = counter.bits;
    codeBy(counter, plan, { values: values.slice(0, count), near: some, dictionary: choices, count });
    return described + fixed + ((counter.bits - fixed) * n) / count;
  };
  let best: Plan | null = null;
  let least = Number.POSITIVE_INFINITY;
  const consider = (plan: Plan): number => {
    const bits = cost(plan);
    if (bits < least) {
      best = plan;
      least = bits;
    }
    return bits;
  };
  for (const plan of plansFor(values)) {
    const bits = consider(plan);
    if (plan.how === CHOICE && bits < WORTH_TRYING * least)
      for (const other of inContexts(plan, near, n)) consider(other);
  }
  return best ?? { how: PLAIN, base: 0, unit: 1, most: 0, choices: [], context: 0 };
}

export function readCoded(
  input: ByteReader,
  coder: BitCoder,
  values: Float64Array,
  near: readonly Float64Array[],
): void {
  const how = input.field(FIELDS.how);
  const first = input.signedField(FIELDS.first);
  const unit = input.field(FIELDS.unit);
  const base = how === FORWARD ? input.field(FIELDS.base) : how === STEPS ? 0 : first;
  const most = how === EVEN || how === DRAWN ? input.field(FIELDS.most) : 0;
  const size = how === CHOICE ? input.field(FIELDS.choices) : 1;
  const context = how === CHOICE ? input.field(FIELDS.context) : 0;
  if (
    how > DRAWN ||
    (how === DRAWN && most > 52) ||
    size < 1 ||
    size > values.length ||
    context > near.length + 1
  )
    throw new RangeError('not a coded column');
  values[0] = first;
  const plan: Plan = { how, base, unit, most, choices: [], context };
  const dictionary = codeDictionary(coder, plan, size);
  codeBy(coder, plan, { values, near, dictionary, count: values.length });
}
