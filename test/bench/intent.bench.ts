import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IntentResult } from '../../main/api/contract/chat.ts';
import { askForIntent } from '../../main/chat/ask-for-intent.ts';
import { calibrateIntent, sharesOf, weigh } from '../../main/chat/calibrate-intent.ts';
import { decideIntent, SURE_ENOUGH } from '../../main/chat/decide-intent.ts';
import { createUnderstanding } from '../../main/chat/understand.ts';
import { systemClock } from '../../main/kernel/clock.ts';
import { silentLog } from '../../main/kernel/log.ts';
import type { ChoiceModel } from '../../main/llm/types.ts';
import { builtInEmbedder } from '../../main/vectors/index.ts';
import { openModels } from '../helpers/models-runtime.ts';

const MASTER = {
  locations: ['札幌', '盛岡', '品川', '横浜', '大阪', '佐世保'],
  processes: ['エントリ1', 'エントリ2', '補正', 'SV補正', '目検'],
  businesses: [
    { id: '523201', name: 'SS' },
    { id: '523202', name: 'KDB' },
  ],
  operators: Array.from({ length: 500 }, (_, i) => ({ id: `OP${1000 + i}`, name: `作業 者${i}` })),
};
type Labelled = Omit<IntentResult, 'confidence'> & { readonly text: string };
/** questions an untrained file is asked: enough for its time, and its answers mean nothing anyway */
const OF_UNTRAINED = 40;

/** How well and how fast questions are understood, on hand-written ones the classifier was not trained on. */
export async function run(print: (line: string) => void): Promise<void> {
  const rows = readFileSync(new URL('../golden/intents.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Labelled);
  const understand = createUnderstanding(() => MASTER);
  understand('札幌の残件は？');
  const began = performance.now();
  const results = rows.map((row) => ({ row, got: understand(row.text).result }));
  const msEach = (performance.now() - began) / rows.length;
  const share = (right: (r: (typeof results)[number]) => boolean): string =>
    `${((100 * results.filter(right).length) / results.length).toFixed(1)} %`;
  print(`questions                ${rows.length} hand-written, ja and en`);
  print(`classifier alone         ${share(({ row, got }) => got.intent === row.intent)} of intents right`);
  print(
    `site, process, business  ${share(({ row, got }) => got.location === row.location && got.process === row.process && got.business === row.business)} (all three exact)`,
  );
  print(`action or not            ${share(({ row, got }) => got.requires_action === row.requires_action)}`);
  for (const [from, to] of [
    [0, 0.5],
    [0.5, SURE_ENOUGH],
    [SURE_ENOUGH, 0.9],
    [0.9, 1.01],
  ] as const) {
    const bin = results.filter(({ got }) => got.confidence >= from && got.confidence < to);
    const right = bin.filter(({ row, got }) => row.intent === got.intent).length;
    const rate = bin.length ? `${((100 * right) / bin.length).toFixed(0)} % right` : 'none';
    print(`  sure ${from.toFixed(2)}–${Math.min(1, to).toFixed(2)}         ${bin.length} questions, ${rate}`);
  }
  print(`time a question          ${msEach.toFixed(2)} ms`);
  await withModel(rows, print);
  const texts = Array.from({ length: 20_000 }, (_, i) => `認証サーバーでタイムアウトが発生しました ${i}`);
  const start = performance.now();
  builtInEmbedder.embedNow(texts);
  print(
    `built-in embedder        ${Math.round(20_000_000 / (performance.now() - start)).toLocaleString('en')} texts/s`,
  );
}

/** A model of one's own: TORIDE_INTENT_MODEL=/path/to/model.gguf; without it a generated file of qwen2's true shape, for its time alone. */
async function withModel(rows: readonly Labelled[], print: (line: string) => void): Promise<void> {
  const own = process.env['TORIDE_INTENT_MODEL'];
  await using models = openModels();
  const spec = own
    ? models.specOf(path.basename(own, '.gguf'), own, { needMb: 1200 })
    : models.make('generated-qwen2-0.5b', 'qwen2-0.5b');
  print(
    own
      ? `model                    ${own}`
      : 'model                    generated, true shape of qwen2-0.5b, UNTRAINED: what it answers is chance, only its time means anything',
  );
  const times: number[] = [];
  const model: ChoiceModel = {
    modelId: spec.modelId,
    async choose(request, signal) {
      const started = performance.now();
      const chosen = await models.runtime.choose(spec, request, signal);
      times.push(performance.now() - started);
      return chosen;
    },
    write: (request, signal) => models.runtime.write(spec, request, signal),
  };
  const { signal } = new AbortController();
  const understand = createUnderstanding(() => MASTER);
  const calibration = await calibrateIntent(model, Date.now(), signal);
  print(
    `calibration              weight ${calibration.weight}; log loss ${calibration.lossAlone.toFixed(3)} → ${calibration.lossTogether.toFixed(3)} on ${calibration.questions} questions of its own; right: classifier ${calibration.rightClassifier}, model ${calibration.rightModel}, both ${calibration.rightTogether}`,
  );
  const none = { location: [], process: [], business: [] };
  const asked = own ? rows : rows.filter((_, i) => i % Math.floor(rows.length / OF_UNTRAINED) === 0);
  let alone = 0;
  for (const row of asked) {
    const shares = sharesOf((await askForIntent(model, row.text, none, signal)).chosen);
    if (weigh([], shares, { ...calibration, weight: 1 })[0]?.intent === row.intent) alone++;
  }
  let ladder = 0;
  let questions = 0;
  for (const row of rows) {
    const { understanding, by } = await decideIntent(row.text, understand(row.text), {
      model,
      calibration,
      master: MASTER,
      clock: systemClock,
      log: silentLog,
      patienceMs: 60_000,
      signal,
    });
    if (by !== 'classifier') questions++;
    if (understanding.result.intent === row.intent) ladder++;
  }
  print(
    `model alone              ${((100 * alone) / asked.length).toFixed(1)} % of ${asked.length}${own ? '' : ' (untrained: chance is 11 %)'}`,
  );
  print(
    `ladder                   ${((100 * ladder) / rows.length).toFixed(1)} %, the model asked for ${questions} of ${rows.length}`,
  );
  const sorted = times.toSorted((a, b) => a - b);
  const at = (q: number): string => `${Math.round(sorted[Math.floor(q * (sorted.length - 1))] ?? 0)} ms`;
  print(`time a question, model   median ${at(0.5)}, p95 ${at(0.95)} (${sorted.length} questions)`);
}
