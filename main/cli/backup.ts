// `toride backup create, verify, restore, drill`: the whole data folder in one file, and back.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import { formatNumber } from '../api/contract/format.ts';
import { isWhole } from '../backup/contract/backup.ts';
import { wordDrill } from '../backup/contract/words.ts';
import { readArchive, restoreBackup } from '../backup/index.ts';
import { wordHealth } from '../health/contract/words.ts';
import { AppError, ERRORS } from '../kernel/errors.ts';
import { type Global, print, say, show, withEngine } from './run.ts';
import words from './words.json' with { type: 'json' };

/** never as an argument: other users of the machine see those */
const passphrase = (): string | null => process.env['TORIDE_BACKUP_PASSPHRASE'] || null;
const megabytes = (bytes: number): string => formatNumber(bytes / 1e6, 'en', 1);

export function addHealthCommand(program: Command): void {
  program
    .command('health')
    .description('memory, disk and when it is full, sizes, queues, slow statements')
    .option('--diagnostics <file>', 'write what a support desk needs, without names of people and machines')
    .action((o: { diagnostics?: string }, command: Command) =>
      withEngine(command, async ({ client, global, zone }) => {
        if (o.diagnostics) {
          writeFileSync(path.resolve(o.diagnostics), (await client.health.diagnostics()).text, {
            mode: 0o600,
          });
          say(global, words.said['written-to'], { file: o.diagnostics });
          return undefined;
        }
        const health = await client.health.read();
        for (const line of wordHealth(health, global.lang, zone)) show(global, line);
        return health;
      }),
    );
}

export function addBackupCommands(program: Command): void {
  const backup = program
    .command('backup')
    .description(
      'the whole data folder in one checked file; the passphrase of an encrypted one is TORIDE_BACKUP_PASSPHRASE',
    );
  backup
    .command('create')
    .description('make one now, also while the app is open')
    .option('--to <folder>', 'where; default: the folder of the settings')
    .option('--encrypt', 'encrypt it with TORIDE_BACKUP_PASSPHRASE', false)
    .action((o: { to?: string; encrypt: boolean }, command: Command) =>
      withEngine(command, async ({ client, global }) => {
        const given = o.encrypt ? passphrase() : null;
        if (o.encrypt && given === null) throw new AppError('backup.passphrase');
        const made = await client.backup.create({
          ...(o.to ? { folder: path.resolve(o.to) } : {}),
          ...(given ? { passphrase: given } : {}),
        });
        show(global, `${made.file}  ${megabytes(made.bytes)} MB`);
        return made;
      }),
    );
  backup
    .command('verify <file>')
    .description('read a backup to its end and compare every file with its manifest')
    .action(async (file: string, _o: unknown, command: Command) => {
      const global = command.optsWithGlobals<Global>();
      const manifest = await readArchive({ file: path.resolve(file), passphrase: passphrase() });
      if (global.json) print(JSON.stringify(manifest, null, 2));
      else say(global, words.said['all-match'], { files: manifest.files.length });
    });
  backup
    .command('restore <file>')
    .description('into the folder of --data, which must be empty or not there')
    .action(async (file: string, _o: unknown, command: Command) => {
      const global = command.optsWithGlobals<Global>();
      const dir = path.resolve(global.data);
      const manifest = await restoreBackup({ file: path.resolve(file), dir, passphrase: passphrase() });
      if (global.json) return print(JSON.stringify({ dir, ...manifest }, null, 2));
      say(global, words.said['restored'], { dir });
      for (const model of manifest.models) say(global, words.said['model-not-in'], { name: model.name });
    });
  backup
    .command('drill <file>')
    .description(
      'restore it into a folder that goes again, open that and look (exit status 65 when it is not whole)',
    )
    .action((file: string, _o: unknown, command: Command) =>
      withEngine(command, async ({ client, global }) => {
        const given = passphrase();
        const drill = await client.backup.drill({
          file: path.resolve(file),
          ...(given ? { passphrase: given } : {}),
        });
        for (const line of wordDrill(drill, global.lang)) show(global, line);
        if (!isWhole(drill)) process.exitCode = ERRORS['backup.damaged'].exit;
        return drill;
      }),
    );
}
