import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { memoryLog } from '../../../main/kernel/log.ts';
import { openVectorIndex, type VectorIndex } from '../../../main/vectors/index.ts';
import { VectorMatrix } from '../../../main/vectors/matrix.ts';
import { tempDir } from '../../helpers/temp.ts';
import { chanceFrom, madeVectors, unit } from '../../unit/vectors/made-vectors.ts';

const DIMENSIONS = 32;
const N = 1_500;
const { rows } = madeVectors({ n: N, dimensions: DIMENSIONS, groups: 40, spread: 0.8 });
const row = (i: number): Float32Array => rows[i % N]!;
const all = rows.map((vector, id) => ({ id, vector }));
const chance = chanceFrom(9);
const queries = Array.from({ length: 40 }, () =>
  unit(row(Math.floor(chance() * N)).map((x) => x + 0.05 * (chance() - 0.5))),
);

type Options = Partial<Parameters<typeof openVectorIndex>[0]> & { readonly dir: string };
const open = (o: Options): { index: VectorIndex; warnings: () => string[] } => {
  const { log, lines } = memoryLog(new ManualClock(0));
  const index = openVectorIndex({
    name: 'test',
    embedderId: 'made',
    dimensions: DIMENSIONS,
    log,
    graphFrom: 300,
    scanRows: 60,
    ...o,
  });
  onTestFinished(() => index.close());
  return { index, warnings: () => lines.map((line) => `${line.message} ${JSON.stringify(line.data)}`) };
};
const built = async (o: Options): Promise<VectorIndex> => {
  const { index } = open(o);
  index.upsert(all);
  await index.settled();
  return index;
};
const exactly = (items: Iterable<{ id: number; vector: Float32Array }>): VectorMatrix => {
  const matrix = new VectorMatrix(DIMENSIONS);
  for (const { id, vector } of items) matrix.set(id, vector);
  return matrix;
};
/** share of the truly nearest ten that the index finds */
const recall = async (
  index: VectorIndex,
  truth: VectorMatrix,
  allow?: (id: number) => boolean,
): Promise<number> => {
  let hits = 0;
  let wanted = 0;
  for (const query of queries) {
    const right = new Set(truth.search(query, 10, allow).map((h) => h.id));
    for (const { id } of await index.search(query, 10, allow)) if (right.has(id)) hits++;
    wanted += right.size;
  }
  return hits / wanted;
};

