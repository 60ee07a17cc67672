export type { Base } from './base.ts';
export {
  APPROVAL_COLUMNS,
  APPROVAL_TABLE,
  type ApprovalRow,
  COMPANY,
  COMPANY_TABLES,
  type ColumnType,
  type CompanyBatch,
  type CompanyDecision,
  type CompanyRow,
  type CompanyTable,
  type CompanyTableName,
  columnNames,
  DECISION_COLUMNS,
  type SharedVersion,
} from './company.ts';
export { tryLock } from './connection.ts';
export { type KeptNamed, keepNamed } from './keep-named.ts';
export { type KeptCopy, keptCopies, putBack } from './kept-copies.ts';
export { openOwnStore } from './own-folder.ts';
export { progressRows } from './progress-rows.ts';
export {
  all,
  join,
  list,
  name,
  run,
  type Sql,
  type SqlValue,
  type Statement,
  saveRows,
  saveSetting,
  sql,
  upsert,
} from './sql.ts';
export { checkDatabase, openReader, openStore, type Reader, type Store, type StoreOptions } from './store.ts';
