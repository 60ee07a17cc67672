import type { VerdictSide } from '../timeline/contract/timeline.ts';
import { DAY_START, NEAR_SITES, NOTICE_MINUTES, RAMP, SWITCH } from './config.ts';
import { arrivalsOf } from './draw-arrivals.ts';
import { type Cell, type Company, type Operator, speedOf } from './make-company.ts';
import type { DayPlan } from './plan-day.ts';
import { onBreak } from './working-time.ts';

/** A move in minutes of the day. */
export type DayMove = {
  readonly operator: number;
  readonly cell: number;
  readonly from: number;
  readonly to: number;
};
/** Incidents of a kind (`volume`: work that was not forecast), or the ordinary absences and late arrivals of any day. */
export type Missing = VerdictSide | 'absences';
export type RunOptions = {
  /** only these lines (they do not influence each other while nobody moves) */
  readonly lines?: readonly number[];
  /** leaves these out: what would have been without */
  readonly without?: readonly Missing[];
};
type Queue = {
  readonly cell: Cell;
  /** items by lot */
  readonly waiting: number[];
  readonly arrived: number[];
  readonly done: number[];
  readonly doneInTime: number[];
  readonly lastDoneAt: (number | null)[];
  /** fractions of items on their way through a branch, by lot */
  readonly branch: number[];
  /** work begun on the next item; negative after a slow minute */
  carry: number;
};
/** What somebody did in a process on this day. */
export type Worked = { minutes: number; items: number };

const HOUR = 60;
/**
 * One day of the company, minute by minute: imports arrive, each process works the earliest deadline first with the people
 * who are there, and passes finished items on within its line. Nothing is drawn from a sequence, so a run may be advanced in
 * any steps, and two runs differ only by what was changed between them.
 */
export class DayRun {
  /** the minute about to be simulated */
  minute = DAY_START;
  readonly worked = new Map<string, Worked>();
  private readonly queues: (Queue | null)[];
  private readonly imports: ReadonlyMap<number, number>[];
  private readonly lines: ReadonlySet<number>;
  private readonly away: (readonly [number, number] | null)[];
  private readonly pace: number[];
  private moves: readonly (readonly DayMove[])[] = [];
  private readonly company: Company;
  private readonly plan: DayPlan;
  private readonly system: DayPlan['incidents'];

  constructor(company: Company, plan: DayPlan, { lines, without = [] }: RunOptions = {}) {
    this.company = company;
    this.plan = plan;
    this.lines = new Set(lines ?? company.lines.map((l) => l.index));
    this.imports = company.lines.map((line) =>
      this.lines.has(line.index)
        ? arrivalsOf(company, line, plan, { asForecast: without.includes('volume') })
        : new Map<number, number>(),
    );
    this.queues = company.cells.map((cell) => (this.lines.has(cell.line) ? emptyQueue(cell) : null));
    this.system = without.includes('system') ? [] : plan.incidents.filter((i) => i.kind === 'system');
    this.away = company.operators.map((o) => {
      const people = without.includes('people')
        ? undefined
        : plan.incidents.find((i) => i.kind === 'people' && i.operators.includes(o.index));
      const attendance = without.includes('absences') ? 'present' : plan.attendance[o.index];
      if (attendance === 'absent') return [0, 2880];
      if (people) return [people.from, people.to];
      return attendance === 'late' ? [0, o.shift[0] + 30] : null;
    });
    this.pace = company.operators.map((o) =>
      plan.chance.around(company.behaviour.personNoise, 'pace', o.index),
    );
    this.arrive(DAY_START);
  }

