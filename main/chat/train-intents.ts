/**
 * Trains the built-in intent classifier: `node main/chat/train-intents.ts` writes intent-model.json. Deterministic: the
 * same examples give the same file, byte for byte.
 */
import { writeFileSync } from 'node:fs';
import { INTENTS } from '../api/contract/chat.ts';
import { createGazetteer } from './gazetteer.ts';
import { type IntentModel, softmax } from './intent-classifier.ts';
import { EXAMPLES } from './intent-examples.ts';
import { FEATURE_SLOTS, type Features, featuresOf, maskNames } from './intent-features.ts';
import type { MasterData } from './types.ts';

const SAMPLES_A_LINE = 16;
const EPOCHS = 24;
const FOLDS = 5;
const RATE = 0.35;
/** weight of the L2 penalty */
const RIDGE = 1e-4;
/** share of a question's features hidden at each step, so that no single word decides (Srivastava et al. 2014) */
const DROPOUT = 0.3;

type Sample = {
  readonly label: number;
  readonly line: number;
  readonly weight: number;
  readonly features: Features;
};

const MASTER: MasterData = {
  locations: ['札幌', '盛岡', '品川', '横浜', '大阪', '佐世保'],
  processes: ['エントリ1', 'エントリ2', '補正', 'SV補正', '目検'],
  businesses: [
    { id: '523201', name: 'SS' },
    { id: '523202', name: 'KDB' },
  ],
  operators: [
    { id: 'OP0101', name: '山田 太郎' },
    { id: 'OP0102', name: 'Kenji Sato' },
  ],
};
const SLOTS: Readonly<Record<string, readonly string[]>> = {
  L: ['札幌', '盛岡', '品川', '横浜', '大阪', '佐世保'],
  P: ['エントリ1', 'エントリ2', '補正', 'SV補正', '目検'],
  B: ['SS', '523201', 'KDB'],
  O: ['山田さん', '山田太郎'],
  N: ['1', '2', '3', '4', '5'],
  T: ['16時', '17時', '15:30', '午後4時', '正午'],
  D: ['明日', '翌日', '来週月曜', '来週', '明後日', '次の日'],
};
const ENGLISH_SLOTS: typeof SLOTS = {
  L: ['Sapporo', 'Morioka', 'Shinagawa', 'Yokohama', 'Osaka', 'Sasebo'],
  P: ['entry 1', 'entry 2', 'correction', 'SV correction', 'visual check'],
  B: ['SS', '523201', 'KDB'],
  O: ['Kenji Sato'],
  N: ['1', '2', '3', 'two', 'three', '5'],
  T: ['4pm', '16:00', '5 pm', 'noon', '15:30'],
  D: ['tomorrow', 'next week', 'next Monday', 'the next day', 'Monday'],
};
const OPENERS = [
  'すみません、',
  'お疲れ様です。',
  'えっと、',
  '至急！',
  'ちょっと聞きたいんだけど、',
  '確認です。',
  '教えてください。',
  'あの、',
];
const ENGLISH_OPENERS = [
  'hi, ',
  'hello, ',
  'quick question: ',
  'sorry, ',
  'hey ',
  'good morning, ',
  'urgent: ',
  'so ',
];
const CLOSERS = ['', '。', '？', '！', '。お願いします', 'か？'];

/** mulberry32 */
const randomFrom = (seed: number): (() => number) => {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
};
const pick = <T>(list: readonly T[], random: () => number): T =>
  list[Math.floor(random() * list.length)] as T;

const isEnglish = (line: string): boolean => !/[\u3040-\u30ff\u4e00-\u9fff]/.test(line);

function fillLine(line: string, random: () => number): string {
  let text = line;
  for (let inner = /\(([^()]*)\)/.exec(text); inner; inner = /\(([^()]*)\)/.exec(text))
    text =
      text.slice(0, inner.index) +
      pick((inner[1] ?? '').split('|'), random) +
      text.slice(inner.index + inner[0].length);
  const slots = isEnglish(line) ? ENGLISH_SLOTS : SLOTS;
  return text.replace(/\{([LPBONTD])\}/g, (_, slot: string) => pick(slots[slot] ?? [''], random));
}

/** As people type: an opener, other endings, a lost letter, no particles. The first of a line stays as it is written. */
function vary(text: string, random: () => number): string {
  const english = isEnglish(text);
  let out = text;
  if (random() < 0.12) out = pick(english ? ENGLISH_OPENERS : OPENERS, random) + out;
  if (!english && random() < 0.12) out = out.replace(/[のをがはに、]/, '');
  if (!english && random() < 0.15 && !/[。？！?]$/.test(out)) out += pick(CLOSERS.slice(1, 2), random);
  if (english && random() < 0.3)
    out = out.charAt(0).toUpperCase() + out.slice(1) + pick(['', '.', '!'], random);
  if (random() < 0.08 && out.length > 8) {
    const at = 1 + Math.floor(random() * (out.length - 2));
    out = out.slice(0, at) + out.slice(at + 1);
  }
  return out;
}

