/** The sources part of the door: where lines come from, how far they have come, what became of each. */
import path from 'node:path';
import { defined } from '../../kernel/defined.ts';
import { Emitter } from '../../kernel/events.ts';
import { run, sql } from '../../store/index.ts';
import { sourceRow, sourceRows } from '../ingest/source-rows.ts';
import { Pipes } from '../sources/pipes/pipes.ts';
import type { LogSources, LogsChange } from '../types.ts';
import { accountingOf } from './accounting.ts';
import { checkRules, NO_RULES } from './check-rules.ts';
import { createTables } from './company-tables.ts';
import { deadLettersOf } from './dead-letters.ts';
import { SourceEditor } from './edit-sources.ts';
import { expireLines } from './expire-lines.ts';
import { Following } from './follow-sources.ts';
import { forgetStatements } from './forget.ts';
import { readOwnFormats } from './own-formats.ts';
import { previewFile } from './preview.ts';
import { readOnce } from './read-once.ts';
import { replayLetters } from './replay-letters.ts';
import { createFormats } from './site-formats.ts';
import type { SourcesBase, SourcesContext } from './sources-base.ts';
import { Troubles } from './troubles.ts';
import { Uploads } from './uploads.ts';

export function createSources(o: SourcesBase): LogSources {
  const { store, ingest, clock, zone } = o;
  const { read } = store;
  const changed = new Emitter<LogsChange>();
  const isNews = (): void => changed.emit({ kind: 'sources' });
  readOwnFormats(o.dataDir);
  const uploads = new Uploads(path.join(o.dataDir, 'imports'));
  const pipes = new Pipes({ store, dataDir: o.dataDir });
  const rows = sourceRows(read);
  uploads.clear([pipes.dir, ...rows.flatMap((row) => row.path ?? [])], clock.now());
  pipes.clear(
    rows.map((row) => row.source_id),
    clock.now(),
  );
  const troubles = new Troubles({ ...o, states: ingest.states, changed: isNews });
  const context: SourcesContext = { ...o, changed, uploads, pipes, troubles };
  const editor = new SourceEditor(context);
  const following = new Following(context, editor);

  ingest.committed.on(({ sourceId, lines, from, to, templates }) => {
    following.sweep(sourceId).catch((error: unknown) => o.log.error('what came through a pipe', error));
    if (lines > 0) changed.emit({ kind: 'lines', lines, from, to });
    if (templates.length) changed.emit({ kind: 'templates', ids: templates });
  });
  ingest.told.on((state) => {
    if (state.state === 'done') uploads.finished(sourceRow(read, state.sourceId)?.path ?? null);
    troubles.note([state.sourceId]);
    isNews();
  });
  const expire = (): Promise<void> =>
    ingest.inTurn(async () => {
      if (await expireLines(o)) changed.emit({ kind: 'sources', linesGone: true });
    });

  return {
    changed,
    sources: editor.list,
    ...createTables(context, editor),
    ...createFormats({ sources: editor.list, zone, now: () => clock.now(), changed: isNews }),
    preview: async ({ path: file, rules }) =>
      previewFile({
        file: path.resolve(file),
        rules: checkRules({ name: 'preview', ...NO_RULES, ...defined(rules) }),
        zone: zone(),
        now: clock.now(),
      }),
    addSource: editor.addSource,
    updateSource: editor.update,
    retrySource: editor.retry,
    removeSource: editor.remove,
    upload: editor.upload,
    ingest: (once) => readOnce(context, editor, once),
    accounting: () =>
      accountingOf(read, {
        standing: troubles.standing,
        keepDays: o.keepDays,
        dataDir: o.dataDir,
        now: clock.now(),
        zone: zone(),
      }),
    deadLetters: (q) => deadLettersOf(read, q),
    replay: (sourceId) =>
      o.tasks.run('logs-replay', (task) => replayLetters({ read, ingest, sourceId }, task)).finally(isNews),
    settle: () => following.settle(),
    start: () => following.start(expire),
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
