// Children of tests as they ship, one file for each thread: they start several times as fast as from their sources, and hold less.
import { mkdirSync, mkdtempSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';

const root = path.join(import.meta.dirname, '../..');
const WORKERS = {
  'guard-outbound': 'main/kernel/guard-outbound.ts',
  'store-writer': 'main/store/writer-worker.ts',
  'solver-worker': 'main/placement/solve/solver-worker.ts',
  'log-ingest': 'main/logs/ingest/ingest-worker.ts',
  'log-encoder': 'main/logs/ingest/encode-worker.ts',
  'log-unxz': 'main/logs/sources/packed/unxz-worker.ts',
  'log-search': 'main/logs/search/search-worker.ts',
  'graph-worker': 'main/vectors/graph-worker.ts',
  'map-worker': 'main/clusters/map-worker.ts',
};

/** @param children name of the built file → source, from the repository's root */
export async function bundled(outDir: string, children: Readonly<Record<string, string>>): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'silent',
    root,
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node24',
      rolldownOptions: {
        input: { ...WORKERS, ...children },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  return outDir;
}
/** A folder for built children, inside the repository, so that they find its packages. */
export function bundleDir(): string {
  const out = path.join(root, 'out');
  mkdirSync(out, { recursive: true });
  return mkdtempSync(path.join(out, 'killed-'));
}
