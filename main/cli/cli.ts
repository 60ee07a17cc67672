// The third door: the same API in process, for administrators' scripts and for tests. Text or --json; errors on stderr with a code.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ORPCError } from '@orpc/server';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Message } from '../api/contract/chat.ts';
import type { FailingTable, Freshness, PlanUnderWay } from '../api/contract/common.ts';
import type { Connection, TestResult } from '../api/contract/company.ts';
import {
  formatCell,
  formatDateTime,
  formatNumber,
  formatPercent,
  formatTime,
} from '../api/contract/format.ts';
import type { Outcomes, Proposal } from '../api/contract/placement.ts';
import { REJECT_REASONS } from '../api/contract/placement.ts';
import { ALERT_KINDS, wordAnswer, wordBacktest, wordUnderWay } from '../api/contract/words-alerts.ts';
import { wordAudit } from '../api/contract/words-audit.ts';
import { wordAssumption, wordLowest } from '../api/contract/words-day.ts';
import { wordSource } from '../api/contract/words-knowledge.ts';
import {
  RATES,
  wordBacklog,
  wordCellOutcome,
  wordDeadline,
  wordOutcome,
  wordRate,
  wordRateName,
} from '../api/contract/words-outcomes.ts';
import {
  wordBadge,
  wordBlocks,
  wordMove,
  wordReason,
  wordRelaxation,
} from '../api/contract/words-placement.ts';
import { failingParams, wordAllFailing, wordOwnTable } from '../api/contract/words-tables.ts';
import { wordChange } from '../api/contract/words-what-if.ts';
import { localClient } from '../api/index.ts';
import { addDecisionCommands } from './decisions.ts';
import { addForecastCommand } from './forecast.ts';
import { helpIn } from './help.ts';
import { addFindingCommands } from './log-findings.ts';
import { addLogCommands } from './logs.ts';
import { addModelCommands } from './models.ts';
import { wrongUsage } from './usage.ts';
import { ALERT_STATES, DECISIONS, PROPOSAL_STATES, SEVERITIES, WRITE_BACKS } from './words.ts';
import { instantOf, systemClock } from '../kernel/clock.ts';
import { defaultDataDir } from '../kernel/config.ts';
import { textOf } from '../kernel/encoding.ts';
import { type Engine, startEngine, VERSION } from '../engine.ts';
import { AppError, ERRORS, isErrorCode, type Lang, toAppError, wordError } from '../kernel/errors.ts';
import { writeShown } from '../kernel/show-controls.ts';
import { bulkSnapshots, createSite, SCENARIOS, type ScenarioName } from '../simulator/index.ts';
import { fillCompany, parseCompanyUrl } from '../sync/index.ts';

export type Global = { data: string; json?: boolean; lang: Lang; url?: string };
type Client = ReturnType<typeof localClient>;
export type Run = {
  readonly client: Client;
  readonly engine: Engine;
  readonly global: Global;
  readonly zone: string;
};

const defaultLang = (): Lang =>
  /^ja/i.test(process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'] ?? 'ja')
    ? 'ja'
    : 'en';
const print = (text: string): void => writeShown(process.stdout, `${text}\n`);
const printError = (text: string): void => writeShown(process.stderr, `${text}\n`);
const say = (global: Global, ja: string, en: string): void => print(global.lang === 'ja' ? ja : en);
const integer = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value)) throw new InvalidArgumentError('a whole number');
  return value;
};

const program: Command = new Command('toride')
  .description(
    'Toride: 工程の遅れは人か、システムか、どうするか。 / Is it the people or the system, and what do I do about it?',
  )
  .version(VERSION)
  .option('--data <dir>', 'data folder', defaultDataDir(process.env, process.platform))
  .option('--json', 'print JSON')
  .addOption(
    new Option('--lang <lang>', 'language of text output').choices(['ja', 'en']).default(defaultLang()),
  )
  .addOption(
    new Option(
      '--url <mysql-url>',
      'company database for this run, mysql://user:password@host:3306/database',
    ).env('TORIDE_MYSQL_URL'),
  )
  // what was typed wrongly is told at the end, in the user's language, like every other error
  .configureOutput({ outputError: () => {} })
  .configureHelp(helpIn(() => program.opts<Global>().lang))
  .exitOverride();

