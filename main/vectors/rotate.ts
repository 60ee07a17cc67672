/** coordinates mixed with one another at once */
const BLOCK = 128;
const ROUNDS = 3;

/** A seeded stream of numbers below 2³² (xorshift32). */
const stream = (seed: number): (() => number) => {
  let s = seed >>> 0;
  return () => {
    s ^= s << 13;
    s ^= s >>> 17;
    s ^= s << 5;
    return s >>> 0;
  };
};
/** The Walsh–Hadamard transform of every block of 128, scaled so that lengths stay. */
function mix(values: Float32Array): void {
  for (let from = 0; from < values.length; from += BLOCK)
    for (let half = 1; half < BLOCK; half *= 2)
      for (let i = from; i < from + BLOCK; i += 2 * half)
        for (let j = i; j < i + half; j++) {
          const a = values[j] ?? 0;
          const b = values[j + half] ?? 0;
          values[j] = a + b;
          values[j + half] = a - b;
        }
}

/**
 * A rotation that spreads whatever a vector holds evenly over its coordinates, the same at every start: signs by chance, the
 * Walsh–Hadamard transform in blocks, a shuffle; three times. Angles and lengths stay. Works in `rotated`, which is as long as
 * `dimensions` rounded up to whole blocks.
 */
export class Rotation {
  readonly dimensions: number;
  readonly rotated: Float32Array;
  private readonly passed: Float32Array;
  private readonly signs: readonly Float32Array[];
  private readonly places: readonly Int32Array[];

  constructor(dimensions: number) {
    this.dimensions = dimensions;
    const length = Math.ceil(dimensions / BLOCK) * BLOCK;
    this.rotated = new Float32Array(length);
    this.passed = new Float32Array(length);
    const next = stream(0x51ed270b);
    const rounds = Array.from({ length: ROUNDS }, () => ({
      signs: Float32Array.from({ length }, () => (next() & 0x10000 ? 1 : -1) / Math.sqrt(BLOCK)),
      places: shuffled(length, next),
    }));
    this.signs = rounds.map((round) => round.signs);
    this.places = rounds.map((round) => round.places);
  }
  /** Fills `rotated` from a vector of `dimensions`. */
  turn(vector: Float32Array): Float32Array {
    const { rotated, passed } = this;
    rotated.fill(0);
    rotated.set(vector);
    for (let round = 0; round < ROUNDS; round++) {
      const signs = this.signs[round] ?? passed;
      const places = this.places[round] ?? [];
      for (let i = 0; i < passed.length; i++) passed[i] = (rotated[i] ?? 0) * (signs[i] ?? 0);
      mix(passed);
      for (let i = 0; i < passed.length; i++) rotated[i] = passed[places[i] ?? 0] ?? 0;
    }
    return rotated;
  }
}

function shuffled(length: number, next: () => number): Int32Array {
  const places = Int32Array.from({ length }, (_, i) => i);
  for (let i = length - 1; i > 0; i--) {
    const j = next() % (i + 1);
    const held = places[i] ?? 0;
    places[i] = places[j] ?? 0;
    places[j] = held;
  }
  return places;
}
