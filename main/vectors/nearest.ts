/** Keeps the `k` best of what it is offered, best first; of equals the one with the lower id. */
export class Nearest {
  readonly ids: Float64Array;
  readonly scores: Float64Array;
  size = 0;
  private readonly k: number;
  constructor(k: number) {
    this.k = k;
    this.ids = new Float64Array(k);
    this.scores = new Float64Array(k);
  }
  /** What a newcomer has to reach. */
  get bar(): number {
    return this.size < this.k ? Number.NEGATIVE_INFINITY : (this.scores[this.k - 1] ?? 0);
  }
  offer(id: number, score: number): void {
    const { ids, scores } = this;
    let place = this.size;
    const before = (i: number): boolean => {
      const other = scores[i] ?? 0;
      return other < score || (other === score && (ids[i] ?? 0) > id);
    };
    if (place === this.k) {
      if (!before(place - 1)) return;
      place--;
    } else this.size++;
    for (; place > 0 && before(place - 1); place--) {
      ids[place] = ids[place - 1] ?? 0;
      scores[place] = scores[place - 1] ?? 0;
    }
    ids[place] = id;
    scores[place] = score;
  }
  list(): { id: number; score: number }[] {
    return Array.from({ length: this.size }, (_, i) => ({
      id: this.ids[i] ?? 0,
      score: this.scores[i] ?? 0,
    }));
  }
}
