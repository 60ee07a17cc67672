import type { MeasureInfo } from '../measures/contract/measures.ts';
import spoken from './grammar/measures.json' with { type: 'json' };

/** What a measure is called, `|` between; weak words yield to another measure's own. Verbs in Japanese as stem/class. */
type Called = {
  readonly strong: string;
  readonly weak: string;
  readonly verbs: string;
  readonly weakVerbs: string;
  /** of a chance: words for the good end of it */
  readonly positive: string;
};
type Said = {
  readonly absorbs?: readonly string[];
  readonly as?: readonly string[];
  readonly weakly?: string;
  readonly ja: Partial<Called>;
  readonly en: Partial<Called>;
};
/** A measure as it is spoken of (grammar/measures.json). */
export type Spoken = MeasureInfo & {
  /** measures whose words are then only a way of speaking of this one: 納期に間に合う is no question about the deadline */
  readonly absorbs: readonly string[];
  /** what it is: `people` counts or is of people, `due` is of a deadline, `timed` has a time of day, `occurs` is of things that happen or are written down */
  readonly as: ReadonlySet<string>;
  /** where its weak words alone ask for it */
  readonly weakly: string;
  readonly ja: Partial<Called>;
  readonly en: Partial<Called>;
};

/** In the order in which a measure that is only hinted at is taken for asked. */
export const spokenOf = (measures: readonly MeasureInfo[]): readonly Spoken[] =>
  Object.entries<Said>(spoken).flatMap(([id, { absorbs = [], as = [], weakly = '', ja, en }]) => {
    const info = measures.find((m) => m.id === id);
    return info ? [{ ...info, absorbs, as: new Set(as), weakly, ja, en }] : [];
  });
