import { instantOf } from '../kernel/clock.ts';
import type { CompanyBatch, CompanyRow } from '../store/index.ts';
import { PROCESSES } from './config.ts';
import { makeCompany } from './make-company.ts';
import { Chance } from './random.ts';

const PAGE = 5_000;
const DAY_MINUTES = 1_440;

/**
 * `n` progress rows of long ago (from 2024-01-01, one per cell every two minutes, round the clock), to try a large first sync
 * on. Plausible but drawn, not simulated; ids never meet those of a site. Memory: one page.
 */
export function* bulkSnapshots(n: number): Generator<CompanyBatch> {
  const { cells } = makeCompany(0);
  const chance = new Chance(0, 'bulk');
  const start = instantOf('2024-01-01', 0, 'Asia/Tokyo');
  for (let from = 0; from < n; from += PAGE) {
    const rows: CompanyRow<'progress_snapshots'>[] = [];
    for (let i = from; i < Math.min(n, from + PAGE); i++) {
      const cell = cells[i % cells.length];
      if (!cell) continue;
      const tick = Math.floor(i / cells.length);
      const day = Math.floor((tick * 2) / DAY_MINUTES);
      const minute = (tick * 2) % DAY_MINUTES;
      const speed = PROCESSES.find((p) => p.name === cell.process)?.speed ?? 60;
      const deadline = cell.deadlines.find((d) => d > minute) ?? DAY_MINUTES;
      const waiting = chance.int(0, speed * 5, 'waiting', i);
      rows.push({
        snapshot_id: `BK${String(i + 1).padStart(9, '0')}`,
        snapshot_time: start + tick * 120_000,
        location_name: cell.location,
        business_id: cell.businessId,
        process_name: cell.process,
        expected_completion_time: start + (day * DAY_MINUTES + deadline) * 60_000,
        total_waiting: waiting,
        entry_count: Math.floor((minute * speed * 4) / 60),
        correction_waiting: cell.process.includes('補正') ? waiting : 0,
      });
    }
    yield { table: 'progress_snapshots', rows };
  }
}
