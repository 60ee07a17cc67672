import type { Dimension, MeasureInfo } from '../api/contract/measures.ts';
import type { BothWords } from './types.ts';

/** One file of the catalogue. */
export type Measure = { readonly info: MeasureInfo; readonly words: BothWords };

export const PLACE = ['location', 'business', 'process', 'cell'] as const satisfies readonly Dimension[];
export const DAYS = ['weekday', 'day'] as const satisfies readonly Dimension[];
export const TIMES = ['half-hour', 'hour', ...DAYS] as const satisfies readonly Dimension[];