/** `--url` for this run: its password goes before the kept one and is not kept itself; another address replaces the saved one once it answered. */
async function withUrl(client: Client, url: string): Promise<void> {
  const { connection, password } = parseCompanyUrl(url);
  if (password !== undefined) process.env['TORIDE_MYSQL_PASSWORD'] = password;
  const known = (await client.company.connection()).connection;
  const isKnown =
    known?.host === connection.host &&
    known.port === connection.port &&
    known.user === connection.user &&
    known.database === connection.database;
  if (isKnown) return;
  const wanted = { ...connection, writeBack: known?.writeBack ?? connection.writeBack };
  await tested(client, wanted, password);
  await client.company.save({ connection: wanted });
}

/** Tries it step by step; the first step that failed is the error. */
async function tested(
  client: Client,
  connection: Connection,
  password: string | undefined,
): Promise<TestResult> {
  const test = await client.company.test({ connection, ...(password === undefined ? {} : { password }) });
  const failed = test.steps.find((s) => !s.ok)?.error;
  if (failed) throw new AppError(isErrorCode(failed.code) ? failed.code : 'internal', failed.params);
  return test;
}

/** Opens the data folder, runs, prints, closes. Nothing runs by the clock. */
async function withEngine(command: Command, work: (run: Run) => Promise<unknown>): Promise<void> {
  const global = command.optsWithGlobals<Global>();
  const engine = await startEngine({ dataDir: path.resolve(global.data), schedule: false });
  try {
    const client = localClient({ services: engine.services, host: 'cli' });
    if (global.url && command.name() !== 'connect') await withUrl(client, global.url);
    if (engine.services.demo.status().running) await engine.services.demo.tick();
    const result = await work({ client, engine, global, zone: engine.services.settings.get().timeZone });
    if (global.json && result !== undefined) print(JSON.stringify(result, null, 2));
  } finally {
    await engine.close();
  }
}

const when = (at: number | null | undefined, run: Run): string =>
  at === null || at === undefined ? '–' : formatDateTime(at, run.zone, run.global.lang, systemClock.now());

program
  .command('connect')
  .description('test and save the company database connection (uses --url)')
  .addOption(
    new Option('--remember <where>', 'where the password is kept')
      .choices(['memory', 'file'])
      .default('memory'),
  )
  .option('--write-back', 'write decisions to approval_history', false)
  .action((o: { remember: 'memory' | 'file'; writeBack: boolean }, command: Command) =>
    withEngine(command, async ({ client, global }) => {
      if (!global.url) throw new AppError('sync.bad-url');
      const { connection, password } = parseCompanyUrl(global.url);
      const wanted = { ...connection, writeBack: o.writeBack };
      const test = await tested(client, wanted, password);
      const view = await client.company.save({ connection: wanted, password, remember: o.remember });
      if (!global.json) say(global, `接続できました (${test.server})。`, `Connected (${test.server}).`);
      return { test, ...view };
    }),
  );

program
  .command('sync')
  .description(
    'sync every table from the company database now; exit status 76 when some tables could not be read',
  )
  .action((_o: unknown, command: Command) =>
    withEngine(command, async (run) => {
      const report = await run.client.company.sync();
      const { failing } = await run.client.company.freshness();
      if (!run.global.json) {
        for (const t of report.tables)
          print(
            `${t.table.padEnd(32)} ${String(t.read).padStart(9)} → ${t.written} (−${t.deleted}, ✗${t.dead})`,
          );
        say(
          run.global,
          `${formatNumber(report.rows, 'ja')} 行を取り込みました。`,
          `${formatNumber(report.rows, 'en')} rows synced.`,
        );
        for (const table of failing) printError(wordProblem(table, run.global.lang));
      }
      if (failing.length > 0) {
        const error = new AppError('sync.tables-failed', failingParams(failing, momentOf(run)));
        tell(error, run.global.lang, run.global.json === true);
      }
      return report;
    }),
  );
/** `出欠 (attendance_records): 表 … に列 … がありません。…` */
function wordProblem(table: FailingTable, lang: Lang): string {
  const { code, params } = table.error;
  const { say: what, next } = wordError({ code: isErrorCode(code) ? code : 'internal', params }, lang);
  return `${wordOwnTable(table, lang)}: ${what}${lang === 'ja' ? '' : ' '}${next} (${code})`;
}
const momentOf = (run: Run): { zone: string; now: number } => ({
  zone: run.zone,
  now: run.engine.services.clock.now(),
});
/** Which numbers are old because a table could not be read, a line each. */
const printFailing = (run: Run, { failing }: Freshness): void => {
  for (const table of failing) print(`※ ${wordAllFailing([table], run.global.lang, momentOf(run))}`);
};

