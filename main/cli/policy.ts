// `toride policy check, show, pin`: what an administrator fixes for this machine.
import { AppError } from '../kernel/errors.ts';
import { fill } from '../kernel/words.ts';
import { POLICY_SAYS, wordPolicy, wordRole } from '../settings/contract/words.ts';
import { readPolicy, sealPin, systemPolicyFile } from '../settings/index.ts';
import { type Command, print } from './run.ts';

const LEAST = 4;

export function addPolicyCommands(program: Command): void {
  const policy = program.command('policy').description('what an administrator fixes for this machine');
  policy
    .command('check <file>')
    .description('say what is wrong with a policy file (exit status 78), or that nothing is')
    .withoutEngine(({ say }, file: string) => {
      // by itself, whatever the system has
      const { policy: good } = readPolicy(file, '');
      say(POLICY_SAYS.good, { file });
      return good;
    });
  policy
    .command('show')
    .description('the policy in force, and what this account may do')
    .withEngine(async ({ client, lang, show }) => {
      const view = await client.policy.view();
      show(view.file ?? fill(POLICY_SAYS.none, { file: systemPolicyFile() }, lang));
      for (const [name, value] of wordPolicy(view, lang)) show(`  ${name}  ${value}`);
      show(`  ${wordRole(view, lang)}`);
      return view;
    });
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
