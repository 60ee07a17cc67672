/** One batch on its way: blocks into their files, everything else into one transaction, in the order of the batches. */
import { type Failure, failureOf } from '../../kernel/errors.ts';
import type { Statement } from '../../store/index.ts';
import { Miner } from '../mine-templates.ts';
import type { EncodedSegment, PlacedSegment } from '../pipeline-types.ts';
import { SegmentFiles } from '../segments/segment-files.ts';
import { segmentStatement } from '../segments/segment-rows.ts';
import { HoleSketches } from '../templates/hole-sketches.ts';
import { templateStatements } from '../templates/keep-templates.ts';
import { backOffMs } from './back-off.ts';
import type { Batch, Desk } from './batch.ts';
import { DayOf } from './day-of.ts';
import { Encoder } from './encoder.ts';
import type { Commit, Start } from './messages.ts';
import { Names } from './names.ts';
import { COMPANY_ID } from './source-rows.ts';

export type LedgerPorts = {
  readonly commit: (commit: Commit) => Promise<{ refused: boolean }>;
  readonly now: () => number;
  /** the disk does not take it: says so and waits until it may be tried again */
  readonly hold: (sourceId: string, error: Failure, tries: number, ms: number) => Promise<void>;
  /** a batch that can never be written: the thread has to begin again from what is in the store */
  readonly lost: (error: unknown) => void;
};

/** of one transaction */
const SKETCHES_AT_ONCE = 200;

export class Ledger {
  miner: Miner;
  files: SegmentFiles;
  readonly desk: Desk;
  readonly dayOf: DayOf;
  private sketches: HoleSketches;
  private readonly ports: LedgerPorts;
  private readonly encoder = new Encoder();
  private encoding: Promise<unknown> = Promise.resolve();
  /** the last batch handed over and the one before it; both never reject */
  private inFlight: Promise<unknown> = Promise.resolve();
  private earlier: Promise<unknown> = Promise.resolve();
  /** after it nothing may be written */
  private lost: { readonly error: unknown } | null = null;

  constructor(start: Start, ports: LedgerPorts) {
    this.ports = ports;
    this.miner = new Miner(undefined, start.templates);
    this.miner.setRules(start.rules);
    this.sketches = new HoleSketches(this.miner);
    this.files = SegmentFiles.open(start.dataDir, start.places);
    this.dayOf = new DayOf(start.zone);
    const { dayOf } = this;
    this.desk = {
      nextLine: start.nextLine,
      mine: (content, level) => this.miner.add(content, level ?? undefined),
      note: (mined, content) => this.sketches.note(mined.template, content, content),
      names: new Names(start.names),
      dayOf,
    };
  }

  /**
   * Resolves once the batch is handed over: while one is made, another is encoded and a third written, never more. `own` are the
   * statements about the source itself. The promise given back says whether the store refused it.
   */
  async put(
    batch: Batch,
    o: { readonly encoding: string; readonly own: (batch: Batch) => readonly Statement[] },
  ): Promise<{ done: Promise<{ refused: boolean }> }> {
    // all that changes with the next line is taken now
    const blocks = batch.blocks(this.dayOf.yesterday(this.ports.now()));
    const changes = this.miner.takeChanges();
    const counted = batch.statements();
    const always: Statement[] = [
      ...this.desk.names.takeNew(),
      ...templateStatements(changes, this.ports.now()),
      { text: 'UPDATE log_ingest SET next_line = ? WHERE one = 1', rows: [[this.desk.nextLine]] },
    ];
    const own = o.own(batch);
    const sketches = this.sketches.take();
    await this.earlier;
    await this.encoding;
    const { sourceId, lines, minAt, maxAt } = batch;
    const before = this.inFlight;
    const encoded = this.encoder.encode(blocks, { sourceId, encoding: o.encoding });
    const send = async (): Promise<{ refused: boolean }> => {
      const segments = await encoded;
      await before;
      if (this.lost) throw this.lost.error;
      const placed: PlacedSegment[] = [];
      for (const segment of segments) placed.push(await this.append(segment));
      const answer = await this.ports.commit({
        sourceId,
        always,
        own: [...own, ...placed.map(segmentStatement), ...counted],
        sketches,
        lines,
        from: minAt,
        to: maxAt,
        templates: [...new Set(changes.events.map((e) => e.templateId))],
      });
      // refused: nobody knows of these blocks, their room is free
      if (answer.refused) this.files.free(placed);
      return answer;
    };
    const done = send();
    this.encoding = encoded.catch(() => {});
    this.earlier = before;
    this.inFlight = done.catch((error: unknown) => {
      this.lost ??= { error };
      this.ports.lost(error);
    });
    return { done };
  }
  private async append(segment: EncodedSegment): Promise<PlacedSegment> {
    for (let tries = 1; ; tries++) {
      try {
        return this.files.append(segment);
      } catch (thrown) {
        await this.ports.hold(segment.sourceId, failureOf(thrown), tries, backOffMs(tries));
      }
    }
  }
  /** Everything handed over is in the store. */
  async rest(): Promise<void> {
    await this.inFlight;
  }
  /** Back to what is in the store. To be called at rest. */
  renewMiner(saved: Start['templates'], rules: Start['rules']): void {
    this.miner = new Miner(undefined, saved);
    this.miner.setRules(rules);
    this.sketches = new HoleSketches(this.miner);
  }
  /** What was noted of values and not yet given to the store: at the end of a source, at leisure and before stopping. Whether there was any. */
  async handOver(): Promise<boolean> {
    await this.rest();
    const rows = this.sketches.take(true);
    for (let i = 0; i < rows.length; i += SKETCHES_AT_ONCE)
      await this.ports.commit({
        ...{ sourceId: COMPANY_ID, always: [], own: [], lines: 0, from: 0, to: 0, templates: [] },
        sketches: rows.slice(i, i + SKETCHES_AT_ONCE),
      });
    return rows.length > 0;
  }
  /** Their values were counted anew out of what is stored. To be called at rest. */
  forgetValues(templates: readonly number[]): void {
    this.sketches.forget(templates);
  }
  /** The room of blocks that were taken away elsewhere is free again, and files without one go. To be called at rest. */
  reopen(dataDir: string, places: Start['places']): void {
    this.files.close();
    this.files = SegmentFiles.open(dataDir, places);
    this.files.sweep();
  }
  async close(): Promise<void> {
    this.files.close();
    await this.encoder.close();
  }
}
