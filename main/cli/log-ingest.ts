// `toride logs ingest`: one file, or standard input, into the store.
import path from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import type { ErrorData } from '../api/contract/common.ts';
import { formatNumber, formatPercent } from '../api/contract/format.ts';
import { Cancelled, isErrorCode, wordError } from '../kernel/errors.ts';
import { writeShown } from '../kernel/show-controls.ts';
import { type LogSource, LogSourceRules } from '../logs/contract/logs.ts';
import type { Logs } from '../logs/index.ts';
import { type Command, printError, type Run, sumOf } from './run.ts';
import words from './words.json' with { type: 'json' };

/** seconds, as ms */
const secondsGiven = (text: string): number => {
  const ms = Number(text) * 1000;
  if (text.trim() === '' || !Number.isFinite(ms)) throw new InvalidArgumentError('a number of seconds');
  return Math.round(ms);
};
/** On stderr, once each: a disk that is full, a file that cannot be read now. It goes on by itself. */
const whyItWaits = (run: Run, file: string): { look: () => void; say: (why: ErrorData) => void } => {
  let told = '';
  const say = (why: ErrorData): void => {
    if (!isErrorCode(why.code) || why.code === told) return;
    told = why.code;
    const { say, next } = wordError({ code: why.code, params: why.params }, run.lang);
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

/** What a person says where the detection is wrong, for every command that reads lines. */
export const withReadingOptions = (command: Command): Command =>
  command
    .option('--format <name>', 'skip the detection of the format; see toride logs format list')
    .addOption(
      new Option('--encoding <name>', 'skip the detection of the encoding').choices(
        LogSourceRules.shape.encoding.unwrap().options,
      ),
    );

/** What a line means where it does not say so itself. */
type Given = {
  format?: string;
  encoding?: NonNullable<LogSource['encoding']>;
  zone?: string;
  skew?: number;
  service?: string;
  resume?: boolean;
};
type Once = Parameters<Logs['ship']>[0];

/** Reads, says how far it is and why it waits, and stops when told to. */
async function read<T>(
  run: Run,
  file: string | null,
  o: Given,
  work: (once: Once) => Promise<T>,
): Promise<T | undefined> {
  const stop = new AbortController();
  const onSignal = (): void => stop.abort();
  process.once('SIGINT', onSignal);
  const showsProgress = process.stderr.isTTY && !run.global.json;
  const why = whyItWaits(run, file ?? '-');
  try {
    const done = await work({
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
        const share = total ? formatPercent(Math.min(1, bytes / total), run.lang) : '';
        process.stderr.write(`\r${formatNumber(bytes / 1e6, run.lang, 1)} MB ${share}   `);
      },
    });
    if (showsProgress) process.stderr.write('\n');
    return done;
  } catch (error) {
    if (!stop.signal.aborted || !(error instanceof Cancelled)) throw error;
    process.exitCode = 130;
    printError(words.sources.stopped[run.lang]);
    return undefined;
  } finally {
    process.off('SIGINT', onSignal);
  }
}
const withGivenOptions = (command: Command): Command =>
  withReadingOptions(command)
    .option('--zone <zone>', 'what times without an offset mean, e.g. Asia/Tokyo or +09:00')
    .option('--skew <seconds>', 'how far the clock it was written by is ahead', secondsGiven)
    .option('--service <name>', 'the service of lines that name none')
    .option('--resume', 'go on with a source that is paused');

export function addIngestCommands(logs: Command): void {
  withGivenOptions(logs.command('ingest <file>'))
    .description('read a file (-: standard input) into the store; goes on where it stopped')
    .withEngine(async (run, file: string, o: Given) => {
      const { logs } = run.engine.services;
      const source = await read(run, file, o, (once) => logs.ingest({ ...once, file }));
      if (source) run.show(sumOf(source, run));
      return source;
    });
  withGivenOptions(logs.command('ship [file]'))
    .description(
      'read a file (-: standard input) and keep its lines in ClickHouse; without one, ship what is stored here',
    )
    .withEngine(async (run, file: string | undefined, o: Given) => {
      const shipped = await read(run, file ?? null, o, run.engine.services.logs.ship);
      for (const { source, blocks, lines, linesThere, rolledUpThere } of shipped ?? []) {
        run.show(`${source.name}  ${sumOf(source, run)}`);
        run.say(words.said.shipped, { blocks, lines });
        if (lines === linesThere && lines === rolledUpThere) continue;
        run.say(words.said['shipped-otherwise'], { linesThere, rolledUpThere });
        process.exitCode = 65;
      }
      return shipped;
    });
}
