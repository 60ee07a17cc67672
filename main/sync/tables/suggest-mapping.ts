import { APPROVAL_TABLE, COMPANY_TABLES } from '../../store/index.ts';
import type { Connection, Mapping, MappingSuggestion } from '../contract/company.ts';
import { canonicalColumns, nameScore } from './names.ts';
import { mappingProblems } from './plan.ts';
import type { TheirColumn, TheirTable } from './read-schema.ts';

/** Below this a guess is not offered. */
const OFFER = 0.45;
/** From here on a suggestion may be used without a person having looked at it. */
export const SURE = 0.85;

const TYPES: Readonly<Record<string, RegExp>> = {
  id: /int|char|text|decimal|binary|uuid/,
  text: /char|text|enum|set|binary|blob/,
  int: /int|decimal|numeric|float|double|char|bit/,
  real: /int|decimal|numeric|float|double|char/,
  instant: /datetime|timestamp|^date$|bigint|^int$|char|double/,
  date: /date|timestamp|char|^int$/,
  time: /^time$|char|datetime/,
  bool: /int|bit|bool|char|enum/,
  json: /json|text|char|blob/,
};
/** The type one would choose; others that can be read get a little less. */
const BEST: Readonly<Record<string, RegExp>> = {
  instant: /datetime|timestamp/,
  date: /^date$|datetime/,
  time: /^time$/,
  int: /int/,
  real: /decimal|float|double/,
  bool: /tinyint|bit|bool/,
  text: /char|text|enum/,
  id: /int|char/,
  json: /json|text/,
};

export type Pair = { readonly ours: string; readonly theirs: string; readonly score: number };

/**
 * Binds their tables to ours by names, comments and what the columns are. Each of their tables and columns is used at most once;
 * the best pair is taken first. A person confirms or edits it.
 */
export function suggestMapping(schema: readonly TheirTable[], connection: Connection): MappingSuggestion {
  const names = [...COMPANY_TABLES, APPROVAL_TABLE];
  const columnPairs = new Map<string, Pair[]>();
  const tablePairs: Pair[] = [];
  for (const ours of names)
    for (const theirs of schema) {
      const named = Math.max(
        nameScore(theirs.table, ours, 'table'),
        nameScore(theirs.comment, ours, 'table') * 0.97,
      );
      const columns = matchColumns(ours, theirs.columns);
      const score = named * 0.6 + coverage(ours, columns) * 0.4;
      columnPairs.set(`${ours}\n${theirs.table}`, columns);
      if (named >= 0.3 || coverage(ours, columns) >= 0.8)
        tablePairs.push({ ours, theirs: theirs.table, score });
    }
  const chosen = new Map(bestFirst(tablePairs).map((pair) => [pair.ours, pair]));
  const confidence: Record<string, number> = {};
  const tables: Mapping['tables'] = {};
  for (const ours of names) {
    const pair = chosen.get(ours);
    const pairs = pair ? (columnPairs.get(`${ours}\n${pair.theirs}`) ?? []) : [];
    if (pair) confidence[ours] = round(pair.score);
    const columns: Record<string, string | null> = {};
    for (const column of Object.keys(canonicalColumns(ours))) {
      const bound = pairs.find((p) => p.ours === column);
      columns[column] = bound?.theirs ?? null;
      if (bound) confidence[`${ours}.${column}`] = round(bound.score);
    }
    tables[ours] = { table: pair?.theirs ?? null, columns };
  }
  const mapping: Mapping = { version: 1, tables };
  return {
    mapping,
    confidence,
    problems: mappingProblems(mapping, schema, connection).map((e) => ({ code: e.code, params: e.params })),
    theirTables: schema.map((t) => ({
      table: t.table,
      columns: t.columns.map(({ column, type }) => ({ column, type })),
      rows: t.rows,
    })),
  };
}

/** True when everything Toride cannot do without was recognised beyond doubt. */
export function isSure(suggestion: MappingSuggestion, required: readonly string[]): boolean {
  return required.every((table) => {
    const columns = canonicalColumns(table);
    return (
      (suggestion.confidence[table] ?? 0) >= SURE &&
      Object.entries(columns).every(
        ([column, { optional }]) => optional || (suggestion.confidence[`${table}.${column}`] ?? 0) >= SURE,
      )
    );
  });
}

const round = (n: number): number => Math.round(n * 100) / 100;

/** Which of their columns mean ours, by names, comments and types; each at most once. */
export function matchColumns(ours: string, theirs: readonly TheirColumn[]): Pair[] {
  const pairs: Pair[] = [];
  for (const [column, { type }] of Object.entries(canonicalColumns(ours)))
    for (const their of theirs) {
      if (!TYPES[type]?.test(their.type)) continue;
      const named = Math.max(
        nameScore(their.column, column, 'column'),
        nameScore(their.comment, column, 'column') * 0.97,
      );
      pairs.push({
        ours: column,
        theirs: their.column,
        score: named * (BEST[type]?.test(their.type) ? 1 : 0.95),
      });
    }
  return bestFirst(pairs.filter((pair) => pair.score >= OFFER));
}

/** Mean score of the required columns, the optional ones at a quarter of the weight. */
function coverage(ours: string, pairs: readonly Pair[]): number {
  let sum = 0;
  let weight = 0;
  for (const [column, { optional }] of Object.entries(canonicalColumns(ours))) {
    const w = optional ? 0.25 : 1;
    weight += w;
    sum += w * (pairs.find((p) => p.ours === column)?.score ?? 0);
  }
  return sum / weight;
}

function bestFirst(pairs: readonly Pair[]): Pair[] {
  const ours = new Set<string>();
  const theirs = new Set<string>();
  const chosen: Pair[] = [];
  for (const pair of pairs.filter((p) => p.score >= OFFER).sort((a, b) => b.score - a.score)) {
    if (ours.has(pair.ours) || theirs.has(pair.theirs)) continue;
    ours.add(pair.ours);
    theirs.add(pair.theirs);
    chosen.push(pair);
  }
  return chosen;
}
