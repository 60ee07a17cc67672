// Whether the reader's plan is the one a golden row asks for, without an answer: acts, fields and names, in the row's own spelling.
import type { Filter, Query, Window } from '../../../main/measures/contract/measures.ts';
import type { Plan as Read, Reading } from '../../../main/questions/contract/questions.ts';
import type { Names } from '../../../main/questions/index.ts';
import { type Outcome, type Plan, plain, daysOf as spanDays } from './question.ts';

export type Verdict = 'right' | 'asked' | 'said' | 'wrong';
type Asked = { readonly names: Names; readonly today: string };
const DIMENSION: Readonly<Record<string, string>> = {
  location: 'site',
  business: 'business',
  process: 'process',
  person: 'person',
  service: 'service',
  level: 'level',
  word: 'word',
};
const DAY = 86_400_000;
const shift = (date: string, n: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + n * DAY).toISOString().slice(0, 10);
const clock = (m: number): string =>
  `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`;

/** name a value of a filter is known by in the golden rows */
const told = ({ names }: Asked, f: Filter): string[] =>
  f.values
    .map((v) =>
      plain(
        f.dimension === 'person'
          ? (names.people.find((p) => p.id === v)?.name ?? v)
          : f.dimension === 'business'
            ? (names.businesses.find((b) => b.id === v)?.name ?? v)
            : v,
      ),
    )
    .sort();
const side = (asked: Asked, where: readonly Filter[], not: boolean): string =>
  where
    .filter((f) => f.not === not && DIMENSION[f.dimension])
    .map((f) => `${DIMENSION[f.dimension]}=${told(asked, f)}`)
    .sort()
    .join(' ');
const wanted = (values: Plan['where']): string =>
  Object.entries(values ?? {})
    .filter(([, v]) => v?.length)
    .map(([d, v]) => `${d}=${(v ?? []).map(plain).sort()}`)
    .sort()
    .join(' ');

function days(window: Window, { today }: Asked): readonly [string, string] {
  const d = window.days;
  switch (d.kind) {
    case 'now':
      return [today, today];
    case 'day':
      return [shift(today, d.offset), shift(today, d.offset)];
    case 'week':
      return spanDays(`week${d.offset > 0 ? '+' : ''}${d.offset || ''}`, today);
    case 'month':
      return spanDays(`month${d.offset > 0 ? '+' : ''}${d.offset || ''}`, today);
    case 'last-days':
      return [shift(today, 1 - d.days), today];
    case 'next-days':
      return [shift(today, 1), shift(today, d.days)];
    case 'dates':
      return [d.from, d.to];
    case 'weekday':
      return spanDays(
        `${['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'][d.weekday]}${d.week > 0 ? '+' : ''}${d.week || ''}`,
        today,
      );
    case 'all':
      return ['2000-01-01', today];
    default:
      return [today, today];
  }
}
function windowDiffers(asked: Asked, got: Window, want: Plan['window']): string | null {
  const { span, at, from, until } = want ?? {};
  if (span === 'hour')
    return got.days.kind === 'last-minutes' && got.days.minutes === 60 ? null : 'not the last hour';
  const [a, b] = [days(got, asked).join('..'), spanDays(span, asked.today).join('..')];
  if (a !== b) return `days ${a}, not ${b}`;
  const times = [got.at, got.from, got.until].map((m) => (m === null ? '-' : clock(m))).join(' ');
  const should = [at, from, until].map((t) => t ?? '-').join(' ');
  return times === should ? null : `times ${times}, not ${should}`;
}

