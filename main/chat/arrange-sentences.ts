// Finished sentences of other rooms (an incident's explanation), arranged as an answer's are.

import type { Lang } from '../api/contract/common.ts';
import type { ModelRoles } from '../llm/types.ts';
import type { Base } from '../store/index.ts';
import { arrange, HIDDEN, joined } from './arrange.ts';

/** A finished sentence, what in it is data (names, titles, quotations), and whether it may be put before others like it. */
export type Sentence = {
  readonly text: string;
  readonly data: readonly string[];
  readonly weighs?: true | undefined;
};
export type ArrangedSentences = { readonly sentences: string[]; readonly modelId: string | null };
/** As they were where no model plays the role, or where it changed nothing (`modelId` null). Rejects only with Cancelled. */
export type ArrangeSentences = (
  sentences: readonly Sentence[],
  lang: Lang,
  signal: AbortSignal,
) => Promise<ArrangedSentences>;

export function createArrangeSentences(
  o: Pick<Base, 'clock' | 'log'> & {
    readonly models: Pick<ModelRoles, 'wording'>;
    readonly patienceMs?: number | undefined;
  },
): ArrangeSentences {
  const log = o.log.area('wording');
  return async (sentences, lang, signal) => {
    const authored = sentences.map(({ text }) => text);
    const model = o.models.wording();
    if (!model) return { sentences: authored, modelId: null };
    const result = [...authored];
    const items = sentences.map(({ text, data, weighs }, part) => ({
      before: '' as const,
      text: data.reduce((shown, value) => (value ? shown.replaceAll(value, HIDDEN[lang]) : shown), text),
      ...(weighs ? { weighs: { group: 0, part } } : {}),
    }));
    const { clock, patienceMs } = o;
    for await (const told of arrange(items, { lang, model, patienceMs, clock, log, signal })) {
      if ('kept' in told) break;
      for (const [place, { index, connective }] of told.order.entries()) {
        const { text = '', data = [] } = sentences[index] ?? {};
        const startsWithName = data.some((value) => value !== '' && text.startsWith(value));
        result[told.from + place] = joined(connective, text, startsWithName, lang);
      }
    }
    const isChanged = result.some((text, i) => text !== authored[i]);
    return { sentences: result, modelId: isChanged ? model.modelId : null };
  };
}
