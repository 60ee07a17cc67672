import { AppError } from '../../kernel/errors.ts';
import type { Log } from '../../kernel/log.ts';
import type { Base, Store } from '../../store/index.ts';
import type { FarLines } from '../clickhouse/far-lines.ts';
import type { LineFilter, LogLine, ParameterStats } from '../contract/logs.ts';
import { parametersOf } from '../mine/align-parameters.ts';
import { Recent } from '../store/block-cache.ts';
import { type BlockRow, type BlockTerms, isFar, termsOf } from '../store/block-rows.ts';
import { LEVEL_ORDER } from '../store/records.ts';
import type { MatchSpec } from './line-match.ts';
import { matchOf, type TemplateLookup } from './match-of.ts';
import { blocksBeside, blocksOf, blocksWithLine, metaOf, notesOf } from './queries.ts';
import type { Cursor, Found, StoredLine } from './search-lines.ts';
import type { Searcher } from './searcher.ts';
import type { Buckets, Tally } from './tally-lines.ts';

/** How long one page may search before it says how far it came. */
const BUDGET_MS = 1500;
/** How long one look of a count may take, in which a page of lines waits, and how many blocks it is given at most. */
const TALLY_MS = 12;
const TALLY_BLOCKS = 200;
/** of lines that stand elsewhere so many are asked for at once */
const TALLY_LINES = 10_000;
/** a count that goes on is told no oftener */
const TOLD_MS = 150;
/** Values of parameters come from so many newest lines of a template, or from those read in this time. */
const VALUE_LINES = 10_000;
const VALUE_MS = 3000;
/** Blocks may be replaced and tails become blocks while a search runs; each try begins with fresh rows. */
const RETRIES = 5;

export type Page = {
  readonly lines: StoredLine[];
  readonly next: Cursor | null;
  readonly searched: { readonly segments: number; readonly of: number };
  /** blocks of the part of time the page covers that do not read any more, and may hold such lines */
  readonly leftOut: BlockRow[];
};

/** Finds lines: the engine picks the blocks and tails that may hold them, the search thread looks into them. */
export class LineFinder {
  private readonly store: Store;
  private readonly templates: TemplateLookup;
  private readonly searcher: Searcher;
  private readonly far: () => FarLines;
  private readonly log: Log;
  private readonly metas = new Recent<BlockTerms>(64 << 20);
  /** blocks known to be damaged: told once, then passed by */
  private readonly damaged = new Set<string>();

  private readonly damageFound: (row: BlockRow) => void;

  constructor(
    o: Pick<Base, 'store' | 'log'> & {
      templates: TemplateLookup;
      searcher: Searcher;
      /** @throws `logs.clickhouse-unset` */
      far: () => FarLines;
      damageFound: (row: BlockRow) => void;
    },
  ) {
    this.store = o.store;
    this.templates = o.templates;
    this.searcher = o.searcher;
    this.far = o.far;
    this.log = o.log;
    this.damageFound = o.damageFound;
  }

  async page(
    filter: LineFilter,
    o: {
      newest: boolean;
      limit: number;
      after: Cursor | null;
      signal?: AbortSignal | undefined;
      budgetMs?: number;
      soonMs?: number;
    },
  ): Promise<Page> {
    for (let tries = 1; ; tries++) {
      const { read } = this.store;
      const spec = matchOf(read, this.templates, filter);
      const possible = this.prune(blocksOf(read, filter, o.newest), spec);
      const candidates = this.readable(possible);
      const { after } = o;
      const rows = candidates.filter((row) =>
        after === null ? true : o.newest ? row.minAt <= after.at : row.maxAt >= after.at,
      );
      const { newest, limit, signal, budgetMs = BUDGET_MS, soonMs = budgetMs } = o;
      const reach = await this.reach(rows, spec, { newest, limit, after, budgetMs, signal });
      const request = { ...reach, newest, limit, after, budgetMs, soonMs };
      const found = await this.searcher.ask('lines', request, signal);
      if (this.replaced(rows, found, tries)) continue;
      const next = found.next ?? (reach.until === null ? null : farther(reach.until, newest));
      const left = next ? reach.rows.length - found.searched + reach.unseen : 0;
      return {
        lines: found.lines,
        next,
        searched: { segments: candidates.length - Math.min(left, rows.length), of: candidates.length },
        leftOut: possible.filter(
          (row) => this.damaged.has(keyOf(row)) && isCovered(row, { newest, after, next }),
        ),
      };
    }
  }

