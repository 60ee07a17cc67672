import { readFileSync } from 'node:fs';
import type { IntentResult } from '../../main/api/contract/chat.ts';
import { createUnderstanding } from '../../main/chat/understand.ts';
import { builtInEmbedder } from '../../main/vectors/index.ts';

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
  print(`intent right             ${share(({ row, got }) => got.intent === row.intent)}`);
  print(
    `site, process, business  ${share(({ row, got }) => got.location === row.location && got.process === row.process && got.business === row.business)} (all three exact)`,
  );
  print(`action or not            ${share(({ row, got }) => got.requires_action === row.requires_action)}`);
  for (const [from, to] of [
    [0, 0.5],
    [0.5, 0.7],
    [0.7, 0.9],
    [0.9, 1.01],
  ] as const) {
    const bin = results.filter(({ got }) => got.confidence >= from && got.confidence < to);
    const right = bin.filter(({ row, got }) => row.intent === got.intent).length;
    const rate = bin.length ? `${((100 * right) / bin.length).toFixed(0)} % right` : 'none';
    print(
      `  sure ${from.toFixed(1)}–${Math.min(1, to).toFixed(1)}           ${bin.length} questions, ${rate}`,
    );
  }
  print(`time a question          ${msEach.toFixed(2)} ms`);
  const texts = Array.from({ length: 20_000 }, (_, i) => `認証サーバーでタイムアウトが発生しました ${i}`);
  const start = performance.now();
  builtInEmbedder.embedNow(texts);
  print(
    `built-in embedder        ${Math.round(20_000_000 / (performance.now() - start)).toLocaleString('en')} texts/s`,
  );
}
