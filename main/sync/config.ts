/** Limits of sync, in one place. Times in milliseconds. */
export const SYNC = {
  /** rows per local transaction */
  pageRows: 5_000,
  /** how far each pass of a keyset table reads back, for rows that were committed late */
  overlapMs: 10 * 60_000,
  /** the same for tables whose cursor is a date */
  overlapDateMs: 24 * 3_600_000,
  connectTimeoutMs: 10_000,
  /** a statement that brings nothing for so long is given up */
  stallMs: 120_000,
  /** first wait after a failure; doubles up to the sync interval */
  retryBaseMs: 2_000,
  /** below this many rows the counts are compared at every sync, above it every `reconcileEveryMs` */
  reconcileAlwaysBelow: 200_000,
  reconcileEveryMs: 10 * 60_000,
  /** a stretch of a keyset table whose counts differ is read again in pieces of at most so many rows */
  repairRows: 20_000,
  previewRows: 50,
  /** characters of a refused row that are kept */
  rawLimit: 20_000,
} as const;
/** The name of the password in the secret store (TORIDE_MYSQL_PASSWORD in the environment). */
export const PASSWORD = 'mysql-password';

/** versions of shared items in one read */
export const SHARED_PAGE = 50;