const TIMED = new Set(['day', 'hour', 'weekday', 'half-hour']);
const BY: Readonly<Record<string, string>> = { location: 'site' };
function queryDiffers(asked: Asked, query: Query, want: Plan): string | null {
  const measures = want.measures ?? [];
  const lacking = measures.find((m) => !query.measures.some((id) => m.includes(id)));
  if (lacking) return `measures ${query.measures}, not ${lacking}`;
  const stray = query.measures.find((id) => !measures.some((m) => m.includes(id)));
  if (stray) return `${stray} was not asked for`;
  if (side(asked, query.where, false) !== wanted(want.where))
    return `where ${side(asked, query.where, false)}, not ${wanted(want.where)}`;
  if (side(asked, query.where, true) !== wanted(want.not))
    return `not ${side(asked, query.where, true)}, not ${wanted(want.not)}`;
  const by = query.by.map((d) => BY[d] ?? d);
  if (want.trend && !query.by.some((d) => TIMED.has(d))) return 'no trend';
  const items = want.compare === 'items';
  const missing = (want.by ?? []).find((alternatives) => !by.some((d) => alternatives.includes(d)));
  if (missing) return `by ${by}, not ${missing}`;
  const more = by.find(
    (d) =>
      !(want.by ?? []).some((alternatives) => alternatives.includes(d)) &&
      !(want.trend && TIMED.has(d)) &&
      !(items && want.where?.[d as 'site'] !== undefined) &&
      !(d === 'person' && !want.order),
  );
  if (more) return `by ${more} too`;
  if (items && !by.some((d) => (want.where?.[d as 'site']?.length ?? 0) > 1))
    return `does not compare items: by ${by}`;
  const first = query.order?.first;
  if (want.order && first !== (want.order === 'desc' ? 'most' : 'least'))
    return `order ${first}, not ${want.order}`;
  if (!want.order && query.order && !items && query.limit !== null) return `order ${first}`;
  if (
    want.rank !== undefined
      ? query.rank !== want.rank
      : want.order && query.rank === null && query.limit !== (want.limit ?? 1)
  )
    return `limit ${query.limit}`;
  const limits = (list: readonly { op: string; value: number; unit?: string | undefined }[]): string =>
    list
      .map((t) => `${t.op}${t.value}`)
      .sort()
      .join(' ');
  const got = query.thresholds.map((t) => ({
    op: t.is,
    value:
      ['p-late', 'hit-rate'].includes(t.measure) || t.of === 'change'
        ? Math.round(t.value * 1000) / 10
        : t.value,
  }));
  if (limits(got) !== limits(want.threshold ?? []))
    return `thresholds ${limits(got)}, not ${limits(want.threshold ?? [])}`;
  const compare = query.compare;
  if (want.compare === undefined || items ? compare !== null : compare === null)
    return `compare ${JSON.stringify(compare)}, not ${want.compare}`;
  if (want.compare && !items && compare) {
    if (
      want.compare === 'forecast' || want.compare === 'plan'
        ? compare.kind !== want.compare
        : compare.kind !== 'window'
    )
      return `compare ${compare.kind}`;
    if (
      compare.kind === 'window' &&
      days(compare.window, asked).join() !== spanDays(want.compare, asked.today).join()
    )
      return `compares with ${days(compare.window, asked)}`;
  }
  // a trend over no days in particular may be over any
  return want.trend && !want.window ? null : windowDiffers(asked, query.window, want.window);
}

