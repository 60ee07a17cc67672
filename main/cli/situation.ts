// `toride situation, alerts`: what is late now, and what rang.
import type { Command } from 'commander';
import {
  ALERT_KINDS,
  wordAnswer,
  wordBacktest,
  wordLateAfter,
  wordProposedLevel,
  wordUnderWay,
} from '../alerts/contract/words.ts';
import type { PlanUnderWay } from '../api/contract/common.ts';
import { formatCell, formatNumber, formatPercent, formatTime } from '../api/contract/format.ts';
import { isErrorCode, wordError } from '../kernel/errors.ts';
import {
  integer,
  printFailing,
  type Run,
  type Scope,
  say,
  scoped,
  scopeOf,
  show,
  withEngine,
} from './run.ts';
import words from './words.json' with { type: 'json' };

const printedPlan = (run: Run, plan: PlanUnderWay | null): string =>
  plan === null
    ? ''
    : `  ${wordUnderWay(plan, { lang: run.global.lang, time: (at) => formatTime(at, run.zone, run.global.lang) })}`;

export function addSituationCommands(program: Command): void {
  scoped(program.command('situation'))
    .description('every site × process: backlog, throughput, deadline, P(on time)')
    .action((o: Scope, command: Command) =>
      withEngine(command, async (run) => {
        const situation = await run.client.situation.list(scopeOf(o));
        const { lang } = run.global;
        if (!situation.rows.length) say(run.global, words.said['no-data']);
        for (const r of situation.rows)
          show(
            run.global,
            `${{ danger: '‼', watch: '！', ok: '　', unknown: '？' }[r.risk]} ${formatCell(r)}  ${formatNumber(r.backlog, lang)}  ${r.throughput === null ? '–' : formatNumber(r.throughput, lang)}/h  ${r.deadline ? formatTime(r.deadline, run.zone, lang) : '–'}  ${r.pOnTime === null ? '–' : formatPercent(r.pOnTime, lang)}${printedPlan(run, r.plan)}`,
          );
        printFailing(run, situation.freshness);
        return situation;
      }),
    );
  const alertsCommand = program
    .command('alerts')
    .description('check now and list the alerts')
    .action((_o: unknown, command: Command) =>
      withEngine(command, async (run) => {
        await run.client.alerts.check();
        const result = await run.client.alerts.list({});
        if (run.global.json) return result;
        const { lang } = run.global;
        if (result.alerts.length === 0) say(run.global, words.said['no-alerts']);
        for (const a of result.alerts) {
          const problem =
            a.error && isErrorCode(a.error.code)
              ? wordError({ code: a.error.code, params: a.error.params }, lang).say
              : ALERT_KINDS[a.kind][lang];
          const what = a.cell ? formatCell(a.cell) : problem;
          const time = (at: number): string => formatTime(at, run.zone, lang);
          const deadline = a.evidence?.deadline ? `  ${time(a.evidence.deadline)}` : '';
          const chance = a.evidence ? `${deadline}  ${formatPercent(a.evidence.pMiss, lang)}` : '';
          show(
            run.global,
            `${words.severities[a.severity][lang]}  ${a.plan ? '' : `${words.alerts[a.state][lang]}  `}${what}${chance}${printedPlan(run, a.plan)}`,
          );
          const after = a.closedAt === null ? wordLateAfter(a, { lang, time }) : null;
          if (after) show(run.global, `    ${after}`);
          const said =
            a.closedAt === null &&
            (a.kind === 'delay' ? a.answer && wordAnswer(a.answer, lang) : a.said?.text[lang]);
          if (said) show(run.global, `    ${said}${a.proposalId === null ? '' : `  ${a.proposalId}`}`);
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
          show(run.global, wordBacktest(event.result, o.days, run.global.lang));
          const proposed = wordProposedLevel(event.result, run.global.lang);
          if (proposed) show(run.global, proposed);
          return event.result;
        }
        return null;
      }),
    );
}