describe('search', () => {
  it('is exact below the limit, and says so', async () => {
    const { index } = open({ dir: tempDir(), scanRows: 5_000, graphFrom: 5_000 });
    index.upsert(all);
    expect(index.status()).toMatchObject({ mode: 'exact', state: 'ready', vectors: N, fileBytes: null });
    expect(await recall(index, exactly(all))).toBe(1);
  });

  it('goes through the graph above it: nearly all of the true neighbours, with and without filters', async () => {
    const index = await built({ dir: tempDir() });
    expect(index.status()).toMatchObject({ mode: 'hnsw', state: 'ready', vectors: N });
    const truth = exactly(all);
    expect(await recall(index, truth)).toBeGreaterThan(0.97);
    expect(await recall(index, truth, (id) => id % 2 === 0)).toBeGreaterThan(0.97);
    expect(await recall(index, truth, (id) => id % 10 === 3)).toBeGreaterThan(0.97);
    expect(await recall(index, truth, (id) => id % 200 === 3)).toBe(1);
    expect(await recall(index, truth, () => false)).toBeNaN();
  });

  it('finds all of a filter that keeps only what is far from the query', async () => {
    const index = await built({ dir: tempDir() });
    const truth = exactly(all);
    const query = queries[0]!;
    const far = new Set(
      truth
        .search(query, N)
        .slice(N / 2)
        .map((hit) => hit.id),
    );
    const found = (await index.search(query, 10, far)).map((hit) => hit.id);
    expect(found).toEqual(truth.search(query, 10, far).map((hit) => hit.id));
  });

  it('reads bytes in between: all of the true neighbours, whatever the filter', async () => {
    const { index } = open({ dir: tempDir(), graphFrom: 5_000 });
    index.upsert(all);
    await index.settled();
    expect(index.status()).toMatchObject({ mode: 'bytes', state: 'ready', recall: null, fileBytes: null });
    const truth = exactly(all);
    expect(await recall(index, truth)).toBeGreaterThan(0.99);
    expect(await recall(index, truth, (id) => id % 2 === 0)).toBeGreaterThan(0.99);
    expect(await recall(index, truth, (id) => id % 10 === 3)).toBeGreaterThan(0.99);
    expect(await recall(index, truth, () => false)).toBeNaN();
  });

  it('answers while the graph is being built', async () => {
    const { index } = open({ dir: tempDir() });
    index.upsert(all);
    await expect.poll(() => index.status()).toMatchObject({ mode: 'bytes', state: 'building' });
    expect(await recall(index, exactly(all))).toBeGreaterThan(0.99);
    await index.settled();
    const { mode, state, recall: measured } = index.status();
    expect({ mode, state }).toEqual({ mode: 'hnsw', state: 'ready' });
    // as the index screen shows it
    expect(measured).toBeGreaterThan(0.97);
  });

  it('finds what was put in a moment ago, and never what was changed or removed', async () => {
    const index = await built({ dir: tempDir() });
    const query = queries[1]!;
    const [first] = await index.search(query, 1);
    index.remove([first!.id]);
    index.upsert([
      { id: 90_000, vector: query },
      { id: 5, vector: row(6) },
    ]);
    const found = await index.search(query, 10);
    expect(found[0]).toMatchObject({ id: 90_000 });
    expect(found.map((hit) => hit.id)).not.toContain(first!.id);
    await index.settled();
    expect((await index.search(query, 10))[0]).toMatchObject({ id: 90_000 });
    expect((await index.search(row(5), N)).find((hit) => hit.id === 5)?.score).toBeCloseTo(
      row(5).reduce((s, x, j) => s + x * (row(6)[j] ?? 0), 0),
      4,
    );
  });

  it('is built anew when many are gone, and stays right', async () => {
    const index = await built({ dir: tempDir() });
    const kept = all.filter(({ id }) => id % 2 === 1);
    index.remove(all.filter(({ id }) => id % 2 === 0).map(({ id }) => id));
    await index.settled();
    expect(index.status()).toMatchObject({ mode: 'hnsw', state: 'ready', vectors: N / 2 });
    expect(await recall(index, exactly(kept))).toBeGreaterThan(0.97);
  });

  it('refuses malformed queries and vectors before the native side sees them', async () => {
    const index = await built({ dir: tempDir() });
    await expect(index.search(new Float32Array(5), 3)).rejects.toBeInstanceOf(RangeError);
    await expect(
      index.search(
        queries[0]!.map(() => Number.NaN),
        3,
      ),
    ).rejects.toBeInstanceOf(RangeError);
    await expect(index.search(queries[0]!, 1.5)).rejects.toBeInstanceOf(RangeError);
    expect(await index.search(queries[0]!, 0)).toEqual([]);
    expect(() => index.upsert([{ id: 1, vector: new Float32Array(31) }])).toThrow(RangeError);
    expect(await index.search(queries[0]!, 10 * N)).toHaveLength(N);
  });

  it('keeps indexes of several dimensions side by side', async () => {
    const dir = tempDir();
    const small = madeVectors({ n: 1_000, dimensions: 8, groups: 5 }).rows.map((vector, id) => ({
      id,
      vector,
    }));
    const wide = await built({ dir });
    const { index: narrow } = open({ dir, dimensions: 8 });
    narrow.upsert(small);
    await narrow.settled();
    await wide.close();
    await narrow.close();
    expect(readdirSync(dir).filter((f) => f.endsWith('.hnsw'))).toHaveLength(2);
  });
});

