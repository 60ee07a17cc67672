import type { Clock } from '../../kernel/clock.ts';
import type { Emitter } from '../../kernel/events.ts';
import type { Log } from '../../kernel/log.ts';
import type { Tasks } from '../../kernel/task.ts';
import type { Store } from '../../store/index.ts';
import type { Ingest } from '../ingest/ingest.ts';
import type { Pipes } from '../sources/pipes/pipes.ts';
import type { CompanyTables, LogsChange } from '../types.ts';
import type { Troubles } from './troubles.ts';
import type { Uploads } from './uploads.ts';

/** What all that is done with sources needs. */
export type SourcesBase = {
  readonly store: Store;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly zone: () => string;
  readonly tasks: Tasks;
  readonly log: Log;
  readonly ingest: Ingest;
  readonly keepDays: number;
  readonly tables?: CompanyTables | undefined;
};
export type SourcesDesk = SourcesBase & {
  readonly changed: Emitter<LogsChange>;
  readonly uploads: Uploads;
  readonly pipes: Pipes;
  readonly troubles: Troubles;
};
