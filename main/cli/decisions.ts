// `toride decision verify`, `toride handover`: what was decided, checked again and handed over, on the command line.
import type { Lang } from '../api/contract/common.ts';
import { wordVerification } from '../placement/contract/words.ts';
import { handoverText } from '../reports/contract/reports.ts';
import type { Command } from './run.ts';

/** The same numbers as for errors (sysexits.h): data that do not fit, and an answer that cannot be had. */
const EXIT = { match: 0, differs: 65, 'cannot-compare': 69 } as const;

export function addDecisionCommands(program: Command): void {
  program
    .command('handover')
    .description('what the next shift has to know, as text')
    .withEngine(async (run) => {
      await run.client.alerts.check();
      await run.engine.services.outcomes.check();
      const handover = await run.client.reports.handover();
      run.show(handoverText(handover, run.lang));
      return handover;
    });
  program
    .command('decision')
    .description('what was decided, looked at again')
    .command('verify <id>')
    .description(
      'solve a stored proposal (or the one of a decision) again from its snapshot and compare bit for bit; exit 0: the same, 65: differs, 69: cannot be compared',
    )
    .withEngine(async (run, id: string) => {
      const verification = await run.client.placement.verify({ id });
      process.exitCode = EXIT[verification.result];
      const lang: Lang = run.lang;
      for (const line of wordVerification(verification, lang)) run.show(line);
      return verification;
    });
}
