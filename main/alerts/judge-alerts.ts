import type { RiskReport } from '../analytics/index.ts';
import type { Freshness } from '../api/contract/common.ts';
import { dateIn } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import type { Reader } from '../store/index.ts';
import { failingParams } from '../sync/contract/words.ts';
import { isOnly } from '../timeline/contract/timeline.ts';
import type { AlertSettings } from './contract/alerts.ts';
import { KINDS } from './kinds/all-kinds.ts';
import { CONSECUTIVE_MINUTES, isWorthKeeping, namesOf, problemOf } from './kinds/delay/judge.ts';
import {
  forgetRisks,
  keepRisks,
  liveAlerts,
  riskPoints,
  saveAlert,
  shiftsOn,
  wasClosedSince,
} from './queries.ts';
import type { Solving } from './solve-alerts.ts';
import { judgePlain, type Trouble } from './tell-alerts.ts';
import type { AlertRecord, AlertsBase, Judgement, Look, RiskPoint, Rosters } from './types.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** What was over is not raised again at once: it hovers. */
const REOPEN_MS = 60 * MINUTE;
const ROSTERS_MS = 30 * MINUTE;
const HISTORY_POINTS = 30;
const KEEP_DAYS = 7;

/** What the newest risks do to the alerts, check after check. */
export class Judging {
  private readonly o: AlertsBase;
  private readonly solving: Solving | null;
  private forgottenAt = Number.NEGATIVE_INFINITY;
  private rostersAt = Number.NEGATIVE_INFINITY;
  constructor(o: AlertsBase, solving: Solving | null) {
    this.o = o;
    this.solving = solving;
  }

  /** Keeps what came of one look at everything; how many cells were looked at. */
  async judge(): Promise<number> {
    const { store, clock, analytics, log, plans } = this.o;
    await analytics.prepare();
    const now = clock.now();
    const zone = this.o.zone();
    const settings = this.o.settings();
    const { freshness } = analytics.situation();
    const report = analytics.risks();
    const orNull = async <T>(what: string, read: () => T | null | Promise<T | null>): Promise<T | null> => {
      try {
        return report && (await read());
      } catch (error) {
        // a next day nobody knows of is no failure; what only some kinds need costs no other kind its judgement
        if (!(error instanceof AppError)) log.warn(`alerts do without ${what}`, error);
        return null;
      }
    };
    const at = report?.at ?? now;
    const rosters = await orNull('rosters', () => this.rostersWhenDue(at, orNull));
    const live = liveAlerts(store.read);
    if (report) await this.catchUp(report, settings, live);
    const found = judgeKinds({
      report: report ?? { at, zone, cells: [] },
      live: live.filter((alert) => alert.cell !== null),
      earlier: (cellId, deadline, before) => earlierThan(store.read, cellId, deadline, before),
      work: await orNull('work', () => this.o.work(at)),
      rosters,
      wasClosed: (problem) => wasClosedSince(store.read, problem, now - REOPEN_MS),
      settings,
      now,
      newId,
    });
    const judged = [
      ...found.map((alert) => this.withAnswer(this.withVerdict(alert, report), at)),
      ...[
        judgePlain('sync-failing', whatFails(freshness, now, zone), live, now),
        judgePlain('alerting-broken', null, live, now),
      ].filter((alert) => alert !== null),
    ];
    const next = new Map([...live, ...judged].map((alert) => [alert.id, alert]));
    const saved = new Map([...judged, ...wake([...next.values()], now)].map((alert) => [alert.id, alert]));
    const risks = report ? worthKeeping(report, settings, live) : [];
    const forget = now - this.forgottenAt >= DAY;
    const batch = [
      ...(risks.length ? [keepRisks(risks)] : []),
      ...[...saved.values()].map(saveAlert),
      ...(forget ? [forgetRisks(now - KEEP_DAYS * DAY)] : []),
    ];
    if (batch.length > 0) await store.write(batch);
    if (forget) {
      await plans?.forget(now - KEEP_DAYS * DAY);
      this.forgottenAt = now;
    }
    await this.withdrawUnused([...saved.values()]);
    return report?.cells.length ?? 0;
  }

  /** Snapshots that came while nobody looked (before the first start, during sleep) are judged as they would have been. */
  private async catchUp(
    report: RiskReport,
    settings: AlertSettings,
    live: readonly AlertRecord[],
  ): Promise<void> {
    const { store, analytics } = this.o;
    let before = report.at;
    for (let k = 1; k < settings.snapshots; k++) {
      const earlier = analytics.risks({ before });
      if (!earlier || before - earlier.at > CONSECUTIVE_MINUTES * MINUTE) return;
      const isKept = earlier.cells.some(
        (view) => riskPoints(store.read, view.cell.cellId, view.dataAt + 1, 1)[0]?.at === view.dataAt,
      );
      if (isKept) return;
      await store.write([keepRisks(worthKeeping(earlier, settings, live))]);
      before = earlier.at;
    }
  }

