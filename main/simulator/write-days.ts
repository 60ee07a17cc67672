import type { CompanyBatch, CompanyRow } from '../store/index.ts';
import { BEHAVIOUR } from './config.ts';
import { type Cell, type Company, type Operator, speedOf, stageShare } from './make-company.ts';
import type { DayPlan } from './plan-day.ts';
import type { Chance } from './random.ts';
import type { DayMove, DayRun } from './run-day.ts';
import { workingMinutes } from './working-time.ts';

const compact = (date: string): string => date.replaceAll('-', '');

/** Where people are planned to work: whoever leaves early is planned until then. */
export const rosterRows = (company: Company, plan: DayPlan): CompanyRow<'daily_assignments'>[] =>
  company.operators.flatMap((o) => {
    const leave = plan.incidents.find(
      (i) => i.kind === 'people' && i.from > o.shift[0] && i.operators.includes(o.index),
    );
    const end = Math.min(o.shift[1], leave?.from ?? o.shift[1]);
    const cell = company.cells[o.cell];
    return cell && end > o.shift[0] ? [assignment(plan.date, o, cell, 1, o.shift[0], end)] : [];
  });

const assignment = (
  date: string,
  o: Operator,
  cell: Cell,
  part: number,
  from: number,
  to: number,
): CompanyRow<'daily_assignments'> => ({
  assignment_id: `DA${compact(date)}-${o.id}-${part}`,
  assignment_date: date,
  operator_id: o.id,
  location_name: cell.location,
  business_id: cell.businessId,
  process_name: cell.process,
  start_time: from,
  end_time: to,
});

export const attendanceRows = (company: Company, plan: DayPlan): CompanyRow<'attendance_records'>[] =>
  company.operators.map((o) => {
    const missing = plan.incidents.some(
      (i) => i.kind === 'people' && i.from <= o.shift[0] && i.operators.includes(o.index),
    );
    return {
      attendance_id: `AT${compact(plan.date)}-${o.id}`,
      operator_id: o.id,
      attendance_date: plan.date,
      attendance_status: missing ? 'absent' : (plan.attendance[o.index] ?? 'present'),
    };
  });

/**
 * Hourly forecasts of every process: those further down see the work an hour or two later. The company reckons with the usual shares, also
 * where work takes other ways.
 */
export const forecastRows = (company: Company, plan: DayPlan): CompanyRow<'workload_forecasts'>[] =>
  company.cells.flatMap((cell) => {
    const offset = (cell.deadlines[0] ?? 0) - (company.lines[cell.line]?.deadlines[0] ?? 0);
    const lag = Math.round(offset / 60);
    return [...(plan.forecast[cell.line] ?? [])].map(([hour, items]) => ({
      forecast_id: `WF${compact(plan.date)}-${String(cell.index).padStart(2, '0')}-${String(hour + lag).padStart(2, '0')}`,
      forecast_date: plan.date,
      hour: hour + lag,
      location_name: cell.location,
      business_id: cell.businessId,
      process_name: cell.process,
      expected_items: Math.round(items * stageShare(cell.process, BEHAVIOUR) * 10) / 10,
    }));
  });

/** One row per deadline that has work or is still to come; at least one a cell, so that its count is always there. */
export function snapshotRows(
  company: Company,
  run: DayRun,
  o: { date: string; minute: number; instant: (minute: number) => number },
): CompanyRow<'progress_snapshots'>[] {
  return company.cells.flatMap((cell) => {
    const lots = run.lots(cell.index);
    const next = lots.findIndex((l) => l.deadline > o.minute);
    const shown = lots
      .map((lot, k) => ({ lot, k }))
      .filter(({ lot, k }) => lot.waiting > 0 || (lot.arrived > 0 && lot.deadline > o.minute) || k === next);
    const rows = shown.length > 0 ? shown : lots.map((lot, k) => ({ lot, k })).slice(-1);
    const finished = run.finished(cell.index);
    return rows.map(({ lot, k }) => ({
      snapshot_id: `PS${compact(o.date)}-${String(o.minute).padStart(4, '0')}-${String(cell.index).padStart(2, '0')}-${k + 1}`,
      snapshot_time: o.instant(o.minute),
      location_name: cell.location,
      business_id: cell.businessId,
      process_name: cell.process,
      expected_completion_time: o.instant(lot.deadline),
      total_waiting: lot.waiting,
      entry_count: finished,
      correction_waiting: cell.process.includes('補正') ? lot.waiting : 0,
    }));
  });
}

const productivity = (
  date: string,
  o: Operator,
  process: string,
  items: number,
  hours: number,
): CompanyRow<'productivity_records'> => ({
  record_id: `PR${compact(date)}-${o.id}-${process}`,
  operator_id: o.id,
  record_date: date,
  process_name: process,
  items_done: Math.round(items),
  hours_worked: Math.round(hours * 100) / 100,
  productivity_score: Math.round((items / hours / Math.max(1, speedOf(o, process))) * 1000) / 1000,
});

