// What the store and the engine know, as rows that can be counted in any way. Written apart from main/measures, which it judges.
import { daysOf, type Plan } from './question.ts';
import { at, NOW, type Stage, TODAY } from './stage.ts';

/** One thing counted. `n ÷ d` where `d` is given (a ratio of sums), else the sum of `n`. */
export type Row = {
  readonly site?: string;
  readonly business?: string;
  readonly process?: string;
  readonly person?: string;
  readonly service?: string;
  readonly level?: string;
  readonly word?: string;
  readonly template?: string;
  readonly hour?: string;
  readonly day?: string;
  readonly n: number;
  readonly d?: number;
  /** of whom or what it is, where the same one may come up in several rows and counts once */
  readonly one?: string;
};
type Span = { readonly from: number; readonly to: number; readonly days: readonly [string, string] };
const HOUR = 3_600_000;
const minute = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const timeOf = (instant: number): string => new Date(instant + 9 * HOUR).toISOString().slice(11, 16);
const dayOf = (instant: number): string => new Date(instant + 9 * HOUR).toISOString().slice(0, 10);

/** The instants of a plan's window; a day begins at midnight. */
export function spanOf(window: Plan['window'], now = NOW): Span {
  if (window?.span === 'hour') return { from: now - HOUR, to: now, days: [TODAY, TODAY] };
  const days = daysOf(window?.span, TODAY);
  const from = at(window?.from ? minute(window.from) : 0, days[0]);
  const to = window?.at
    ? at(minute(window.at), days[1])
    : at(window?.until ? minute(window.until) : 1440, days[1]);
  return { from, to, days };
}

type Level = {
  readonly site: string;
  readonly business: string;
  readonly process: string;
  readonly sequence: number;
  readonly at: number;
  readonly waiting: number;
  readonly done: number;
};
/** Every snapshot of some days by cell, oldest first. */
function levels({ rows }: Stage, from: number, to: number): Level[][] {
  const found = rows<Level>(
    `SELECT location_name AS site, business_name AS business, s.process_name AS process, sequence, at,
        sum(max(waiting, 0)) AS waiting, max(done) AS done
      FROM (SELECT DISTINCT location_name, business_id, process_name, snapshot_time AS at, expected_completion_time,
          total_waiting AS waiting, entry_count AS done FROM progress_snapshots WHERE snapshot_time BETWEEN ? AND ?) s
      JOIN businesses USING (business_id) JOIN processes p ON p.business_id = s.business_id AND p.process_name = s.process_name
      GROUP BY 1, 2, 3, at ORDER BY at`,
    from,
    Math.min(to, NOW),
  );
  return Object.values(Object.groupBy(found, (r) => [r.site, r.business, r.process].join(' '))).map(
    (cell) => cell ?? [],
  );
}
/** Items that came into, or were done in, each cell within (from, to], by day and hour. */
function flow(stage: Stage, span: Span, what: 'arrivals' | 'finished', overnight: boolean): Row[] {
  return levels(stage, at(0, span.days[0]), span.to).flatMap((cell) =>
    Object.values(Object.groupBy(cell, (r) => dayOf(r.at))).flatMap((day) => {
      let before = 0;
      return (day ?? []).flatMap((r, i): Row[] => {
        const total = what === 'finished' ? r.done : r.waiting + r.done;
        const n = total - before;
        before = total;
        if (r.at <= span.from || r.at > span.to || (i === 0 && !overnight)) return [];
        const hour = String(Number(timeOf(r.at - 1).slice(0, 2)));
        return [{ site: r.site, business: r.business, process: r.process, hour, day: dayOf(r.at), n }];
      });
    }),
  );
}
const backlog = (stage: Stage, plan: Plan): Row[] => {
  const due = plan.window?.until ?? null;
  const [, date] = daysOf(plan.window?.span, TODAY);
  const then = plan.window?.at ? at(minute(plan.window.at), date) : date < TODAY ? at(1440, date) : NOW;
  if (due !== null || then > NOW) return dueBy(stage, at(minute(due ?? plan.window?.at ?? '00:00')));
  return levels(stage, at(0, date), then).flatMap((cell): Row[] => {
    const last = cell.at(-1);
    return last ? [{ site: last.site, business: last.business, process: last.process, n: last.waiting }] : [];
  });
};
const dueBy = ({ rows }: Stage, deadline: number): Row[] =>
  rows<Row>(
    `SELECT location_name AS site, business_name AS business, process_name AS process, total_waiting AS n
      FROM progress_snapshots JOIN businesses USING (business_id)
      WHERE snapshot_time = (SELECT max(snapshot_time) FROM progress_snapshots WHERE snapshot_time <= ?) AND expected_completion_time = ?`,
    NOW,
    deadline,
  );
