// `toride logs format …`: the site's own formats of log lines.
import { readFileSync } from 'node:fs';
import { AppError } from '../kernel/errors.ts';
import type { OwnFormat } from '../logs/contract/formats.ts';
import { type Command, when } from './run.ts';
import words from './words.json' with { type: 'json' };

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
    .withEngine(async (run) => {
      const formats = run.engine.services.logs.formats();
      for (const one of formats) run.show(`${one.isOwn ? '*' : ' '} ${one.name}  ${one.title[run.lang]}`);
      return formats;
    });
  format
    .command('try <format.json> <log>')
    .description('how a format reads the beginning of a file; keeps nothing')
    .withEngine(async (run, file: string, log: string) => {
      const trial = await run.engine.services.logs.tryFormat({ format: formatIn(file), path: log });
      for (const line of trial.preview.lines)
        run.show(`${when(line.at, run)}  ${line.level ?? ''}  ${line.service ?? ''}  ${line.content}`);
      run.say(words.said['format-tried'], {
        records: trial.records,
        read: trial.read,
        unread: trial.preview.times.unread,
      });
      return trial;
    });
  format
    .command('add <format.json>')
    .description('keep a format in the data folder; it is used from now on')
    .withEngine(async (run, file: string) => {
      const kept = await run.engine.services.logs.addFormat(formatIn(file));
      run.say(words.said['format-added'], { name: kept.name });
      return kept;
    });
  format
    .command('remove <name>')
    .description('take away a format of this site')
    .withEngine(async (run, name: string) => {
      await run.engine.services.logs.removeFormat(name);
      run.say(words.said['format-removed'], { name });
      return { name };
    });
}
