import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Rows of a CSV file by column name; quotes doubled inside quotes (RFC 4180). */
export function readCsv(file: string): Record<string, string>[] {
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  const rows: string[][] = [[]];
  for (const [, quoted, bare = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n]*))(,|\n|$)/g)) {
    rows.at(-1)?.push(quoted === undefined ? bare.replace(/\r$/, '') : quoted.replaceAll('""', '"'));
    if (end !== ',') rows.push([]);
  }
  const [names = [], ...body] = rows.filter((row) => row.some((cell) => cell !== ''));
  return body.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? ''])));
}

export type Grouping = {
  /** share of lines whose group has exactly the lines of a true group (grouping accuracy, Zhu et al., ICSE-SEIP 2019) */
  readonly ga: number;
  /** F1 over whole groups (Jiang et al., ISSTA 2024) */
  readonly fga: number;
};
export function scoreGroups(found: readonly (string | number | null)[], truth: readonly string[]): Grouping {
  const groups = (keys: readonly (string | number | null)[]): Map<string, number[]> => {
    const by = new Map<string, number[]>();
    keys.forEach((key, i) => {
      const lines = by.get(String(key));
      if (lines) lines.push(i);
      else by.set(String(key), [i]);
    });
    return by;
  };
  const ours = groups(found);
  const theirs = groups(truth);
  let lines = 0;
  let whole = 0;
  for (const members of theirs.values()) {
    const own = ours.get(String(found[members[0] ?? 0])) ?? [];
    if (own.length !== members.length || own.some((line, i) => line !== members[i])) continue;
    lines += members.length;
    whole++;
  }
  return { ga: lines / truth.length, fga: (2 * whole) / (ours.size + theirs.size) };
}

/** The public truth sets, where they lie beside the project (their licence forbids shipping them). */
const LOGHUB =
  process.env['TORIDE_LOGHUB'] ?? path.resolve(import.meta.dirname, '../../../../shared/data/loghub');
export const LOGHUB_SYSTEMS = [
  'Android',
  'Apache',
  'BGL',
  'HDFS',
  'HealthApp',
  'Linux',
  'OpenStack',
  'Proxifier',
] as const;
export const hasLoghub = existsSync(LOGHUB);
export function loghub(system: string): { log: string; original: string[]; corrected: string[] } {
  const base = path.join(LOGHUB, system, `${system}_2k.log`);
  return {
    log: base,
    original: readCsv(`${base}_structured.csv`).map((row) => row['EventId'] ?? ''),
    corrected: readCsv(`${base}_structured_corrected.csv`).map((row) => row['EventTemplate'] ?? ''),
  };
}
/** The simulator's lines in Japanese and English with their truth, published in test/golden/logs. */
export function japanese(): { log: string; truth: string[] } {
  const dir = path.resolve(import.meta.dirname, '../../golden/logs');
  return {
    log: path.join(dir, 'japanese-2k.log'),
    truth: readCsv(path.join(dir, 'japanese-2k_truth.csv')).map((row) => row['EventId'] ?? ''),
  };
}
