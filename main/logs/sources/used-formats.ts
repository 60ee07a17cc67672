/** What a source's text turned out to be: of several files, each of them counted. */
import { type Reader, sql } from '../../store/index.ts';
import type { SourceRow } from '../ingest/source-rows.ts';

export type UsedFormats = {
  /** chosen or detected, those of most files first; empty before the first line */
  readonly formats: readonly { readonly format: string; readonly files: number }[];
  readonly encodings: readonly string[];
  /** share of the first lines that parse so; null: nothing was read yet */
  readonly rate: number | null;
};

/** @param chosen a person's; it holds for every file from the next line on */
export function usedFormats(
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
