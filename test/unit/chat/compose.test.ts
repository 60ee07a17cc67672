import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Intent } from '../../../main/api/contract/chat.ts';
import type { SituationRow } from '../../../main/api/contract/situation.ts';
import { checkText } from '../../../main/chat/check.ts';
import { clarifyFor, examplesNow } from '../../../main/chat/clarify.ts';
import { composeAnswer, quoteOf } from '../../../main/chat/compose.ts';
import type { Line } from '../../../main/chat/draft.ts';
import type { Evidence } from '../../../main/chat/evidence.ts';
import { FactBook, fillSlots } from '../../../main/chat/facts.ts';
import { asksForAll, type Question } from '../../../main/chat/question.ts';
import { createUnderstanding } from '../../../main/chat/understand.ts';
import {
  ALERTS,
  cell,
  HIT,
  LOG_HITS,
  MASTER,
  NO_MOVES,
  NOW,
  PROPOSAL,
  PROPOSAL_SHORT,
  ROWS,
  situationOf,
  understood,
  VERDICT,
  WHAT_IF,
  ZONE,
} from '../../helpers/hand-made-site.ts';

type Lang = 'ja' | 'en';
const INTENTS: readonly Intent[] = [
  'deadline_optimization',
  'delay_risk_detection',
  'impact_analysis',
  'improve_alerts',
  'optimize_assignment',
  'simple_query',
  'productivity_analysis',
  'log_investigation',
  'out_of_scope',
];
const TOPICS: readonly Evidence['topic'][] = ['backlog', 'deadlines', 'throughput', 'staffing', 'risk'];

const question = (intent: Intent, lang: Lang): Question => {
  const understanding = understood(intent);
  return { text: 'q', lang, understanding, result: understanding.result, alert: null, all: true };
};
const evidence = (given: Partial<Evidence> & { rows?: readonly SituationRow[] } = {}): Evidence => ({
  situation: situationOf(given.rows ?? ROWS),
  rows: ROWS,
  topic: 'backlog',
  tables: [],
  details: [],
  alerts: ALERTS,
  hits: [HIT],
  verdicts: [VERDICT],
  logs: LOG_HITS,
  change: { peopleDelta: -2, volumeFactor: 1, speedFactor: 0.7, itemsDelta: 0 },
  whatIf: WHAT_IF,
  proposal: PROPOSAL,
  ...given,
});
type Composed = { lines: readonly Line[]; book: FactBook };
const compose = (intent: Intent, lang: Lang, given: Evidence): Composed => {
  const book = new FactBook(NOW, ZONE);
  const draft = composeAnswer(book, {
    question: question(intent, lang),
    evidence: given,
    slots: {},
    refusal: null,
  });
  return { lines: draft.lines, book };
};
/** a line as it is shown, with what the gate has against it */
const gate = (line: string, { book }: Composed, lang: Lang) => {
  const filled = fillSlots(line, book.facts, lang);
  return checkText(filled?.text ?? '{{', {
    facts: [],
    lang,
    marks: filled?.marks ?? [],
    people: MASTER.operators.map((operator) => operator.name),
    places: MASTER.locations,
  });
};

const name = fc.constantFrom(
  '札幌',
  '二本松',
  '三千 万里',
  '半田',
  'A1',
  'Unit 7',
  '倍賞 千恵子',
  '{{f1}}',
  '9',
  'half',
  '😀',
  "O'Neil",
);
const share = fc.constantFrom(0, 0.004, 0.13, 0.5, 0.999, 1, null);
const when = fc.integer({ min: -600, max: 3000 }).map((minutes) => NOW + minutes * 60_000);
const row: fc.Arbitrary<SituationRow> = fc
  .record({
    site: name,
    process: name,
    backlog: fc.constantFrom(0, 1, 2, 1240, 1_000_000),
    deadline: fc.option(when),
    throughput: fc.option(fc.double({ min: 0, max: 5000, noNaN: true })),
    required: fc.option(fc.double({ min: 0, max: 5000, noNaN: true })),
    people: fc.nat(3),
    movedIn: fc.nat(1),
    pOnTime: share,
    finishAt: fc.option(when),
    shortItems: fc.constantFrom(0, 0.4, 1, 88),
    risk: fc.constantFrom('ok', 'watch', 'danger', 'unknown'),
  })
  .map(({ site, process, ...numbers }) => ({
    ...(ROWS[0] as SituationRow),
    ...cell(site, '523201', process),
    ...numbers,
  }));
const anything = fc.record({
  rows: fc.array(row, { minLength: 1, maxLength: 8 }),
  topic: fc.constantFrom(...TOPICS),
  proposal: fc.constantFrom(PROPOSAL, PROPOSAL_SHORT, NO_MOVES, null),
  alerts: fc.constantFrom(ALERTS, ALERTS.slice(1), []),
  hits: fc.constantFrom([HIT], []),
});

test('whatever the numbers and however people and places are named, every composed line passes the gate', () => {
  fc.assert(
    fc.property(
      anything,
      fc.constantFrom(...INTENTS),
      fc.constantFrom<Lang>('ja', 'en'),
      (given, intent, lang) => {
        const composed = compose(intent, lang, evidence(given));
        expect(composed.lines.length).toBeGreaterThan(0);
        for (const line of composed.lines)
          expect([line.text, gate(line.text, composed, lang)]).toEqual([line.text, []]);
      },
    ),
    { numRuns: 400 },
  );
});

