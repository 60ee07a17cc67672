import type { Reading } from './contract/questions.ts';

/** The company's names, as its master data writes them. */
export type Names = {
  readonly sites: readonly string[];
  readonly businesses: readonly { readonly id: string; readonly name: string }[];
  readonly processes: readonly string[];
  readonly people: readonly { readonly id: string; readonly name: string; readonly site: string | null }[];
  readonly services: readonly string[];
};

/** A proposal that the conversation is about, newest first. */
export type ProposalRef = { readonly id: string; readonly people: readonly string[] };

export type ReadContext = {
  readonly lang: 'ja' | 'en';
  readonly names: Names;
  readonly previous: Reading | null;
  readonly proposals: readonly ProposalRef[];
  /** the place of the alert that the question is asked from */
  readonly alert: { readonly location: string; readonly businessId: string; readonly process: string } | null;
  /** local date `YYYY-MM-DD` and minute of the day of the data */
  readonly today: string;
  readonly minute: number;
  readonly at: number;
};
export type Reader = { read(text: string, context: ReadContext): Reading };

/** A span [from, to) of the question, in UTF-16 units. */
export type Stretch = { readonly from: number; readonly to: number };

export type Place = 'location' | 'business' | 'process' | 'person' | 'service' | 'level';
/** A name that was found; several values: one word that several answer to. None: known to people, not here. */
export type NameSpan = Stretch & {
  readonly place: Place;
  readonly values: readonly string[];
  /** the values are all meant (エントリ: 1 and 2) unless one is asked for */
  readonly stem: boolean;
  readonly nearest: readonly string[];
};
