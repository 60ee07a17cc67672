// Whether an answer answers what was asked: strictly, by its first sentence, the right figure and the right scope.
import type { Answer } from '../../bench/ask-toride.ts';
import { judgeOther } from './judge-acts.ts';
import { type Outcome, type Plan, plain, type Question } from './question.ts';
import type { Stage } from './stage.ts';
import { type Said, type Truth, truths } from './true-answers.ts';

export type Verdict = 'right' | 'asked' | 'said' | 'wrong';
export type Judgement = { readonly verdict: Verdict; readonly why: string };

/** What comes first: at most two sentences of the first line; of a line that only announces a list, that line. */
export function headOf(text: string): string {
  const line = text.split('\n').find((l) => l.trim()) ?? '';
  const sentences = line.match(/[^。]+?(?:。|[.!?](?=\s|$)|$)/g) ?? [line];
  return sentences.slice(0, 2).join('');
}
export const numbersOf = (text: string): number[] =>
  (text.normalize('NFKC').match(/\d[\d,]*(?:\.\d+)?/g) ?? []).map((n) => Number(n.replaceAll(',', '')));
/** As an answer writes it: whole numbers exactly, others to a digit or two. */
export const says = (text: string, value: number): boolean =>
  numbersOf(text).some((n) =>
    Number.isInteger(value)
      ? n === value
      : Math.abs(n - value) <= Math.max(0.06, 0.005 * Math.abs(value)) || n === Math.round(value),
  );
const NONE =
  /ありません|いません|いない|なし|ゼロ|0件|0名|0人|\bno\b|\bnone\b|nobody|nothing|no one|not any/i;
const SITES: Readonly<Record<string, string>> = {
  札幌: 'sapporo',
  盛岡: 'morioka',
  品川: 'shinagawa',
  横浜: 'yokohama',
  大阪: 'osaka',
  佐世保: 'sasebo',
};
export const mentions = (text: string, name: string): boolean =>
  plain(text).includes(plain(name)) || (SITES[name] !== undefined && plain(text).includes(SITES[name]));
const WEEKDAY = /^[日月火水木金土]$/;
const namesIn = (line: string, names: readonly string[]): boolean =>
  names.every((name) => {
    if (WEEKDAY.test(name))
      return (
        line.includes(`${name}曜`) ||
        line.includes(`(${name})`) ||
        line.includes(`（${name}）`) ||
        new RegExp(EN_DAYS[name] ?? name, 'i').test(line)
      );
    if (/^\d{1,2}$/.test(name))
      return new RegExp(`(?<!\\d)0?${name}(?:時|:00|:|\\s*[ap]m|–|-|〜)`, 'i').test(line);
    if (/^\d{4}-/.test(name)) return dateForms(name).some((f) => line.includes(f));
    return mentions(line, name);
  });
const EN_DAYS: Readonly<Record<string, string>> = {
  日: 'sun',
  月: 'mon',
  火: 'tue',
  水: 'wed',
  木: 'thu',
  金: 'fri',
  土: 'sat',
};
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** A date as people write it. */
export function dateForms(date: string): string[] {
  const [, m = 0, d = 0] = date.split('-').map(Number);
  return [
    date,
    `${m}月${d}日`,
    `${m}/${d}`,
    `${MONTHS[m - 1]} ${d}`,
    `${d} ${MONTHS[m - 1]}`,
    `November ${d}`,
  ];
}
/** Lines of the text, and rows of its tables as lines. */
const linesOf = (answer: Answer): string[] => [
  ...answer.text.split('\n'),
  ...answer.message.body.tables.flatMap((t) =>
    t.rows.map((row) =>
      Object.values(row)
        .map((v) => (typeof v === 'number' ? String(v) : (v ?? '')))
        .join(' '),
    ),
  ),
];
const bulletsOf = (answer: Answer): string[] =>
  answer.text.split('\n').filter((line) => /^[・•\-*\d]/.test(line.trim()));

