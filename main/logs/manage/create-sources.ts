/** The sources part of the door: where lines come from, how far they have come, what became of each. */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import type { LogTable, TableReading } from '../../api/contract/logs/tables.ts';
import type { FormatView, LogSource, LogSourceRules } from '../../api/contract/logs.ts';
import type { Clock } from '../../kernel/clock.ts';
import { defined } from '../../kernel/defined.ts';
import { AppError, Cancelled } from '../../kernel/errors.ts';
import { Emitter } from '../../kernel/events.ts';
import type { Log } from '../../kernel/log.ts';
import { delay, type Tasks, Turns, throwIfAborted } from '../../kernel/task.ts';
import { all, run, type Statement, type Store, sql } from '../../store/index.ts';
import type { Ingest } from '../ingest/ingest.ts';
import type { ReplayLetter } from '../ingest/messages.ts';
import { COMPANY_ID, type SourceRow, sourceRow, sourceRows } from '../ingest/source-rows.ts';
import { formatsNow, SAMPLES } from '../read/formats.ts';
import { formatFromMarks } from '../read/from-marks.ts';
import { Pipes } from '../sources/pipes/pipes.ts';
import { readPipe } from '../sources/pipes/read-pipe.ts';
import { lookAt, refuseDevice, unreadable } from '../sources/plain-file.ts';
import { previewRows } from '../sources/table-rows.ts';
import { blocksOver, dropStatements, expiring } from '../store/retention.ts';
import type { CompanyTables, GivenRules, LogSources, LogsChange } from '../types.ts';
import { accountingOf } from './accounting.ts';
import { checkRules, NO_RULES } from './check-rules.ts';
import { deadLettersOf } from './dead-letters.ts';
import { forgetStatements } from './forget.ts';
import {
  checkFormat,
  dropFormat,
  keepFormat,
  ownFormats,
  readOwnFormats,
  refreshOwnFormats,
} from './own-formats.ts';
import { previewFile, tryFile } from './preview.ts';
import { sourceView } from './source-view.ts';
import { Troubles } from './troubles.ts';
import { Uploads } from './uploads.ts';

/** What a name may have; a file's may be longer. */
const MAX_NAME = 200;
const PROGRESS_MS = 250;
const REPLAY_LETTERS = 500;
const NEWS_MS = 2000;
const EXPIRE_MS = 6 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
/** Rows of a table that are shown before it is added. */
const PREVIEW_ROWS = 30;
/** Blocks cut in two at once at most, tenths of a second each; what is left is cut the next time. */
const CUT_MOST = 1000;

/** Why a source is not read: a person paused it. */
const pausedOf = ({ rules }: SourceRow): AppError | null => {
  const { paused, name } = JSON.parse(rules) as LogSourceRules;
  return paused ? new AppError('logs.paused', { name }) : null;
};
/** Windows takes upper and lower case for the same. */
const isPlace = (row: SourceRow, file: string): boolean =>
  row.path !== null && path.relative(row.path, file) === '';

/** What a table was read by decides where it goes on: that does not change. */
const isSameReach = (before: LogTable | undefined, after: LogTable | undefined): boolean => {
  const reach = (t: LogTable | undefined): string =>
    JSON.stringify(t && [t.table, t.key, t.cursor, t.since, t.time === t.cursor]);
  return reach(before) === reach(after);
};

