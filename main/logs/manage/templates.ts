import { AppError } from '../../kernel/errors.ts';
import type { Emitter } from '../../kernel/events.ts';
import { type Base, type Reader, run, type Sql, type Statement, sql } from '../../store/index.ts';
import type { LogTemplate, TemplateChange } from '../contract/logs.ts';
import type { LogsChange, LogTemplates, TemplateRule } from '../types.ts';
import { Catalogue, type CatalogueRow } from './catalogue.ts';
import { ruleOf } from './keep-templates.ts';
import { listTemplates, templateView } from './list-templates.ts';
import type { RunSplit } from './split-job.ts';

const MAX_HISTORY = 500;

/** What persons do with templates, and what is shown of them. Counts are exact: merges are followed, splits move the lines. */
export function createTemplates(
  o: Pick<Base, 'store' | 'clock' | 'log'> & {
    readonly changed: Emitter<LogsChange>;
    /** width, case and kana folded, for searching */
    readonly fold: (text: string) => string;
    /** tells the miner what a person decided; resolves once it obeys */
    readonly rules: (rules: readonly TemplateRule[]) => Promise<void>;
    readonly split: RunSplit;
  },
): LogTemplates {
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
  const get = (id: number): LogTemplate | null => {
    catalogue.refresh();
    const row = catalogue.row(catalogue.root(id));
    return row ? templateView(catalogue, row) : null;
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
  const edit = async (
    id: number,
    set: Sql,
    what: TemplateChange['what'],
    actor: string,
    detail: string | null = null,
  ): Promise<LogTemplate> => {
    const row = standing(id);
    await decide([row.id], [update(row.id, set), history(row.id, what, actor, { detail })]);
    return seen(row.id);
  };

  return {
    list: (asked = {}) => listTemplates(catalogue, o.fold, asked),
    get,
    textOf(id) {
      catalogue.refresh(false);
      const row = catalogue.row(id);
      return row?.name ?? row?.text ?? '';
    },
    history: (id) => historyOf(store.read, id),
    resolve(id) {
      catalogue.refresh(false);
      return catalogue.root(id);
    },
    family(id) {
      catalogue.refresh(false);
      return catalogue.family(catalogue.root(id));
    },

    rename: (id, name, actor) => {
      const given = name?.trim() || null;
      return edit(id, sql`name = ${given}`, 'renamed', actor, given);
    },
    lock: (id, locked, actor) => edit(id, sql`locked = ${locked}`, locked ? 'locked' : 'unlocked', actor),
    mark: (id, mark, actor) => edit(id, sql`mark = ${mark}`, 'marked', actor, mark),
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
    async split(id, parameter, values, actor) {
      const row = standing(id);
      const given = [...new Set(values)].filter(
        (v) => !row.splits.some((s) => s.parameter === parameter && s.value === v),
      );
      if (row.parts.filter((p) => p.kind === 'parameter').length <= parameter)
        throw new AppError('logs.no-such-parameter', { id: row.id, parameter: parameter + 1 });
      const family = catalogue.absorbed(row.id);
      const made = given.length
        ? await o.split({
            id: row.id,
            parameter,
            values: given,
            family,
            parts: row.parts,
            statements: (numbers) => {
              const splits = [
                ...row.splits,
                ...given.map((value, i) => ({ parameter, value, template: numbers[i] ?? row.id })),
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

const update = (id: number, set: Sql): Statement =>
  run(
    sql`UPDATE log_templates SET ${set}, revision = (SELECT MAX(revision) + 1 FROM log_templates) WHERE template_id = ${id}`,
    { changes: 1, why: `template ${id}` },
  );

function historyOf(read: Reader, id: number): TemplateChange[] {
  const rows = read.all<Omit<TemplateChange, 'others'> & { others: string }>(
    sql`SELECT at, template_id AS templateId, what, others, actor, detail FROM log_template_history
        WHERE template_id = ${id} ORDER BY seq DESC LIMIT ${MAX_HISTORY}`,
  );
  return rows.map((row) => ({ ...row, others: JSON.parse(row.others) as number[] }));
}