/** Every name that narrows the question is in the first sentence (of a table: anywhere), and the excluded ones are told. */
export function scopeMissing(plan: Plan, text: string): string | null {
  for (const [dimension, values] of Object.entries(plan.where ?? {}))
    for (const value of values ?? []) if (!mentions(text, value)) return `${dimension} ${value} is not named`;
  for (const values of Object.values(plan.not ?? {}))
    for (const value of values ?? []) if (!mentions(text, value)) return `leaving out ${value} is not told`;
  return null;
}

/** A share that is nearly all or nearly none is told as more or less than a figure. */
const NEARLY = { all: /99\s*[%％]超|>\s*99\s*%/, none: /(?<!\d)1\s*[%％]未満|<\s*1\s*%/ };
const saysShare = (text: string, value: number): boolean =>
  says(text, value) ||
  (value > 99 && value < 100 && NEARLY.all.test(text)) ||
  (value > 0 && value < 1 && NEARLY.none.test(text));
/** A line without the longer names that hold a name as a part of them: SV補正 is not 補正. */
const without = (text: string, longer: readonly string[]): string =>
  longer.reduce((rest, name) => rest.replaceAll(name, '◇'), text);

const line = (said: Said): string =>
  [...said.names, said.value, said.other].filter((v) => v !== undefined).join(' ');
function missesValues(truth: Truth, plan: Plan, measure: string, answer: Answer): string | null {
  const head = headOf(answer.text);
  const { rows, left } = truth;
  if (!truth.grouped) {
    const [said] = rows;
    const scope = scopeMissing(plan, head);
    if (scope) return scope;
    if (!said) return NONE.test(head) ? null : 'nothing matches, and that is not said';
    if (said.other !== undefined) return comparison(said, head);
    if (plan.where?.person && ['absent', 'present', 'free', 'late-people'].includes(measure)) return null;
    if (said.value === 0 && NONE.test(head)) return null;
    return says(head, said.value) ? null : `${said.value} is not in the first sentence`;
  }
  if (rows.length === 0) return NONE.test(head) ? null : 'nothing matches, and that is not said';
  const single = plan.order !== undefined && (plan.limit ?? 1) === 1;
  const valued = !(plan.by ?? []).flat().includes('person') || plan.order !== undefined;
  if (single || plan.compare === 'items') {
    const first = plan.compare === 'items' ? [...rows].sort((a, b) => b.value - a.value) : rows;
    // where several are level, naming one of them is right
    const told = first.filter((row) => namesIn(head, row.names));
    if (plan.compare === 'items' ? told.length < first.length : told.length === 0)
      return `${first.slice(0, 2).map(line).join(' / ')} is not in the first sentence`;
    return told.every((row) => says(head, row.value))
      ? null
      : `${told.map(line).join(' / ')}: the figure is not told`;
  }
  const lines = linesOf(answer);
  const wanted = rows.filter((row) => row.value !== 0 || plan.threshold || !valued);
  const lacking = wanted.filter(
    (row) =>
      !lines.some(
        (l) =>
          namesIn(l, row.names) &&
          (!valued ||
            (measure === 'p-late' ? saysShare : says)(l, row.value) ||
            (row.other !== undefined && says(l, row.other))),
      ),
  );
  if (lacking.length) return `${lacking.slice(0, 3).map(line).join(' / ')} is missing`;
  const names = [...new Set([...rows, ...left].flatMap((row) => row.names))];
  const strangers = left.filter((row) => {
    const longer = names.filter((n) => row.names.some((own) => n !== own && own !== '' && n.includes(own)));
    return bulletsOf(answer).some((l) => namesIn(without(l, longer), row.names));
  });
  if (strangers.length && plan.order !== undefined) return `${line(strangers[0] as Said)} is listed too`;
  if (strangers.length && plan.threshold) return `${line(strangers[0] as Said)} is listed too`;
  return null;
}
/** Both sides, or one and how far they lie apart. */
function comparison({ value, other = 0 }: Said, head: string): string | null {
  const apart = [
    Math.abs(value - other),
    Math.round(value) - Math.round(other),
    other ? Math.round((100 * Math.abs(value - other)) / other) : 0,
    other ? Math.round((100 * value) / other) : 0,
  ];
  const own = says(head, value) || says(head, Math.round(value));
  const theirs =
    says(head, other) || says(head, Math.round(other)) || apart.some((a) => says(head, Math.abs(a)));
  return own && theirs ? null : `${value} against ${other} is not in the first sentence`;
}

