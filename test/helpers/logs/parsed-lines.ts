import { detectFormat } from '../../../main/logs/index.ts';
import { LineReader } from '../../../main/logs/read/line-reader.ts';
import type { ParsedLine } from '../../../main/logs/types.ts';

/** Lines as ingest reads them, each by itself: what their first thousand teach is applied to all. */
export function parsedLines(lines: readonly string[]): (ParsedLine | null)[] {
  const { format, plan } = detectFormat(lines.slice(0, 1000));
  const reader = new LineReader(format, plan);
  return lines.map((line) => {
    const parsed = reader.read(line);
    return parsed === 'joins' ? null : parsed;
  });
}
export const contentsOf = (lines: readonly string[]): string[] =>
  parsedLines(lines).map((parsed, i) => parsed?.content ?? lines[i] ?? '');
