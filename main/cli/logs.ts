// `toride logs …`: lines, templates and their accounting on the command line.
import path from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { formatDays, formatNumber, formatPercent } from '../api/contract/format.ts';
import {
  LEVELS,
  type LeftOutBlock,
  type LineFilter,
  type LogSource,
  LogSourceRules,
} from '../api/contract/logs.ts';
import { type ErrorParams, isErrorCode, wordError } from '../kernel/errors.ts';
import { writeShown } from '../kernel/show-controls.ts';
import { FORMATS, type MineReport, mineFile, templateText } from '../logs/index.ts';
import { addDeadLetterCommands } from './log-dead-letters.ts';
import { addFormatCommands } from './log-formats.ts';
import { addTableCommands } from './log-tables.ts';
import { type Global, integer, print, type Run, say, when, withEngine, withLogs } from './run.ts';

type WordedError = { readonly code: string; readonly params: ErrorParams };
const instantGiven = (text: string): number => {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new InvalidArgumentError('a time such as 2026-11-21T14:30:00+09:00');
  return at;
};
/** seconds, as ms */
const secondsGiven = (text: string): number => {
  const ms = Number(text) * 1000;
  if (text.trim() === '' || !Number.isFinite(ms)) throw new InvalidArgumentError('a number of seconds');
  return Math.round(ms);
};
const wordTemplate = (t: MineReport['templates'][number]) => ({
  id: t.id,
  lines: t.lines,
  template: templateText(t),
  holes: t.parts.flatMap((p) => (p.kind === 'hole' ? [p.type] : [])),
});

type LeftOut = {
  readonly sourceId: string;
  readonly sourceName: string;
  readonly firstDay: string;
  readonly lastDay: string;
  /** in the blocks that cannot be read, whether they would have been found or not */
  readonly lines: number;
};
function perDays(blocks: Iterable<LeftOutBlock>, sources: readonly LogSource[]): LeftOut[] {
  const days = new Map<string, LeftOut>();
  for (const { sourceId, firstDay, lastDay, lines } of blocks) {
    const sourceName = sources.find((s) => s.id === sourceId)?.name ?? sourceId;
    const key = `${lastDay} ${firstDay} ${sourceId}`;
    const sum = lines + (days.get(key)?.lines ?? 0);
    days.set(key, { sourceId, sourceName, firstDay, lastDay, lines: sum });
  }
  return [...days].sort(([a], [b]) => (a < b ? 1 : -1)).map(([, one]) => one);
}
const leftOutSentence = ({ sourceName, firstDay, lastDay, lines }: LeftOut, lang: 'ja' | 'en'): string =>
  lang === 'ja'
    ? `探せなかった行: ${sourceName} ${formatDays(firstDay, lastDay, 'ja')} ${formatNumber(lines, 'ja')} 行 (保存データの破損)。詳しくは toride logs accounting`
    : `not searched: ${sourceName} ${formatDays(firstDay, lastDay, 'en')} ${formatNumber(lines, 'en')} lines (stored data damaged); see toride logs accounting`;

