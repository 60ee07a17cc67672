// The index against the exact search, in one run: time and recall at 100,000 × 384, with and without filters.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { silentLog } from '../../main/log.ts';
import { type Allow, openVectorIndex } from '../../main/vectors/index.ts';
import { chanceFrom, madeVectors, unit } from '../unit/vectors/made-vectors.ts';

const N = 100_000;
const DIMENSIONS = 384;
const QUERIES = 200;
const K = 10;

const at = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length * share)] ?? 0;

export async function run(print: (line: string) => void): Promise<void> {
  const { rows } = madeVectors({ n: N, dimensions: DIMENSIONS, groups: 2_000, spread: 0.7, alone: 0.1 });
  const chance = chanceFrom(5);
  const queries = Array.from({ length: QUERIES }, () => {
    const row = rows[Math.floor(chance() * N)] ?? new Float32Array(DIMENSIONS);
    return unit(row.map((x) => x + 0.04 * (chance() - 0.5)));
  });
  const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-bench-'));
  const options = { dir, name: 'bench', embedderId: 'made', dimensions: DIMENSIONS, log: silentLog };
  const items = rows.map((vector, id) => ({ id, vector }));
  try {
    const index = openVectorIndex(options);
    const began = performance.now();
    index.upsert(items);
    // the engine's thread must stay free while the index is built
    let longest = 0;
    let last = performance.now();
    const tick = setInterval(() => {
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }, 5);
    await index.settled();
    clearInterval(tick);
    const built = (performance.now() - began) / 1000;
    const filters: readonly (readonly [string, Allow | undefined])[] = [
      ['no filter', undefined],
      ['half allowed', (id) => id % 2 === 0],
      ['one in ten', (id) => id % 10 === 3],
      ['one in a hundred', (id) => id % 100 === 7],
      ['a set of 20,000', new Set(Array.from({ length: N / 5 }, (_, i) => i * 5))],
    ];
    for (const [name, allow] of filters) {
      const exact: number[] = [];
      const near: number[] = [];
      let hits = 0;
      let wanted = 0;
      for (const query of queries) {
        let start = performance.now();
        const right = new Set(index.searchExactly(query, K, allow).map((hit) => hit.id));
        exact.push(performance.now() - start);
        start = performance.now();
        const found = await index.search(query, K, allow);
        near.push(performance.now() - start);
        wanted += right.size;
        hits += found.filter((hit) => right.has(hit.id)).length;
      }
      print(
        `vectors: ${name}: recall@${K} ${(hits / wanted).toFixed(4)}; median ${(at(exact, 0.5) / at(near, 0.5)).toFixed(1)} ×, 95th percentile ${(at(exact, 0.95) / at(near, 0.95)).toFixed(1)} × the speed of the exact search (p95 ${at(near, 0.95).toFixed(2)} ms against ${at(exact, 0.95).toFixed(2)} ms on this machine)`,
      );
    }
    const status = index.status();
    await index.close();
    const again = openVectorIndex(options);
    const start = performance.now();
    again.upsert(items);
    await again.settled();
    const loaded = (performance.now() - start) / 1000;
    print(
      `vectors: loading the verified file (${Math.round((status.fileBytes ?? 0) / 1e6)} MB) takes 1/${Math.round(built / loaded)} of building it (${loaded.toFixed(1)} s against ${built.toFixed(1)} s, mode ${again.status().mode}); longest pause of the engine while building ${longest.toFixed(0)} ms`,
    );
    await again.close();
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
