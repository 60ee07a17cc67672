import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import path from 'node:path';
import { defined } from '../../kernel/defined.ts';
import { AppError } from '../../kernel/errors.ts';
import { delay, untilAborted } from '../../kernel/task.ts';
import { run, sql } from '../../store/index.ts';
import type { LogSource, LogSourceRules } from '../contract/logs.ts';
import { type SourceRow, sourceRow, sourceRows } from '../ingest/source-rows.ts';
import { readPipe } from '../sources/pipes/read-pipe.ts';
import { lookAt, refuseDevice, unreadable } from '../sources/plain-file.ts';
import type { LogSources } from '../types.ts';
import { isPlace, type SourceEditor } from './edit-sources.ts';
import type { SourcesContext } from './sources-base.ts';

const PROGRESS_MS = 250;
const LOOK_AGAIN_MS = 200;

/** Why a source is not read: a user paused it. */
const pausedOf = ({ rules }: SourceRow): AppError | null => {
  const { paused, name } = JSON.parse(rules) as LogSourceRules;
  return paused ? new AppError('logs.paused', { name }) : null;
};

/** See `LogSources.ingest`. */
export async function readOnce(
  context: SourcesContext,
  editor: SourceEditor,
  { file, input = process.stdin, rules, signal, progress, waits }: Parameters<LogSources['ingest']>[0],
): Promise<LogSource> {
  const { store, ingest, clock } = context;
  const { read } = store;
  await editor.prepare();
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
  if (known && Object.keys(defined(rules)).length > 0) await editor.update(known.source_id, defined(rules));
  const id =
    known?.source_id ??
    (isPipe ? await editor.add('stdin', null, rules) : await editor.add('import', full, rules));
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
      const told = (why: AppError): void => waits?.(why);
      const now = clock.now();
      await readPipe({ store, ingest, pipes: context.pipes, sourceId: id, input, now, signal, waits: told });
    } else {
      const ended: Promise<unknown> = ingest.owns()
        ? ingest.ask('read', { sourceId: id })
        : readElsewhere(context, id, full, signal);
      await (signal ? untilAborted(ended, signal) : ended);
    }
  } finally {
    clearInterval(timer);
  }
  report();
  return editor.view(id);
}

/** Read by the other process: the row is there, its end shows in it. */
async function readElsewhere(
  { store, ingest }: SourcesContext,
  id: string,
  file: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  // what cannot be read here is waited for in vain there
  await access(file, constants.R_OK).catch((cause: unknown) => {
    throw unreadable(file, cause);
  });
  for (;;) {
    await delay(LOOK_AGAIN_MS, signal);
    const row = sourceRow(store.read, id);
    if (!row || row.state === 'done') return;
    if (ingest.owns()) return void (await ingest.ask('read', { sourceId: id }));
  }
}
