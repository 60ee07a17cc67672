import type { LogTemplate, TemplateChange } from '../../api/contract/logs.ts';
import type { Clock } from '../../kernel/clock.ts';
import { AppError } from '../../kernel/errors.ts';
import type { Emitter } from '../../kernel/events.ts';
import type { Log } from '../../kernel/log.ts';
import { run, type Sql, type Statement, type Store, sql } from '../../store/index.ts';
import type { LogsChange, LogTemplates, TemplateRule } from '../types.ts';
import { Catalogue, type CatalogueRow, mainLevel, type Tally } from './catalogue.ts';
import { ruleOf } from './keep-templates.ts';
import type { RunSplit } from './split-job.ts';

const DEFAULT_LIMIT = 200;
const MAX_SERVICES = 50;
const MAX_HISTORY = 500;

/** What persons do with templates, and what is shown of them. Counts are exact: merges are followed, splits move the lines. */
export function createTemplates(o: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly changed: Emitter<LogsChange>;
  /** width, case and kana folded, for searching */
  readonly fold: (text: string) => string;
  /** tells the miner what a person decided; resolves once it obeys */
  readonly rules: (rules: readonly TemplateRule[]) => Promise<void>;
  readonly split: RunSplit;
}): LogTemplates {
  const { store, clock } = o;
  const log = o.log.area('templates');
  const catalogue = new Catalogue(store.read, o.fold);
  store.written.on(() => catalogue.stale());

  const standing = (id: number): CatalogueRow => {
    catalogue.refresh();
    const row = catalogue.row(catalogue.root(id));
    if (!row) throw new AppError('not-found', { what: `template ${id}` });
    return row;
  };
  const viewOf = (row: CatalogueRow, tally: Tally | undefined): LogTemplate => ({
    id: row.id,
    parts: [...row.parts],
    text: row.text,
    name: row.name,
    locked: row.locked,
    mark: row.mark,
    level: tally ? mainLevel(tally) : null,
    services: tally ? catalogue.services(tally).slice(0, MAX_SERVICES) : [],
    lines: tally?.lines ?? 0,
    firstAt: tally?.firstAt ?? null,
    lastAt: tally?.lastAt ?? null,
    merged: catalogue.family(row.id).filter((id) => (catalogue.row(id)?.mergedInto ?? null) !== null),
  });
  const get = (id: number): LogTemplate | null => {
    catalogue.refresh();
    const row = catalogue.row(catalogue.root(id));
    return row ? viewOf(row, catalogue.tally(row.id)) : null;
  };
  const seen = (id: number): LogTemplate => {
    const template = get(id);
    if (!template) throw new AppError('not-found', { what: `template ${id}` });
    return template;
  };
  /** One decision: the rows, the history, then the miner, then everybody else. */
  const decide = async (ids: readonly number[], statements: readonly Statement[]): Promise<void> => {
    await store.write(statements);
    catalogue.refresh();
    const rules = ids.flatMap((id) => catalogue.row(id) ?? []).map(ruleOf);
    await o.rules(rules);
    log.info('templates changed', { ids });
    o.changed.emit({ kind: 'templates', ids: [...ids] });
  };
  const history = (
    id: number,
    what: TemplateChange['what'],
    actor: string,
    more: { readonly others?: readonly number[]; readonly detail?: string | null } = {},
  ): Statement =>
    run(sql`INSERT INTO log_template_history (at, template_id, what, others, actor, detail)
      VALUES (${clock.now()}, ${id}, ${what}, ${JSON.stringify(more.others ?? [])}, ${actor}, ${more.detail ?? null})`);
  const update = (id: number, set: Sql): Statement =>
    run(
      sql`UPDATE log_templates SET ${set}, revision = (SELECT MAX(revision) + 1 FROM log_templates) WHERE template_id = ${id}`,
      { changes: 1, why: `template ${id}` },
    );

  return {
    list({ text, services, levels, mark, noise, sort = 'lines', limit = DEFAULT_LIMIT } = {}) {
      catalogue.refresh();
      const words = o
        .fold(text ?? '')
        .split(/\s+/)
        .filter(Boolean);
      const found: { row: CatalogueRow; tally: Tally | undefined }[] = [];
      for (const row of catalogue.standing()) {
        if (mark === undefined ? row.mark === 'noise' && noise !== true : row.mark !== mark) continue;
        const tally = catalogue.tallies().get(row.id);
        if (!tally && !isTouched(row)) continue;
        if (
          words.length &&
          !words.every((word) => catalogue.folded(row).includes(word) || word === String(row.id))
        )
          continue;
        if (services && !(tally && catalogue.services(tally).some((name) => services.includes(name))))
          continue;
        if (levels && !levels.includes((tally && mainLevel(tally)) ?? '')) continue;
        found.push({ row, tally });
      }
      const lines = (f: { tally: Tally | undefined }): number => f.tally?.lines ?? 0;
      const first = (f: { tally: Tally | undefined }): number => f.tally?.firstAt ?? 0;
      found.sort((a, b) => {
        if (sort === 'lines') return lines(b) - lines(a) || a.row.id - b.row.id;
        if (sort === 'rarest') return lines(a) - lines(b) || b.row.id - a.row.id;
        if (sort === 'newest') return first(b) - first(a) || b.row.id - a.row.id;
        return a.row.id - b.row.id;
      });
      return {
        templates: found.slice(0, limit).map(({ row, tally }) => viewOf(row, tally)),
        total: found.length,
      };
    },
    get,
    textOf(id) {
      catalogue.refresh(false);
      const row = catalogue.row(id);
      return row?.name ?? row?.text ?? '';
    },
    history(id) {
      const rows = store.read.all<Omit<TemplateChange, 'others'> & { others: string }>(
        sql`SELECT at, template_id AS templateId, what, others, actor, detail FROM log_template_history
            WHERE template_id = ${id} ORDER BY seq DESC LIMIT ${MAX_HISTORY}`,
      );
      return rows.map((row) => ({ ...row, others: JSON.parse(row.others) as number[] }));
    },
    resolve(id) {
      catalogue.refresh(false);
      return catalogue.root(id);
    },
    family(id) {
      catalogue.refresh(false);
      return catalogue.family(catalogue.root(id));
    },

    async rename(id, name, actor) {
      const row = standing(id);
      const given = name?.trim() || null;
      await decide(
        [row.id],
        [update(row.id, sql`name = ${given}`), history(row.id, 'renamed', actor, { detail: given })],
      );
      return seen(row.id);
    },
    async lock(id, locked, actor) {
      const row = standing(id);
      await decide(
        [row.id],
        [update(row.id, sql`locked = ${locked}`), history(row.id, locked ? 'locked' : 'unlocked', actor)],
      );
      return seen(row.id);
    },
    async mark(id, mark, actor) {
      const row = standing(id);
      await decide(
        [row.id],
        [update(row.id, sql`mark = ${mark}`), history(row.id, 'marked', actor, { detail: mark })],
      );
      return seen(row.id);
    },
    async merge(into, ids, actor) {
      const { id: target } = standing(into);
      const others = [...new Set(ids.map((id) => standing(id).id))].filter((id) => id !== target);
      if (others.length)
        await decide(
          [target, ...others],
          [
            ...others.map((id) => update(id, sql`merged_into = ${target}`)),
            history(target, 'merged', actor, { others }),
            ...others.map((id) => history(id, 'merged', actor, { others: [target] })),
          ],
        );
      return seen(target);
    },
    async unmerge(id, actor) {
      catalogue.refresh();
      const target = catalogue.row(id)?.mergedInto ?? null;
      if (target === null) return seen(id);
      await decide(
        [id, target],
        [
          update(id, sql`merged_into = NULL`),
          history(id, 'unmerged', actor, { others: [target] }),
          history(target, 'unmerged', actor, { others: [id] }),
        ],
      );
      return seen(id);
    },
    async split(id, hole, values, actor) {
      const row = standing(id);
      const given = [...new Set(values)].filter(
        (v) => !row.splits.some((s) => s.hole === hole && s.value === v),
      );
      if (row.parts.filter((p) => p.kind === 'hole').length <= hole)
        throw new AppError('logs.no-such-hole', { id: row.id, hole: hole + 1 });
      const family = catalogue.absorbed(row.id);
      const made = given.length
        ? await o.split({
            id: row.id,
            hole,
            values: given,
            family,
            parts: row.parts,
            statements: (numbers) => {
              const splits = [
                ...row.splits,
                ...given.map((value, i) => ({ hole, value, template: numbers[i] ?? row.id })),
              ];
              return [
                update(row.id, sql`splits = ${JSON.stringify(splits)}`),
                history(row.id, 'split', actor, { others: numbers, detail: given.join(', ') }),
                ...numbers.map((number) => history(number, 'split', actor, { others: [row.id] })),
              ];
            },
          })
        : [];
      catalogue.refresh();
      o.changed.emit({ kind: 'templates', ids: [row.id, ...made] });
      return [row.id, ...made].map(seen);
    },
  };
}

const isTouched = (row: CatalogueRow): boolean => row.locked || row.name !== null || row.mark !== 'none';
