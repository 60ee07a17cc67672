/** One batch on its way: blocks into their files, everything else into one transaction, in the order of the batches. */

import { type Failure, failureOf } from '../../kernel/errors.ts';
import { backOffMs } from '../../kernel/task.ts';
import { openReader, type Statement } from '../../store/index.ts';
import { templateStatements } from '../manage/keep-templates.ts';
import { SOURCE_BACK_OFF } from '../mine/config.ts';
import { Miner } from '../mine/mine-templates.ts';
import { removeFiles, sweepFiles, writeBlock } from '../store/block-files.ts';
import { BLOCK_RECORDS } from '../store/block-format.ts';
import { blockStatement, type PlacedBlock, tailOf, usedFiles } from '../store/block-rows.ts';
import type { EncodedBlock } from '../store/encode-block.ts';
import { tailStatements, untailStatements } from '../store/tail.ts';
import { BATCH_BYTES, type Batch, type MiningContext } from './batch.ts';
import { Encoder } from './encoder.ts';
import type { Commit, Start } from './messages.ts';
import { Names } from './names.ts';

export type PipelinePorts = {
  readonly commit: (commit: Commit) => Promise<{ refused: boolean }>;
  readonly now: () => number;
  /** the disk does not take it: says so and waits until it may be tried again */
  readonly hold: (sourceId: string, error: Failure, tries: number, ms: number) => Promise<void>;
  /** a batch that can never be written: the thread has to begin again from what is in the store */
  readonly lost: (error: unknown) => void;
};

/** The end of a source that has ended is a block, unless it is shorter: then it takes less room as it is than blocks of so few lines would. */
export const LEAST_RECORDS = BLOCK_RECORDS / 16;

export class CommitPipeline {
  miner: Miner;
  readonly mining: MiningContext;
  readonly dataDir: string;
  readonly read: ReturnType<typeof openReader>;
  private readonly blockRecords: number;
  private readonly ports: PipelinePorts;
  private readonly encoder: Encoder;
  private encoding: Promise<unknown> = Promise.resolve();
  /** the last batch handed over and the one before it; both never reject */
  private inFlight: Promise<unknown> = Promise.resolve();
  private earlier: Promise<unknown> = Promise.resolve();
  /** after it nothing may be written */
  private lost: { readonly error: unknown } | null = null;

  constructor(start: Start, ports: PipelinePorts) {
    this.ports = ports;
    this.miner = new Miner(undefined, start.templates);
    this.miner.setRules(start.rules);
    this.dataDir = start.dataDir;
    this.read = openReader(start.storeFile);
    this.blockRecords = start.tuning.batchRecords;
    this.encoder = new Encoder(start.storeFile);
    this.mining = {
      nextLine: start.nextLine,
      mine: (content, level) => this.miner.add(content, level ?? undefined),
      names: new Names(start.names),
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
    const blocks = batch.blocks();
    const changes = this.miner.takeChanges();
    const counted = batch.statements();
    const always: Statement[] = [
      ...this.mining.names.takeNew(),
      ...templateStatements(changes, this.ports.now()),
      { text: 'UPDATE log_ingest SET next_line = ? WHERE one = 1', rows: [[this.mining.nextLine]] },
    ];
    const own = o.own(batch);
    await this.earlier;
    await this.encoding;
    const { sourceId, lines, minAt, maxAt } = batch;
    const { encoding } = o;
    const before = this.inFlight;
    const encoded = this.encoder.encode({ sourceId, encoding, parts: blocks });
    // too few for a block: they stay rows
    const young = blocks.length ? [] : tailStatements(sourceId, encoding, batch.records);
    const send = async (): Promise<{ refused: boolean }> => {
      const whole = await encoded;
      await before;
      if (this.lost) throw this.lost.error;
      const placed: PlacedBlock[] = [];
      for (const { block } of whole) placed.push(await this.write(block));
      const answer = await this.ports.commit({
        sourceId,
        always,
        own: [...own, ...placed.map(blockStatement), ...young, ...counted],
        lines,
        from: minAt,
        to: maxAt,
        templates: [...new Set(changes.events.map((e) => e.templateId))],
      });
      // refused: nobody knows of these blocks
      if (answer.refused) this.remove(placed);
      else if (young.length) await this.seal(sourceId);
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
  private async write(block: EncodedBlock): Promise<PlacedBlock> {
    for (let tries = 1; ; tries++) {
      try {
        return writeBlock(this.dataDir, block);
      } catch (thrown) {
        await this.ports.hold(block.sourceId, failureOf(thrown), tries, backOffMs(tries, SOURCE_BACK_OFF));
      }
    }
  }
  /** Blocks whose rows were taken away, or never came. */
  remove(blocks: readonly { readonly file: string | null }[]): void {
    removeFiles(
      this.dataDir,
      blocks.flatMap(({ file }) => file ?? []),
    );
  }
  /** A tail of enough lines becomes a block. */
  private async seal(sourceId: string, least = this.blockRecords): Promise<void> {
    for (;;) {
      const tail = tailOf(this.read, sourceId);
      if (!tail || (tail.records < least && tail.bytes < BATCH_BYTES)) return;
      const made = await this.encoder.tail(sourceId, this.blockRecords);
      if (!made) return;
      const placed = await this.write(made.block);
      const { lastId: upTo, records } = placed;
      const { refused } = await this.ports.commit({
        ...{ sourceId, always: [], lines: 0, from: 0, to: 0, templates: [] },
        own: [
          ...untailStatements(sourceId, { upTo, records, encoding: made.encoding }),
          blockStatement(placed),
        ],
      });
      if (!refused) continue;
      // the source was cleared meanwhile
      this.remove([placed]);
      return;
    }
  }
  /** No more lines come: what is left of the source becomes a block, if it is worth one. */
  async sealEnd(sourceId: string): Promise<void> {
    await this.rest();
    await this.seal(sourceId, Math.min(this.blockRecords, LEAST_RECORDS));
  }
  /** Everything handed over is in the store. */
  async rest(): Promise<void> {
    await this.inFlight;
  }
  /** Back to what is in the store. To be called at rest. */
  renewMiner(saved: Start['templates'], rules: Start['rules']): void {
    this.miner = new Miner(undefined, saved);
    this.miner.setRules(rules);
  }
  /** Files in which no block stands go. To be called at rest. */
  sweep(): void {
    sweepFiles(this.dataDir, usedFiles(this.read));
  }
  async close(): Promise<void> {
    await this.encoder.close();
    this.read.close();
  }
}
