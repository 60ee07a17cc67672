import type { Intent } from '../api/contract/chat.ts';
import type { Lang } from '../api/contract/common.ts';
import { createGazetteer, type Entities, type Gazetteer } from './gazetteer.ts';
import { createClassifier } from './intent-classifier.ts';
import { featuresOf, maskNames } from './intent-features.ts';
import model from './intent-model.json' with { type: 'json' };
import type { EntityKind, MasterData, Understand } from './types.ts';
import { isSetAside } from './understand-negation.ts';
import { readQuantities } from './understand-quantities.ts';

/** Intents that ask for something to be done; everything else only tells. */
export const ACTS: ReadonlySet<Intent> = new Set([
  'deadline_optimization',
  'improve_alerts',
  'optimize_assignment',
]);
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

const classify = createClassifier(model);

/** How people ask in English; a line pasted from a log holds `to` and `after`, but hardly one of these. */
const ASKS_IN_ENGLISH =
  /^\W*(?:and|then|so|ok|okay)?\W*(?:what|which|who|whose|why|how|when|where|is|are|was|were|will|would|can|could|should|do|does|did|has|have|show|list|tell|give|find|look|check|investigate|explain|propose|suggest|make|plan|move|resolve|help|please|any|if|let|thanks?|hello|hi)\b|^\W*and\b|\b(?:i|me|my|we|our|us|you|your|please|what|which|why|how|going to be)\b(?!\/)/i;
const QUOTED = /「[^」]*」|『[^』]*』|“[^”]*”|"[^"]*"/g;

/** Two words in Latin letters or more before a question mark at its end. Word by word: one expression takes seconds over a pasted log. */
function endsAsAQuestion(text: string): boolean {
  const said = text.trimEnd();
  if (!said.endsWith('?')) return false;
  const words = said.slice(0, -1).split(/\s+/);
  const last = words.slice(
    Math.max(
      0,
      words.findLastIndex((word) => word.includes('?')),
    ),
  );
  return last.filter((word) => /[a-z]/i.test(word)).length > 1;
}

/**
 * The language the question is asked in: a Japanese name or quotation in an English sentence does not make it Japanese, nor a message of
 * a log in a Japanese one English. null: it does not tell (a name, a code, some words of a log).
 */
function languageOf(text: string, { mentions, ambiguous, unknown }: Entities): Lang | null {
  let rest = text;
  for (const { start, end } of [...mentions, ...ambiguous, ...unknown])
    rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end);
  rest = rest.replace(QUOTED, ' ');
  rest = rest.normalize('NFKC');
  const english = ASKS_IN_ENGLISH.test(rest);
  if (JAPANESE.test(rest)) return english ? null : 'ja';
  return english || endsAsAQuestion(rest) ? 'en' : null;
}

const sameMaster = (a: MasterData, b: MasterData): boolean =>
  a === b || JSON.stringify(a) === JSON.stringify(b);

/** Reads questions against the master data as it is at that moment; no model file, no network, a millisecond each. */
export function createUnderstanding(master: () => MasterData): Understand {
  let known: MasterData | null = null;
  let gazetteer: Gazetteer = createGazetteer({ locations: [], businesses: [], processes: [], operators: [] });
  const find = (text: string): Entities => {
    const now = master();
    if (known === null || !sameMaster(known, now)) gazetteer = createGazetteer(now);
    known = now;
    return gazetteer(text);
  };
  return (text) => {
    const entities = find(text);
    const { ambiguous, unknown } = entities;
    const mentions = entities.mentions.filter((m) => !isSetAside(text, m));
    const scores = classify(featuresOf(maskNames(text, entities)));
    const first = (kind: EntityKind): string | null => mentions.find((m) => m.kind === kind)?.value ?? null;
    const [best] = scores;
    const intent: Intent = best?.intent ?? 'out_of_scope';
    return {
      result: {
        intent,
        location: first('location'),
        process: first('process'),
        business: first('business'),
        requires_action: ACTS.has(intent),
        confidence: best?.p ?? 0,
      },
      lang: languageOf(text, entities),
      scores,
      mentions,
      ambiguous,
      unknown,
      ...readQuantities(text, [...entities.mentions, ...ambiguous]),
    };
  };
}
