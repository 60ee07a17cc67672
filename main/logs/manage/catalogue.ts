import { type Reader, sql } from '../../store/index.ts';
import type { TemplateMark } from '../contract/logs.ts';
import type { Level, Part, TemplateRule } from '../types.ts';
import { levelFrom, splitsOf } from './keep-templates.ts';

/** A template as it is stored, with its text made ready for searching. */
export type CatalogueRow = {
  readonly id: number;
  readonly parts: readonly Part[];
  readonly text: string;
  /** for searching, made when it is first asked for */
  folded: string | null;
  readonly absorbedInto: number | null;
  readonly mergedInto: number | null;
  readonly name: string | null;
  readonly locked: boolean;
  readonly mark: TemplateMark;
  readonly splits: TemplateRule['splits'];
};
/** Of all lines counted under a template now. */
export type Tally = {
  lines: number;
  firstAt: number;
  lastAt: number;
  /** by level's number */
  readonly levels: number[];
  /** by service's name_id: nearly always one, so the first needs no map */
  readonly service: number;
  ofService: number;
  others: Map<number, number> | null;
};
type StoredRow = {
  id: number;
  parts: string;
  text: string;
  absorbedInto: number | null;
  mergedInto: number | null;
  name: string | null;
  locked: number;
  mark: TemplateMark;
  splits: string | null;
  revision: number;
};

type StoredCount = {
  id: number;
  service: number;
  level: number;
  lines: number;
  firstAt: number;
  lastAt: number;
};
/** After so many asked for one by one, all are counted: that is cheaper from here on. */
const ASKED_ALONE = 1_000;
const COUNTS = sql`SELECT template_id AS id, service, level, lines, first_at AS firstAt, last_at AS lastAt FROM log_template_counts`;

/** All templates in memory, brought up to date by what has changed since. */
export class Catalogue {
  private readonly read: Reader;
  private readonly fold: (text: string) => string;
  private readonly rows = new Map<number, CatalogueRow>();
  private roots = new Map<number, number>();
  private families: Map<number, number[]> | null = null;
  private sums: Map<number, Tally> | null = null;
  /** since the counts last changed */
  private askedAlone = 0;
  private readonly names = new Map<number, string>();
  private revision = 0;
  private version = -1;
  private isStale = true;

  constructor(read: Reader, fold: (text: string) => string) {
    this.read = read;
    this.fold = fold;
  }

  /** This process has written something. */
  stale(): void {
    this.isStale = true;
  }
  /** Takes in what has been written, by another process too when `elsewhere`. */
  refresh(elsewhere = true): void {
    if (elsewhere && !this.isStale) {
      const { data_version: version } = this.read.get<{ data_version: number }>(sql`PRAGMA data_version`) ?? {
        data_version: 0,
      };
      if (version !== this.version) this.isStale = true;
      this.version = version;
    }
    if (!this.isStale) return;
    this.isStale = false;
    this.sums = null;
    this.askedAlone = 0;
    const fresh =
      this.read.all<StoredRow>(sql`SELECT template_id AS id, parts, text, absorbed_into AS absorbedInto,
      merged_into AS mergedInto, name, locked, mark, splits, revision FROM log_templates
      WHERE revision > ${this.revision} ORDER BY revision`);
    if (!fresh.length) return;
    for (const row of fresh) {
      this.revision = row.revision;
      this.rows.set(row.id, {
        ...row,
        parts: JSON.parse(row.parts) as Part[],
        folded: null,
        locked: row.locked === 1,
        splits: splitsOf(row.splits),
      });
    }
    this.roots = new Map();
    this.families = null;
  }

