import type { Bilingual, Cell, Lang } from '../api/contract/common.ts';
import { formatMinutes, formatNumber, formatPercent, formatTime } from '../api/contract/format.ts';
import type { VerdictEvidence } from '../api/contract/timeline.ts';

type Figure = VerdictEvidence['figures'][number];
const both = (write: (lang: Lang) => string): Bilingual => ({ ja: write('ja'), en: write('en') });

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
    const text = (lang: Lang): string => formatNumber(perHour, lang);
    return this.keep(perHour, { ja: `${text('ja')}件/時`, en: `${text('en')} items/h` });
  }
  share(value: number): Bilingual {
    return this.keep(
      value,
      both((lang) => formatPercent(value, lang)),
    );
  }
  times(value: number): Bilingual {
    const text = (lang: Lang): string => formatNumber(value, lang, value < 10 ? 1 : 0);
    return this.keep(value, { ja: `${text('ja')}倍`, en: `${text('en')} times` });
  }
  people(n: number): Bilingual {
    return this.keep(n, { ja: `${n}名`, en: `${n} ${n === 1 ? 'person' : 'people'}` });
  }
  lines(n: number): Bilingual {
    const text = (lang: Lang): string => formatNumber(n, lang);
    return this.keep(n, { ja: `${text('ja')}行`, en: `${text('en')} ${n === 1 ? 'line' : 'lines'}` });
  }
  items(n: number): Bilingual {
    const text = (lang: Lang): string => formatNumber(n, lang);
    return this.keep(n, { ja: `${text('ja')}件`, en: `${text('en')} items` });
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
