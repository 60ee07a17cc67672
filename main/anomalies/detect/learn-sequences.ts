import { z } from 'zod';
import { SEQUENCE } from '../config.ts';

/** One template in a session; `origin`: who wrote the line (a service), '' when not known. */
export type SessionEvent = { readonly template: number; readonly origin: string };
/** How a session left the usual course. `share`: of the sessions learned from that did the same. */
export const Deviation = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rare'), template: z.number(), share: z.number() }),
  z.object({
    kind: z.literal('count'),
    template: z.number(),
    observed: z.number(),
    usual: z.number(),
    share: z.number(),
  }),
  z.object({ kind: z.literal('order'), template: z.number(), after: z.number(), share: z.number() }),
]);
export type Deviation = z.infer<typeof Deviation>;

export const SavedSequences = z.object({
  sessions: z.number(),
  /** template → [sessions with it, its origin, how often it occurs → sessions] */
  templates: z.array(
    z.tuple([z.number(), z.number(), z.string(), z.array(z.tuple([z.number(), z.number()]))]),
  ),
  /** a, b (a < b) → sessions with both, sessions in which the first a comes before the first b */
  orders: z.array(z.tuple([z.number(), z.number(), z.number(), z.number()])),
});
export type SavedSequences = z.infer<typeof SavedSequences>;

type Known = { sessions: number; origin: string; counts: Map<number, number> };
/** `steady`: template → times nearly every session has it. `shuffled`: lines of one writer come in either order. */
type Course = {
  readonly sessions: number;
  readonly steady: ReadonlyMap<number, number>;
  readonly shuffled: boolean;
};
/** Counts beyond it are one. */
const MANY = 30;

/**
 * The usual course of sessions, learned from all sessions as they come, without labels: how often each template occurs in one
 * (nearly always three times, or as it pleases), which are rare, and what comes before what. A rule holds as long as only few
 * sessions break it, so that the broken ones among those learned from do no harm (invariants as Lou et al., USENIX ATC 2010, but
 * counted, not solved for; order as the relations of Beschastnikh et al., ESEC/FSE 2011). Order counts only between lines of the
 * same writer: two writers' clocks and buffers are not in step. In a log where lines of one writer come in either order anyway, so
 * are those of its threads: there, two that only changed places with their neighbour are not out of order.
 */
export class SequenceModel {
  private sessions = 0;
  private readonly templates = new Map<number, Known>();
  private readonly orders = new Map<string, { a: number; b: number; both: number; first: number }>();
  private readonly ordered = new Set<number>();
  private course: Course | null = null;

  constructor(saved?: SavedSequences) {
    if (!saved) return;
    this.sessions = saved.sessions;
    for (const [id, sessions, origin, counts] of saved.templates) {
      this.templates.set(id, { sessions, origin, counts: new Map(counts) });
    }
    for (const [a, b, both, first] of saved.orders) {
      this.orders.set(`${a} ${b}`, { a, b, both, first });
      this.ordered.add(a).add(b);
    }
  }
  save(): SavedSequences {
    return {
      sessions: this.sessions,
      templates: [...this.templates].map(([id, t]) => [id, t.sessions, t.origin, [...t.counts]]),
      orders: [...this.orders.values()].map((o) => [o.a, o.b, o.both, o.first]),
    };
  }

  learn(events: readonly SessionEvent[]): void {
    this.sessions++;
    const { counts, firsts } = summed(events);
    for (const [id, { count, origin }] of counts) {
      const known = this.templates.get(id) ?? { sessions: 0, origin, counts: new Map<number, number>() };
      this.templates.set(id, known);
      known.sessions++;
      known.counts.set(count, (known.counts.get(count) ?? 0) + 1);
      if (known.sessions >= 20 && this.ordered.size < SEQUENCE.ordered) this.ordered.add(id);
    }
    const here = [...firsts].filter(([id]) => this.ordered.has(id)).sort(([a], [b]) => a - b);
    here.forEach(([a, at], i) => {
      for (const [b, other] of here.slice(i + 1)) {
        if (this.templates.get(a)?.origin !== this.templates.get(b)?.origin) continue;
        const key = `${a} ${b}`;
        const order = this.orders.get(key) ?? { a, b, both: 0, first: 0 };
        this.orders.set(key, order);
        order.both++;
        if (at < other) order.first++;
      }
    });
    if (this.sessions >= SEQUENCE.most) this.halve();
  }

