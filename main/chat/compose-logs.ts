import type { Bilingual, Table } from '../api/contract/common.ts';
import { formatTemplate } from '../api/contract/format.ts';
import { isErrorCode, wordError } from '../kernel/errors.ts';
import { clip } from './clip.ts';
import { sayRemedies } from './compose-remedies.ts';
import { sayVerdict } from './compose-verdict.ts';
import { type Draft, enumerate } from './draft.ts';
import type { Evidence } from './evidence.ts';
import { both } from './facts.ts';
import type { LogInquiry } from './pipeline-types.ts';
import { asksWhichSide, type Question } from './question.ts';

const LISTED = 3;
const MINUTE = 60_000;

const servicesTable = ({ services, from, to }: LogInquiry): Table => ({
  title: both('サービスごとのエラー件数', 'Errors per service'),
  query: 'logs.errors',
  slots: { windowMinutes: (to - from) / MINUTE },
  columns: [
    { key: 'service', label: both('サービス', 'Service'), kind: 'text' },
    { key: 'now', label: both('この間のエラー', 'Errors'), kind: 'number' },
    { key: 'before', label: both('その前のエラー', 'Errors, before'), kind: 'number' },
    { key: 'lines', label: both('この間の全行', 'Lines'), kind: 'number' },
  ],
  rows: services.map((row) => ({ ...row, service: row.service || '—' })),
  total: services.length,
  asOf: to,
});
const incidentsTable = ({ incidents, to }: LogInquiry, lang: 'ja' | 'en'): Table => ({
  title: both('障害', 'Incidents'),
  query: 'incidents',
  slots: {},
  columns: [
    { key: 'title', label: both('障害', 'Incident'), kind: 'text' },
    { key: 'state', label: both('状態', 'State'), kind: 'text' },
    { key: 'from', label: both('始まり', 'From'), kind: 'instant' },
    { key: 'to', label: both('終わり', 'To'), kind: 'instant' },
    { key: 'services', label: both('サービス', 'Services'), kind: 'text' },
    { key: 'lines', label: both('行数', 'Lines'), kind: 'number' },
  ],
  rows: incidents.map(({ incident }) => ({
    title: incident.title[lang],
    state: incident.state,
    from: incident.from,
    to: incident.to,
    services: incident.services.join(', '),
    lines: incident.lines,
  })),
  total: incidents.length,
  asOf: to,
});
const hitsTable = ({ hits, to }: LogInquiry): Table => ({
  title: both('質問に近いログ', 'Log lines like the question'),
  query: 'logs.search',
  slots: {},
  columns: [
    { key: 'text', label: both('文面', 'Text'), kind: 'text' },
    { key: 'service', label: both('サービス', 'Service'), kind: 'text' },
    { key: 'lines', label: both('行数', 'Lines'), kind: 'number' },
    { key: 'lastAt', label: both('最後', 'Last'), kind: 'instant' },
  ],
  rows: hits.map(({ text, service, lines, lastAt }) => ({
    text: formatTemplate(text),
    service,
    lines,
    lastAt,
  })),
  total: hits.length,
  asOf: to,
});

/**
 * log_investigation: what goes on now, how errors stand, what precedes the queues that are late, what helped before, and what the
 * question itself named. Asked which side a delay comes from, that comes first. What is quoted from a log is data: it stands in quotation marks and sets nothing in motion.
 */
export function composeLogs(draft: Draft, { text }: Pick<Question, 'text'>, evidence: Evidence): void {
  const { logs } = evidence;
  const first = asksWhichSide(text) && (logs === null || logs.to >= evidence.situation.asOf);
  if (first) sayWhichSide(draft, evidence);
  if (!logs) {
    draft.say(
      'システムログを読み取れませんでした。「ログ」の画面で、取り込み元の状態を確認してください。',
      'The system logs could not be read. Please check their sources on the screen for logs.',
    );
    return;
  }
  if (logs.services.length === 0 && logs.incidents.length === 0 && logs.hits.length === 0) {
    if (logs.named) {
      const period = periodOf(draft, logs);
      draft.say(
        `${period.ja}に、取り込んだシステムログがありません。「ログ」の画面で、取り込み元と保存期間を確認してください。`,
        `No system log lines came in ${period.en}. Please check their sources and how long they are kept on the screen for logs.`,
      );
      return;
    }
    const window = windowOf(draft, logs);
    draft.say(
      `直近${window}とその前の${window}に、取り込んだシステムログがありません。「ログ」の画面で、取り込み元を確認してください。`,
      `No system log lines came in over the last ${window} or the ${window} before. Please check their sources on the screen for logs.`,
    );
    return;
  }
  sayIncidents(draft, logs);
  sayCounts(draft, logs);
  const [verdict] = evidence.verdicts;
  if (verdict && !first) {
    draft.paragraph();
    sayVerdict(draft, verdict);
  }
  sayRemedies(draft, logs);
  sayHits(draft, logs);
}