const forecast = ({ rows }: Stage, span: Span): Row[] =>
  rows<Row>(
    `SELECT location_name AS site, business_name AS business, process_name AS process, hour || '' AS hour, forecast_date AS day,
        expected_items AS n
      FROM workload_forecasts JOIN businesses USING (business_id) WHERE forecast_date BETWEEN ? AND ?`,
    ...span.days,
  ).flatMap((r): Row[] => {
    // of an hour that the span cuts, its share
    const hourAt = at(Number(r.hour) * 60, r.day);
    const share = (Math.min(span.to, hourAt + HOUR) - Math.max(span.from, hourAt)) / HOUR;
    return share > 0 ? [{ ...r, n: r.n * share }] : [];
  });
const attendance = ({ rows }: Stage, span: Span, status: string): Row[] =>
  rows<Row>(
    `SELECT operator_name AS person, operator_name || a.attendance_date AS one, o.location_name AS site, attendance_date AS day, 1 AS n,
        (SELECT group_concat(DISTINCT business_name) FROM daily_assignments d JOIN businesses USING (business_id)
          WHERE d.operator_id = a.operator_id AND assignment_date = attendance_date) AS business,
        (SELECT group_concat(DISTINCT process_name) FROM daily_assignments d
          WHERE d.operator_id = a.operator_id AND assignment_date = attendance_date) AS process
      FROM attendance_records a JOIN operators o USING (operator_id)
      WHERE attendance_date BETWEEN ? AND ? AND (attendance_status = ? OR (? = 'here' AND attendance_status <> 'absent'))`,
    ...span.days,
    status,
    status,
  );
const planned = ({ rows }: Stage, span: Span): Row[] =>
  rows<Row>(
    `SELECT operator_name AS person, operator_name AS one, d.location_name AS site, business_name AS business, process_name AS process, 1 AS n
      FROM daily_assignments d JOIN operators USING (operator_id) JOIN businesses USING (business_id)
      WHERE assignment_date BETWEEN ? AND ?`,
    ...span.days,
  );
/** `n`: items or hours; with `d` the hours, so that sums divide into items per hour. */
const worked = (
  { rows }: Stage,
  [from, to]: readonly [string, string],
): Required<Pick<Row, 'person' | 'site' | 'process' | 'day' | 'n' | 'd'>>[] =>
  rows(
    `SELECT operator_name AS person, o.location_name AS site, process_name AS process, record_date AS day, items_done AS n, hours_worked AS d
      FROM productivity_records JOIN operators o USING (operator_id) WHERE record_date BETWEEN ? AND ?`,
    from,
    to,
  );
const skills = ({ rows }: Stage): Row[] =>
  rows<Row>(
    `SELECT operator_name AS person, operator_name AS one, o.location_name AS site, process_name AS process, skill_level AS n
      FROM operator_process_capabilities JOIN operators o USING (operator_id) WHERE is_valid = 1`,
  );
const lines = ({ rows }: Stage, span: Span): Row[] =>
  rows<{ at: number; service: string; level: string; word: string; n: number }>(
    'SELECT logged_at AS at, service, level, message AS word, attributes, 1 AS n FROM system_logs WHERE logged_at BETWEEN ? AND ?',
    span.from,
    Math.min(span.to, NOW),
  ).map((r) => ({ ...r, hour: String(Number(timeOf(r.at).slice(0, 2))), day: dayOf(r.at) }));
