import { Cancelled } from '../../kernel/errors.ts';
import { type TaskContext, throwIfAborted } from '../../kernel/task.ts';
import { all, type Reader, sql } from '../../store/index.ts';
import type { Ingest } from '../ingest/ingest.ts';
import type { ReplayLetter } from '../ingest/messages.ts';

const LETTERS_AT_ONCE = 500;

/** Reads again what could not be read, of one source or of all. @returns how many lines, and how many could be read now */
export async function replayLetters(
  { read, ingest, sourceId }: { read: Reader; ingest: Ingest; sourceId: string | undefined },
  { signal, progress }: TaskContext,
): Promise<{ replayed: number; fixed: number }> {
  const ids = read.all<{ id: string }>(
    sql`SELECT DISTINCT source_id AS id FROM log_dead_letters WHERE ${all([sourceId !== undefined && sql`source_id = ${sourceId}`])}`,
  );
  let replayed = 0;
  let fixed = 0;
  const replayOne = async (id: string): Promise<void> => {
    for (let after = 0; ; ) {
      throwIfAborted(signal);
      const letters = read.all<ReplayLetter>(
        sql`SELECT dead_letter_id AS id, raw, bytes, at FROM log_dead_letters
          WHERE source_id = ${id} AND dead_letter_id > ${after} ORDER BY dead_letter_id LIMIT ${LETTERS_AT_ONCE}`,
      );
      const last = letters.at(-1);
      if (!last) return;
      after = last.id;
      fixed += (await ingest.ask('replay', { sourceId: id, letters })).fixed;
      replayed += letters.length;
      progress(replayed, null);
    }
  };
  const failed: unknown[] = [];
  for (const { id } of ids)
    await replayOne(id).catch((thrown: unknown) => {
      if (thrown instanceof Cancelled) throw thrown;
      failed.push(thrown);
    });
  // one that cannot be asked does not keep the others from it
  if (failed.length) throw failed[0];
  return { replayed, fixed };
}