const DECIDED: Readonly<Record<string, RegExp>> = {
  approved: /承認|approv/i,
  rejected: /却下|reject|turned down/i,
};
const PERCENT_SAID = /99\s*[%％]超|1\s*[%％]未満|>\s*99\s*%|<\s*1\s*%/;
/** Of several measures that would answer, the one that does. */
function missesMeasure(stage: Stage, measure: string, plan: Plan, answer: Answer): string | null {
  if (measure === 'p-late' && !plan.order && !plan.threshold) return missesLate(stage, plan, answer);
  const decided = measure === 'decisions' && plan.what ? DECIDED[plan.what] : undefined;
  if (decided && !decided.test(headOf(answer.text))) return `it is not of what was ${plan.what}`;
  const known = truths(stage, measure, plan);
  if (!known) return judgeOther.measure(stage, measure, plan, answer);
  const failures = known.map((truth) => missesValues(truth, plan, measure, answer));
  if (
    measure === 'p-late' &&
    failures.some((f) => f?.includes('figure')) &&
    PERCENT_SAID.test(headOf(answer.text))
  )
    return null;
  return failures.includes(null) ? null : (failures[0] ?? null);
}
/** Late or not, where, and how surely: the worst cell of the scope decides. */
function missesLate(stage: Stage, plan: Plan, answer: Answer): string | null {
  const head = headOf(answer.text);
  const cells = (
    truths(stage, 'p-late', {
      ...plan,
      by: [['site'], ['business'], ['process']],
      order: 'desc',
      limit: 30,
    }) ?? []
  ).flatMap((t) => t.rows);
  const worst = cells[0];
  if (!worst) return 'nothing to judge';
  const late = worst.value > 50;
  const scope = scopeMissing(plan, head);
  if (scope) return scope;
  const saysLate =
    /間に合わない(?!もの|工程は)|間に合いません|遅れ(?!.{0,8}(ありません|ない|いません))|遅延|足り|will be late|not make|miss|risk|late(?! work)/i.test(
      head,
    );
  const saysFine =
    /間に合う見込み|間に合います|遅れそうな.{0,6}ありません|遅れ.{0,6}(いません|ありません)|余裕|on time|will make|nothing .*late|no .*late|not .*late/i.test(
      head,
    );
  if (late && (!saysLate || (saysFine && !saysLate)))
    return `${line(worst)} %: that it is late is not said first`;
  if (!late && !saysFine) return `${line(worst)} %: that it is in time is not said first`;
  if (plan.by?.length)
    for (const cell of cells.filter((c) => c.value > 50))
      if (!linesOf(answer).some((l) => namesIn(l, cell.names))) return `${line(cell)} is missing`;
  return null;
}

/** null: it does what the plan asks. */
function misses(stage: Stage, plan: Plan, answer: Answer, question: Question): string | null {
  if (plan.none)
    return NONE.test(headOf(answer.text))
      ? scopeMissing(plan, headOf(answer.text))
      : 'that there is no such thing is not said';
  const failures: string[] = [];
  for (const act of plan.act) {
    if (!['measure', 'decisions', 'logs'].includes(act) || !plan.measures) {
      const failure = judgeOther.act(stage, act, plan, answer, question);
      if (failure === null) return null;
      failures.push(`${act}: ${failure}`);
      continue;
    }
    const lacking = plan.measures.map((alternatives) => {
      const each = alternatives.map((m) => missesMeasure(stage, m, plan, answer));
      return each.includes(null) ? null : `${alternatives[0]}: ${each[0]}`;
    });
    const failure = lacking.find((l) => l !== null);
    if (failure === undefined) return null;
    failures.push(failure);
  }
  return failures[0] ?? 'no act';
}

