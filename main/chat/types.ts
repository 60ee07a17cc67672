import type { Intent, IntentResult } from '../api/contract/chat.ts';
import type { Lang } from '../api/contract/common.ts';

/** Names as the company's database writes them; the only entities an answer may speak of. */
export type MasterData = {
  readonly locations: readonly string[];
  readonly businesses: readonly { readonly id: string; readonly name: string }[];
  readonly processes: readonly string[];
  readonly operators: readonly { readonly id: string; readonly name: string }[];
};

export type EntityKind = 'location' | 'process' | 'business' | 'operator';
/** A stretch [start, end) of the question, in UTF-16 units. */
export type Span = { readonly text: string; readonly start: number; readonly end: number };
/** An entity that was named. `value`: the master name; for business and operator the id. */
export type Mention = Span & {
  readonly kind: EntityKind;
  readonly value: string;
  /** 1 as written in the master data, 0.95 by an alias, 0.8 through a spelling mistake */
  readonly score: number;
};
/** One word that several entities answer to, e.g. エントリ for エントリ1 and エントリ2. */
export type Ambiguity = Span & { readonly kind: EntityKind; readonly candidates: readonly string[] };
/** A place or process people know that the company's master data does not hold, e.g. 名古屋. */
export type UnknownName = Span & { readonly kind: 'location' | 'process' };

export type NumberMention = Span & {
  readonly unit: 'people' | 'percent' | 'items' | 'hours' | 'minutes' | 'days' | 'times' | 'plain';
  readonly value: number;
  /** what happens to it: 3人減らす → less, 20%増 → more */
  readonly change: 'less' | 'more' | null;
};
/** A time of day in minutes from midnight; 25時 is 1500. */
export type TimeMention = Span & { readonly minute: number; readonly role: 'by' | 'from' | 'at' };
/** Days as they were said; `resolveDates` makes dates of them. */
export type DateMention = Span &
  (
    | { readonly kind: 'day'; readonly offset: number }
    | { readonly kind: 'weekday'; readonly weekday: number; readonly week: number | null }
    | { readonly kind: 'date'; readonly year: number | null; readonly month: number; readonly day: number }
    | { readonly kind: 'week' | 'month'; readonly offset: number }
    | { readonly kind: 'last-days' | 'next-days'; readonly days: number }
  );

/** Everything read out of one question. */
export type Understanding = {
  readonly result: IntentResult;
  /** the language it is asked in; null: it does not tell */
  readonly lang: Lang | null;
  /** all nine intents, likeliest first; sums to 1 */
  readonly scores: readonly { readonly intent: Intent; readonly p: number }[];
  /** in order of appearance, without overlaps; `result` holds the first of each kind */
  readonly mentions: readonly Mention[];
  readonly ambiguous: readonly Ambiguity[];
  readonly unknown: readonly UnknownName[];
  readonly numbers: readonly NumberMention[];
  readonly times: readonly TimeMention[];
  readonly dates: readonly DateMention[];
};
/** Reads a question; milliseconds, never fails. */
export type Understand = (text: string) => Understanding;
