// `toride situation, alerts`: what is late now, and what rang.
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
import { type Command, integer, printFailing, type Run, type Scope, scoped, scopeOf } from './run.ts';
import words from './words.json' with { type: 'json' };

const printedPlan = (run: Run, plan: PlanUnderWay | null): string =>
  plan === null
    ? ''
    : `  ${wordUnderWay(plan, { lang: run.lang, time: (at) => formatTime(at, run.zone, run.lang) })}`;

export function addSituationCommands(program: Command): void {
  scoped(program.command('situation'))
    .description('every site × process: backlog, throughput, deadline, P(on time)')
    .withEngine(async (run, o: Scope) => {
      const situation = await run.client.situation.list(scopeOf(o));
      const { lang } = run.global;
      if (!situation.rows.length) run.say(words.said['no-data']);
      for (const r of situation.rows)
        run.show(
          `${{ danger: '‼', watch: '！', ok: '　', unknown: '？' }[r.risk]} ${formatCell(r)}  ${formatNumber(r.backlog, lang)}  ${r.throughput === null ? '–' : formatNumber(r.throughput, lang)}/h  ${r.deadline ? formatTime(r.deadline, run.zone, lang) : '–'}  ${r.pOnTime === null ? '–' : formatPercent(r.pOnTime, lang)}${printedPlan(run, r.plan)}`,
        );
      printFailing(run, situation.freshness);
      return situation;
    });
  const alertsCommand = program
    .command('alerts')
    .description('check now and list the alerts')
    .withEngine(async (run) => {
      await run.client.alerts.check();
      const result = await run.client.alerts.list({});
      if (run.global.json) return result;
      const { lang } = run.global;
      if (result.alerts.length === 0) run.say(words.said['no-alerts']);
      for (const a of result.alerts) {
        const problem =
          a.error && isErrorCode(a.error.code)
            ? wordError({ code: a.error.code, params: a.error.params }, lang).say
            : ALERT_KINDS[a.kind][lang];
        const what = a.cell ? formatCell(a.cell) : problem;
        const time = (at: number): string => formatTime(at, run.zone, lang);
        const deadline = a.evidence?.deadline ? `  ${time(a.evidence.deadline)}` : '';
        const chance = a.evidence ? `${deadline}  ${formatPercent(a.evidence.pMiss, lang)}` : '';
        run.show(
          `${words.severities[a.severity][lang]}  ${a.plan ? '' : `${words.alerts[a.state][lang]}  `}${what}${chance}${printedPlan(run, a.plan)}`,
        );
        const after = a.closedAt === null ? wordLateAfter(a, { lang, time }) : null;
        if (after) run.show(`    ${after}`);
        const said =
          a.closedAt === null &&
          (a.kind === 'delay' ? a.answer && wordAnswer(a.answer, lang) : a.said?.text[lang]);
        if (said) run.show(`    ${said}${a.proposalId === null ? '' : `  ${a.proposalId}`}`);
      }
      return result;
    });
  alertsCommand
    .command('backtest')
    .description('what alert levels would have raised in the past, and how much of it was really late')
    .option('--days <n>', 'how many days back', integer, 7)
    .option('--watch <percent>', 'level for watch', integer)
    .option('--danger <percent>', 'level for late', integer)
    .option('--snapshots <n>', 'snapshots in a row', integer)
    .withEngine(async (run, o: { days: number; watch?: number; danger?: number; snapshots?: number }) => {
      const input = {
        days: o.days,
        ...(o.watch !== undefined && { watchAt: o.watch / 100 }),
        ...(o.danger !== undefined && { dangerAt: o.danger / 100 }),
        ...(o.snapshots !== undefined && { snapshots: o.snapshots }),
      };
      for await (const event of await run.client.alerts.backtest(input)) {
        if (event.kind !== 'result') continue;
        run.show(wordBacktest(event.result, o.days, run.lang));
        const proposed = wordProposedLevel(event.result, run.lang);
        if (proposed) run.show(proposed);
        return event.result;
      }
      return null;
    });
}