describe('the file', () => {
  const files = (dir: string): { data: string; sidecar: string } => {
    const names = readdirSync(dir).sort();
    expect(names).toHaveLength(2);
    return { data: path.join(dir, names[0]!), sidecar: path.join(dir, names[1]!) };
  };
  const saved = async (): Promise<string> => {
    const dir = tempDir();
    await (await built({ dir })).close();
    return dir;
  };
  const openAgain = async (
    dir: string,
    o: Partial<Options> = {},
  ): Promise<{ index: VectorIndex; loaded: boolean }> => {
    const { index } = open({ dir, ...o });
    const { sidecar } = files(dir);
    const { mtimeMs } = statSync(sidecar);
    index.upsert(all);
    await index.settled();
    expect(await recall(index, exactly(all))).toBeGreaterThan(0.97);
    return { index, loaded: statSync(sidecar).mtimeMs === mtimeMs };
  };

  it('is loaded at the next start, and only what changed since is added', async () => {
    const dir = await saved();
    const { data } = files(dir);
    const stamp = readFileSync(data);
    const { index, loaded } = await openAgain(dir);
    expect(loaded).toBe(true);
    expect(index.status().fileBytes).toBe(stamp.byteLength);
    await index.close();
    const { index: changed } = open({ dir });
    changed.upsert(all.map(({ id, vector }) => (id === 7 ? { id, vector: row(8) } : { id, vector })));
    changed.upsert([{ id: 77_777, vector: queries[3]! }]);
    await changed.settled();
    expect((await changed.search(queries[3]!, 1))[0]?.id).toBe(77_777);
    expect((await changed.search(row(8), 2)).map((hit) => hit.id).sort()).toEqual([7, 8]);
  });

  it('is not used for another embedder, which gets one of its own', async () => {
    const dir = await saved();
    const { index } = open({ dir, embedderId: 'another' });
    index.upsert(all);
    await index.settled();
    await index.close();
    expect(readdirSync(dir)).toHaveLength(4);
  });

  it.each([
    ['anywhere', (bytes: Buffer) => bytes.byteLength],
    ['in the header', () => 96],
  ])('is rebuilt after a bit was flipped %s', async (_, range) => {
    const dir = await saved();
    for (const place of [1, 53, 20_011, 333_333]) {
      const { data } = files(dir);
      const bytes = readFileSync(data);
      const at = place % range(bytes);
      bytes.writeUInt8(bytes.readUInt8(at) ^ 4, at);
      writeFileSync(data, bytes);
      const { index } = await openAgain(dir);
      expect(index.status().mode).toBe('hnsw');
      await index.close();
      expect(readFileSync(files(dir).data).equals(bytes)).toBe(false);
    }
  });

  it('is rebuilt when cut off, empty, gone, or another file', async () => {
    const dir = await saved();
    const good = readFileSync(files(dir).data);
    for (const bytes of [
      good.subarray(0, -1),
      good.subarray(0, 96),
      Buffer.alloc(0),
      Buffer.alloc(5_000),
      Buffer.from('not an index'.repeat(100)),
    ]) {
      writeFileSync(files(dir).data, bytes);
      const { index } = await openAgain(dir);
      expect(index.status().mode).toBe('hnsw');
      await index.close();
      expect(readFileSync(files(dir).data).byteLength).toBe(good.byteLength);
    }
  });

  it('is rebuilt when the sidecar is damaged, of another file, or says something else', async () => {
    const dir = await saved();
    const good = readFileSync(files(dir).sidecar, 'utf8');
    const [sum = '', body = ''] = good.split('\n');
    const other = JSON.stringify({ ...(JSON.parse(body) as object), dimensions: 33 });
    for (const text of [
      '',
      sum,
      `${sum}\n${body.slice(0, -5)}`,
      `${sum}\n${other}`,
      '{}',
      good.replace('"version":2', '"version":3'),
    ]) {
      writeFileSync(files(dir).sidecar, text);
      const { index } = await openAgain(dir);
      expect(index.status().mode).toBe('hnsw');
      await index.close();
    }
  });

  it('lies below a Japanese name too: the native library only ever sees ASCII paths', async () => {
    const home = tempDir();
    const seen = path.join(home, 'seen.txt');
    const openThread = (): Worker =>
      new Worker(new URL('./watched-worker.ts', import.meta.url), { workerData: seen });
    const dir = path.join(home, '田中', 'AppData', '砦 データ');
    await (await built({ dir, openThread })).close();
    const { loaded, index } = await openAgain(dir, { openThread });
    expect(loaded).toBe(true);
    await index.close();
    const lines = readFileSync(seen, 'utf8').trim().split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['write', 'read']);
    for (const line of lines) expect(line).toMatch(/^[\x20-\x7e]+$/);
  });

  it('that cannot be written leaves the index working, and says so', async () => {
    const dir = tempDir();
    writeFileSync(path.join(dir, 'in-the-way'), '');
    const { index, warnings } = open({ dir: path.join(dir, 'in-the-way') });
    index.upsert(all);
    await index.settled();
    expect(index.status()).toMatchObject({ mode: 'hnsw', state: 'ready', fileBytes: null });
    expect(warnings().join()).toMatch(/index not written/);
    expect(await recall(index, exactly(all))).toBeGreaterThan(0.97);
  });

  it('survives being killed while it is written: old, new or none, never a bad one', async () => {
    const dir = tempDir();
    for (let round = 0; round < 4; round++) {
      const child = spawn(process.execPath, [path.join(import.meta.dirname, 'save-child.ts'), dir], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const gone = new Promise<void>((resolve) => child.on('exit', () => resolve()));
      const first = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
      if (round > 0) await Promise.race([first, gone]);
      await new Promise((resolve) => setTimeout(resolve, 60 + 97 * round));
      child.kill('SIGKILL');
      await gone;
      const { index } = open({ dir, name: 'killed', graphFrom: 100, scanRows: 50 });
      index.upsert(all);
      await index.settled();
      expect(index.status()).toMatchObject({ mode: 'hnsw', state: 'ready' });
      await index.close();
    }
    expect(readdirSync(dir).filter((f) => f.endsWith('.hnsw'))).toHaveLength(1);
  });

  it('is thrown away and built anew when a person asks for it', async () => {
    const dir = tempDir();
    const index = await built({ dir });
    const asked = index.rebuild();
    await expect.poll(() => index.status()).toMatchObject({ mode: 'bytes', state: 'rebuilding' });
    expect(await asked).toMatchObject({ mode: 'hnsw', state: 'ready', vectors: N });
    expect(await recall(index, exactly(all))).toBeGreaterThan(0.97);
  });
});

