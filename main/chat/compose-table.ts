import type { Bilingual, Table } from '../api/contract/common.ts';
import { formatNumber, formatPercent } from '../api/contract/format.ts';
import type { Draft } from './draft.ts';
import { both, same } from './facts.ts';
import type { CatalogueName } from './pipeline-types.ts';

const LISTED = 6;
const MEASURES = 3;
type Column = Table['columns'][number];
type Value = string | number | null;

const INTRO: Partial<Record<CatalogueName, Bilingual>> = {
  productivity: both('生産性の記録は次のとおりです', 'Productivity as recorded'),
  attendance: both('出勤の記録は次のとおりです', 'Attendance as recorded'),
  skills: both('スキルの記録は次のとおりです', 'Skills as recorded'),
  forecast: both('予測は次のとおりです', 'The forecast'),
  trend: both('推移は次のとおりです', 'How it has developed'),
};
const digitsFor = (value: number): number => (Number.isInteger(value) ? 0 : Math.abs(value) < 100 ? 1 : 0);

/** A catalogue table in sentences: how many rows, then the head of the list with its measures named as the table names them. */
export function describeTable(draft: Draft, table: Table, topic: CatalogueName): void {
  const { book } = draft;
  const index = book.table(table);
  const intro = INTRO[topic] ?? table.title;
  if (table.rows.length === 0) {
    draft.say(
      'あてはまる記録はありません。期間や対象を変えてお尋ねください。',
      'There are no matching records. Try another period or another team.',
    );
    return;
  }
  const measures = table.columns.filter((column) => column.kind === 'number' || column.kind === 'percent');
  const names = table.columns.filter((column) => !measures.includes(column));
  const write = (column: Column, value: Value, named: boolean): string | null => {
    if (value === null || value === '') return null;
    const lead = (text: Bilingual): Bilingual =>
      named ? both(`${column.label.ja} ${text.ja}`, `${column.label.en} ${text.en}`) : text;
    if (typeof value === 'string')
      return book.add({ value, unit: 'text', label: column.label, text: lead(same(value)), table: index });
    if (column.kind === 'instant') return book.instant(value, column.label, index);
    const text =
      column.kind === 'percent'
        ? both(formatPercent(value, 'ja'), formatPercent(value, 'en'))
        : both(formatNumber(value, 'ja', digitsFor(value)), formatNumber(value, 'en', digitsFor(value)));
    return book.add({
      value,
      unit: column.kind === 'percent' ? 'percent' : 'score',
      label: column.label,
      text: lead(text),
      table: index,
    });
  };
  const total = book.count(table.total, 'lines', both('記録の行数', 'Rows found'), index);
  draft.say(`${intro.ja}（${total}）。`, `${intro.en} (${total}):`);
  for (const row of table.rows.slice(0, LISTED)) {
    const filled = (columns: readonly Column[], named: boolean): string[] =>
      columns.map((column) => write(column, row[column.key] ?? null, named)).filter((slot) => slot !== null);
    const name = filled(names, false).slice(0, 4).join(' ');
    const values = filled(measures, true).slice(0, MEASURES);
    draft.entry(
      `${name}：${values.join('、') || '記録なし'}`,
      `${name}: ${values.join(', ') || 'no records'}`,
    );
  }
  if (table.total > LISTED) {
    const more = book.count(table.total - LISTED, 'lines', both('ほかの行数', 'More rows'), index);
    draft.entry(`ほか${more}（表で確認できます）`, `${more} more in the table`);
  }
}
