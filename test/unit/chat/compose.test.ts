import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Intent } from '../../../main/api/contract/chat.ts';
import type { SituationRow } from '../../../main/api/contract/situation.ts';
import { type VerdictEvidence, VerdictSide } from '../../../main/api/contract/timeline.ts';
import { checkText } from '../../../main/chat/check.ts';
import { clarifyFor, examplesNow } from '../../../main/chat/clarify.ts';
import { composeAnswer } from '../../../main/chat/compose.ts';
import type { Line } from '../../../main/chat/draft.ts';
import type { Evidence } from '../../../main/chat/evidence.ts';
import { FactBook, fillSlots } from '../../../main/chat/facts.ts';
import { asksForAll, type Question } from '../../../main/chat/question.ts';
import { createUnderstanding } from '../../../main/chat/understand.ts';
import {
  ALERTS,
  at,
  cell,
  HIT,
  LOG_HITS,
  LOGS,
  LOGS_NAMED,
  MASTER,
  NO_MOVES,
  NOW,
  PROPOSAL,
  PROPOSAL_SHORT,
  ROWS,
  STANDS_STILL,
  situationOf,
  understood,
  VERDICT,
  WHAT_IF,
  YOKOHAMA,
  ZONE,
} from '../../helpers/hand-made-site.ts';

type Lang = 'ja' | 'en';
/** All that a verdict can name. */
const SIDES = VerdictSide.options.reduce<VerdictSide[][]>(
  (sets, side) => sets.concat(sets.map((set) => [...set, side])),
  [[]],
);
/** More came in to 札幌 エントリ1 than was forecast. */
const CAME: VerdictEvidence = {
  kind: 'volume-rose',
  cell: VERDICT.cell,
  at: null,
  words: {
    ja: '札幌 SS エントリ1 に入った件数は、予測より31%多くなっています（412件の予測に対し540件）。',
    en: 'What came in to 札幌 SS エントリ1 is 31% more than forecast (540 items against 412 items forecast).',
  },
  incidentId: null,
  templateId: null,
  figures: [
    { value: 0.31, text: { ja: '31%', en: '31%' } },
    { value: 412, text: { ja: '412件', en: '412 items' } },
    { value: 540, text: { ja: '540件', en: '540 items' } },
  ],
};
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
  proposal: fc.constantFrom(PROPOSAL, PROPOSAL_SHORT, STANDS_STILL, NO_MOVES, null),
  alerts: fc.constantFrom(ALERTS, ALERTS.slice(1), []),
  hits: fc.constantFrom([HIT], []),
  logs: fc.constantFrom(
    LOG_HITS,
    LOGS_NAMED,
    ...[LOGS, LOGS_NAMED].flatMap((logs) => [
      { ...logs, incidents: [] },
      { ...logs, services: [] },
      { ...logs, incidents: logs.incidents.map((i) => ({ ...i, incident: { ...i.incident, to: NOW } })) },
    ]),
  ),
  verdicts: fc.constantFrom<Evidence['verdicts']>(
    [],
    ...SIDES.map((sides) => [{ ...VERDICT, sides, evidence: [...VERDICT.evidence, CAME] }]),
  ),
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

/** the answer as it is read */
const readOut = (intent: Intent, lang: Lang, given: Evidence): string => {
  const { lines, book } = compose(intent, lang, given);
  return lines.map((line) => `${line.before}${fillSlots(line.text, book.facts, lang)?.text}`).join('');
};
const part = (text: string, from: string, to: string): string =>
  text.slice(text.indexOf(from) + from.length, text.indexOf(to)).trim();

test('how something is done is answered by the know-how first, and what the logs say follows', () => {
  const asking = (text: string, given: Partial<Evidence> = {}): string[] => {
    const book = new FactBook(NOW, ZONE);
    const composed = composeAnswer(book, {
      question: { ...question('log_investigation', 'ja'), text },
      evidence: evidence(given),
      slots: {},
      refusal: null,
    });
    const lines = composed.lines.map((line) => fillSlots(line.text, book.facts, 'ja')?.text ?? '');
    return [lines[0] ?? '', lines.at(-1) ?? ''].map((line) =>
      line.startsWith('ノウハウ') ? 'know-how' : 'logs',
    );
  };
  expect(asking('ログにタイムアウトと出たときの手順は？')).toEqual(['know-how', 'logs']);
  expect(asking('What do I do when the log says timeout?')).toEqual(['know-how', 'logs']);
  expect(asking('ログにエラーはある？')).toEqual(['logs', 'know-how']);
  expect(asking('対処の手順は？', { hits: [{ ...HIT, score: 0.4 }] })).toEqual(['logs', 'know-how']);
  expect(asking('昨日のエラーの対処方法は？', { logs: { ...LOG_HITS, named: true } })).toEqual([
    'logs',
    'know-how',
  ]);
});

