import type { Base } from '../store/index.ts';
import { createClickHouse, type GivenClickHouse } from './clickhouse/clickhouse.ts';
import { shipSources } from './clickhouse/ship-sources.ts';
import { Ingest } from './ingest/ingest.ts';
import type { Tuning } from './ingest/messages.ts';
import { createSources } from './manage/create-sources.ts';
import { createTemplates } from './manage/templates.ts';
import { KEEP_DAYS } from './mine/config.ts';
import { createExplore } from './search/explore.ts';
import { createSearcher } from './search/searcher.ts';
import { foldWords } from './store/fold-words.ts';
import type { CompanyTables, Logs } from './types.ts';

/** All that is done with logs: sources and ingest, lines and counts, templates. */
export function createLogs(
  o: Base & {
    readonly tuning?: Partial<Tuning>;
    /** who reads the company's tables; none where no company can be connected */
    readonly tables?: CompanyTables;
    readonly keepDays?: number | undefined;
    readonly clickHouse?: GivenClickHouse | null;
  },
): Logs {
  const ingest = new Ingest(o);
  const searcher = createSearcher({ dataDir: o.dataDir, storeFile: o.store.file, log: o.log });
  const far = createClickHouse(o.clickHouse ?? null);
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
    searcher,
    far,
    damaged: () => sources.changed.emit({ kind: 'sources' }),
  });
  return {
    ...sources,
    ...explore,
    templates,
    clickHouse: far.address,
    ship: shipSources({ ...o, ingest, searcher, far, sources }),
    close: async () => {
      await sources.close();
      await explore.close();
    },
  };
}
