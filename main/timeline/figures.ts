import type { Bilingual, Cell, Lang } from '../api/contract/common.ts';
import { formatMinutes, formatNumber, formatPercent, formatTime } from '../api/contract/format.ts';
import { wordsOf } from '../kernel/words.ts';
import type { VerdictEvidence } from './contract/timeline.ts';
import words from './words.json' with { type: 'json' };

type Figure = VerdictEvidence['figures'][number];
export const say = wordsOf(words.verdict);
const both = (write: (lang: Lang) => string): Bilingual => ({ ja: write('ja'), en: write('en') });

const numbers = (value: number, digits = 0): Bilingual => both((lang) => formatNumber(value, lang, digits));

/** Figures of one sentence: each is written where it is used and kept as it was written. */
export class Figures {
  readonly list: Figure[] = [];
  private readonly zone: string;
  constructor(zone: string) {
    this.zone = zone;
  }
  private keep(value: number, text: Bilingual): Bilingual {
    this.list.push({ value, text });
    return text;
  }
  time(at: number): Bilingual {
    return this.keep(
      at,
      both((lang) => formatTime(at, this.zone, lang)),
    );
  }
  rate(perHour: number): Bilingual {
    return this.keep(perHour, say('rate', { n: numbers(perHour) }));
  }
  share(value: number): Bilingual {
    return this.keep(
      value,
      both((lang) => formatPercent(value, lang)),
    );
  }
  times(value: number): Bilingual {
    return this.keep(value, say('times', { n: numbers(value, value < 10 ? 1 : 0) }));
  }
  people(n: number): Bilingual {
    return this.keep(n, say('people', { n }));
  }
  lines(n: number): Bilingual {
    return this.keep(n, say('lines', { n, shown: numbers(n) }));
  }
  items(n: number): Bilingual {
    return this.keep(n, say('items', { n: numbers(n) }));
  }
  minutes(n: number): Bilingual {
    return this.keep(
      n,
      both((lang) => formatMinutes(n, lang)),
    );
  }
}
/** Text of a log or of a person inside our quotation marks, so that it cannot end them. */
export const quoted = (text: string): string => text.replace(/[『“”]/g, '"').replace(/』/g, '"');

export const piece = (
  kind: VerdictEvidence['kind'],
  o: {
    cell?: Cell;
    at?: number | null;
    words: Bilingual;
    figures: Figures;
    incidentId?: string | null;
    templateId?: number | null;
  },
): VerdictEvidence => ({
  kind,
  cell: o.cell ?? null,
  at: o.at ?? null,
  words: o.words,
  incidentId: o.incidentId ?? null,
  templateId: o.templateId ?? null,
  figures: o.figures.list,
});