/** How an answer says that it did not understand a word, or knows no such name. */
const SAID =
  /使えません|使えなかった|分かりません|わかりません|分からない|読み取れ|理解できません|見当たりません|見つかりません|(データ|登録)[^。]{0,12}(に|は)?(ありません|いません)|という[^。]{1,12}(ありません|いません)|はありません。|扱っていません|記録がありません|not understood|not understand|do not know|don't know|not used|could not use|(is|are) no |there is no|no such|is not (a|one|in)|not recorded|not tracked/i;
const REFUSED =
  /お答えできません|答えられません|対象外|できません|cannot answer|can't answer|cannot help|not something|cannot/i;

function judgeOne(stage: Stage, outcome: Outcome, answer: Answer, question: Question): string | null {
  const head = headOf(answer.text);
  const { clarify } = answer.message.body;
  if (outcome.asks) {
    if (!clarify) return 'it does not ask back';
    const choices = plain(clarify.options.map((o) => `${o.label.ja} ${o.label.en} ${o.text.ja}`).join(' '));
    const lacking = outcome.asks.filter((choice) => !choices.includes(plain(choice)));
    return lacking.length ? `it asks back without ${lacking.join(', ')}` : null;
  }
  if (outcome.unknown !== undefined) {
    const named = answer.notUnderstood.some(
      (span) =>
        plain(span).includes(plain(outcome.unknown ?? '')) ||
        plain(outcome.unknown ?? '').includes(plain(span)),
    );
    const told = plain(answer.text).includes(plain(outcome.unknown)) && SAID.test(answer.text);
    if (!named && !told) return `${outcome.unknown}: not said to be not understood`;
    if (!outcome.plans) return null;
  }
  if (clarify && answer.message.body.understood?.intent !== 'out_of_scope') return 'it asks back';
  // two clauses: each is answered by a paragraph of its own, or both by the first sentence
  const several = outcome.plans ?? [];
  for (const plan of several) {
    const parts = several.length === 1 ? [answer] : partsOf(answer);
    const failures = parts.map((part) => misses(stage, plan, part, question));
    if (!failures.includes(null)) return failures[0] ?? head;
  }
  return null;
}
const partsOf = (answer: Answer): Answer[] => {
  const lines = answer.text.split('\n').filter((l) => l.trim());
  const sentences = headOf(answer.text).match(/[^。]+。|[^。]+$/g) ?? [];
  return [
    answer,
    ...sentences.map((text) => ({ ...answer, text })),
    ...lines.map((_, i) => ({ ...answer, text: lines.slice(i).join('\n') })),
  ];
};

/** What a person got who asked this. */
export function judgeAnswer(stage: Stage, question: Question, answer: Answer): Judgement {
  const failures: string[] = [];
  for (const outcome of question.accept) {
    const failure = judgeOne(stage, outcome, answer, question);
    if (failure === null) {
      const expected = question.accept.some((o) => o.unknown !== undefined);
      return answer.notUnderstood.length && !expected
        ? { verdict: 'said', why: `not understood: ${answer.notUnderstood.join(', ')}` }
        : { verdict: 'right', why: '' };
    }
    failures.push(failure);
  }
  const why = failures.join('; ');
  const oos = answer.message.body.understood?.intent === 'out_of_scope';
  if (answer.message.body.clarify && !oos) return { verdict: 'asked', why };
  const head = headOf(answer.text);
  if (answer.notUnderstood.length || SAID.test(head) || (oos && REFUSED.test(head)))
    return { verdict: 'said', why };
  return { verdict: 'wrong', why };
}
