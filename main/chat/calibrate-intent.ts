import { z } from 'zod';
import { INTENTS, type Intent } from '../api/contract/chat.ts';
import { throwIfAborted } from '../kernel/task.ts';
import type { ChoiceModel, Chosen } from '../llm/types.ts';
import { askForIntent } from './ask-for-intent.ts';
import { CALIBRATION_MASTER, CALIBRATION_QUESTIONS } from './calibration-questions.ts';
import { INTENT_WORDS } from './prompts/intent-prompt.ts';
import { createUnderstanding } from './understand.ts';

const Shares = z.record(z.enum(INTENTS), z.number());
/**
 * How far a model's word is taken. `prior`: what it says to a question without content, its leaning towards some words whatever is asked
 * (Zhao et al. 2021). `weight`: the power its likelihoods get beside the classifier's, a product of experts (Hinton 2002); 0 for a model that
 * adds nothing. Both from the model itself, on questions that neither it nor the classifier learnt from.
 */
export const IntentCalibration = z.object({
  version: z.literal(1),
  modelId: z.string(),
  prior: Shares,
  weight: z.number().min(0).max(3),
  /** why: mean log loss of the classifier alone and of both, on so many questions */
  questions: z.number().int(),
  lossAlone: z.number(),
  lossTogether: z.number(),
  rightModel: z.number().int(),
  rightClassifier: z.number().int(),
  rightTogether: z.number().int(),
  /** slots were scored, or JSON was written */
  scored: z.boolean(),
  at: z.number().int(),
});
export type IntentCalibration = z.infer<typeof IntentCalibration>;
type Shares = Readonly<Record<Intent, number>>;

const EMPTY = ['N/A', '…', '質問'];
const FLOOR = 1e-4;
const HEAVIEST = 2;
const STEP = 0.05;
/** a model must earn its weight: mean log loss a unit of weight squared costs */
const SHRINK = 0.01;
const GAIN_AT_LEAST = 0.01;

const evenly = (): Shares =>
  Object.fromEntries(INTENTS.map((i) => [i, 1 / INTENTS.length])) as Record<Intent, number>;
/** Shares of the intents as the model chose them. */
export function sharesOf(chosen: Chosen): Shares {
  const slot = chosen.find(({ name }) => name === 'intent');
  const p = (intent: Intent): number =>
    Math.max(FLOOR, slot?.options.find(({ option }) => option === INTENT_WORDS[intent])?.p ?? 0);
  const sum = INTENTS.reduce((total, intent) => total + p(intent), 0);
  return Object.fromEntries(INTENTS.map((intent) => [intent, p(intent) / sum])) as Record<Intent, number>;
}
/** The classifier's probabilities and the model's, weighed; sums to 1, likeliest first. */
export function weigh(
  classifier: readonly { readonly intent: Intent; readonly p: number }[],
  model: Shares,
  { prior, weight }: Pick<IntentCalibration, 'prior' | 'weight'>,
): { intent: Intent; p: number }[] {
  const scores = INTENTS.map((intent) => {
    const own = Math.max(FLOOR, classifier.find((c) => c.intent === intent)?.p ?? 0);
    const leaning = Math.max(FLOOR, prior[intent] ?? 1 / INTENTS.length);
    return { intent, score: Math.log(own) + weight * (Math.log(model[intent]) - Math.log(leaning)) };
  });
  const top = Math.max(...scores.map(({ score }) => score));
  const sum = scores.reduce((total, { score }) => total + Math.exp(score - top), 0);
  return scores
    .map(({ intent, score }) => ({ intent, p: Math.exp(score - top) / sum }))
    .sort((a, b) => b.p - a.p);
}

export type Judged = {
  readonly intent: Intent;
  readonly classifier: readonly { readonly intent: Intent; readonly p: number }[];
  readonly model: Shares;
};
/** The weight with the least log loss on judged questions. */
export function fitWeight(
  judged: readonly Judged[],
  prior: Shares,
): { weight: number; alone: number; together: number } {
  const loss = (weight: number): number =>
    judged.reduce((total, { intent, classifier, model }) => {
      const p = weigh(classifier, model, { prior, weight }).find((w) => w.intent === intent)?.p ?? 0;
      return total - Math.log(Math.max(1e-9, p));
    }, 0) / Math.max(1, judged.length);
  const alone = loss(0);
  let best = { weight: 0, cost: alone };
  for (let weight = STEP; weight <= HEAVIEST + 1e-9; weight += STEP) {
    const cost = loss(weight) + SHRINK * weight * weight;
    if (cost < best.cost) best = { weight, cost };
  }
  const weight = alone - best.cost >= GAIN_AT_LEAST ? Number(best.weight.toFixed(2)) : 0;
  return { weight, alone, together: loss(weight) };
}

/** Asks the model all calibration questions, one job at a time; some 50 short requests. */
export async function calibrateIntent(
  model: ChoiceModel,
  now: number,
  signal: AbortSignal,
): Promise<IntentCalibration> {
  // who asks a question meanwhile does not wait for all of it
  const quiet: ChoiceModel = {
    ...model,
    choose: (request, s) => model.choose({ ...request, background: true }, s),
    write: (request, s) => model.write({ ...request, background: true }, s),
  };
  const none = { location: [], process: [], business: [] };
  const understand = createUnderstanding(() => CALIBRATION_MASTER);
  const sums = new Map<Intent, number>();
  for (const text of EMPTY) {
    const { chosen } = await askForIntent(quiet, text, none, signal);
    const shares = sharesOf(chosen);
    for (const intent of INTENTS) sums.set(intent, (sums.get(intent) ?? 0) + shares[intent] / EMPTY.length);
  }
  const prior = { ...evenly(), ...Object.fromEntries(sums) };
  const judged: Judged[] = [];
  let scored = true;
  for (const { text, intent } of CALIBRATION_QUESTIONS) {
    throwIfAborted(signal);
    const answer = await askForIntent(quiet, text, none, signal);
    scored &&= answer.scored;
    judged.push({ intent, classifier: understand(text).scores, model: sharesOf(answer.chosen) });
  }
  const { weight, alone, together } = fitWeight(judged, prior);
  const right = (best: (j: Judged) => Intent | undefined): number =>
    judged.filter((j) => best(j) === j.intent).length;
  return {
    version: 1,
    modelId: model.modelId,
    prior,
    weight,
    questions: judged.length,
    lossAlone: alone,
    lossTogether: together,
    rightModel: right((j) => weigh([], j.model, { prior, weight: 1 })[0]?.intent),
    rightClassifier: right((j) => j.classifier[0]?.intent),
    rightTogether: right((j) => weigh(j.classifier, j.model, { prior, weight })[0]?.intent),
    scored,
    at: now,
  };
}
