import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VectorMatrix } from '../../../main/vectors/matrix.ts';
import { madeVectors } from './made-vectors.ts';

const best = (query: Float32Array, rows: ReadonlyMap<number, Float32Array>, k: number): number[] =>
  [...rows]
    .map(([id, row]) => ({ id, score: row.reduce((sum, x, j) => sum + x * (query[j] ?? 0), 0) }))
    .sort((a, b) => b.score - a.score || a.id - b.id)
    .slice(0, k)
    .map((hit) => hit.id);

describe('a matrix of vectors', () => {
  it.each([1, 3, 4, 7, 384])('finds the nearest rows of %i dimensions as a plain loop does', (dimensions) => {
    const { rows } = madeVectors({ n: 9_000, dimensions, groups: 20, seed: dimensions });
    const matrix = new VectorMatrix(dimensions);
    const kept = new Map<number, Float32Array>();
    rows.forEach((row, i) => {
      matrix.set(i * 3, row);
      kept.set(i * 3, row);
    });
    for (const query of rows.slice(0, 3)) {
      const found = matrix.search(query, 5);
      const wanted = best(query, kept, 5);
      // in few dimensions many rows are equal up to rounding
      const scores = wanted.map((id) =>
        (kept.get(id) ?? query).reduce((s, x, j) => s + x * (query[j] ?? 0), 0),
      );
      found.forEach((hit, i) => {
        expect(hit.score).toBeCloseTo(scores[i] ?? 0, 4);
      });
      if (dimensions === 384) expect(found.map((hit) => hit.id)).toEqual(wanted);
    }
  });

  it('stays right whatever is put in, changed and taken out', () => {
    const rows = madeVectors({ n: 200, dimensions: 6, groups: 0, seed: 3 }).rows;
    const step = fc.record({ id: fc.integer({ min: 0, max: 30 }), row: fc.nat(199), out: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), fc.nat(199), (steps, q) => {
        const matrix = new VectorMatrix(6);
        const kept = new Map<number, Float32Array>();
        for (const { id, row, out } of steps) {
          const vector = rows[row] ?? new Float32Array(6);
          if (out) expect(matrix.delete(id)).toBe(kept.delete(id));
          else {
            matrix.set(id, vector);
            kept.set(id, vector);
          }
        }
        const query = rows[q] ?? new Float32Array(6);
        expect(matrix.size).toBe(kept.size);
        const found = matrix.search(query, 4).map((hit) => matrix.get(hit.id));
        expect(found).toEqual(best(query, kept, 4).map((id) => kept.get(id)));
        for (const [id, vector] of kept) expect(matrix.get(id)).toEqual(vector);
      }),
    );
  });

  it('searches among the given ids only, passing unknown ones by', () => {
    const { rows } = madeVectors({ n: 100, dimensions: 16, groups: 0 });
    const matrix = new VectorMatrix(16);
    rows.forEach((row, i) => {
      matrix.set(i, row);
    });
    const found = matrix.search(rows[0] ?? new Float32Array(16), 10, new Set([5, 7, 4_000, 9]));
    expect(found.map((hit) => hit.id).sort()).toEqual([5, 7, 9]);
  });

  it('gives a row the same score wherever it stands', () => {
    const { rows } = madeVectors({ n: 23, dimensions: 10, groups: 0 });
    const query = rows[0] ?? new Float32Array(10);
    const scores = (shift: number): number[] => {
      const matrix = new VectorMatrix(10);
      for (let i = 0; i < rows.length; i++) {
        const id = (i + shift) % rows.length;
        matrix.set(id, rows[id] ?? query);
      }
      return matrix.search(query, rows.length).map((hit) => hit.score);
    };
    expect(scores(5)).toEqual(scores(0));
  });

  it('refuses a wrong length, a value that is not finite, an id that is no number', () => {
    const matrix = new VectorMatrix(3);
    expect(() => matrix.set(1, new Float32Array(2))).toThrow(RangeError);
    expect(() => matrix.set(1, Float32Array.of(1, Number.NaN, 0))).toThrow(RangeError);
    expect(() => matrix.set(Number.NaN, new Float32Array(3))).toThrow(RangeError);
    expect(() => matrix.search(new Float32Array(4), 1)).toThrow(RangeError);
    expect(() => matrix.search(new Float32Array(3), -1)).toThrow(RangeError);
    expect(() => new VectorMatrix(0)).toThrow(RangeError);
    expect(matrix.search(new Float32Array(3), 3)).toEqual([]);
  });
});
