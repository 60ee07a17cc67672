// How questions are read: plans against those that the rows of test/golden/questions ask for, without answering any.
import { judgeReading, type Verdict } from '../helpers/questions/compare-plans.ts';
import { Question, questions } from '../helpers/questions/question.ts';
import { moved, names, readAll, TODAY } from '../helpers/questions/read-questions.ts';

const VERDICTS: readonly Verdict[] = ['right', 'asked', 'said', 'wrong'];

/** Words that nobody here knows, put into each question: are they said? */
const STRANGE = {
  ja: ['冷凍', 'フォークリフト', '委託先'],
  en: ['refrigerated', 'unionized', 'basement'],
} as const;
function mutated(q: Question): string[] {
  return STRANGE[q.lang].map((word) =>
    q.lang === 'ja' ? q.q.replace(/^/, `${word}の`) : q.q.replace(/ (?=\S+$)/, ` ${word} `),
  );
}

export async function run(print: (line: string) => void): Promise<void> {
  const kinds = process.env['TORIDE_KINDS']?.split(',');
  const rows = questions(process.env['TORIDE_QUESTIONS'] ?? 'open').filter(
    (q) => !kinds || kinds.includes(q.kind),
  );
  const table = new Map<string, Record<Verdict, number>>();
  const ms: number[] = [];
  const strange = { said: 0, silent: 0 };
  for (const row of rows) {
    const [p1] = moved;
    const filled = Question.parse(
      JSON.parse(JSON.stringify(row).replaceAll('{p1}', (p1?.name ?? '').replace(/\s/g, ''))),
    );
    const began = performance.now();
    const reading = readAll([...filled.before, filled.q], filled.lang);
    ms.push((performance.now() - began) / (filled.before.length + 1));
    const accept =
      filled.before.length > 0
        ? filled.accept.map((o) => ({
            ...o,
            plans: o.plans?.map((p) =>
              (p.act.includes('propose') || p.act.includes('about-card')) && p.not?.person
                ? {
                    ...p,
                    not: {
                      ...p.not,
                      person: filled.q.includes(p1?.name.replace(/\s/g, '') ?? '-')
                        ? p.not.person
                        : moved.map((m) => m.name),
                    },
                  }
                : p,
            ),
          }))
        : filled.accept;
    const { verdict, why } = judgeReading({ names, today: TODAY }, reading, accept);
    for (const key of [row.kind, `= ${row.lang}`, '= all']) {
      const counts = table.get(key) ?? { right: 0, asked: 0, said: 0, wrong: 0 };
      counts[verdict]++;
      table.set(key, counts);
    }
    if (verdict !== 'right' && process.env['TORIDE_VERBOSE'] === '1')
      print(
        `${verdict.padEnd(6)}${row.id} ${[...filled.before, filled.q].join(' → ')}\n      ${why}\n      ${JSON.stringify(reading.plans).slice(0, 400)}`,
      );
    if (filled.accept.some((o) => o.plans) && !['how-to', 'out-of-scope', 'help'].includes(row.kind))
      for (const text of mutated(filled)) {
        const said = readAll([...filled.before, text], filled.lang);
        const found = STRANGE[filled.lang].some(
          (w) =>
            said.account.some((s) => s.state === 'not-understood' && s.text.includes(w)) ||
            said.plans.some((p) => p.act === 'logs' && p.words.some((x) => x.includes(w))),
        );
        strange[found ? 'said' : 'silent']++;
        if (!found && process.env['TORIDE_VERBOSE'] === '2') print(`silent ${text}`);
      }
  }
  print(`${''.padEnd(16)}${'n'.padStart(5)} ${VERDICTS.map((v) => v.padStart(6)).join('')}`);
  for (const [kind, counts] of [...table].sort(([a], [b]) => (a < b ? -1 : 1)))
    print(
      `${kind.padEnd(16)}${String(VERDICTS.reduce((n, v) => n + counts[v], 0)).padStart(5)} ${VERDICTS.map((v) => String(counts[v]).padStart(6)).join('')}`,
    );
  ms.sort((a, b) => a - b);
  print(
    `a word nobody knows, put in: said ${strange.said}, silent ${strange.silent}; ms a question: median ${ms[ms.length >> 1]?.toFixed(1)}, p99 ${ms[Math.floor(ms.length * 0.99)]?.toFixed(1)}`,
  );
}
