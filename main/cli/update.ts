// `toride update key, sign, check, take, back`: a new version as one signed file, without internet.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { VERSION } from '../engine.ts';
import { readPolicy } from '../settings/index.ts';
import { createUpdates, goBack, makeUpdateKey, signUpdate } from '../updates/index.ts';
import { type Command, print } from './run.ts';
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
    .withoutEngine(
      async (
        { show },
        installer: string,
        o: { key: string; release: string; to: string; platform: string },
      ) => {
        const head = await signUpdate({
          installer: path.resolve(installer),
          version: o.release,
          platform: o.platform,
          privateKey: readFileSync(path.resolve(o.key), 'utf8'),
          to: path.resolve(o.to),
        });
        show(`${o.to}  ${head.version}  ${head.platform}  ${head.sha256}`);
        return head;
      },
    );
  update
    .command('check <file>')
    .description('read an update file to its end: signature, version, platform, checksum')
    .withoutEngine(async ({ global, say }, file: string) => {
      const { policy } = readPolicy(global.policy);
      const updates = createUpdates({
        dataDir: path.resolve(global.data),
        version: VERSION,
        updateKey: policy.updateKey,
        backup: () => Promise.reject(new Error('a check makes no backup')),
      });
      const head = await updates.check(file);
      say(words.said['update-good'], { version: head.version });
      return head;
    });
  update
    .command('take <file>')
    .description('check it, back up the data, put the installer beside it to be run')
    .withEngine(async ({ client, say }, file: string) => {
      const taken = await client.updates.take({ file: path.resolve(file) });
      say(words.said['backed-up'], { file: taken.backup });
      say(words.said['quit-and-run'], { file: taken.installer });
      return taken;
    });
  update
    .command('back')
    .description(
      'after a new version that did not start: the data as it was before, the installer of the earlier version',
    )
    .withoutEngine(async ({ global, say }) => {
      const { failed, former, installer, aside } = await goBack(path.resolve(global.data), VERSION);
      say(words.said['data-back'], { former });
      if (aside) say(words.said['data-aside'], { failed, aside });
      if (former !== VERSION && installer) say(words.said['run-this'], { file: installer });
      else if (former !== VERSION) say(words.said['install-again'], { version: former });
      return { failed, former, installer, aside };
    });
}