program
  .command('status')
  .description('connection, sync and write-back state, freshness, demo')
  .action((_o: unknown, command: Command) =>
    withEngine(command, async (run) => {
      const result = {
        about: await run.client.system.about(),
        sync: await run.client.company.status(),
        freshness: await run.client.company.freshness(),
        demo: await run.client.demo.status(),
      };
      if (!run.global.json) {
        print(`data      ${result.about.dataDir}`);
        print(
          `source    ${result.freshness.source} (${when(result.freshness.dataAt, run)}${result.freshness.stale ? ', stale' : ''})`,
        );
        for (const t of result.sync.tables)
          print(
            `${t.table.padEnd(32)} ${String(t.localRows).padStart(9)} / ${t.sourceRows ?? '–'}  ✗${t.deadLetters}${t.error ? `  ${t.error.code}` : ''}`,
          );
        print(`outbox    ${JSON.stringify(result.sync.outbox)}`);
        printFailing(run, result.freshness);
      }
      return result;
    }),
  );

program
  .command('mapping')
  .description('suggest a mapping from their tables to ours; --save writes it')
  .option('--save', 'save the suggestion', false)
  .action((o: { save: boolean }, command: Command) =>
    withEngine(command, async (run) => {
      const suggestion = await run.client.company.suggest();
      if (o.save) await run.client.company.saveMapping({ mapping: suggestion.mapping });
      if (!run.global.json)
        for (const [table, m] of Object.entries(suggestion.mapping.tables))
          print(
            `${table.padEnd(32)} ${m.table ?? '–'} ${formatPercent(suggestion.confidence[table] ?? 0, 'en')}`,
          );
      return suggestion;
    }),
  );

const scoped = (command: Command): Command =>
  command
    .option('--location <name>', 'site')
    .option('--process <name>', 'process')
    .option('--business <id>', 'business id');
type Scope = { location?: string; process?: string; business?: string };
const scopeOf = (o: Scope): { location?: string; process?: string; businessId?: string } => ({
  ...(o.location ? { location: o.location } : {}),
  ...(o.process ? { process: o.process } : {}),
  ...(o.business ? { businessId: o.business } : {}),
});

scoped(program.command('situation'))
  .description('every site × process: backlog, throughput, deadline, P(on time)')
  .action((o: Scope, command: Command) =>
    withEngine(command, async (run) => {
      const situation = await run.client.situation.list(scopeOf(o));
      const { lang } = run.global;
      if (!run.global.json) {
        if (!situation.rows.length)
          say(
            run.global,
            'データがありません。toride sync か toride demo start を実行してください。',
            'No data. Run toride sync or toride demo start.',
          );
        for (const r of situation.rows)
          print(
            `${{ danger: '‼', watch: '！', ok: '　', unknown: '？' }[r.risk]} ${formatCell(r)}  ${formatNumber(r.backlog, lang)}  ${r.throughput === null ? '–' : formatNumber(r.throughput, lang)}/h  ${r.deadline ? formatTime(r.deadline, run.zone, lang) : '–'}  ${r.pOnTime === null ? '–' : formatPercent(r.pOnTime, lang)}${printedPlan(run, r.plan)}`,
          );
        printFailing(run, situation.freshness);
      }
      return situation;
    }),
  );

const printedPlan = (run: Run, plan: PlanUnderWay | null): string =>
  plan === null
    ? ''
    : `  ${wordUnderWay(plan, { lang: run.global.lang, time: (at) => formatTime(at, run.zone, run.global.lang) })}`;
