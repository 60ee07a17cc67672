// What a measure of the catalogue is: what may be asked of it, what people call it, and the pieces it is counted from.

import type { Alert } from '../alerts/contract/alerts.ts';
import type { Situation } from '../analytics/contract/situation.ts';
import type { RiskReport } from '../analytics/index.ts';
import type { Incident } from '../anomalies/contract/anomalies.ts';
import type { Logs } from '../logs/index.ts';
import type { Outcomes } from '../placement/contract/placement.ts';
import type { TeamTime } from '../placement/index.ts';
import type { Reader } from '../store/index.ts';
import type { Dimension, Filter, MeasureInfo } from './contract/measures.ts';
import type { TimedParameter } from './durations.ts';
import type { Span } from './window.ts';

/** Lines counted: of one minute or hour, service, level and template. */
type LineCount = {
  readonly at: number;
  readonly service: string;
  readonly level: string | null;
  readonly template: number;
  readonly lines: number;
};
/** Doors of other rooms, passed in by the engine; reads only. */
export type Means = {
  readonly read: Reader;
  /** of the company's data: that of the newest snapshot */
  readonly situation: () => Situation;
  readonly risks: () => RiskReport | null;
  readonly teams: (at: number) => readonly TeamTime[];
  readonly alerts: () => readonly Alert[];
  readonly incidents: (o: { from?: number; to?: number }) => readonly Incident[];
  readonly outcomes: () => Outcomes['outcomes'];
  readonly logs: {
    minutes(o: { from: number; to: number; unit: 'minute' | 'hour' }): Iterable<LineCount>;
    scan: Logs['scan'];
    lines: Logs['lines'];
    counts: Logs['counts'];
    /** of these templates, where they hold lengths of time; none, where they do not */
    timedParameters(ids: readonly number[]): Promise<ReadonlyMap<number, readonly TimedParameter[]>>;
    /** when each service last wrote anything */
    newest(): ReadonlyMap<string, number>;
    services(): readonly string[];
    templateText(id: number): string;
    /** templates that a person marked as not worth counting */
    noise(): ReadonlySet<number>;
  };
};

/** A cell and its place in its line; `sequence` null: not known. */
export type Place = {
  readonly cellId: string;
  readonly location: string;
  readonly business: string;
  readonly process: string;
  readonly sequence: number | null;
};

/** What is asked of a measure. */
export type Scope = {
  readonly means: Means;
  readonly zone: string;
  /** what "now" is: the newest snapshot, or the clock for what does not come from the company's data */
  readonly now: number;
  readonly span: Span;
  /** names resolved to the values that pieces have */
  readonly where: readonly Filter[];
  /** what is split by; every dimension the measure has, where the rows behind are asked for */
  readonly by: ReadonlySet<Dimension>;
  /** every cell known, in order; those that the filters let through */
  readonly places: readonly Place[];
  readonly placesWanted: readonly Place[];
  /** somebody planned on several days counts on each, as those who came do */
  readonly perDay: boolean;
  /** levels a skill has to have, from thresholds on skills */
  readonly isSkilled: (level: number) => boolean;
};
/** Whether a dimension is split by or filtered by. */
export const names = (scope: Scope, ...dimensions: readonly Dimension[]): boolean =>
  dimensions.some((d) => scope.by.has(d) || scope.where.some((f) => f.dimension === d));
/** The values a dimension has to be one of; null: any. */
export function wanted(scope: Scope, dimension: Dimension): ReadonlySet<string> | null {
  const filters = scope.where.filter((f) => f.dimension === dimension && !f.not);
  return filters.length ? filters.map((f) => new Set(f.values)).reduce((a, b) => a.intersection(b)) : null;
}

/** One thing counted, with its values in the dimensions; several where it belongs to several. */
export type Piece = { readonly [D in Dimension]?: string | readonly string[] } & {
  /** null: cannot be told, and then nor can the whole it is part of (when the last of several ends) */
  readonly n: number | null;
  /** of a ratio: what `n` is divided by */
  readonly d?: number;
  /** so many alike it stands for, where not all were read */
  readonly times?: number;
  /** of whom or what it is: the same one counts once */
  readonly one?: string;
  /** when it was so; of the same `one` the latest stands */
  readonly at?: number;
  /** of a share: which of its sides it belongs to */
  readonly side?: number;
};
/** How pieces come together. `last`: the latest of each `one`, summed; `count`: different `one`s; `p50`, `p95`: what so many of 100 do not exceed. */
export type Fold =
  | 'sum'
  | 'count'
  | 'ratio'
  | 'max'
  | 'min'
  | 'last'
  | 'p50'
  | 'p95'
  /** the first side of what the others come to together, each side by a fold of its own */
  | { readonly sides: readonly Fold[] };

/** Tables of the copy whose days say how far back something is known. */
export type Source = 'snapshots' | 'attendance' | 'assignments' | 'records' | 'forecasts';

/** One row of the catalogue. */
export type Measure = {
  readonly info: MeasureInfo;
  readonly fold: Fold | ((scope: Scope) => Fold);
  /** `data`: of the company's copy; `clock`: of what this program keeps itself */
  readonly timedBy: 'data' | 'clock';
  /** nothing counted is 0 rather than not known */
  readonly zero: boolean;
  /** what it is counted from: without any of it in the window nothing is known */
  readonly source?: Source | ((scope: Scope) => Source);
  /** in all it counts by the line, not by the step: each item once */
  readonly byLine?: true;
  /** a time of today still to come can be asked about */
  readonly laterToday?: true;
  /** it is known by the day only: a time of day says nothing */
  readonly byDay?: true;
  /** without a window: the last so many days */
  readonly lookBack?: number;
  /** without a window: those that are open now */
  readonly openNow?: true;
  /** of a share: the measures it is made of */
  readonly sides?: readonly Measure[];
  /** the unit where it is another than `info.unit` */
  readonly unitIn?: (scope: Scope) => MeasureInfo['unit'];
  readonly pieces: (scope: Scope) => readonly Piece[] | Promise<readonly Piece[]>;
};

export const PLACE = ['location', 'business', 'process', 'cell'] as const satisfies readonly Dimension[];
export const DAYS = ['weekday', 'day'] as const satisfies readonly Dimension[];
export const HOURS = ['half-hour', 'hour'] as const satisfies readonly Dimension[];
export const TIMES = [...HOURS, ...DAYS] as const satisfies readonly Dimension[];

export const placed = (place: Place): Pick<Piece, 'location' | 'business' | 'process' | 'cell'> => ({
  location: place.location,
  business: place.business,
  process: place.process,
  cell: place.cellId,
});
export const foldOf = ({ fold }: Measure, scope: Scope): Fold =>
  typeof fold === 'function' ? fold(scope) : fold;
