/** Keeps the `k` best of what it is offered, best first; of equals the one with the lower id. */
export class Nearest {
  private readonly ids: Float64Array;
  private readonly scores: Float64Array;
  private size = 0;
  private readonly k: number;
  /** what a newcomer has to reach */
  bar = Number.NEGATIVE_INFINITY;
  constructor(k: number) {
    if (!Number.isInteger(k) || k < 0) throw new RangeError(`not a number of neighbours: ${k}`);
    this.k = k;
    this.ids = new Float64Array(k);
    this.scores = new Float64Array(k);
    if (k === 0) this.bar = Number.POSITIVE_INFINITY;
  }
  offer(id: number, score: number): void {
    if (score < this.bar || this.k === 0) return;
    const { ids, scores, k } = this;
    const isBefore = (i: number): boolean => {
      const other = scores[i] ?? 0;
      return other < score || (other === score && (ids[i] ?? 0) > id);
    };
    let place = this.size;
    if (place < k) this.size++;
    else if (isBefore(--place)) place = k - 1;
    else return;
    for (; place > 0 && isBefore(place - 1); place--) {
      ids[place] = ids[place - 1] ?? 0;
      scores[place] = scores[place - 1] ?? 0;
    }
    ids[place] = id;
    scores[place] = score;
    if (this.size === k) this.bar = scores[k - 1] ?? 0;
  }
  list(): { id: number; score: number }[] {
    return Array.from({ length: this.size }, (_, i) => ({
      id: this.ids[i] ?? 0,
      score: this.scores[i] ?? 0,
    }));
  }
}

/** The inner product of row `at` … `at + query.length` of `values` with `query`. */
export function dot(values: Float32Array, at: number, query: Float32Array): number {
  const d = query.length;
  const whole = d - (d % 4);
  let a = 0;
  let b = 0;
  // two sums at a time, so that the processor need not wait for the one before
  for (let i = 0; i < whole; i += 4) {
    a += (values[at + i] ?? 0) * (query[i] ?? 0) + (values[at + i + 1] ?? 0) * (query[i + 1] ?? 0);
    b += (values[at + i + 2] ?? 0) * (query[i + 2] ?? 0) + (values[at + i + 3] ?? 0) * (query[i + 3] ?? 0);
  }
  for (let i = whole; i < d; i++) a += (values[at + i] ?? 0) * (query[i] ?? 0);
  return a + b;
}

/** The `k` nearest of unit vectors that stand in a list, by reading those that `allow` accepts; their ids are their places. */
export function searchExact(
  query: Float32Array,
  vectors: readonly Float32Array[],
  k: number,
  allow?: (place: number) => boolean,
): { id: number; score: number }[] {
  const best = new Nearest(Math.max(0, k));
  vectors.forEach((vector, place) => {
    if (vector.length === query.length && (!allow || allow(place))) best.offer(place, dot(vector, 0, query));
  });
  return best.list();
}
