import type { Report } from '../api/contract/reports.ts';
import type { Lang } from '../kernel/errors.ts';

type Sentence = { readonly text: string; readonly data: readonly string[] };
/** Given in by the engine: sentences in a model's words as far as the number gate lets them pass. */
export type WordReport = {
  /** the model that would write; null: none plays the role */
  readonly modelId: () => string | null;
  readonly sentences: (
    sentences: readonly Sentence[],
    lang: Lang,
    signal: AbortSignal,
  ) => Promise<{ readonly sentences: readonly string[]; readonly modelId: string | null }>;
};

/** Names of queues and services in a report's tables: data, wherever a sentence holds them. */
function namesIn({ sections }: Report): string[] {
  const rows = sections.flatMap(({ tables }) => tables.flatMap((table) => table.rows));
  return rows.flatMap((row) => {
    const { location, business, process, service } = row;
    return [
      ...(location && business && process ? [`${location} ${business} ${process}`] : []),
      ...(typeof service === 'string' ? [service] : []),
    ];
  });
}
/** Sections whose sentences quote: titles of incidents from logs, names of saved views. They stay as they are. */
const QUOTED = new Set(['incidents', 'views']);

/** The report with its sentences in a model's words, in both languages; null where not one of them was taken. */
export async function wordReport(
  report: Report,
  word: WordReport['sentences'],
  signal: AbortSignal,
): Promise<Report | null> {
  const data = namesIn(report);
  const open = report.sections.filter(({ key }) => !QUOTED.has(key));
  const worded: Record<Lang, readonly string[]> = { ja: [], en: [] };
  let modelId: string | null = null;
  for (const lang of ['ja', 'en'] as const) {
    const sentences = open.flatMap((section) => section.words.map((w) => ({ text: w[lang], data })));
    const result = await word(sentences, lang, signal);
    worded[lang] = result.sentences;
    modelId ??= result.modelId;
  }
  if (modelId === null) return null;
  let at = 0;
  return {
    ...report,
    modelId,
    sections: report.sections.map((section) =>
      QUOTED.has(section.key)
        ? section
        : {
            ...section,
            words: section.words.map((old) => {
              const i = at++;
              return { ja: worded.ja[i] ?? old.ja, en: worded.en[i] ?? old.en };
            }),
          },
    ),
  };
}
