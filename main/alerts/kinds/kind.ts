import type { z } from 'zod';
import { formatCell, formatMoment } from '../../api/contract/format.ts';
import type { Lang } from '../../kernel/errors.ts';
import type { Alert } from '../contract/alerts.ts';
import type { AlertRecord, Judgement, Look } from '../types.ts';

/**
 * One kind of alert about a cell: a folder with its evidence, its judgement and its words. `judge` is pure: the same look gives
 * the same alerts. `words` gets an alert of this kind only.
 */
export type Kind = {
  readonly kind: Alert['kind'];
  /** what is kept of it in `AlertRecord.details`; null where it keeps nothing of its own */
  readonly details: z.ZodType | null;
  judge(look: Look): Judgement;
  words(alert: AlertRecord, o: WordOptions): Words;
};
/** `text` says what and why in a sentence or two; `points` are the cases behind it, one line each. */
export type Words = { readonly title: string; readonly text: string; readonly points?: readonly string[] };
export type WordOptions = { readonly now: number; readonly zone: string; readonly lang: Lang };

/** 札幌 SS エントリ1 */
export const placeOf = ({ cell }: AlertRecord): string => (cell ? formatCell(cell) : '');

/** Of the same local day only the time is said. */
export const timeText = (at: number, { now, zone, lang }: WordOptions): string =>
  formatMoment(at, zone, lang, now);
