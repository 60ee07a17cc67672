import type { HoleSketchRow } from '../pipeline-types.ts';
import type { Scanner } from '../scan-tokens.ts';
import type { HoleType, Part } from '../types.ts';
import { holesOf } from './align-holes.ts';
import { copied } from './entry.ts';
import { HoleLayouts } from './hole-layouts.ts';
import { readQuantity } from './read-quantity.ts';
import { ValueCounter } from './value-counter.ts';
import { spread, ValueSketch } from './value-sketch.ts';

/** The row that counts a template's records; the others are about one place among its parts. */
export const RECORDS = -1;

/** All of a template's first records are looked at, then a share of them for its holes of many values: 1 / 2^n from so many records on. */
const ALL_UP_TO = 256;
const SHARES: readonly (readonly [from: number, bits: number])[] = [
  [ALL_UP_TO, 4],
  [8192, 6],
  [65_536, 8],
  [524_288, 10],
];
const MAX_VALUE_CHARS = 200;
/** A sketch is handed over while its template is new, then when it has so many new values, or has waited for so many calls. */
const ENOUGH_VALUES = 512;
const LONG_WAIT = 100;
/** At most so many in one call, so that a commit stays short; and so many are held. */
const PER_TAKE = 48;
const MAX_HELD = 8192;

type Lines = { readonly partsOf: (template: number) => readonly Part[]; readonly scanned: Scanner };
type Place = { readonly place: number; readonly type: HoleType };
type Held = { readonly state: State; readonly at: Place; readonly hole: HoleState };
type HoleState = { readonly sketch: ValueSketch; since: number; readonly isNew: boolean };
type State = {
  readonly id: number;
  /** 1 / 2^bits of the records are looked at; `step` of SHARES comes next */
  bits: number;
  step: number;
  places: readonly Place[];
  parts: readonly Part[];
  /** records since the start, and since the last call */
  records: number;
  fresh: number;
  /** fresh records counted for `places` already, when those changed in between */
  readonly settled: Map<number, number>;
  counted: number;
  readonly holes: Map<number, HoleState>;
  /** places of which a sketch has been begun before */
  readonly known: Set<number>;
  /** by place: holes of few values, all of which are counted; null: of too many */
  readonly counters: Map<number, ValueCounter | null>;
  /** the holes that are counted, by their order among the holes */
  open: readonly (Place & { readonly order: number })[];
  layouts: HoleLayouts;
};

/**
 * What stands in the holes, noted while lines come in. Counts of records are exact, and so are those of values while a hole has few of
 * them; the values of others are looked at for a share of the lines chosen by their number, so the same lines always give the same
 * sketches.
 */
export class HoleSketches {
  private readonly miner: Lines;
  private readonly states: State[] = [];
  private touched: State[] = [];
  private readonly held = new Set<Held>();
  private takes = 0;

  constructor(miner: Lines) {
    this.miner = miner;
  }

  /** One record under the template it was put under. `content`: what the miner was given of the text, where that is known. */
  note(template: number, text: string, content?: string): void {
    const state = this.states[template] ?? this.enter(template);
    const parts = this.miner.partsOf(template);
    if (parts !== state.parts) this.refresh(state, parts);
    const n = state.records++;
    if (state.fresh++ === 0) this.touched.push(state);
    if (n === SHARES[state.step]?.[0]) state.bits = SHARES[state.step++]?.[1] ?? 0;
    const { bits } = state;
    const isCounted = state.open.length > 0 && content !== undefined && this.count(state, content);
    if (bits === 0 || spread(n) >>> (32 - bits) === 0)
      this.look(state, text, content, { weight: 2 ** bits, isCounted });
  }

  /** What is new since the last call: counts of all templates met, and some sketches. `all`: every sketch (before stopping). */
  take(all = false): HoleSketchRow[] {
    this.takes++;
    const rows = new Map<string, HoleSketchRow>();
    const add = (templateId: number, hole: number, seen: number, sketch: string | null): void => {
      const key = `${templateId} ${hole}`;
      const own = rows.get(key);
      rows.set(key, {
        templateId,
        hole,
        seen: (own?.seen ?? 0) + seen,
        sketch: sketch ?? own?.sketch ?? null,
      });
    };
    for (const state of this.touched) {
      this.settle(state);
      add(state.id, RECORDS, state.fresh, null);
      for (const [place, seen] of state.settled) add(state.id, place, seen, null);
      state.settled.clear();
      state.fresh = state.counted = 0;
    }
    this.touched = [];
    let given = 0;
    for (const item of this.held) {
      const { state, at, hole } = item;
      const { place } = at;
      const counter = state.counters.get(place);
      const isDue =
        hole.isNew ||
        state.records <= ALL_UP_TO ||
        hole.sketch.size + (counter?.fresh ?? 0) >= ENOUGH_VALUES ||
        this.takes - hole.since >= LONG_WAIT ||
        this.held.size > MAX_HELD;
      if (!all && (given >= PER_TAKE || !isDue)) continue;
      given++;
      if (counter) settleValues(hole.sketch, counter, at);
      add(state.id, place, 0, JSON.stringify({ of: state.parts.length, ...hole.sketch.toJSON() }));
      this.held.delete(item);
      state.holes.delete(place);
    }
    return [...rows.values()];
  }

