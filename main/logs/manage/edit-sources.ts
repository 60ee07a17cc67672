import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { defined } from '../../kernel/defined.ts';
import { AppError } from '../../kernel/errors.ts';
import { run, type Statement, sql } from '../../store/index.ts';
import type { LogSource, LogSourceRules } from '../contract/logs.ts';
import type { LogTable } from '../contract/tables.ts';
import { COMPANY_ID, type SourceRow, sourceRow, sourceRows } from '../ingest/source-rows.ts';
import { lookAt, refuseDevice } from '../sources/plain-file.ts';
import type { GivenRules, LogSources } from '../types.ts';
import { checkRules, NO_RULES } from './check-rules.ts';
import { newestRows } from './company-tables.ts';
import { forgetStatements } from './forget.ts';
import { sourceView } from './source-view.ts';
import type { SourcesContext } from './sources-base.ts';

/** What a name may have; a file's may be longer. */
const MAX_NAME = 200;

/** Windows takes upper and lower case for the same. */
export const isPlace = (row: SourceRow, file: string): boolean =>
  row.path !== null && path.relative(row.path, file) === '';

/** What a table was read by decides where it goes on: that does not change. */
const isSameReach = (before: LogTable | undefined, after: LogTable | undefined): boolean => {
  const reach = (t: LogTable | undefined): string =>
    JSON.stringify(t && [t.table, t.key, t.cursor, t.since, t.time === t.cursor]);
  return reach(before) === reach(after);
};

/** What a user does with sources: they are added, told other rules, read again, taken away. */
export class SourceEditor {
  private readonly context: SourcesContext;
  /** the company's own source: older than all others, so that it is listed first */
  private readonly company: Statement;
  constructor(context: SourcesContext) {
    this.context = context;
    const rules = JSON.stringify({ name: 'system_logs', ...NO_RULES, format: 'plain' });
    this.company =
      run(sql`INSERT OR IGNORE INTO log_sources (source_id, kind, path, rules, used, place, state, added_at)
        VALUES (${COMPANY_ID}, 'company', NULL, ${rules}, '{}', '{}', 'following', ${context.clock.now()})`);
  }
  readonly list = (): LogSource[] =>
    sourceRows(this.context.store.read).map((row) =>
      sourceView(this.context.store.read, row, this.context.troubles.standing(row)),
    );
  private known(id: string): SourceRow {
    const row = sourceRow(this.context.store.read, id);
    if (!row) throw new AppError('not-found', { what: `source ${id}` });
    return row;
  }
  /** @throws `not-found` */
  view(id: string): LogSource {
    const row = this.known(id);
    return sourceView(this.context.store.read, row, this.context.troubles.standing(row));
  }
  /** The company's own row is made before anything is read. */
  async prepare(): Promise<void> {
    const { store } = this.context;
    if (!sourceRow(store.read, COMPANY_ID)) await store.write([this.company]);
  }
  /** @returns its id */
  async add(
    kind: LogSource['kind'],
    file: string | null,
    rules: GivenRules | undefined,
    called = file === null ? kind : path.basename(file).trim() || file,
  ): Promise<string> {
    const { store, clock, ingest, changed } = this.context;
    const all = checkRules({ ...NO_RULES, name: called.slice(0, MAX_NAME), ...defined(rules) });
    const id = randomUUID();
    // at once: the first write of a deed is the one that its entry in the audit chain goes with
    await store.write(
      [
        this.company,
        run(sql`INSERT INTO log_sources (source_id, kind, path, rules, used, place, state, added_at)
        VALUES (${id}, ${kind}, ${file}, ${JSON.stringify(all)}, '{}', '{}', 'reading', ${clock.now()})`),
      ],
      { id, name: all.name, path: file },
    );
    await ingest.reload(id);
    changed.emit({ kind: 'sources' });
    return id;
  }
  readonly addSource: LogSources['addSource'] = async ({ kind, path: given, rules }) => {
    const file = path.resolve(given);
    const stat = lookAt(file);
    if (!stat) throw new AppError('logs.unreadable', { file, detail: 'ENOENT' });
    refuseDevice(file, stat);
    if (kind !== 'import' && (kind === 'folder') !== stat.isDirectory())
      throw new AppError(kind === 'folder' ? 'logs.is-file' : 'logs.is-folder', { file });
    const there = sourceRows(this.context.store.read).find((row) => isPlace(row, file) && row.kind === kind);
    if (!there) return this.view(await this.add(kind, file, rules));
    if (rules) await this.update(there.source_id, rules);
    return this.retry(there.source_id);
  };
  readonly update: LogSources['updateSource'] = async (id, rules) => {
    const { store, ingest, changed } = this.context;
    const row = this.known(id);
    const before = JSON.parse(row.rules) as LogSourceRules;
    const after = checkRules({ ...before, ...defined(rules) });
    if (!isSameReach(before.table, after.table)) throw new AppError('logs.table-fixed');
    if (after.table && JSON.stringify(after.table) !== JSON.stringify(before.table))
      await newestRows(this.context.tables, after.table, after);
    const toldAnew = after.format !== before.format || after.encoding !== before.encoding;
    await store.write(
      [run(sql`UPDATE log_sources SET rules = ${JSON.stringify(after)} WHERE source_id = ${id}`)],
      { id, name: after.name, path: row.path },
    );
    await ingest.reload(id, toldAnew);
    changed.emit({ kind: 'sources' });
    return this.view(id);
  };
  readonly retry: LogSources['retrySource'] = async (id) => {
    const { store, ingest, tables } = this.context;
    const { kind, state } = this.view(id);
    if (kind === 'company' || kind === 'table') tables?.retry();
    await store.write([
      run(sql`UPDATE log_sources SET state = 'reading' WHERE source_id = ${id} AND state = 'done'`),
    ]);
    // what was read to its end is opened anew: a folder may have more files now
    await (state === 'done' ? ingest.reload(id) : ingest.poke(id));
    return this.view(id);
  };
  readonly remove: LogSources['removeSource'] = async (id) => {
    const { store, ingest, tasks, clock, changed } = this.context;
    const row = this.known(id);
    await tasks.run('logs-remove', async () => {
      // from now on no batch of it is taken
      await store.write(
        [
          run(
            sql`UPDATE log_sources SET generation = generation + 1, removed_at = ${clock.now()} WHERE source_id = ${id}`,
          ),
        ],
        { id, name: (JSON.parse(row.rules) as LogSourceRules).name, path: row.path },
      );
      await ingest.reload(id);
      await store.write([...forgetStatements(id), run(sql`DELETE FROM log_sources WHERE source_id = ${id}`)]);
      await ingest.sweep();
      ingest.states.delete(id);
      this.context.uploads.finished(row.path);
      this.context.pipes.removed(id);
    });
    changed.emit({ kind: 'sources', linesGone: true });
  };
  readonly upload: LogSources['upload'] = async ({ rules, ...piece }) => {
    const { received, path: whole } = this.context.uploads.take(piece);
    if (whole === null) return { received, source: null };
    const id = await this.add('import', whole, rules, piece.name);
    return { received, source: this.view(id) };
  };
}
