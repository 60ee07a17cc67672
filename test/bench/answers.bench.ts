// What people get who ask the questions of test/golden/questions: right, asked back, told what was not understood, or wrong.
import { type Judgement, judgeAnswer, type Verdict } from '../helpers/questions/judge-answer.ts';
import { Question, questions } from '../helpers/questions/question.ts';
import { openStage, type Stage } from '../helpers/questions/stage.ts';
import { type Answer, answerTo } from './ask-toride.ts';

type Judged = Judgement & { readonly question: Question; readonly asked: string; readonly answer: Answer };
const VERDICTS: readonly Verdict[] = ['right', 'asked', 'said', 'wrong'];

/** The names that stand for people of the proposal before, put in. */
const named = (question: Question, people: ReadonlyMap<string, readonly string[]>): Question =>
  Question.parse(
    JSON.parse(
      JSON.stringify(question).replace(/"\{(\w+)\}"/g, (_, key: string) =>
        (people.get(key) ?? []).map((n) => JSON.stringify(n)).join(','),
      ),
    ),
  );

async function judgeAll(stage: Stage, asked: readonly Question[]): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const question of asked) {
    const got = await answerTo(stage, question);
    judged.push({
      question,
      asked: got.asked,
      answer: got.answer,
      ...judgeAnswer(stage, named(question, got.people), got.answer),
    });
  }
  return judged;
}

const counts = (rows: readonly Judged[]): string =>
  VERDICTS.map((v) => String(rows.filter((r) => r.verdict === v).length).padStart(6)).join('');
function table(rows: readonly Judged[], print: (line: string) => void): void {
  print(`${''.padEnd(16)}${'n'.padStart(5)} ${VERDICTS.map((v) => v.padStart(6)).join('')}`);
  const line = (name: string, part: readonly Judged[]): void => {
    if (part.length) print(`${name.padEnd(16)}${String(part.length).padStart(5)} ${counts(part)}`);
  };
  for (const kind of [...new Set(rows.map((r) => r.question.kind))].sort())
    line(
      kind,
      rows.filter((r) => r.question.kind === kind),
    );
  for (const lang of ['ja', 'en'])
    line(
      lang,
      rows.filter((r) => r.question.lang === lang),
    );
  line('all', rows);
  const share = (v: Verdict): string =>
    `${((100 * rows.filter((r) => r.verdict === v).length) / rows.length).toFixed(1)} %`;
  print(
    `right ${share('right')}, asked back ${share('asked')}, said ${share('said')}, wrong ${share('wrong')}`,
  );
}

/**
 * TORIDE_QUESTIONS: `open` (default), `aside` or the path of a file of such rows; TORIDE_KINDS=count,why: only these kinds;
 * TORIDE_VERBOSE=1 names each that is not right, what was expected and what came, unless they are set aside.
 */
export async function run(print: (line: string) => void): Promise<void> {
  const part = process.env['TORIDE_QUESTIONS'] ?? 'open';
  const kinds = process.env['TORIDE_KINDS']?.split(',');
  const asked = questions(part).filter((q) => !kinds || kinds.includes(q.kind));
  const judged: Judged[] = [];
  for (const decided of [false, true]) {
    const of = asked.filter((q) => (q.kind === 'decisions') === decided);
    if (of.length === 0) continue;
    const stage = await openStage({ decided });
    try {
      judged.push(...(await judgeAll(stage, of)));
    } finally {
      await stage.close();
    }
  }
  if (process.env['TORIDE_VERBOSE'] === '1' && part !== 'aside')
    for (const j of judged)
      if (j.verdict !== 'right')
        print(
          `${j.verdict.padEnd(5)} ${j.question.id}  ${[...j.question.before, j.asked].join(' → ')}\n      expected: ${j.why}\n      got: ${j.answer.text.replace(/\n+/g, ' ⏎ ').slice(0, 260)}`,
        );
  print(`\nanswers, ${part} set`);
  table(judged, print);
  const times = judged.map((j) => j.answer.ms).sort((a, b) => a - b);
  print(
    `time to an answer: median ${Math.round(times[times.length >> 1] ?? 0)} ms, p90 ${Math.round(times[Math.floor(times.length * 0.9)] ?? 0)} ms`,
  );
}
