import { INTENTS } from '../api/contract/chat.ts';
import { type IntentModel, softmax } from './intent-classifier.ts';
import { FEATURE_SLOTS, type Features } from './intent-features.ts';
import { randomFrom, type Sample } from './intent-samples.ts';

const KINDS = INTENTS.length;
const EPOCHS = 24;
const RATE = 0.35;
/** weight of the L2 penalty */
const RIDGE = 1e-4;
/** share of a question's features hidden at each step, so that no single word decides (Srivastava et al. 2014) */
const DROPOUT = 0.5;

/** Weights slot by slot, one an intent. */
export type Trained = { readonly weights: Float32Array; readonly biases: Float32Array };

/** Scores of all intents, in contract order. */
export function scoresOf({ weights, biases }: Trained, { slots, values }: Features): number[] {
  const scores = Array.from(biases);
  for (let i = 0; i < slots.length; i++) {
    const at = (slots[i] ?? 0) * KINDS;
    const value = values[i] ?? 0;
    for (let k = 0; k < KINDS; k++) scores[k] = (scores[k] ?? 0) + (weights[at + k] ?? 0) * value;
  }
  return scores;
}

function hideSome({ slots, values }: Features, random: () => number): Features {
  const kept: number[] = [];
  for (let i = 0; i < slots.length; i++) if (random() >= DROPOUT) kept.push(i);
  return {
    slots: Int32Array.from(kept, (i) => slots[i] ?? 0),
    values: Float32Array.from(kept, (i) => (values[i] ?? 0) / (1 - DROPOUT)),
  };
}

function shuffle(order: number[], random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
}

/** Multinomial logistic regression by AdaGrad (Duchi et al. 2011), averaged over the later epochs (Polyak & Juditsky 1992). */
export function train(samples: readonly Sample[]): Trained {
  const weights = new Float32Array(FEATURE_SLOTS * KINDS);
  const seen = new Float32Array(weights.length).fill(1e-6);
  const biases = new Float32Array(KINDS);
  const mean = new Float32Array(weights.length);
  const settled = Math.floor(EPOCHS / 2);
  const random = randomFrom(7);
  const order = samples.map((_, i) => i);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    shuffle(order, random);
    for (const index of order) {
      const sample = samples[index];
      if (!sample) continue;
      const shown = hideSome(sample.features, random);
      const errors = softmax(scoresOf({ weights, biases }, shown), 1).map(
        (p, k) => (p - (k === sample.label ? 1 : 0)) * sample.weight,
      );
      for (let k = 0; k < KINDS; k++) biases[k] = (biases[k] ?? 0) - 0.01 * (errors[k] ?? 0);
      const { slots, values } = shown;
      for (let i = 0; i < slots.length; i++) {
        const value = values[i] ?? 0;
        const first = (slots[i] ?? 0) * KINDS;
        for (let k = 0; k < KINDS; k++) {
          const at = first + k;
          const w = weights[at] ?? 0;
          const gradient = (errors[k] ?? 0) * value + RIDGE * w;
          const g = (seen[at] ?? 0) + gradient * gradient;
          seen[at] = g;
          weights[at] = w - (RATE * gradient) / Math.sqrt(g + 1e-2);
        }
      }
    }
    if (epoch >= settled)
      for (let i = 0; i < mean.length; i++) mean[i] = (mean[i] ?? 0) + (weights[i] ?? 0) / (EPOCHS - settled);
  }
  return { weights: mean, biases };
}

/** What a model made of the other lines says about a sentence. */
export type Unseen = { readonly sample: Sample; readonly scores: readonly number[] };

/** Every sentence judged by a model that never saw its line. */
export function crossValidate(samples: readonly Sample[], folds: number): Unseen[] {
  const judged: Unseen[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const model = train(samples.filter((s) => s.line % folds !== fold));
    for (const sample of samples)
      if (sample.line % folds === fold) judged.push({ sample, scores: scoresOf(model, sample.features) });
  }
  return judged;
}

/** The temperature with the least log loss on unseen sentences. */
export function calibrate(judged: readonly Unseen[]): { temperature: number; loss: number } {
  let best = { temperature: 1, loss: Number.POSITIVE_INFINITY };
  for (let temperature = 0.3; temperature < 6; temperature *= 1.03) {
    let loss = 0;
    for (const { scores, sample } of judged)
      loss -= Math.log(Math.max(1e-9, softmax(scores, temperature)[sample.label] ?? 0));
    loss /= judged.length;
    if (loss < best.loss) best = { temperature, loss };
  }
  return best;
}

/** One signed byte a weight. */
export function quantise({ weights, biases }: Trained, temperature: number): IntentModel {
  const bytes = new Int8Array(weights.length);
  const scales = INTENTS.map((_, k) => {
    let most = 1e-9;
    for (let at = k; at < weights.length; at += KINDS) most = Math.max(most, Math.abs(weights[at] ?? 0));
    const scale = most / 127;
    for (let at = k; at < weights.length; at += KINDS) bytes[at] = Math.round((weights[at] ?? 0) / scale);
    return Number(scale.toPrecision(7));
  });
  return {
    version: 2,
    slots: FEATURE_SLOTS,
    weights: Buffer.from(bytes.buffer).toString('base64'),
    scales,
    biases: [...biases].map((b) => Number(b.toPrecision(6))),
    temperature: Number(temperature.toFixed(3)),
  };
}
