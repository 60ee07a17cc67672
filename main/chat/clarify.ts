import type { Clarify } from '../api/contract/chat.ts';
import type { Bilingual } from '../api/contract/common.ts';
import { formatCell } from '../api/contract/format.ts';
import type { Situation, SituationRow } from '../api/contract/situation.ts';
import { byRisk, matchingRows } from './evidence.ts';
import { both, type FactBook, same } from './facts.ts';
import { changeOf, type Question } from './question.ts';
import type { Ambiguity } from './types.ts';

const OPTIONS = 4;
const SURE = 0.5;

type Option = Clarify['options'][number];
/** A queue the way a question names it: `札幌のSSのエントリ1` / `SS エントリ1 at 札幌`. */
const inQuestion = (row: SituationRow): Bilingual =>
  both(
    `${row.location}の${row.businessName}の${row.process}`,
    `${row.businessName} ${row.process} in ${row.location}`,
  );
const option = (label: Bilingual, ja: string, en: string): Option => ({ label, text: both(ja, en) });

const toAct = (row: SituationRow): Option => {
  const name = inQuestion(row);
  return option(
    same(formatCell(row)),
    `${name.ja}が遅れそうです。納期に間に合う配置変更を提案してください`,
    `${name.en} is going to be late. Propose moves so that it makes the deadline`,
  );
};

/** Questions that make sense right now, made from the situation; `limit` of them, the most urgent at the top. */
export function examplesNow(situation: Situation, alerts: number, limit: number): Option[] {
  const rows = [...situation.rows].sort(byRisk);
  const worst = rows[0];
  const options: Option[] = [];
  if (worst && worst.risk !== 'ok' && worst.risk !== 'unknown') {
    const name = inQuestion(worst);
    const ja = `${name.ja}が遅れそうです。納期に間に合う配置変更を提案してください`;
    const en = `${name.en} is going to be late. Propose moves so that it makes the deadline`;
    options.push(
      option(both(`${formatCell(worst)} を間に合わせる`, `Get ${formatCell(worst)} done on time`), ja, en),
    );
  }
  options.push(
    option(
      both('遅れそうな工程を調べる', 'See what is at risk'),
      '納期に遅れそうな工程はどこですか',
      'Which processes are at risk of missing their deadline?',
    ),
  );
  if (alerts > 0)
    options.push(
      option(
        both('アラートを解消する', 'Resolve the alerts'),
        '今出ているアラートを解消する方法を提案してください',
        'Propose how to resolve the open alerts',
      ),
    );
  const biggest = [...rows].sort((a, b) => b.backlog - a.backlog)[0];
  if (biggest)
    options.push(
      option(
        both(`${biggest.location}の残件を見る`, `Backlog in ${biggest.location}`),
        `${biggest.location}の残件数を教えてください`,
        `How many items are waiting in ${biggest.location}?`,
      ),
    );
  if (worst)
    options.push(
      option(
        both('人が減ったときの影響を試す', 'Try what fewer people would do'),
        `${inQuestion(worst).ja}の人数が2人減ったらどうなりますか`,
        `What if 2 people fewer worked on ${inQuestion(worst).en}?`,
      ),
    );
  return options.slice(0, limit);
}

/** Puts the chosen name where the ambiguous word stood; the rest of the question stays as it was asked. */
const withChoice = (text: string, { start, end }: Ambiguity, name: string): string =>
  text.slice(0, start) + name + text.slice(end);

function whichEntity(
  question: Question,
  situation: Situation,
  ambiguity: Ambiguity,
  book: FactBook,
): Clarified {
  const nameOf = (value: string): string =>
    ambiguity.kind === 'business'
      ? (situation.rows.find((row) => row.businessId === value)?.businessName ?? value)
      : value;
  const names = ambiguity.candidates.map(nameOf);
  const shown = names.slice(0, OPTIONS);
  const asked = question.understanding;
  // a site carried over from the question before has to be said again
  const carried = question.result.location;
  const place =
    carried && !asked.mentions.some((m) => m.kind === 'location') && !question.text.includes(carried)
      ? carried
      : null;
  const word = book.name(ambiguity.text, both('質問の言葉', 'Word of the question'));
  const list = shown.map((name) => book.name(name, both('候補', 'Candidate')));
  return {
    ja: `「${word}」にあてはまるものが複数あります（${list.join('、')}）。どれのことですか。`,
    en: `“${word}” could mean several things (${list.join(', ')}). Which do you mean?`,
    options: shown.map((name) => {
      const text = `${withChoice(question.text, ambiguity, name)}`;
      return { label: same(name), text: same(place ? `${place} ${text}` : text) };
    }),
  };
}

