import type { LogExplore, Logs, LogTemplates } from '../logs/index.ts';

/** What the detectors and incidents read of the logs. */
export type ReadLogs = Pick<LogExplore, 'minutes' | 'lines' | 'counts' | 'scan'> &
  Pick<Logs, 'changed' | 'sources'> & { readonly templates: Pick<LogTemplates, 'get' | 'list'> };
