import { createHash } from 'node:crypto';
import { INCIDENT, MINUTE, QUIET_MS } from './config.ts';
import { isWorse, worse } from './detect/detection-window.ts';
import type { RecentMinutes, Series } from './detect/series.ts';
import type { Beginning, Traces } from './detect/share-traces.ts';
import type { AnomalyRow, IncidentRow } from './types.ts';
import { titleOf } from './word-incident.ts';

/** What the grouping did in one minute. `raised`: new, opened again or graver. `closed`: over by itself, or since
 * nothing is left of it that is not expected or dismissed. */
export type Grouped = {
  readonly incidents: readonly IncidentRow[];
  readonly anomalies: readonly AnomalyRow[];
  readonly raised: readonly string[];
  readonly closed: ReadonlyMap<string, 'over' | 'expected'>;
  readonly reopened: readonly string[];
};
type Titles = Parameters<typeof titleOf>[1];

/**
 * Anomalies that belong together, as incidents: close in time and of the same service or template, beginning together, rising and
 * falling together, or of the same requests. Only something medium or high begins an incident; what is low joins one it has to do with.
 */
export class Incidents {
  private readonly incidents = new Map<string, IncidentRow>();
  private readonly members = new Map<string, Map<string, AnomalyRow>>();
  /** low ones of the last minutes, which an incident may still take in */
  private loose: AnomalyRow[];
  private readonly fact: Titles;
  private readonly traces: Pick<Traces, 'shared'>;

  constructor(o: {
    incidents: readonly IncidentRow[];
    anomalies: readonly AnomalyRow[];
    fact: Titles;
    traces?: Pick<Traces, 'shared'>;
  }) {
    this.fact = o.fact;
    this.traces = o.traces ?? { shared: () => false };
    for (const incident of o.incidents) this.incidents.set(incident.id, incident);
    for (const row of o.anomalies) if (row.incidentId !== null) this.join(row.incidentId, row);
    this.loose = o.anomalies.filter((a) => a.incidentId === null && a.state === 'open');
  }

  /** `changed`: the anomalies made or changed in the minute that ends at `at` */
  step(at: number, changed: readonly AnomalyRow[], recent: RecentMinutes): Grouped {
    const touched = new Set<string>();
    const moved: AnomalyRow[] = [];
    const raised = new Set<string>();
    const reopened: string[] = [];
    const closed = this.close(at);
    for (const id of closed.keys()) touched.add(id);
    const attach = (row: AnomalyRow, id: string): void => {
      const member = { ...row, incidentId: id };
      this.join(id, member);
      moved.push(member);
      touched.add(id);
    };
    this.loose = this.loose.filter((row) => at - row.lastAt <= INCIDENT.togetherMs && !this.isMember(row));
    // the gravest first, so that what follows has something to join
    for (const row of [...changed].sort((a, b) => Number(isWorse(b.severity, a.severity)) || a.at - b.at)) {
      if (row.incidentId !== null) {
        this.join(row.incidentId, row);
        touched.add(row.incidentId);
        continue;
      }
      if (row.state !== 'open') continue;
      const home = this.homeOf(row, recent);
      if (home) attach(row, home.id);
      else if (row.severity === 'low') this.loose.push(row);
      else {
        const id = `inc-${createHash('sha256').update(row.id).digest('hex').slice(0, 16)}`;
        this.incidents.set(id, {
          id,
          state: 'open',
          quiet: false,
          severity: row.severity,
          title: titleOf([row], this.fact),
          from: row.at,
          lastAt: row.lastAt,
          to: null,
        });
        attach(row, id);
        raised.add(id);
        for (const low of this.loose.filter((l) => l.id !== row.id && this.together(l, [row], recent)))
          attach(low, id);
      }
    }
    for (const id of touched) {
      const before = this.incidents.get(id);
      const after = before && this.refreshed(before);
      if (!before || !after) continue;
      const later = after.lastAt > before.lastAt;
      const again = later && (before.to !== null || before.quiet) && before.state !== 'dismissed';
      const opens = again && (before.quiet || before.state !== 'resolved');
      this.incidents.set(
        id,
        opens
          ? { ...after, to: null, quiet: false, state: before.state === 'resolved' ? 'open' : before.state }
          : after,
      );
      if (opens) reopened.push(id);
      if (opens || isWorse(after.severity, before.severity)) raised.add(id);
    }
    return {
      incidents: [...touched].flatMap((id) => this.incidents.get(id) ?? []),
      anomalies: moved,
      raised: [...raised].filter((id) => this.incidents.get(id)?.state !== 'dismissed'),
      closed,
      reopened,
    };
  }

