// Lines that stand in the company's ClickHouse, as a search reads them. Their blocks' rows are here, with what each may hold.

import type { MatchSpec } from '../search/line-match.ts';
import type { Cursor } from '../search/search-lines.ts';
import { parseWords } from '../search/words.ts';
import type { BlockRow } from '../store/block-rows.ts';
import { ENDINGS, LEVEL_ORDER, type LogRecord } from '../store/records.ts';
import { type ClickHouseServer, quoted } from './server.ts';

/** records asked for at once, at least */
const AT_ONCE = 500;
/** where too little was found, so many times the blocks are looked at */
const WIDER = 8;

export type FarRow = {
  readonly source: string;
  readonly at: number;
  readonly id: number;
  readonly guessed: number;
  readonly level: number;
  readonly service: string | null;
  readonly host: string | null;
  readonly template: number;
  readonly text: string;
  readonly ending: number;
  readonly lines: number;
  readonly attributes: string;
  /** base64 after `=`; '' for none */
  readonly raw: string;
  readonly encoding: string;
  /** texts that are no well-formed Unicode, as JSON; '' where all are */
  readonly exact: string;
};
const COLUMNS =
  'source, at, id, guessed, level, service, host, template, text, ending, lines, attributes, raw, encoding, exact';

const recordOf = (row: FarRow): LogRecord => ({
  id: row.id,
  at: row.at,
  atGuessed: row.guessed === 1,
  level: LEVEL_ORDER[row.level] ?? null,
  service: row.service,
  host: row.host,
  template: row.template,
  text: row.text,
  ending: ENDINGS[row.ending] ?? 'none',
  lines: row.lines,
  attributes: row.attributes,
  raw: row.raw === '' ? null : new Uint8Array(Buffer.from(row.raw.slice(1), 'base64')),
  ...(row.exact === '' ? {} : (JSON.parse(row.exact) as Partial<LogRecord>)),
});

type First = {
  /** what was found, a row for each source: it holds its lines */
  readonly rows: BlockRow[];
  /** beyond this instant nothing was looked at; null: all was */
  readonly until: number | null;
};

export class FarLines {
  private readonly server: ClickHouseServer;
  private readonly table: string;
  constructor(server: ClickHouseServer, database: string) {
    this.server = server;
    this.table = `${database}.toride_lines`;
  }

  /**
   * The first lines of a match that may stand in these blocks, about `limit` of them, and more that only the match itself tells apart:
   * words and values are looked for, expressions are not. `rows` are in order of their nearest edge; `near` may be under way there.
   */
  async first(
    rows: readonly BlockRow[],
    spec: MatchSpec,
    o: {
      readonly near: readonly BlockRow[];
      readonly newest: boolean;
      readonly limit: number;
      readonly after: Cursor | null;
      readonly budgetMs: number;
      readonly signal?: AbortSignal | undefined;
    },
  ): Promise<First> {
    const began = performance.now();
    const edge = (row: BlockRow): number => (o.newest ? row.maxAt : row.minAt);
    let most = Math.max(AT_ONCE, 2 * o.limit);
    let count = 0;
    for (let records = 0; count < rows.length && records < most; count++)
      records += rows[count]?.records ?? 0;
    for (;;) {
      const next = rows[count];
      const bound = next ? edge(next) : null;
      const found = await this.ask(
        [
          standsIn(rows.slice(0, count), o.near),
          ...conditionsOf(spec),
          ...(bound === null ? [] : [`at ${o.newest ? '>' : '<'} ${bound}`]),
          ...(o.after === null ? [] : [`at ${o.newest ? '<=' : '>='} ${o.after.at}`]),
        ],
        `ORDER BY at ${o.newest ? 'DESC' : 'ASC'}, id ${o.newest ? 'DESC' : 'ASC'} LIMIT ${most}`,
        o.signal,
      );
      const last = found.at(-1);
      if (last && found.length === most) {
        // of the last instant there may be more
        const whole = found.filter(({ at }) => at !== last.at);
        if (whole.length > 0) return { rows: perSource(whole), until: last.at };
        most *= WIDER;
      } else if (bound === null || found.length >= o.limit || performance.now() - began > o.budgetMs) {
        return { rows: perSource(found), until: bound };
      } else count = Math.min(rows.length, count * WIDER);
    }
  }
  /** A block with its lines. */
  async whole(row: BlockRow, signal?: AbortSignal): Promise<BlockRow> {
    const found = await this.ask([standsIn([row], []), `block = ${row.firstId}`], 'ORDER BY id', signal);
    const [first] = found;
    return {
      ...row,
      file: null,
      fetched: { encoding: first?.encoding ?? 'utf-8', records: found.map(recordOf) },
    };
  }
  private ask(where: readonly string[], rest: string, signal?: AbortSignal): Promise<FarRow[]> {
    return this.server.rows<FarRow>(
      `SELECT ${COLUMNS} FROM ${this.table} WHERE ${where.join(' AND ')} ${rest}`,
      signal,
    );
  }
}

