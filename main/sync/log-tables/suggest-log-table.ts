import type { LogTable, LogTableChoice, TableRole } from '../../logs/contract/tables.ts';
import { nameScore } from '../tables/names.ts';
import { isNumber, isText, isTime, type TheirTable } from '../tables/read-schema.ts';
import { matchColumns, type Pair, SURE } from '../tables/suggest-mapping.ts';

const LOGS = 'system_logs';
/** What a role is called in the table of the contract. */
const OURS: Readonly<Record<TableRole, string>> = {
  time: 'logged_at',
  message: 'message',
  level: 'level',
  service: 'service',
  host: 'host',
  trace: 'trace_id',
};
const ROLES = Object.keys(OURS) as TableRole[];
/** A column of text that no name points to may still be the message, but nobody is sure of it. */
const UNNAMED = 0.3;

/** A table as a log: what its columns mean, by names, comments and types, and how much it looks like one. A person confirms or edits it. */
export function suggestLogTable(theirs: TheirTable, since: number | null): LogTableChoice {
  const pairs = matchColumns(LOGS, theirs.columns);
  if (!pairs.some((p) => p.ours === OURS.level)) pairs.push(...levelNumber(theirs));
  const found = (role: TableRole): string | null => pairs.find((p) => p.ours === OURS[role])?.theirs ?? null;
  const confidence: Record<string, number> = {};
  for (const role of ROLES) {
    const pair = pairs.find((p) => p.ours === OURS[role]);
    if (pair) confidence[role] = round(pair.score);
  }
  const texts = theirs.columns.filter((c) => isText(c.type));
  const named = found('message');
  const attributes = pairs.find((p) => p.ours === 'attributes')?.theirs ?? null;
  const taken = [attributes, ...ROLES.map(found)].filter((column) => column !== null);
  const message = named ?? longest(theirs, new Set(taken));
  if (named === null && message !== null) confidence['message'] = UNNAMED;
  const time = found('time') ?? theirs.columns.find((c) => isTime(c.type))?.column ?? null;
  const [key] = theirs.keys;
  const cursors = theirs.columns.filter((c) => isTime(c.type) || isNumber(c.type)).map((c) => c.column);
  const cursor = orderOf(theirs, time);
  const problem = !key ? 'no-key' : cursor === null ? 'no-order' : texts.length === 0 ? 'no-text' : null;
  const suggestion: LogTable | null =
    problem || !key || cursor === null || message === null
      ? null
      : {
          table: theirs.table,
          key: [...key],
          cursor,
          time,
          message,
          level: found('level'),
          service: found('service'),
          host: found('host'),
          trace: found('trace'),
          others: attributes === null ? [] : [attributes],
          since,
        };
  return {
    table: theirs.table,
    comment: theirs.comment,
    rows: theirs.rows,
    columns: theirs.columns.map(({ column, type }) => ({ column, type })),
    cursors,
    indexed: [...theirs.indexed],
    keys: theirs.keys.map((columns) => [...columns]),
    score: likeness(theirs, confidence),
    suggestion,
    confidence,
    problem,
    usedAs: null,
  };
}

/** Severities are often numbers: only a name can tell. */
function levelNumber({ columns }: TheirTable): Pair[] {
  const named = columns.flatMap(({ column, comment, type }) => {
    const score = Math.max(nameScore(column, OURS.level, 'column'), nameScore(comment, OURS.level, 'column'));
    return /int$/.test(type) && score >= SURE ? [{ ours: OURS.level, theirs: column, score }] : [];
  });
  return named.slice(0, 1);
}

/** A time that the server finds rows by; else the number it counts them with; else any time; else a number that is the key. */
function orderOf(theirs: TheirTable, time: string | null): string | null {
  const timeColumn = theirs.columns.find(
    (c) => c.column === time && (isTime(c.type) || isNumber(c.type)),
  )?.column;
  if (timeColumn !== undefined && theirs.indexed.has(timeColumn)) return timeColumn;
  const counted = theirs.columns.find((c) => c.counts && isNumber(c.type))?.column;
  const [key = []] = theirs.keys;
  const number =
    key.length === 1 ? theirs.columns.find((c) => c.column === key[0] && isNumber(c.type)) : null;
  return (
    counted ?? timeColumn ?? theirs.columns.find((c) => isTime(c.type))?.column ?? number?.column ?? null
  );
}

const SIZE = ['longtext', 'mediumtext', 'text', 'json', 'varchar', 'tinytext', 'char'];
function longest(theirs: TheirTable, taken: ReadonlySet<string>): string | null {
  const free = theirs.columns.filter((c) => SIZE.includes(c.type) && !taken.has(c.column));
  return free.sort((a, b) => SIZE.indexOf(a.type) - SIZE.indexOf(b.type))[0]?.column ?? null;
}

/** A log has a time and a message; its name says so, or its level does. */
function likeness(theirs: TheirTable, confidence: Readonly<Record<string, number>>): number {
  const named = Math.max(nameScore(theirs.table, LOGS, 'table'), nameScore(theirs.comment, LOGS, 'table'));
  const of = (role: TableRole): number => confidence[role] ?? 0;
  const isCalledLog = /(^|[_\W])logs?($|[_\W\d])|ログ/i.test(`${theirs.table} ${theirs.comment}`) ? 1 : 0;
  return round(
    0.35 * Math.max(named, isCalledLog) + 0.25 * of('message') + 0.2 * of('time') + 0.2 * of('level'),
  );
}
const round = (n: number): number => Math.round(n * 100) / 100;
