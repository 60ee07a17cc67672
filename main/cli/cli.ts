// The third door: the same API in process, for administrators' scripts and for tests. Text or --json; errors on stderr with a code.
import { ORPCError } from '@orpc/server';
import { CommanderError, Option } from 'commander';
import { VERSION } from '../engine.ts';
import { defaultDataDir } from '../kernel/config.ts';
import { AppError, isErrorCode, type Lang, toAppError } from '../kernel/errors.ts';
import { addAskCommands } from './ask.ts';
import { addBackupCommands, addHealthCommand } from './backup.ts';
import { addCompanyCommands } from './company.ts';
import { addDecisionCommands } from './decisions.ts';
import { addDemoCommands } from './demo.ts';
import { addForecastCommand } from './forecast.ts';
import { helpIn } from './help.ts';
import { addFindingCommands } from './log-findings.ts';
import { addLogCommands } from './logs.ts';
import { addModelCommands } from './models.ts';
import { addPolicyCommands } from './policy.ts';
import { addProposalCommands } from './proposals.ts';
import { addQueryCommand } from './query.ts';
import { Command, type Global, tell } from './run.ts';
import { addSituationCommands } from './situation.ts';
import { addUpdateCommands } from './update.ts';
import { wrongUsage } from './usage.ts';
import { addWhatIfCommand } from './what-if.ts';

const defaultLang = (): Lang =>
  /^ja/i.test(process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'] ?? 'ja')
    ? 'ja'
    : 'en';
const program: Command = new Command('toride')
  .description(
    'Toride: 工程の遅れは人か、システムか、どうするか。 / Is it the people or the system, and what do I do about it?',
  )
  .version(VERSION)
  .option('--data <dir>', 'data folder', defaultDataDir(process.env, process.platform))
  .option('--policy <file>', 'policy of an administrator, where the system has none')
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

addCompanyCommands(program);
addSituationCommands(program);
addQueryCommand(program);
addAskCommands(program);
addProposalCommands(program);
addWhatIfCommand(program);
addDecisionCommands(program);
addDemoCommands(program);
addLogCommands(program);
addFindingCommands(program);
addModelCommands(program);
addBackupCommands(program);
addHealthCommand(program);
addPolicyCommands(program);
addUpdateCommands(program);
addForecastCommand(program);

// `toride … | head`: the reader has seen enough; the command still ends as it should
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await program.parseAsync();
} catch (thrown) {
  const { lang, json } = program.opts<Global>();
  const error =
    thrown instanceof CommanderError
      ? wrongUsage(thrown, { program, typed: process.argv.slice(2), lang })
      : expected(thrown);
  if (error) tell(error, lang, json === true);
}

function expected(thrown: unknown): AppError {
  if (thrown instanceof ORPCError && thrown.code === 'APP') {
    const { code, params } = thrown.data as { code: string; params: Record<string, string | number> };
    return new AppError(isErrorCode(code) ? code : 'internal', params, { cause: thrown });
  }
  return toAppError(thrown);
}
