import { AppError, Cancelled } from '../../kernel/errors.ts';
import type { Base } from '../../store/index.ts';
import type { Ingest } from '../ingest/ingest.ts';
import { blocksOver, dropStatements, expiring } from '../store/retention.ts';

/** Blocks cut in two at once at most, tenths of a second each; what is left is cut the next time. */
const CUT_MOST = 1000;

type Expiry = Pick<Base, 'store' | 'clock' | 'zone' | 'log'> & {
  readonly ingest: Ingest;
  readonly keepDays: number;
};

/** Drops days older than the time to live. @returns whether lines went */
export async function expireLines(o: Expiry): Promise<boolean> {
  const { store, ingest } = o;
  if (!ingest.owns()) return false;
  const { oldest, sources } = expiring(store.read, {
    now: o.clock.now(),
    zone: o.zone(),
    keepDays: o.keepDays,
  });
  let cuts = 0;
  let hasDropped = false;
  for (const id of sources) {
    cuts += await cutOver(o, id, oldest, CUT_MOST - cuts);
    const statements = dropStatements(store.read, id, oldest);
    if (!statements.length) continue;
    try {
      await store.write(statements);
      hasDropped = true;
    } catch (error) {
      // a block that came meanwhile reaches over it: the next time
      if (!(error instanceof AppError && error.code === 'store.refused')) throw error;
    }
  }
  if (hasDropped) await ingest.ask('sweep', null);
  return hasDropped;
}

/** Cuts blocks that reach over the instant. Gives back how many. */
async function cutOver(
  { store, ingest, log }: Expiry,
  id: string,
  at: number,
  most: number,
): Promise<number> {
  let cuts = 0;
  try {
    for (const row of blocksOver(store.read, id, at).slice(0, most)) {
      await ingest.ask('cut', { row, at });
      cuts++;
    }
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    // no room, or replaced meanwhile: what needs no cut goes all the same
    log.warn('cutting a block of lines', error);
  }
  return cuts;
}
