import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import hnsw from 'hnswlib-node';
import { describe, expect, it } from 'vitest';
import { findGraph, type GraphMeta, isWholeGraph, saveGraph } from '../../../main/vectors/graph-file.ts';
import { tempDir } from '../../helpers/temp.ts';
import { madeVectors } from '../../unit/vectors/made-vectors.ts';

const COUNT = 400;
const DIMENSIONS = 8;
const LINKS = 6;
const want = { embedder: 'made', dimensions: DIMENSIONS, links: LINKS };
const meta: GraphMeta = {
  ...want,
  ids: Float64Array.from({ length: COUNT }, (_, i) => 10 * i),
  checks: Uint32Array.from({ length: COUNT }, (_, i) => i),
  recall: 0.98,
};
const graph = new hnsw.HierarchicalNSW('ip', DIMENSIONS);
graph.initIndex({ maxElements: COUNT + 50, m: LINKS, efConstruction: 40, randomSeed: 1 });
madeVectors({ n: COUNT, dimensions: DIMENSIONS, groups: 9 }).rows.forEach((row, i) => {
  graph.addPoint(Array.from(row), i);
});
const write = (file: string): void => graph.writeIndexSync(file);

const saved = (): { place: { dir: string; name: string }; data: () => string; sidecar: string } => {
  const place = { dir: path.join(tempDir(), 'deep', 'er'), name: 'g' };
  saveGraph(place, meta, write);
  const data = (): string => {
    const found = readdirSync(place.dir).filter((f) => f.endsWith('.hnsw'));
    expect(found).toHaveLength(1);
    return path.join(place.dir, found[0] ?? '');
  };
  return { place, data, sidecar: path.join(place.dir, 'g.json') };
};
const bytesOfGraph = (): Buffer => readFileSync(saved().data());

describe('a graph on disk', () => {
  it('is found again with its ids, their checksums and its recall', () => {
    const { place, data } = saved();
    const found = findGraph(place, want);
    expect(found?.file).toBe(data());
    expect(found?.meta).toEqual(meta);
    expect(readdirSync(place.dir)).toHaveLength(2);
  });

  it('is taken for whole only as it was written: every cut and every link that leads outside is seen', () => {
    const bytes = bytesOfGraph();
    const shape = { ...want, count: COUNT };
    expect(isWholeGraph(bytes, shape)).toBe(true);
    expect(isWholeGraph(bytes, { ...shape, count: COUNT + 1 })).toBe(false);
    expect(isWholeGraph(bytes, { ...shape, dimensions: 9 })).toBe(false);
    expect(isWholeGraph(bytes, { ...shape, links: 7 })).toBe(false);
    fc.assert(
      fc.property(fc.nat(bytes.byteLength - 1), (length) => {
        expect(isWholeGraph(bytes.subarray(0, length), shape)).toBe(false);
      }),
    );
    expect(isWholeGraph(Buffer.concat([bytes, Buffer.from([0])]), shape)).toBe(false);
    const element = Number(bytes.readBigUInt64LE(24));
    fc.assert(
      fc.property(fc.nat(COUNT - 1), fc.integer({ min: COUNT, max: 0xffffffff }), (point, far) => {
        const bad = Buffer.from(bytes);
        bad.writeUInt32LE(far, 96 + point * element + 4); // its first link
        expect(isWholeGraph(bad, shape)).toBe(false);
      }),
    );
    for (const [at, value] of [
      [52, COUNT], // the point where searches begin
      [48, 99], // the highest level
      [16, COUNT - 1],
    ] as const) {
      const bad = Buffer.from(bytes);
      bad.writeUInt32LE(value, at);
      expect(isWholeGraph(bad, shape)).toBe(false);
    }
  });

  it('with a bad link is refused even where all checksums are right', () => {
    const { place, data, sidecar } = saved();
    const bytes = readFileSync(data());
    const element = Number(bytes.readBigUInt64LE(24));
    bytes.writeUInt32LE(0x00ffffff, 96 + 3 * element + 4);
    writeFileSync(data(), bytes);
    const [, body = ''] = readFileSync(sidecar, 'utf8').split('\n');
    const told = {
      ...(JSON.parse(body) as object),
      sha256: createHash('sha256').update(bytes).digest('hex'),
    };
    const again = JSON.stringify(told);
    writeFileSync(sidecar, `${createHash('sha256').update(again).digest('hex')}\n${again}`);
    expect(findGraph(place, want)).toBeNull();
  });

  it('is not replaced by one that a full disk cut off, nor by a writer that failed', () => {
    const { place, data } = saved();
    const before = data();
    const half = readFileSync(before).subarray(0, 5_000);
    expect(() => saveGraph(place, meta, (file) => writeFileSync(file, half))).toThrow(/cut off at 5000/);
    expect(() => saveGraph(place, meta, () => {})).toThrow();
    expect(() =>
      saveGraph(place, meta, () => {
        throw new Error('no space');
      }),
    ).toThrow('no space');
    expect(findGraph(place, want)?.file).toBe(before);
    expect(readdirSync(place.dir)).toHaveLength(2);
  });

  it('is not found where there is none, or for another embedder, length or shape', () => {
    const { place } = saved();
    expect(findGraph({ dir: tempDir(), name: 'g' }, want)).toBeNull();
    expect(findGraph({ ...place, name: 'other' }, want)).toBeNull();
    expect(findGraph(place, { ...want, embedder: 'other' })).toBeNull();
    expect(findGraph(place, { ...want, dimensions: 9 })).toBeNull();
    expect(findGraph(place, { ...want, links: 16 })).toBeNull();
  });

  it('never names a file outside its folder', () => {
    const { place, sidecar } = saved();
    const [, body = ''] = readFileSync(sidecar, 'utf8').split('\n');
    const told = JSON.stringify({ ...(JSON.parse(body) as object), file: '../../g-0123456789abcdef.hnsw' });
    writeFileSync(sidecar, `${createHash('sha256').update(told).digest('hex')}\n${told}`);
    expect(findGraph(place, want)).toBeNull();
  });
});
