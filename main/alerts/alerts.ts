import { setTimeout as sleep } from 'node:timers/promises';
import { AppError, toAppError } from '../kernel/errors.ts';
import { Emitter } from '../kernel/events.ts';
import { Turns } from '../kernel/task.ts';
import type { Proposal } from '../placement/contract/placement.ts';
import { answerFrom } from './answer-delays.ts';
import type { BacktestEvent } from './backtest.ts';
import type { Alert, AlertQuality, AlertSettings } from './contract/alerts.ts';
import { Judging } from './judge-alerts.ts';
import { backtestDays, qualityOfDays } from './look-back.ts';
import { alertById, alertList, alertsAfter, liveAlerts, saveAlert } from './queries.ts';
import { createSolving } from './solve-alerts.ts';
import { raiseBroken, type Trouble, tellAlerts } from './tell-alerts.ts';
import type { AlertRecord, AlertsBase } from './types.ts';
import { AlertViews } from './view-alerts.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** How often the loop looks whether a check is due, in the clock's own time. */
const TICK_MS = SECOND;
/** Without a finished check for so many intervals, alerting is broken. */
const MISSED_INTERVALS = 3;
/** An alert is told at the latest so long after it opened, solved or not; real time. */
const TELL_MS = 8 * SECOND;
const STATES: readonly Alert['state'][] = ['open', 'acknowledged', 'snoozed', 'resolved', 'expired'];

export interface Alerts {
  /** One look at everything; a look already under way is shared. Rejects when it fails, having raised the alert that says so. */
  check(): Promise<{ checked: number; open: number }>;
  /** open ones first, the worst first; all states unless told otherwise */
  list(o?: { states?: readonly Alert['state'][] | undefined; limit?: number | undefined }): {
    alerts: Alert[];
    open: number;
  };
  get(id: string): Alert | null;
  /** alerts that an incident precedes, whatever became of them since */
  after(incidentId: string): Alert[];
  /** Known to somebody: stays until solved, tells nobody again unless it gets worse. */
  acknowledge(id: string, actor: string): Promise<Alert>;
  /** Quiet for so many minutes; tells again if it is still there then, or at once when it gets worse. */
  snooze(id: string, minutes: number): Promise<Alert>;
  reopen(id: string): Promise<Alert>;
  /** What other levels would have raised in the last days of the copy; aborting rejects with Cancelled. */
  backtest(
    settings: Partial<AlertSettings> & { readonly days: number },
    signal?: AbortSignal,
  ): AsyncGenerator<BacktestEvent>;
  /** Whether the alerts of the last days were right and of use. */
  quality(days: number): AlertQuality;
  /** A saved proposal: an alert shows the plan that was made for it. */
  proposed(proposal: Proposal): Promise<void>;
  /** Checks by the clock until the returned function is called. */
  start(): () => void;
  /** Stops a solve under way and waits for what is being written. */
  close(): Promise<void>;
  readonly changed: Emitter<void>;
  /** epoch ms of the last check that finished; null before the first */
  lastCheckAt(): number | null;
}

/**
 * Delay alerts, and the alerts that say when these cannot be relied on. All state is in the store: a restart loses nothing.
 * `notify` must not wait for a call of this object: it is called within one.
 */