function limitsDiffer(
  asked: Asked,
  plan: Extract<Read, { act: 'propose' | 'tomorrow' }>,
  want: Plan,
): string | null {
  const { limits } = plan;
  const person = (id: string): string => plain(asked.names.people.find((p) => p.id === id)?.name ?? id);
  const told = {
    people: limits.people,
    exactly: limits.exactly,
    overtime: limits.overtimeMinutes,
    near: limits.nearby,
    keep: limits.keepSkillFrom !== null ? 'veteran' : limits.keepNovices ? 'novice' : null,
    not: limits.keep.map(person).sort().join(),
    from: limits.from.slice().sort().join(),
    notFrom: limits.notFrom.slice().sort().join(),
    skill: limits.leastSkill,
    until: plan.act === 'propose' && limits.until !== null ? clock(limits.until) : null,
  };
  const caps = want.caps ?? {};
  const should = {
    people: caps.people ?? caps.exactly ?? null,
    exactly: told.exactly && told.people !== null,
    overtime: caps.overtime ?? null,
    near: caps.near ?? false,
    keep: caps.keep ?? null,
    not: (want.not?.person ?? []).map(plain).sort().join(),
    from: (want.source?.site ?? []).slice().sort().join(),
    notFrom: [...(want.notSource?.site ?? []), ...(want.not?.site ?? [])].sort().join(),
    skill: want.threshold?.[0]?.value ?? null,
    until: plan.act === 'propose' ? (want.window?.until ?? null) : null,
  };
  const differing = (Object.keys(told) as (keyof typeof told)[]).find((k) => told[k] !== should[k]);
  return differing ? `${differing} ${told[differing]}, not ${should[differing]}` : null;
}

/** null: the plan is what the row asks for */
export function planDiffers(asked: Asked, plan: Read, want: Plan): string | null {
  const acts = want.act;
  const where = (filters: readonly Filter[]): string | null =>
    side(asked, filters, false) === wanted(want.where)
      ? null
      : `where ${side(asked, filters, false)}, not ${wanted(want.where)}`;
  switch (plan.act) {
    case 'measure':
      if (acts.includes('situation')) return null;
      if (acts.includes('decisions') || acts.includes('logs') || acts.includes('measure'))
        return queryDiffers(asked, plan.query, want);
      return `measure ${plan.query.measures}, not ${acts}`;
    case 'logs': {
      if (
        !acts.includes('logs') &&
        !(
          acts.includes('measure') &&
          want.measures?.flat().some((m) => ['log-lines', 'errors', 'last-line', 'incidents'].includes(m))
        )
      )
        return `logs, not ${acts}`;
      const { word, ...rest } = want.where ?? {};
      const scope =
        side(asked, plan.where, false) === wanted(rest)
          ? null
          : `where ${side(asked, plan.where, false)}, not ${wanted(rest)}`;
      return (
        scope ??
        (plan.words.map(plain).sort().join() === (word ?? []).map(plain).sort().join()
          ? null
          : `words ${plan.words}, not ${word}`) ??
        windowDiffers(asked, plan.window, want.window)
      );
    }
    case 'decisions':
      if (
        !acts.includes('decisions') &&
        !want.measures?.flat().some((m) => ['decisions', 'hit-rate'].includes(m))
      )
        return `decisions, not ${acts}`;
      if (want.what && { approved: 'approve', rejected: 'reject', open: '' }[want.what] !== plan.action)
        return `action ${plan.action}, not ${want.what}`;
      return windowDiffers(asked, plan.window, want.window);
    case 'why':
      return acts.includes('why') ? where(plan.where) : `why, not ${acts}`;
    case 'improve':
      return acts.includes('improve') ? where(plan.where) : `improve, not ${acts}`;
    case 'propose':
      if (!acts.includes('propose')) return `propose, not ${acts}`;
      return where(plan.where) ?? limitsDiffer(asked, plan, want);
    case 'tomorrow':
      if (!acts.includes('tomorrow')) return `tomorrow, not ${acts}`;
      return where(plan.where) ?? limitsDiffer(asked, plan, want);
    case 'what-if': {
      if (!acts.includes('what-if')) return `what-if, not ${acts}`;
      const [first] = plan.suppose;
      const { what, amount, unit } = want.change ?? {};
      const whereIs =
        first?.what === 'absence'
          ? `person=${first.people.map((id) => plain(asked.names.people.find((p) => p.id === id)?.name ?? id))}`
          : side(asked, plan.where, false);
      if (whereIs !== wanted(want.where)) return `where ${whereIs}, not ${wanted(want.where)}`;
      const got = !first
        ? ''
        : first.what === 'absence'
          ? 'person -1'
          : first.what === 'nothing'
            ? 'none '
            : 'amount' in first
              ? `${first.what} ${first.share ? `${Math.round(first.amount * 100)}%` : first.amount}`
              : first.what === 'deadline' || first.what === 'overtime'
                ? `${first.what} ${first.minutes}`
                : first.what === 'move' && first.count !== null
                  ? `move ${first.count}`
                  : first.what === 'speed'
                    ? `speed ${Math.round(first.share * 100)}%`
                    : first.what === 'outage' && amount !== undefined
                      ? `outage ${first.minutes}`
                      : `${first.what} `;
      const should = `${what} ${amount ?? ''}${unit ? '%' : ''}`;
      return got === should ? null : `supposes ${got}, not ${should}`;
    }
    case 'about-card': {
      if (!acts.includes('about-card')) return `about the card (${plan.ask.kind}), not ${acts}`;
      const topics: Readonly<Record<string, readonly string[]>> = {
        why: ['why-person'],
        change: ['without', 'at-most', 'other'],
      };
      const fits = (topics[plan.ask.kind] ?? [plan.ask.kind]).some((t) => want.topic?.includes(t));
      if (!fits) return `card ${plan.ask.kind}, not ${want.topic}`;
      if (plan.ask.kind === 'why' && want.where?.person)
        return plan.ask.people.length === want.where.person.length ? null : `why ${plan.ask.people}`;
      return plan.ask.kind === 'change'
        ? limitsDiffer(asked, { act: 'propose', where: [], limits: plan.ask.limits }, { ...want, where: {} })
        : null;
    }
    case 'how-to':
      return acts.includes('how-to') ? null : `how-to, not ${acts}`;
    case 'help':
      return acts.includes('help') ? null : `help, not ${acts}`;
    case 'small-talk':
      return acts.includes('thanks') || acts.includes('help') ? null : `small talk, not ${acts}`;
    case 'out-of-scope':
      return acts.includes('out-of-scope') ? null : `out of scope, not ${acts}`;
  }
}

