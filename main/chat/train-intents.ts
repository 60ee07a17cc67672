/**
 * Trains the built-in intent classifier: `node main/chat/train-intents.ts` writes intent-model.json. Deterministic: the
 * same examples give the same file, byte for byte. `--check` only measures.
 */
import { writeFileSync } from 'node:fs';
import { makeSamples } from './intent-samples.ts';
import { calibrate, crossValidate, quantise, train } from './intent-training.ts';

const FOLDS = 5;

const samples = makeSamples();
const judged = crossValidate(samples, FOLDS);
const right = judged.filter(({ scores, sample }) => scores.indexOf(Math.max(...scores)) === sample.label);
const measured = calibrate(judged);
/** people's questions are further from the examples than the examples from each other: never surer than the plain scores */
const temperature = Math.max(1, measured.temperature);
if (!process.argv.includes('--check')) {
  const model = quantise(train(samples), temperature);
  writeFileSync(new URL('./intent-model.json', import.meta.url), `${JSON.stringify(model, null, 1)}\n`);
}
process.stdout.write(
  `${samples.length} sentences; unseen lines: accuracy ${(right.length / judged.length).toFixed(4)}, log loss ${measured.loss.toFixed(3)}, temperature ${temperature.toFixed(2)}\n`,
);
