import { z } from 'zod';
import { addDays, type Clock, dateIn, instantOf, minuteOfDay } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { Emitter } from '../kernel/events.ts';
import { Turns } from '../kernel/task.ts';
import type { Base, CompanyBatch, Statement } from '../store/index.ts';
import type { DemoStatus } from '../sync/contract/company.ts';
import { DAY_END, DAY_START } from './config.ts';
import {
  clearCompany,
  decidedMoves,
  forgetDemo,
  isEmpty,
  saveDemo,
  savedDemo,
  storeBatch,
  unwritten,
} from './queries.ts';
import { createSite, type Site } from './site.ts';
import { SCENARIOS, type ScenarioName } from './types.ts';

/** The demo's day opens at the telling hour: 14:30, 90 minutes before the deadline in danger. */
const OPENING_MINUTE = 870;
const HISTORY_DAYS = 28;
/** So many working days of system log before today: what is usual is learned from them. */
const LOG_DAYS = 3;
/** Working days of progress before today: what usually comes in is learned from them. */
const PROGRESS_DAYS = 15;
/** What is new is written in steps of so much demo time. */
const STEP_MS = 10_000;
const TICK_MS = 1_000;
/** After a longer sleep of the machine the demo goes on where it was, instead of living through it. */
const LONGEST_GAP_MS = 24 * 3_600_000;
const DEFAULTS = { seed: 1, scenario: 'shortage', speed: 1 } as const;

const Saved = z.object({
  version: z.literal(1),
  seed: z.number().int(),
  scenario: z.enum(SCENARIOS),
  speed: z.number().min(0).max(600),
  zone: z.string(),
  startDate: z.string(),
  /** everything up to this instant is in the store */
  told: z.number().int(),
  /** days of the past whose log is still to be written, the furthest first; then today's up to `logsTo` */
  logDays: z.number().int().default(0),
  /** the progress of past days is still to be written, before the logs */
  progressLeft: z.boolean().default(false),
  logsTo: z.number().int().nullable().default(null),
});
type Saved = z.infer<typeof Saved>;

export type DemoStart = {
  readonly seed?: number | undefined;
  readonly scenario?: string | undefined;
  /** demo seconds per second; 0 stands still */
  readonly speed?: number | undefined;
};
export interface Demo {
  status(): DemoStatus;
  /** Begins a new demo day at 14:30 of today's date, in one transaction with the removal of the old one. */
  start(o?: DemoStart): Promise<DemoStatus>;
  /** Removes the demo and all its rows. */
  stop(): Promise<DemoStatus>;
  /** the demo's time; the wall's when none runs */
  readonly clock: Clock;
  /** Writes what is new since the last call. Cheap when nothing is. */
  tick(): Promise<void>;
  /** Ticks by a clock until the returned function is called. */
  play(clock: Clock): () => void;
  /** Begins where there is no data yet: the first start. */
  startIfEmpty(): Promise<void>;
  /** new snapshots are there, or it started or stopped */
  readonly changed: Emitter<void>;
  close(): Promise<void>;
}

/**
 * A living company without MySQL. Its day is in `settings` (key `demo`): a restart goes on with the same day where it stopped.
 * Approved moves take effect from their decision on.
 */
