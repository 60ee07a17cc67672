import { dateIn } from '../../kernel/clock.ts';
import { type Base, run, type Statement, sql } from '../../store/index.ts';
import type { LeftOutBlock } from '../contract/logs.ts';
import { openBlock } from '../store/block-cache.ts';
import { DamagedBlock } from '../store/block-format.ts';
import { BLOCK_COLUMNS, type BlockRow } from '../store/block-rows.ts';

/** A damaged block as people are told of it: whose lines, of which days of the site. */
export const leftOutBlock = (
  { blockId, sourceId, minAt, maxAt, lines }: BlockRow,
  zone: string,
): LeftOutBlock => ({
  block: blockId,
  sourceId,
  firstDay: dateIn(minAt, zone),
  lastDay: dateIn(maxAt, zone),
  lines,
});

/**
 * Which blocks do not read as they were written, kept over restarts so that the accounting can say it. What reads again (a file
 * was put back from a backup) is taken off the list at the next start; what is gone needs no mention.
 */
export function keepDamage(
  o: Pick<Base, 'store' | 'dataDir' | 'clock' | 'log'> & {
    readonly damaged: () => void;
  },
): { readonly found: (row: BlockRow) => void; close(): Promise<void> } {
  const { store } = o;
  let writing: Promise<void> = Promise.resolve();
  const write = (statements: readonly Statement[], done: () => void): void => {
    writing = writing
      .then(() => store.write([...statements]))
      .then(done)
      .catch((error: unknown) => o.log.error('damage not noted', error));
  };

  const noted = store.read.all<{ id: number; checksum: number }>(
    sql`SELECT block_id AS id, checksum FROM log_damage`,
  );
  if (noted.length) {
    const still = ({ id, checksum }: { id: number; checksum: number }): boolean => {
      const row = store.read.get<BlockRow>(
        sql`SELECT ${BLOCK_COLUMNS} FROM log_blocks WHERE block_id = ${id} AND checksum = ${checksum}`,
      );
      if (!row) return false;
      try {
        if (row.file !== null) openBlock(o.dataDir, row);
        return false;
      } catch (error) {
        if (!(error instanceof DamagedBlock)) throw error;
        return true;
      }
    };
    const whole = noted.filter((block) => !still(block));
    if (whole.length)
      write(
        [{ text: 'DELETE FROM log_damage WHERE block_id = ?', rows: whole.map(({ id }) => [id]) }],
        o.damaged,
      );
  }
  return {
    found: ({ blockId, checksum }) =>
      write(
        [
          run(
            sql`INSERT INTO log_damage (block_id, checksum, found_at) VALUES (${blockId}, ${checksum}, ${o.clock.now()})
              ON CONFLICT (block_id) DO UPDATE SET checksum = excluded.checksum, found_at = excluded.found_at`,
          ),
        ],
        o.damaged,
      ),
    close: () => writing,
  };
}