test('asked which side a delay comes from, the verdict is told first, or that nothing is late', () => {
  const asking = (given: Partial<Evidence>): string => {
    const book = new FactBook(NOW, ZONE);
    const composed = composeAnswer(book, {
      question: {
        ...question('log_investigation', 'ja'),
        text: '今日の遅れは人の問題ですか、システムの問題ですか',
      },
      evidence: evidence(given),
      slots: {},
      refusal: null,
    });
    return composed.lines.map((line) => fillSlots(line.text, book.facts, 'ja')?.text ?? '').join('\n');
  };
  const verdict = '人員の不足とシステムの異常が先に起きています';
  expect(asking({}).split('\n')[0]).toContain(verdict);
  expect(asking({}).split(verdict)).toHaveLength(2);
  const calm = ROWS.map((row) => ({ ...row, risk: 'ok' as const }));
  expect(asking({ rows: calm, verdicts: [] })).toMatch(
    /^今のところ、納期に遅れそうな工程はありません（\d+工程を確認）。/,
  );
});

test('each move of a plan stands in its table with the deadline it is for', () => {
  const [first] = PROPOSAL.moves;
  if (!first) throw new Error('a move is needed');
  const moves = [{ ...first, deadline: at('16:00') }];
  const { book } = compose('optimize_assignment', 'ja', evidence({ proposal: { ...PROPOSAL, moves } }));
  const table = book.tables.find(({ query }) => query === 'proposal.moves');
  expect(table?.columns).toContainEqual({
    key: 'deadline',
    label: { ja: '対象の納期', en: 'For the deadline' },
    kind: 'instant',
  });
  expect(table?.rows[0]).toMatchObject({ name: first.name, deadline: at('16:00') });
});

test('a plan made while work stands still says where, and that nobody makes it faster until it goes on', () => {
  const [ja, en] = (['ja', 'en'] as const).map((lang) =>
    readOut('optimize_assignment', lang, evidence({ proposal: STANDS_STILL, verdicts: [] })),
  );
  expect(ja).toContain(
    '札幌 SS エントリ1は13:42頃からほぼ止まっているため、動き出すまでは人を動かしても速くなりません。',
  );
  expect(en).toContain(
    '札幌 SS エントリ1 has nearly stood still since about 13:42: until it moves again, moving people does not make it faster.',
  );
  const idle = { ...STANDS_STILL, moves: [] };
  const none = readOut('optimize_assignment', 'ja', evidence({ proposal: idle, verdicts: [] }));
  expect(none).toContain('動き出すまでは人を動かしても速くなりません。');
  expect(none).not.toContain('今のルールの中では');
});

test('the schedule of a plan names every hour at which somebody moves or is done', () => {
  const [first, second] = PROPOSAL.moves;
  if (!first || !second) throw new Error('two moves are needed');
  const named = (name: string, endsAt: number, more: Partial<typeof first> = {}) => ({
    ...first,
    operatorId: name,
    name,
    endsAt,
    ...more,
  });
  const proposal = {
    ...PROPOSAL,
    moves: [
      named('甲野 太郎', at('17:00')),
      named('乙野 二郎', at('17:00')),
      named('丙野 三子', at('18:00'), { to: YOKOHAMA }),
      named('丁野 四子', at('18:00')),
      named('戊野 五子', at('19:00'), { startsAt: at('17:00') }),
    ],
  };
  const [ja, en] = (['ja', 'en'] as const).map((lang) =>
    readOut('improve_alerts', lang, evidence({ proposal })),
  );
  expect(part(ja ?? '', '進め方', '内容を').split('\n')).toEqual([
    '・14:05：4名が札幌 SS エントリ1、横浜 SS エントリ1へ移ります（甲野 太郎さん、乙野 二郎さん、丙野 三子さん、ほか1名）',
    '・17:00：2名が札幌 SS エントリ1での作業を終えます（甲野 太郎さん、乙野 二郎さん）',
    '・17:00：1名が札幌 SS エントリ1へ移ります（戊野 五子さん）',
    '・18:00：2名が横浜 SS エントリ1、札幌 SS エントリ1での作業を終えます（丙野 三子さん、丁野 四子さん）',
    '・19:00：1名が札幌 SS エントリ1での作業を終え、配置変更はここで終わります（戊野 五子さん）',
  ]);
  expect(
    part(en ?? '', 'Schedule', 'Please')
      .split('\n')
      .slice(1),
  ).toEqual([
    '• 17:00: 2 people finish at 札幌 SS エントリ1 (甲野 太郎, 乙野 二郎)',
    '• 17:00: 1 person to 札幌 SS エントリ1 (戊野 五子)',
    '• 18:00: 2 people finish at 横浜 SS エントリ1, 札幌 SS エントリ1 (丙野 三子, 丁野 四子)',
    '• 19:00: 1 person finishes at 札幌 SS エントリ1, the end of the last move (戊野 五子)',
  ]);
});

