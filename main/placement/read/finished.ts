/** A snapshot of one cell: epoch ms, the day's counter, what waits. */
type Counted = { readonly at: number; readonly done: number | null; readonly backlog: number };
/** Counters as they were meant: a value that dips and comes back is a bad row, not a reset. */
const withoutDips = (rows: readonly Counted[]): { at: number; done: number; backlog: number }[] => {
  const counted = rows.flatMap((row) =>
    row.done === null ? [] : [{ at: row.at, done: row.done, backlog: row.backlog }],
  );
  return counted.filter((row, i) => {
    const before = counted[i - 1];
    const after = counted[i + 1];
    return !(before && after && row.done < before.done && after.done >= before.done);
  });
};

/**
 * Items finished per snapshot interval, oldest first. An interval over which the counter fell (a new day, a restart of the
 * company's system) says nothing and is left out; so are snapshots without a counter.
 */
export function finishedPerInterval(
  rows: readonly Counted[],
): { from: number; at: number; items: number; backlog: number }[] {
  const counted = withoutDips(rows);
  return counted.slice(1).flatMap((row, i) => {
    const before = counted[i];
    return before && row.done >= before.done
      ? [{ from: before.at, at: row.at, items: row.done - before.done, backlog: row.backlog }]
      : [];
  });
}
