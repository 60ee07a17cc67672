// `toride propose, plan, approve, …`: proposals and what was decided of them.
import { Option } from 'commander';
import { formatCell, formatPercent, formatTime } from '../api/contract/format.ts';
import { wordAudit, wordAuditCheck } from '../approvals/contract/words.ts';
import { ERRORS } from '../kernel/errors.ts';
import { wordAssumption, wordLowest, wordPlanOf } from '../placement/contract/day-words.ts';
import {
  RATES,
  wordBacklog,
  wordCellOutcome,
  wordDeadline,
  wordOutcome,
  wordRate,
  wordRateName,
} from '../placement/contract/outcome-words.ts';
import {
  type AuditCheck,
  type Outcomes,
  type Proposal,
  REJECT_REASONS,
} from '../placement/contract/placement.ts';
import { wordChange } from '../placement/contract/what-if-words.ts';
import { wordBadge, wordBlocks, wordMove, wordReason, wordRelaxation } from '../placement/contract/words.ts';
import { readPlan } from './reading.ts';
import { type Command, integer, type Run, type Scope, scoped, scopeOf, when, worded } from './run.ts';
import words from './words.json' with { type: 'json' };

/** A proposal as text: who moves, why, and what it does to every deadline. */
export const printProposal = (run: Run, p: Proposal, lang = run.lang): void => {
  run.show(`${p.id}  ${p.day ? `${wordPlanOf(p.day, lang)}  ` : ''}${wordBadge(p.badge, lang)}`);
  for (const change of p.scope.assume ?? [])
    run.show(`  ${words.plan.supposes[lang]}: ${wordChange(change, lang, { business: (id) => id })}`);
  for (const m of p.moves) {
    run.show(`  ${wordMove(m, lang, run.zone)}`);
    for (const r of m.reasons) run.show(`      ・${wordReason(r, lang, run.zone)}`);
  }
  for (const e of p.effects)
    run.show(
      `  ${formatCell(e.cell)} ${formatTime(e.deadline, run.zone, lang)}: ${formatPercent(e.before.pOnTime, lang)} → ${formatPercent(e.after.pOnTime, lang)}`,
    );
  for (const lot of p.notPossible)
    run.show(
      `  ✗ ${formatCell(lot.cell)} ${formatTime(lot.deadline, run.zone, lang)}: ${worded(lang, words.plan.short, { items: lot.shortItems })}`,
    );
  const inTheWay = wordBlocks(p.blocks ?? [], lang);
  if (inTheWay) run.show(`  ${inTheWay}`);
  for (const r of p.relaxations) run.show(`  → ${wordRelaxation(r, lang)}`);
  if (!p.day) return;
  const lowest = wordLowest(p.day, lang, run.zone);
  if (lowest) run.show(`  ${lowest}`);
  for (const assumption of p.day.assumed) run.show(`  - ${wordAssumption(assumption, lang)}`);
};

const proposed = async (
  run: Run,
  input: Parameters<Run['client']['placement']['propose']>[0],
): Promise<Proposal | null> => {
  let proposal: Proposal | null = null;
  for await (const event of await run.client.placement.propose(input))
    if (event.kind === 'proposal') proposal = event.proposal;
  if (proposal) printProposal(run, proposal);
  return proposal;
};
const decided = async (run: Run, id: string): Promise<unknown> => {
  await run.engine.services.approvals.drain();
  const decision = (await run.client.placement.get({ id })).decisions[0];
  if (decision)
    run.show(
      `${decision.proposalId}  ${words.decisions[decision.action][run.lang]}  ${decision.actor}  ${words.writeBacks[decision.writeBack.state][run.lang]}`,
    );
  return decision;
};
const printOutcomes = (run: Run, { outcomes, rates }: Outcomes): void => {
  const { lang } = run.global;
  const now = run.engine.services.clock.now();
  if (outcomes.length === 0) run.say(words.said['no-moves-yet']);
  for (const outcome of outcomes) {
    run.show(`${outcome.proposalId}  ${wordOutcome(outcome, { lang, zone: run.zone, now }).text}`);
    for (const check of outcome.checks)
      for (const cell of check.cells ?? [])
        run.show(
          `  ${when(check.at, run)}  ${formatCell(cell.cell)}  ${wordBacklog(cell, lang)}  ${[wordCellOutcome(cell, lang), wordDeadline(cell, lang)].filter(Boolean).join(' / ')}`,
        );
  }
  for (const kind of RATES) {
    const rate = wordRate(rates[kind], lang);
    if (rate) run.show(`${wordRateName(kind, lang)}: ${rate}`);
  }
};

