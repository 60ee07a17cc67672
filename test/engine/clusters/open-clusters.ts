import { onTestFinished } from 'vitest';
import { type Clusters, createClusters } from '../../../main/clusters/index.ts';
import { ManualClock } from '../../../main/kernel/clock.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import { Tasks } from '../../../main/kernel/task.ts';
import { openStore, type Store } from '../../../main/store/index.ts';
import { tempDir } from '../../helpers/temp.ts';

type Given = Pick<Parameters<typeof createClusters>[0], 'logs'> &
  Partial<Pick<Parameters<typeof createClusters>[0], 'findable' | 'incidents' | 'embedder'>> & {
    readonly dir?: string;
  };

/** Clusters of the logs given in a folder of their own; they can be closed and opened again. Closed when the test is over. */
export async function openClusters({ dir = tempDir(), findable = () => [], ...given }: Given): Promise<{
  readonly clusters: Clusters;
  readonly store: Store;
  readonly clock: ManualClock;
  readonly tasks: Tasks;
  restart(): Promise<void>;
}> {
  const clock = new ManualClock(Date.UTC(2026, 10, 22));
  const tasks = new Tasks(clock, silentLog);
  const store = await openStore(dir);
  const open = (): Clusters =>
    createClusters({ store, dataDir: dir, clock, tasks, log: silentLog, findable, ...given });
  let clusters = open();
  onTestFinished(async () => {
    await clusters.close();
    await store.close();
  });
  return {
    get clusters() {
      return clusters;
    },
    store,
    clock,
    tasks,
    async restart() {
      await clusters.close();
      clusters = open();
    },
  };
}
