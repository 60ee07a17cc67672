/** A slice of a prompt takes about this time at most: then a cancellation is heard, and somebody more urgent. */
const SLICE_MS = 180;
/**
 * Lengths a slice may have. Weights are unpacked for four tokens at once: on one thread of a CPU, 3 tokens of a 4B model took as long as 4
 * (280 and 272 ms), 1 and 2 as long a token as 3.
 */
const LENGTHS = [1, 2, 4, 8, 16, 32, 48, 64, 128, 256, 512] as const;
/** until a model has been timed; a large one on one thread needs a tenth of a second a token */
const FIRST = 2;

/** How many tokens of a prompt are evaluated together, learnt from how long the slices before took. */
export class SliceLength {
  private readonly most: number;
  /** ms; null: not timed yet */
  private perToken: number | null = null;
  constructor(most: number) {
    this.most = most;
  }
  get now(): number {
    if (this.perToken === null) return FIRST;
    const fitting = Math.min(this.most, SLICE_MS / Math.max(this.perToken, 1e-3));
    return LENGTHS.findLast((length) => length <= fitting) ?? 1;
  }
  /** By halves: whatever else the computer does comes and goes. */
  learn(tokens: number, ms: number): void {
    const measured = ms / tokens;
    this.perToken = this.perToken === null ? measured : (this.perToken + measured) / 2;
  }
}
