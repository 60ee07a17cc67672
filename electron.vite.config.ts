import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { thirdPartyPlugin } from './electron/third-party.ts';

const at = (p: string): string => resolve(import.meta.dirname, p);

/** transformers.js imports an image library that text has no use for, and that is a binary for every platform. */
const noImages = {
  name: 'no-images',
  enforce: 'pre' as const,
  resolveId: (id: string) => (id === 'sharp' ? '\0no-images' : null),
  load: (id: string) =>
    id === '\0no-images' ? 'export default () => { throw new Error("no images here"); };' : null,
};

// one for all three builds: each adds what it bundled
const thirdParty = thirdPartyPlugin(import.meta.dirname);

export default defineConfig({
  main: {
    plugins: [noImages, thirdParty],
    build: {
      outDir: 'out/main',
      // optional dependencies are not taken for external by themselves
      externalizeDeps: { include: ['hnswlib-node'] },
      rolldownOptions: {
        input: {
          shell: at('electron/shell.ts'),
          'engine-process': at('electron/engine-process.ts'),
          'browser-host': at('main/loopback/browser-host.ts'),
          cli: at('main/cli/cli.ts'),
          'guard-outbound': at('main/kernel/guard-outbound.ts'),
          'store-writer': at('main/store/writer-worker.ts'),
          'solver-worker': at('main/placement/solve/solver-worker.ts'),
          'log-search': at('main/logs/search/search-worker.ts'),
          'log-ingest': at('main/logs/ingest/ingest-worker.ts'),
          'log-encoder': at('main/logs/ingest/encode-worker.ts'),
          'log-unxz': at('main/logs/sources/packed/unxz-worker.ts'),
          'graph-worker': at('main/vectors/graph-worker.ts'),
          'models-process': at('main/llm/process/models-process.ts'),
          'map-worker': at('main/clusters/map-worker.ts'),
          'file-worker': at('main/knowledge/files/file-worker.ts'),
        },
        // workers are found beside the file that starts them, so every chunk stays in this folder
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    plugins: [thirdParty],
    // a sandboxed preload must be one CommonJS file
    build: {
      outDir: 'out/preload',
      rolldownOptions: {
        input: { preload: at('electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    plugins: [react(), thirdParty],
    build: {
      outDir: at('out/renderer'),
      minify: true,
      chunkSizeWarningLimit: 3000,
      // the page's policy allows fonts and images from files only, not from data: addresses
      assetsInlineLimit: 0,
      rolldownOptions: { input: { index: at('renderer/index.html') } },
    },
  },
});