export function addProposalCommands(program: Command): void {
  scoped(program.command('propose'))
    .description('solve for the late processes and store the proposal')
    .option('--next-day', 'plan the next working day', false)
    .withEngine((run, o: Scope & { nextDay: boolean }) =>
      proposed(run, { ...scopeOf(o), horizon: o.nextDay ? 'next-day' : 'today' }),
    );
  scoped(program.command('plan [text]'))
    .description(
      'plan a whole day with people lent and returned, and store the proposal; with a question: only how it is read, nothing is run',
    )
    .option('--date <date>', 'the day, up to 14 days ahead; absent: the next working day')
    .withEngine((run, text: string | undefined, o: Scope & { date?: string }) =>
      text === undefined
        ? proposed(run, {
            ...scopeOf(o),
            horizon: 'next-day',
            ...(o.date !== undefined && { date: o.date }),
          })
        : readPlan(run, text),
    );
  program
    .command('proposals')
    .description('the newest proposals and their decisions')
    .option('--limit <n>', 'how many', integer, 20)
    .withEngine(async (run, o: { limit: number }) => {
      const views = await run.client.placement.list({ limit: o.limit });
      for (const { proposal: p } of views)
        run.show(
          `${p.id}  ${when(p.createdAt, run)}  ${words.proposals[p.status][run.lang]}  ${p.moves.length}`,
        );
      return views;
    });
  program
    .command('approve <id>')
    .description('approve a proposal and write it back')
    .option('--actor <name>', 'who decides')
    .option('--note <text>', 'a note')
    .withEngine(async (run, id: string, o: { actor?: string; note?: string }) => {
      await run.client.approvals.approve({ id, ...o });
      return decided(run, id);
    });
  program
    .command('reject <id>')
    .description('reject a proposal')
    .addOption(new Option('--reason <code>', 'why').choices(REJECT_REASONS).makeOptionMandatory())
    .option('--text <text>', 'why, in words')
    .option('--actor <name>', 'who decides')
    .withEngine(
      async (
        run,
        id: string,
        o: { reason: (typeof REJECT_REASONS)[number]; text?: string; actor?: string },
      ) => {
        await run.client.approvals.reject({ id, ...o });
        return decided(run, id);
      },
    );
  program
    .command('undo <decision>')
    .description('undo a decision within the undo window (a compensating record)')
    .option('--actor <name>', 'who decides')
    .withEngine(async (run, decisionId: string, o: { actor?: string }) =>
      decided(run, (await run.client.approvals.undo({ decisionId, ...o })).proposalId),
    );
  program
    .command('keep <decision>')
    .description(
      'write a decision although it moves somebody whom another computer’s decision moves elsewhere',
    )
    .option('--actor <name>', 'who decides')
    .withEngine(async (run, decisionId: string, o: { actor?: string }) =>
      decided(run, (await run.client.approvals.keep({ decisionId, ...o })).proposalId),
    );
  const check = async (run: Run, printed?: { seq: number; hash: string }): Promise<AuditCheck> => {
    const result = await run.client.approvals.verify(printed);
    for (const line of wordAuditCheck(result, run.lang)) run.show(line);
    if (!result.intact) process.exitCode = ERRORS['store.corrupt'].exit;
    return result;
  };
  const audit = program
    .command('audit')
    .description(
      'who did what, why, on which data; whether the record and the data file are whole (exit status 65 when not)',
    )
    .withEngine(async (run) => {
      const { entries } = await run.client.approvals.audit({});
      for (const e of entries)
        run.show(`${e.seq}  ${when(e.at, run)}  ${e.actor}  ${wordAudit(e.action, run.lang)}  ${e.subject}`);
      return { entries, ...(await check(run)) };
    });
  audit
    .command('verify')
    .description('only the check; with --seq and --hash also against what a printed report says')
    .option('--seq <n>', 'number of the entry on the report', integer)
    .option('--hash <value>', 'its value, at least 8 characters')
    .withEngine((run, o: { seq?: number; hash?: string }) => {
      const { seq, hash } = o;
      return check(run, seq === undefined || hash === undefined ? undefined : { seq, hash });
    });

  program
    .command('outcomes [proposal]')
    .description('what became of approved proposals: prediction against what came, and how often it held')
    .option('--limit <n>', 'how many decisions', integer, 20)
    .withEngine(async (run, proposalId: string | undefined, o: { limit: number }) => {
      await run.engine.services.outcomes.check();
      const result = await run.client.placement.outcomes({ limit: o.limit, proposalId });
      printOutcomes(run, result);
      return result;
    });
}
