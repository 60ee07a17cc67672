import { type LogSource, LogSourceRules } from '../../api/contract/logs.ts';
import { type Reader, sql } from '../../store/index.ts';
import type { SourceState } from '../ingest/messages.ts';
import type { SourceRow } from '../ingest/source-rows.ts';

/** A source as it is shown: its counters from the store, its state from the thread that reads it. */
export function sourceView(read: Reader, row: SourceRow, state: SourceState | undefined): LogSource {
  const rules = LogSourceRules.parse(JSON.parse(row.rules));
  const used = JSON.parse(row.used) as { format?: string; encoding?: string; rate?: number };
  const stored = read.get<{ bytes: number | null }>(
    sql`SELECT sum(bytes) AS bytes FROM log_segments WHERE source_id = ${row.source_id}`,
  );
  const atRest = row.state === 'done' ? 'done' : row.kind === 'import' ? 'reading' : 'following';
  return {
    ...rules,
    id: row.source_id,
    kind: row.kind,
    path: row.path,
    usedFormat: used.format ?? null,
    usedEncoding: used.encoding ?? null,
    formatRate: used.rate ?? null,
    state: rules.paused ? 'paused' : (state?.state ?? atRest),
    error: state?.error ?? null,
    nextTryAt: state?.nextTryAt ?? null,
    lines: row.lines,
    templated: row.templated,
    unparsed: row.unparsed,
    bytes: row.bytes,
    storedBytes: stored?.bytes ?? 0,
    behindBytes: state?.behindBytes ?? null,
    firstAt: row.first_at,
    lastAt: row.last_at,
    addedAt: row.added_at,
  };
}
