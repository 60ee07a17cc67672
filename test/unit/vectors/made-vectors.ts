/** A seeded stream of numbers in [0, 1) (xorshift32). */
export function chanceFrom(seed: number): () => number {
  let s = seed >>> 0 || 1;
  return () => {
    s ^= s << 13;
    s >>>= 0;
    s ^= s >>> 17;
    s ^= s << 5;
    s >>>= 0;
    return s / 2 ** 32;
  };
}
const bell = (chance: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());

export const unit = (v: Float32Array): Float32Array => {
  let sum = 0;
  for (const x of v) sum += x * x;
  const length = Math.sqrt(sum) || 1;
  return v.map((x) => x / length);
};

/**
 * `n` unit vectors around `groups` centres, as embeddings of texts lie: a share of them (`alone`) far from every centre.
 * `labels[i]`: the centre, −1 alone. Groups differ in size and width.
 */
export function madeVectors(o: {
  n: number;
  dimensions: number;
  groups: number;
  spread?: number;
  alone?: number;
  seed?: number;
}): { matrix: Float32Array; rows: Float32Array[]; labels: number[] } {
  const { n, dimensions: d, groups, spread = 0.35, alone = 0, seed = 1 } = o;
  const chance = chanceFrom(seed);
  const draw = (scale: number): Float32Array => Float32Array.from({ length: d }, () => scale * bell(chance));
  const centres = Array.from({ length: groups }, () => unit(draw(1)));
  const matrix = new Float32Array(n * d);
  const labels: number[] = [];
  const rows: Float32Array[] = [];
  for (let i = 0; i < n; i++) {
    const lone = groups === 0 || chance() < alone;
    const label = lone ? -1 : Math.floor(chance() ** 1.5 * groups);
    const noise = draw(lone ? 1 : (spread * (0.6 + 0.8 * ((label * 7) % 11) * 0.1)) / Math.sqrt(d));
    const centre = centres[label];
    const row = unit(centre ? noise.map((x, j) => x + (centre[j] ?? 0)) : noise);
    matrix.set(row, i * d);
    rows.push(row);
    labels.push(label);
  }
  return { matrix, rows, labels };
}
