import { useTranslation } from 'react-i18next';
import type { company } from '../../locales/ja/company.ts';

type Known = keyof (typeof company)['tables'];
/** A company table as people call it; a table we have no word for keeps its own name. */
export function useTableName(): (table: string) => string {
  const { t, i18n } = useTranslation('company');
  const isKnown = (table: string): table is Known => i18n.exists(`company:tables.${table}`);
  return (table) => (isKnown(table) ? t(`tables.${table}`) : table);
}