  /** How a whole session left the usual course; empty when it did not, and while too little is known. */
  judge(events: readonly SessionEvent[]): Deviation[] {
    if (!this.hasCourse()) return [];
    const { counts, firsts } = summed(events);
    const found: Deviation[] = [];
    for (const id of counts.keys()) {
      const share = (this.templates.get(id)?.sessions ?? 0) / this.sessions;
      if (share <= SEQUENCE.deviating) found.push({ kind: 'rare', template: id, share });
    }
    const { steady, shuffled } = this.usual();
    for (const [id, usual] of steady) {
      const observed = counts.get(id)?.count ?? 0;
      if (observed === usual) continue;
      found.push({ kind: 'count', template: id, observed, usual, share: this.shareOf(id, observed) });
    }
    for (const { a, b, both, first } of this.orders.values()) {
      const [at, other] = [firsts.get(a), firsts.get(b)];
      if (both < SEQUENCE.orderSessions || at === undefined || other === undefined) continue;
      const same = at < other ? first : both - first;
      if (same > SEQUENCE.orderDeviating * both) continue;
      if (shuffled && !somethingBetween(events, at, other)) continue;
      found.push({
        kind: 'order',
        template: at < other ? a : b,
        after: at < other ? b : a,
        share: same / both,
      });
    }
    return found;
  }
  /** Enough sessions, and a course at all: at least two templates that nearly every session has the same number of times. */
  hasCourse(): boolean {
    return this.sessions >= SEQUENCE.learn && this.usual().steady.size >= 2;
  }
  /** Who writes lines of a template; '' when not known. */
  writerOf(template: number): string {
    return this.templates.get(template)?.origin ?? '';
  }
  learned(): number {
    return this.sessions;
  }

  private usual(): Course {
    if (this.course?.sessions === this.sessions) return this.course;
    const steady = new Map<number, number>();
    const least = (1 - SEQUENCE.deviating) * this.sessions;
    for (const [id, { sessions, counts }] of this.templates) {
      if (sessions < least) continue;
      for (const [count, times] of counts) if (times >= least && count < MANY) steady.set(id, count);
    }
    const shuffled = [...this.orders.values()].some(
      ({ both, first }) =>
        both >= SEQUENCE.orderSessions && Math.min(first, both - first) > SEQUENCE.orderDeviating * both,
    );
    this.course = { sessions: this.sessions, steady, shuffled };
    return this.course;
  }
  private shareOf(id: number, count: number): number {
    const known = this.templates.get(id);
    const times = count === 0 ? this.sessions - (known?.sessions ?? 0) : (known?.counts.get(count) ?? 0);
    return times / this.sessions;
  }
  private halve(): void {
    this.sessions = Math.floor(this.sessions / 2);
    for (const [id, known] of this.templates) {
      known.sessions = Math.floor(known.sessions / 2);
      for (const [count, times] of known.counts) known.counts.set(count, Math.floor(times / 2));
      if (known.sessions === 0) this.templates.delete(id);
    }
    for (const order of this.orders.values()) {
      order.both = Math.floor(order.both / 2);
      order.first = Math.floor(order.first / 2);
    }
  }
}

/** Whether a line of a third template stands between these two. */
function somethingBetween(events: readonly SessionEvent[], at: number, other: number): boolean {
  const ends = [events[at]?.template, events[other]?.template];
  return events.slice(Math.min(at, other), Math.max(at, other)).some((e) => !ends.includes(e.template));
}

function summed(events: readonly SessionEvent[]): {
  counts: Map<number, { count: number; origin: string }>;
  firsts: Map<number, number>;
} {
  const counts = new Map<number, { count: number; origin: string }>();
  const firsts = new Map<number, number>();
  events.forEach(({ template, origin }, i) => {
    const known = counts.get(template);
    if (known) known.count = Math.min(MANY, known.count + 1);
    else {
      counts.set(template, { count: 1, origin });
      firsts.set(template, i);
    }
  });
  return { counts, firsts };
}