function makeSamples(): Sample[] {
  const gazetteer = createGazetteer(MASTER);
  const random = randomFrom(20261121);
  const samples: Sample[] = [];
  let line = 0;
  INTENTS.forEach((intent, label) => {
    const lines = EXAMPLES[intent].trim().split('\n').filter(Boolean);
    for (const pattern of lines) {
      line++;
      const texts = new Set<string>();
      for (let i = 0; i < SAMPLES_A_LINE * 2 && texts.size < SAMPLES_A_LINE; i++) {
        const filled = fillLine(pattern, random);
        texts.add(i === 0 ? filled : vary(filled, random));
        if (i > 5 && texts.size < 2) break;
      }
      for (const text of texts) {
        const features = featuresOf(maskNames(text, gazetteer(text)));
        samples.push({ label, line, weight: 1 / Math.sqrt(texts.size), features });
      }
    }
  });
  const perLabel = INTENTS.map((_, k) =>
    samples.filter((s) => s.label === k).reduce((sum, s) => sum + s.weight, 0),
  );
  const mean = perLabel.reduce((a, b) => a + b, 0) / perLabel.length;
  return samples.map((s) => ({ ...s, weight: s.weight * Math.sqrt(mean / (perLabel[s.label] ?? mean)) }));
}

type Trained = { readonly weights: Float32Array; readonly biases: Float32Array };
const scoresOf = ({ weights, biases }: Trained, { slots, values }: Features): number[] =>
  INTENTS.map((_, k) => {
    let sum = biases[k] ?? 0;
    for (let i = 0; i < slots.length; i++)
      sum += (weights[k * FEATURE_SLOTS + (slots[i] ?? 0)] ?? 0) * (values[i] ?? 0);
    return sum;
  });

function hideSome({ slots, values }: Features, random: () => number): Features {
  const kept: number[] = [];
  for (let i = 0; i < slots.length; i++) if (random() >= DROPOUT) kept.push(i);
  return {
    slots: Int32Array.from(kept, (i) => slots[i] ?? 0),
    values: Float32Array.from(kept, (i) => (values[i] ?? 0) / (1 - DROPOUT)),
  };
}

/** Multinomial logistic regression by AdaGrad (Duchi et al. 2011), averaged over the later epochs (Polyak & Juditsky 1992). */
function train(samples: readonly Sample[]): Trained {
  const weights = new Float32Array(FEATURE_SLOTS * INTENTS.length);
  const seen = new Float32Array(weights.length).fill(1e-6);
  const biases = new Float32Array(INTENTS.length);
  const mean = new Float32Array(weights.length);
  const settled = Math.floor(EPOCHS / 2);
  const random = randomFrom(7);
  const order = samples.map((_, i) => i);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
    }
    for (const index of order) {
      const sample = samples[index];
      if (!sample) continue;
      const seenNow = hideSome(sample.features, random);
      const { slots, values } = seenNow;
      const p = softmax(scoresOf({ weights, biases }, seenNow), 1);
      for (let k = 0; k < INTENTS.length; k++) {
        const error = ((p[k] ?? 0) - (k === sample.label ? 1 : 0)) * sample.weight;
        biases[k] = (biases[k] ?? 0) - 0.01 * error;
        for (let i = 0; i < slots.length; i++) {
          const at = k * FEATURE_SLOTS + (slots[i] ?? 0);
          const w = weights[at] ?? 0;
          const gradient = error * (values[i] ?? 0) + RIDGE * w;
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

/** The temperature with the least log loss on lines the model has not seen. */
function calibrate(held: readonly { scores: number[]; label: number }[]): {
  temperature: number;
  loss: number;
} {
  let best = { temperature: 1, loss: Number.POSITIVE_INFINITY };
  for (let temperature = 0.3; temperature < 6; temperature *= 1.03) {
    let loss = 0;
    for (const { scores, label } of held)
      loss -= Math.log(Math.max(1e-9, softmax(scores, temperature)[label] ?? 0));
    loss /= held.length;
    if (loss < best.loss) best = { temperature, loss };
  }
  return best;
}

function quantise({ weights, biases }: Trained, temperature: number): IntentModel {
  const bytes = new Int8Array(weights.length);
  const scales = INTENTS.map((_, k) => {
    const own = weights.subarray(k * FEATURE_SLOTS, (k + 1) * FEATURE_SLOTS);
    const scale = own.reduce((most, w) => Math.max(most, Math.abs(w)), 1e-9) / 127;
    own.forEach((w, i) => {
      bytes[k * FEATURE_SLOTS + i] = Math.round(w / scale);
    });
    return Number(scale.toPrecision(7));
  });
  return {
    version: 1,
    slots: FEATURE_SLOTS,
    weights: Buffer.from(bytes.buffer).toString('base64'),
    scales,
    biases: [...biases].map((b) => Number(b.toPrecision(6))),
    temperature: Number(temperature.toFixed(3)),
  };
}

const samples = makeSamples();
const held: { scores: number[]; label: number }[] = [];
let right = 0;
for (let fold = 0; fold < FOLDS; fold++) {
  const model = train(samples.filter((s) => s.line % FOLDS !== fold));
  for (const sample of samples.filter((s) => s.line % FOLDS === fold)) {
    const scores = scoresOf(model, sample.features);
    held.push({ scores, label: sample.label });
    if (scores.indexOf(Math.max(...scores)) === sample.label) right++;
  }
}
const { temperature: measured, loss } = calibrate(held);
/** people's questions are further from the examples than the examples from each other: never surer than the plain scores */
const temperature = Math.max(1, measured);
const model = quantise(train(samples), temperature);
writeFileSync(new URL('./intent-model.json', import.meta.url), `${JSON.stringify(model, null, 1)}\n`);
process.stdout.write(
  `${samples.length} sentences; unseen lines: accuracy ${(right / held.length).toFixed(4)}, log loss ${loss.toFixed(3)}, temperature ${temperature.toFixed(2)}\n`,
);
