// What the transaction of a batch writes about templates, and what a start reads back.
import { type Reader, run, type Statement, sql } from '../../store/index.ts';
import type { Level, TemplateEvent, TemplateRow, TemplateRule } from '../types.ts';

/** Lines of one template in one batch, as they are added to its counts. */
export type TemplateCount = {
  readonly template: number;
  readonly sourceId: string;
  /** as in the roll-ups: a name_id of log_names */
  readonly service: number;
  readonly level: Level | null;
  readonly lines: number;
  /** epoch ms of the oldest and newest of them */
  readonly minAt: number;
  readonly maxAt: number;
};

const LEVELS: readonly Level[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
/** 0: none; 1 trace … 6 fatal. */
export const levelNumber = (level: Level | null): number => (level === null ? 0 : LEVELS.indexOf(level) + 1);
export const levelFrom = (number: number): Level | null => LEVELS[number - 1] ?? null;

const NEXT_REVISION = '(SELECT COALESCE(MAX(revision), 0) + 1 FROM log_templates)';

/** The miner's changes (`takeChanges`) as statements. A person's columns are left as they are. */
export function templateStatements(
  changes: { readonly rows: readonly TemplateRow[]; readonly events: readonly TemplateEvent[] },
  at: number,
): Statement[] {
  const statements: Statement[] = [];
  if (changes.rows.length)
    statements.push({
      text: `INSERT INTO log_templates (template_id, parts, text, miner, absorbed_into, created_at, revision)
        VALUES (?, ?, ?, ?, ?, ?, ${NEXT_REVISION})
        ON CONFLICT (template_id) DO UPDATE SET parts = excluded.parts, text = excluded.text, miner = excluded.miner,
        absorbed_into = excluded.absorbed_into, revision = excluded.revision`,
      rows: changes.rows.map((r) => [r.id, r.parts, r.text, r.miner, r.absorbedInto, at]),
    });
  if (changes.events.length)
    statements.push({
      text: 'INSERT INTO log_template_history (at, template_id, what, others) VALUES (?, ?, ?, ?)',
      rows: changes.events.map((e) => [at, e.templateId, e.what, JSON.stringify(e.others)]),
    });
  return statements;
}

/** Adds lines to the counts of their templates. */
export function countStatements(counts: readonly TemplateCount[]): Statement[] {
  if (!counts.length) return [];
  return [
    {
      text: `INSERT INTO log_template_counts (template_id, source_id, service, level, lines, first_at, last_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (template_id, source_id, service, level) DO UPDATE SET lines = lines + excluded.lines,
        first_at = MIN(first_at, excluded.first_at), last_at = MAX(last_at, excluded.last_at)`,
      rows: counts.map((c) => [
        c.template,
        c.sourceId,
        c.service,
        levelNumber(c.level),
        c.lines,
        c.minAt,
        c.maxAt,
      ]),
    },
  ];
}
const KEY = 'template_id = ? AND source_id = ? AND service = ? AND level = ?';
/** Takes lines off again (moved to other templates by a split). */
export function uncountStatements(counts: readonly Omit<TemplateCount, 'minAt' | 'maxAt'>[]): Statement[] {
  if (!counts.length) return [];
  return [
    {
      text: `UPDATE log_template_counts SET lines = lines - ? WHERE ${KEY}`,
      rows: counts.map((c) => [c.lines, c.template, c.sourceId, c.service, levelNumber(c.level)]),
    },
    run(sql`DELETE FROM log_template_counts WHERE lines <= 0`),
  ];
}
/** A source's lines are gone as a whole. */
export const forgetCounts = (sourceId: string): Statement =>
  run(sql`DELETE FROM log_template_counts WHERE source_id = ${sourceId}`);

type RuleColumns = {
  readonly id: number;
  readonly locked: boolean;
  readonly mergedInto: number | null;
  readonly splits: TemplateRule['splits'];
};
/** What the miner has to obey of a person's decisions: what a person merged stays what it is, too. */
export const ruleOf = ({ id, locked, mergedInto, splits }: RuleColumns): TemplateRule => ({
  id,
  locked: locked || mergedInto !== null,
  splits,
});
/** What a miner is started with: all templates, by number, and what persons decided about them. */
export function savedTemplates(read: Reader): { saved: TemplateRow[]; rules: TemplateRule[] } {
  const rows = read.all<TemplateRow & { locked: number; mergedInto: number | null; splits: string | null }>(
    sql`SELECT template_id AS id, parts, text, miner, absorbed_into AS absorbedInto, locked, merged_into AS mergedInto, splits
        FROM log_templates ORDER BY template_id`,
  );
  return {
    saved: rows.map(({ id, parts, text, miner, absorbedInto }) => ({ id, parts, text, miner, absorbedInto })),
    rules: rows
      .filter((r) => r.locked === 1 || r.mergedInto !== null || r.splits !== null)
      .map((r) => ruleOf({ ...r, locked: r.locked === 1, splits: splitsOf(r.splits) })),
  };
}
export const splitsOf = (json: string | null): TemplateRule['splits'] =>
  json === null ? [] : (JSON.parse(json) as TemplateRule['splits']);
