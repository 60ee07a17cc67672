/**
 * UMAP (McInnes, Healy, Melville 2018) of a k-NN graph onto a plane: typed arrays, seeded, cancellable between epochs. Rows that
 * were drawn before begin where they were and the result is turned and scaled onto the old picture, so that a map stays
 * recognisable while templates come and go.
 */
import { Cancelled } from '../kernel/errors.ts';
import type { NeighbourLists, PairsOptions } from '../vectors/index.ts';

/** neighbours a row is held by */
const HELD_BY = 15;
/** 1 / (1 + a x^2b) fits a least distance of 0.1 at spread 1 */
const A = 1.577;
const B = 0.895;
const REPELLED = 5;
const EPOCHS = 200;
/** when most of the picture stands already */
const EPOCHS_AGAIN = 60;
const KNOWN_SHARE = 0.6;
/** how much less a row that was drawn before gives way than a new one */
const INERTIA = 0.05;
const CLIP = 4;
const SPAN = 10;

export type DrawOptions = PairsOptions & {
  readonly seed: number;
  /** x and y of each row in 0…1 as it was drawn before; NaN: it was not */
  readonly before: Float32Array;
  /** one number a row, the same in every run: where equal rows are laid apart */
  readonly salts: Uint32Array;
};

type Graph = { readonly from: Int32Array; readonly to: Int32Array; readonly weight: Float32Array };

/** Local scale of each row so that its memberships sum to log2 k, then the fuzzy union of both directions. */
function fuzzyGraph({ k: stride, ids, distances }: NeighbourLists, n: number): Graph {
  const k = Math.min(HELD_BY, stride);
  const goal = Math.log2(k);
  const share = new Float32Array(n * k);
  for (let i = 0; i < n; i++) {
    const at = (t: number): number => distances[i * stride + t] ?? Number.POSITIVE_INFINITY;
    let nearest = 0;
    let total = 0;
    let count = 0;
    for (let t = 0; t < k && Number.isFinite(at(t)); t++) {
      if (nearest === 0) nearest = at(t);
      total += at(t);
      count++;
    }
    let low = 0;
    let high = Number.POSITIVE_INFINITY;
    let scale = 1;
    for (let pass = 0; pass < 48; pass++) {
      let sum = 0;
      for (let t = 0; t < count; t++) sum += Math.exp(-Math.max(0, at(t) - nearest) / scale);
      if (Math.abs(sum - goal) < 1e-5) break;
      if (sum > goal) high = scale;
      else low = scale;
      scale = Number.isFinite(high) ? (low + high) / 2 : scale * 2;
    }
    scale = Math.max(scale, 1e-3 * (total / Math.max(1, count)), 1e-9);
    for (let t = 0; t < count; t++) share[i * k + t] = Math.exp(-Math.max(0, at(t) - nearest) / scale);
  }
  const keys: { key: number; share: number }[] = [];
  for (let i = 0; i < n; i++)
    for (let t = 0; t < k; t++) {
      const j = ids[i * stride + t] ?? -1;
      if (j >= 0) keys.push({ key: Math.min(i, j) * n + Math.max(i, j), share: share[i * k + t] ?? 0 });
    }
  keys.sort((a, b) => a.key - b.key);
  const edges: { key: number; weight: number }[] = [];
  for (const { key, share: s } of keys) {
    const last = edges.at(-1);
    if (last?.key === key) last.weight += s - last.weight * s;
    else edges.push({ key, weight: s });
  }
  return {
    from: Int32Array.from(edges, (e) => Math.floor(e.key / n)),
    to: Int32Array.from(edges, (e) => e.key % n),
    weight: Float32Array.from(edges, (e) => e.weight),
  };
}

const isKnown = (before: Float32Array, i: number): boolean => !Number.isNaN(before[2 * i] ?? Number.NaN);

/** The two main directions of the rows (power iteration on a sample), scaled to ±SPAN. */
function mainDirections(matrix: Float32Array, n: number, d: number): Float32Array {
  const mean = new Float64Array(d);
  for (let i = 0; i < n; i++)
    for (let c = 0; c < d; c++) mean[c] = (mean[c] ?? 0) + (matrix[i * d + c] ?? 0) / n;
  const along = (i: number, v: Float64Array): number => {
    let sum = 0;
    for (let c = 0; c < d; c++) sum += ((matrix[i * d + c] ?? 0) - (mean[c] ?? 0)) * (v[c] ?? 0);
    return sum;
  };
  const step = Math.max(1, Math.floor(n / 4_000));
  const found: Float64Array[] = [];
  for (let axis = 0; axis < 2; axis++) {
    let v = Float64Array.from({ length: d }, (_, c) => Math.sin((c + 1) * (axis + 1.7)));
    for (let pass = 0; pass < 10; pass++) {
      const next = new Float64Array(d);
      for (let i = 0; i < n; i += step) {
        const p = along(i, v);
        for (let c = 0; c < d; c++)
          next[c] = (next[c] ?? 0) + p * ((matrix[i * d + c] ?? 0) - (mean[c] ?? 0));
      }
      for (const other of found) {
        const p = next.reduce((sum, x, c) => sum + x * (other[c] ?? 0), 0);
        other.forEach((x, c) => {
          next[c] = (next[c] ?? 0) - p * x;
        });
      }
      const length = Math.hypot(...next) || 1;
      v = next.map((x) => x / length);
    }
    found.push(v);
  }
  const places = new Float32Array(2 * n);
  let most = 0;
  for (let i = 0; i < n; i++)
    found.forEach((v, axis) => {
      const p = along(i, v);
      places[2 * i + axis] = p;
      most = Math.max(most, Math.abs(p));
    });
  return most > 0 ? places.map((x) => (x * SPAN) / most) : places;
}

