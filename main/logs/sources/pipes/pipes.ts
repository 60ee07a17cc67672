/** The runs of `logs ingest -`: begun by any process, read and taken away by the one that reads the sources. */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Base, type Statement, type Store, sql, tryLock } from '../../../store/index.ts';
import type { Checkpoint } from '../../ingest/messages.ts';
import { goneStatement } from '../../ingest/source-rows.ts';
import { takeAway } from '../../manage/take-away.ts';
import { endOf, lockOf, piecesOf, pipesOf, receivedOf, runsOf, sizeOf, writeEnd } from './pipe-files.ts';

/** A lock without a run is left by a process that was killed between the two. */
const ABANDONED_MS = 86_400_000;

export type PipeRun = {
  readonly dir: string;
  /** no more is written to it */
  release(): void;
};

export class Pipes {
  readonly dir: string;
  private readonly dataDir: string;
  private readonly store: Store;
  constructor(o: Pick<Base, 'store' | 'dataDir'>) {
    this.store = o.store;
    this.dataDir = o.dataDir;
    this.dir = pipesOf(o.dataDir);
  }
  /** Its lock comes before its folder, so that nobody takes it for one whose process is gone. */
  begin(sourceId: string, now: number): PipeRun {
    const own = path.join(this.dir, sourceId);
    mkdirSync(own, { recursive: true, mode: 0o700 });
    // runs are read in the order of their names
    const dir = path.join(own, `${String(now).padStart(15, '0')}-${randomUUID().slice(0, 8)}`);
    const lock = tryLock(lockOf(dir));
    try {
      mkdirSync(dir, { mode: 0o700 });
    } catch (cause) {
      lock?.release();
      takeAway(lockOf(dir));
      throw cause;
    }
    return { dir, release: () => lock?.release() };
  }
  waiting(sourceId: string): boolean {
    return runsOf(this.dataDir, sourceId).length > 0;
  }
  /**
   * For the process that reads the sources: a run whose process is gone ends where it stopped; pieces that are in the store go, and
   * so does a run that is there to its end.
   */
  async sweep(sourceId: string): Promise<void> {
    const places = new Map(
      this.store.read
        .all<{ name: string; place: string }>(
          sql`SELECT name, place FROM log_files WHERE source_id = ${sourceId}`,
        )
        .map(({ name, place }) => [name, (JSON.parse(place) as Checkpoint).offset]),
    );
    const there = new Set<string>();
    const gone: Statement[] = [];
    for (const { name, dir } of runsOf(this.dataDir, sourceId)) {
      const end = endOf(dir) ?? endOfDead(dir);
      const read = places.get(name);
      if (end !== null && (end === 0 || (read !== undefined && read >= end))) {
        if (takeAway(dir)) takeAway(lockOf(dir));
        else there.add(name);
        continue;
      }
      there.add(name);
      const pieces = piecesOf(dir);
      for (const [i, { from, file }] of pieces.entries())
        if (i < pieces.length - 1 && from + sizeOf(file) <= (read ?? 0)) takeAway(file);
    }
    // only now: a run without its place would be read again
    for (const name of places.keys()) if (!there.has(name)) gone.push(goneStatement(sourceId, name));
    if (gone.length) await this.store.write(gone);
  }
  /** The source was taken away, with what it had not read. */
  removed(sourceId: string): void {
    takeAway(path.join(this.dir, sourceId));
  }
  /** At the start: what belongs to no source any more. */
  clear(sources: readonly string[], now: number): void {
    for (const id of existsSync(this.dir) ? readdirSync(this.dir) : []) {
      const own = path.join(this.dir, id);
      if (!sources.includes(id)) {
        if (now - statSync(own).mtimeMs > ABANDONED_MS) this.removed(id);
        continue;
      }
      for (const name of readdirSync(own)) {
        const file = path.join(own, name);
        if (!name.endsWith('.lock') || existsSync(file.slice(0, -'.lock'.length))) continue;
        if (now - statSync(file).mtimeMs > ABANDONED_MS) takeAway(file);
      }
    }
  }
}

/** Where a run stopped whose process is gone; null: it is being written to. */
function endOfDead(run: string): number | null {
  const lock = tryLock(lockOf(run));
  if (!lock) return null;
  try {
    const received = receivedOf(run);
    writeEnd(run, received);
    return received;
  } finally {
    lock.release();
  }
}
