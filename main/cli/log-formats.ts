// `toride logs format …`: the site's own formats of log lines.
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { formatNumber } from '../api/contract/format.ts';
import type { OwnFormat } from '../api/contract/logs/formats.ts';
import { AppError } from '../kernel/errors.ts';
import { print, say, when, withEngine } from './run.ts';

/** As it stands in the file; whoever takes it checks it. */
function formatIn(file: string): OwnFormat {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as OwnFormat;
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw cause instanceof SyntaxError
      ? new AppError('logs.bad-format', { name: file, detail }, { cause })
      : new AppError('logs.unreadable', { file, detail }, { cause });
  }
}

export function addFormatCommands(logs: Command): void {
  const format = logs.command('format').description('formats of log lines, and those of this site');
  format
    .command('list')
    .description('every format, those of this site first (marked *)')
    .action((_o: unknown, command: Command) =>
      withEngine(command, async (run) => {
        const formats = run.engine.services.logs.formats();
        if (!run.global.json)
          for (const one of formats)
            print(`${one.isOwn ? '*' : ' '} ${one.name}  ${one.title[run.global.lang]}`);
        return formats;
      }),
    );
  format
    .command('try <format.json> <log>')
    .description('how a format reads the beginning of a file; keeps nothing')
    .action((file: string, log: string, _o: unknown, command: Command) =>
      withEngine(command, async (run) => {
        const trial = await run.engine.services.logs.tryFormat({ format: formatIn(file), path: log });
        if (!run.global.json) {
          const n = (value: number): string => formatNumber(value, run.global.lang);
          for (const line of trial.preview.lines)
            print(`${when(line.at, run)}  ${line.level ?? ''}  ${line.service ?? ''}  ${line.content}`);
          say(
            run.global,
            `${n(trial.records)} 件のうち ${n(trial.read)} 件がこの書式です。時刻のない行 ${n(trial.preview.times.unread)} 件`,
            `${n(trial.read)} of ${n(trial.records)} records are of this format; ${n(trial.preview.times.unread)} without a time`,
          );
        }
        return trial;
      }),
    );
  format
    .command('add <format.json>')
    .description('keep a format in the data folder; it is used from now on')
    .action((file: string, _o: unknown, command: Command) =>
      withEngine(command, async (run) => {
        const kept = await run.engine.services.logs.addFormat(formatIn(file));
        say(run.global, `書式「${kept.name}」を登録しました。`, `Format “${kept.name}” added.`);
        return kept;
      }),
    );
  format
    .command('remove <name>')
    .description('take away a format of this site')
    .action((name: string, _o: unknown, command: Command) =>
      withEngine(command, async (run) => {
        await run.engine.services.logs.removeFormat(name);
        say(run.global, `書式「${name}」を外しました。`, `Format “${name}” removed.`);
        return { name };
      }),
    );
}