  /** What a search thread can look into: blocks that stand elsewhere as the lines that were found of them, up to an instant. */
  private async reach(
    rows: readonly BlockRow[],
    spec: MatchSpec,
    o: Omit<Parameters<FarLines['first']>[2], 'near'>,
  ): Promise<{ rows: BlockRow[]; spec: MatchSpec; until: number | null; unseen: number }> {
    const far = rows.filter(isFar);
    const near = rows.filter((row) => !isFar(row));
    if (far.length === 0) return { rows: near, spec, until: null, unseen: 0 };
    const { rows: found, until } = await this.far().first(far, spec, { ...o, near });
    const all = [...near, ...found].sort((a, b) => (o.newest ? b.maxAt - a.maxAt : a.minAt - b.minAt));
    if (until === null) return { rows: all, spec, until, unseen: 0 };
    const bounded = o.newest
      ? { ...spec, from: Math.max(spec.from ?? until, nextAfter(until)) }
      : { ...spec, to: Math.min(spec.to ?? until, until) };
    const unseen = far.filter((row) => (o.newest ? row.minAt <= until : row.maxAt >= until)).length;
    return { rows: all, spec: bounded, until, unseen };
  }

  /** Lines by level over time and by template, growing as blocks are looked at, newest first; the last one is of all. */
  async *tally(
    filter: LineFilter,
    { buckets, signal }: { buckets: Buckets; signal?: AbortSignal | undefined },
  ): AsyncGenerator<Tally & Pick<Page, 'searched' | 'leftOut'>> {
    for (let tries = 1; ; tries++) {
      const spec = matchOf(this.store.read, this.templates, filter);
      const possible = this.prune(blocksOf(this.store.read, filter, true), spec);
      const rows = this.readable(possible);
      const leftOut = (): BlockRow[] => possible.filter((row) => this.damaged.has(keyOf(row)));
      const sum: Tally = { levels: new Map(), templates: new Map() };
      let done = 0;
      let isReplaced = false;
      let told = performance.now();
      const near = rows.filter((row) => !isFar(row));
      const lookAt = async (next: readonly BlockRow[], spec: MatchSpec): Promise<number> => {
        const tally = await this.searcher.ask(
          'tally',
          { rows: next, spec, buckets, budgetMs: TALLY_MS },
          signal,
        );
        isReplaced = this.replaced(next, tally, tries);
        addTally(sum, tally);
        return tally.searched;
      };
      while (done < near.length && !isReplaced) {
        done += await lookAt(near.slice(done, done + TALLY_BLOCKS), spec);
        if (isReplaced || done === rows.length || performance.now() - told < TOLD_MS) continue;
        yield { ...sum, searched: { segments: done, of: rows.length }, leftOut: leftOut() };
        told = performance.now();
      }
      const far = rows.filter(isFar);
      for (let after: Cursor | null = null; far.length > 0 && !isReplaced; ) {
        const asked = { newest: true, limit: TALLY_LINES, after, budgetMs: BUDGET_MS, signal };
        const left = far.filter((row) => after === null || row.minAt <= after.at);
        const { rows: found, ...reach } = await this.reach(left, spec, asked);
        for (let looked = 0; looked < found.length; ) looked += await lookAt(found.slice(looked), reach.spec);
        if (reach.until === null) break;
        yield {
          ...sum,
          searched: { segments: rows.length - reach.unseen, of: rows.length },
          leftOut: leftOut(),
        };
        after = farther(reach.until, true);
      }
      if (isReplaced) continue;
      yield { ...sum, searched: { segments: rows.length, of: rows.length }, leftOut: leftOut() };
      return;
    }
  }

