import { INTENTS, type Intent } from '../api/contract/chat.ts';
import { FEATURE_SLOTS, type Features } from './intent-features.ts';

/** The classifier as it is shipped: per intent one signed byte a slot, a scale and a bias. Made by train-intents.ts. */
export type IntentModel = {
  readonly version: number;
  readonly slots: number;
  /** base64 of int8, slot by slot, one an intent in contract order */
  readonly weights: string;
  readonly scales: readonly number[];
  readonly biases: readonly number[];
  /** divides the scores so that a probability of 0.8 is right four times in five (Guo et al. 2017) */
  readonly temperature: number;
};
export type IntentScores = readonly { readonly intent: Intent; readonly p: number }[];
/** Probabilities of all intents, likeliest first. Microseconds. */
export type ClassifyIntent = (features: Features) => IntentScores;

/** Probabilities from scores at a temperature. */
export function softmax(scores: readonly number[], temperature: number): number[] {
  const top = Math.max(...scores);
  const powers = scores.map((s) => Math.exp((s - top) / temperature));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((p) => p / sum);
}

/** Multinomial logistic regression over hashed features. Throws when the model is not of this version's shape. */
export function createClassifier(model: IntentModel): ClassifyIntent {
  const bytes = Buffer.from(model.weights, 'base64');
  if (model.version !== 2 || model.slots !== FEATURE_SLOTS || bytes.length !== FEATURE_SLOTS * INTENTS.length)
    throw new TypeError('the intent model does not fit this version: run node main/chat/train-intents.ts');
  const weights = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  const kinds = INTENTS.length;
  return ({ slots, values }) => {
    const scores = INTENTS.map((_, k) => {
      let sum = 0;
      for (let i = 0; i < slots.length; i++)
        sum += (weights[(slots[i] ?? 0) * kinds + k] ?? 0) * (values[i] ?? 0);
      return sum * (model.scales[k] ?? 0) + (model.biases[k] ?? 0);
    });
    const p = softmax(scores, model.temperature);
    return INTENTS.map((intent, k) => ({ intent, p: p[k] ?? 0 })).sort((a, b) => b.p - a.p);
  };
}
