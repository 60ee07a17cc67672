import { Cancelled } from '../../kernel/errors.ts';

/** Smaller goes first. A person waits for intents and searches, reads along with wording; batches of embeddings have time. */
export const RANK = { intent: 0, search: 1, wording: 2, batch: 3, tidy: 4 } as const;
export type Rank = (typeof RANK)[keyof typeof RANK];
type Waiting = {
  readonly rank: Rank;
  readonly modelId: string | null;
  /** in the midst of its work */
  readonly resuming: boolean;
  readonly enter: () => void;
};

/**
 * One computes at a time: two models at once ruin each other. Who is at work offers its turn between batches, and one that is
 * more urgent and of another model (whose state it cannot disturb) goes in between.
 */
export class Turns {
  private isTaken = false;
  private waiting: Waiting[] = [];
  /** models in the midst of a piece of work: nobody else touches their state */
  private readonly interrupted = new Set<string | null>();
  private readonly changed: (modelId: string | null) => void;
  /** `changed`: whose turn it is now */
  constructor(changed: (modelId: string | null) => void) {
    this.changed = changed;
  }
  /** Runs `work` when its turn comes. Rejects with Cancelled when cancelled before. */
  async run<T>(
    rank: Rank,
    modelId: string | null,
    signal: AbortSignal,
    work: (offer: () => Promise<void>) => Promise<T>,
  ): Promise<T> {
    await this.enter(rank, modelId, signal);
    const offer = async (): Promise<void> => {
      if (!this.waiting.some((w) => w.rank < rank && w.modelId !== modelId)) return;
      this.interrupted.add(modelId);
      this.leave();
      // even when cancelled meanwhile: whoever ends a piece of work needs its turn for it
      await this.enter(rank, modelId, null, true);
      this.interrupted.delete(modelId);
    };
    try {
      return await work(offer);
    } finally {
      this.leave();
    }
  }
  private enter(
    rank: Rank,
    modelId: string | null,
    signal: AbortSignal | null,
    resuming = false,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const mine: Waiting = {
        rank,
        modelId,
        resuming,
        enter: () => {
          signal?.removeEventListener('abort', abort);
          this.isTaken = true;
          this.changed(modelId);
          resolve();
        },
      };
      const abort = (): void => {
        this.waiting = this.waiting.filter((w) => w !== mine);
        reject(new Cancelled('cancelled while waiting for its turn'));
      };
      if (signal?.aborted) return abort();
      signal?.addEventListener('abort', abort, { once: true });
      this.waiting.push(mine);
      this.next();
    });
  }
  private leave(): void {
    this.isTaken = false;
    this.next();
    if (!this.isTaken) this.changed(null);
  }
  private next(): void {
    if (this.isTaken) return;
    const able = this.waiting.filter((w) => w.resuming || !this.interrupted.has(w.modelId));
    // among equals, whoever is in the midst of it goes on; then in order
    const [first] = able.sort((a, b) => a.rank - b.rank || Number(b.resuming) - Number(a.resuming));
    if (!first) return;
    this.waiting = this.waiting.filter((w) => w !== first);
    first.enter();
  }
}