export function addLogCommands(program: Command): void {
  const logs = program.command('logs').description('log lines, templates and their accounting');
  addTableCommands(logs);
  addFormatCommands(logs);
  addDeadLetterCommands(logs);

  logs
    .command('mine <file>')
    .description('templates of a file (-: standard input), from a fresh state; stores nothing')
    .option('--csv <out>', 'write LineId,cluster,template, one row per raw line')
    .addOption(
      new Option('--format <name>', 'skip the detection of the format').choices(FORMATS.map((f) => f.name)),
    )
    .action(async (file: string, o: { csv?: string; format?: string }, command: Command) => {
      const global = command.optsWithGlobals<Global>();
      const report = await mineFile({ file, ...o });
      if (global.json)
        print(JSON.stringify({ ...report, templates: report.templates.map(wordTemplate) }, null, 2));
      else printMined(report, global);
    });
  function printMined(report: MineReport, global: Global): void {
    const n = (value: number): string => formatNumber(value, global.lang);
    const byLines = [...report.templates].sort((a, b) => b.lines - a.lines || a.id - b.id);
    for (const t of byLines.slice(0, 20)) print(`${n(t.lines).padStart(9)}  #${t.id}  ${templateText(t)}`);
    say(
      global,
      `書式 ${report.format} (${formatPercent(report.rate, 'ja')})、定型文 ${n(report.templates.length)}。行 ${n(report.lines)} = 定型文あり ${n(report.templated)} (うち続きの行 ${n(report.continued)}、時刻なし ${n(report.withoutTime)}) + 空行など ${n(report.unparsed)}`,
      `format ${report.format} (${formatPercent(report.rate, 'en')}), ${n(report.templates.length)} templates. ${n(report.lines)} lines = ${n(report.templated)} templated (${n(report.continued)} continued, ${n(report.withoutTime)} without a time) + ${n(report.unparsed)} unparsed (empty, or no text)`,
    );
  }

  const sum = (source: Pick<LogSource, 'lines' | 'templated' | 'unparsed'>, run: Run): string => {
    const n = (value: number): string => formatNumber(value, run.global.lang);
    return run.global.lang === 'ja'
      ? `行 ${n(source.lines)} = 定型文あり ${n(source.templated)} + 未処理 ${n(source.unparsed)}`
      : `${n(source.lines)} lines = ${n(source.templated)} templated + ${n(source.unparsed)} unparsed`;
  };
  /** Why it is not read just now, since when, and when that is tried again; null: it is. */
  const whyItStands = ({ error, waitsSince, nextTryAt }: LogSource, run: Run): string | null => {
    if (!error || !isErrorCode(error.code)) return null;
    const { lang } = run.global;
    const { say } = wordError({ code: error.code, params: error.params }, lang);
    const since = waitsSince === null ? null : when(waitsSince, run);
    // a process that ended meanwhile tries no more
    const next = nextTryAt === null || nextTryAt < Date.now() ? null : when(nextTryAt, run);
    return lang === 'ja'
      ? [say, since && `(${since} から)`, next && `次の試行 ${next}`].filter(Boolean).join(' ')
      : [say, since && `(since ${since})`, next && `Next try ${next}`].filter(Boolean).join(' ');
  };
  /** On stderr, once each: a disk that is full, a file that cannot be read now. It goes on by itself. */
  const whyItWaits = (run: Run, file: string): { look: () => void; say: (why: WordedError) => void } => {
    let told = '';
    const say = (why: WordedError): void => {
      if (!isErrorCode(why.code) || why.code === told) return;
      told = why.code;
      const { say, next } = wordError({ code: why.code, params: why.params }, run.global.lang);
      writeShown(process.stderr, `${say}\n${next}\n(${why.code})\n`);
    };
    const look = (): void => {
      const source = run.engine.services.logs
        .sources()
        .find((s) => (file === '-' ? s.kind === 'stdin' : s.path === path.resolve(file)));
      if (source?.state === 'waiting' && source.error) say(source.error);
    };
    return { look, say };
  };
  logs
    .command('ingest <file>')
    .description('read a file (-: standard input) into the store; goes on where it stopped')
    .option('--format <name>', 'skip the detection of the format; see toride logs format list')
    .addOption(
      new Option('--encoding <name>', 'skip the detection of the encoding').choices(
        LogSourceRules.shape.encoding.unwrap().options,
      ),
    )
    .option('--zone <zone>', 'what times without an offset mean, e.g. Asia/Tokyo or +09:00')
    .option('--skew <seconds>', 'how far the clock it was written by is ahead', secondsGiven)
    .option('--service <name>', 'the service of lines that name none')
    .option('--resume', 'go on with a source that is paused')
    .action(
      (
        file: string,
        o: {
          format?: string;
          encoding?: NonNullable<LogSource['encoding']>;
          zone?: string;
          skew?: number;
          service?: string;
          resume?: boolean;
        },
        command: Command,
      ) =>
        withEngine(command, async (run) => {
          const stop = new AbortController();
          const onSignal = (): void => stop.abort();
          process.once('SIGINT', onSignal);
          const showsProgress = process.stderr.isTTY && !run.global.json;
          const why = whyItWaits(run, file);
          try {
            const source = await run.engine.services.logs.ingest({
              file,
              rules: {
                format: o.format,
                encoding: o.encoding,
                timeZone: o.zone,
                skewMs: o.skew,
                service: o.service,
                paused: o.resume ? false : undefined,
              },
              signal: stop.signal,
              waits: why.say,
              progress: (bytes, total) => {
                why.look();
                if (!showsProgress) return;
                const share = total ? formatPercent(Math.min(1, bytes / total), run.global.lang) : '';
                process.stderr.write(`\r${formatNumber(bytes / 1e6, run.global.lang, 1)} MB ${share}   `);
              },
            });
            if (showsProgress) process.stderr.write('\n');
            if (!run.global.json) print(sum(source, run));
            return source;
          } finally {
            process.off('SIGINT', onSignal);
          }
        }),
    );
  logs
    .command('accounting')
    .description('lines in = templated + unparsed, counted afresh, for every source')
    .action((_o: unknown, command: Command) =>
      withLogs(command, async (run) => {
        await run.engine.services.sync.logTables.look();
        const accounting = await run.client.logs.accounting();
        if (!run.global.json) {
          for (const source of accounting.sources) {
            print(`${source.name}  ${source.state}  ${sum(source, run)}`);
            const why = whyItStands(source, run);
            if (why) print(`  ${why}`);
          }
          print(sum(accounting, run));
          for (const { sourceName, firstDay, lastDay, lines } of accounting.damaged)
            say(
              run.global,
              `読めない行: ${sourceName} ${formatDays(firstDay, lastDay, 'ja')} ${formatNumber(lines, 'ja')} 行 (保存データの破損。取り込み元を削除して追加し直すと読み直せます)`,
              `unreadable: ${sourceName} ${formatDays(firstDay, lastDay, 'en')} ${formatNumber(lines, 'en')} lines (stored data damaged; remove the source and add it again to read them anew)`,
            );
          if (accounting.addsUp && accounting.damaged.length)
            say(
              run.global,
              '数は合っていますが、保存データの一部が読めません。',
              'It adds up, but a part of what is stored cannot be read.',
            );
          else
            say(
              run.global,
              accounting.addsUp ? '合っています。' : '合っていません。',
              accounting.addsUp ? 'It adds up.' : 'IT DOES NOT ADD UP.',
            );
        }
        if (!accounting.addsUp || accounting.damaged.length) process.exitCode = 65;
        return accounting;
      }),
    );
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
    .action(
      (o: { limit: number; sort: 'lines' | 'newest' | 'rarest' | 'id'; text?: string }, command: Command) =>
        withLogs(command, async (run) => {
          const result = await run.client.logs.templates({ ...o, noise: true });
          if (!run.global.json)
            for (const t of result.templates)
              print(
                `${formatNumber(t.lines, run.global.lang).padStart(9)}  #${t.id}  ${(t.level ?? '').padEnd(5)}  ${t.name ?? t.text}`,
              );
          return result;
        }),
    );
  logs
    .command('search <text>')
    .description(
      'lines with these words; --regex for a regular expression, --like for lines of the same meaning',
    )
    .option('--limit <n>', 'how many', integer, 50)
    .option('--regex', 'a regular expression')
    .option('--like', 'templates and incidents of like meaning')
    .option('--service <name>', 'of this service')
    .addOption(new Option('--level <level>', 'of this level').choices(LEVELS))
    .option('--from <time>', 'not before', instantGiven)
    .option('--to <time>', 'before', instantGiven)
    .action(
      (
        text: string,
        o: {
          limit: number;
          regex?: boolean;
          like?: boolean;
          service?: string;
          level?: NonNullable<LineFilter['levels']>[number];
          from?: number;
          to?: number;
        },
        command: Command,
      ) =>
        withLogs(command, async (run) => {
          const { limit, from, to } = o;
          const services = o.service === undefined ? undefined : [o.service];
          const levels = o.level === undefined ? undefined : [o.level];
          if (o.like) {
            const { hits } = await run.client.logs.search({
              text,
              services,
              levels,
              from,
              to,
              limit: Math.min(limit, 200),
            });
            if (!run.global.json)
              for (const hit of hits)
                print(
                  `${hit.score.toFixed(3)}  ${hit.kind} ${hit.id}  ${hit.title?.[run.global.lang] ?? hit.text}`,
                );
            return hits;
          }
          const filter: LineFilter = {
            services,
            levels,
            from,
            to,
            ...(o.regex ? { regex: text } : { text }),
          };
          const lines = [];
          const damaged = new Map<number, LeftOutBlock>();
          let after: string | undefined;
          do {
            const page = await run.client.logs.lines({
              filter,
              limit: Math.min(1000, limit - lines.length),
              after,
            });
            lines.push(...page.lines);
            for (const one of page.leftOut) damaged.set(one.block, one);
            after = page.next ?? undefined;
          } while (after !== undefined && lines.length < limit);
          if (!run.global.json)
            for (const line of lines) print(`${when(line.at, run)}  ${line.service ?? ''}  ${line.text}`);
          const leftOut = perDays(damaged.values(), run.engine.services.logs.sources());
          for (const one of run.global.json ? [] : leftOut)
            writeShown(process.stderr, `${leftOutSentence(one, run.global.lang)}\n`);
          return { lines, leftOut };
        }),
    );
  logs
    .command('tail')
    .description('follow all sources and print new lines until stopped')
    .action((_o: unknown, command: Command) =>
      withLogs(command, async (run) => {
        const { services } = run.engine;
        let last = (await services.logs.lines({ filter: {}, limit: 1 })).lines[0]?.id ?? 0;
        let printing: Promise<void> = Promise.resolve();
        const fresh = async (from: number, to: number): Promise<void> => {
          const seen = last;
          for await (const page of services.logs.scan({ from, to: to + 1 }))
            for (const line of page) {
              if (line.id <= seen) continue;
              last = Math.max(last, line.id);
              print(
                run.global.json
                  ? JSON.stringify(line)
                  : `${when(line.at, run)}  ${line.service ?? ''}  ${line.text}`,
              );
            }
        };
        const off = services.logs.changed.on((change) => {
          if (change.kind === 'lines')
            printing = printing.then(() => fresh(change.from, change.to)).catch(() => {});
        });
        const stopFollowing = services.logs.start();
        const demo = setInterval(() => void services.demo.tick().catch(() => {}), 1000);
        await new Promise<void>((resolve) => {
          process.once('SIGINT', () => resolve());
          process.once('SIGTERM', () => resolve());
          // `| head`: the reader has seen enough
          process.stdout.once('error', () => resolve());
        });
        clearInterval(demo);
        stopFollowing();
        off();
        await printing;
      }),
    );
}