export function createSources(o: {
  readonly store: Store;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly zone: () => string;
  readonly tasks: Tasks;
  readonly log: Log;
  readonly ingest: Ingest;
  readonly keepDays: number;
  readonly tables?: CompanyTables | undefined;
}): LogSources {
  const { store, ingest, clock } = o;
  const { read } = store;
  const changed = new Emitter<LogsChange>();
  readOwnFormats(o.dataDir);
  const uploads = new Uploads(path.join(o.dataDir, 'imports'));
  const pipes = new Pipes({ store, dataDir: o.dataDir });
  uploads.clear([pipes.dir, ...sourceRows(read).flatMap((row) => row.path ?? [])], clock.now());
  pipes.clear(
    sourceRows(read).map((row) => row.source_id),
    clock.now(),
  );
  const troubles = new Troubles({
    ...o,
    states: ingest.states,
    changed: () => changed.emit({ kind: 'sources' }),
  });
  const sweep = async (id: string): Promise<void> => {
    if (pipes.waiting(id) && ingest.owns()) await pipes.sweep(id);
  };
  ingest.committed.on(({ sourceId, lines, from, to, templates }) => {
    sweep(sourceId).catch((error: unknown) => o.log.error('what came through a pipe', error));
    if (lines > 0) changed.emit({ kind: 'lines', lines, from, to });
    if (templates.length) changed.emit({ kind: 'templates', ids: templates });
  });
  ingest.told.on((state) => {
    if (state.state === 'done') uploads.finished(sourceRow(read, state.sourceId)?.path ?? null);
    troubles.note([state.sourceId]);
    changed.emit({ kind: 'sources' });
  });

  const view = (id: string): LogSource => {
    const row = sourceRow(read, id);
    if (!row) throw new AppError('not-found', { what: `source ${id}` });
    return sourceView(read, row, troubles.standing(row));
  };
  /** The company's own row, made before anything is read. */
  const company: Statement = run(
    sql`INSERT OR IGNORE INTO log_sources (source_id, kind, path, rules, used, place, state, added_at)
      VALUES (${COMPANY_ID}, 'company', NULL, ${JSON.stringify({ name: 'system_logs', ...NO_RULES })}, '{}', '{}', 'following', ${clock.now()})`,
  );
  let prepared: Promise<unknown> | null = null;
  const prepare = (): Promise<unknown> => {
    prepared ??= sourceRow(read, COMPANY_ID) ? Promise.resolve() : store.write([company]);
    return prepared;
  };
  const add = async (
    kind: LogSource['kind'],
    file: string | null,
    rules: GivenRules | undefined,
  ): Promise<string> => {
    const name = file === null ? kind : path.basename(file).trim() || file;
    const all = checkRules({ ...NO_RULES, name: name.slice(0, MAX_NAME), ...defined(rules) });
    const id = randomUUID();
    await store.write(
      [
        company,
        run(sql`INSERT INTO log_sources (source_id, kind, path, rules, used, place, state, added_at)
        VALUES (${id}, ${kind}, ${file}, ${JSON.stringify(all)}, '{}', '{}', 'reading', ${clock.now()})`),
      ],
      { id, name: all.name, path: file },
    );
    await ingest.reload(id);
    changed.emit({ kind: 'sources' });
    return id;
  };
  const addSource: LogSources['addSource'] = async ({ kind, path: given, rules }) => {
    const file = path.resolve(given);
    const stat = lookAt(file);
    if (!stat) throw new AppError('logs.unreadable', { file, detail: 'ENOENT' });
    refuseDevice(file, stat);
    if (kind !== 'import' && (kind === 'folder') !== stat.isDirectory())
      throw new AppError(kind === 'folder' ? 'logs.is-file' : 'logs.is-folder', { file });
    const known = sourceRows(read).find((row) => isPlace(row, file) && row.kind === kind);
    if (known) {
      if (rules) await update(known.source_id, rules);
      return retry(known.source_id);
    }
    return view(await add(kind, file, rules));
  };
  /** @throws `sync.not-configured` */
  const companyTables = (): CompanyTables => {
    if (!o.tables) throw new AppError('sync.not-configured');
    return o.tables;
  };
  const tables: LogSources['tables'] = async () => {
    const since = clock.now() - o.keepDays * DAY_MS;
    const own = new Map(sources().flatMap((s) => (s.table ? [[s.table.table, s.name] as const] : [])));
    const found = await companyTables().list(since);
    return found.map((t) => ({ ...t, usedAs: own.get(t.table) ?? t.usedAs }));
  };
  const newestRows = (table: LogTable, rules: LogSourceRules): ReturnType<CompanyTables['newest']> => {
    const { timeZone, encoding } = rules;
    const reading: TableReading = { table, timeZone, encoding };
    return companyTables().newest(reading, PREVIEW_ROWS);
  };
  const addOneTable: LogSources['addTable'] = async ({ table, rules }) => {
    const { usedAs = null } = (await tables()).find((t) => t.table === table.table) ?? {};
    if (usedAs !== null) throw new AppError('logs.table-known', { table: table.table, name: usedAs });
    const all = checkRules({ ...NO_RULES, name: table.table, ...defined(rules), table });
    // what cannot be read is refused before it stands in the list
    await newestRows(table, all);
    return view(await add('table', null, all));
  };
  const adding = new Turns();
  /** One after another: asked for twice at once, a table is still read once. */
  const addTable: LogSources['addTable'] = (given) => adding.take(() => addOneTable(given));
  const update = async (id: string, rules: GivenRules): Promise<LogSource> => {
    const row = sourceRow(read, id);
    if (!row) throw new AppError('not-found', { what: `source ${id}` });
    const before = JSON.parse(row.rules) as LogSourceRules;
    const after = checkRules({ ...before, ...defined(rules) });
    if (!isSameReach(before.table, after.table)) throw new AppError('logs.table-fixed');
    if (after.table && JSON.stringify(after.table) !== JSON.stringify(before.table))
      await newestRows(after.table, after);
    const toldAnew = after.format !== before.format || after.encoding !== before.encoding;
    await store.write(
      [run(sql`UPDATE log_sources SET rules = ${JSON.stringify(after)} WHERE source_id = ${id}`)],
      { id, name: after.name, path: row.path },
    );
    await ingest.reload(id, toldAnew);
    changed.emit({ kind: 'sources' });
    return view(id);
  };
  const retry = async (id: string): Promise<LogSource> => {
    const { kind, state } = view(id);
    if (kind === 'company' || kind === 'table') o.tables?.retry();
    await store.write([
      run(sql`UPDATE log_sources SET state = 'reading' WHERE source_id = ${id} AND state = 'done'`),
    ]);
    // what was read to its end is opened anew: a folder may have more files now
    await (state === 'done' ? ingest.reload(id) : ingest.poke(id));
    return view(id);
  };

  const expire = (): Promise<void> => ingest.inTurn(dropOld);
  const dropOld = async (): Promise<void> => {
    if (!ingest.owns()) return;
    const { oldest, sources } = expiring(read, { now: clock.now(), zone: o.zone(), keepDays: o.keepDays });
    let cuts = 0;
    let hasDropped = false;
    for (const id of sources) {
      cuts += await cutOver(id, oldest, CUT_MOST - cuts);
      const statements = dropStatements(read, id, oldest);
      if (!statements.length) continue;
      try {
        await store.write(statements);
        hasDropped = true;
      } catch (error) {
        // a block that came meanwhile reaches over it: the next time
        if (!(error instanceof AppError && error.code === 'store.refused')) throw error;
      }
    }
    if (!hasDropped) return;
    await ingest.ask('sweep', null);
    changed.emit({ kind: 'sources', linesGone: true });
  };
  /** Cuts blocks that reach over the instant. Gives back how many. */
  const cutOver = async (id: string, at: number, most: number): Promise<number> => {
    let cuts = 0;
    try {
      for (const row of blocksOver(read, id, at).slice(0, most)) {
        await ingest.ask('cut', { row, at });
        cuts++;
      }
    } catch (error) {
      if (error instanceof Cancelled) throw error;
      // no room, or replaced meanwhile: what needs no cut goes all the same
      o.log.warn('cutting a block of lines', error);
    }
    return cuts;
  };
  /** The sources; standard input is read again where a process that ended, however, left something of it. */
  const pipesTold = async (): Promise<SourceRow[]> => {
    for (const { source_id: id, kind, state } of sourceRows(read)) {
      if (kind !== 'stdin' || !pipes.waiting(id)) continue;
      await sweep(id);
      if (state === 'done' && pipes.waiting(id))
        await store.write([run(sql`UPDATE log_sources SET state = 'reading' WHERE source_id = ${id}`)]);
    }
    return sourceRows(read);
  };
  /** Rows that are other than they were told to the thread, by what only persons change. */
  const takeNews = async (seen: Map<string, string>): Promise<void> => {
    for (const row of await pipesTold()) {
      const text = `${row.generation} ${row.rules} ${row.state === 'done'}`;
      const before = seen.get(row.source_id);
      seen.set(row.source_id, text);
      const known = ingest.states.get(row.source_id);
      const isAsleep = known?.state === 'done' && row.state !== 'done';
      const isOver = before !== undefined && known?.state === 'done' && row.state === 'done';
      if (!isAsleep && (before === text || isOver)) continue;
      await ingest.reload(row.source_id);
    }
  };
  /** Read by the other process: the row is there, its end shows in it. */
  const readElsewhere = async (id: string, file: string, signal: AbortSignal | undefined): Promise<void> => {
    // what cannot be read here is waited for in vain there
    await access(file, constants.R_OK).catch((cause: unknown) => {
      throw unreadable(file, cause);
    });
    for (;;) {
      await delay(NEWS_MS / 10, signal);
      const row = sourceRow(read, id);
      if (!row || row.state === 'done') return;
      if (ingest.owns()) return void (await ingest.ask('read', { sourceId: id }));
    }
  };

  const sources = (): LogSource[] =>
    sourceRows(read).map((row) => sourceView(read, row, troubles.standing(row)));

  return {
    changed,
    sources,
    tables,
    async previewTable({ table, rules }) {
      const all = checkRules({ ...NO_RULES, name: table.table, ...defined(rules), table });
      return previewRows(await newestRows(table, all), { rules: all, zone: o.zone(), now: clock.now() });
    },
    addTable,
    formats: (): FormatView[] =>
      withOwn().map(({ name, title, samples, isOwn }) => ({ name, title, samples, isOwn })),
    tryFormat: async ({ format, path: file }) => {
      const one = checkFormat(format);
      const rules = checkRules({ name: 'preview', ...NO_RULES });
      return tryFile({ file: path.resolve(file), rules, zone: o.zone(), now: clock.now(), format: one });
    },
    draftFormat: formatFromMarks,
    addFormat: async (format) => {
      const { name } = keepFormat(format);
      changed.emit({ kind: 'sources' });
      return { name };
    },
    removeFormat: async (name) => {
      const used = sources().find((s) => s.format === name);
      if (used) throw new AppError('logs.bad-format', { name, detail: used.name });
      dropFormat(name);
      changed.emit({ kind: 'sources' });
    },
    preview: async ({ path: file, rules }) =>
      previewFile({
        file: path.resolve(file),
        rules: checkRules({ name: 'preview', ...NO_RULES, ...defined(rules) }),
        zone: o.zone(),
        now: clock.now(),
      }),
    addSource,
    updateSource: update,
    retrySource: retry,
    async removeSource(id) {
      const row = sourceRow(read, id);
      if (!row) throw new AppError('not-found', { what: `source ${id}` });
      await o.tasks.run('logs-remove', async () => {
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
        await store.write([
          ...forgetStatements(id),
          run(sql`DELETE FROM log_sources WHERE source_id = ${id}`),
        ]);
        await ingest.sweep();
        ingest.states.delete(id);
        uploads.finished(row.path);
        pipes.removed(id);
      });
      changed.emit({ kind: 'sources', linesGone: true });
    },
    async upload({ rules, ...piece }) {
      const { received, path: whole } = uploads.take(piece);
      if (whole === null) return { received, source: null };
      await prepare();
      const { name } = piece;
      const id = await add('import', whole, { name: name.slice(0, MAX_NAME), ...defined(rules) });
      return { received, source: view(id) };
    },
    async ingest({ file, input = process.stdin, rules, signal, progress, waits }) {
      await prepare();
      const isPipe = file === '-';
      const full = path.resolve(file);
      const stat = isPipe ? null : lookAt(full);
      if (stat === undefined) throw new AppError('logs.unreadable', { file: full, detail: 'ENOENT' });
      if (stat) refuseDevice(full, stat);
      const known = sourceRows(read).find((row) =>
        isPipe ? row.kind === 'stdin' : isPlace(row, full) && row.kind !== 'folder',
      );
      const paused = known && rules?.paused !== false ? pausedOf(known) : null;
      if (paused) throw paused;
      const isTold = Object.keys(defined(rules)).length > 0;
      if (known && isTold) await update(known.source_id, defined(rules));
      const id =
        known?.source_id ??
        (isPipe
          ? await add('stdin', null, { name: 'stdin', ...defined(rules) })
          : await add('import', full, rules));
      const total = stat?.size ?? null;
      const report = (): void => {
        const row = sourceRow(read, id);
        progress?.(row?.bytes ?? 0, total);
        const pausedSince = row && pausedOf(row);
        if (pausedSince) waits?.(pausedSince);
      };
      const timer = setInterval(report, PROGRESS_MS);
      timer.unref();
      try {
        await store.write([run(sql`UPDATE log_sources SET state = 'reading' WHERE source_id = ${id}`)]);
        if (isPipe) {
          const now = clock.now();
          const told = (why: AppError): void => waits?.(why);
          await readPipe({ store, ingest, pipes, sourceId: id, input, now, signal, waits: told });
        } else {
          const ended: Promise<unknown> = ingest.owns()
            ? ingest.ask('read', { sourceId: id })
            : readElsewhere(id, full, signal);
          await (signal ? Promise.race([ended, aborted(signal)]) : ended);
        }
      } finally {
        clearInterval(timer);
      }
      report();
      return view(id);
    },
    accounting: () =>
      accountingOf(read, {
        standing: troubles.standing,
        keepDays: o.keepDays,
        dataDir: o.dataDir,
        now: o.clock.now(),
        zone: o.zone(),
      }),
    deadLetters: (q) => deadLettersOf(read, q),
    async replay(sourceId) {
      const ids = read.all<{ id: string }>(
        sql`SELECT DISTINCT source_id AS id FROM log_dead_letters WHERE ${all([sourceId !== undefined && sql`source_id = ${sourceId}`])}`,
      );
      let replayed = 0;
      let fixed = 0;
      await o.tasks
        .run('logs-replay', async ({ signal, progress }) => {
          const replayOne = async (id: string): Promise<void> => {
            for (let after = 0; ; ) {
              throwIfAborted(signal);
              const letters = read.all<ReplayLetter>(
                sql`SELECT dead_letter_id AS id, raw, bytes, at FROM log_dead_letters
                WHERE source_id = ${id} AND dead_letter_id > ${after} ORDER BY dead_letter_id LIMIT ${REPLAY_LETTERS}`,
              );
              const last = letters.at(-1);
              if (!last) return;
              after = last.id;
              fixed += (await ingest.ask('replay', { sourceId: id, letters })).fixed;
              replayed += letters.length;
              progress(replayed, null);
            }
          };
          const failed: unknown[] = [];
          for (const { id } of ids)
            await replayOne(id).catch((thrown: unknown) => {
              if (thrown instanceof Cancelled) throw thrown;
              failed.push(thrown);
            });
          // one that cannot be asked does not keep the others from it
          if (failed.length) throw failed[0];
        })
        .finally(() => changed.emit({ kind: 'sources' }));
      return { replayed, fixed };
    },
    async settle() {
      await prepare();
      // another process reads: what there is, it reads as it comes
      if (!ingest.owns()) return;
      for (const { source_id: id, kind, state } of await pipesTold())
        if (kind === 'stdin' && state !== 'done') await ingest.poke(id);
      await ingest.ask('settle', null);
      for (const { source_id: id } of sourceRows(read)) await sweep(id);
      await troubles.kept();
    },
    start() {
      const follow = async (): Promise<void> => {
        await prepare();
        if (!isOn || isFollowing || !ingest.owns()) return;
        isFollowing = true;
        await ingest.ask('follow', { on: true });
      };
      let isOn = true;
      let isFollowing = false;
      const quietly = (work: Promise<void>): void =>
        void work.catch((error: unknown) => {
          if (!(error instanceof Cancelled)) o.log.error('following logs', error);
        });
      quietly(follow());
      const seen = new Map<string, string>();
      const stops = [
        // what another process (the command line) changed in the store; and its turn to read, once the other one is gone
        clock.every(NEWS_MS, () => {
          // a thread that died is started again
          isFollowing &&= ingest.isRunning;
          if (isFollowing) quietly(takeNews(seen));
          else quietly(follow());
        }),
        clock.every(EXPIRE_MS, () => quietly(expire())),
      ];
      quietly(expire());
      return () => {
        isOn = false;
        for (const stop of stops) stop();
        if (ingest.isRunning) ingest.ask('follow', { on: false }).catch(() => {});
      };
    },
    forget: (id) => [
      ...forgetStatements(id),
      run(sql`UPDATE log_sources SET generation = generation + 1, place = '{}', used = '{}', lines = 0, templated = 0, unparsed = 0, expired = 0,
        bytes = 0, first_at = NULL, last_at = NULL WHERE source_id = ${id}`),
    ],
    expire,
    close: async () => {
      await ingest.close();
      await troubles.close();
    },
  };
}

/** Every format, a site's own first, each with lines it reads. */
function withOwn(): FormatView[] {
  refreshOwnFormats();
  const own = ownFormats();
  return formatsNow().map(({ name, title }) => {
    const mine = own.find((file) => file.name === name);
    const samples = mine ? mine.samples : SAMPLES.filter((s) => s.format === name);
    return { name, title, samples: samples.map((s) => s.line), isOwn: mine !== undefined };
  });
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const stop = (): void => reject(new Cancelled('aborted'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
