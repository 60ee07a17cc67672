import { wordTable } from '../../../main/sync/contract/words.ts';
import { useLang } from '../../words.ts';

/** A company table as people call it; a table we have no word for keeps its own name. */
export function useTableName(): (table: string) => string {
  const lang = useLang();
  return (table) => wordTable(table, lang);
}
