import type { SituationRow } from '../../analytics/contract/situation.ts';
import { minuteOfDay } from '../../kernel/clock.ts';
import type { Window } from '../../measures/contract/measures.ts';
import type { Effect, Proposal } from '../../placement/contract/placement.ts';
import type { Change, ChangeScope, Comparison } from '../../placement/contract/what-if.ts';
import type { Supposed } from '../../questions/contract/questions.ts';
import { both } from '../facts.ts';
import type { ActContext, ActMeans } from './act.ts';
import { fits, scopesOf } from './places.ts';

/** How long something stands still where nobody said. */
export const OUTAGE_MINUTES = 60;
const DAY_END = 2880;
const EVERYBODY = { kind: 'share', share: 1 } as const;

type Where = Parameters<typeof scopesOf>[1];
/** What is supposed, as changes; `assumed`: what had to be chosen because nobody said it. */
export type Scenario = {
  readonly changes: readonly Change[];
  /** the same, by what was supposed */
  readonly told: readonly { readonly wish: Supposed; readonly changes: readonly Change[] }[];
  readonly assumed: readonly ('outage-hour' | 'service-everywhere' | 'likeliest')[];
};

const likeliest = (rows: readonly SituationRow[]): SituationRow | undefined =>
  [...rows].sort((a, b) => (a.pOnTime ?? 1) - (b.pOnTime ?? 1) || b.backlog - a.backlog)[0];
const named = (means: ActMeans, ids: readonly string[]): Change & { kind: 'absence' } => ({
  kind: 'absence',
  where: {},
  who: {
    kind: 'named',
    people: ids.map((operatorId) => ({
      operatorId,
      name: means.master().operators.find((o) => o.id === operatorId)?.name ?? operatorId,
    })),
  },
});

/** Turns what a question supposes into changes of the situation. `rows`: all queues there are. */
export function changesOf(
  suppose: readonly Supposed[],
  {
    where,
    window,
    rows,
    means,
  }: { where: Where; window: Window; rows: readonly SituationRow[]; means: ActMeans },
): Scenario {
  const scopes = scopesOf(rows, where);
  const inScope = rows.filter((row) => fits(row, where));
  const assumed: Scenario['assumed'][number][] = [];
  const from = window.from ?? window.at ?? null;
  const time = {
    ...(from === null ? {} : { from }),
    ...(window.until === null ? {} : { until: window.until }),
  };
  /** of a team nobody named, the one likeliest to be late */
  const one = (among = inScope): SituationRow | undefined => {
    if (among.length > 1 && !assumed.includes('likeliest')) assumed.push('likeliest');
    return likeliest(among);
  };
  const each = (make: (scope: ChangeScope) => Change): Change[] => scopes.map(make);
  const changesFor = (wish: Supposed): Change[] => {
    switch (wish.what) {
      case 'people': {
        if (wish.amount < 0) {
          const amount = -wish.amount;
          const who = wish.share
            ? ({ kind: 'share', share: Math.min(1, amount) } as const)
            : ({ kind: 'number', count: Math.max(1, Math.round(amount)) } as const);
          return each((scope) => ({ kind: 'absence', where: scope, who, ...time }));
        }
        const target = one();
        const count = Math.round(wish.share ? wish.amount * (target?.people ?? 0) : wish.amount);
        return target && count > 0 ? [{ kind: 'extra', cellId: target.cellId, count, ...time }] : [];
      }
      case 'absence':
        return [{ ...named(means, wish.people), ...time }];
      case 'move': {
        const there = rows.filter((row) => fits(row, wish.to));
        const own = inScope.filter((row) => fits(row, wish.to));
        const target = one(own.length > 0 ? own : there);
        if (!target) return [];
        const to = { toCellId: target.cellId, ...(from === null ? {} : { from }) };
        if (wish.people.length > 0)
          return [{ kind: 'move', where: {}, who: named(means, wish.people).who, ...to }];
        const who = { kind: 'number', count: wish.count ?? 1 } as const;
        const [source = {}] = wish.from.length > 0 ? scopesOf(rows, wish.from) : [{}];
        return [{ kind: 'move', where: source, who, ...to }];
      }
      case 'arrivals': {
        if (wish.share)
          return each((scope) => ({
            kind: 'volume',
            where: scope,
            factor: Math.max(0, 1 + wish.amount),
            of: 'coming',
          }));
        const target = wish.amount > 0 && inScope.length > 1 ? one() : undefined;
        const items = Math.round(wish.amount);
        if (!target) return each((scope) => ({ kind: 'volume', where: scope, factor: 1, items }));
        const { location, businessId, process } = target;
        return [{ kind: 'volume', where: { location, businessId, process }, factor: 1, items }];
      }
      case 'speed':
        return each((scope) => ({ kind: 'speed', where: scope, factor: Math.max(0, 1 + wish.share) }));
      case 'deadline': {
        const shift =
          wish.to !== null
            ? ({ kind: 'to', at: wish.to } as const)
            : ({ kind: 'by', minutes: Math.round(wish.minutes ?? 0) } as const);
        // the time it is moved to is no name of a deadline
        const which = window.at === null || window.at === wish.to ? {} : { deadline: window.at };
        return each((scope) => ({ kind: 'deadline', where: scope, ...which, shift }));
      }
      case 'overtime':
        return wish.until !== null
          ? each((scope) => ({
              kind: 'overtime',
              where: scope,
              who: EVERYBODY,
              until: wish.until ?? DAY_END,
            }))
          : overtimeOf(
              inScope.map((row) => row.cellId),
              Math.round(wish.minutes ?? 0),
              means,
            );
      case 'outage': {
        if (wish.minutes === null) assumed.push('outage-hour');
        if (wish.service !== null) assumed.push('service-everywhere');
        const begins = Math.max(from ?? 0, minuteOfDay(means.now, means.zone));
        const until = Math.min(DAY_END, window.until ?? begins + (wish.minutes ?? OUTAGE_MINUTES));
        return each((scope) => ({ kind: 'absence', where: scope, who: EVERYBODY, from: begins, until }));
      }
      case 'nothing':
        return [];
    }
  };
  const told = suppose.map((wish) => ({ wish, changes: changesFor(wish) }));
  return { changes: told.flatMap(({ changes }) => changes), told, assumed };
}

