// `toride logs dead-letters …`: lines that could not be read, and reading them again.
import { formatNumber } from '../api/contract/format.ts';
import { AppError } from '../kernel/errors.ts';
import type { LogDeadLetter, LogSource } from '../logs/contract/logs.ts';
import { withReadingOptions } from './log-ingest.ts';
import { type Command, integer, type Run, when } from './run.ts';
import words from './words.json' with { type: 'json' };

/** @throws `not-found` where no source is called so */
export function sourceNamed(run: Run, name: string): LogSource {
  const found = run.engine.services.logs.sources().find((s) => s.id === name || s.name === name);
  if (!found) throw new AppError('not-found', { what: name });
  return found;
}
const reasonOf = (letter: LogDeadLetter, run: Run): string => words.deadReasons[letter.reason][run.lang];

export function addDeadLetterCommands(logs: Command): void {
  const letters = logs.command('dead-letters').description('lines that could not be read, and why');
  letters
    .command('list')
    .description('the newest first; control characters are shown as pictures')
    .option('--source <name>', 'only those of this source: its name or its id')
    .option('--limit <n>', 'how many', integer, 50)
    .withLogs(async (run, o: { source?: string; limit: number }) => {
      const source = o.source === undefined ? undefined : sourceNamed(run, o.source);
      const found = await run.client.logs.deadLetters({
        sourceId: source?.id,
        limit: Math.min(o.limit, 1000),
      });
      for (const one of found.items)
        run.show(
          `${when(one.at, run)}  ${one.sourceName}  #${one.id}  ${reasonOf(one, run)}  ${formatNumber(one.bytes, run.lang)} B  ${one.text}`,
        );
      run.say(words.said['unread-lines'], { lines: found.total });
      return found;
    });
  withReadingOptions(letters.command('replay'))
    .description('read them again, by the rules of now or by those given here; what reads then is stored')
    .option('--source <name>', 'only those of this source: its name or its id')
    .withEngine(
      async (run, o: { source?: string; encoding?: NonNullable<LogSource['encoding']>; format?: string }) => {
        const source = o.source === undefined ? undefined : sourceNamed(run, o.source);
        const rules = {
          ...(o.encoding === undefined ? {} : { encoding: o.encoding }),
          ...(o.format === undefined ? {} : { format: o.format }),
        };
        // a rule is one source's
        if (Object.keys(rules).length > 0 && !source) throw new AppError('not-found', { what: '--source' });
        if (source && Object.keys(rules).length > 0)
          await run.client.logs.updateSource({ id: source.id, rules });
        const done = await run.client.logs.replay({ sourceId: source?.id });
        run.say(words.said['lines-again'], { ...done });
        return done;
      },
    );
}
