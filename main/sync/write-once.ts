import { AppError } from '../kernel/errors.ts';
import type { Session } from './session.ts';

/** of MySQL, characters */
const LONGEST_LOCK = 64;
const LOCK_SECONDS = 5;

/** Laptops write one after the other: a lock by name, which needs no right and which the server lets go of with the connection. */
export async function lockWrites(session: Session, database: string): Promise<void> {
  const name = `toride ${database}`.slice(0, LONGEST_LOCK);
  const [lock] = await session.rows<{ got: number | null }>('SELECT GET_LOCK(?, ?) AS got', [
    name,
    LOCK_SECONDS,
  ]);
  if (lock?.got !== 1) throw new AppError('sync.lost', { detail: `GET_LOCK: ${name}` });
}

/** A row with this key is there already. */
export const isDuplicate = (error: unknown): boolean =>
  error instanceof AppError && (error.cause as { errno?: number } | undefined)?.errno === 1062;