const printProposal = (run: Run, p: Proposal): void => {
  const { lang } = run.global;
  print(`${p.id}  ${p.day ? `${p.day.date}  ` : ''}${wordBadge(p.badge, lang)}`);
  for (const change of p.scope.assume ?? [])
    print(`  ${lang === 'ja' ? '仮定' : 'supposes'}: ${wordChange(change, lang, { business: (id) => id })}`);
  for (const m of p.moves) {
    print(`  ${wordMove(m, lang, run.zone)}`);
    for (const r of m.reasons) print(`      ・${wordReason(r, lang, run.zone)}`);
  }
  for (const e of p.effects)
    print(
      `  ${formatCell(e.cell)} ${formatTime(e.deadline, run.zone, lang)}: ${formatPercent(e.before.pOnTime, lang)} → ${formatPercent(e.after.pOnTime, lang)}`,
    );
  for (const lot of p.notPossible)
    print(
      `  ✗ ${formatCell(lot.cell)} ${formatTime(lot.deadline, run.zone, lang)}: ${lang === 'ja' ? `${formatNumber(lot.shortItems, lang)}件不足` : `${formatNumber(lot.shortItems, lang)} items short`}`,
    );
  const inTheWay = wordBlocks(p.blocks ?? [], lang);
  if (inTheWay) print(`  ${inTheWay}`);
  for (const r of p.relaxations) print(`  → ${wordRelaxation(r, lang)}`);
  if (!p.day) return;
  const lowest = wordLowest(p.day, lang, run.zone);
  if (lowest) print(`  ${lowest}`);
  for (const assumption of p.day.assumed) print(`  - ${wordAssumption(assumption, lang)}`);
};

program
  .command('ask <text>')
  .description('ask in words; may answer with a proposal, never decides')
  .option('--session <id>', 'go on with this session')
  .action((text: string, o: { session?: string }, command: Command) =>
    withEngine(command, async (run) => {
      let answer: Message | null = null;
      for await (const event of await run.client.chat.send({
        text,
        lang: run.global.lang,
        ...(o.session ? { sessionId: o.session } : {}),
      })) {
        if (event.kind === 'delta' && !run.global.json) writeShown(process.stdout, event.text);
        if (event.kind === 'answered') answer = event.message;
      }
      if (!answer) return undefined;
      const proposal = answer.body.proposalId
        ? (await run.client.placement.get({ id: answer.body.proposalId })).proposal
        : null;
      if (!run.global.json) {
        print('');
        for (const [i, c] of (answer.body.clarify?.options ?? []).entries())
          print(`  ${i + 1}. ${c.label[answer.body.lang]}`);
        if (proposal) printProposal(run, proposal);
      }
      return { message: answer, proposal };
    }),
  );

program
  .command('intent [text]')
  .description(
    'what a question means; --file reads JSON lines with a "text" field (or plain lines) and prints one JSON line each',
  )
  .option('--file <jsonl>', 'many questions')
  .action((text: string | undefined, o: { file?: string }, command: Command) =>
    withEngine(command, async (run) => {
      if (o.file !== undefined) {
        for (const line of textOf(readFileSync(o.file)).split(/\r?\n/))
          if (line.trim()) print(JSON.stringify(await run.client.chat.intent({ text: questionOf(line) })));
        return undefined;
      }
      if (text === undefined) throw new AppError('input.invalid', { detail: 'TEXT or --file' });
      const result = await run.client.chat.intent({ text });
      if (!run.global.json) print(JSON.stringify(result));
      return result;
    }),
  );
function questionOf(line: string): string {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'string') return value;
    if (value && typeof value === 'object')
      for (const key of ['text', 'question', 'input', 'message']) {
        const found = (value as Record<string, unknown>)[key];
        if (typeof found === 'string') return found;
      }
  } catch {
    // a plain line
  }
  return line;
}

const proposed = async (
  run: Run,
  input: Parameters<Run['client']['placement']['propose']>[0],
): Promise<Proposal | null> => {
  let proposal: Proposal | null = null;
  for await (const event of await run.client.placement.propose(input))
    if (event.kind === 'proposal') proposal = event.proposal;
  if (proposal && !run.global.json) printProposal(run, proposal);
  return proposal;
};
scoped(program.command('propose'))
  .description('solve for the late processes and store the proposal')
  .option('--next-day', 'plan the next working day', false)
  .action((o: Scope & { nextDay: boolean }, command: Command) =>
    withEngine(command, (run) => proposed(run, { ...scopeOf(o), horizon: o.nextDay ? 'next-day' : 'today' })),
  );