/** Who is at work where at an instant: `here` there, `rostered` or away. */
const team = ({ engine }: Stage, instant: number, all: boolean): Row[] =>
  (engine.services.analytics.day(Math.min(instant, NOW))?.cells ?? []).flatMap(({ cell, team: stints }) =>
    stints
      .filter((s) => s.from <= instant && instant < s.until && (all || s.missing === null))
      .map((s) => ({
        site: cell.location,
        business: cell.businessName,
        process: cell.process,
        person: s.name,
        one: s.name,
        n: 1,
      })),
  );
const situation = (stage: Stage, n: (row: SituationRow) => number | null): Row[] =>
  stage.engine.services.analytics.situation().rows.flatMap((r): Row[] => {
    const value = n(r);
    return value === null
      ? []
      : [{ site: r.location, business: r.businessName, process: r.process, n: value }];
  });
export type SituationRow = ReturnType<Stage['engine']['services']['analytics']['situation']>['rows'][number];

/** The deadlines of a cell that a window is about: those of a time, or all until one; null: a window without either. */
function askedOf(stage: Stage, { cellId }: SituationRow, window: Plan['window']) {
  const last = window?.until ?? window?.at;
  if (!last || at(minute(last)) <= NOW) return null;
  const cells = stage.engine.services.analytics.risks()?.cells ?? [];
  const own = cells.find(({ cell }) => cell.cellId === cellId)?.deadlines ?? [];
  return own.filter((d) =>
    window?.until ? d.deadline <= at(minute(last)) : d.deadline === at(minute(last)),
  );
}
/** items/hour that the deadlines asked about take; null where none would be missed */
const requiredFor = (stage: Stage, row: SituationRow, window: Plan['window']): number | null => {
  const asked = askedOf(stage, row, window);
  if (!asked) return row.shortItems >= 1 ? row.required : null;
  return Math.max(0, ...asked.map((d) => d.required ?? 0)) || null;
};

const firstStep = (rows: Row[]): Row[] => rows.filter((r) => r.process === 'エントリ1');
/** What left the line: its last step; where that sees only a part, the last that sees all may count instead. */
const LAST: Readonly<Record<string, string>> = { 盛岡SS: '補正', 大阪年末調整: 'エントリ2' };
const lastStep = (rows: Row[], instead: Readonly<Record<string, string>> = LAST): Row[] =>
  rows.filter((r) => r.process === (instead[`${r.site}${r.business}`] ?? '目検'));
const namesProcess = (plan: Plan): boolean =>
  Boolean(plan.where?.process ?? plan.not?.process) ||
  (plan.by ?? []).flat().some((d) => d === 'process' || d === 'cell');
const back = (n: number): string => daysOf(`day-${n}`, TODAY)[0];

