// `toride update key, sign, check, take, back`: a new version as one signed file, without internet.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { VERSION } from '../engine.ts';
import { readPolicy } from '../settings/index.ts';
import { createUpdates, goBack, makeUpdateKey, signUpdate } from '../updates/index.ts';
import { type Global, print, say, withEngine } from './run.ts';
import words from './words.json' with { type: 'json' };

export function addUpdateCommands(program: Command): void {
  const update = program.command('update').description('a new version as one signed file, without internet');
  update
    .command('key <file>')
    .description('make a pair of keys: the private one into the file, “updateKey” of a policy is printed')
    .action((file: string) => {
      const { privateKey, updateKey } = makeUpdateKey();
      writeFileSync(path.resolve(file), privateKey, { flag: 'wx', mode: 0o600 });
      print(JSON.stringify({ updateKey }));
    });
  update
    .command('sign <installer>')
    .description('write an installer as a signed update file')
    .requiredOption('--key <file>', 'the private key')
    .requiredOption('--release <version>', 'version of the installer, such as 0.2.0')
    .requiredOption('--to <file>', 'the update file to write')
    .option('--platform <name>', 'what it is for', `${process.platform}-${process.arch}`)
    .action(
      async (
        installer: string,
        o: { key: string; release: string; to: string; platform: string },
        command: Command,
      ) => {
        const head = await signUpdate({
          installer: path.resolve(installer),
          version: o.release,
          platform: o.platform,
          privateKey: readFileSync(path.resolve(o.key), 'utf8'),
          to: path.resolve(o.to),
        });
        if (command.optsWithGlobals<Global>().json) print(JSON.stringify(head, null, 2));
        else print(`${o.to}  ${head.version}  ${head.platform}  ${head.sha256}`);
      },
    );
  update
    .command('check <file>')
    .description('read an update file to its end: signature, version, platform, checksum')
    .action(async (file: string, _o: unknown, command: Command) => {
      const global = command.optsWithGlobals<Global>();
      const { policy } = readPolicy(global.policy);
      const updates = createUpdates({
        dataDir: path.resolve(global.data),
        version: VERSION,
        updateKey: policy.updateKey,
        backup: () => Promise.reject(new Error('a check makes no backup')),
      });
      const head = await updates.check(file);
      if (global.json) print(JSON.stringify(head, null, 2));
      else say(global, words.said['update-good'], { version: head.version });
    });
  update
    .command('take <file>')
    .description('check it, back up the data, put the installer beside it to be run')
    .action((file: string, _o: unknown, command: Command) =>
      withEngine(command, async ({ client, global }) => {
        const taken = await client.updates.take({ file: path.resolve(file) });
        say(global, words.said['backed-up'], { file: taken.backup });
        say(global, words.said['quit-and-run'], { file: taken.installer });
        return taken;
      }),
    );
  update
    .command('back')
    .description(
      'after a new version that did not start: the data as it was before, the installer of the earlier version',
    )
    .action(async (_o: unknown, command: Command) => {
      const global = command.optsWithGlobals<Global>();
      const { failed, former, installer, aside } = await goBack(path.resolve(global.data), VERSION);
      if (global.json) return print(JSON.stringify({ failed, former, installer, aside }, null, 2));
      say(global, words.said['data-back'], { former });
      if (aside) say(global, words.said['data-aside'], { failed, aside });
      if (former === VERSION) return;
      if (installer) say(global, words.said['run-this'], { file: installer });
      else say(global, words.said['install-again'], { version: former });
    });
}
