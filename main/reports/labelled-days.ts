// Log lines whose truth is known: simulated days, cut into those the system has lived through and those it meets.
import { dateIn, instantOf } from '../kernel/clock.ts';
import { throwIfAborted } from '../kernel/task.ts';
import { Miner } from '../logs/index.ts';
import { createSite } from '../simulator/index.ts';

export type LabelledLine = {
  readonly at: number;
  readonly service: string;
  readonly isError: boolean;
  readonly message: string;
  /** what kind of error it is, by the error code that only the truth knows; '' for other lines */
  readonly kind: string;
  /** known: seen every day; unknown: never seen before; incident: of an outage; none: no error */
  readonly truth: 'none' | 'known' | 'unknown' | 'incident';
  readonly template: number;
};
export type LabelledDay = {
  /** days of one seed follow each other */
  readonly seed: number;
  readonly date: string;
  readonly from: number;
  readonly to: number;
  readonly lines: readonly LabelledLine[];
  readonly outages: readonly { readonly from: number; readonly to: number }[];
  /** errors seen every day that come in numbers: truly unusual, but no outage */
  readonly bursts: readonly { readonly from: number; readonly to: number }[];
};
export type LabelledDays = {
  readonly history: readonly LabelledDay[];
  readonly test: readonly LabelledDay[];
  readonly miner: Miner;
};

/** Nothing was tuned on these seeds. */
const SEEDS = [4711, 4712, 4713, 4714] as const;
const DAYS_PER_SEED = 4;
const ZONE = 'Asia/Tokyo';
const START = '2026-01-12';
/** more errors never seen before than a real day has, so that their share can be measured; none of them in the history */
const UNKNOWN_PER_DAY = 24;
/** the engine is not kept from its work for longer, ms */
const TURN_MS = 25;
const ERROR_LEVELS = new Set(['ERROR', 'FATAL']);

/** The first half of the days is history, the rest is met for the first time. About 200,000 lines. */
export async function labelledDays(o: {
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
}): Promise<LabelledDays> {
  const miner = new Miner();
  const days: LabelledDay[] = [];
  let turn = performance.now();
  const breathe = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    throwIfAborted(o.signal);
    turn = performance.now();
  };
  const total = SEEDS.length * DAYS_PER_SEED;
  for (const [n, seed] of SEEDS.entries()) {
    const site = createSite({
      seed,
      scenario: 'random',
      zone: ZONE,
      startDate: START,
      logs: { unknownErrors: n < SEEDS.length / 2 ? 0 : UNKNOWN_PER_DAY },
    });
    let lines: { id: string; line: LabelledLine }[] = [];
    let date = START;
    for (let day = 0; day < DAYS_PER_SEED; day++) {
      const from = instantOf(date, 0, ZONE);
      const to = instantOf(date, 26 * 60, ZONE);
      for (const batch of site.until(to)) {
        if (performance.now() - turn >= TURN_MS) await breathe();
        if (batch.table !== 'system_logs') continue;
        for (const row of batch.rows) {
          const level = row.level?.toUpperCase() ?? '';
          const isError = ERROR_LEVELS.has(level);
          const attributes = JSON.parse(row.attributes ?? '{}') as { error_code?: string | null };
          const { template } = miner.add(row.message, isError ? 'error' : level === 'WARN' ? 'warn' : 'info');
          lines.push({
            id: row.log_id,
            line: {
              at: row.logged_at,
              service: row.service ?? '',
              isError,
              message: row.message,
              kind: attributes.error_code ?? '',
              truth: 'none',
              template,
            },
          });
        }
      }
      const truth = site.truth(date);
      const outages = truth.incidents.filter((i) => i.kind === 'system');
      const known = new Set(truth.knownErrorIds);
      const unknown = new Set(truth.unknownErrorIds);
      const incident = new Set(outages.flatMap((i) => i.logIds));
      const labelOf = (id: string): LabelledLine['truth'] =>
        incident.has(id) ? 'incident' : unknown.has(id) ? 'unknown' : known.has(id) ? 'known' : 'none';
      days.push({
        seed,
        date,
        from,
        to,
        lines: lines.map(({ id, line }) => ({ ...line, truth: labelOf(id) })),
        bursts: truth.bursts,
        outages: outages.map(({ from: start, to: end }) => ({ from: start, to: end })),
      });
      lines = [];
      date = dateIn(instantOf(date, 36 * 60, ZONE), ZONE);
      o.progress(days.length, total);
      await breathe();
    }
  }
  const half = days.length / 2;
  return { history: days.slice(0, half), test: days.slice(half), miner };
}
