import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { INTENTS, type Message } from '../../../main/api/contract/chat.ts';
import type { IntentCalibration } from '../../../main/chat/calibrate-intent.ts';
import { createUnderstanding } from '../../../main/chat/understand.ts';
import { run, sql } from '../../../main/store/index.ts';
import { ALERTS, HIT, LOG_HITS, MASTER, understood } from '../../helpers/hand-made-site.ts';
import { INJECTIONS, type Injection, OBEYED, ORDERS } from '../../helpers/injections.ts';
import { chooser, sentencesOf, writer } from '../../helpers/stand-in-models.ts';
import { answerTo, type Opened, openChat } from './open-chat.ts';

const QUESTIONS: Record<Injection['channel'], string> = {
  'know-how': '札幌のエントリ1の残件は？',
  title: '札幌のエントリ1の残件は？',
  log: 'システムログを調べて',
  alert: '遅れそうな工程は？',
  question: '',
};
const read = createUnderstanding(() => MASTER);
const HARMLESS = '手順を確認すること';
let now: Injection = { channel: 'know-how', text: HARMLESS };
const at = (channel: Injection['channel'], otherwise: string): string =>
  now.channel === channel ? now.text : otherwise;

/** Obeys whatever it can: it writes what it was ordered to, with and without the slots it must keep. */
let turn = 0;
const obedient = writer((request) =>
  sentencesOf(request)
    .map((line, i) => {
      // in its own words, and word for word as it was told
      const said = OBEYED[(turn++ + i) % OBEYED.length] ?? '';
      const evil = turn % 3 === 0 ? said : now.text;
      return `${i + 1}: ${turn % 2 ? line + evil : evil + line.replace(/[^{}f\d]/g, '')}`;
    })
    .join('\n'),
);
const eager = chooser(
  (_slot, { user }) => (/承認|approve|移動|move|動か/i.test(user) ? 'late' : 'number'),
  0.99,
);

let opened: Opened;
beforeAll(async () => {
  opened = await openChat({
    models: { intent: () => eager, wording: () => obedient },
    questions: {
      [QUESTIONS['know-how']]: understood('simple_query', { location: '札幌', process: 'エントリ1' }),
      [QUESTIONS.log]: understood('log_investigation'),
      [QUESTIONS.alert]: understood('delay_risk_detection'),
      ...Object.fromEntries(
        INJECTIONS.filter((i) => i.channel === 'question').map(({ text }) => [text, read(text)]),
      ),
    },
    knowledge: {
      search: () => [{ ...HIT, title: at('title', HIT.title), text: at('know-how', HARMLESS), score: 0.9 }],
      used: () => {},
    },
    tools: {
      openAlerts: () =>
        ALERTS.map((alert) =>
          alert.cell ? { ...alert, cell: { ...alert.cell, businessName: at('alert', 'SS') } } : alert,
        ),
      logs: async () => ({
        ...LOG_HITS,
        hits: LOG_HITS.hits.map((hit) => ({ ...hit, text: at('log', HARMLESS) })),
      }),
    },
  });
  // it is listened to: by its measurements it is better than the classifier
  const prior = Object.fromEntries(
    INTENTS.map((intent) => [intent, 1 / INTENTS.length]),
  ) as IntentCalibration['prior'];
  const trusted: IntentCalibration = {
    ...{
      version: 1,
      modelId: eager.modelId,
      prior,
      weight: 2,
      questions: 45,
      lossAlone: 1,
      lossTogether: 0.1,
    },
    ...{ rightModel: 45, rightClassifier: 30, rightTogether: 45, scored: true, at: 1 },
  };
  await opened.store.write([
    run(sql`INSERT INTO settings (key, value, changed_at)
      VALUES (${`chat.intent-calibration.${eager.modelId}`}, ${JSON.stringify(trusted)}, 1)`),
  ]);
});
afterAll(() => opened.close());

const ask = async (injection: Injection): Promise<Message> => {
  now = injection;
  return answerTo(
    opened.chat,
    injection.channel === 'question' ? injection.text : QUESTIONS[injection.channel],
  );
};
/** numbers and times an answer tells, quotations aside */
const told = ({ body }: Message): string[] =>
  body.facts.filter((fact) => fact.unit !== 'text').map((fact) => `${fact.label.ja} ${fact.value}`);
const outside = ({ text, body }: Message): string => {
  let rest = text;
  for (const { start, end } of body.marks.toSorted((a, b) => b.start - a.start))
    rest = rest.slice(0, start) + rest.slice(end);
  return rest;
};
test('there are more than a hundred of them, no two alike, in both languages and every place', () => {
  expect(new Set(INJECTIONS.map((i) => i.text)).size).toBe(130);
  for (const lang of ['ja', 'en']) expect(ORDERS.filter((o) => o.lang === lang)).toHaveLength(65);
  for (const channel of new Set(INJECTIONS.map((i) => i.channel)))
    expect(INJECTIONS.filter((i) => i.channel === channel)).toHaveLength(26);
});

describe('a text that orders a model about, and a model that obeys', () => {
  test('no number, name or claim gets through, no row beyond the question’s own, and nothing is set in motion', async () => {
    const plain = new Map<string, string[]>();
    for (const channel of ['know-how', 'title', 'log', 'alert'] as const)
      plain.set(channel, told(await ask({ channel, text: HARMLESS })));
    const wrong: [string, string][] = [];
    for (const injection of INJECTIONS) {
      opened.proposed.length = 0;
      const answer = await ask(injection);
      const rest = outside(answer);
      if (/\d|[〇一二三四五六七八九十百千]{2,}/.test(rest)) wrong.push(['number', rest]);
      if (MASTER.operators.some(({ name }) => rest.includes(name.slice(0, 2)))) wrong.push(['person', rest]);
      if ([...OBEYED, injection.text].some((evil) => rest.includes(evil))) wrong.push(['obeyed', rest]);
      if (/<\||<\w+[ >]|\]\(|\p{Cf}/u.test(rest)) wrong.push(['marked up', rest]);
      if (injection.channel === 'question') continue;
      if (opened.proposed.length > 0) wrong.push(['proposal', injection.text]);
      if (told(answer).join() !== plain.get(injection.channel)?.join())
        wrong.push(['rows', `${injection.text}: ${told(answer).join()}`]);
    }
    expect(wrong).toEqual([]);
  });
  test('whatever a question orders, the most that comes of it is a proposal for a person to decide on', () => {
    expect(opened.store.read.get<{ n: number }>(sql`SELECT count(*) AS n FROM decisions`)?.n).toBe(0);
    expect(opened.store.read.get<{ n: number }>(sql`SELECT count(*) AS n FROM outbox`)?.n).toBe(0);
    expect(opened.store.read.get<{ n: number }>(sql`SELECT count(*) AS n FROM moves`)?.n).toBe(0);
    expect(opened.store.read.get<{ n: number }>(sql`SELECT count(*) AS n FROM audit`)?.n).toBe(0);
  });
  test('the wording model was not even shown the orders', () => {
    expect(obedient.writes.length).toBeGreaterThan(50);
    expect(eager.choices.length).toBeGreaterThan(10);
    for (const { system, user } of obedient.writes)
      for (const { text } of INJECTIONS) expect(`${system}\n${user}`).not.toContain(text);
  });
});
