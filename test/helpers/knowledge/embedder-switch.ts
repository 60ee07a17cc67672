import { silentLog } from '../../../main/kernel/log.ts';
import type { Tasks } from '../../../main/kernel/task.ts';
import {
  builtInEmbedder,
  createEmbedderSwitch,
  type Embedder,
  type EmbedderSwitch,
  type VectorCache,
  type VectorRoom,
} from '../../../main/vectors/index.ts';

/** From the built-in embedder, which serves first, to the one that is wanted. */
export const switchTo = (
  wanted: () => Embedder,
  rooms: readonly VectorRoom[],
  { cache, tasks }: { readonly cache: VectorCache; readonly tasks: Tasks },
): EmbedderSwitch =>
  createEmbedderSwitch({
    first: builtInEmbedder,
    wanted,
    rooms,
    cache,
    tasks,
    log: silentLog,
    retryAfterMs: 20,
  });
