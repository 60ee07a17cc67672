import { setTimeout as sleep } from 'node:timers/promises';
import type { Analytics, RiskReport } from '../analytics/index.ts';
import type { Freshness } from '../api/contract/common.ts';
import { dateIn, minuteOfDay } from '../kernel/clock.ts';
import { AppError, type ErrorCode, type ErrorParams, toAppError } from '../kernel/errors.ts';
import { Emitter } from '../kernel/events.ts';
import { newId } from '../kernel/ids.ts';
import { Turns } from '../kernel/task.ts';
import type { Proposal } from '../placement/contract/placement.ts';
import { createPlansUnderWay, readLateItems } from '../placement/index.ts';
import type { Instance } from '../placement/types.ts';
import type { Base, Statement } from '../store/index.ts';
import { failingParams } from '../sync/contract/words.ts';
import { isOnly, type Verdict } from '../timeline/contract/timeline.ts';
import { answerFrom } from './answer-delays.ts';
import { type BacktestData, type BacktestEvent, backtest, cameOf } from './backtest.ts';
import type { Alert, AlertQuality, AlertSettings, Notify } from './contract/alerts.ts';
import { KINDS } from './kinds/all-kinds.ts';
import { CONSECUTIVE_MINUTES, isWorthKeeping, namesOf, problemOf } from './kinds/delay/judge.ts';
import { cellsOf, closeAlert, openAlert } from './kinds/follow-findings.ts';
import { isMuted } from './mutes.ts';
import { qualityOf } from './quality.ts';
import {
  alertById,
  alertList,
  alertsAfter,
  alertsSince,
  deadlinesBetween,
  forgetRisks,
  keepRisks,
  liveAlerts,
  riskPoints,
  saveAlert,
  shiftsOn,
  snapshotTimes,
  wasApproved,
  wasClosedSince,
} from './queries.ts';
import { createSolving, type Plans } from './solve-alerts.ts';
import type { AlertRecord, Judgement, Look, RiskPoint, Rosters, Work } from './types.ts';
import { wordAlert, wordNotification } from './word-notification.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
/** How often the loop looks whether a check is due, in the clock's own time. */
const TICK_MS = SECOND;
/** Without a finished check for so many intervals, alerting is broken. */
const MISSED_INTERVALS = 3;
/** An alert is told at the latest so long after it opened, solved or not; real time. */
const TELL_MS = 8 * SECOND;
/** What was over is not raised again at once: it hovers. */
const REOPEN_MS = 60 * MINUTE;
const ROSTERS_MS = 30 * MINUTE;
const HISTORY_POINTS = 30;
const KEEP_DAYS = 7;
/** Fewer items than this late is on time, as in the flow model. */
const LATE_ITEMS = 0.5;
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
  o: Pick<Base, 'store' | 'clock' | 'log'> & {
    analytics: Pick<Analytics, 'prepare' | 'risks' | 'situation'>;
    settings: () => AlertSettings;
    /** why a cell is late, as things stand at an instant; null where it cannot be said. An alert goes without when it throws. */
    verdict: (cellId: string, at: number) => Verdict | null;
    /** who works and how fast, as of an instant */
    work: (at: number) => Work | null;
    /** the people of today or of the next working day, with what is due */
    instance: (horizon: 'today' | 'next-day') => Instance | null | Promise<Instance | null>;
    /** makes the proposals that delay alerts come with; null: they come without */
    plans: Plans | null;
    notify: Notify;
    /** newer data are there: looked at when they come, not only when the clock says so */
    newData?: Emitter<void>;
  },
): Alerts {
  const { store, clock } = o;
  const log = o.log.area('alerts');
  const changed = new Emitter<void>();
  let lastOkAt: number | null = null;
  let forgottenAt = Number.NEGATIVE_INFINITY;
  let zone = 'Asia/Tokyo';
  let running: Promise<{ checked: number; open: number }> | null = null;

  // one change after the other: a check never writes over what a person decided meanwhile
  const turns = new Turns();
  const plansUnderWay = createPlansUnderWay(store.read);
  const planOf = (alert: AlertRecord): Alert['plan'] =>
    alert.closedAt === null ? plansUnderWay(clock.now())(cellsOf(alert).map(({ cellId }) => cellId)) : null;
  /** Open, not muted and without a plan that is being checked: what asks for somebody. */
  const openCount = (): number =>
    liveAlerts(store.read).filter(
      (alert) => alert.state === 'open' && !isMutedNow(alert) && planOf(alert) === null,
    ).length;
  const isMutedNow = (alert: AlertRecord): boolean =>
    isMuted({ kind: alert.kind, cells: cellsOf(alert) }, o.settings().mutes, minuteOfDay(clock.now(), zone));
  /** A live delay with the figures of just now: a decision changes them between two checks. */
  const withFigures = (alert: AlertRecord): AlertRecord => {
    const { cell, evidence } = alert;
    if (alert.closedAt !== null || alert.kind !== 'delay' || !cell || !evidence) return alert;
    const cells = new Map(o.analytics.risks()?.cells.map((view) => [view.cell.cellId, view]));
    const riskOf = (cellId: string, deadline: number | null) =>
      cells.get(cellId)?.deadlines.find((risk) => risk.deadline === deadline);
    const view = cells.get(cell.cellId);
    const own = riskOf(cell.cellId, evidence.deadline);
    const deadlines = alert.deadlines.map((named) => {
      const risk = riskOf(named.cell.cellId, named.deadline);
      return risk ? { ...named, pMiss: risk.pMiss, due: risk.due, shortItems: risk.shortItems } : named;
    });
    if (!view || !own) return { ...alert, deadlines };
    const { pMiss, due, shortItems, required, finishAt } = own;
    const { backlog, throughput, people } = view;
    const figures = { pMiss, due, shortItems, required, finishAt, backlog, throughput, people };
    return { ...alert, deadlines, evidence: { ...evidence, ...figures } };
  };
  const publicAlert = (kept: AlertRecord): Alert => {
    const alert = withFigures(kept);
    const { problem, calm, seenAt, until, notice, details, ...shown } = alert;
    return {
      ...shown,
      muted: isMutedNow(alert),
      plan: planOf(alert),
      said: wordAlert(alert, { now: clock.now(), zone }),
    };
  };
  const inTurn = turns.take;
  const write = async (batch: readonly Statement[]): Promise<void> => {
    if (batch.length === 0) return;
    await store.write(batch);
  };
  const earlierThan = (cellId: string, deadline: number, before: number): RiskPoint[] => {
    const points = riskPoints(store.read, problemOf(cellId, deadline), before, HISTORY_POINTS);
    const snapshots = riskPoints(store.read, cellId, before, HISTORY_POINTS);
    const gap = points.findIndex((point, i) => point.at !== snapshots[i]?.at);
    return gap === -1 ? points : points.slice(0, gap);
  };

  /** Whether items due by a past deadline had not passed then, here or at an earlier step; null: the snapshots do not tell. */
  const wasLate = (): BacktestData['wasLate'] => {
    const lateItems = readLateItems(store.read, zone);
    return (cell, deadline) => {
      const items = lateItems(cell, deadline);
      return items === null ? null : items > LATE_ITEMS;
    };
  };

  /** Opens, updates or closes the one alert of a kind that has no cell. */
  function judgePlain(
    kind: 'sync-failing' | 'alerting-broken',
    problem: { code: ErrorCode; params: ErrorParams; severity: Alert['severity'] } | null,
    live: readonly AlertRecord[],
    now: number,
  ): AlertRecord | null {
    const own = live.find((alert) => alert.problem === kind);
    if (!problem) return own ? closeAlert(own, 'resolved', now) : null;
    const error = { code: problem.code, params: { ...problem.params } };
    if (own) return { ...own, error, updatedAt: now };
    return openAlert({ id: newId(), problem: kind, kind, severity: problem.severity, error }, now);
  }

  function wake(alerts: readonly AlertRecord[], now: number): AlertRecord[] {
    return alerts
      .filter((alert) => alert.state === 'snoozed' && (alert.snoozedUntil ?? 0) <= now)
      .map((alert) => ({
        ...alert,
        state: 'open',
        snoozedUntil: null,
        updatedAt: now,
        notice: 'snooze-over',
      }));
  }

  const mayTell = (alert: AlertRecord, settings: AlertSettings): boolean =>
    settings.notify === 'all' || (settings.notify === 'danger' && alert.severity === 'danger');
  function isQuiet({ quietFrom, quietTo }: AlertSettings, now: number): boolean {
    if (quietFrom === null || quietTo === null || quietFrom === quietTo) return false;
    const minute = minuteOfDay(now, zone);
    return quietFrom < quietTo
      ? minute >= quietFrom && minute < quietTo
      : minute >= quietFrom || minute < quietTo;
  }
  /** Tells what is still to be told; what quiet hours hold back is told after them, if it is still open then. */
  async function tell(now: number): Promise<void> {
    const settings = o.settings();
    if (isQuiet(settings, now)) return;
    const told: Statement[] = [];
    for (const alert of liveAlerts(store.read)) {
      if (alert.notice === null || alert.state !== 'open' || isMutedNow(alert)) continue;
      try {
        if (mayTell(alert, settings)) await o.notify(wordNotification(alert, alert.notice, { now, zone }));
        told.push(saveAlert({ ...alert, notice: null }));
      } catch (error) {
        log.warn('notification failed, will be tried again', error);
      }
    }
    await write(told);
  }

  /** P(miss) of every cell, and of the deadlines that are or may become a problem. */
  function worthKeeping(
    report: RiskReport,
    settings: AlertSettings,
    live: readonly AlertRecord[],
  ): { key: string; at: number; pMiss: number }[] {
    const known = new Set(live.flatMap((alert) => [...namesOf(alert)]));
    return report.cells.flatMap((view) => {
      if (view.pMiss === null) return [];
      const cellId = view.cell.cellId;
      return [
        { key: cellId, at: view.dataAt, pMiss: view.pMiss },
        ...view.deadlines
          .map((risk) => ({ key: problemOf(cellId, risk.deadline), at: view.dataAt, pMiss: risk.pMiss }))
          .filter(({ key, pMiss }) => isWorthKeeping(pMiss, settings) || known.has(key)),
      ];
    });
  }

  /** Snapshots that came while nobody looked (before the first start, during sleep) are judged as they would have been. */
  async function catchUp(
    report: RiskReport,
    settings: AlertSettings,
    live: readonly AlertRecord[],
  ): Promise<void> {
    let before = report.at;
    for (let k = 1; k < settings.snapshots; k++) {
      const earlier = o.analytics.risks({ before });
      if (!earlier || before - earlier.at > CONSECUTIVE_MINUTES * MINUTE) return;
      const isKept = earlier.cells.some(
        (view) => riskPoints(store.read, view.cell.cellId, view.dataAt + 1, 1)[0]?.at === view.dataAt,
      );
      if (isKept) return;
      await write([keepRisks(worthKeeping(earlier, settings, live))]);
      before = earlier.at;
    }
  }

  /** The verdict of an alert that was looked at on a new snapshot; a closed one keeps its last. */
  function withVerdict(alert: AlertRecord, report: RiskReport | null): AlertRecord {
    if (!report || !alert.cell || alert.closedAt !== null) return alert;
    try {
      return { ...alert, verdict: o.verdict(alert.cell.cellId, report.at) ?? alert.verdict };
    } catch (error) {
      log.warn('verdict left out', error);
      return alert;
    }
  }

  /** Kind after kind, each with what those before it made of the alerts. */
  function judgeKinds(look: Look): AlertRecord[] {
    const found = new Map<string, AlertRecord>();
    let { live } = look;
    for (const kind of KINDS) {
      const { changed: known, opened }: Judgement = kind.judge({ ...look, live });
      for (const alert of [...known, ...opened]) found.set(alert.id, alert);
      live = [...live.map((alert) => found.get(alert.id) ?? alert), ...opened].filter(
        (alert) => alert.closedAt === null,
      );
    }
    return [...found.values()];
  }

  /** Rosters change rarely and take long to read: every half hour of data. */
  let rostersAt = Number.NEGATIVE_INFINITY;
  async function rostersWhenDue(at: number): Promise<Rosters | null> {
    if (Math.abs(at - rostersAt) < ROSTERS_MS) return null;
    rostersAt = at;
    const date = dateIn(at, zone);
    return {
      today: await o.instance('today'),
      nextDay: await orNull('the next day', () => o.instance('next-day')),
      shifts: shiftsOn(store.read, date, zone),
      date,
    };
  }
  /** What only some kinds need costs no other kind its judgement when it cannot be read. */
  const orNull = async <T>(what: string, read: () => T | null | Promise<T | null>): Promise<T | null> => {
    try {
      return await read();
    } catch (error) {
      // a next day nobody knows of is no failure
      if (!(error instanceof AppError)) log.warn(`alerts do without ${what}`, error);
      return null;
    }
  };

  /** A new delay that will be worked out says so; while the system is in trouble no move is looked for. */
  function withAnswer(alert: AlertRecord, dataAt: number): AlertRecord {
    if (!solving || alert.kind !== 'delay' || alert.closedAt !== null) return alert;
    if (alert.verdict && isOnly(alert.verdict, 'system'))
      return { ...alert, answer: { kind: 'no-move', asOf: dataAt, why: 'system' } };
    const isFirst = alert.answer?.kind !== 'moves' && solving.needs(alert);
    return isFirst ? { ...alert, answer: { kind: 'solving', since: clock.now() } } : alert;
  }

  /** Judges, works out answers, tells: told is what is solved, and after `TELL_MS` also what is not. */
  async function checkAndTell(): Promise<{ checked: number; open: number }> {
    const checked = await inTurn(judgeAll);
    if (solving) {
      const late = new AbortController();
      const waited = sleep(TELL_MS, undefined, { signal: late.signal, ref: false }).catch(() => {});
      await Promise.race([solving.run(), waited]);
      late.abort();
    }
    await inTurn(() => tell(clock.now()));
    changed.emit();
    return { checked, open: openCount() };
  }

  /** The proposal of an alert that is over is of no use, unless another alert has it too or somebody decided on it. */
  async function withdrawUnused(saved: readonly AlertRecord[]): Promise<void> {
    if (!o.plans) return;
    const used = new Set(liveAlerts(store.read).map((alert) => alert.proposalId));
    for (const { closedAt, proposalId } of saved)
      if (closedAt !== null && proposalId !== null && !used.has(proposalId))
        await o.plans.withdraw(proposalId);
  }

  /** Keeps what the newest risks do to the alerts; how many cells were looked at. */
  async function judgeAll(): Promise<number> {
    await o.analytics.prepare();
    const now = clock.now();
    const settings = o.settings();
    const { freshness } = o.analytics.situation();
    const report = o.analytics.risks();
    if (report) zone = report.zone;
    const cells = report?.cells ?? [];
    const rosters = report && (await orNull('rosters', () => rostersWhenDue(report.at)));
    const live = liveAlerts(store.read);
    if (report) await catchUp(report, settings, live);
    const look: Look = {
      report: report ?? { at: now, zone, cells: [] },
      live: live.filter((alert) => alert.cell !== null),
      earlier: earlierThan,
      work: report && (await orNull('work', () => o.work(report.at))),
      rosters,
      wasClosed: (problem) => wasClosedSince(store.read, problem, now - REOPEN_MS),
      settings,
      now,
      newId,
    };
    const found = judgeKinds(look);
    const judged = found.map((alert) => withAnswer(withVerdict(alert, report), look.report.at));
    const plain = [
      judgePlain('sync-failing', whatFails(freshness, now, zone), live, now),
      judgePlain('alerting-broken', null, live, now),
    ].filter((alert) => alert !== null);
    const next = new Map(live.map((alert) => [alert.id, alert]));
    for (const alert of [...judged, ...plain]) next.set(alert.id, alert);
    const woken = wake([...next.values()], now);
    const saved = new Map([...judged, ...plain, ...woken].map((alert) => [alert.id, alert]));
    const risks = report ? worthKeeping(report, settings, live) : [];
    const forget = now - forgottenAt >= DAY;
    await write([
      ...(risks.length ? [keepRisks(risks)] : []),
      ...[...saved.values()].map(saveAlert),
      ...(forget ? [forgetRisks(now - KEEP_DAYS * DAY)] : []),
    ]);
    if (forget) await o.plans?.forget(now - KEEP_DAYS * DAY);
    if (forget) forgottenAt = now;
    await withdrawUnused([...saved.values()]);
    lastOkAt = now;
    changed.emit();
    return cells.length;
  }

  /** Alerting itself is in trouble: says so in an alert and, should even that not be possible, in a notification. */
  async function raiseBroken(
    code: ErrorCode,
    params: ErrorParams,
    severity: Alert['severity'],
  ): Promise<void> {
    const now = clock.now();
    try {
      const alert = judgePlain('alerting-broken', { code, params, severity }, liveAlerts(store.read), now);
      if (alert) await write([saveAlert(alert)]);
      await tell(now);
      changed.emit();
    } catch (error) {
      log.error('the alert that alerting is broken could not be kept', error);
      const text = judgePlain('alerting-broken', { code, params, severity }, [], now);
      if (text) await o.notify(wordNotification(text, 'opened', { now, zone }));
    }
  }

  const check = (): Promise<{ checked: number; open: number }> => {
    running ??= checkAndTell()
      .catch(async (thrown: unknown) => {
        log.error('check failed', thrown);
        const error = toAppError(thrown);
        const cause = error.code === 'internal' ? error.cause : error;
        const detail = cause instanceof Error ? cause.message : String(cause);
        await inTurn(() => raiseBroken('alerts.check-failed', { detail }, 'danger')).catch((e: unknown) =>
          log.error('notify', e),
        );
        throw error;
      })
      .finally(() => {
        running = null;
      });
    return running;
  };

  /** What a proposal says about an alert; of one without moves only why it has none is worth keeping. */
  function answered(id: string, proposal: Proposal): Promise<Alert> {
    return change(id, (alert) => {
      if (alert.closedAt !== null) return alert;
      const answer = answerFrom(proposal, alert);
      const isOfUse = answer.kind === 'moves' || (answer.kind === 'no-move' && answer.why !== 'not-needed');
      const proposalId = isOfUse ? proposal.id : null;
      return { ...alert, proposalId, answer, updatedAt: clock.now() };
    });
  }
  const change = (id: string, next: (alert: AlertRecord) => AlertRecord): Promise<Alert> =>
    inTurn(async () => {
      const alert = alertById(store.read, id);
      if (!alert) throw new AppError('not-found', { what: id });
      const after = next(alert);
      if (after !== alert) {
        await store.write([saveAlert(after)], publicAlert(after));
        changed.emit();
      }
      return publicAlert(after);
    });
  const solving =
    o.plans &&
    createSolving({
      plans: o.plans,
      now: () => clock.now(),
      dataAt: () => o.analytics.situation().asOf,
      live: () => liveAlerts(store.read).filter((alert) => !isMutedNow(alert)),
      answered,
      log,
    });
  /** Only a live alert takes a person's decision; a closed one stays what it became. */
  const whenLive =
    (next: (alert: AlertRecord) => AlertRecord) =>
    (alert: AlertRecord): AlertRecord =>
      alert.closedAt === null ? next(alert) : alert;

  return {
    changed,
    check,
    lastCheckAt: () => lastOkAt,
    list({ states = STATES, limit = 100 } = {}) {
      const alerts = alertList(store.read, states, limit).map(publicAlert);
      return { alerts, open: openCount() };
    },
    get(id) {
      const alert = alertById(store.read, id);
      return alert && publicAlert(alert);
    },
    after: (incidentId) => alertsAfter(store.read, incidentId).map(publicAlert),
    acknowledge: (id, actor) =>
      change(
        id,
        whenLive((alert) => ({
          ...alert,
          state: 'acknowledged',
          acknowledgedBy: actor,
          snoozedUntil: null,
          notice: null,
          updatedAt: clock.now(),
        })),
      ),
    snooze: (id, minutes) =>
      change(
        id,
        whenLive((alert) => ({
          ...alert,
          state: 'snoozed',
          snoozedUntil: clock.now() + minutes * MINUTE,
          notice: null,
          updatedAt: clock.now(),
        })),
      ),
    reopen: (id) =>
      change(
        id,
        whenLive((alert) => ({
          ...alert,
          state: 'open',
          acknowledgedBy: null,
          snoozedUntil: null,
          updatedAt: clock.now(),
        })),
      ),
    async *backtest({ days, ...levels }, signal) {
      const to = o.analytics.situation().asOf;
      const from = to - days * DAY;
      yield* backtest(
        {
          snapshots: snapshotTimes(store.read, from, to),
          risks: (at) => o.analytics.risks({ before: at + 1 }),
          wasLate: wasLate(),
          deadlines: deadlinesBetween(store.read, from, to),
        },
        { ...o.settings(), ...levels },
        signal,
      );
    },
    quality(days) {
      const since = clock.now() - days * DAY;
      const late = wasLate();
      const told = alertsSince(store.read, since)
        .filter((alert) => (alert.evidence?.deadline ?? alert.closedAt ?? clock.now()) <= clock.now())
        .flatMap((alert) => {
          const { cell, evidence } = alert;
          const deadline = evidence?.deadline ?? null;
          return cell
            ? [
                {
                  kind: alert.kind,
                  location: cell.location,
                  late: cameOf(alert, late),
                  acted:
                    alert.acknowledgedBy !== null ||
                    wasApproved(store.read, alert.id, deadline ?? alert.closedAt ?? clock.now()),
                },
              ]
            : [];
        });
      return { since, rows: qualityOf(told) };
    },
    async proposed(proposal) {
      if (proposal.alertId && proposal.moves.length > 0) await answered(proposal.alertId, proposal);
    },
    start() {
      const startedAt = clock.now();
      let triedAt = Number.NEGATIVE_INFINITY;
      let warned = false;
      const newData = o.newData?.on(() => void check().catch(() => {})); // logged by check
      const ticking = clock.every(TICK_MS, () => {
        const now = clock.now();
        const interval = o.settings().everyMinutes * MINUTE;
        // a clock that was set back (a demo that was stopped) starts the count again
        if (now < triedAt) triedAt = Number.NEGATIVE_INFINITY;
        if (now - triedAt < interval) return;
        triedAt = now;
        const since = Math.max(startedAt, lastOkAt ?? startedAt);
        const missed = now - since > MISSED_INTERVALS * interval;
        void (async () => {
          // the demo's clock runs fast and jumps: there a gap is no sign of trouble
          if (missed && !warned && o.analytics.situation().freshness.source === 'mysql') {
            warned = true;
            const raise = (): Promise<void> =>
              raiseBroken('alerts.check-missed', { minutes: Math.round((now - since) / MINUTE) }, 'watch');
            // behind a check that hangs there is no turn to wait for
            await (running === null ? inTurn(raise) : raise());
          }
          await check();
          warned = false;
        })().catch((error: unknown) => log.error('loop', error));
      });
      return () => {
        newData?.();
        ticking();
      };
    },
    async close() {
      solving?.stop();
      await Promise.allSettled([running, solving?.run()]);
      await turns.idle();
    },
  };
}

/** Tables that could not be read for longer than the stale limit, all in one problem; else progress that does not come. */
function whatFails(
  freshness: Freshness,
  now: number,
  zone: string,
): { code: ErrorCode; params: ErrorParams; severity: Alert['severity'] } | null {
  if (freshness.source === 'none') return null;
  const failing = freshness.failing.filter((table) => table.stale);
  if (failing.length > 0)
    return { code: 'sync.tables-failed', params: failingParams(failing, { zone, now }), severity: 'watch' };
  if (!freshness.stale || freshness.dataAt === null) return null;
  const minutes = Math.floor((now - freshness.dataAt) / MINUTE);
  return { code: 'alerts.stale-data', params: { minutes }, severity: 'watch' };
}