/** Everybody at these queues stays so many minutes longer than their own shift. */
export function overtimeOf(
  cellIds: readonly string[],
  minutes: number,
  { analytics, zone }: ActMeans,
): Change[] {
  const people = cellIds.flatMap((cellId) =>
    analytics.cell(cellId).people.filter((p) => p.attendance !== 'absent'),
  );
  const byEnd = Map.groupBy(people, (person) => minuteOfDay(person.until, zone));
  return [...byEnd].map(([end, team]) => ({
    kind: 'overtime',
    where: {},
    who: { kind: 'named', people: team.map(({ operatorId, name }) => ({ operatorId, name })) },
    until: Math.min(DAY_END, end + minutes),
  }));
}

/** A plan's moves as changes. */
export const movesOf = ({ moves }: Proposal): Change[] =>
  moves.map(({ operatorId, name, to }) => ({
    kind: 'move',
    where: {},
    who: { kind: 'named', people: [{ operatorId, name }] },
    toCellId: to.cellId,
  }));

/** What the overtime that was allowed would win beside the plan, which itself counts on none. */
export async function sayOvertime({ draft, book, means }: ActContext, proposal: Proposal): Promise<void> {
  const minutes = proposal.scope.limits?.overtimeMinutes ?? null;
  if (minutes === null) return;
  const [miss] = proposal.notPossible;
  if (minutes === 0 || !miss) {
    draft.say('この案は残業を見込んでいません。', 'This plan counts on no overtime.');
    return;
  }
  const changes = [...movesOf(proposal), ...overtimeOf([miss.cell.cellId], minutes, means)];
  const told = await means.tools.compare(changes, means.signal);
  const p = chanceOf(told, miss.cell.cellId, miss.deadline);
  const before = proposal.effects.find(
    (e: Effect) => e.cell.cellId === miss.cell.cellId && e.deadline === miss.deadline,
  )?.after.pOnTime;
  const allowed = book.minutes(minutes, both('残業の上限', 'Overtime allowed'), null);
  const cell = book.cell(miss.cell);
  const deadline = book.instant(miss.deadline, both('納期', 'Deadline'), null);
  if (p === null || (before !== undefined && p - before < 0.01)) {
    draft.say(
      `この案は残業を見込んでいません。${cell}の全員が${allowed}残業しても、${deadline}の納期には間に合いません。`,
      `This plan counts on no overtime. Overtime of ${allowed} by everybody at ${cell} would not save its deadline at ${deadline}.`,
    );
    return;
  }
  const chance = book.percent(p, both('残業した場合の間に合う確率', 'P(on time) with overtime'), null);
  draft.say(
    `この案に加えて${cell}の全員が${allowed}残業すると、${deadline}に間に合う確率は${chance}になります。`,
    `With overtime of ${allowed} by everybody at ${cell} as well, the chance of making ${deadline} becomes ${chance}.`,
  );
}
/** The chance of one deadline in the first scenario; null: it is not told, so nothing changes. */
export function chanceOf(told: Comparison, cellId: string, deadline: number): number | null {
  const index = told.cells.findIndex((cell) => cell.cellId === cellId);
  return (
    told.scenarios[0]?.cells[index]?.deadlines.find((one) => Math.abs(one.original - deadline) < 60_000)
      ?.pOnTime ?? null
  );
}
