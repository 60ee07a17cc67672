// `toride logs search, tail`: stored lines, and those that come.
import { InvalidArgumentError, Option } from 'commander';
import { formatDays } from '../api/contract/format.ts';
import { LEVELS, type LeftOutBlock, type LineFilter, type LogSource } from '../logs/contract/logs.ts';
import { type Command, integer, print, printError, when, worded } from './run.ts';
import words from './words.json' with { type: 'json' };

const instantGiven = (text: string): number => {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new InvalidArgumentError('a time such as 2026-11-21T14:30:00+09:00');
  return at;
};

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

export function addSearchCommands(logs: Command): void {
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
    .withLogs(
      async (
        run,
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
      ) => {
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
          for (const hit of hits)
            run.show(`${hit.score.toFixed(3)}  ${hit.kind} ${hit.id}  ${hit.title?.[run.lang] ?? hit.text}`);
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
        for (const line of lines) run.show(`${when(line.at, run)}  ${line.service ?? ''}  ${line.text}`);
        const leftOut = perDays(damaged.values(), run.engine.services.logs.sources());
        for (const one of run.global.json ? [] : leftOut)
          printError(
            worded(run.lang, words.said['not-searched'], {
              source: one.sourceName,
              days: formatDays(one.firstDay, one.lastDay, run.lang),
              lines: one.lines,
            }),
          );
        return { lines, leftOut };
      },
    );
  logs
    .command('tail')
    .description('follow all sources and print new lines until stopped')
    .withLogs(async (run) => {
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
    });
}
