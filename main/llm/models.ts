import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ModelSettings } from '../api/contract/models.ts';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors.ts';
import { Emitter } from '../events.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/index.ts';
import type { Tasks } from '../task.ts';
import type { Models } from './door.ts';
import type { SpawnModels } from './runtime-door.ts';

/** Where the server's key is kept; the shell's key store, or memory until quit. */
export type ServerKey = {
  get(): Promise<string | null>;
  set(key: string | null): Promise<void>;
};
export type ModelsOptions = {
  readonly store: Store;
  readonly clock: Clock;
  readonly tasks: Tasks;
  readonly log: Log;
  readonly dataDir: string;
  /** null: a forked Node process */
  readonly spawn: SpawnModels | null;
  readonly serverKey: ServerKey;
};

export function createModels(o: ModelsOptions): Models {
  const folder = path.join(o.dataDir, 'models');
  const settings = (): ModelSettings => ({
    contextTokens: 4096,
    idleMinutes: 15,
    backend: 'auto',
    threads: null,
    server: { enabled: false, url: '', intent: '', wording: '', embedding: '', hasKey: false },
  });
  const absent = async (): Promise<never> => {
    throw new AppError('not-found', { what: existsSync(folder) ? folder : 'models' });
  };
  return {
    overview: absent,
    inspect: absent,
    import: absent,
    upload: absent,
    remove: absent,
    assign: absent,
    rollBack: absent,
    retry: absent,
    load: absent,
    unload: absent,
    settings,
    setSettings: absent,
    setServer: absent,
    testServer: absent,
    benchmark: absent,
    benchmarks: () => [],
    intent: () => null,
    wording: () => null,
    embedding: () => null,
    changed: new Emitter(),
    assigned: new Emitter(),
    quarantined: new Emitter(),
    close: async () => {},
  };
}