scoped(program.command('plan'))
  .description('plan a whole day with people lent and returned, and store the proposal')
  .option('--date <date>', 'the day, up to 14 days ahead; absent: the next working day')
  .action((o: Scope & { date?: string }, command: Command) =>
    withEngine(command, (run) =>
      proposed(run, { ...scopeOf(o), horizon: 'next-day', ...(o.date !== undefined && { date: o.date }) }),
    ),
  );
program
  .command('proposals')
  .description('the newest proposals and their decisions')
  .option('--limit <n>', 'how many', integer, 20)
  .action((o: { limit: number }, command: Command) =>
    withEngine(command, async (run) => {
      const views = await run.client.placement.list({ limit: o.limit });
      if (!run.global.json)
        for (const { proposal: p } of views)
          print(
            `${p.id}  ${when(p.createdAt, run)}  ${PROPOSAL_STATES[p.status][run.global.lang]}  ${p.moves.length}`,
          );
      return views;
    }),
  );

const decided = async (run: Run, id: string): Promise<unknown> => {
  await run.engine.services.approvals.drain();
  const decision = (await run.client.placement.get({ id })).decisions[0];
  if (decision && !run.global.json)
    print(
      `${decision.proposalId}  ${DECISIONS[decision.action][run.global.lang]}  ${decision.actor}  ${WRITE_BACKS[decision.writeBack.state][run.global.lang]}`,
    );
  return decision;
};
program
  .command('approve <id>')
  .description('approve a proposal and write it back')
  .option('--actor <name>', 'who decides')
  .option('--note <text>', 'a note')
  .action((id: string, o: { actor?: string; note?: string }, command: Command) =>
    withEngine(command, async (run) => {
      await run.client.approvals.approve({ id, ...o });
      return decided(run, id);
    }),
  );
program
  .command('reject <id>')
  .description('reject a proposal')
  .addOption(new Option('--reason <code>', 'why').choices(REJECT_REASONS).makeOptionMandatory())
  .option('--text <text>', 'why, in words')
  .option('--actor <name>', 'who decides')
  .action(
    (
      id: string,
      o: { reason: (typeof REJECT_REASONS)[number]; text?: string; actor?: string },
      command: Command,
    ) =>
      withEngine(command, async (run) => {
        await run.client.approvals.reject({ id, ...o });
        return decided(run, id);
      }),
  );
program
  .command('undo <decision>')
  .description('undo a decision within the undo window (a compensating record)')
  .option('--actor <name>', 'who decides')
  .action((decisionId: string, o: { actor?: string }, command: Command) =>
    withEngine(command, async (run) =>
      decided(run, (await run.client.approvals.undo({ decisionId, ...o })).proposalId),
    ),
  );
program
  .command('audit')
  .description('who did what, why, on which data; says whether the chain is whole')
  .action((_o: unknown, command: Command) =>
    withEngine(command, async (run) => {
      const audit = await run.client.approvals.audit({});
      if (!run.global.json) {
        for (const e of audit.entries)
          print(
            `${e.seq}  ${when(e.at, run)}  ${e.actor}  ${wordAudit(e.action, run.global.lang)}  ${e.subject}`,
          );
        if (audit.intact) say(run.global, '記録はつながっています。', 'The record is whole.');
        else say(run.global, '記録のつながりが切れています。', 'The chain of the record is broken.');
      }
      return audit;
    }),
  );

program
  .command('outcomes [proposal]')
  .description('what became of approved proposals: prediction against what came, and how often it held')
  .option('--limit <n>', 'how many decisions', integer, 20)
  .action((proposalId: string | undefined, o: { limit: number }, command: Command) =>
    withEngine(command, async (run) => {
      await run.engine.services.outcomes.check();
      const result = await run.client.placement.outcomes({ limit: o.limit, proposalId });
      if (!run.global.json) printOutcomes(run, result);
      return result;
    }),
  );
const printOutcomes = (run: Run, { outcomes, rates }: Outcomes): void => {
  const { lang } = run.global;
  const now = run.engine.services.clock.now();
  if (outcomes.length === 0)
    say(run.global, '承認した配置変更はまだありません。', 'No moves have been approved yet.');
  for (const outcome of outcomes) {
    print(`${outcome.proposalId}  ${wordOutcome(outcome, { lang, zone: run.zone, now }).text}`);
    for (const check of outcome.checks)
      for (const cell of check.cells ?? [])
        print(
          `  ${when(check.at, run)}  ${formatCell(cell.cell)}  ${wordBacklog(cell, lang)}  ${[wordCellOutcome(cell, lang), wordDeadline(cell, lang)].filter(Boolean).join(' / ')}`,
        );
  }
  for (const kind of RATES) {
    const rate = wordRate(rates[kind], lang);
    if (rate) print(`${wordRateName(kind, lang)}: ${rate}`);
  }
};