/** What everybody did on a simulated day, from its run. */
export const productivityRows = (
  company: Company,
  run: DayRun,
  date: string,
): CompanyRow<'productivity_records'>[] =>
  [...run.worked].flatMap(([key, worked]) => {
    const [index = '0', process = ''] = key.split(' ');
    const operator = company.operators[Number(index)];
    return operator && worked.minutes >= 15
      ? [productivity(date, operator, process, worked.items, worked.minutes / 60)]
      : [];
  });

const ADJUSTMENTS = ['support', 'swap', 'overtime'] as const;
type PastPart = { readonly cell: Cell; readonly from: number; readonly to: number };
type PastPerson = {
  readonly operator: Operator;
  readonly status: DayPlan['attendance'][number];
  /** where they are down for work, one after the other; none: off */
  readonly parts: readonly PastPart[];
};
/**
 * Who is down for work where on a past day: one in ten is off, one in eight spends the afternoon in another cell of the site, one in
 * twenty-five supports another site: so people come to know other businesses.
 */
const pastPeople = (company: Company, chance: Chance): PastPerson[] =>
  company.operators.map((operator) => {
    const home = company.cells[operator.cell];
    const draw = chance.share('past', operator.index);
    if (!home || draw < 0.1) return { operator, status: 'absent', parts: [] };
    const second = secondCell(company, chance, operator);
    const [from, to] = operator.shift;
    const middle = from + 240;
    return {
      operator,
      status: draw < 0.125 ? 'absent' : draw > 0.975 ? 'late' : 'present',
      parts: second
        ? [
            { cell: home, from, to: middle },
            { cell: second, from: middle, to },
          ]
        : [{ cell: home, from, to }],
    };
  });

/** The people of a past day as its queues are worked through: the very ones its roster names. */
export function livePast(
  company: Company,
  chance: Chance,
): { readonly attendance: DayPlan['attendance']; readonly moves: readonly DayMove[] } {
  const people = pastPeople(company, chance);
  return {
    attendance: people.map(({ status }) => status),
    moves: people.flatMap(({ operator, parts }) =>
      parts.slice(1).map(({ cell, from, to }) => ({ operator: operator.index, cell: cell.index, from, to })),
    ),
  };
}

/** A past day without its queues: who was there, where, and what they did. */
export function* pastDay(company: Company, chance: Chance, date: string): Generator<CompanyBatch> {
  const assignments: CompanyRow<'daily_assignments'>[] = [];
  const attendance: CompanyRow<'attendance_records'>[] = [];
  const records: CompanyRow<'productivity_records'>[] = [];
  const adjustments: CompanyRow<'assignment_adjustments'>[] = [];
  for (const { operator: o, status, parts } of pastPeople(company, chance)) {
    if (parts.length === 0) continue;
    attendance.push({
      attendance_id: `AT${compact(date)}-${o.id}`,
      operator_id: o.id,
      attendance_date: date,
      attendance_status: status,
    });
    parts.forEach(({ cell, from, to }, i) => {
      const row = assignment(date, o, cell, i + 1, from, to);
      assignments.push(row);
      if (i > 0)
        adjustments.push({
          adjustment_id: `AJ${compact(date)}-${o.id}`,
          original_assignment_id: row.assignment_id,
          adjustment_type:
            cell.location === o.location ? chance.pick(ADJUSTMENTS, 'adjust', o.index) : 'support',
          adjustment_date: date,
          ai_confidence_score: Math.round((0.6 + 0.35 * chance.share('sure', o.index)) * 100) / 100,
        });
    });
    if (status === 'absent') continue;
    const worked = new Map<string, number>();
    for (const { cell, from, to } of parts) {
      const begin = status === 'late' && from === o.shift[0] ? from + 30 : from;
      worked.set(cell.process, (worked.get(cell.process) ?? 0) + workingMinutes(begin, to) / 60);
    }
    for (const [process, hours] of worked) {
      const speed = speedOf(o, process) * chance.around(0.08, 'past-pace', o.index, process);
      records.push(productivity(date, o, process, speed * hours, hours));
    }
  }
  yield { table: 'daily_assignments', rows: assignments };
  yield { table: 'attendance_records', rows: attendance };
  yield { table: 'productivity_records', rows: records };
  yield { table: 'assignment_adjustments', rows: adjustments };
}

function secondCell(company: Company, chance: Chance, o: Operator): Cell | null {
  const draw = chance.share('second', o.index);
  if (draw >= 0.165) return null;
  const elsewhere = draw >= 0.125;
  const able = company.cells.filter(
    (c) =>
      c.index !== o.cell &&
      (c.location === o.location) !== elsewhere &&
      o.skills.some((s) => s.process === c.process && s.level >= 2),
  );
  return able.length > 0 ? chance.pick(able, 'second-cell', o.index) : null;
}
