import { minuteOfDay } from '../kernel/clock.ts';
import { createPlansUnderWay } from '../placement/index.ts';
import type { Alert } from './contract/alerts.ts';
import { cellsOf } from './kinds/follow-findings.ts';
import { isMuted } from './mutes.ts';
import { liveAlerts } from './queries.ts';
import type { AlertRecord, AlertsBase } from './types.ts';
import { wordAlert } from './word-notification.ts';

/** Alerts as people see them just now: muted or not, with the plan under way, the newest figures and their sentence. */
export class AlertViews {
  private readonly o: AlertsBase;
  private readonly underWay: ReturnType<typeof createPlansUnderWay>;
  constructor(o: AlertsBase) {
    this.o = o;
    this.underWay = createPlansUnderWay(o.store.read);
  }
  /** Open, not muted and without a plan that is being checked: what asks for somebody. */
  openCount(): number {
    return liveAlerts(this.o.store.read).filter(
      (alert) => alert.state === 'open' && !this.isMuted(alert) && this.planOf(alert) === null,
    ).length;
  }
  isMuted(alert: AlertRecord): boolean {
    const { clock, zone, settings } = this.o;
    const minute = minuteOfDay(clock.now(), zone());
    return isMuted({ kind: alert.kind, cells: cellsOf(alert) }, settings().mutes, minute);
  }
  of(kept: AlertRecord): Alert {
    const { clock, zone } = this.o;
    const alert = this.withFigures(kept);
    const { problem, calm, seenAt, until, notice, details, ...shown } = alert;
    return {
      ...shown,
      muted: this.isMuted(alert),
      plan: this.planOf(alert),
      said: wordAlert(alert, { now: clock.now(), zone: zone() }),
    };
  }
  private planOf(alert: AlertRecord): Alert['plan'] {
    if (alert.closedAt !== null) return null;
    return this.underWay(this.o.clock.now())(cellsOf(alert).map(({ cellId }) => cellId));
  }
  /** A live delay with the figures of just now: a decision changes them between two checks. */
  private withFigures(alert: AlertRecord): AlertRecord {
    const { cell, evidence } = alert;
    if (alert.closedAt !== null || alert.kind !== 'delay' || !cell || !evidence) return alert;
    const cells = new Map(this.o.analytics.risks()?.cells.map((view) => [view.cell.cellId, view]));
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
  }
}
