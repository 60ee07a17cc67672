import { run, type Statement, sql } from '../../store/index.ts';
import { forgetCounts } from './keep-templates.ts';

/** Everything kept of a source's lines. Templates stay: they are for life. */
export const forgetStatements = (id: string): Statement[] => [
  forgetCounts(id),
  run(sql`DELETE FROM log_blocks WHERE source_id = ${id}`),
  run(sql`DELETE FROM log_tail WHERE source_id = ${id}`),
  run(sql`DELETE FROM log_minutes WHERE source_id = ${id}`),
  run(sql`DELETE FROM log_hours WHERE source_id = ${id}`),
  run(sql`DELETE FROM log_dead_letters WHERE source_id = ${id}`),
  run(sql`DELETE FROM log_files WHERE source_id = ${id}`),
  run(sql`DELETE FROM log_table_keys WHERE source_id = ${id}`),
];
