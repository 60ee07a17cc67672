import { formatTemplate } from '../../api/contract/format.ts';
import type { Answered, Filter, Query } from '../../measures/contract/measures.ts';
import type { Plan } from '../../questions/contract/questions.ts';
import { clip } from '../clip.ts';
import { sayVerdict } from '../compose-verdict.ts';
import { both } from '../facts.ts';
import { QueryWords } from '../query-words.ts';
import type { ActContext, ActRun } from './act.ts';
import { listIncidents } from './list-incidents.ts';
import { measure } from './measure.ts';
import { lateOf } from './why.ts';
import sentences from './words/logs.json' with { type: 'json' };

const SHOWN = 5;
const INCIDENTS = 3;
type LogsPlan = Extract<Plan, { act: 'logs' }>;
const query = (of: Pick<Query, 'measures'> & Partial<Query>, plan: LogsPlan): Query => ({
  where: plan.where,
  by: [],
  order: null,
  limit: null,
  rank: null,
  thresholds: [],
  window: plan.window,
  compare: null,
  ...of,
});

/** The lines that fit, whether a service is alive, or incidents. What is quoted from a log is data and sets nothing in motion. */
export const logs: ActRun<'logs'> = async (plan, context) => {
  if (plan.ask === 'lines') await sayLines(plan, context);
  else if (plan.ask === 'incidents') await sayIncidents(plan, context);
  else {
    const named = plan.where.some((f) => f.dimension === 'service' && !f.not && f.values.length === 1);
    await measure(
      { act: 'measure', query: query({ measures: ['last-line'], by: named ? [] : ['service'] }, plan) },
      context,
    );
    await sayLately(plan, context);
  }
};

/** whether anything came of late, beside the last line */
async function sayLately(plan: LogsPlan, { draft, means, book }: ActContext): Promise<void> {
  const lately = await means.measures.query(
    query(
      {
        measures: ['log-lines', 'errors'],
        window: { days: { kind: 'last-minutes', minutes: 60 }, from: null, until: null, at: null },
      },
      plan,
    ),
  );
  const table = book.table(lately.table);
  const [lines, errors] = ['log-lines', 'errors'].map((id) => lately.totals[id] ?? 0);
  const hour = book.words(both('直近1時間', 'the last hour'), both('期間', 'Time'));
  const [all, bad] = [
    book.count(lines ?? 0, 'lines', both('直近の行数', 'Lines of late'), table),
    book.count(errors ?? 0, 'errors', both('直近のエラー', 'Errors of late'), table),
  ];
  draft.tell(sentences.found, { hour, all, bad });
}

async function sayLines(plan: LogsPlan, context: ActContext): Promise<void> {
  const { draft, book, means } = context;
  const words = new QueryWords(book, means);
  const where: Filter[] = [
    ...plan.where,
    ...plan.words.map((word): Filter => ({ dimension: 'word', values: [word], not: false })),
  ];
  const asked = query({ measures: ['log-lines'], where }, plan);
  const found: Answered = await means.measures.query(asked);
  const count = found.totals['log-lines'] ?? 0;
  const of = words.of(words.scope(where), words.time(plan.window, found));
  if (count === 0) {
    draft.tell(sentences.none, { of });
    await sayAlike(plan, context, found);
    return;
  }
  const table = book.table(found.table);
  const told = book.count(count, 'lines', both('あてはまるログ', 'Log lines that fit'), table);
  const valuesOf = (dimension: Filter['dimension']): string[] =>
    where.flatMap((f) => (f.dimension === dimension && !f.not ? f.values : []));
  const newest = await means.tools.lines({
    services: valuesOf('service'),
    levels: valuesOf('level'),
    words: valuesOf('word'),
    from: found.from,
    until: found.until,
    limit: plan.limit ?? SHOWN,
  });
  const [last] = newest;
  const lastAt = last ? book.instant(last.at, both('最後のログ', 'Last line'), table) : null;
  draft.say(
    `${of.ja}ログは${told}です${lastAt ? `（最後は${lastAt}）` : ''}。`,
    `Log lines${of.en}: ${told}${lastAt ? `, the last at ${lastAt}` : ''}.`,
  );
  for (const line of newest) {
    const at = book.instant(line.at, both('ログの時刻', 'Time of the line'), table);
    const service = line.service ? book.name(line.service, both('サービス', 'Service')) : '';
    const text = book.name(clip(line.text), both('ログの文面', 'Text of the line'));
    draft.entry(`${at} ${service}『${text}』`, `${at} ${service} “${text}”`);
  }
  await sayBehind(new Set(newest.flatMap(({ service }) => service ?? [])), found, context);
}

/** The incident that lines of these services belong to, while it goes on, and the delay that it precedes. */
async function sayBehind(
  services: ReadonlySet<string>,
  { from, until }: Answered,
  context: ActContext,
): Promise<void> {
  const { draft, book, means } = context;
  const told = await means.tools.logs({ words: null, span: { from, to: until } });
  const incidents = told.incidents.filter(
    ({ incident }) => incident.to === null && incident.services.some((service) => services.has(service)),
  );
  if (incidents.length === 0) return;
  const count = book.count(incidents.length, 'incidents', both('続いている障害', 'Incidents going on'), null);
  draft.paragraph();
  draft.tell(sentences.incident, { count });
  listIncidents(context, { ...told, incidents }, null);
  const late = lateOf(context, means.analytics.situation().rows).find(({ verdict }) =>
    verdict.sides.includes('system'),
  );
  if (!late) return;
  draft.paragraph();
  sayVerdict(draft, late.verdict, ['system']);
}

/** What says something like it in other words. */
async function sayAlike(plan: LogsPlan, context: ActContext, { from, until }: Answered): Promise<void> {
  if (plan.words.length === 0) return;
  const { draft, book, means } = context;
  const { hits } = await means.tools.logs({ words: plan.words.join(' '), span: { from, to: until } });
  const near = hits.slice(0, INCIDENTS);
  if (near.length === 0) return;
  draft.tell(sentences.similar);
  for (const hit of near) {
    const text = book.name(clip(formatTemplate(hit.text)), both('ログの文面', 'Text of the log'));
    const lines = book.count(hit.lines, 'lines', both('その文面の行数', 'Lines with that text'), null);
    draft.entry(`『${text}』${lines}`, `“${text}”, ${lines}`);
  }
}

async function sayIncidents(plan: LogsPlan, context: ActContext): Promise<void> {
  const { draft, book, means } = context;
  const words = new QueryWords(book, means);
  const counted = await means.measures.query(query({ measures: ['incidents'] }, plan));
  const total = counted.totals['incidents'] ?? 0;
  const told = await means.tools.logs({ words: null, span: { from: counted.from, to: counted.until } });
  const of = words.of(words.scope(plan.where), words.time(plan.window, counted));
  const open = told.incidents.filter(({ incident }) => incident.to === null).length;
  if (total === 0) {
    draft.tell(sentences['no-incidents'], { of });
    return;
  }
  const table = book.table(counted.table);
  const count = book.count(total, 'incidents', both('障害の件数', 'Incidents'), table);
  const going =
    open > 0 ? book.count(open, 'incidents', both('続いている障害', 'Incidents going on'), table) : null;
  draft.say(
    `${of.ja}障害は${count}で、${going ? `うち${going}が続いています` : 'いま続いているものはありません'}。`,
    `Incidents${of.en}: ${count}; ${going ? `${going} still going on` : 'none is going on now'}.`,
  );
  listIncidents(context, told, table);
}
