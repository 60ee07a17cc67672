// Hundreds of procedures in the same words, told apart by a number: to any embedder they are nearly one and the same.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DocumentIndex } from '../../../main/knowledge/document-index.ts';
import { searchChunks } from '../../../main/knowledge/search-chunks.ts';
import { splitChunks } from '../../../main/knowledge/split-chunks.ts';
import { openOnnx } from '../../../main/llm/process/embed-onnx.ts';
import { builtInEmbedder, centred, type Embedder } from '../../../main/vectors/index.ts';
import { madeModel } from '../../helpers/llm/made-model.ts';
import { writeEmbedder } from '../../helpers/llm/onnx/make-embedder.ts';

const ALIKE = 240;
const procedure = (i: number): { title: string; text: string } =>
  i % 2 === 0
    ? {
        title: `スキャナ停止時の手順 ${i}`,
        text: `# 手順番号 ${1000 + i}\n機器番号 KX-${i} のスキャナが止まったら、電源を入れ直し、3分待って30件を読み直す。直らなければ内線${2000 + i}へ連絡する。`,
      }
    : {
        title: `Procedure ${i}`,
        text: `# Procedure ${i}\nWhen scanner LX-${i} stops, turn it off, wait 3 minutes and scan the last 30 items again. If it stops again, call extension ${2000 + i}.`,
      };

const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
});

const generated = async (): Promise<Embedder> => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-alike-'));
  const model = await openOnnx({
    modelId: 'tiny-e5',
    path: writeEmbedder(dir),
    format: 'onnx-folder',
    architecture: 'bert',
    contextTokens: 0,
    threads: 1,
    backend: 'cpu',
    needMb: 10,
    prefixes: { query: 'query: ', passage: 'passage: ' },
  });
  closing.push(async () => {
    await model.close();
    rmSync(dir, { recursive: true, force: true });
  });
  return centred({
    id: model.id,
    modelId: 'tiny-e5',
    dimensions: model.dimensions,
    embed: (texts, as = 'passage') => model.embed(texts, as, () => false),
  });
};
const EMBEDDERS: readonly (readonly [string, () => Promise<Embedder>])[] = [
  ['the built-in embedder', async () => builtInEmbedder],
  ['a generated model', generated],
  ['a model that hears letters', async () => madeModel('letters').embedder],
];

describe.each(EMBEDDERS)('among hundreds of like documents, with %s', (_name, open) => {
  let index: DocumentIndex;
  const add = async (id: string, title: string, text: string): Promise<void> => {
    const chunks = splitChunks(text);
    index.put(id, '1', title, chunks);
    index.setVectors(id, await index.embedder.embed([...index.textsOf(id)], 'passage'));
  };
  const found = async (question: string, by: 'meaning' | 'words' = 'meaning'): Promise<string[]> => {
    const [query] = by === 'words' ? [null] : await index.embedder.embed([question], 'query');
    const matches = searchChunks(index.list(), query ?? null, question, {
      allow: () => true,
      weigh: () => 1,
    });
    return matches.map(({ chunk }) => chunk.documentId);
  };
  beforeAll(async () => {
    index = new DocumentIndex(await open());
    for (let i = 0; i < ALIKE; i++) {
      const { title, text } = procedure(i);
      await add(String(i), title, text);
    }
  });

  it.each([
    ['機器番号 KX-124 のスキャナが止まったらどうする？', '124'],
    ['KX-124', '124'],
    ['ＫＸ－１２４が止まりました', '124'],
    ['KX124', '124'],
    ['手順番号 1166 を教えて', '166'],
    ['手順番号１１６６', '166'],
    ['手順 88 は？', '88'],
    ['内線2090は何の連絡先？', '90'],
    ['What do I do when scanner LX-77 stops?', '77'],
    ['procedure 77', '77'],
  ])('%s finds the one that holds it first', async (question, id) => {
    expect((await found(question))[0]).toBe(id);
    expect((await found(question, 'words'))[0]).toBe(id);
  });

  it('holds for any such number, however the rest of the question is put', async () => {
    const before = fc.constantFrom(
      '',
      'スキャナが止まった。',
      '30件残っていて3分で戻したい。',
      '至急、手順を教えて：',
    );
    const after = fc.constantFrom('', ' のときは？', 'が止まったら電源を入れ直しますか', ' stops again');
    const evens = fc.integer({ min: 0, max: ALIKE / 2 - 1 }).map((n) => 2 * n);
    await fc.assert(
      fc.asyncProperty(before, evens, after, async (start, i, end) => {
        expect((await found(`${start}KX-${i}${end}`))[0]).toBe(String(i));
      }),
      { numRuns: 25, seed: 7 },
    );
  });

  it('an amount does not call up the one document that happens to hold the digits', async () => {
    await add('lift', '荷物の昇降機', '荷物の昇降機は450件まで載せられる。扉は2名で開ける。');
    const question = 'スキャナが止まって450件残った。2名で30分以内に直す手順は？';
    expect((await found(question))[0]).not.toBe('lift');
    index.remove('lift');
  });

  it('a number that many of them hold changes nothing', async () => {
    const plain = await found('スキャナが止まったら電源を入れ直す手順');
    expect(plain.length).toBeGreaterThan(20);
    for (let i = 0; i < 40; i += 2) {
      const { title, text } = procedure(i);
      await add(String(i), title, `${text} 契約番号 A-100。`);
    }
    await add('rules', '昼休みの決まり', '昼休みは交代で取る。');
    expect((await found('契約番号 A-100 の昼休みの決まり'))[0]).toBe('rules');
  });
});