/** Where each row begins: as before, else among its neighbours that were drawn before, else along the main directions. */
function beginAt(
  lists: NeighbourLists,
  n: number,
  { matrix, d }: { matrix: Float32Array; d: number },
  { before, salts }: DrawOptions,
): Float32Array {
  let known = 0;
  for (let i = 0; i < n; i++) if (isKnown(before, i)) known++;
  const places = known === n ? new Float32Array(2 * n) : mainDirections(matrix, n, d);
  for (let i = 0; i < n; i++) {
    const away = ((salts[i] ?? 0) / 2 ** 32) * 2 * Math.PI;
    let [x, y] = [places[2 * i] ?? 0, places[2 * i + 1] ?? 0];
    if (isKnown(before, i)) {
      x = ((before[2 * i] ?? 0.5) - 0.5) * 2 * SPAN;
      y = ((before[2 * i + 1] ?? 0.5) - 0.5) * 2 * SPAN;
    } else if (known > 0) {
      let [sum, sx, sy] = [0, 0, 0];
      for (let t = 0; t < Math.min(HELD_BY, lists.k); t++) {
        const j = lists.ids[i * lists.k + t] ?? -1;
        if (j < 0 || !isKnown(before, j)) continue;
        const w = 1 / (0.05 + (lists.distances[i * lists.k + t] ?? 1));
        sum += w;
        sx += w * (before[2 * j] ?? 0.5);
        sy += w * (before[2 * j + 1] ?? 0.5);
      }
      if (sum > 0) {
        x = (sx / sum - 0.5) * 2 * SPAN;
        y = (sy / sum - 0.5) * 2 * SPAN;
      }
    }
    // equal rows would otherwise stay on one spot for good
    places[2 * i] = x + 0.02 * Math.cos(away);
    places[2 * i + 1] = y + 0.02 * Math.sin(away);
  }
  return places;
}

const clip = (x: number): number => Math.max(-CLIP, Math.min(CLIP, x));

/** Stochastic descent with negative sampling, each edge as often as its weight says. Moves `places`, each row by its `ease`. */
function settle(
  { from, to, weight }: Graph,
  places: Float32Array,
  { epochs, ease, seed }: { epochs: number; ease: Float32Array; seed: number },
  o: PairsOptions,
): void {
  const n = places.length / 2;
  const heaviest = weight.reduce((a, b) => Math.max(a, b), 0);
  const every = weight.map((w) => (w >= heaviest / epochs ? heaviest / w : Number.POSITIVE_INFINITY));
  const next = Float32Array.from(every);
  const nextAway = every.map((e) => e / REPELLED);
  let s = seed >>> 0 || 1;
  const chance = (): number => {
    s ^= s << 13;
    s ^= s >>> 17;
    s ^= s << 5;
    return s >>> 0;
  };
  for (let epoch = 1; epoch <= epochs; epoch++) {
    if (o.stopped?.()) throw new Cancelled('stopped between epochs');
    const rate = 1 - (epoch - 1) / epochs;
    for (let e = 0; e < from.length; e++) {
      const due = next[e] ?? 0;
      if (due > epoch) continue;
      const h = 2 * (from[e] ?? 0);
      const t = 2 * (to[e] ?? 0);
      const rateH = rate * (ease[h >> 1] ?? 1);
      const rateT = rate * (ease[t >> 1] ?? 1);
      let dx = (places[h] ?? 0) - (places[t] ?? 0);
      let dy = (places[h + 1] ?? 0) - (places[t + 1] ?? 0);
      let far = dx * dx + dy * dy;
      if (far > 0) {
        const p = far ** B;
        const pull = (-2 * A * B * p) / (far * (A * p + 1));
        const gx = clip(pull * dx);
        const gy = clip(pull * dy);
        places[h] = (places[h] ?? 0) + gx * rateH;
        places[h + 1] = (places[h + 1] ?? 0) + gy * rateH;
        places[t] = (places[t] ?? 0) - gx * rateT;
        places[t + 1] = (places[t + 1] ?? 0) - gy * rateT;
      }
      const period = every[e] ?? 1;
      next[e] = due + period;
      const samples = Math.floor((epoch - (nextAway[e] ?? 0)) / (period / REPELLED));
      for (let q = 0; q < samples; q++) {
        const other = 2 * (chance() % n);
        if (other === h) continue;
        dx = (places[h] ?? 0) - (places[other] ?? 0);
        dy = (places[h + 1] ?? 0) - (places[other + 1] ?? 0);
        far = dx * dx + dy * dy;
        if (far === 0) continue;
        const push = (2 * B) / ((0.001 + far) * (A * far ** B + 1));
        places[h] = (places[h] ?? 0) + clip(push * dx) * rateH;
        places[h + 1] = (places[h + 1] ?? 0) + clip(push * dy) * rateH;
      }
      nextAway[e] = (nextAway[e] ?? 0) + samples * (period / REPELLED);
    }
    if (epoch % 5 === 0 || epoch === epochs) o.progress?.(epoch, epochs);
  }
}

