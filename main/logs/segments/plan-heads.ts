/** Lines of one source begin alike, whatever they go on to say: how many of their first variables share columns across templates. */

/** Groups of fewer rows are no columns. */
const LEAST_ROWS = 8;
const MOST_VARIABLES = 40;
/** Rows looked at. */
const MOST_ROWS = 700;
const RUN_BITS = 6;
/** Of any column, in bits: its kind, its least, its dictionary's size. */
const COLUMN_BITS = 40;

export type HeadSource = {
  /** what stands before, between and after the variables of each layout; null: not to be cut */
  readonly pieces: readonly (readonly string[] | null)[];
  /** the layout and the template of each row: where there are no heads, rows of one template with as many variables share columns */
  readonly layoutOf: Float64Array;
  readonly templates: Int32Array;
  /** a number or a text that tells values of a variable apart */
  value(row: number, variable: number): number | string;
};
/** `variables` 0: none. Layouts of one `group` share the columns of their heads. */
export type Head = { readonly variables: number; readonly group: number };

/** What a column takes, in bits, about: places in a dictionary, steps, or digits, whichever is least. */
function costOf(values: readonly (number | string)[]): number {
  const n = values.length;
  const seen = new Map<number | string, number>();
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let steps = 0;
  let before = 0;
  for (const value of values) {
    seen.set(value, (seen.get(value) ?? 0) + 1);
    const number = typeof value === 'number' ? value : value.length * 1e6;
    steps += 2 + Math.log2(1 + Math.abs(number - before));
    before = number;
    if (number < min) min = number;
    if (number > max) max = number;
  }
  if (seen.size === 1) return COLUMN_BITS;
  let places = seen.size * (3 + Math.log2(1 + (max - min) / seen.size));
  for (const count of seen.values()) places += count * Math.log2(n / count);
  return COLUMN_BITS + Math.min(places, steps, n * Math.log2(1 + max - min));
}

type Node = { readonly layouts: readonly number[]; readonly rows: readonly number[] };
type Plan = { readonly gain: number; readonly heads: readonly { node: Node; variables: number }[] };

/** A head for each layout, so that columns of heads and of what is left take least together. */
export function planHeads(o: HeadSource): Head[] {
  const heads: Head[] = o.pieces.map(() => ({ variables: 0, group: -1 }));
  const rowsOf: number[][] = o.pieces.map(() => []);
  // runs of them, since steps from row to row count
  const every = Math.ceil(o.layoutOf.length / MOST_ROWS);
  for (let row = 0; row < o.layoutOf.length; row++)
    if ((row >> RUN_BITS) % every === 0) rowsOf[o.layoutOf[row] as number]?.push(row);
  const depthOf = (layout: number): number => (o.pieces[layout]?.length ?? 1) - 1;
  const groupOf = Array.from(
    o.layoutOf,
    (layout, row) => (o.templates[row] as number) * 128 + depthOf(layout),
  );
  const aloneByRow = costsByRow(
    o,
    rowsOf.flat().sort((a, b) => a - b),
    groupOf,
    depthOf,
  );
  const nodeOf = (layouts: readonly number[]): Node => ({
    layouts,
    rows: layouts.flatMap((layout) => rowsOf[layout] ?? []).sort((a, b) => a - b),
  });
  const gainOf = (rows: readonly number[], variable: number): number => {
    let alone = 0;
    for (const row of rows) alone += aloneByRow.get(groupOf[row] as number)?.[variable] ?? 0;
    return alone - costOf(rows.map((row) => o.value(row, variable)));
  };
  /** `gains`: of the node's rows, per variable shared so far. */
  const best = (node: Node, gains: readonly number[]): Plan => {
    const depth = gains.length;
    const cut = depth > 0 && node.layouts.every((layout) => o.pieces[layout]?.[depth] !== '.');
    const here: Plan = cut
      ? { gain: gains.reduce((sum, gain) => sum + gain, 0), heads: [{ node, variables: depth }] }
      : { gain: 0, heads: [] };
    if (depth >= MOST_VARIABLES) return here;
    const children = Map.groupBy(
      node.layouts.filter((layout) => depthOf(layout) > depth),
      (layout) => (depth === 0 ? '' : (o.pieces[layout]?.[depth] ?? '')),
    );
    const deeper: Plan[] = [];
    let left = node.rows.length;
    const taken = new Set<number>();
    for (const layouts of children.values()) {
      const child = layouts.length === node.layouts.length ? node : nodeOf(layouts);
      if (child.rows.length < LEAST_ROWS) continue;
      if (new Set(child.rows.map((row) => groupOf[row])).size < 2) continue;
      const known = child === node ? gains : gains.map((_, variable) => gainOf(child.rows, variable));
      const plan = best(child, [...known, gainOf(child.rows, depth)]);
      if (plan.gain <= 0) continue;
      deeper.push(plan);
      left -= child.rows.length;
      for (const layout of layouts) taken.add(layout);
    }
    const deep = deeper.reduce((sum, plan) => sum + plan.gain, 0);
    // those who go no deeper stay together
    const rest =
      left >= LEAST_ROWS && cut ? nodeOf(node.layouts.filter((layout) => !taken.has(layout))) : null;
    const restGain = rest ? gains.reduce((sum, _, variable) => sum + gainOf(rest.rows, variable), 0) : 0;
    const stay: Plan =
      rest && restGain > 0
        ? { gain: restGain, heads: [{ node: rest, variables: depth }] }
        : { gain: 0, heads: [] };
    if (deep + stay.gain <= here.gain) return here;
    return { gain: deep + stay.gain, heads: [...deeper.flatMap((plan) => plan.heads), ...stay.heads] };
  };
  const all = nodeOf(o.pieces.flatMap((pieces, layout) => (pieces && pieces.length > 1 ? [layout] : [])));
  const { gain, heads: chosen } = best(all, []);
  if (gain <= 0) return heads;
  chosen.forEach(({ node, variables }, group) => {
    for (const layout of node.layouts) heads[layout] = { variables, group };
  });
  return heads;
}

/** Per group and variable: what a row's value takes in a column of its group alone. */
function costsByRow(
  o: HeadSource,
  all: readonly number[],
  groupOf: readonly number[],
  depthOf: (layout: number) => number,
): Map<number, Float64Array> {
  const groups = Map.groupBy(all, (row) => groupOf[row] as number);
  const costs = new Map<number, Float64Array>();
  for (const [group, rows] of groups) {
    const depth = Math.min(MOST_VARIABLES, depthOf(o.layoutOf[rows[0] as number] as number));
    const ofGroup = Float64Array.from(
      { length: depth },
      (_, variable) => costOf(rows.map((row) => o.value(row, variable))) / rows.length,
    );
    costs.set(group, ofGroup);
  }
  return costs;
}