/** A question back, its sentence with slots of the book. */
export type Clarified = { readonly ja: string; readonly en: string; readonly options: Option[] };

/**
 * What has to be asked before answering, or null. Asked when the intent is unsure, when a word fits several names, when a plan is
 * wanted and several queues are late, and when a what-if names no queue or no change.
 */
export function clarifyFor(
  question: Question,
  situation: Situation,
  alerts: number,
  book: FactBook,
): Clarified | null {
  const { result, understanding, alert, all } = question;
  if (result.intent === 'out_of_scope') return null;
  if (result.confidence < SURE)
    return {
      ja: 'ご質問の意図を確かめさせてください。次のどれに近いでしょうか。',
      en: 'I want to be sure what you are after. Which of these comes closest?',
      options: examplesNow(situation, alerts, OPTIONS),
    };
  const ambiguity = understanding.ambiguous.find(
    (word) =>
      word.candidates.length > 1 &&
      word.kind !== 'operator' &&
      !(word.kind === 'process' && result.process) &&
      !(word.kind === 'location' && result.location) &&
      !(word.kind === 'business' && result.business),
  );
  if (ambiguity && !all) return whichEntity(question, situation, ambiguity, book);
  const rows = matchingRows(situation, question);
  const late = rows.filter((row) => row.risk === 'danger' || row.risk === 'watch');
  if (
    result.intent === 'deadline_optimization' &&
    !result.location &&
    !result.process &&
    !result.business &&
    !alert &&
    !all &&
    late.length > 1
  ) {
    const count = book.count(late.length, 'cells', both('遅れそうな工程', 'Queues likely to be late'), null);
    return {
      ja: `${count}が納期に遅れそうです。どれを優先しますか。`,
      en: `${count} may be late. Which should come before the others?`,
      options: [
        ...late.slice(0, OPTIONS - 1).map(toAct),
        option(
          both('すべてまとめて', 'All of them together'),
          '遅れそうなすべての工程を、納期に間に合わせる配置変更をまとめて提案してください',
          'Propose moves so that all late processes make their deadlines',
        ),
      ],
    };
  }
  if (result.intent === 'impact_analysis') return whatIfNeeds(question, rows);
  return null;
}

function whatIfNeeds(question: Question, rows: readonly SituationRow[]): Clarified | null {
  const { result, understanding, text } = question;
  const named = result.location || result.process || result.business || question.alert;
  const change = changeOf(text, understanding);
  if (named && rows.length === 0) return null;
  if (change && (!named || rows.length > 1)) {
    const choices = [...rows].slice(0, OPTIONS);
    if (choices.length < 2) return null;
    return {
      ja: 'どの工程で試算しますか。',
      en: 'Which queue should I try it on?',
      options: choices.map((row) => ({
        label: same(formatCell(row)),
        text: both(`${inQuestion(row).ja}で、${text}`, `For ${inQuestion(row).en}: ${text}`),
      })),
    };
  }
  const row = rows[0];
  if (change || !row) return null;
  const name = inQuestion(row);
  return {
    ja: 'どのような変化を試算しますか。',
    en: 'What change should I try?',
    options: [
      option(
        both('人が2人減る', '2 people fewer'),
        `${name.ja}の人数が2人減ったらどうなりますか`,
        `What if 2 people fewer worked on ${name.en}?`,
      ),
      option(
        both('人が2人増える', '2 people more'),
        `${name.ja}の人数が2人増えたらどうなりますか`,
        `What if 2 people more worked on ${name.en}?`,
      ),
      option(
        both('物量が20%増える', '20% more volume'),
        `${name.ja}の物量が20%増えたらどうなりますか`,
        `What if the volume of ${name.en} rose by 20%?`,
      ),
      option(
        both('システムが遅くなる', 'A slower system'),
        `${name.ja}でシステムが遅くなり処理速度が30%落ちたらどうなりますか`,
        `What if the system made ${name.en} 30% slower?`,
      ),
    ],
  };
}
