// Sentences, tables and sections of reports. All words and labels are in words.json.
import type { Bilingual, Table } from '../api/contract/common.ts';
import { formatNumber } from '../api/contract/format.ts';
import { type Lang, wordsOf } from '../kernel/words.ts';
import type { ReportSection } from './contract/reports.ts';
import words from './words.json' with { type: 'json' };

export const WORDS = words;
export const say = wordsOf(words.say, formatNumber);
export const inBoth = (of: (lang: Lang) => string): Bilingual => ({ ja: of('ja'), en: of('en') });

type Cell = string | number | null | Bilingual;
type Kind = Table['columns'][number]['kind'] | 'words';
type ColumnName = keyof typeof words.columns;

/**
 * Makes a table. `columns` gives their order and kinds; a column of words becomes two, `keyJa` and `keyEn`.
 * `title`: by default that of the query's name.
 */
export function tableOf(o: {
  readonly query: keyof typeof words.tables | 'groups' | 'unknown' | 'outages';
  readonly columns: { readonly [Key in ColumnName | 'threshold']?: Kind };
  readonly rows: readonly Readonly<Record<string, Cell>>[];
  readonly title?: Bilingual;
  readonly labels?: Readonly<Record<string, Bilingual>>;
  readonly slots?: Table['slots'];
  readonly total?: number;
  readonly asOf: number;
}): Table {
  const labels: Readonly<Record<string, Bilingual>> = { ...words.columns, ...o.labels };
  const titles: Readonly<Record<string, Bilingual>> = words.tables;
  const nothing = { ja: '', en: '' };
  return {
    title: o.title ?? titles[o.query] ?? nothing,
    query: `reports.${o.query}`,
    slots: o.slots ?? {},
    columns: Object.entries(o.columns).flatMap(([key, kind]) => {
      const label = labels[key] ?? nothing;
      if (kind !== 'words') return [{ key, label, kind }];
      return ['Ja', 'En'].map((lang) => ({ key: `${key}${lang}`, label, kind: 'text' as const }));
    }),
    rows: o.rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).flatMap(([key, value]) =>
          typeof value === 'object' && value !== null
            ? [
                [`${key}Ja`, value.ja],
                [`${key}En`, value.en],
              ]
            : [[key, value]],
        ),
      ),
    ),
    total: o.total ?? o.rows.length,
    asOf: o.asOf,
  };
}
export const sectionOf = (
  key: keyof typeof words.sections,
  sentences: readonly Bilingual[],
  tables: readonly Table[] = [],
  charts: ReportSection['charts'] = [],
): ReportSection => ({
  key,
  title: words.sections[key],
  words: [...sentences],
  // a table without rows says nothing
  tables: tables.filter(({ rows }) => rows.length > 0),
  charts,
});
