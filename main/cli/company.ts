// `toride connect, sync, status, mapping`: the company's database.
import { Argument, Option } from 'commander';
import type { FailingTable } from '../api/contract/common.ts';
import { formatPercent } from '../api/contract/format.ts';
import { AppError, isErrorCode, type Lang, wordError } from '../kernel/errors.ts';
import { SHARED_KINDS, type Shared, type SharedKindName } from '../sharing/contract/sharing.ts';
import { failingParams, wordOwnTable } from '../sync/contract/words.ts';
import { parseCompanyUrl } from '../sync/index.ts';
import { type Command, momentOf, printError, printFailing, type Run, tell, tested, when } from './run.ts';
import words from './words.json' with { type: 'json' };

/** `出欠 (attendance_records): 表 … に列 … がありません。…` */
function wordProblem(table: FailingTable, lang: Lang): string {
  const { code, params } = table.error;
  const { say: what, next } = wordError({ code: isErrorCode(code) ? code : 'internal', params }, lang);
  return `${wordOwnTable(table, lang)}: ${what}${lang === 'ja' ? '' : ' '}${next} (${code})`;
}

function showShared(run: Run, { table, agreed, waiting, failed, conflicts }: Shared): void {
  if (table === null) {
    run.say(words.said['not-shared']);
    return;
  }
  for (const kind of SHARED_KINDS) run.show(`${kind.padEnd(10)} ${agreed[kind]}`);
  run.show(`outbox     ${JSON.stringify({ waiting, failed })}`);
  for (const { kind, id, title, by, at } of conflicts)
    run.show(`${kind}  ${id}  ${title ?? ''}  ${by} ${when(at, run)}`);
}

export function addCompanyCommands(program: Command): void {
  program
    .command('connect')
    .description('test and save the company database connection (uses --url)')
    .addOption(
      new Option('--remember <where>', 'where the password is kept')
        .choices(['memory', 'file'])
        .default('memory'),
    )
    .option('--write-back', 'write decisions to approval_history', false)
    .withEngine(async ({ client, global, say }, o: { remember: 'memory' | 'file'; writeBack: boolean }) => {
      if (!global.url) throw new AppError('sync.bad-url');
      const { connection, password } = parseCompanyUrl(global.url);
      const wanted = { ...connection, writeBack: o.writeBack };
      const test = await tested(client, wanted, password);
      const view = await client.company.save({ connection: wanted, password, remember: o.remember });
      say(words.said['connected'], { server: test.server ?? '' });
      return { test, ...view };
    });

  program
    .command('sync')
    .description(
      'sync every table from the company database now; exit status 76 when some tables could not be read',
    )
    .withEngine(async (run) => {
      const report = await run.client.company.sync();
      const { failing } = await run.client.company.freshness();
      for (const t of report.tables)
        run.show(
          `${t.table.padEnd(32)} ${String(t.read).padStart(9)} → ${t.written} (−${t.deleted}, ✗${t.dead})`,
        );
      run.say(words.said['synced'], { rows: report.rows });
      if (!run.global.json) for (const table of failing) printError(wordProblem(table, run.lang));
      if (failing.length > 0) {
        const error = new AppError('sync.tables-failed', failingParams(failing, momentOf(run)));
        tell(error, run.lang, run.global.json === true);
      }
      return report;
    });
  program
    .command('status')
    .description('connection, sync and write-back state, freshness, demo')
    .withEngine(async (run) => {
      const result = {
        about: await run.client.system.about(),
        sync: await run.client.company.status(),
        freshness: await run.client.company.freshness(),
        demo: await run.client.demo.status(),
      };
      run.show(`data      ${result.about.dataDir}`);
      run.show(
        `source    ${result.freshness.source} (${when(result.freshness.dataAt, run)}${result.freshness.stale ? ', stale' : ''})`,
      );
      for (const t of result.sync.tables)
        run.show(
          `${t.table.padEnd(32)} ${String(t.localRows).padStart(9)} / ${t.sourceRows ?? '–'}  ✗${t.deadLetters}${t.error ? `  ${t.error.code}` : ''}`,
        );
      run.show(`outbox    ${JSON.stringify(result.sync.outbox)}`);
      printFailing(run, result.freshness);
      return result;
    });

  const share = program
    .command('share')
    .description('read and write what computers of the company share, and list what a person has to choose')
    .withEngine(async (run) => {
      const shared = await run.client.sharing.round();
      showShared(run, shared);
      return shared;
    });
  share
    .command('keep')
    .description('choose between the version of this computer and that of another one')
    .addArgument(new Argument('<kind>').choices(SHARED_KINDS))
    .argument('<id>')
    .addArgument(new Argument('<which>').choices(['mine', 'theirs']))
    .withEngine(async (run, kind: SharedKindName, id: string, keep: 'mine' | 'theirs') => {
      const shared = await run.client.sharing.settle({ kind, id, keep });
      showShared(run, shared);
      return shared;
    });

  program
    .command('mapping')
    .description('suggest a mapping from their tables to ours; --save writes it')
    .option('--save', 'save the suggestion', false)
    .withEngine(async (run, o: { save: boolean }) => {
      const suggestion = await run.client.company.suggest();
      if (o.save) await run.client.company.saveMapping({ mapping: suggestion.mapping });
      for (const [table, m] of Object.entries(suggestion.mapping.tables))
        run.show(
          `${table.padEnd(32)} ${m.table ?? '–'} ${formatPercent(suggestion.confidence[table] ?? 0, 'en')}`,
        );
      return suggestion;
    });
}