  /** Rosters change rarely and take long to read: every half hour of data. */
  private async rostersWhenDue(
    at: number,
    orNull: <T>(what: string, read: () => T | null | Promise<T | null>) => Promise<T | null>,
  ): Promise<Rosters | null> {
    if (Math.abs(at - this.rostersAt) < ROSTERS_MS) return null;
    this.rostersAt = at;
    const zone = this.o.zone();
    const date = dateIn(at, zone);
    return {
      today: await this.o.instance('today'),
      nextDay: await orNull('the next day', () => this.o.instance('next-day')),
      shifts: shiftsOn(this.o.store.read, date, zone),
      date,
    };
  }

  /** The verdict of an alert that was looked at on a new snapshot; a closed one keeps its last. */
  private withVerdict(alert: AlertRecord, report: RiskReport | null): AlertRecord {
    if (!report || !alert.cell || alert.closedAt !== null) return alert;
    try {
      return { ...alert, verdict: this.o.verdict(alert.cell.cellId, report.at) ?? alert.verdict };
    } catch (error) {
      this.o.log.warn('verdict left out', error);
      return alert;
    }
  }

  /** A new delay that will be worked out says so; while the system is in trouble no move is looked for. */
  private withAnswer(alert: AlertRecord, dataAt: number): AlertRecord {
    if (!this.solving || alert.kind !== 'delay' || alert.closedAt !== null) return alert;
    if (alert.verdict && isOnly(alert.verdict, 'system'))
      return { ...alert, answer: { kind: 'no-move', asOf: dataAt, why: 'system' } };
    const isFirst = alert.answer?.kind !== 'moves' && this.solving.needs(alert);
    return isFirst ? { ...alert, answer: { kind: 'solving', since: this.o.clock.now() } } : alert;
  }

  /** The proposal of an alert that is over is of no use, unless another alert has it too or somebody decided on it. */
  private async withdrawUnused(saved: readonly AlertRecord[]): Promise<void> {
    const used = new Set(liveAlerts(this.o.store.read).map((alert) => alert.proposalId));
    for (const { closedAt, proposalId } of saved)
      if (closedAt !== null && proposalId !== null && !used.has(proposalId))
        await this.o.plans?.withdraw(proposalId);
  }
}

/** Kind after kind, each with what those before it made of the alerts. */
function judgeKinds(look: Look): AlertRecord[] {
  const found = new Map<string, AlertRecord>();
  let { live } = look;
  for (const kind of KINDS) {
    const { changed, opened }: Judgement = kind.judge({ ...look, live });
    for (const alert of [...changed, ...opened]) found.set(alert.id, alert);
    live = [...live.map((alert) => found.get(alert.id) ?? alert), ...opened].filter(
      (alert) => alert.closedAt === null,
    );
  }
  return [...found.values()];
}

const wake = (alerts: readonly AlertRecord[], now: number): AlertRecord[] =>
  alerts
    .filter((alert) => alert.state === 'snoozed' && (alert.snoozedUntil ?? 0) <= now)
    .map((alert) => ({ ...alert, state: 'open', snoozedUntil: null, updatedAt: now, notice: 'snooze-over' }));

function earlierThan(read: Reader, cellId: string, deadline: number, before: number): RiskPoint[] {
  const points = riskPoints(read, problemOf(cellId, deadline), before, HISTORY_POINTS);
  const snapshots = riskPoints(read, cellId, before, HISTORY_POINTS);
  const gap = points.findIndex((point, i) => point.at !== snapshots[i]?.at);
  return gap === -1 ? points : points.slice(0, gap);
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

/** Tables that could not be read for longer than the stale limit, all in one problem; else progress that does not come. */
function whatFails(freshness: Freshness, now: number, zone: string): Trouble | null {
  if (freshness.source === 'none') return null;
  const failing = freshness.failing.filter((table) => table.stale);
  if (failing.length > 0)
    return { code: 'sync.tables-failed', params: failingParams(failing, { zone, now }), severity: 'watch' };
  if (!freshness.stale || freshness.dataAt === null) return null;
  const minutes = Math.floor((now - freshness.dataAt) / MINUTE);
  return { code: 'alerts.stale-data', params: { minutes }, severity: 'watch' };
}
