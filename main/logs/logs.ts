import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { Tasks } from '../kernel/task.ts';
import type { Store } from '../store/index.ts';
import { KEEP_DAYS } from './config.ts';
import type { CompanyTables, Logs } from './door.ts';
import { createExplore } from './explore/explore.ts';
import { Ingest } from './ingest/ingest.ts';
import type { Tuning } from './ingest/messages.ts';
import { createSources } from './sources/create-sources.ts';
import { foldWords } from './store/fold-words.ts';
import { createTemplates } from './templates/templates.ts';

/** All that is done with logs: sources and ingest, lines and counts, templates. */
export function createLogs(o: {
  readonly store: Store;
  readonly dataDir: string;
  /** now and ticks of the app; the demo's time while it runs */
  readonly clock: Clock;
  /** the site's zone: what a day is, and what times without an offset mean */
  readonly zone: () => string;
  readonly tasks: Tasks;
  readonly log: Log;
  readonly tuning?: Partial<Tuning>;
  /** who reads the company's tables; none where no company can be connected */
  readonly tables?: CompanyTables;
  readonly keepDays?: number | undefined;
}): Logs {
  const ingest = new Ingest(o);
  const sources = createSources({ ...o, ingest, keepDays: o.keepDays ?? KEEP_DAYS });
  const templates = createTemplates({
    ...o,
    changed: sources.changed,
    fold: foldWords,
    rules: (rules) => ingest.rules(rules),
    split: ingest.split,
  });
  const explore = createExplore({
    ...o,
    templates,
    damaged: () => sources.changed.emit({ kind: 'sources' }),
  });
  return {
    ...sources,
    ...explore,
    templates,
    close: async () => {
      await sources.close();
      await explore.close();
    },
  };
}
