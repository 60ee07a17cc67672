import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { AppError } from '../kernel/errors.ts';
import { moveSync } from '../kernel/move-file.ts';
import { copyName } from './kept-copies.ts';
import { firstTables } from './migrations/0010-first-tables.ts';
import { logs } from './migrations/0020-logs.ts';
import { clusters } from './migrations/0030-clusters.ts';
import { anomalies } from './migrations/0040-anomalies.ts';
import { reports } from './migrations/0050-reports.ts';
import { models } from './migrations/0060-models.ts';
import { knowledge } from './migrations/0070-knowledge.ts';
import { logDamage } from './migrations/0080-log-damage.ts';
import { incidentClusters } from './migrations/0090-incident-clusters.ts';
import { logTableKeys } from './migrations/0100-log-table-keys.ts';
import { logHourTotals } from './migrations/0110-log-hour-totals.ts';
import { clusterHistory } from './migrations/0120-cluster-history.ts';
import { anomalyExamples } from './migrations/0130-anomaly-examples.ts';
import { removedReports } from './migrations/0140-removed-reports.ts';
import { knowledgeMarks } from './migrations/0150-knowledge-marks.ts';
import { ruleDrafts } from './migrations/0170-rule-drafts.ts';
import { whatIfScenarios } from './migrations/0180-what-if-scenarios.ts';
import { alertLines } from './migrations/0190-alert-lines.ts';
import { savedViews } from './migrations/0200-saved-views.ts';
import { logBlocks } from './migrations/0210-log-blocks.ts';
import { dropHoleStats } from './migrations/0220-drop-hole-stats.ts';
import { sharedItems } from './migrations/0230-shared-items.ts';
import { templateParameters } from './migrations/0240-template-parameters.ts';
import { companyAsTable } from './migrations/0250-company-as-table.ts';

/** Numbered by tens, never edited once released. */
export type Migration = { readonly id: number; readonly name: string; readonly sql: string };
export const MIGRATIONS: readonly Migration[] = [
  firstTables,
  logs,
  clusters,
  anomalies,
  reports,
  models,
  knowledge,
  logDamage,
  incidentClusters,
  logTableKeys,
  logHourTotals,
  clusterHistory,
  anomalyExamples,
  removedReports,
  knowledgeMarks,
  ruleDrafts,
  whatIfScenarios,
  alertLines,
  savedViews,
  logBlocks,
  dropHoleStats,
  sharedItems,
  templateParameters,
  companyAsTable,
];

/**
 * Brings the database to the newest version, one transaction a migration, after a backup when it already held data.
 * Refuses a database whose applied list is not a prefix of ours (made by a newer version).
 */
export function migrate(db: Database.Database, { backupDir, now }: { backupDir: string; now: number }): void {
  db.exec(
    'CREATE TABLE IF NOT EXISTS migrations (id INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT',
  );
  const done = db.prepare<[], { id: number }>('SELECT id FROM migrations ORDER BY id').all();
  const known = MIGRATIONS.map((m) => m.id);
  done.forEach(({ id }, i) => {
    if (known[i] !== id)
      throw new AppError('store.newer', { found: done.at(-1)?.id ?? 0, known: known.at(-1) ?? 0 });
  });
  const open = MIGRATIONS.slice(done.length);
  if (open.length > 0 && done.length > 0) {
    mkdirSync(backupDir, { recursive: true, mode: 0o700 });
    const file = path.join(backupDir, copyName(open[0]?.id ?? 0, now));
    // whole or not at all: a start that is cut off leaves no half copy under a copy's name
    rmSync(`${file}.new`, { force: true });
    db.prepare('VACUUM INTO ?').run(`${file}.new`);
    moveSync(`${file}.new`, file);
  }
  for (const migration of open)
    db.transaction(() => {
      db.exec(migration.sql);
      db.prepare('INSERT INTO migrations (id, name, applied_at) VALUES (?, ?, ?)').run(
        migration.id,
        migration.name,
        now,
      );
    }).immediate();
}
