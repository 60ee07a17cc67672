// Sentences of other rooms (reports, incidents) in a model's words, through the same gate as an answer's.
import type { Fact, FactUnit, Lang } from '../api/contract/common.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Log } from '../kernel/log.ts';
import type { ModelRoles } from '../llm/types.ts';
import { namesOf } from './answer-question.ts';
import { both, same } from './facts.ts';
import { reword } from './reword.ts';
import type { MasterData } from './types.ts';

/** A finished sentence, and what in it is data: names, titles, quotations. Its numbers are found by themselves. */
export type Sentence = { readonly text: string; readonly data: readonly string[] };
export type Worded = { readonly sentences: string[]; readonly modelId: string | null };
/** The sentences in a model's words where one plays the role and the gate lets them pass; else as they were. Rejects only with Cancelled. */
export type WordSentences = (
  sentences: readonly Sentence[],
  lang: Lang,
  signal: AbortSignal,
) => Promise<Worded>;

const SEED = 1;
const UNITS: readonly (readonly [RegExp, FactUnit])[] = [
  [/^\d{1,2}:\d{2}/, 'instant'],
  [/%$/, 'percent'],
  [/(?:名|人)$/, 'people'],
  [/件$/, 'items'],
  [/分$|時間$|秒$/, 'minutes'],
];
/** a time or a range of them, or a number with what counts it */
const NUMBER =
  /\d{1,2}月\d{1,2}日(?: \d{1,2}:\d{2})?|\d{1,2}:\d{2}(?:[–〜-]\d{1,2}:\d{2})?|\d[\d,]*(?:\.\d+)?(?:件|名|人|行|回|種類|時間|分|秒|倍|%)?/gu;

/** The sentence with its data and numbers as slots, and the facts that fill them; null where something quoted is left over. */
export function slotSentence(
  { text, data }: Sentence,
  lang: Lang,
  first: number,
): { text: string; facts: Fact[] } | null {
  const facts: Fact[] = [];
  const put = (value: string, unit: FactUnit): string => {
    const id = `f${first + facts.length}`;
    facts.push({ id, value, unit, label: both('値', 'value'), text: same(value), table: null });
    return `{{${id}}}`;
  };
  let parts: (string | { slot: string })[] = [text];
  for (const value of [...new Set(data)].filter(Boolean).sort((a, b) => b.length - a.length))
    parts = parts.flatMap((part) => {
      if (typeof part !== 'string' || !part.includes(value)) return [part];
      return part
        .split(value)
        .flatMap((piece, i) => (i === 0 ? [piece] : [{ slot: put(value, 'text') }, piece]));
    });
  const slotted = parts
    .map((part) =>
      typeof part !== 'string'
        ? part.slot
        : part.replace(NUMBER, (found) =>
            put(found, UNITS.find(([pattern]) => pattern.test(found))?.[1] ?? 'count'),
          ),
    )
    .join('');
  // what is quoted comes from a log or from a person: a model never sees it
  const isQuoting = /[「『“](?!\{\{f\d+\}\}[」』”])|"/.test(slotted);
  return isQuoting || (lang === 'en' && facts.length === 0) ? null : { text: slotted, facts };
}

export function createWordSentences(o: {
  readonly models: Pick<ModelRoles, 'wording'>;
  readonly master: () => MasterData;
  readonly clock: Clock;
  readonly log: Log;
  /** nobody waits for the words: where no room is left for their model, the sentences stand */
  readonly background?: boolean | undefined;
  readonly patienceMs?: number | undefined;
}): WordSentences {
  const log = o.log.area('wording');
  return async (sentences, lang, signal) => {
    const result = sentences.map(({ text }) => text);
    const model = o.models.wording();
    if (!model) return { sentences: result, modelId: null };
    const facts: Fact[] = [];
    const lines = sentences.map((sentence) => {
      const slotted = slotSentence(sentence, lang, facts.length + 1);
      if (slotted) facts.push(...slotted.facts);
      return {
        before: '\n' as const,
        text: slotted?.text ?? sentence.text,
        ...(slotted ? {} : { fixed: true as const }),
      };
    });
    let changed = 0;
    const names = namesOf(o.master());
    for await (const { index, filled } of reword({
      lines,
      facts,
      lang,
      names,
      model,
      seed: SEED,
      background: o.background,
      patienceMs: o.patienceMs,
      clock: o.clock,
      log,
      signal,
    })) {
      if (!filled) continue;
      result[index] = filled.text;
      changed++;
    }
    return { sentences: result, modelId: changed > 0 ? model.modelId : null };
  };
}
