// Run by vector-index.test.ts: the graph's thread, with every path that the native library gets to see written down.
import { appendFileSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import hnsw from 'hnswlib-node';

const saw = (what: string): void => appendFileSync(String(workerData), `${what}\n`);
class Watched extends hnsw.HierarchicalNSW {
  override readIndexSync(file: string): void {
    saw(`read ${file}`);
    super.readIndexSync(file);
  }
  override writeIndexSync(file: string): void {
    saw(`write ${file}`);
    super.writeIndexSync(file);
  }
}
Object.assign(hnsw, { HierarchicalNSW: Watched });
await import('../../../main/vectors/graph-worker.ts');