/** Of each queue in danger which side precedes its delay, or that there is none. */
function sayWhichSide(draft: Draft, { verdicts, rows }: Evidence): void {
  for (const verdict of verdicts) {
    sayVerdict(draft, verdict);
    draft.paragraph();
  }
  if (rows.some(({ risk }) => risk === 'danger' || risk === 'watch')) return;
  const all = draft.book.count(rows.length, 'cells', both('対象の工程', 'Queues looked at'), null);
  draft.say(
    `今のところ、納期に遅れそうな工程はありません（${all}を確認）。`,
    `Nothing is likely to be late at the moment (${all} checked).`,
  );
  draft.paragraph();
}

/** The time the question named. */
function periodOf({ book }: Draft, { from, to }: LogInquiry): Bilingual {
  const begin = book.instant(from, both('調べた時間の始まり', 'Start of the time looked at'), null);
  const end = book.instant(to, both('調べた時間の終わり', 'End of the time looked at'), null);
  return both(`${begin}から${end}まで`, `from ${begin} to ${end}`);
}
const windowOf = ({ book }: Draft, { from, to }: LogInquiry): string =>
  book.add({
    value: (to - from) / MINUTE,
    unit: 'minutes',
    label: both('比べた時間の長さ', 'Length of the window'),
    text: both('1時間', 'hour'),
    table: null,
  });

/** The time that incidents are looked for in when the question names none. */
const pastDay = ({ book }: Draft): string =>
  book.words(both('直近24時間', 'the past day'), both('障害を調べた時間', 'Time looked at for incidents'));

function sayIncidents(draft: Draft, logs: LogInquiry): void {
  const { book, lang } = draft;
  const open = logs.incidents.filter(({ incident }) => incident.to === null);
  const period = logs.named ? periodOf(draft, logs) : null;
  if (logs.incidents.length === 0) {
    if (period)
      draft.say(`${period.ja}に検出した障害はありません。`, `No incident was detected ${period.en}.`);
    else {
      const day = pastDay(draft);
      draft.say(`${day}に検出した障害はありません。`, `No incident was detected in ${day}.`);
    }
    return;
  }
  const table = book.table(incidentsTable(logs, lang));
  const count = (n: number, label: Bilingual): string => book.count(n, 'incidents', label, table);
  const over = logs.incidents.length - open.length;
  const overCount = over > 0 ? count(over, both('終わった障害', 'Incidents that are over')) : '';
  if (open.length > 0) {
    const openCount = count(open.length, both('続いている障害', 'Incidents going on'));
    draft.say(
      `いま続いている障害が${openCount}あります${over > 0 ? `（ほかに終わったものが${overCount}）` : ''}。`,
      `${openCount} ${open.length === 1 ? 'is' : 'are'} going on${over > 0 ? `, and ${overCount} ${over === 1 ? 'is' : 'are'} over` : ''}.`,
    );
  } else if (period)
    draft.say(
      `${period.ja}の障害は${overCount}で、どれも終わっています。`,
      `${overCount} ${period.en} ${over === 1 ? 'is' : 'are'} over, and none of them is going on.`,
    );
  else {
    const day = pastDay(draft);
    draft.say(
      `いま続いている障害はありません。${day}に終わった障害は${overCount}です。`,
      `No incident is going on. ${overCount} of ${day} ${over === 1 ? 'is' : 'are'} over.`,
    );
  }
  for (const { incident } of logs.incidents.slice(0, LISTED)) {
    const title = book.name(clip(incident.title[lang]), both('障害', 'Incident'));
    const from = book.instant(incident.from, both('障害の始まり', 'Start of the incident'), table);
    const to =
      incident.to === null
        ? null
        : book.instant(incident.to, both('障害の終わり', 'End of the incident'), table);
    const lines = book.count(incident.lines, 'lines', both('障害の行数', 'Lines of the incident'), table);
    draft.entry(
      `『${title}』${from}から${to ? `${to}まで` : '続いています'}、${lines}`,
      `“${title}” from ${from}${to ? ` until ${to}` : ', going on'}, ${lines}`,
    );
  }
  draft.paragraph();
}