describe('without the native library', () => {
  const THREAD = new URL('../../../main/kernel/thread.ts', import.meta.url).href;
  it('all vectors are read, and the state says that the index is unavailable', async () => {
    const dir = tempDir();
    const file = path.join(dir, 'no-library.mjs');
    mkdirSync(dir, { recursive: true });
    writeFileSync(
      file,
      `import { serveThread } from ${JSON.stringify(THREAD)};
       serveThread({
         open() {
           throw new Error('no such module');
         },
       });`,
    );
    const { index, warnings } = open({ dir, openThread: () => new Worker(file) });
    index.upsert(all);
    await index.settled();
    expect(index.status()).toMatchObject({ mode: 'bytes', state: 'unavailable' });
    expect(warnings().join()).toMatch(/no HNSW index: .*no such module/);
    expect(await recall(index, exactly(all))).toBeGreaterThan(0.99);
    index.upsert([{ id: 50_000, vector: queries[0]! }]);
    expect((await index.search(queries[0]!, 1))[0]?.id).toBe(50_000);
  });

  it('a thread that dies while it works is given up; searching goes on', async () => {
    const dir = tempDir();
    const file = path.join(dir, 'dies.mjs');
    writeFileSync(
      file,
      `import { serveThread } from ${JSON.stringify(THREAD)};
       serveThread({ open: () => null, begin: () => process.exit(7) });`,
    );
    const { index } = open({ dir, openThread: () => new Worker(file) });
    index.upsert(all);
    await index.settled();
    expect(index.status()).toMatchObject({ mode: 'bytes', state: 'unavailable' });
    expect(await recall(index, exactly(all))).toBeGreaterThan(0.99);
    expect(readdirSync(dir)).toEqual(['dies.mjs']);
  });
});