  /** What was noted of their values and not yet taken counts no more. */
  forget(templates: readonly number[]): void {
    for (const template of templates) {
      const state = this.states[template];
      if (state) this.drop(state);
    }
  }

  private enter(template: number): State {
    const state: State = {
      id: template,
      bits: 0,
      step: 0,
      places: [],
      parts: [],
      records: 0,
      fresh: 0,
      settled: new Map(),
      counted: 0,
      holes: new Map(),
      known: new Set(),
      counters: new Map(),
      open: [],
      layouts: new HoleLayouts(),
    };
    this.states[template] = state;
    return state;
  }
  /** The template is wider now: records so far had the places so far. */
  private refresh(state: State, parts: readonly Part[]): void {
    this.settle(state);
    if (parts.length !== state.parts.length) this.drop(state);
    state.parts = parts;
    state.places = parts.flatMap((p, place) => (p.kind === 'hole' ? [{ place, type: p.type }] : []));
    for (const { place } of state.places)
      if (!state.counters.has(place)) state.counters.set(place, new ValueCounter());
    state.layouts = new HoleLayouts();
    state.open = counted(state);
  }
  /** Places are other places now. */
  private drop(state: State): void {
    for (const item of this.held) if (item.state === state) this.held.delete(item);
    state.holes.clear();
    state.known.clear();
    state.counters.clear();
    state.parts = [];
  }
  private settle(state: State): void {
    const since = state.fresh - state.counted;
    if (since === 0) return;
    for (const { place } of state.places) state.settled.set(place, (state.settled.get(place) ?? 0) + since);
    state.counted = state.fresh;
  }
  /** Counts the values of the holes that have few, where the line is the one the miner scanned last. False: it is not known how it lies. */
  private count(state: State, content: string): boolean {
    const { scanned } = this.miner;
    if (scanned.text !== content) return false;
    const layout = state.layouts.of(scanned, () => holesOf(state.parts, content, content));
    if (!layout) return false;
    const { start, end } = scanned;
    for (const at of state.open)
      this.countOne(
        state,
        at,
        content,
        start[layout.first[at.order] ?? 0] ?? 0,
        end[layout.last[at.order] ?? 0] ?? 0,
      );
    return true;
  }
  private countOne(state: State, at: Place, text: string, start: number, end: number): void {
    const counter = state.counters.get(at.place);
    if (!counter) return;
    const hole = this.hole(state, at);
    if (counter.count(text, start, Math.min(end, start + MAX_VALUE_CHARS), copied)) return;
    settleValues(hole.sketch, counter, at);
    state.counters.set(at.place, null);
    state.open = counted(state);
    if (state.open.length === 0) state.layouts = new HoleLayouts();
  }
  private look(
    state: State,
    text: string,
    content: string | undefined,
    { weight, isCounted }: { readonly weight: number; readonly isCounted: boolean },
  ): void {
    const { counters, places } = state;
    if (!places.length || (isCounted && state.open.length === places.length)) return;
    const spans = holesOf(state.parts, text, content);
    for (const [i, at] of places.entries()) {
      const [start = 0, end = 0] = spans[i] ?? [];
      if (end === 0 || (isCounted && counters.get(at.place))) continue;
      if (weight === 1) this.countOne(state, at, text, start, end);
      if (weight === 1 && counters.get(at.place)) continue;
      const value = text.slice(start, Math.min(end, start + MAX_VALUE_CHARS));
      this.hole(state, at).sketch.add(value, readQuantity(value, at.type === 'duration'), weight, copied);
    }
  }
  private hole(state: State, at: Place): HoleState {
    const known = state.holes.get(at.place);
    if (known) return known;
    const hole = { sketch: new ValueSketch(), since: this.takes, isNew: !state.known.has(at.place) };
    state.known.add(at.place);
    state.holes.set(at.place, hole);
    this.held.add({ state, at, hole });
    return hole;
  }
}

const counted = ({ places, counters }: State): State['open'] =>
  places.flatMap((at, order) => (counters.get(at.place) ? [{ ...at, order }] : []));
/** What was counted since the last time. */
function settleValues(sketch: ValueSketch, counter: ValueCounter, { type }: Place): void {
  for (const { value, times } of counter.take())
    sketch.addMany(value, times, readQuantity(value, type === 'duration'));
}
