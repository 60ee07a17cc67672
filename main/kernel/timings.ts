/** How long things took since the start, by kind and name. Holds no values of a query, so nothing private. */
export type Timing = {
  readonly name: string;
  readonly count: number;
  /** of the last 100, ms */
  readonly medianMs: number;
  readonly worstMs: number;
  readonly totalMs: number;
};
const RECENT = 100;
const NAMES = 300;

export class Timings {
  private readonly kinds = new Map<
    string,
    Map<string, { count: number; totalMs: number; worstMs: number; recent: number[] }>
  >();

  add(kind: string, name: string, ms: number): void {
    const names = this.kinds.get(kind) ?? new Map();
    this.kinds.set(kind, names);
    const known = names.get(name) ?? { count: 0, totalMs: 0, worstMs: 0, recent: [] };
    if (!names.has(name) && names.size >= NAMES) return;
    names.set(name, known);
    known.count++;
    known.totalMs += ms;
    known.worstMs = Math.max(known.worstMs, ms);
    known.recent.push(ms);
    if (known.recent.length > RECENT) known.recent.shift();
  }
  /** Adds what `work` took, also where it fails. */
  async timed<T>(kind: string, name: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      return await work();
    } finally {
      this.add(kind, name, performance.now() - began);
    }
  }
  /** those that took longest in all first */
  list(kind: string): Timing[] {
    return [...(this.kinds.get(kind) ?? [])]
      .map(([name, { recent, ...all }]) => ({
        name,
        ...all,
        medianMs: recent.toSorted((a, b) => a - b)[recent.length >> 1] ?? 0,
      }))
      .sort((a, b) => b.totalMs - a.totalMs);
  }
}
