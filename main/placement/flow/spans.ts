import type { PlacementCell } from '../types.ts';
import { FLOW, STANDSTILL } from './config.ts';

export type Measured = PlacementCell['observed'];
/** A measured interval, or several joined; `before`: what waited when it began. */
export type Span = Measured[number] & { readonly from: number; readonly before: number };
const isStill = (span: Span): boolean =>
  span.planned > 0 &&
  Math.min(span.before, span.backlog) >= span.planned &&
  span.items < STANDSTILL.share * span.planned;

/**
 * The measured intervals; where a company books in batches (still stretches that one booking catches up with), one span per
 * batch. A last stretch without a booking is left out until it is clearly longer than the batches were.
 */
export function spansOf(observed: Measured): Span[] {
  const spans = observed.map(
    (interval, i): Span => ({
      ...interval,
      from: observed[i - 1]?.at ?? interval.at - 120_000,
      before: observed[i - 1]?.backlog ?? interval.backlog,
    }),
  );
  const merged: Span[] = [];
  let open: Span[] = [];
  let longest = 0;
  const join = (list: readonly Span[]): Span | undefined => {
    const first = list[0];
    const last = list.at(-1);
    if (!first || !last) return;
    const sum = (of: (span: Span) => number): number => list.reduce((total, span) => total + of(span), 0);
    return {
      ...last,
      from: first.from,
      before: first.before,
      items: sum((s) => s.items),
      planned: sum((s) => s.planned),
      personMinutes: sum((s) => s.personMinutes),
    };
  };
  for (const span of spans) {
    if (isStill(span)) {
      open.push(span);
      continue;
    }
    const planned = open.reduce((total, s) => total + s.planned, 0);
    // a booking that makes up for the stretch before it
    const catchesUp = open.length > 0 && span.items - span.planned > 0.5 * planned;
    if (catchesUp) {
      longest = Math.max(longest, planned);
      const whole = join([...open, span]);
      if (whole) merged.push(whole);
    } else merged.push(...open, span);
    open = [];
  }
  const planned = open.reduce((total, s) => total + s.planned, 0);
  return planned >= STANDSTILL.longer * longest ? [...merged, ...open] : merged;
}

/** Well filled before it: what was done is hardly ever cut off by the queue's end. */
export const isFull = ({ planned, before, joined }: Pick<Span, 'planned' | 'before' | 'joined'>): boolean =>
  planned > 0 && (joined === true || before >= 1.3 * planned);

/**
 * What was measured long before `now` (epoch ms) joined to longer intervals: those in which the queue was well filled, and, saying
 * nothing (planned 0), the others.
 */
export function joinOld(observed: Measured, now: number): Measured {
  const joined: Measured[number][] = [];
  let last = '';
  observed.forEach((interval, i) => {
    const isOld = interval.at <= now - FLOW.singleMinutes * 60_000;
    const before = observed[i - 1]?.backlog ?? interval.backlog;
    const full = interval.backlog > 0 && isFull({ planned: interval.planned, before });
    const key = isOld ? `${Math.floor(interval.at / (FLOW.joinedMinutes * 60_000))} ${full}` : '';
    const told = !isOld
      ? interval
      : full
        ? { ...interval, joined: true as const }
        : { ...interval, planned: 0 };
    const open = key && key === last ? joined.pop() : undefined;
    last = key;
    joined.push(
      open
        ? {
            ...told,
            items: open.items + told.items,
            personMinutes: open.personMinutes + told.personMinutes,
            planned: open.planned + told.planned,
          }
        : told,
    );
  });
  return joined;
}