/** Where lines of these blocks stand; not those of `near`, which may have come there but count here. */
function standsIn(rows: readonly BlockRow[], near: readonly BlockRow[]): string {
  const reaches = [...Map.groupBy(rows, (row) => row.sourceId)].map(([sourceId, own]) => {
    const least = (of: (row: BlockRow) => number): number =>
      own.reduce((n, row) => Math.min(n, of(row)), Infinity);
    const most = (of: (row: BlockRow) => number): number =>
      own.reduce((n, row) => Math.max(n, of(row)), -Infinity);
    const lastId = most((row) => row.lastId);
    const here = near
      .filter((row) => row.sourceId === sourceId && row.firstId <= lastId)
      .map((row) => row.firstId);
    return [
      `source = ${quoted(sourceId)}`,
      `at >= ${least((row) => row.minAt)} AND at <= ${most((row) => row.maxAt)}`,
      `id >= ${least((row) => row.firstId)} AND id <= ${lastId}`,
      ...(here.length ? [`block NOT IN (${here.join(', ')})`] : []),
    ].join(' AND ');
  });
  return `(${reaches.map((one) => `(${one})`).join(' OR ')})`;
}

/** What every line of the match fulfils, and perhaps some others. */
function conditionsOf(spec: MatchSpec): string[] {
  const { from, to, services, levels, templates, notTemplates, text, fields, ids } = spec;
  const among = (column: string, values: readonly (string | number)[], not = ''): string =>
    // an empty list is no SQL
    values.length ? `${column} ${not}IN (${values.join(', ')})` : '0';
  const words = text ? parseWords(text).filter(({ not }) => !not) : [];
  return [
    ...(from === undefined ? [] : [`at >= ${from}`]),
    ...(to === undefined ? [] : [`at < ${to}`]),
    ...(services ? [among("ifNull(service, '')", services.map(quoted))] : []),
    ...(levels
      ? [
          among(
            'level',
            levels.map((level) => LEVEL_ORDER.indexOf(level === '' ? null : level)),
          ),
        ]
      : []),
    ...(templates ? [among('template', templates)] : []),
    ...(notTemplates?.length ? [among('template', notTemplates, 'NOT ')] : []),
    ...(ids ? [among('id', ids)] : []),
    ...words.map((word) => holds(["if(folded = '', lower(text), folded)"], word.text.toWellFormed())),
    // a value with a sign in it may be written otherwise in JSON
    ...(fields ?? []).flatMap(({ key, value, not, parameter }) =>
      not || !/^[\w.]+$/.test(value)
        ? []
        : [
            holds(
              parameter ? ['text'] : ['text', 'attributes', ...(key === 'host' ? ["ifNull(host, '')"] : [])],
              value,
            ),
          ],
    ),
  ];
}
const holds = (columns: readonly string[], text: string): string =>
  `(${columns.map((column) => `position(${column}, ${quoted(text)}) > 0`).join(' OR ')})`;

/** As a search reads them: a row for each source, with its lines. */
const perSource = (found: readonly FarRow[]): BlockRow[] =>
  [...Map.groupBy(found, (row) => row.source)].map(([sourceId, own], i) => {
    const records = own.map(recordOf);
    const ats = records.map((r) => r.at);
    const ids = records.map((r) => r.id);
    return {
      blockId: -1 - i,
      sourceId,
      file: null,
      place: 0,
      bytes: 0,
      firstId: Math.min(...ids),
      lastId: Math.max(...ids),
      records: records.length,
      lines: records.reduce((sum, r) => sum + r.lines, 0),
      minAt: Math.min(...ats),
      maxAt: Math.max(...ats),
      checksum: 0,
      fetched: { encoding: own[0]?.encoding ?? 'utf-8', records },
    };
  });