const alertsCommand = program
  .command('alerts')
  .description('check now and list the alerts')
  .action((_o: unknown, command: Command) =>
    withEngine(command, async (run) => {
      await run.client.alerts.check();
      const result = await run.client.alerts.list({});
      if (run.global.json) return result;
      const { lang } = run.global;
      if (result.alerts.length === 0) say(run.global, 'アラートはありません。', 'There are no alerts.');
      for (const a of result.alerts) {
        const problem =
          a.error && isErrorCode(a.error.code)
            ? wordError({ code: a.error.code, params: a.error.params }, lang).say
            : ALERT_KINDS[a.kind][lang];
        const what = a.cell ? formatCell(a.cell) : problem;
        const chance = a.evidence ? `  ${formatPercent(a.evidence.pMiss, lang)}` : '';
        print(
          `${SEVERITIES[a.severity][lang]}  ${ALERT_STATES[a.state][lang]}  ${what}${chance}${printedPlan(run, a.plan)}`,
        );
        const said =
          a.closedAt === null &&
          (a.kind === 'delay' ? a.answer && wordAnswer(a.answer, lang) : a.said?.text[lang]);
        if (said) print(`    ${said}${a.proposalId === null ? '' : `  ${a.proposalId}`}`);
      }
      return result;
    }),
  );
alertsCommand
  .command('backtest')
  .description('what alert levels would have raised in the past, and how much of it was really late')
  .option('--days <n>', 'how many days back', integer, 7)
  .option('--watch <percent>', 'level for watch', integer)
  .option('--danger <percent>', 'level for late', integer)
  .option('--snapshots <n>', 'snapshots in a row', integer)
  .action((o: { days: number; watch?: number; danger?: number; snapshots?: number }, command: Command) =>
    withEngine(command, async (run) => {
      const input = {
        days: o.days,
        ...(o.watch !== undefined && { watchAt: o.watch / 100 }),
        ...(o.danger !== undefined && { dangerAt: o.danger / 100 }),
        ...(o.snapshots !== undefined && { snapshots: o.snapshots }),
      };
      for await (const event of await run.client.alerts.backtest(input)) {
        if (event.kind !== 'result') continue;
        if (!run.global.json) print(wordBacktest(event.result, o.days, run.global.lang));
        return event.result;
      }
      return null;
    }),
  );
program
  .command('know <text>')
  .description('search the know-how')
  .action((text: string, _o: unknown, command: Command) =>
    withEngine(command, async (run) => {
      const { hits } = await run.client.knowledge.search({ text });
      if (!run.global.json)
        for (const h of hits)
          print(`${h.score.toFixed(3)}  ${wordSource(h.title, h.place, run.global.lang)}\n    ${h.text}`);
      return hits;
    }),
  );
program
  .command('learn <file>')
  .description('register a file as know-how: PDF, Word, Excel, PowerPoint, text, Markdown, CSV, HTML, log')
  .action((file: string, _o: unknown, command: Command) =>
    withEngine(command, async (run) => {
      const document = await run.client.knowledge.addFile({
        name: path.basename(file),
        data: readFileSync(file).toString('base64'),
        modifiedAt: Math.floor(statSync(file).mtimeMs),
      });
      if (!run.global.json) print(`${document.id}  ${document.title}  ${document.chunks}`);
      return document;
    }),
  );

const demo = program.command('demo').description('the built-in demo site');
const seeded = (command: Command): Command =>
  command
    .option('--seed <n>', 'seed', integer, 1)
    .addOption(new Option('--scenario <name>', 'what happens').choices(SCENARIOS).default('shortage'));
seeded(
  demo.command('start').description('start the demo in the data folder (replaces the local copy)'),
).action((o: { seed: number; scenario: ScenarioName }, command: Command) =>
  withEngine(command, async (run) => {
    const status = await run.client.demo.start(o);
    if (!run.global.json)
      say(
        run.global,
        `デモを開始しました (${when(status.now, run)})。`,
        `Demo started (${when(status.now, run)}).`,
      );
    return status;
  }),
);
demo
  .command('stop')
  .description('stop the demo and remove its data')
  .action((_o: unknown, command: Command) => withEngine(command, (run) => run.client.demo.stop()));
