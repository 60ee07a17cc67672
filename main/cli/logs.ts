// `toride logs …`: lines, templates and their accounting on the command line.
import { Option } from 'commander';
import { formatDays, formatNumber, formatPercent } from '../api/contract/format.ts';
import { isErrorCode, wordError } from '../kernel/errors.ts';
import type { LogSource } from '../logs/contract/logs.ts';
import { FORMATS, type MineReport, mineFile, templateText } from '../logs/index.ts';
import { addDeadLetterCommands } from './log-dead-letters.ts';
import { addFormatCommands } from './log-formats.ts';
import { addIngestCommands } from './log-ingest.ts';
import { addOriginalCommand } from './log-original.ts';
import { addSearchCommands } from './log-search.ts';
import { addTableCommands } from './log-tables.ts';
import { type Command, type Door, integer, type Run, sumOf, when, worded } from './run.ts';
import words from './words.json' with { type: 'json' };

const wordTemplate = (t: MineReport['templates'][number]) => ({
  id: t.id,
  lines: t.lines,
  template: templateText(t),
  parameters: t.parts.flatMap((p) => (p.kind === 'parameter' ? [p.type] : [])),
});

/** Why it is not read just now, since when, and when that is tried again; null: it is. */
const whyItStands = ({ error, waitsSince, nextTryAt }: LogSource, run: Run): string | null => {
  if (!error || !isErrorCode(error.code)) return null;
  const { lang } = run.global;
  const { since, next } = words.sources;
  // a process that ended meanwhile tries no more
  const isPast = nextTryAt === null || nextTryAt < Date.now();
  return [
    wordError({ code: error.code, params: error.params }, lang).say,
    ...(waitsSince === null ? [] : [worded(lang, since, { since: when(waitsSince, run) })]),
    ...(isPast ? [] : [worded(lang, next, { next: when(nextTryAt, run) })]),
  ].join(' ');
};

export function addLogCommands(program: Command): void {
  const logs = program.command('logs').description('log lines, templates and their accounting');
  addTableCommands(logs);
  addFormatCommands(logs);
  addDeadLetterCommands(logs);
  addOriginalCommand(logs);

  logs
    .command('mine <file>')
    .description('templates of a file (-: standard input), from a fresh state; stores nothing')
    .option('--csv <out>', 'write LineId,cluster,template, one row per raw line')
    .addOption(
      new Option('--format <name>', 'skip the detection of the format').choices(FORMATS.map((f) => f.name)),
    )
    .withoutEngine(async (door, file: string, o: { csv?: string; format?: string }) => {
      const report = await mineFile({ file, ...o });
      printMined(report, door);
      return { ...report, templates: report.templates.map(wordTemplate) };
    });
  addIngestCommands(logs);
  logs
    .command('accounting')
    .description('lines in = templated + unparsed, counted afresh, for every source')
    .withLogs(async (run) => {
      await run.engine.services.sync.logTables.look();
      const accounting = await run.client.logs.accounting();
      for (const source of accounting.sources) {
        run.show(`${source.name}  ${source.state}  ${sumOf(source, run)}`);
        const why = whyItStands(source, run);
        if (why) run.show(`  ${why}`);
      }
      run.show(sumOf(accounting, run));
      for (const { sourceName, firstDay, lastDay, lines } of accounting.damaged)
        run.say(words.said['lines-damaged'], {
          source: sourceName,
          days: formatDays(firstDay, lastDay, run.lang),
          lines,
        });
      const isDamaged = accounting.damaged.length > 0;
      const verdict = !accounting.addsUp ? 'does-not-add-up' : isDamaged ? 'adds-up-damaged' : 'adds-up';
      run.say(words.said[verdict]);
      if (!accounting.addsUp || isDamaged) process.exitCode = 65;
      return accounting;
    });
  logs
    .command('patterns')
    .description('the templates of everything stored')
    .option('--limit <n>', 'how many', integer, 50)
    .addOption(
      new Option('--sort <order>', 'which first')
        .choices(['lines', 'newest', 'rarest', 'id'])
        .default('lines'),
    )
    .option('--text <text>', 'only those with these words')
    .withLogs(
      async (run, o: { limit: number; sort: 'lines' | 'newest' | 'rarest' | 'id'; text?: string }) => {
        const result = await run.client.logs.templates({ ...o, noise: true });
        for (const t of result.templates)
          run.show(
            `${formatNumber(t.lines, run.lang).padStart(9)}  #${t.id}  ${(t.level ?? '').padEnd(5)}  ${t.name ?? t.text}`,
          );
        return result;
      },
    );
  addSearchCommands(logs);
}

function printMined(report: MineReport, { lang, show, say }: Door): void {
  const { templates, rate, ...figures } = report;
  const n = (value: number): string => formatNumber(value, lang);
  const byLines = [...templates].sort((a, b) => b.lines - a.lines || a.id - b.id);
  for (const t of byLines.slice(0, 20)) show(`${n(t.lines).padStart(9)}  #${t.id}  ${templateText(t)}`);
  say(words.said['mined'], {
    ...figures,
    rate: formatPercent(rate, lang),
    templates: templates.length,
  });
}
