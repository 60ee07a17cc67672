// `toride logs tables`, `toride logs add-table`: the company's log tables on the command line.
import { InvalidArgumentError } from 'commander';
import { formatNumber } from '../api/contract/format.ts';
import { AppError } from '../kernel/errors.ts';
import { type LogTable, type LogTableChoice, TABLE_ROLES } from '../logs/contract/tables.ts';
import { type Command, type Run, when } from './run.ts';
import words from './words.json' with { type: 'json' };

type AddOptions = {
  readonly name?: string;
  readonly key?: readonly string[];
  readonly cursor?: string;
  readonly time?: string;
  readonly message?: string;
  readonly level?: string;
  readonly service?: string;
  readonly host?: string;
  readonly trace?: string;
  readonly others?: readonly string[];
  readonly all?: boolean;
  readonly zone?: string;
  readonly format?: string;
  readonly preview?: boolean;
};
const namesGiven = (text: string): string[] => {
  const names = text.split(',').map((name) => name.trim());
  if (names.some((name) => name === '')) throw new InvalidArgumentError('names with commas between them');
  return names;
};
const PROBLEMS = {
  'no-key': 'logs.table-no-key',
  'no-order': 'logs.table-no-order',
  'no-text': 'logs.table-no-text',
} as const;

/** `-` takes a suggestion away. */
function bound(choice: LogTableChoice, o: AddOptions): LogTable {
  const { suggestion, problem, table } = choice;
  if (!suggestion) throw new AppError(PROBLEMS[problem ?? 'no-key'], { table });
  const roles = TABLE_ROLES.map((role) => {
    const given = o[role];
    return [role, given === undefined ? suggestion[role] : given === '-' ? null : given] as const;
  });
  return {
    ...suggestion,
    ...(Object.fromEntries(roles) as Pick<LogTable, (typeof TABLE_ROLES)[number]>),
    key: [...(o.key ?? suggestion.key)],
    cursor: o.cursor ?? suggestion.cursor,
    others: [...(o.others ?? suggestion.others)],
    since: o.all ? null : suggestion.since,
  };
}

export function addTableCommands(logs: Command): void {
  const rowsOf = ({ rows }: LogTableChoice, run: Run): string =>
    rows === null ? '' : formatNumber(rows, run.lang);
  logs
    .command('tables')
    .description('tables of the company that can be read as logs, the likeliest first')
    .withEngine(async (run) => {
      const tables = await run.client.logs.tables();
      for (const one of tables) {
        const { suggestion: s, usedAs, problem } = one;
        const what =
          usedAs ??
          problem ??
          (s && TABLE_ROLES.flatMap((role) => (s[role] === null ? [] : `${role}=${s[role]}`)).join(' '));
        run.show(`${one.score.toFixed(2)}  ${one.table}  ${rowsOf(one, run)}  ${what ?? ''}`);
      }
      return tables;
    });
  logs
    .command('add-table <table>')
    .description('follow a table of the company as a log; what is not given is suggested, - stands for none')
    .option('--name <name>', 'how the source is called')
    .option('--key <columns>', 'what tells rows apart, with commas between', namesGiven)
    .option('--cursor <column>', 'the order new rows are found by')
    .option('--time <column>', 'when it happened')
    .option('--message <column>', 'the text')
    .option('--level <column>', 'how bad it is')
    .option('--service <column>', 'which system')
    .option('--host <column>', 'which server')
    .option('--trace <column>', 'which job')
    .option('--others <columns>', 'columns kept as fields, with commas between', namesGiven)
    .option('--format <name>', 'skip the detection of the format of its messages')
    .option('--zone <zone>', 'what its DATETIME means, e.g. UTC')
    .option('--all', 'from the first row, not from 90 days ago')
    .option('--preview', 'only show how its newest rows would be read')
    .withEngine(async (run, table: string, o: AddOptions) => {
      const { client, show, say } = run;
      const choice = (await client.logs.tables()).find((one) => one.table === table);
      if (!choice) throw new AppError('logs.table-gone', { table });
      const rules = { name: o.name, timeZone: o.zone, format: o.format };
      const given = { table: bound(choice, o), rules };
      if (o.preview) {
        const preview = await client.logs.previewTable(given);
        for (const line of preview.lines)
          show(`${when(line.at, run)}  ${line.level ?? ''}  ${line.service ?? ''}  ${line.content}`);
        for (const { reason, raw } of preview.refused) show(`${reason}  ${raw}`);
        return preview;
      }
      const source = await client.logs.addTable(given);
      say(words.said['table-added'], { name: source.name });
      return source;
    });
}