  /** Those of which nothing was seen for long enough, before anything of this minute counts. */
  private close(at: number): Grouped['closed'] {
    const closed = new Map<string, 'over' | 'expected'>();
    for (const incident of this.incidents.values()) {
      if (incident.to !== null) continue;
      const rows = this.telling(incident);
      // what is low began none and keeps none open
      if (rows.some((r) => r.severity !== 'low' && (r.until === null || at - r.lastAt < quietFor(r.kind))))
        continue;
      const byItself = incident.state === 'open';
      this.incidents.set(incident.id, {
        ...incident,
        to: incident.lastAt,
        ...(byItself ? { state: 'resolved' as const, quiet: true } : {}),
      });
      closed.set(incident.id, rows.length > 0 ? 'over' : 'expected');
    }
    return closed;
  }
  /** Its anomalies that nobody expects and nobody dismissed. */
  private telling(incident: IncidentRow): AnomalyRow[] {
    const rows = [...(this.members.get(incident.id)?.values() ?? [])];
    return rows.filter((r) => r.state === 'open' || r.state === 'over');
  }
  private isMember(row: AnomalyRow): boolean {
    for (const rows of this.members.values()) if (rows.has(row.id)) return true;
    return false;
  }
  private join(id: string, row: AnomalyRow): void {
    const rows = this.members.get(id) ?? new Map<string, AnomalyRow>();
    rows.set(row.id, row);
    this.members.set(id, rows);
  }
  private homeOf(row: AnomalyRow, recent: RecentMinutes): IncidentRow | undefined {
    return [...this.incidents.values()].findLast((incident) => {
      const rows = [...(this.members.get(incident.id)?.values() ?? [])];
      if (incident.state === 'dismissed' || row.lastAt < incident.from - INCIDENT.togetherMs) return false;
      const isLater = (r: AnomalyRow): boolean =>
        r.templateId !== row.templateId && row.at - r.at > INCIDENT.chainMs;
      if (row.severity !== 'low' && rows.every(isLater)) return false;
      if (row.at - incident.lastAt <= INCIDENT.nearMs && !(incident.state === 'resolved' && !incident.quiet))
        return this.together(row, rows, recent);
      // back again within hours: only the very same
      return (
        incident.quiet &&
        row.at - incident.lastAt <= INCIDENT.againMs &&
        rows.some((r) => r.templateId !== null && r.templateId === row.templateId)
      );
    });
  }
  /** What anomalies of incidents that may still take one in began with. */
  beginnings(): Beginning[] {
    return [...this.incidents.values()]
      .filter((incident) => incident.to === null)
      .flatMap(({ id }) => [...(this.members.get(id)?.values() ?? [])])
      .flatMap(({ templateId, at }) => (templateId === null ? [] : [{ templateId, at }]));
  }
  private together(row: AnomalyRow, rows: readonly AnomalyRow[], recent: RecentMinutes): boolean {
    const { templateId, at } = row;
    return (
      belong(row, rows, recent) ||
      (templateId !== null &&
        rows.some(
          (r) =>
            r.templateId !== null &&
            this.traces.shared({ templateId, at }, { templateId: r.templateId, at: r.at }),
        ))
    );
  }
  private refreshed(incident: IncidentRow): IncidentRow {
    const rows = this.telling(incident);
    if (rows.length === 0) return incident;
    // what is low began none, and may have gone on for hours
    const grave = rows.filter((r) => r.severity !== 'low');
    const telling = grave.length > 0 ? grave : rows;
    return {
      ...incident,
      severity: rows.reduce((a, r) => worse(a, r.severity), incident.severity),
      title: titleOf(rows, this.fact),
      from: Math.min(...telling.map((r) => r.at)),
      lastAt: Math.max(...telling.map((r) => r.lastAt)),
    };
  }
}

function belong(row: AnomalyRow, rows: readonly AnomalyRow[], recent: RecentMinutes): boolean {
  return rows.some(
    (r) =>
      (r.templateId !== null && r.templateId === row.templateId) ||
      (r.service !== null && r.service === row.service) ||
      (row.severity !== 'low' && Math.abs(r.at - row.at) <= INCIDENT.togetherMs) ||
      (row.severity !== 'low' && moveTogether(row, r, recent)),
  );
}

const quietFor = (kind: AnomalyRow['kind']): number => Math.max(INCIDENT.quietMs, QUIET_MS[kind]);

/** Their lines rise and fall together: correlation of minute counts (logarithms) of the last hour of at least a half. */
function moveTogether(a: AnomalyRow, b: AnomalyRow, recent: RecentMinutes): boolean {
  const one = seriesOf(a, recent);
  const other = seriesOf(b, recent);
  if (!one || !other) return false;
  const end = Math.ceil(Math.max(a.lastAt, b.lastAt) / MINUTE);
  const x = one.bins(end - 60, end, 2).map(Math.log1p);
  const y = other.bins(end - 60, end, 2).map(Math.log1p);
  const mean = (v: readonly number[]): number => v.reduce((s, n) => s + n, 0) / v.length;
  const mx = mean(x);
  const my = mean(y);
  let xy = 0;
  let xx = 0;
  let yy = 0;
  x.forEach((value, i) => {
    const other = (y[i] ?? 0) - my;
    xy += (value - mx) * other;
    xx += (value - mx) ** 2;
    yy += other ** 2;
  });
  return xx > 0 && yy > 0 && xy / Math.sqrt(xx * yy) >= 0.5;
}
const seriesOf = (row: AnomalyRow, recent: RecentMinutes): Series | undefined =>
  row.templateId !== null
    ? recent.templates.get(row.templateId)
    : row.service !== null
      ? recent.services.get(row.service)
      : undefined;
