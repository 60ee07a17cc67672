import { type Reader, sql } from '../../store/index.ts';
import { type LogSource, LogSourceRules, type TimesRead } from '../contract/logs.ts';
import type { SourceRow } from '../ingest/source-rows.ts';
import type { Standing } from './troubles.ts';

/** What a source's text turned out to be: of several files, each of them counted. */
type UsedFormats = {
  /** chosen or detected, those of most files first; empty before the first line */
  readonly formats: readonly { readonly format: string; readonly files: number }[];
  readonly encodings: readonly string[];
  /** share of the first lines that parse so; null: nothing was read yet */
  readonly rate: number | null;
};

/** @param chosen a person's; it holds for every file from the next line on */
function usedFormats(
  read: Reader,
  { source_id: id, kind, used }: SourceRow,
  chosen: string | null,
): UsedFormats {
  const files = kind === 'folder' || kind === 'import' ? perFiles(read, id) : [];
  if (files.length === 0) {
    const { format, encoding, rate } = JSON.parse(used) as {
      format?: string;
      encoding?: string;
      rate?: number;
    };
    return {
      formats: format === undefined ? [] : [{ format, files: 1 }],
      encodings: encoding === undefined ? [] : [encoding],
      rate: rate ?? null,
    };
  }
  const sum = (of: (row: FilesRow) => number): number => files.reduce((all, row) => all + of(row), 0);
  const counts = new Map<string, number>();
  for (const { format, n } of files) counts.set(chosen ?? format, (counts.get(chosen ?? format) ?? 0) + n);
  const probed = sum((row) => row.probed);
  return {
    formats: [...counts]
      .map(([format, n]) => ({ format, files: n }))
      .sort((a, b) => b.files - a.files || (a.format < b.format ? -1 : 1)),
    encodings: [...new Set(files.map(({ encoding }) => encoding))],
    rate: probed > 0 ? sum((row) => row.parsed) / probed : null,
  };
}

type FilesRow = {
  readonly format: string;
  readonly encoding: string;
  readonly n: number;
  readonly probed: number;
  readonly parsed: number;
};
/** Files of which something was read, by what they are. */
const perFiles = (read: Reader, id: string): FilesRow[] =>
  read.all<FilesRow>(
    sql`SELECT place ->> 'format' AS format, place ->> 'encoding' AS encoding, count(*) AS n,
        sum(place ->> 'probed') AS probed, sum((place ->> 'rate') * (place ->> 'probed')) AS parsed
      FROM log_files WHERE source_id = ${id} AND (place ->> 'offset') > 0 GROUP BY 1, 2 ORDER BY n DESC`,
  );

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
