import { type LogSource, LogSourceRules, type TimesRead } from '../../api/contract/logs.ts';
import { type Reader, sql } from '../../store/index.ts';
import type { SourceRow } from '../ingest/source-rows.ts';
import type { Standing } from './troubles.ts';
import { usedFormats } from './used-formats.ts';

/** What a source takes in the store: its blocks, what their rows say of them, and lines that could not be read. */
export const storedBytesOf = (read: Reader, id: string): number =>
  read.get<{ bytes: number }>(
    sql`SELECT (SELECT COALESCE(sum(bytes + octet_length(meta)), 0) FROM log_blocks WHERE source_id = ${id})
      + (SELECT COALESCE(sum(length(raw)), 0) FROM log_dead_letters WHERE source_id = ${id}) AS bytes`,
  )?.bytes ?? 0;

/** What its times are worth, over all its files. */
function timesOf(read: Reader, id: string): TimesRead | null {
  const row = read.get<{ [K in keyof TimesRead]: number | null }>(
    sql`SELECT sum(place ->> '$.times.read') AS read, sum(place ->> '$.times.unread') AS unread, sum(place ->> '$.times.guessed') AS guessed,
        sum(place ->> '$.times.ambiguous') AS ambiguous, sum(place ->> '$.times.future') AS future
      FROM log_files WHERE source_id = ${id}`,
  );
  const { read: own = null, unread, guessed, ambiguous, future } = row ?? {};
  if (own === null) return null;
  return {
    read: own,
    unread: unread ?? 0,
    guessed: guessed ?? 0,
    ambiguous: ambiguous ?? 0,
    future: future ?? 0,
  };
}

/** A source as it is shown: its counters from the store, its state from those who read it. */
export function sourceView(read: Reader, row: SourceRow, standing: Standing): LogSource {
  const { state, copiedAt } = standing;
  const rules = LogSourceRules.parse(JSON.parse(row.rules));
  // nobody waits for what a person paused
  const trouble = rules.paused ? null : standing.trouble;
  const used = usedFormats(read, row, rules.format);
  const atRest = row.state === 'done' ? 'done' : row.kind === 'import' ? 'reading' : 'following';
  return {
    ...rules,
    id: row.source_id,
    kind: row.kind,
    path: row.path,
    usedFormats: [...used.formats],
    usedEncodings: [...used.encodings],
    formatRate: used.rate,
    times: timesOf(read, row.source_id),
    state: rules.paused ? 'paused' : trouble ? 'waiting' : (state?.state ?? atRest),
    error: trouble && { code: trouble.code, params: trouble.params },
    waitsSince: trouble?.since ?? null,
    nextTryAt: trouble?.nextTryAt ?? null,
    lines: row.lines,
    templated: row.templated,
    unparsed: row.unparsed,
    bytes: row.bytes,
    storedBytes: storedBytesOf(read, row.source_id),
    behindBytes: state?.behindBytes ?? null,
    lookedAt: row.kind === 'company' ? copiedAt : (state?.lookedAt ?? null),
    firstAt: row.first_at,
    lastAt: row.last_at,
    addedAt: row.added_at,
  };
}