demo
  .command('status')
  .description('the demo and its clock')
  .action((_o: unknown, command: Command) =>
    withEngine(command, async (run) => {
      const status = await run.client.demo.status();
      if (!run.global.json)
        say(
          run.global,
          `${status.running ? '動作中' : '停止中'}  ${status.scenario ?? '–'}  ${when(status.now, run)}`,
          `${status.running ? 'running' : 'stopped'}  ${status.scenario ?? '–'}  ${when(status.now, run)}`,
        );
      return status;
    }),
  );
seeded(demo.command('mysql').description('fill a real MySQL (--url) with the simulated company'))
  .option('--date <yyyy-mm-dd>', 'the day (default: today)')
  .option('--time <hh:mm>', 'until when', '14:30')
  .option('--days <n>', 'days of history', integer, 28)
  .option('--zone <zone>', 'time zone', 'Asia/Tokyo')
  .option('--progress-rows <n>', 'additional progress rows, for a large first sync', integer, 0)
  .action(
    async (
      o: {
        seed: number;
        scenario: ScenarioName;
        date?: string;
        time: string;
        days: number;
        zone: string;
        progressRows: number;
      },
      command: Command,
    ) => {
      const global = command.optsWithGlobals<Global>();
      if (!global.url) throw new AppError('sync.bad-url');
      const startDate = o.date ?? new Intl.DateTimeFormat('en-CA', { timeZone: o.zone }).format(Date.now());
      const [hours, minutes] = o.time.split(':').map(Number);
      const site = createSite({ seed: o.seed, scenario: o.scenario, zone: o.zone, startDate });
      const until = instantOf(startDate, (hours ?? 14) * 60 + (minutes ?? 30), o.zone);
      const batches = function* () {
        yield* site.master();
        yield* site.history(o.days);
        yield* site.until(until);
        if (o.progressRows > 0) yield* bulkSnapshots(o.progressRows);
      };
      const { rows } = await fillCompany({ url: global.url, batches: batches() });
      if (global.json) print(JSON.stringify({ rows, truth: site.truth() }, null, 2));
      else
        say(
          global,
          `${formatNumber(rows, 'ja')} 行を書き込みました。`,
          `${formatNumber(rows, 'en')} rows written.`,
        );
    },
  );

// `toride … | head`: the reader has seen enough; the command still ends as it should
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** What can be read now is read, so that an answer is about everything there is. */
const withLogs = (command: Command, work: (run: Run) => Promise<unknown>): Promise<void> =>
  withEngine(command, async (run) => {
    await run.engine.services.logs.settle();
    return work(run);
  });
const logTools = { withEngine, withLogs, print, say, integer, when };
addLogCommands(program, logTools);
addFindingCommands(program, logTools);
addDecisionCommands(program, { withEngine, print });
addModelCommands(program, { withEngine, print, say, when });
addForecastCommand(program, { print, say });

try {
  await program.parseAsync();
} catch (thrown) {
  const { lang, json } = program.opts<Global>();
  const error =
    thrown instanceof CommanderError
      ? wrongUsage(thrown, { program, words: process.argv.slice(2), lang })
      : expected(thrown);
  if (error) tell(error, lang, json === true);
}

/** The error on stderr, its exit status on the process. */
function tell(error: AppError, lang: Lang, json: boolean): void {
  const { say: what, next } = wordError(error, lang);
  writeShown(
    process.stderr,
    json
      ? `${JSON.stringify({ code: error.code, params: error.params, say: what, next })}\n`
      : `${what}\n${next}\n(${error.code})\n`,
  );
  if (error.code === 'internal' && error.cause instanceof Error)
    writeShown(process.stderr, `${error.cause.stack}\n`);
  process.exitCode = ERRORS[error.code].exit;
}

function expected(thrown: unknown): AppError {
  if (thrown instanceof ORPCError && thrown.code === 'APP') {
    const { code, params } = thrown.data as { code: string; params: Record<string, string | number> };
    return new AppError(isErrorCode(code) ? code : 'internal', params, { cause: thrown });
  }
  return toAppError(thrown);
}
