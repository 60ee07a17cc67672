// `toride demo …`: the built-in demo site, and the simulated company in a real MySQL.
import { Option } from 'commander';
import { dateIn, instantOf } from '../kernel/clock.ts';
import { AppError } from '../kernel/errors.ts';
import { bulkSnapshots, createSite, SCENARIOS, type ScenarioName } from '../simulator/index.ts';
import { fillCompany } from '../sync/index.ts';
import { type Command, integer, when } from './run.ts';
import words from './words.json' with { type: 'json' };

export function addDemoCommands(program: Command): void {
  const demo = program.command('demo').description('the built-in demo site');
  const seeded = (command: Command): Command =>
    command
      .option('--seed <n>', 'seed', integer, 1)
      .addOption(new Option('--scenario <name>', 'what happens').choices(SCENARIOS).default('shortage'));
  seeded(
    demo.command('start').description('start the demo in the data folder (replaces the local copy)'),
  ).withEngine(async (run, o: { seed: number; scenario: ScenarioName }) => {
    const status = await run.client.demo.start(o);
    run.say(words.said['demo-started'], { time: when(status.now, run) });
    return status;
  });
  demo
    .command('stop')
    .description('stop the demo and remove its data')
    .withEngine((run) => run.client.demo.stop());
  demo
    .command('status')
    .description('the demo and its clock')
    .withEngine(async (run) => {
      const status = await run.client.demo.status();
      const state = words.demo[status.running ? 'running' : 'stopped'][run.lang];
      run.show(`${state}  ${status.scenario ?? '–'}  ${when(status.now, run)}`);
      return status;
    });
  seeded(demo.command('mysql').description('fill a real MySQL (--url) with the simulated company'))
    .option('--date <yyyy-mm-dd>', 'the day (default: today)')
    .option('--time <hh:mm>', 'until when', '14:30')
    .option('--days <n>', 'days of history', integer, 28)
    .option('--zone <zone>', 'time zone', 'Asia/Tokyo')
    .option('--progress-rows <n>', 'additional progress rows, for a large first sync', integer, 0)
    .withoutEngine(
      async (
        { global, say },
        o: {
          seed: number;
          scenario: ScenarioName;
          date?: string;
          time: string;
          days: number;
          zone: string;
          progressRows: number;
        },
      ) => {
        if (!global.url) throw new AppError('sync.bad-url');
        const startDate = o.date ?? dateIn(Date.now(), o.zone);
        const [hours, minutes] = o.time.split(':').map(Number);
        const site = createSite({ seed: o.seed, scenario: o.scenario, zone: o.zone, startDate });
        const until = instantOf(startDate, (hours ?? 14) * 60 + (minutes ?? 30), o.zone);
        const batches = function* () {
          yield* site.master();
          yield* site.history(o.days);
          yield* site.until(until);
          if (o.progressRows > 0) yield* bulkSnapshots(o.progressRows);
        };
        const { rows } = await fillCompany({ url: global.url, batches: batches() });
        say(words.said['rows-written'], { rows });
        return { rows, truth: site.truth() };
      },
    );
}
