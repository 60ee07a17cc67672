import type { Bilingual, Table } from '../api/contract/common.ts';
import type { Page } from './queries.ts';

export const both = (ja: string, en: string): Bilingual => ({ ja, en });
type Column = Table['columns'][number];
const column = (key: string, kind: Column['kind'], ja: string, en: string): Column => ({
  key,
  kind,
  label: both(ja, en),
});

/** Every column a table of rows may have, by name: one wording for all of them. */
export const COLUMNS = {
  operator: column('operator', 'text', '担当者', 'Person'),
  home: column('home', 'text', '所属拠点', 'Home site'),
  correction: column('correction', 'number', 'うち補正待ち', 'Of these, for correction'),
  deadline: column('deadline', 'instant', '納期', 'Deadline'),
  items: column('items', 'number', '件数', 'Items'),
  skill: column('skill', 'number', 'スキルレベル', 'Skill level'),
  months: column('months', 'number', '経験 (か月)', 'Experience (months)'),
  speed: column('speed', 'number', '計画速度 (件/時)', 'Planned speed (items/h)'),
  until: column('until', 'instant', '終了', 'Until'),
  date: column('date', 'date', '日付', 'Date'),
  at: column('at', 'instant', '時刻', 'Time'),
  done: column('done', 'number', '当日の完了累計', 'Finished that day'),
  hours: column('hours', 'number', '作業時間', 'Hours'),
  rate: column('rate', 'number', '実績 (件/時)', 'Done per hour'),
  score: column('score', 'number', '生産性スコア', 'Productivity score'),
} as const satisfies Record<string, Column>;
export type ColumnName = keyof typeof COLUMNS;

/** Rows that a table shows at most; it counts all. */
export const LIMIT = 200;
/** A table with its columns in order and nothing else in its rows. */
export function tableOf(o: {
  title: Bilingual;
  query: string;
  slots: Table['slots'];
  columns: readonly ColumnName[];
  page: Page;
  asOf: number;
}): Table {
  return {
    title: o.title,
    query: o.query,
    slots: o.slots,
    columns: o.columns.map((name) => COLUMNS[name]),
    rows: o.page.rows.map((row) => Object.fromEntries(o.columns.map((name) => [name, row[name] ?? null]))),
    total: o.page.total,
    asOf: o.asOf,
  };
}
