/** The ingest thread's work: sources in turn, a batch at a time, never ahead of what the store has taken. */

import { AppError, type Failure, failureOf } from '../../kernel/errors.ts';
import { backOffMs } from '../../kernel/task.ts';
import type { TablePage } from '../contract/tables.ts';
import { readOwnFormats } from '../manage/own-formats.ts';
import { SOURCE_BACK_OFF } from '../mine/config.ts';
import { DETECTION_LINES } from '../read/detect-format.ts';
import { Folder, type Scan } from '../sources/folder.ts';
import type { Closing, LogReader, LogReaderContext, Progress } from '../sources/log-reader.ts';
import { openPipes, openReaders } from '../sources/open-readers.ts';
import { takeTableRows, tellMessages } from '../sources/table-rows.ts';
import { Batch } from './batch.ts';
import { CommitPipeline, type PipelinePorts } from './commit-pipeline.ts';
import type {
  Checkpoint,
  Questions,
  SourceState,
  SourceWork,
  Start,
  TablePlace,
  Tuning,
} from './messages.ts';
import { fileStatement, goneStatement, keyStatements, sourceStatement } from './source-rows.ts';

/** A head at the end of a file waits so long for the lines of its trace; part of a line, so long for its rest. */
const HEAD_MS = 250;
/** How far a source is, is told so often while it is read. */
const TELL_MS = 100;
const PART_MS = 5000;

export type LoopPorts = Omit<PipelinePorts, 'hold'> & {
  readonly zone: () => string;
  readonly work: (sourceId: string) => Promise<SourceWork | null>;
  readonly tablePage: (q: Questions['tablePage']['in']) => Promise<TablePage | null>;
  readonly state: (state: SourceState) => void;
  readonly log: (message: string, error: unknown) => void;
};
type Waiter = { readonly resolve: () => void; readonly reject: (error: unknown) => void };
/** A page of a table that was asked for: the other sources do not wait for the company's network. */
type Asked = { answer: TablePage | null | undefined; failed: { readonly thrown: unknown } | null };
type Active = {
  work: SourceWork;
  readers: ReadonlyMap<string, LogReader>;
  folder: Folder | null;
  /** files of a folder that cannot be read just now, by name */
  readonly resting: Map<string, { readonly tries: number; readonly nextAt: number; readonly error: Failure }>;
  /** where each was at its last batch */
  readonly placed: WeakMap<LogReader, Checkpoint>;
  /** when it is looked at again: `performance.now()`, which goes on whatever is done to the machine's clock */
  nextAt: number;
  /** after everything that was there is read */
  pauseMs: number;
  tries: number;
  error: Failure | null;
  isDone: boolean;
  /** of a table: how far, whether its look is over, the first messages its format is told from, and the page under way */
  table: TablePlace;
  isBehind: boolean;
  lookedAt: number | null;
  sample: string[];
  asked: Asked | null;
  /** since when a reader holds back the same bytes */
  readonly held: Map<LogReader, { bytes: number; since: number }>;
  /** who waits for its end, followed or not */
  wanted: Waiter[];
  said: string;
  /** when: `performance.now()` */
  toldAt: number;
};

export class ReadLoop {
  private readonly sources = new Map<string, Active>();
  private readonly ports: LoopPorts;
  private readonly tuning: Tuning;
  private readonly dataDir: string;
  private readonly context: Omit<LogReaderContext, 'rules'>;
  readonly pipeline: CommitPipeline;
  private follows = false;
  private settling: Waiter[] = [];
  private jobs: (() => Promise<void>)[] = [];
  private isClosed = false;
  /** woken since the sources were last looked at */
  private isWoken = false;
  private endSleep: () => void = () => {};
  private readonly held = new Map<string, () => void>();