test('an alert in the plan tells how much of what waits its deadline is about', () => {
  const [first] = ALERTS;
  if (!first?.evidence) throw new Error('an alert is needed');
  const alerts = [{ ...first, evidence: { ...first.evidence, backlog: 1240, due: 612 } }];
  expect(readOut('improve_alerts', 'ja', evidence({ alerts }))).toContain(
    '残件1,240件（納期までに終える分612件）',
  );
  expect(readOut('improve_alerts', 'en', evidence({ alerts }))).toContain(
    '1,240 items waiting (612 items to be done by then)',
  );
});

test('what is short and when it is done are told of one deadline, not of all that waits', () => {
  const [sapporo] = ROWS;
  if (!sapporo) throw new Error('a row is needed');
  // 1,240 wait until 18:00, 612 of them are due at 16:00
  const rows = [
    { ...sapporo, due: 612, shortItems: 1, dueFinishAt: at('16:01'), finishAt: at('17:51'), required: 411 },
  ];
  expect(readOut('delay_risk_detection', 'ja', evidence({ rows, verdicts: [] }))).toContain(
    '残件は1,240件（16:00までに終える分は612件）です。処理速度は毎時410件ですが、間に合わせるには毎時411件が必要で、毎時1件足りません（今のペースで1名分）。この分は、納期の時点で1件が残り、終わるのは16:01ごろの見込みです。',
  );
  expect(readOut('delay_risk_detection', 'en', evidence({ rows, verdicts: [] }))).toContain(
    'It has 1,240 items waiting (612 items to be done by 16:00). Work is running at 410 items/hour against the 411 items/hour it needs: 1 item/hour short, or 1 person’s work at today’s pace. Of those, 1 item would be left at the deadline, and the last would be done around 16:01.',
  );
  const plan = readOut('improve_alerts', 'ja', evidence({ rows }));
  expect(plan).not.toContain('17:51');
  // where all of it is due by that deadline there is nothing to tell apart
  expect(readOut('delay_risk_detection', 'ja', evidence({ rows: [sapporo] }))).not.toContain('うち');
});

test('what is short is told in people only where so many could be sent, and where the system does not stand', () => {
  const [sapporo] = ROWS;
  if (!sapporo) throw new Error('a row is needed');
  const told = (throughput: number, verdicts: Evidence['verdicts']): string =>
    readOut('delay_risk_detection', 'ja', evidence({ rows: [{ ...sapporo, throughput }], verdicts }));
  expect(told(410, [])).toMatch(/今のペースで\d+名分/);
  expect(told(8, [])).toContain('足りません');
  expect(told(8, [])).not.toContain('名分');
  const system = told(410, [{ ...VERDICT, sides: ['system'] }]);
  expect(system).not.toContain('名分');
  expect(system).toContain('人を足しても追いつかない見込みです。まずシステム担当に復旧の見込みを確認し');
  // moves are not what to ask for then
  expect(system).not.toContain('配置変更を提案して');
  expect(system).toContain('「今の障害を調べて」');
  const plan = readOut('improve_alerts', 'ja', evidence({ verdicts: [{ ...VERDICT, sides: ['system'] }] }));
  expect(plan.slice(plan.indexOf('対策'))).toContain('まずシステム担当に');
});

test('more work than was forecast is told with its figures, and what to do about it', () => {
  const given = evidence({ verdicts: [{ ...VERDICT, sides: ['volume'], evidence: [CAME] }] });
  for (const intent of ['delay_risk_detection', 'deadline_optimization', 'improve_alerts'] as const) {
    const ja = readOut(intent, 'ja', given);
    expect(ja).toContain('札幌 SS エントリ1の遅れは、件数の増加が先に起きています。');
    expect(ja).toContain('予測より31%多くなっています（412件の予測に対し540件）');
    expect(ja).toContain('このあと入る件数の見込みを確認し');
    const en = readOut(intent, 'en', given);
    expect(en).toContain('is preceded by more work than expected');
    expect(en).toContain('31% more than forecast (540 items against 412 items forecast)');
  }
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