/** What a reading comes to by the row's acceptable outcomes. */
export function judgeReading(
  asked: Asked,
  reading: Reading,
  accept: readonly Outcome[],
): { verdict: Verdict; why: string } {
  const lost = reading.account.filter((s) => s.state === 'not-understood').map((s) => s.text);
  const failures: string[] = [];
  for (const outcome of accept) {
    if (outcome.asks) {
      const choices = reading.asks.flatMap((a) => a.choices.map((c) => plain(c.label)));
      if (reading.asks.length > 0 && outcome.asks.every((c) => choices.includes(plain(c))))
        return { verdict: 'right', why: '' };
      failures.push('does not ask back');
      continue;
    }
    if (outcome.unknown !== undefined) {
      const word = plain(outcome.unknown);
      if (lost.some((l) => plain(l).includes(word) || word.includes(plain(l))))
        return { verdict: 'right', why: '' };
      failures.push(`${outcome.unknown} not said`);
      continue;
    }
    const plans = outcome.plans ?? [];
    const failure =
      plans.length > reading.plans.length
        ? `${reading.plans.length} plans, not ${plans.length}`
        : plans
            .map((want, i) => (reading.plans[i] ? planDiffers(asked, reading.plans[i], want) : 'no plan'))
            .find((f) => f !== null);
    if (failure === undefined && reading.plans.length > plans.length) failures.push('a plan too many');
    else if (failure === undefined && reading.asks.length > 0) failures.push('asks back');
    else if (failure === undefined && lost.length > 0) failures.push('understood but for words');
    else if (failure === undefined) return { verdict: 'right', why: '' };
    else failures.push(failure ?? '');
  }
  const why = failures.join('; ') + (lost.length ? `  lost ${lost.join(' | ')}` : '');
  if (reading.asks.length > 0) return { verdict: 'asked', why };
  return { verdict: lost.length > 0 ? 'said' : 'wrong', why };
}