export function createDemo(
  o: Pick<Base, 'store' | 'log'> & {
    /** epoch ms */
    wall: () => number;
    zone?: () => string;
    /** what else goes when the copy is cleared, in the same transaction */
    clearing?: () => readonly Statement[];
  },
): Demo {
  const { store } = o;
  const changed = new Emitter<void>();
  const log = o.log.area('demo');
  let saved: Saved | null = parseSaved(savedDemo(store.read));
  let site: Site | null = null;
  let anchor = { wall: o.wall(), demo: saved?.told ?? o.wall() };
  let closing = false;

  const now = (): number =>
    saved ? Math.max(saved.told, Math.round(anchor.demo + (o.wall() - anchor.wall) * saved.speed)) : o.wall();
  const inTurn = new Turns().take;
  const status = (): DemoStatus => ({
    running: saved !== null,
    seed: saved?.seed ?? DEFAULTS.seed,
    speed: saved?.speed ?? DEFAULTS.speed,
    now: now(),
    scenario: saved?.scenario ?? DEFAULTS.scenario,
    scenarios: [...SCENARIOS],
  });
  /** The site of the saved day, brought to where the store is. */
  const resume = (demo: Saved): Site => {
    const again = createSite(demo);
    again.apply(decidedMoves(store.read));
    for (const _ of again.until(demo.told));
    return again;
  };
  /** At more than real speed nobody waits for the night to pass; after a long sleep nobody wants the days between. */
  const skip = (demo: Saved): void => {
    if (now() - demo.told > LONGEST_GAP_MS * Math.max(1, demo.speed))
      anchor = { wall: o.wall(), demo: demo.told };
    const at = now();
    const minute = minuteOfDay(at, demo.zone);
    if (demo.speed <= 1 || (minute >= DAY_START && minute < DAY_END)) return;
    const today = dateIn(at, demo.zone);
    const date = minute < DAY_START ? today : addDays(today, 1);
    anchor = { wall: o.wall(), demo: instantOf(date, DAY_START, demo.zone) };
  };

  /** What a start left for later, one piece at a time; null when all is written. */
  const nextPiece = (demo: Saved): { rows: Iterable<CompanyBatch>; after: Saved } | null => {
    const { progressLeft, logDays, logsTo } = demo;
    if (progressLeft)
      return { rows: createSite(demo).pastProgress(PROGRESS_DAYS), after: { ...demo, progressLeft: false } };
    if (logDays > 0)
      return { rows: createSite(demo).pastLog(logDays), after: { ...demo, logDays: logDays - 1 } };
    if (logsTo !== null)
      return { rows: onlyLogs(createSite(demo).until(logsTo)), after: { ...demo, logsTo: null } };
    return null;
  };
  /**
   * Writes the progress of past days, then the log lines, oldest day first, so that readers meet them in the order of time. Goes on
   * after a restart; a page written twice is the same page.
   */
  const writePast = async (): Promise<void> => {
    while (saved && !closing) {
      const demo: Saved = saved;
      const piece = nextPiece(demo);
      if (!piece) return;
      for (const batch of piece.rows) {
        if (closing || saved !== demo) return;
        await store.write([storeBatch(batch)]);
      }
      await store.write([saveDemo(JSON.stringify(piece.after), o.wall())]);
      saved = piece.after;
      changed.emit();
    }
  };

  const demo: Demo = {
    status,
    changed,
    clock: {
      now,
      every(ms, work) {
        const timer = setInterval(work, Math.max(100, ms / Math.max(1, saved?.speed ?? 1)));
        timer.unref();
        return () => clearInterval(timer);
      },
    },
    start: (given = {}) =>
      inTurn(async () => {
        const { seed, scenario, speed } = given;
        if (saved && speed !== undefined && seed === undefined && scenario === undefined) {
          // only the clock changes: the day and what was decided in it go on
          const faster = { ...saved, speed };
          const at = now();
          await store.write([saveDemo(JSON.stringify(faster), o.wall())]);
          anchor = { wall: o.wall(), demo: at };
          saved = faster;
          changed.emit();
          return status();
        }
        const waiting = saved ? 0 : unwritten(store.read);
        if (waiting > 0) throw new AppError('demo.unwritten', { n: waiting });
        const zone = o.zone?.() ?? 'Asia/Tokyo';
        const startDate = dateIn(o.wall(), zone);
        const told = instantOf(startDate, OPENING_MINUTE, zone);
        const next: Saved = {
          version: 1,
          seed: seed ?? DEFAULTS.seed,
          scenario: scenarioNamed(scenario),
          speed: speed ?? saved?.speed ?? DEFAULTS.speed,
          zone,
          startDate,
          told,
          progressLeft: true,
          logDays: LOG_DAYS,
          logsTo: told,
        };
        const fresh = createSite(next);
        const rows: Statement[] = [];
        for (const part of [fresh.master(), fresh.history(HISTORY_DAYS), fresh.until(told)])
          for (const batch of part) if (!isLog(batch)) rows.push(storeBatch(batch));
        await store.write([
          ...clearCompany(),
          ...(o.clearing?.() ?? []),
          ...rows,
          saveDemo(JSON.stringify(next), o.wall()),
        ]);
        saved = next;
        site = fresh;
        anchor = { wall: o.wall(), demo: told };
        log.info('started', { seed: next.seed, scenario: next.scenario, startDate });
        // what is needed to begin with is there; the log of the days before follows while people already look
        void inTurn(writePast).catch((error: unknown) => log.error('the days before', error));
        changed.emit();
        return status();
      }),
    stop: () =>
      inTurn(async () => {
        if (saved) {
          await store.write([...clearCompany(), ...(o.clearing?.() ?? []), forgetDemo()]);
          saved = null;
          site = null;
          log.info('stopped');
          changed.emit();
        }
        return status();
      }),
    tick: () =>
      inTurn(async () => {
        if (!saved) return;
        await writePast();
        skip(saved);
        const until = Math.floor(now() / STEP_MS) * STEP_MS;
        if (until <= saved.told) return;
        site ??= resume(saved);
        site.apply(decidedMoves(store.read));
        const batches = [...site.until(until)];
        const next = { ...saved, told: until };
        try {
          await store.write([...batches.map(storeBatch), saveDemo(JSON.stringify(next), o.wall())]);
        } catch (error) {
          // the site has moved on without the store: build it again from what is stored
          site = null;
          throw error;
        }
        saved = next;
        if (batches.some((b) => b.table === 'progress_snapshots')) changed.emit();
      }),
    play(by) {
      let ticking = false;
      return by.every(TICK_MS, () => {
        if (ticking || !saved) return;
        ticking = true;
        void demo
          .tick()
          .catch((error: unknown) => log.error('tick', error))
          .finally(() => {
            ticking = false;
          });
      });
    },
    async startIfEmpty() {
      if (!saved && isEmpty(store.read)) await demo.start();
    },
    close: () => {
      closing = true;
      return inTurn(async () => {});
    },
  };
  return demo;
}

function* onlyLogs(batches: Iterable<CompanyBatch>): Generator<CompanyBatch> {
  for (const batch of batches) if (isLog(batch)) yield batch;
}
const isLog = ({ table }: CompanyBatch): boolean => table === 'system_logs';

function parseSaved(text: string | undefined): Saved | null {
  if (text === undefined) return null;
  try {
    return Saved.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function scenarioNamed(given: string | undefined): ScenarioName {
  const found = SCENARIOS.find((s) => s === (given ?? DEFAULTS.scenario));
  if (!found) throw new AppError('input.invalid', { detail: `scenario ${given}: ${SCENARIOS.join(', ')}` });
  return found;
}
