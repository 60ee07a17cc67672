import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { ByteBlocks } from '../../../main/vectors/byte-blocks.ts';
import { VectorMatrix } from '../../../main/vectors/matrix.ts';
import { madeVectors } from './made-vectors.ts';

const D = 100;
const { rows } = madeVectors({ n: 4_000, dimensions: D, groups: 60, spread: 0.7, alone: 0.2, seed: 8 });
const row = (i: number): Float32Array => rows[i % rows.length] ?? new Float32Array(D);
const made = async (
  vectors: readonly Float32Array[],
): Promise<{ matrix: VectorMatrix; blocks: ByteBlocks }> => {
  const matrix: VectorMatrix = new VectorMatrix(vectors[0]?.length ?? D, (at) => blocks.touch(at));
  const blocks = new ByteBlocks(matrix, 300);
  vectors.forEach((vector, i) => {
    matrix.set(i, vector);
  });
  await blocks.settled();
  expect(blocks.ready).toBe(true);
  return { matrix, blocks };
};

describe('a search by bytes', () => {
  it('finds what reading all as floats finds, through any changes and with any filter', async () => {
    const { matrix, blocks } = await made(rows);
    let wanted = 0;
    let hits = 0;
    const filter = fc.record({ of: fc.integer({ min: 1, max: 60 }), is: fc.nat(59) });
    const change = fc.record({ id: fc.nat(4_200), to: fc.nat(3_999) });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(3_999),
        fc.array(change, { maxLength: 30 }),
        filter,
        fc.boolean(),
        async (q, changes, { of, is }, asSet) => {
          for (const { id, to } of changes) if (!matrix.delete(id)) matrix.set(id, row(to));
          await blocks.settled();
          const only = (id: number): boolean => id % of === is % of;
          const allow = asSet ? new Set([...matrix.ids()].filter(only)) : only;
          const right = matrix.search(row(q), 10, allow);
          const found = await blocks.search(row(q), 10, allow);
          expect(found.length).toBe(right.length);
          const scores = new Map(found.map((hit) => [hit.id, hit.score]));
          for (const { id, score } of right) {
            wanted++;
            if (scores.has(id)) hits++;
            // what is found is never less than what it is said to be
            if (scores.has(id)) expect(scores.get(id)).toBe(score);
          }
        },
      ),
      { numRuns: 300 },
    );
    expect(hits / wanted).toBeGreaterThan(0.999);
    await blocks.close();
  });

  it('sees what was changed while it was asked, and what its blocks were made of anew meanwhile', async () => {
    const { matrix, blocks } = await made(rows.slice(0, 1_200));
    const asked = blocks.search(row(3_000), 5);
    for (let i = 0; i < 700; i++) matrix.set(i, row(3_000 + i));
    const making = blocks.settled();
    expect((await asked)[0]).toMatchObject({ id: 0 });
    await making;
    expect((await blocks.search(row(3_001), 5))[0]).toMatchObject({ id: 1 });
    await blocks.close();
  });

  it.each([1, 5, 16, 130])(
    'needs no vector of unit length, nor any at all, in %i dimensions',
    async (dimensions) => {
      const drawn = madeVectors({ n: 500, dimensions, groups: 0, seed: 4 }).rows;
      const query = drawn[0] ?? new Float32Array(dimensions);
      const { matrix, blocks } = await made(
        drawn.map((v, i) => (i % 9 === 0 ? new Float32Array(dimensions) : v.map((x) => x * (1 + (i % 5))))),
      );
      const right = matrix.search(query, 20).map((hit) => hit.id);
      const found = new Set((await blocks.search(query, 20)).map((hit) => hit.id));
      expect(right.filter((id) => found.has(id)).length).toBeGreaterThanOrEqual(19);
      expect(await blocks.search(new Float32Array(dimensions), 5)).toHaveLength(5);
      expect(await blocks.search(query, 500)).toHaveLength(500);
      for (const id of [...matrix.ids()]) matrix.delete(id);
      expect(await blocks.search(query, 3)).toEqual([]);
      await blocks.close();
    },
  );

  it('reads all as floats where onnxruntime is not there', async () => {
    vi.doMock('onnxruntime-node', () => {
      throw new Error('no binary for this platform');
    });
    const matrix: VectorMatrix = new VectorMatrix(D, (at) => blocks.touch(at));
    const blocks = new ByteBlocks(matrix, 300);
    rows.forEach((vector, i) => {
      matrix.set(i, vector);
    });
    await blocks.settled();
    expect(blocks.ready).toBe(false);
    expect(await blocks.search(row(5), 10)).toEqual(matrix.search(row(5), 10));
    vi.doUnmock('onnxruntime-node');
  });
});