  /** What stood in the parameters of a template; nothing when there is no such template. */
  async values(id: number): Promise<ParameterStats[]> {
    for (let tries = 1; ; tries++) {
      const template = this.templates.get(id);
      if (!template) return [];
      const { read } = this.store;
      const spec = matchOf(read, this.templates, { templates: [id], noise: true });
      const rows = this.readable(this.prune(blocksOf(read, {}, true), spec));
      const { parts } = template;
      const budgetMs = VALUE_MS;
      const asked = { newest: true, limit: VALUE_LINES, after: null, budgetMs };
      const reach = await this.reach(rows, spec, asked);
      const request = { ...reach, parts, most: VALUE_LINES, budgetMs };
      const values = await this.searcher.ask('values', request);
      if (!this.replaced(rows, values, tries)) return values.parameters;
    }
  }

  private readable(rows: BlockRow[]): BlockRow[] {
    return this.damaged.size ? rows.filter((row) => !this.damaged.has(keyOf(row))) : rows;
  }
  /** By what is known of each block without reading it; of tails nothing is. */
  private prune(rows: BlockRow[], spec: MatchSpec): BlockRow[] {
    const { templates, notTemplates, services, levels, ids } = spec;
    const near = ids ? rows.filter((row) => ids.some((id) => id >= row.firstId && id <= row.lastId)) : rows;
    if (!templates && !services && !levels && !notTemplates) return near;
    const mask = levels?.reduce((m, level) => m | (1 << LEVEL_ORDER.indexOf(level === '' ? null : level)), 0);
    const excluded = new Set(notTemplates);
    const metas = this.metasOf(near.filter((row) => row.file !== null));
    return near.filter((row) => {
      const meta = metas.get(keyOf(row));
      if (!meta || meta.templates.size === 0) return true;
      if (mask !== undefined && !(meta.levels & mask)) return false;
      if (services && !services.some((name) => meta.services.has(name))) return false;
      if (templates && !templates.some((id) => meta.templates.has(id))) return false;
      return excluded.size === 0 || [...meta.templates].some((id) => !excluded.has(id));
    });
  }
  private metasOf(rows: readonly BlockRow[]): Map<string, BlockTerms> {
    const found = new Map<string, BlockTerms>();
    const missing = new Map<number, string>();
    for (const row of rows) {
      const key = keyOf(row);
      const known = this.metas.get(key);
      if (known) found.set(key, known);
      else missing.set(row.blockId, key);
    }
    if (missing.size)
      for (const { blockId, meta } of metaOf(this.store.read, [...missing.keys()])) {
        const key = missing.get(blockId) ?? '';
        const parsed = termsOf(meta);
        this.metas.set(key, parsed, parsed.templates.size * 40 + 200);
        found.set(key, parsed);
      }
    return found;
  }

  /** Whether a block that did not read was replaced or dropped meanwhile, so that fresh rows will do. Damaged ones are told of. */
  private replaced(rows: readonly BlockRow[], { failed }: Pick<Found, 'failed'>, tries: number): boolean {
    if (!failed.length) return false;
    const there = new Set(blocksOf(this.store.read, {}, true).map((row) => keyOf(row)));
    let isReplaced = false;
    for (const row of rows) {
      if (!failed.includes(row.blockId)) continue;
      if (!there.has(keyOf(row))) {
        isReplaced = true;
      } else if (!this.damaged.has(keyOf(row))) {
        this.damaged.add(keyOf(row));
        this.damageFound(row);
        const { sourceId, file, bytes, lines } = row;
        this.log.error('log block is damaged: its lines are left out', { sourceId, file, bytes, lines });
      }
    }
    if (isReplaced && tries >= RETRIES) throw new AppError('internal', {}, { cause: 'blocks keep changing' });
    return isReplaced;
  }