/**
 * Lays `places` over `before` by the similarity (turn, mirror, scale, shift) of least squares on the rows in both (Procrustes),
 * then fits the whole into 0…1.
 */
function layOver(places: Float32Array, before: Float32Array): Float32Array {
  const n = places.length / 2;
  let out = Float32Array.from(places);
  const shared: number[] = [];
  for (let i = 0; i < n; i++) if (isKnown(before, i)) shared.push(i);
  if (shared.length >= 3) {
    const mean = (a: Float32Array, axis: number): number =>
      shared.reduce((sum, i) => sum + (a[2 * i + axis] ?? 0), 0) / shared.length;
    const [px, py, bx, by] = [mean(places, 0), mean(places, 1), mean(before, 0), mean(before, 1)];
    // as complex numbers: before ≈ z · place, or z · its mirror image
    const turn = [0, 0];
    const mirrored = [0, 0];
    let size = 0;
    for (const i of shared) {
      const [x, y] = [(places[2 * i] ?? 0) - px, (places[2 * i + 1] ?? 0) - py];
      const [u, v] = [(before[2 * i] ?? 0) - bx, (before[2 * i + 1] ?? 0) - by];
      turn[0] = (turn[0] ?? 0) + u * x + v * y;
      turn[1] = (turn[1] ?? 0) + v * x - u * y;
      mirrored[0] = (mirrored[0] ?? 0) + u * x - v * y;
      mirrored[1] = (mirrored[1] ?? 0) + v * x + u * y;
      size += x * x + y * y;
    }
    const mirror = Math.hypot(...mirrored) > Math.hypot(...turn) ? -1 : 1;
    const [re = 0, im = 0] = (mirror < 0 ? mirrored : turn).map((c) => c / (size || 1));
    if (re !== 0 || im !== 0)
      for (let i = 0; i < n; i++) {
        const [x, y] = [(places[2 * i] ?? 0) - px, mirror * ((places[2 * i + 1] ?? 0) - py)];
        out[2 * i] = bx + re * x - im * y;
        out[2 * i + 1] = by + im * x + re * y;
      }
    const inside = out.every((c) => c >= 0 && c <= 1);
    if (inside) return out;
  }
  const low = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  const high = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  out.forEach((c, i) => {
    low[i % 2] = Math.min(low[i % 2] ?? 0, c);
    high[i % 2] = Math.max(high[i % 2] ?? 0, c);
  });
  const span = Math.max((high[0] ?? 0) - (low[0] ?? 0), (high[1] ?? 0) - (low[1] ?? 0)) || 1;
  const margin = 0.02;
  out = out.map((c, i) => {
    const middle = ((high[i % 2] ?? 0) + (low[i % 2] ?? 0)) / 2;
    return 0.5 + ((c - middle) / span) * (1 - 2 * margin);
  });
  return out;
}

/** x and y of each row in 0…1. */
export function umap(
  lists: NeighbourLists,
  n: number,
  rows: { readonly matrix: Float32Array; readonly d: number },
  o: DrawOptions,
): Float32Array {
  if (n === 0) return new Float32Array();
  let known = 0;
  for (let i = 0; i < n; i++) if (isKnown(o.before, i)) known++;
  const again = known / n >= KNOWN_SHARE;
  const places = beginAt(lists, n, rows, o);
  const ease = Float32Array.from({ length: n }, (_, i) => (again && isKnown(o.before, i) ? INERTIA : 1));
  settle(fuzzyGraph(lists, n), places, { epochs: again ? EPOCHS_AGAIN : EPOCHS, ease, seed: o.seed }, o);
  return layOver(places, o.before);
}
