// A plan of the golden questions as a query of the measures, and whether what that answers is true.
import {
  type Answered,
  type Dimension,
  NOW,
  Query,
  type Window,
} from '../../../main/measures/contract/measures.ts';
import { daysOf, type Plan } from './question.ts';
import { type Stage, TODAY } from './stage.ts';
import { type Said, type Truth, truths } from './true-answers.ts';

const NAMES: Readonly<Record<string, Dimension>> = { site: 'location' };
const dimensionOf = (name: string): Dimension => NAMES[name] ?? (name as Dimension);
const minute = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

function spanDays(span: string | undefined, isTimed: boolean): Window['days'] {
  const [, name = '', sign = '0'] = /^([a-z]+)([+-]\d+)?d?$/.exec(span ?? '') ?? [];
  const n = Number(sign);
  if (span === undefined) return isTimed ? { kind: 'day', offset: 0 } : NOW.days;
  if (span === 'hour') return { kind: 'last-minutes', minutes: 60 };
  if (name === 'yesterday') return { kind: 'day', offset: -1 };
  if (name === 'tomorrow') return { kind: 'day', offset: 1 };
  if (name === 'day' || name === 'morning') return { kind: 'day', offset: n };
  if (name === 'weekday') return { kind: 'day', offset: 7 * n };
  if (name === 'week' || name === 'month') return { kind: name, offset: n };
  if (name === 'last') return { kind: 'last-days', days: -n };
  if (name === 'all') return { kind: 'all' };
  if (WEEKDAYS.includes(name)) return { kind: 'weekday', weekday: WEEKDAYS.indexOf(name), week: n };
  const [from, to] = daysOf(span, TODAY);
  return { kind: 'dates', from, to };
}
const windowOf = (window: Plan['window'], measure: string): Window => ({
  days: spanDays(window?.span, window?.at !== undefined || (window?.until ?? window?.from) !== undefined),
  from: window?.from && measure !== 'backlog' ? minute(window.from) : null,
  until: window?.until ? minute(window.until) : null,
  at: window?.at ? minute(window.at) : null,
});

const PERCENT = ['p-late', 'hit-rate'];
const IS: Readonly<Record<string, '<' | '<=' | '=' | '>=' | '>'>> = {
  '<': '<',
  '<=': '<=',
  '=': '=',
  '>=': '>=',
  '>': '>',
};
/** `by`: one of the alternatives of each; `measure` one of its alternatives. */
export function queryOf(plan: Plan, measure: string): Query {
  const many = Object.entries(plan.where ?? {}).flatMap(([d, values]) =>
    (values ?? []).length > 1 ? [d] : [],
  );
  const by = [
    ...(plan.by ?? []).map((alternatives) => alternatives[0] ?? ''),
    ...(plan.compare === 'items' ? many : []),
    ...(measure === 'skills' && plan.where?.person && plan.compare !== 'items' ? ['process'] : []),
  ];
  const filters = (values: Plan['where'], not: boolean) =>
    Object.entries(values ?? {}).map(([d, list]) => ({ dimension: dimensionOf(d), values: list ?? [], not }));
  return Query.parse({
    measures: [measure],
    where: [
      ...filters(plan.where, false),
      ...filters(plan.not, true),
      ...(measure === 'decisions' && plan.what ? [{ dimension: 'state', values: [plan.what] }] : []),
    ],
    by: by.map(dimensionOf),
    order: plan.order ? { first: plan.order === 'desc' ? 'most' : 'least' } : null,
    limit: plan.order && !plan.rank ? (plan.limit ?? 1) : null,
    rank: plan.rank ?? null,
    thresholds: (plan.threshold ?? []).map((t) => ({
      measure,
      is: IS[t.op],
      value: t.unit === 'percent' || PERCENT.includes(measure) ? t.value / 100 : t.value,
      of: t.unit === 'percent' ? 'change' : 'value',
    })),
    window: windowOf(plan.window, measure),
    compare:
      plan.compare === undefined || plan.compare === 'items'
        ? null
        : plan.compare === 'forecast' || plan.compare === 'plan'
          ? { kind: plan.compare }
          : { kind: 'window', window: { ...NOW, days: spanDays(plan.compare, true) } },
  });
}

/** The rows as the truth tells them. */
export function saidBy(answered: Answered, measure: string): Said[] {
  const scale = PERCENT.includes(measure) ? 100 : 1;
  const value = (n: unknown): number => (typeof n === 'number' ? n * scale : 0);
  const { query, table } = answered;
  return table.rows.map((row) => ({
    names: query.by.flatMap((d) => {
      if (d === 'cell') return [row['location'], row['business'], row['process']].map(String);
      if (d === 'hour') return [String(Number(row['hour:id']) / 60)];
      if (d === 'weekday') return [String(row['weekdayJa'])];
      return [String(row[d] ?? '')];
    }),
    value: value(query.by.length ? row[measure] : answered.totals[measure]),
    ...(query.compare && {
      other: value(query.by.length ? row[`${measure}:compared`] : answered.compared?.[measure]),
    }),
  }));
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= Math.max(0.06, 0.005 * Math.abs(b));
const sameNames = (a: Said, b: Said): boolean =>
  a.names.length === b.names.length &&
  a.names.every((n, i) => b.names[i] === n || (n.startsWith(b.names[i] ?? '-') && n !== ''));
const same = (a: Said, b: Said): boolean =>
  sameNames(a, b) && near(a.value, b.value) && (b.other === undefined || near(a.other ?? 0, b.other));
const told = (rows: readonly Said[]): string =>
  rows
    .slice(0, 8)
    .map(
      (r) =>
        `${r.names.join(' ')} ${r.value.toFixed(1)}${r.other === undefined ? '' : `/${r.other.toFixed(1)}`}`,
    )
    .join('; ');

/** null: true. Groups of nothing may be told or left out. */
export function differs(stage: Stage, plan: Plan, measure: string, answered: Answered): string | null {
  const known = truths(stage, measure, plan);
  if (!known) return null;
  const said = saidBy(answered, measure);
  const misses = (truth: Truth): boolean => {
    const wanted = truth.rows.filter((row) => row.value !== 0 || said.some((s) => sameNames(s, row)));
    return (
      wanted.some((row) => !said.some((s) => same(s, row))) ||
      said.some((s) => s.value !== 0 && !truth.rows.some((row) => same(s, row)))
    );
  };
  return known.every(misses)
    ? `says ${told(said)}\n      true ${known
        .slice(0, 2)
        .map((t) => told(t.rows))
        .join('\n        or ')}`
    : null;
}