  /** A line and its neighbours of the same source; empty when there is no such line. */
  async around(id: number, before: number, after: number): Promise<StoredLine[]> {
    const { read } = this.store;
    for (let tries = 1; ; tries++) {
      const own = this.readable(blocksWithLine(read, id));
      const found = await this.askAround({ own, lower: [], higher: [] }, { id, before: 0, after: 0, tries });
      const [line] = found.lines;
      if (!line || before + after === 0) {
        if (found.isReplaced) continue;
        return found.lines;
      }
      const lower = before ? blocksBeside(read, line.sourceId, id, -1, before + 64) : [];
      const higher = after ? blocksBeside(read, line.sourceId, id, 1, after + 64) : [];
      const whole = await this.askAround({ own, lower, higher }, { id, before, after, tries });
      if (!whole.isReplaced) return whole.lines;
    }
  }
  private async askAround(
    rows: { own: BlockRow[]; lower: BlockRow[]; higher: BlockRow[] },
    { id, before, after, tries }: { id: number; before: number; after: number; tries: number },
  ): Promise<{ lines: StoredLine[]; isReplaced: boolean }> {
    const [own, lower, higher] = [
      await this.brought(rows.own, Number.POSITIVE_INFINITY),
      await this.brought(rows.lower, before),
      await this.brought(rows.higher, after),
    ];
    const answer = await this.searcher.ask('around', { rows: { own, lower, higher }, id, before, after });
    const isReplaced = this.replaced([...rows.own, ...rows.lower, ...rows.higher], answer, tries);
    return { lines: answer.lines, isReplaced };
  }

  /** Blocks that stand elsewhere with their lines, until so many are there; the others of them are left out. */
  private async brought(rows: readonly BlockRow[], enough: number): Promise<BlockRow[]> {
    const all: BlockRow[] = [];
    let records = 0;
    for (const row of rows) {
      if (isFar(row) && records >= enough) continue;
      all.push(isFar(row) ? await this.far().whole(row) : row);
      records += row.records;
    }
    return all;
  }

  /** As the contract has them: templates as they stand now, parameters, bookmarks. */
  view(lines: readonly StoredLine[]): LogLine[] {
    const notes = notesOf(
      this.store.read,
      lines.map((line) => line.id),
    );
    const parts = new Map<number, ReturnType<TemplateLookup['get']>>();
    return lines.map((line): LogLine => {
      const templateId = this.templates.resolve(line.template);
      let template = parts.get(templateId);
      if (template === undefined) {
        template = this.templates.get(templateId);
        parts.set(templateId, template);
      }
      const { id, at, atGuessed, sourceId, service, level, host, text, attributes } = line;
      const note = notes.get(id) ?? null;
      const parameters = template ? parametersOf(template.parts, text) : [];
      const shown = {
        id,
        at,
        atGuessed,
        sourceId,
        service,
        level,
        host,
        templateId,
        text,
        lines: line.lines,
      };
      return { ...shown, parameters, attributes, note, bookmarked: notes.has(id) };
    });
  }
}
function addTally(sum: Tally, more: Tally): void {
  for (const [level, counts] of more.levels) {
    const known = sum.levels.get(level);
    if (known) for (const [i, lines] of counts.entries()) known[i] = (known[i] as number) + lines;
    else sum.levels.set(level, counts);
  }
  for (const [template, lines] of more.templates)
    sum.templates.set(template, (sum.templates.get(template) ?? 0) + lines);
}
/** The place before all lines of an instant and what lies beyond. */
const farther = (at: number, newest: boolean): Cursor => ({
  at,
  id: newest ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY,
});
/** The least number above, so that a range begins behind an instant. */
const nextAfter = (at: number): number => at + 2 ** (Math.floor(Math.log2(Math.max(1, Math.abs(at)))) - 52);
const keyOf = (row: { blockId: number; checksum: number }): string => `${row.blockId}.${row.checksum}`;
/** Between where the page began and where the next one does. */
function isCovered(
  row: BlockRow,
  o: { readonly newest: boolean; readonly after: Cursor | null; readonly next: Cursor | null },
): boolean {
  const [low, high] = o.newest ? [o.next, o.after] : [o.after, o.next];
  return (low === null || row.maxAt >= low.at) && (high === null || row.minAt <= high.at);
}