/** The readings of a measure that are honest, each as its rows; null: nothing is known of it to judge by. */
export function trueRows(stage: Stage, measure: string, plan: Plan): Row[][] | null {
  const span = spanOf(plan.window);
  switch (measure) {
    case 'backlog':
      return [backlog(stage, plan)];
    case 'arrivals': {
      const all = [true, false].map((overnight) => flow(stage, span, 'arrivals', overnight));
      return namesProcess(plan) ? all : all.map(firstStep);
    }
    case 'finished': {
      const all = flow(stage, span, 'finished', true);
      if (plan.by?.flat().includes('person') || plan.where?.person)
        return [worked(stage, span.days).map(({ d: _, ...row }) => row)];
      return namesProcess(plan)
        ? [all]
        : [lastStep(all), lastStep(all, { ...LAST, 盛岡SS: 'エントリ2' }), firstStep(all)];
    }
    case 'forecast': {
      const readings = [
        span,
        ...(plan.window ? [{ ...span, from: Math.max(span.from, at(14 * 60)) }] : []),
        // what is expected of this week is of the whole week
        ...(plan.window?.span === 'week'
          ? [spanOf({ span: `${span.days[0]}..${daysOf('week+1', span.days[0])[0]}` })]
          : []),
      ];
      const all = readings.map((s) => forecast(stage, s));
      return namesProcess(plan) ? all : all.map(firstStep);
    }
    case 'absent':
      return [attendance(stage, span, 'absent')];
    case 'late-people':
      return [attendance(stage, span, 'late')];
    case 'planned':
      return [planned(stage, span), team(stage, plan.window?.from ? span.from : NOW, true)];
    case 'present': {
      // of another day: at the same time of it
      const now = plan.window?.at ? span.to : plan.window?.from ? span.from : at(14 * 60 + 30, span.days[1]);
      return [team(stage, now, false), attendance(stage, span, 'here')];
    }
    case 'productivity': {
      const windows = plan.window
        ? [span.days]
        : [1, 2, 3, 7, 28].flatMap((n) => [
            [back(n), TODAY] as const,
            [back(n - 1), TODAY] as const,
            [daysOf('week', TODAY)[0], TODAY] as const,
          ]);
      return windows.map((days) => worked(stage, days));
    }
    case 'hours': {
      // records come at the end of a day: without a window those of the last days, too
      const windows = plan.window ? [span.days] : [span.days, [back(7), TODAY] as const];
      return windows.map((days) => worked(stage, days).map(({ d, ...row }) => ({ ...row, n: d })));
    }
    case 'skills':
      return [skills(stage)];
    case 'throughput':
      return [situation(stage, (r) => r.throughput)];
    case 'p-late':
      return [
        situation(stage, (r) => {
          const asked = askedOf(stage, r, plan.window);
          if (!asked) return r.pOnTime === null ? null : 100 * (1 - r.pOnTime);
          return asked.length > 0 ? 100 * Math.max(...asked.map((d) => d.pMiss)) : null;
        }),
      ];
    case 'shortage':
      // people, and those of every deadline that is asked about; nobody is short where the pace is enough
      return [0, 1].map((more) =>
        situation(stage, (r) => {
          const required = requiredFor(stage, r, plan.window);
          return required && r.throughput && r.people
            ? Math.max(0, Math.ceil(((required - r.throughput) * r.people) / r.throughput) + more)
            : 0;
        }),
      );
    case 'alerts':
      return [
        (plan.window?.span
          ? stage.engine.services.alerts
              .list({ limit: 1000 })
              .alerts.filter((a) => a.openedAt >= span.from && a.openedAt <= span.to)
          : stage.engine.services.alerts.list({ states: ['open'] }).alerts
        ).map((a) => ({
          ...(a.cell
            ? { site: a.cell.location, business: a.cell.businessName, process: a.cell.process }
            : {}),
          one: a.id,
          n: 1,
        })),
      ];
    case 'errors':
      return [lines(stage, span).filter((r) => (plan.where?.level ? true : r.level === 'ERROR'))];
    case 'log-lines':
      return [lines(stage, span)];
    case 'incidents':
      return [
        stage.rows<Row>(
          `SELECT incident_id AS one, 1 AS n FROM incidents WHERE from_at BETWEEN ? AND ? AND (state <> 'resolved' OR ?)`,
          span.from,
          span.to,
          plan.window ? 1 : 0,
        ),
        stage.rows<Row>(
          'SELECT incident_id AS one, 1 AS n FROM incidents WHERE from_at BETWEEN ? AND ?',
          span.from,
          span.to,
        ),
      ];
    case 'proposals':
      return [stage.rows<Row>(`SELECT proposal_id AS one, 1 AS n FROM proposals WHERE status = 'open'`)];
    case 'decisions':
      return [
        stage.rows<Row>(
          `SELECT decision_id AS one, actor AS person, 1 AS n FROM decisions WHERE decided_at BETWEEN ? AND ?
            AND (? = '' OR action = ? OR (? = 'approved' AND action = 'modified'))`,
          span.from,
          span.to,
          plan.what ?? '',
          plan.what ?? '',
          plan.what ?? '',
        ),
      ];
    case 'moves':
      return [
        stage.rows<Row>(
          `SELECT operator_name AS person, m.operator_id AS one, to_location AS site, 1 AS n FROM moves m JOIN operators USING (operator_id)
            WHERE move_date = ? AND active = 1`,
          TODAY,
        ),
      ];
    default:
      return null;
  }
}
