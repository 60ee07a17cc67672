// Fixed draws: every plan is tried on the same chances, so that two plans differ only by what they change.

/** mulberry32 */
const uniform = (seed: number): (() => number) => {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

/** Standard normal quantile, relative error below 1.15e-9 (Acklam 2003) */
export function normalQuantile(p: number): number {
  const tail = (q: number): number =>
    (((((-7.784894002430293e-3 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) *
      q +
      4.374664141464968) *
      q +
      2.938163982698783) /
    ((((7.784695709041462e-3 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q +
      1);
  if (p < 0.02425) return tail(Math.sqrt(-2 * Math.log(p)));
  if (p > 0.97575) return -tail(Math.sqrt(-2 * Math.log(1 - p)));
  const q = p - 0.5;
  const r = q * q;
  return (
    ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
      2.506628277459239) *
      q) /
    (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
      1)
  );
}

const SIZE = 1 << 14;
const NORMALS = ((): Float64Array => {
  const random = uniform(20260101);
  return Float64Array.from({ length: SIZE }, () => normalQuantile(random() * 0.999998 + 1e-6));
})();
/** A standard normal draw that belongs to this place and no other: the same whatever else is drawn. */
export const normalAt = (path: number, step: number, block: number): number => {
  const place =
    Math.imul(path + 1, 0x9e3779b1) ^ Math.imul(step + 1, 0x85ebca6b) ^ Math.imul(block + 1, 0xc2b2ae35);
  return NORMALS[Math.imul(place ^ (place >>> 15), 0x2c1b3c6d) >>> 18] ?? 0;
};

/** Gamma quantile of mean 1 and this shape at a standard normal z, by the cube root of Wilson & Hilferty (1931) */
export const gammaFactor = (shape: number, z: number): number => {
  const d = 1 / (9 * shape);
  return Math.max(0, 1 - d + z * Math.sqrt(d)) ** 3;
};