export function createAlerts(
  base: AlertsBase & {
    /** newer data are there: looked at when they come, not only when the clock says so */
    newData?: Emitter<void>;
  },
): Alerts {
  const o = { ...base, log: base.log.area('alerts') };
  const { store, clock, log } = o;
  const changed = new Emitter<void>();
  const views = new AlertViews(o);
  const view = (alert: AlertRecord): Alert => views.of(alert);
  // one change after the other: a check never writes over what a person decided meanwhile
  const turns = new Turns();
  const change = (id: string, next: (alert: AlertRecord) => AlertRecord): Promise<Alert> =>
    turns.take(async () => {
      const alert = alertById(store.read, id);
      if (!alert) throw new AppError('not-found', { what: id });
      const after = next(alert);
      if (after !== alert) {
        await store.write([saveAlert(after)], view(after));
        changed.emit();
      }
      return view(after);
    });
  /** Only a live alert takes a decision; a closed one stays what it became. */
  const decide = (id: string, part: Partial<AlertRecord>): Promise<Alert> =>
    change(id, (alert) =>
      alert.closedAt === null ? { ...alert, snoozedUntil: null, ...part, updatedAt: clock.now() } : alert,
    );
  /** What a proposal says about an alert; of one without moves only why it has none is worth keeping. */
  const answered = (id: string, proposal: Proposal): Promise<Alert> =>
    change(id, (alert) => {
      if (alert.closedAt !== null) return alert;
      const answer = answerFrom(proposal, alert);
      const isOfUse = answer.kind === 'moves' || (answer.kind === 'no-move' && answer.why !== 'not-needed');
      const proposalId = isOfUse ? proposal.id : null;
      return { ...alert, proposalId, answer, updatedAt: clock.now() };
    });
  const solving =
    o.plans &&
    createSolving({
      plans: o.plans,
      now: () => clock.now(),
      dataAt: () => o.analytics.situation().asOf,
      live: () => liveAlerts(store.read).filter((alert) => !views.isMuted(alert)),
      answered,
      log,
    });
  const checks = new Checks(o, {
    turns,
    changed,
    judging: new Judging(o, solving),
    /** Told is what is solved, and after `TELL_MS` also what is not. */
    async tell() {
      if (solving) {
        const late = new AbortController();
        const waited = sleep(TELL_MS, undefined, { signal: late.signal, ref: false }).catch(() => {});
        await Promise.race([solving.run(), waited]);
        late.abort();
      }
      await turns.take(() => tellAlerts(o, views));
    },
    raise: (trouble) => raiseBroken(o, views, trouble),
    open: () => views.openCount(),
  });

  return {
    changed,
    check: checks.run,
    lastCheckAt: () => checks.lastOkAt,
    list({ states = STATES, limit = 100 } = {}) {
      const alerts = alertList(store.read, states, limit).map(view);
      return { alerts, open: views.openCount() };
    },
    get(id) {
      const alert = alertById(store.read, id);
      return alert && view(alert);
    },
    after: (incidentId) => alertsAfter(store.read, incidentId).map(view),
    acknowledge: (id, actor) => decide(id, { state: 'acknowledged', acknowledgedBy: actor, notice: null }),
    snooze: (id, minutes) =>
      decide(id, { state: 'snoozed', snoozedUntil: clock.now() + minutes * MINUTE, notice: null }),
    reopen: (id) => decide(id, { state: 'open', acknowledgedBy: null }),
    backtest: (settings, signal) => backtestDays(o, settings, signal),
    quality: (days) => qualityOfDays(o, days),
    async proposed(proposal) {
      if (proposal.alertId && proposal.moves.length > 0) await answered(proposal.alertId, proposal);
    },
    start() {
      const newData = base.newData?.on(() => void checks.run().catch(() => {})); // logged by the check
      const ticking = checks.tick();
      return () => {
        newData?.();
        ticking();
      };
    },
    async close() {
      solving?.stop();
      await Promise.allSettled([checks.running, solving?.run()]);
      await turns.idle();
    },
  };
}

/** One check at a time, by the clock or when asked; a check that fails or does not come is an alert of its own. */
class Checks {
  running: Promise<{ checked: number; open: number }> | null = null;
  /** epoch ms of the last check that finished */
  lastOkAt: number | null = null;
  private readonly o: AlertsBase;
  private readonly does: {
    readonly turns: Turns;
    readonly changed: Emitter<void>;
    readonly judging: Judging;
    readonly tell: () => Promise<void>;
    readonly raise: (trouble: Trouble) => Promise<void>;
    readonly open: () => number;
  };
  constructor(o: AlertsBase, does: Checks['does']) {
    this.o = o;
    this.does = does;
  }

  readonly run = (): Promise<{ checked: number; open: number }> => {
    this.running ??= this.check()
      .catch(async (thrown: unknown) => {
        const { log } = this.o;
        log.error('check failed', thrown);
        const error = toAppError(thrown);
        const cause = error.code === 'internal' ? error.cause : error;
        const detail = cause instanceof Error ? cause.message : String(cause);
        const trouble = { code: 'alerts.check-failed', params: { detail }, severity: 'danger' } as const;
        await this.does.turns.take(() => this.raise(trouble)).catch((e: unknown) => log.error('notify', e));
        throw error;
      })
      .finally(() => {
        this.running = null;
      });
    return this.running;
  };
  private async check(): Promise<{ checked: number; open: number }> {
    const { turns, judging, changed, tell, open } = this.does;
    const checked = await turns.take(() => judging.judge());
    this.lastOkAt = this.o.clock.now();
    changed.emit();
    await tell();
    changed.emit();
    return { checked, open: open() };
  }
  private async raise(trouble: Trouble): Promise<void> {
    await this.does.raise(trouble);
    this.does.changed.emit();
  }

  /** Checks at every interval of the settings until the returned function is called. */
  tick(): () => void {
    const { clock, settings, analytics, log } = this.o;
    const startedAt = clock.now();
    let triedAt = Number.NEGATIVE_INFINITY;
    let warned = false;
    return clock.every(TICK_MS, () => {
      const now = clock.now();
      const interval = settings().everyMinutes * MINUTE;
      // a clock that was set back (a demo that was stopped) starts the count again
      if (now < triedAt) triedAt = Number.NEGATIVE_INFINITY;
      if (now - triedAt < interval) return;
      triedAt = now;
      const since = Math.max(startedAt, this.lastOkAt ?? startedAt);
      const missed = now - since > MISSED_INTERVALS * interval;
      void (async () => {
        // the demo's clock runs fast and jumps: there a gap is no sign of trouble
        if (missed && !warned && analytics.situation().freshness.source === 'mysql') {
          warned = true;
          const minutes = Math.round((now - since) / MINUTE);
          const trouble = { code: 'alerts.check-missed', params: { minutes }, severity: 'watch' } as const;
          const raise = (): Promise<void> => this.raise(trouble);
          // behind a check that hangs there is no turn to wait for
          await (this.running === null ? this.does.turns.take(raise) : raise());
        }
        await this.run();
        warned = false;
      })().catch((error: unknown) => log.error('loop', error));
    });
  }
}
