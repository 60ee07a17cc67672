// `toride anomalies`, `clusters`, `report`, `validate`: what is found in the logs, on the command line.
import { writeFileSync } from 'node:fs';
import { InvalidArgumentError, Option } from 'commander';
import type { Incident } from '../anomalies/contract/anomalies.ts';
import type { Lang } from '../api/contract/common.ts';
import { formatMinutes, formatNumber } from '../api/contract/format.ts';
import type { Cluster, ClusterMethod } from '../clusters/contract/clusters.ts';
import { AppError } from '../kernel/errors.ts';
import { fill } from '../kernel/words.ts';
import type { Report } from '../reports/contract/reports.ts';
import { type Command, integer, type Run, when } from './run.ts';
import words from './words.json' with { type: 'json' };

type ClusterOptions = {
  readonly of: 'templates' | 'incidents';
  readonly method: ClusterMethod;
  readonly eps?: number;
  readonly minPoints?: number;
};
const dayGiven = (text: string): string => {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  // 2026-02-30 is no day, and not the 2nd of March
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text)
    throw new InvalidArgumentError('a day such as 2026-11-21');
  return text;
};
/** How long an incident that goes on has lasted, up to the minute last looked at. */
const lasting = ({ from, to }: Incident, at: number | null, lang: Lang): string =>
  to !== null || at === null
    ? ''
    : fill(words.incidents.lasting, { length: formatMinutes((at - from) / 60_000, lang) }, lang);
/** One line a cluster: its size, its name, its lines; of incidents how long they usually last and what worked best. */
const wordCluster = (c: Cluster, lang: Lang): string => {
  const minute = 60_000;
  const [best] = c.record?.remedies ?? [];
  const usual = c.record?.usualMs ?? null;
  const facts = [
    formatNumber(c.lines, lang),
    ...(usual === null ? [] : [formatMinutes(Math.round(usual / minute), lang)]),
    ...(best ? [`${best.title} ${best.worked}/${best.tried}`] : []),
  ];
  return `${formatNumber(c.members.length, lang).padStart(5)}  ${c.name[lang]}  (${facts.join(lang === 'ja' ? '、' : ', ')})`;
};

export function addFindingCommands(program: Command): void {
  program
    .command('anomalies')
    .description('look now, and list what is unusual in the logs')
    .option('--limit <n>', 'how many', integer, 50)
    .option('--open', 'only those not over')
    .withLogs(async (run, o: { limit: number; open?: boolean }) => {
      const status = await run.client.anomalies.look();
      const anomalies = await run.client.anomalies.list({ limit: o.limit, open: o.open });
      const incidents = await run.client.incidents.list({ limit: o.limit });
      for (const i of incidents)
        run.show(
          `${when(i.from, run)}  ${i.severity}  ${i.state}  ${i.title[run.lang]}${lasting(i, status.lookedAt, run.lang)}`,
        );
      for (const a of anomalies)
        run.show(`${when(a.at, run)}  ${a.severity}  ${a.kind}  ${a.words[run.lang]}`);
      if (anomalies.length === 0) run.say(words.said['nothing-unusual']);
      return { status, anomalies, incidents };
    });
  program
    .command('clusters')
    .description('group the templates or the incidents, and list the groups')
    .addOption(new Option('--of <what>', 'what').choices(['templates', 'incidents']).default('templates'))
    .addOption(new Option('--method <name>', 'how').choices(['dbscan', 'hdbscan']).default('dbscan'))
    .option('--eps <distance>', 'cosine distance (default: from the k-distance curve)', Number)
    .option('--min-points <n>', 'how many make a group (default: 3, of incidents 2)', integer)
    .withLogs(async (run, o: ClusterOptions) => {
      const of = o.of === 'incidents' ? 'incident' : 'template';
      if (of === 'incident') await run.client.anomalies.look();
      const result = await run.client.clusters.run({
        of,
        method: o.method,
        eps: o.eps,
        minPoints: o.minPoints ?? (of === 'incident' ? 2 : 3),
      });
      for (const c of result.clusters) run.show(wordCluster(c, run.lang));
      run.say(words.said['groups'], {
        groups: result.clusters.length,
        outliers: result.outliers.length,
        what: words.grouped[of],
        eps: result.eps.toFixed(3),
      });
      return result;
    });

  const written = async (run: Run, report: Report, out: string | undefined): Promise<unknown> => {
    const format = out?.endsWith('.csv') ? 'csv' : out?.endsWith('.json') ? 'json' : 'markdown';
    const file = await run.client.reports.export({ id: report.id, format, lang: run.lang });
    if (out !== undefined)
      try {
        writeFileSync(out, file.text);
      } catch (cause) {
        const detail = cause instanceof Error ? cause.message : String(cause);
        throw new AppError('logs.unwritable', { file: out, detail }, { cause });
      }
    run.show(out === undefined ? file.text : out);
    return report;
  };
  program
    .command('report')
    .description('the report of a day, as Markdown; --out writes .md, .csv or .json')
    .option('--date <yyyy-mm-dd>', 'the day (default: today)', dayGiven)
    .option('--out <file>', 'write it there')
    .withLogs(async (run, o: { date?: string; out?: string }) =>
      written(run, await run.client.reports.make({ date: o.date }), o.out),
    );
  program
    .command('validate')
    .description('measure the log analysis against days whose truth is known')
    .option('--out <file>', 'write it there')
    .withEngine(async (run, o: { out?: string }) => written(run, await run.client.reports.validate(), o.out));
}
