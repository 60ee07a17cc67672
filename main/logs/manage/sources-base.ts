import type { Emitter } from '../../kernel/events.ts';
import type { Base } from '../../store/index.ts';
import type { Ingest } from '../ingest/ingest.ts';
import type { Pipes } from '../sources/pipes/pipes.ts';
import type { CompanyTables, LogsChange } from '../types.ts';
import type { Troubles } from './troubles.ts';
import type { Uploads } from './uploads.ts';

/** What all that is done with sources needs. */
export type SourcesBase = Base & {
  readonly ingest: Ingest;
  readonly keepDays: number;
  readonly tables?: CompanyTables | undefined;
};
export type SourcesContext = SourcesBase & {
  readonly changed: Emitter<LogsChange>;
  readonly uploads: Uploads;
  readonly pipes: Pipes;
  readonly troubles: Troubles;
};