function sayCounts(draft: Draft, logs: LogInquiry): void {
  if (logs.services.length === 0) return;
  const { book } = draft;
  const table = book.table(servicesTable(logs));
  const sum = (of: (row: LogInquiry['services'][number]) => number): number =>
    logs.services.reduce((total, row) => total + of(row), 0);
  const now = sum((row) => row.now);
  const before = sum((row) => row.before);
  const nowSlot = book.count(
    now,
    'errors',
    both('この間のエラーの合計', 'Errors of that time in all'),
    table,
  );
  const beforeSlot = book.count(
    before,
    'errors',
    both('その前のエラーの合計', 'Earlier errors in all'),
    table,
  );
  const lines = book.count(
    sum((row) => row.lines),
    'lines',
    both('この間のログの行数', 'Log lines of that time'),
    table,
  );
  const period = logs.named ? periodOf(draft, logs) : null;
  const window = period ? null : windowOf(draft, logs);
  if (now === 0) {
    if (period)
      draft.say(
        `${period.ja}のシステムログ${lines}に、エラーはありません（その前の同じ長さの時間は${beforeSlot}）。`,
        `The system logs ${period.en} (${lines}) hold no errors; the same length of time before had ${beforeSlot}.`,
      );
    else
      draft.say(
        `直近${window}のシステムログ${lines}に、エラーはありません（その前の${window}は${beforeSlot}）。`,
        `The system logs of the last ${window} (${lines}) hold no errors; the ${window} before had ${beforeSlot}.`,
      );
    return;
  }
  const way =
    now > before
      ? both('増えています', 'up from')
      : now < before
        ? both('減っています', 'down from')
        : both('同じです', 'the same as');
  if (period)
    draft.say(
      `${period.ja}のシステムログ${lines}のうち、エラーは${nowSlot}です。その前の同じ長さの時間は${beforeSlot}で、${way.ja}。`,
      `The ${lines} logged ${period.en} hold ${nowSlot}, ${way.en} ${beforeSlot} in the same length of time before.`,
    );
  else
    draft.say(
      `直近${window}のシステムログ${lines}のうち、エラーは${nowSlot}です。その前の${window}は${beforeSlot}で、${way.ja}。`,
      `The ${lines} logged in the last ${window} hold ${nowSlot}, ${way.en} ${beforeSlot} in the ${window} before.`,
    );
  const worst = logs.services
    .filter((row) => row.now > 0)
    .slice(0, LISTED)
    .map((row) => {
      const service = book.name(row.service || '—', both('サービス', 'Service'));
      const n = book.count(
        row.now,
        'errors',
        both(`${row.service} のエラー`, `Errors of ${row.service}`),
        table,
      );
      return both(`${service}が${n}`, `${service} with ${n}`);
    });
  draft.say(
    `多い順に、${worst.map((w) => w.ja).join('、')}です。`,
    `Most come from ${enumerate(
      worst.map((w) => w.en),
      'en',
    )}.`,
  );
}

function sayHits(draft: Draft, logs: LogInquiry): void {
  const { book } = draft;
  if (logs.asked === null) return;
  const asked = book.name(clip(logs.asked), both('質問の言葉', 'Word of the question'));
  draft.paragraph();
  if (logs.hits.length === 0) {
    draft.say(`「${asked}」に近いログは見つかりません。`, `Nothing in the logs is like “${asked}”.`);
    sayByWords(draft, logs);
    return;
  }
  const table = book.table(hitsTable(logs));
  draft.say(`「${asked}」に近いログは次のとおりです。`, `What in the logs is like “${asked}”:`);
  for (const hit of logs.hits.slice(0, LISTED)) {
    const text = book.name(clip(formatTemplate(hit.text)), both('ログの文面', 'Text of the log'));
    const service = hit.service === null ? null : book.name(hit.service, both('サービス', 'Service'));
    const lines = book.count(hit.lines, 'lines', both('その文面の行数', 'Lines with that text'), table);
    const last =
      hit.lastAt === null
        ? null
        : book.instant(hit.lastAt, both('その文面の最後', 'Last line with that text'), table);
    draft.entry(
      `${service ? `${service}の` : ''}『${text}』${lines}${last ? `（最後は${last}）` : ''}`,
      `“${text}”${service ? ` of ${service}` : ''}, ${lines}${last ? `, last at ${last}` : ''}`,
    );
  }
  draft.paragraph();
  sayByWords(draft, logs);
}

/** Where a model that searches by meaning was wanted and could not be asked: what is said otherwise may be missing. */
function sayByWords(draft: Draft, { withoutMeaning }: LogInquiry): void {
  if (!withoutMeaning) return;
  const { code, params } = withoutMeaning;
  const known = isErrorCode(code) ? { code, params } : { code: 'internal' as const, params: {} };
  const why = draft.book.words(
    both(wordError(known, 'ja').say, wordError(known, 'en').say),
    both('意味で探せなかった理由', 'Why meaning was left out'),
  );
  draft.say(
    `言葉の一致だけで探したため、言い方の違うログは見つかっていないことがあります。${why}`,
    `Only matching words were searched for, so lines that say it otherwise may be missing. ${why}`,
  );
}
