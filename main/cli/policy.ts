// `toride policy check, show, pin`: what an administrator fixes for this machine.
import type { Command } from 'commander';
import { AppError } from '../kernel/errors.ts';
import { fill } from '../kernel/words.ts';
import { POLICY_SAYS, wordPolicy, wordRole } from '../settings/contract/words.ts';
import { readPolicy, sealPin, systemPolicyFile } from '../settings/index.ts';
import { type Global, print, show, withEngine } from './run.ts';

const LEAST = 4;

export function addPolicyCommands(program: Command): void {
  const policy = program.command('policy').description('what an administrator fixes for this machine');
  policy
    .command('check <file>')
    .description('say what is wrong with a policy file (exit status 78), or that nothing is')
    .action((file: string, _o: unknown, command: Command) => {
      const { json, lang } = command.optsWithGlobals<Global>();
      // by itself, whatever the system has
      const read = readPolicy(file, '');
      print(json ? JSON.stringify(read.policy, null, 2) : fill(POLICY_SAYS.good, { file }, lang));
    });
  policy
    .command('show')
    .description('the policy in force, and what this account may do')
    .action((_o: unknown, command: Command) =>
      withEngine(command, async ({ client, global }) => {
        const view = await client.policy.view();
        show(global, view.file ?? fill(POLICY_SAYS.none, { file: systemPolicyFile() }, global.lang));
        for (const [name, value] of wordPolicy(view, global.lang)) show(global, `  ${name}  ${value}`);
        show(global, `  ${wordRole(view, global.lang)}`);
        return view;
      }),
    );
  policy
    .command('pin')
    .description('print “approverPin” for the PIN in TORIDE_APPROVER_PIN')
    .action(() => {
      const pin = process.env['TORIDE_APPROVER_PIN'] ?? '';
      if (pin.length < LEAST)
        throw new AppError('input.invalid', { detail: `TORIDE_APPROVER_PIN < ${LEAST}` });
      print(JSON.stringify({ approverPin: sealPin(pin) }));
    });
}
