import { Cancelled } from '../../kernel/errors.ts';
import { run, sql } from '../../store/index.ts';
import { type SourceRow, sourceRows } from '../ingest/source-rows.ts';
import type { SourceEditor } from './edit-sources.ts';
import type { SourcesContext } from './sources-base.ts';

const NEWS_MS = 2000;
const EXPIRE_MS = 6 * 3_600_000;

/** Reads what comes to the sources, while this process is the one that reads them. */
export class Following {
  private readonly context: SourcesContext;
  private readonly editor: SourceEditor;
  /** rows as they were told to the thread, by what only users change */
  private readonly seen = new Map<string, string>();
  private isOn = false;
  private isFollowing = false;
  constructor(context: SourcesContext, editor: SourceEditor) {
    this.context = context;
    this.editor = editor;
  }
  /** What of standard input is in the store goes from the data folder. */
  async sweep(id: string): Promise<void> {
    const { pipes, ingest } = this.context;
    if (pipes.waiting(id) && ingest.owns()) await pipes.sweep(id);
  }
  /** Reads all that is there now. */
  async settle(): Promise<void> {
    const { store, ingest, troubles } = this.context;
    await this.editor.prepare();
    // another process reads: what there is, it reads as it comes
    if (!ingest.owns()) return;
    for (const { source_id: id, kind, state } of await this.rows())
      if (kind === 'stdin' && state !== 'done') await ingest.poke(id);
    await ingest.ask('settle', null);
    for (const { source_id: id } of sourceRows(store.read)) await this.sweep(id);
    await troubles.kept();
  }
  /** @param expire drops what is too old */
  start(expire: () => Promise<void>): () => void {
    const { clock, ingest } = this.context;
    this.isOn = true;
    this.isFollowing = false;
    this.seen.clear();
    this.quietly(this.follow());
    const stops = [
      // what another process (the command line) changed in the store; and its turn to read, once the other one is gone
      clock.every(NEWS_MS, () => {
        // a thread that died is started again
        this.isFollowing &&= ingest.isRunning;
        this.quietly(this.isFollowing ? this.takeNews() : this.follow());
      }),
      clock.every(EXPIRE_MS, () => this.quietly(expire())),
    ];
    this.quietly(expire());
    return () => {
      this.isOn = false;
      for (const stop of stops) stop();
      if (ingest.isRunning) ingest.ask('follow', { on: false }).catch(() => {});
    };
  }
  private quietly(work: Promise<void>): void {
    work.catch((error: unknown) => {
      if (!(error instanceof Cancelled)) this.context.log.error('following logs', error);
    });
  }
  private async follow(): Promise<void> {
    const { ingest } = this.context;
    await this.editor.prepare();
    if (!this.isOn || this.isFollowing || !ingest.owns()) return;
    this.isFollowing = true;
    await ingest.ask('follow', { on: true });
  }
  /** The sources; standard input is read again where a process that ended, however, left something of it. */
  private async rows(): Promise<SourceRow[]> {
    const { store, pipes } = this.context;
    for (const { source_id: id, kind, state } of sourceRows(store.read)) {
      if (kind !== 'stdin' || !pipes.waiting(id)) continue;
      await this.sweep(id);
      if (state === 'done' && pipes.waiting(id))
        await store.write([run(sql`UPDATE log_sources SET state = 'reading' WHERE source_id = ${id}`)]);
    }
    return sourceRows(store.read);
  }
  /** Sources whose settings a user changed since the thread last loaded them are loaded again. */
  private async takeNews(): Promise<void> {
    const { ingest } = this.context;
    for (const row of await this.rows()) {
      const text = `${row.generation} ${row.rules} ${row.state === 'done'}`;
      const before = this.seen.get(row.source_id);
      this.seen.set(row.source_id, text);
      const known = ingest.states.get(row.source_id);
      const isAsleep = known?.state === 'done' && row.state !== 'done';
      const isOver = before !== undefined && known?.state === 'done' && row.state === 'done';
      if (!isAsleep && (before === text || isOver)) continue;
      await ingest.reload(row.source_id);
    }
  }
}