  /** The moves in force, in the order they were decided; a later one wins. What is already simulated stays. */
  setMoves(moves: readonly DayMove[]): void {
    this.moves = this.company.operators.map((o) => moves.filter((m) => m.operator === o.index));
  }
  waiting(cell: number): readonly number[] {
    return this.queue(cell).waiting;
  }
  /** items finished today */
  finished(cell: number): number {
    return this.queue(cell).done.reduce((a, b) => a + b, 0);
  }
  lots(cell: number): {
    deadline: number;
    arrived: number;
    waiting: number;
    done: number;
    doneInTime: number;
    lastDoneAt: number | null;
  }[] {
    const q = this.queue(cell);
    return q.cell.deadlines.map((deadline, k) => ({
      deadline,
      arrived: q.arrived[k] ?? 0,
      waiting: q.waiting[k] ?? 0,
      done: q.done[k] ?? 0,
      doneInTime: q.doneInTime[k] ?? 0,
      lastDoneAt: q.lastDoneAt[k] ?? null,
    }));
  }
  /** Until which minute of the day somebody works, seen from `minute` on; `minute` when they are gone. */
  presentUntil(operator: number, minute: number): number {
    const shift = this.company.operators[operator]?.shift ?? [0, 0];
    const away = this.away[operator];
    if (!away || away[1] <= minute) return Math.max(minute, shift[1]);
    return Math.max(minute, Math.min(shift[1], away[0]));
  }
  /** Simulates every minute before `minute`. */
  advance(minute: number): void {
    while (this.minute < minute) this.step();
  }

  /**
   * Closes the day: what still waits at a step would have had to pass the later ones too, so it waits there as well, by its lot and by
   * the share of the work that passes there. `arrived` counts it from then on; nothing more can be advanced.
   */
  close(): void {
    for (const queue of this.queues)
      for (const [lot, items] of queue?.waiting.entries() ?? []) if (queue) this.passOn(queue, lot, items);
  }

