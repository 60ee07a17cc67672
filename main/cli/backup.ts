// `toride backup create, verify, restore, drill`: the whole data folder in one file, and back.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { formatNumber } from '../api/contract/format.ts';
import { isWhole } from '../backup/contract/backup.ts';
import { wordDrill } from '../backup/contract/words.ts';
import { readArchive, restoreBackup } from '../backup/index.ts';
import { wordHealth } from '../health/contract/words.ts';
import { AppError, ERRORS } from '../kernel/errors.ts';
import type { Command } from './run.ts';
import words from './words.json' with { type: 'json' };

/** never as an argument: other users of the machine see those */
const passphrase = (): string | null => process.env['TORIDE_BACKUP_PASSPHRASE'] || null;
const megabytes = (bytes: number): string => formatNumber(bytes / 1e6, 'en', 1);

export function addHealthCommand(program: Command): void {
  program
    .command('health')
    .description('memory, disk and when it is full, sizes, queues, slow statements')
    .option('--diagnostics <file>', 'write what a support desk needs, without names of people and machines')
    .withEngine(async ({ client, lang, show, say, zone }, o: { diagnostics?: string }) => {
      if (o.diagnostics) {
        writeFileSync(path.resolve(o.diagnostics), (await client.health.diagnostics()).text, {
          mode: 0o600,
        });
        say(words.said['written-to'], { file: o.diagnostics });
        return undefined;
      }
      const health = await client.health.read();
      for (const line of wordHealth(health, lang, zone)) show(line);
      return health;
    });
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
    .withEngine(async ({ client, show }, o: { to?: string; encrypt: boolean }) => {
      const given = o.encrypt ? passphrase() : null;
      if (o.encrypt && given === null) throw new AppError('backup.passphrase');
      const made = await client.backup.create({
        ...(o.to ? { folder: path.resolve(o.to) } : {}),
        ...(given ? { passphrase: given } : {}),
      });
      show(`${made.file}  ${megabytes(made.bytes)} MB`);
      return made;
    });
  backup
    .command('verify <file>')
    .description('read a backup to its end and compare every file with its manifest')
    .withoutEngine(async ({ say }, file: string) => {
      const manifest = await readArchive({ file: path.resolve(file), passphrase: passphrase() });
      say(words.said['all-match'], { files: manifest.files.length });
      return manifest;
    });
  backup
    .command('restore <file>')
    .description('into the folder of --data, which must be empty or not there')
    .withoutEngine(async ({ global, say }, file: string) => {
      const dir = path.resolve(global.data);
      const manifest = await restoreBackup({ file: path.resolve(file), dir, passphrase: passphrase() });
      say(words.said['restored'], { dir });
      for (const model of manifest.models) say(words.said['model-not-in'], { name: model.name });
      return { dir, ...manifest };
    });
  backup
    .command('drill <file>')
    .description(
      'restore it into a folder that goes again, open that and look (exit status 65 when it is not whole)',
    )
    .withEngine(async ({ client, lang, show }, file: string) => {
      const given = passphrase();
      const drill = await client.backup.drill({
        file: path.resolve(file),
        ...(given ? { passphrase: given } : {}),
      });
      for (const line of wordDrill(drill, lang)) show(line);
      if (!isWhole(drill)) process.exitCode = ERRORS['backup.damaged'].exit;
      return drill;
    });
}
