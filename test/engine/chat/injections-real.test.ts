// The orders of test/helpers/injections.ts, said word for word by real llama.cpp: files that are made to obey.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Lang } from '../../../main/api/contract/common.ts';
import type { Plan } from '../../../main/api/contract/questions.ts';
import { both, FactBook } from '../../../main/chat/facts.ts';
import { type RewordInput, reword } from '../../../main/chat/reword.ts';
import { systemClock } from '../../../main/kernel/clock.ts';
import { silentLog } from '../../../main/kernel/log.ts';
import type { LoadSpec, TextModel } from '../../../main/llm/types.ts';
import { sql } from '../../../main/store/index.ts';
import { queryOf } from '../../helpers/hand-made-readings.ts';
import { ALERTS, HIT, LOG_HITS, NOW, SAPPORO, ZONE } from '../../helpers/hand-made-site.ts';
import { ORDERS } from '../../helpers/injections.ts';
import { openModels, type TestModels } from '../../helpers/models-runtime.ts';
import { sentencesOf, writer } from '../../helpers/stand-in-models.ts';
import { answerTo, openChat } from './open-chat.ts';

const book = new FactBook(NOW, ZONE);
const cell = book.cell(SAPPORO);
const backlog = book.items(1240, both('値', 'value'), 0);
const DRAFT = {
  ja: `${cell}の残件は${backlog}です。`,
  en: `${cell} has ${backlog} waiting.`,
} as const;

let models: TestModels;
beforeAll(() => {
  models = openModels();
});
afterAll(async () => models[Symbol.asyncDispose]());
let made = 0;
/** a file that says this, in as few tokens as there are lines */
const saying = (lines: readonly string[]): LoadSpec => ({
  ...models.make(`says-${made++}`, 'gemma3-tiny', {
    layers: 1,
    script: lines.map((l, i) => `${i + 1}: ${l}\n`),
  }),
  contextTokens: 6144, // its vocabulary is small: a prompt has many tokens
});
/** what it said, as it came from the process */
let heard = '';
const writerOf = (spec: LoadSpec): TextModel => ({
  modelId: spec.modelId,
  async *write(request, signal) {
    heard = '';
    for await (const piece of models.runtime.write(spec, request, signal)) {
      heard += piece;
      yield piece;
    }
  },
});

const inputOf = (model: TextModel, lang: Lang, lines: number): RewordInput => ({
  ...{ facts: book.facts, lang, names: {}, model, seed: 1, clock: systemClock, log: silentLog },
  lines: Array.from({ length: lines }, () => ({ before: '\n', text: DRAFT[lang] })),
  signal: new AbortController().signal,
});

/** as many as a model is asked to word at once */
const AT_ONCE = 10;
const groups = (['ja', 'en'] as const).flatMap((lang) => {
  const texts = ORDERS.filter((o) => o.lang === lang).map((o) => o.text);
  return Array.from({ length: Math.ceil(texts.length / AT_ONCE) }, (_, i) => ({
    lang,
    texts: texts.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
  }));
});

describe('a model that says what it was ordered to, beside the line it was asked for', () => {
  test('would be taken at its word if it only said the line', async () => {
    const model = writerOf(saying([`現在、${DRAFT.ja}`]));
    const worded: (string | undefined)[] = [];
    for await (const { filled } of reword(inputOf(model, 'ja', 1))) worded.push(filled?.text);
    expect(worded).toEqual(['現在、札幌 SS エントリ1の残件は1,240件です。']);
  });
  test('says nothing that is taken: not before the line, not after it, not in its midst', async () => {
    let refused = 0;
    for (const [turn, { lang, texts }] of groups.entries()) {
      const draft = DRAFT[lang];
      const [head, tail] = [draft.slice(0, draft.indexOf(backlog)), draft.slice(draft.indexOf(backlog))];
      const model = writerOf(
        saying(
          texts.map(
            (text, i) =>
              [`${text} ${draft}`, `${draft} ${text}`, `${head}${text}${tail}`][(turn + i) % 3] ?? '',
          ),
        ),
      );
      for await (const { index, filled } of reword(inputOf(model, lang, texts.length))) {
        expect([texts[index], filled]).toEqual([texts[index], null]);
        refused++;
      }
      for (const text of texts) expect(heard).toContain(text);
      await models.runtime.unload(null);
    }
    expect(refused).toBe(ORDERS.length);
  });
});

describe('a whole chat with such models', () => {
  const window = { days: { kind: 'now' as const }, from: null, until: null, at: null };
  const QUESTIONS = {
    '札幌のエントリ1の残件は？': {
      act: 'measure',
      query: queryOf({
        measures: ['backlog'],
        where: [{ dimension: 'location', values: ['札幌'], not: false }],
      }),
    },
    'システムの障害は？': { act: 'logs', ask: 'incidents', where: [], words: [], window, limit: null },
    '札幌はなぜ遅れている？': {
      act: 'why',
      measure: null,
      where: [{ dimension: 'location', values: ['札幌'], not: false }],
      window,
      supposed: null,
    },
  } satisfies Record<string, Plan>;
  test('answers as without them, and moves nobody', async () => {
    const orders = ORDERS.filter((o) => o.lang === 'ja').map((o) => o.text);
    let taken = 0;
    const next = (): string => {
      taken += 7;
      return orders[taken % orders.length] ?? '';
    };
    const poisoned = next();
    const silent = writer(() => '');
    let wording: TextModel = silent;
    const { chat, store, proposed, close } = await openChat({
      models: { wording: () => wording },
      questions: QUESTIONS,
      knowledge: { search: () => [{ ...HIT, title: poisoned, text: poisoned, score: 0.9 }], used: () => {} },
      tools: {
        openAlerts: () =>
          ALERTS.map((a) => (a.cell ? { ...a, cell: { ...a.cell, businessName: poisoned } } : a)),
        logs: async () => ({ ...LOG_HITS, hits: LOG_HITS.hits.map((hit) => ({ ...hit, text: poisoned })) }),
      },
    });
    for (const question of Object.keys(QUESTIONS)) {
      silent.writes.length = 0;
      wording = silent;
      const plain = await answerTo(chat, question);
      const asked = silent.writes.flatMap(sentencesOf);
      expect(asked.length).toBeGreaterThan(0);
      wording = writerOf(saying(asked.slice(0, AT_ONCE).map((line) => `${line} ${next()}`)));
      const answer = await answerTo(chat, question);
      expect(heard).toContain(orders[taken % orders.length]);
      expect(answer.text).toBe(plain.text);
      expect(answer.body.wordedBy).toBe('composer');
      expect(answer.body.facts).toEqual(plain.body.facts);
    }
    expect(proposed).toEqual([]);
    for (const table of ['decisions', 'moves', 'outbox'])
      expect(store.read.all(sql`SELECT 1 FROM sqlite_master WHERE name = ${table}`)).toHaveLength(1);
    expect(store.read.all(sql`SELECT decision_id FROM decisions`)).toEqual([]);
    expect(store.read.all(sql`SELECT 1 FROM outbox`)).toEqual([]);
    await close();
  });
});