  row(id: number): CatalogueRow | undefined {
    return this.rows.get(id);
  }
  folded(row: CatalogueRow): string {
    row.folded ??= this.fold(`${row.text} ${row.name ?? ''}`);
    return row.folded;
  }
  /** Those that stand for themselves. */
  *standing(): Generator<CatalogueRow> {
    for (const row of this.rows.values()) if (this.root(row.id) === row.id) yield row;
  }
  /** Follows what a person merged and what the miner absorbed; should they lead in a circle, its lowest number stands. */
  root(id: number): number {
    const known = this.roots.get(id);
    if (known !== undefined) return known;
    const path: number[] = [];
    let at = id;
    while (!path.includes(at)) {
      path.push(at);
      const row = this.rows.get(at);
      const next = row?.mergedInto ?? row?.absorbedInto ?? null;
      if (next === null) break;
      at = next;
    }
    const circle = path.at(-1) === at ? [at] : path.slice(path.indexOf(at));
    const root = Math.min(...circle);
    for (const step of path) this.roots.set(step, root);
    return root;
  }
  /** By root: all numbers whose lines are counted under it, its own first. */
  family(root: number): readonly number[] {
    if (!this.families) {
      this.families = new Map();
      for (const id of this.rows.keys()) {
        const own = this.root(id);
        const members = this.families.get(own);
        if (members) members.push(id);
        else this.families.set(own, [id]);
      }
      for (const [own, members] of this.families)
        this.families.set(own, [own, ...members.filter((id) => id !== own)]);
    }
    return this.families.get(root) ?? [root];
  }
  /** `id` and what the miner absorbed into it, directly or through others; what a person merged is left out. */
  absorbed(id: number): number[] {
    return this.family(this.root(id)).filter((member) => {
      const seen = new Set<number>();
      let at = member;
      while (at !== id && !seen.has(at)) {
        seen.add(at);
        const row = this.rows.get(at);
        if (!row || row.mergedInto !== null || row.absorbedInto === null) return false;
        at = row.absorbedInto;
      }
      return at === id;
    });
  }
  /** Counts by root, from what is kept of every template as it was mined. */
  tallies(): ReadonlyMap<number, Tally> {
    this.sums ??= this.sum(this.read.iterate<StoredCount>(COUNTS));
    return this.sums;
  }
  /** Those of one template. While lines come in, counting all afresh for each would hold up everything else: its family is enough. */
  tally(root: number): Tally | undefined {
    if (this.sums || ++this.askedAlone > ASKED_ALONE) return this.tallies().get(root);
    const family = sql`SELECT value FROM json_each(${JSON.stringify(this.family(root))})`;
    return this.sum(this.read.all<StoredCount>(sql`${COUNTS} WHERE template_id IN (${family})`)).get(root);
  }
  private sum(counts: Iterable<StoredCount>): Map<number, Tally> {
    const sums = new Map<number, Tally>();
    for (const { id, service, level, lines, firstAt, lastAt } of counts) {
      const root = this.root(id);
      let tally = sums.get(root);
      if (!tally) {
        tally = {
          lines: 0,
          firstAt,
          lastAt,
          levels: [0, 0, 0, 0, 0, 0, 0],
          service,
          ofService: 0,
          others: null,
        };
        sums.set(root, tally);
      }
      tally.lines += lines;
      if (firstAt < tally.firstAt) tally.firstAt = firstAt;
      if (lastAt > tally.lastAt) tally.lastAt = lastAt;
      tally.levels[level] = (tally.levels[level] ?? 0) + lines;
      if (service === tally.service) tally.ofService += lines;
      else {
        tally.others ??= new Map();
        tally.others.set(service, (tally.others.get(service) ?? 0) + lines);
      }
    }
    return sums;
  }
  /** A template's services by name, most lines first; unnamed ones are left out. */
  services({ service, ofService, others }: Tally): string[] {
    return [[service, ofService] as const, ...(others ?? [])]
      .flatMap(([id, lines]) => {
        const name = this.nameOf(id);
        return name ? [{ name, lines }] : [];
      })
      .sort((a, b) => b.lines - a.lines || (a.name < b.name ? -1 : 1))
      .map(({ name }) => name);
  }
  private nameOf(id: number): string {
    if (!this.names.has(id))
      for (const row of this.read.all<{ id: number; name: string }>(
        sql`SELECT name_id AS id, name FROM log_names`,
      ))
        this.names.set(row.id, row.name);
    return this.names.get(id) ?? '';
  }
}

/** The level most of its lines have; of two as frequent the graver. */
export function mainLevel({ levels }: Tally): Level | null {
  let most = 0;
  for (let level = 1; level < levels.length; level++)
    if ((levels[level] ?? 0) >= (levels[most] ?? 0) && levels[level]) most = level;
  return levelFrom(most);
}
