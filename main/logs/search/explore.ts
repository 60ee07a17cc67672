import { AppError } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { type Base, run, sql } from '../../store/index.ts';
import { createClickHouse, type FarStore } from '../clickhouse/clickhouse.ts';
import { type LineFilter, type LogLine, SavedFilter, type SavedSearch } from '../contract/logs.ts';
import type { LogExplore } from '../types.ts';
import { countFound, countLines, minuteCounts } from './count-lines.ts';
import { exportLines } from './export-lines.ts';
import { LineFinder } from './find-lines.ts';
import { keepDamage, leftOutBlock } from './keep-damage.ts';
import { compileRegex } from './line-match.ts';
import type { TemplateLookup } from './match-of.ts';
import { originalOf } from './original.ts';
import { savedSearches } from './queries.ts';
import type { Cursor, StoredLine } from './search-lines.ts';
import { createSearcher, type Searcher } from './searcher.ts';

const EXPORT_LINES = 100_000;
const SCAN_LINES = 4000;
const PAGE = 200;
/** after so long a screenful is given, where one is asked for at once */
const SOON_MS = 25;

/** Lines and counts: pages, context, roll-ups, bookmarks, saved searches, export. Searching runs in a thread of its own. */
export function createExplore(
  o: Pick<Base, 'store' | 'dataDir' | 'clock' | 'log'> & {
    /** the site's zone: where buckets of counts begin, and times in exports */
    readonly zone: () => string;
    readonly templates: TemplateLookup;
    readonly searcher?: Searcher;
    readonly far?: FarStore;
    /** some stored lines turned out to be unreadable */
    readonly damaged: () => void;
  },
): LogExplore {
  const { store, templates } = o;
  const searcher = o.searcher ?? createSearcher({ dataDir: o.dataDir, storeFile: store.file, log: o.log });
  const far = o.far ?? createClickHouse(null);
  const log = o.log.area('logs');
  const damage = keepDamage({ ...o, log });
  const finder = new LineFinder({
    store,
    templates,
    searcher,
    far: far.lines,
    log,
    damageFound: damage.found,
  });

  async function* scanStored(filter: LineFilter, signal?: AbortSignal): AsyncGenerator<StoredLine[]> {
    let after: Cursor | null = null;
    do {
      const page = await finder.page(filter, { newest: false, limit: SCAN_LINES, after, signal });
      if (page.lines.length) yield page.lines;
      after = page.next;
    } while (after !== null);
  }
  const lineNow = async (id: number): Promise<LogLine> => {
    const [line] = finder.view(await finder.around(id, 0, 0));
    if (!line) throw new AppError('not-found', { what: `line ${id}` });
    return line;
  };

  return {
    async lines({ filter, order = 'newest', limit = PAGE, soon = false, after, signal }) {
      const began = performance.now();
      if (filter.regex) compileRegex(filter.regex);
      const newest = order === 'newest';
      const cursor = after === undefined ? null : readCursor(after);
      const { lines, next, searched, leftOut } = await finder.page(filter, {
        newest,
        limit,
        after: cursor,
        signal,
        ...(soon && { soonMs: SOON_MS }),
      });
      return {
        lines: finder.view(lines),
        next: next && writeCursor(next),
        searched,
        leftOut: leftOut.map((row) => leftOutBlock(row, o.zone())),
        tookMs: performance.now() - began,
      };
    },
    async context({ id, before = 20, after = 20 }) {
      const lines = await finder.around(id, before, after);
      if (!lines.length) throw new AppError('not-found', { what: `line ${id}` });
      return finder.view(lines);
    },
    counts: (q) => countLines(store.read, templates, o.zone(), q),
    countFound({ filter, buckets = 1, top = 50, signal }) {
      if (filter.regex) compileRegex(filter.regex);
      return countFound(store.read, templates, finder, { filter, buckets, top, zone: o.zone(), signal });
    },
    async *scan(filter, signal) {
      for await (const lines of scanStored(filter, signal)) yield finder.view(lines);
    },
    parameters: (id) => finder.values(id),
    minutes: (q) => minuteCounts(store.read, templates, q),
    async bookmark(lineId, on, note) {
      await lineNow(lineId);
      const at = o.clock.now();
      await store.write([
        on
          ? run(sql`INSERT INTO log_bookmarks (line_id, note, at) VALUES (${lineId}, ${note}, ${at})
              ON CONFLICT (line_id) DO UPDATE SET note = excluded.note`)
          : run(sql`DELETE FROM log_bookmarks WHERE line_id = ${lineId}`),
      ]);
      return lineNow(lineId);
    },
    saved: () =>
      savedSearches(store.read).flatMap((row): SavedSearch[] => {
        const filter = SavedFilter.safeParse(JSON.parse(row.filter));
        return filter.success ? [{ ...row, filter: filter.data }] : [];
      }),
    async save(name, filter) {
      const search = { id: newId(), name, filter, at: o.clock.now() };
      await store.write([
        run(sql`DELETE FROM log_searches WHERE name = ${name}`),
        run(
          sql`INSERT INTO log_searches (search_id, name, filter, at) VALUES (${search.id}, ${name}, ${JSON.stringify(filter)}, ${search.at})`,
        ),
      ]);
      return search;
    },
    async removeSaved(id) {
      await store.write([run(sql`DELETE FROM log_searches WHERE search_id = ${id}`)]);
    },
    async export(filter, format) {
      if (filter.regex) compileRegex(filter.regex);
      const lines: StoredLine[] = [];
      for await (const page of scanStored(filter)) {
        lines.push(...page);
        if (lines.length >= EXPORT_LINES) break;
      }
      lines.length = Math.min(lines.length, EXPORT_LINES);
      return exportLines(lines, format, { now: o.clock.now(), zone: o.zone(), resolve: templates.resolve });
    },
    original: ({ id, signal }) => originalOf({ store, searcher, far }, id, signal),
    async close() {
      await damage.close();
      await searcher.close();
    },
  };
}

const CURSOR = /^(-?\d{1,16})(?:_(\d{1,16})|([<>]))$/;
/** `at_id`, or `at>` and `at<` for after or before all lines of an instant. */
const writeCursor = ({ at, id }: Cursor): string =>
  Number.isFinite(id) ? `${at}_${id}` : `${at}${id > 0 ? '>' : '<'}`;
function readCursor(text: string): Cursor {
  const [, at, id, side] = CURSOR.exec(text) ?? [];
  if (at === undefined) throw new AppError('input.invalid', { detail: 'after' });
  const edge = side === '>' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  return { at: Number(at), id: id === undefined ? edge : Number(id) };
}