test('English counts agree with their nouns and nothing is left unfilled', () => {
  fc.assert(
    fc.property(
      anything,
      fc.constantFrom(...INTENTS),
      fc.constantFrom<Lang>('ja', 'en'),
      (given, intent, lang) => {
        const composed = compose(intent, lang, evidence(given));
        for (const line of composed.lines) {
          const text = line.text.replace(/\{\{(f\d+)\}\}/g, (slot, id) => {
            const fact = composed.book.get(id);
            return fact?.unit === 'text' ? 'X' : (fact?.text[lang] ?? slot);
          });
          expect(text).not.toMatch(
            /(?<![\d,.])1 (items|people|queues|deadlines|alerts|errors|lines|person-hours)\b|\{\{|undefined|null|NaN|Infinity/,
          );
          expect(text).not.toMatch(/(?<![\d:,.])[2-9]\d* (item|person|queue|deadline|alert|error|line)\b/);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('a digit planted anywhere in a composed line is caught', () => {
  const texts = INTENTS.flatMap((intent) =>
    (['ja', 'en'] as const).flatMap((lang) => {
      const composed = compose(intent, lang, evidence());
      return composed.lines.map((line) => ({ line: line.text, composed, lang }));
    }),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...texts),
      fc.constantFrom('1', '８', '三', '十', '½', '40%', '②'),
      fc.double({ min: 0, max: 1, noNaN: true }),
      ({ line, composed, lang }, digit, at) => {
        const pieces = line
          .split(/(\{\{f\d+\}\})/)
          .flatMap((piece) => (piece.startsWith('{{') ? [piece] : [...piece]));
        const place = Math.floor(at * (pieces.length + 1));
        const planted = [...pieces.slice(0, place), digit, ...pieces.slice(place)].join('');
        expect([planted, gate(planted, composed, lang).length > 0]).toEqual([planted, true]);
      },
    ),
    { numRuns: 1500 },
  );
});

test('every number in an answer can be opened: it has a table, or is a name or the person’s own', () => {
  for (const intent of INTENTS) {
    const { book } = compose(intent, 'ja', evidence());
    for (const fact of book.facts)
      if (fact.table === null)
        expect([fact.label.ja, fact.unit]).toEqual([
          fact.label.ja,
          expect.stringMatching(/text|percent|minutes|count|person-hours|people|instant/),
        ]);
      else expect(book.tables[fact.table]?.rows.length).toBeGreaterThan(0);
  }
});

test('derived numbers are worked out in code and say from what', () => {
  const { book } = compose('delay_risk_detection', 'ja', evidence({ rows: ROWS.slice(0, 1) }));
  const by = (label: string) => book.facts.find((fact) => fact.label.ja.includes(label));
  expect(by('処理速度の不足')).toMatchObject({ value: 620 - 410, text: { ja: '毎時210件' } });
  expect(by('不足を人数にしたもの')).toMatchObject({
    value: Math.ceil(210 / (410 / 8)),
    text: { ja: '5名' },
  });
  expect(by('間に合わない確率')).toMatchObject({ value: 1 - 0.13 });
});

test('a clarify card’s question passes the gate and its options name what is really there', () => {
  for (const lang of ['ja', 'en'] as const) {
    const book = new FactBook(NOW, ZONE);
    const unsure = { ...question('deadline_optimization', lang), all: false };
    const card = clarifyFor(unsure, situationOf(), 2, book);
    expect(gate(card?.[lang] ?? '{{', { lines: [], book }, lang)).toEqual([]);
    expect(card?.options.map((option) => option.label.ja)).toEqual([
      '札幌 SS エントリ1',
      '横浜 SS エントリ1',
      'すべてまとめて',
    ]);
  }
});

test.each([
  ['短い文。', '短い文。'],
  ['あ'.repeat(200), `${'あ'.repeat(90)}…`],
  [`${'手順を守る。'.repeat(20)}`, '手順を守る。'.repeat(15)],
  ['改行\nと {{f1}} 括弧', '改行 と f1 括弧'],
])('a know-how text is quoted by its beginning', (text, quote) => expect(quoteOf(text)).toBe(quote));

test('every option offered, sent as the next question, is understood as what it says and asks nothing back', () => {
  const understand = createUnderstanding(() => MASTER);
  const asked = (text: string, lang: Lang): Question => {
    const understanding = understand(text);
    return { text, lang, understanding, result: understanding.result, alert: null, all: asksForAll(text) };
  };
  const card = (of: Question) => clarifyFor(of, situationOf(), 2, new FactBook(NOW, ZONE));
  const unnamed = { ...question('deadline_optimization', 'ja'), all: false };
  const sapporo = understood('impact_analysis', { location: '札幌', process: 'エントリ1' }).result;
  const examples = [
    'deadline_optimization',
    'delay_risk_detection',
    'improve_alerts',
    'simple_query',
    'impact_analysis',
  ] as const;
  const offered = [
    ...(card(unnamed)?.options ?? []).map((option) => ['deadline_optimization', option] as const),
    ...(card({ ...question('impact_analysis', 'ja'), result: sapporo })?.options ?? []).map(
      (option) => ['impact_analysis', option] as const,
    ),
    ...examplesNow(situationOf(), 2, 9).map((option, i) => [examples[i] ?? 'out_of_scope', option] as const),
  ];
  expect(offered).toHaveLength(3 + 4 + 5);
  for (const [intent, option] of offered)
    for (const lang of ['ja', 'en'] as const) {
      const text = option.text[lang];
      const next = asked(text, lang);
      expect([text, next.result.intent, card(next)]).toEqual([text, intent, null]);
    }
});