  private queue(cell: number): Queue {
    const queue = this.queues[cell];
    if (!queue) throw new RangeError(`cell ${cell} is not simulated`);
    return queue;
  }
  private arrive(minute: number): void {
    for (const line of this.company.lines) {
      const items = this.imports[line.index]?.get(minute) ?? 0;
      const first = line.cells[0];
      if (!items || !first) continue;
      const k = line.deadlines.findIndex((d) => minute <= d - NOTICE_MINUTES);
      this.receive(first.index, k < 0 ? line.deadlines.length - 1 : k, items);
    }
  }
  private receive(cell: number, lot: number, items: number): void {
    const q = this.queue(cell);
    q.waiting[lot] = (q.waiting[lot] ?? 0) + items;
    q.arrived[lot] = (q.arrived[lot] ?? 0) + items;
  }
  private step(): void {
    const minute = this.minute;
    if (minute > DAY_START) this.arrive(minute);
    if (!onBreak(minute)) {
      const teams = this.teams(minute);
      // last stage first: an item passes at most one process a minute
      for (let c = this.queues.length - 1; c >= 0; c--) {
        const queue = this.queues[c];
        const team = teams[c];
        if (queue && team?.length) this.work(queue, team, minute);
      }
    }
    this.minute = minute + 1;
  }
  /** Who works where in a minute, with the items they do in it. */
  private teams(minute: number): { operator: Operator; rate: number }[][] {
    const { fresh, fatiguePerHour } = this.company.behaviour;
    const teams: { operator: Operator; rate: number }[][] = this.company.cells.map(() => []);
    for (const operator of this.company.operators) {
      const away = this.away[operator.index];
      if (minute < operator.shift[0] || minute >= operator.shift[1]) continue;
      if (away && minute >= away[0] && minute < away[1]) continue;
      const place = this.place(operator, minute);
      const cell = place && this.company.cells[place.cell];
      if (!cell || !this.lines.has(cell.line)) continue;
      const fatigue = fresh - (fatiguePerHour * (minute - operator.shift[0])) / HOUR;
      const rate =
        (speedOf(operator, cell.process) / HOUR) * (this.pace[operator.index] ?? 1) * fatigue * place.share;
      if (rate > 0) teams[cell.index]?.push({ operator, rate });
    }
    return teams;
  }
  private place(operator: Operator, minute: number): { cell: number; share: number } | null {
    let move: DayMove | undefined;
    for (const m of this.moves[operator.index] ?? []) if (minute >= m.from && minute < m.to) move = m;
    if (!move || move.cell === operator.cell) return { cell: operator.cell, share: 1 };
    const from = this.company.cells[operator.cell];
    const to = this.company.cells[move.cell];
    if (!from || !to) return null;
    const settled = minute - move.from - switchMinutes(from, to);
    if (settled < 0) return null;
    return {
      cell: to.index,
      share: settled < RAMP.minutes && from.process !== to.process ? 1 - RAMP.loss : 1,
    };
  }
  private work(q: Queue, team: readonly { operator: Operator; rate: number }[], minute: number): void {
    const { chance } = this.plan;
    const { cellNoise, minuteNoise } = this.company.behaviour;
    const c = q.cell.index;
    const slowed = this.system.reduce(
      (f, i) => (minute >= i.from && minute < i.to && i.cells.includes(c) ? f * i.factor : f),
      1,
    );
    let mean = 0;
    for (const member of team) mean += member.rate;
    const expected = mean * slowed * chance.around(cellNoise, 'cell', c, Math.floor(minute / 30));
    q.carry += expected + Math.sqrt(expected * minuteNoise) * chance.normal('minute', c, minute);
    let budget = Math.max(0, Math.floor(q.carry));
    let done = 0;
    for (let k = 0; k < q.waiting.length && budget > 0; k++) {
      const items = Math.min(budget, q.waiting[k] ?? 0);
      if (items === 0) continue;
      q.waiting[k] = (q.waiting[k] ?? 0) - items;
      q.done[k] = (q.done[k] ?? 0) + items;
      if (minute < (q.cell.deadlines[k] ?? 0)) q.doneInTime[k] = (q.doneInTime[k] ?? 0) + items;
      q.lastDoneAt[k] = minute + 1;
      budget -= items;
      done += items;
      this.passOn(q, k, items);
    }
    // nobody works ahead on items that are not there
    q.carry = budget > 0 ? 0 : q.carry - done;
    if (done === 0) return;
    for (const { operator, rate } of team) {
      const key = `${operator.index} ${q.cell.process}`;
      const worked = this.worked.get(key) ?? { minutes: 0, items: 0 };
      worked.minutes += 1;
      worked.items += (done * rate) / mean;
      this.worked.set(key, worked);
    }
  }
  /** エントリ1 → エントリ2 → (補正 → (SV補正)) → 目検, as far as the line has them. */
  private passOn(q: Queue, lot: number, items: number): void {
    const stages = this.company.lines[q.cell.line]?.cells ?? [];
    const next = (process: string): number | undefined => stages.find((s) => s.process === process)?.index;
    const check = next('目検');
    const branchTo = (target: number | undefined, share: number): void => {
      let aside = 0;
      if (target !== undefined) {
        const sum = (q.branch[lot] ?? 0) + items * share;
        aside = Math.floor(sum + 1e-9);
        q.branch[lot] = sum - aside;
        if (aside > 0) this.receive(target, lot, aside);
      }
      if (check !== undefined && items > aside) this.receive(check, lot, items - aside);
    };
    const { process } = q.cell;
    const { toCorrection, toSupervisor } = this.company.behaviour;
    if (process === 'エントリ1') {
      const second = next('エントリ2');
      if (second !== undefined) this.receive(second, lot, items);
    } else if (process === 'エントリ2') branchTo(next('補正'), toCorrection);
    else if (process === '補正') branchTo(next('SV補正'), toSupervisor);
    else if (process === 'SV補正') branchTo(undefined, 0);
  }
}

const emptyQueue = (cell: Cell): Queue => ({
  cell,
  waiting: cell.deadlines.map(() => 0),
  arrived: cell.deadlines.map(() => 0),
  done: cell.deadlines.map(() => 0),
  doneInTime: cell.deadlines.map(() => 0),
  lastDoneAt: cell.deadlines.map(() => null),
  branch: cell.deadlines.map(() => 0),
  carry: 0,
});

/** Minutes lost on the way from one cell to another. */
export function switchMinutes(from: Cell, to: Cell): number {
  const near = NEAR_SITES.some((pair) => pair.includes(from.location) && pair.includes(to.location));
  return (
    (from.location === to.location ? SWITCH.sameSite : near ? SWITCH.nearSite : SWITCH.farSite) +
    (from.businessId === to.businessId ? 0 : SWITCH.business) +
    (from.process === to.process ? 0 : SWITCH.process)
  );
}