  constructor(start: Start, ports: LoopPorts) {
    this.ports = ports;
    this.tuning = start.tuning;
    this.dataDir = start.dataDir;
    readOwnFormats(start.dataDir);
    this.context = { zone: ports.zone, now: ports.now, chunkBytes: start.tuning.chunkBytes };
    this.pipeline = new CommitPipeline(start, {
      commit: ports.commit,
      now: ports.now,
      hold: (sourceId, error, tries, ms) => this.hold(sourceId, error, tries, ms),
      lost: (error) => {
        if (!this.isClosed) ports.lost(error);
      },
    });
    for (const work of start.sources) this.sources.set(work.id, activeOf(work, this.tuning.pollMs));
  }

  private wake(): void {
    this.isWoken = true;
    this.endSleep();
  }
  follow(on: boolean): void {
    this.follows = on;
    for (const source of this.sources.values()) if (source.error === null) source.nextAt = 0;
    this.wake();
  }
  /** Reads a source to its end; rejects when it cannot be read. */
  read(sourceId: string): Promise<void> {
    const source = this.sources.get(sourceId);
    if (!source) return Promise.reject(new AppError('not-found', { what: sourceId }));
    source.isDone = false;
    source.nextAt = 0;
    this.wake();
    return new Promise((resolve, reject) => source.wanted.push({ resolve, reject }));
  }
  /** Resolves once everything that can be read now is in the store. */
  settle(): Promise<void> {
    for (const source of this.sources.values()) source.nextAt = 0;
    this.wake();
    return new Promise((resolve, reject) => this.settling.push({ resolve, reject }));
  }
  poke(sourceId: string): void {
    this.held.get(sourceId)?.();
    const source = this.sources.get(sourceId);
    if (source) {
      source.nextAt = 0;
      source.isDone = false;
      source.resting.clear();
    }
    this.wake();
  }
  /** Runs `work` between batches, when all of them are in the store. */
  atRest<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.jobs.push(async () => {
        await this.pipeline.rest();
        // what a job throws at once is its rejection too
        await Promise.resolve().then(work).then(resolve, reject);
      });
      this.wake();
    });
  }
  /** What the store says about a source holds from now on. */
  reload(sourceId: string, tellsAnew = false): Promise<void> {
    return this.atRest(() => this.reloadNow(sourceId, tellsAnew));
  }
  private async reloadNow(sourceId: string, tellsAnew = false): Promise<void> {
    const before = this.sources.get(sourceId);
    for (const reader of before?.readers.values() ?? []) reader.close();
    const now = await this.ports.work(sourceId);
    const work = now && tellsAnew ? toldAnew(now) : now;
    if (!work) {
      this.sources.delete(sourceId);
      for (const w of before?.wanted ?? []) w.reject(new AppError('not-found', { what: sourceId }));
      return;
    }
    if (before && before.work.generation !== work.generation) this.pipeline.sweep();
    this.sources.set(sourceId, { ...activeOf(work, this.tuning.pollMs), wanted: before?.wanted ?? [] });
    this.tell(sourceId);
  }
  async close(): Promise<void> {
    this.isClosed = true;
    for (const go of this.held.values()) go();
    this.wake();
    await this.pipeline.rest();
    for (const { readers } of this.sources.values()) for (const s of readers.values()) s.close();
    await this.pipeline.close();
  }

  async run(): Promise<void> {
    while (!this.isClosed) {
      this.isWoken = false;
      for (let job = this.jobs.shift(); job; job = this.jobs.shift()) await job();
      const now = performance.now();
      const due = [...this.sources.values()].filter((s) => this.isActive(s) && s.nextAt <= now);
      let isBusy = false;
      for (const source of due) {
        if (this.isClosed) return;
        if (await this.turn(source)) isBusy = true;
        // messages come in between
        await new Promise((resolve) => setImmediate(resolve));
        if (this.jobs.length) break;
      }
      if (this.settling.length && !isBusy && !this.jobs.length) await this.endSettling();
      if (isBusy || this.jobs.length || this.isClosed) continue;
      await this.sleep();
    }
  }
  private isActive(source: Active): boolean {
    if (source.work.rules.paused || source.isDone) return false;
    return this.follows || this.settling.length > 0 || source.wanted.length > 0;
  }
  private async sleep(): Promise<void> {
    if (this.isWoken) return;
    const next = Math.min(
      ...[...this.sources.values()].filter((s) => this.isActive(s)).map((s) => s.nextAt),
      performance.now() + 60_000,
    );
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, Math.max(1, next - performance.now()));
      this.endSleep = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
  private async endSettling(): Promise<void> {
    const now = performance.now();
    const open = [...this.sources.values()].some(
      (s) => this.isActive(s) && (s.asked !== null || (s.error === null && s.nextAt <= now)),
    );
    if (open) return;
    await this.pipeline.rest();
    for (const { resolve } of this.settling.splice(0)) resolve();
  }

  /** One look at a source; true when there is more to read at once. */
  private async turn(source: Active): Promise<boolean> {
    try {
      const isTable = source.work.kind === 'table' || source.work.kind === 'company';
      if (isTable && !this.hasPage(source)) return false;
      const more = await (isTable ? this.tableTurn(source) : this.fileTurn(source));
      source.tries = 0;
      // a batch of it may still be waiting for the disk
      if (!this.held.has(source.work.id)) source.error = [...source.resting.values()][0]?.error ?? null;
      if (more) source.nextAt = 0;
      else {
        source.nextAt = performance.now() + (this.isHolding(source) ? HEAD_MS : source.pauseMs);
        await this.satisfy(source);
      }
      this.tell(source.work.id);
      return more;
    } catch (thrown) {
      this.fail(source, thrown);
      return false;
    }
  }
  private fail(source: Active, thrown: unknown): void {
    source.error = failureOf(thrown);
    if (source.error.code === 'internal') this.ports.log(`reading ${source.work.id}`, thrown);
    source.tries++;
    source.nextAt = performance.now() + backOffMs(source.tries, SOURCE_BACK_OFF);
    for (const reader of source.readers.values()) reader.close();
    source.readers = new Map();
    source.folder = null;
    source.resting.clear();
    this.tell(source.work.id);
    // the readers are opened again at what is in the store
    void this.atRest(async () => {
      const work = await this.ports.work(source.work.id);
      if (work) Object.assign(source, { work, table: work.table });
    }).catch((error: unknown) => this.ports.log('after an error', error));
    // who asked hears of it when what could be read is in the store
    const wanted = source.wanted.splice(0);
    void this.pipeline.rest().then(() => {
      for (const w of wanted) w.reject(thrown);
    });
  }
  private async satisfy(source: Active): Promise<void> {
    // a pipe that is dry has not ended
    if (!source.wanted.length || (source.work.kind === 'stdin' && !source.isDone)) return;
    await this.pipeline.rest();
    for (const { resolve } of source.wanted.splice(0)) resolve();
  }
  private isHolding(source: Active): boolean {
    for (const reader of source.readers.values()) {
      const held = source.held.get(reader);
      if (reader.holding > 0 && (!held || performance.now() - held.since < HEAD_MS)) return true;
    }
    return false;
  }

  private async fileTurn(source: Active): Promise<boolean> {
    const { work } = source;
    const context = { ...this.context, rules: work.rules };
    if (work.kind === 'folder') {
      source.folder ??= new Folder(work, context);
      const { readers, moved } = await source.folder.scan();
      source.readers = readers;
      if (moved.length) await this.put(source, this.batch(work.id), { moved });
    } else if (work.kind === 'stdin')
      source.readers = openPipes({ dataDir: this.dataDir, work, known: source.readers, context });
    else if (source.readers.size === 0) source.readers = await openReaders(work, context);
    let more = false;
    let isEnded = work.kind === 'import' || work.kind === 'stdin';
    let failed: unknown = null;
    for (const reader of source.readers.values()) {
      const batch = this.batch(work.id);
      const resting = source.resting.get(reader.name);
      if (resting && resting.nextAt > performance.now()) {
        isEnded = false;
        continue;
      }
      const before = source.placed.get(reader) ?? reader.place();
      let progress: Progress = 'dry';
      try {
        progress = await reader.read(batch, this.closing(source, reader));
        if (resting) source.resting.delete(reader.name);
      } catch (thrown) {
        // the other files of a folder go on
        failed = thrown;
        isEnded = false;
        const tries = (resting?.tries ?? 0) + 1;
        source.resting.set(reader.name, {
          tries,
          nextAt: performance.now() + backOffMs(tries, SOURCE_BACK_OFF),
          error: failureOf(thrown),
        });
      }
      if (progress === 'more') more = true;
      if (progress !== 'done') isEnded = false;
      const place = reader.place();
      if (place && place !== before) await this.put(source, batch, { reader, place });
      if (place) source.placed.set(reader, place);
      // of thousands of files, not after each
      if (performance.now() - source.toldAt > TELL_MS) this.tell(work.id);
      if (this.jobs.length) return true;
    }
    if (failed && !more && work.kind !== 'folder') throw failed;
    if (!isEnded) return more;
    await this.put(source, this.batch(work.id), { isDone: true });
    await this.pipeline.sealEnd(work.id);
    source.isDone = true;
    return false;
  }
  private closing(source: Active, reader: LogReader): Closing {
    const bytes = reader.holding;
    const held = source.held.get(reader);
    const now = performance.now();
    // what comes through a pipe is not all there because somebody asks
    const isAsked = source.work.kind !== 'stdin' && (this.settling.length > 0 || source.wanted.length > 0);
    if (!held || held.bytes !== bytes) {
      source.held.set(reader, { bytes, since: now });
      return isAsked ? 'heads' : 'wait';
    }
    if (bytes === 0) return isAsked ? 'heads' : 'wait';
    if (now - held.since >= PART_MS) return 'all';
    return isAsked || now - held.since >= HEAD_MS ? 'heads' : 'wait';
  }
  /** Whether a page is here; asks for one where none is under way. */
  private hasPage(source: Active): boolean {
    const { asked } = source;
    if (asked && (asked.failed || asked.answer !== undefined)) return true;
    source.nextAt = Number.POSITIVE_INFINITY;
    if (asked) return false;
    const page: Asked = { answer: undefined, failed: null };
    source.asked = page;
    void this.askPage(source)
      .then(
        (answer) => {
          page.answer = answer;
        },
        (thrown: unknown) => {
          page.failed = { thrown };
        },
      )
      .finally(() => {
        source.nextAt = 0;
        this.wake();
      });
    return false;
  }
  private async askPage({ work, table, isBehind }: Active): Promise<TablePage | null> {
    // a look meets rows of the one before: they have to be known
    if (!isBehind) await this.pipeline.rest();
    return this.ports.tablePage({
      sourceId: work.id,
      generation: work.generation,
      place: table.text,
      limit: this.tuning.batchRecords,
    });
  }
  private async tableTurn(source: Active): Promise<boolean> {
    const { work, asked } = source;
    source.asked = null;
    if (asked?.failed) throw asked.failed.thrown;
    const page = asked?.answer ?? null;
    if (page === null) {
      await this.pipeline.rest();
      await this.reloadNow(work.id);
      return false;
    }
    const { rows, isEnd } = page;
    const format = this.toldFormat(source, page);
    if (rows.length > 0) {
      const batch = this.batch(work.id);
      const { rules } = work;
      takeTableRows(batch, rows, {
        rules,
        format: format?.name ?? 'plain',
        zone: this.ports.zone(),
        now: this.ports.now(),
      });
      await this.put(source, batch, { page, table: { text: page.place, format } });
    }
    source.table = { text: page.place, format };
    source.isBehind = !isEnd;
    if (isEnd) source.lookedAt = this.ports.now();
    source.pauseMs = page.everyMs;
    return !isEnd;
  }
  /** Told from the first messages, until there were enough of them. */
  private toldFormat(source: Active, { rows }: TablePage): TablePlace['format'] {
    const { rules } = source.work;
    const { format } = source.table;
    if (format && format.probed >= DETECTION_LINES && rules.format === null) return format;
    source.sample.push(...rows.filter((r) => !r.refused).map((r) => r.message));
    source.sample.splice(DETECTION_LINES);
    if (source.sample.length < (format?.probed ?? 1)) return format;
    return tellMessages(source.sample, rules);
  }
  private batch(sourceId: string): Batch {
    return new Batch(this.pipeline.mining, sourceId, this.tuning.batchRecords);
  }
  private async put(
    source: Active,
    batch: Batch,
    o: {
      reader?: LogReader;
      place?: Checkpoint | null;
      page?: TablePage;
      table?: TablePlace;
      isDone?: boolean;
      moved?: Scan['moved'];
    },
  ): Promise<void> {
    const { id, generation } = source.work;
    const { reader, place = null, page, table, isDone = false, moved = [] } = o;
    const { done } = await this.pipeline.put(batch, {
      encoding: place?.encoding ?? 'utf-8',
      own: (b) => [
        sourceStatement({
          id,
          generation,
          batch: b,
          told: table?.format ? { ...table.format, format: table.format.name, encoding: 'utf-8' } : place,
          place: table ? { table } : null,
          isDone,
        }),
        ...(page ? keyStatements(id, page) : []),
        ...moved.map((m) => goneStatement(id, m.from)),
        ...moved.map((m) => fileStatement(id, m.name, m.place)),
        ...(reader && place ? [fileStatement(id, reader.name, place)] : []),
      ],
    });
    void done.then(
      ({ refused }) => {
        if (refused) this.reload(id).catch((error: unknown) => this.ports.log('reload', error));
      },
      (error: unknown) => this.ports.log('commit', error),
    );
  }

  /** A disk that is full, a store that is locked: nothing is read meanwhile. */
  private async hold(sourceId: string, error: Failure, tries: number, ms: number): Promise<void> {
    if (this.isClosed) throw new AppError('internal', {}, { cause: 'closing' });
    const source = this.sources.get(sourceId);
    if (source) {
      source.error = error;
      source.tries = tries;
      source.nextAt = performance.now() + ms;
      this.tell(sourceId);
    }
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.held.set(sourceId, () => {
        clearTimeout(timer);
        resolve();
      });
    });
    this.held.delete(sourceId);
    if (this.isClosed) throw new AppError('internal', {}, { cause: 'closing' });
    if (source) Object.assign(source, { error: null, nextAt: 0 });
  }

  private tell(sourceId: string): void {
    const source = this.sources.get(sourceId);
    if (!source) return;
    const { error, work, isDone, isBehind } = source;
    source.toldAt = performance.now();
    const behinds = [...source.readers.values()].map((s) => s.behind());
    const behind =
      behinds.includes(null) || !behinds.length ? null : behinds.reduce((a: number, b) => a + (b ?? 0), 0);
    const state: SourceState = {
      sourceId,
      state: work.rules.paused
        ? 'paused'
        : error
          ? 'waiting'
          : isDone
            ? 'done'
            : behind || isBehind
              ? 'reading'
              : 'following',
      error,
      nextTryAt: error ? this.ports.now() + Math.max(0, Math.round(source.nextAt - performance.now())) : null,
      behindBytes: behind,
      lookedAt: source.lookedAt,
    };
    const text = JSON.stringify(state);
    if (text === source.said) return;
    source.said = text;
    this.ports.state(state);
  }
}

const toldAnew = (work: SourceWork): SourceWork => ({
  ...work,
  files: work.files.map(({ name, place }) => ({ name, place: { ...place, probed: 0, isGuess: true } })),
  table: { ...work.table, format: null },
});
const activeOf = (work: SourceWork, pauseMs: number): Active => ({
  work,
  readers: new Map(),
  folder: null,
  resting: new Map(),
  placed: new WeakMap(),
  nextAt: 0,
  tries: 0,
  error: null,
  isDone: work.isDone,
  table: work.table,
  isBehind: false,
  lookedAt: null,
  sample: [],
  asked: null,
  pauseMs,
  held: new Map(),
  wanted: [],
  said: '',
  toldAt: Number.NEGATIVE_INFINITY,
});
