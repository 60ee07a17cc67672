// Logs that are kept in the company's ClickHouse: a real server of 2018, whose SQL servers of today still understand.
import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ManualClock } from '../../main/kernel/clock.ts';
import type { LineFilter, LogLine } from '../../main/logs/contract/logs.ts';
import type { Logs } from '../../main/logs/index.ts';
import { type ClickHouseProcess, PASSWORD, startClickHouse } from '../helpers/logs/clickhouse.ts';
import { openLogs } from '../helpers/logs/open-logs.ts';
import { tempDir } from '../helpers/temp.ts';

const NOW = Date.parse('2026-11-20T09:00:00Z');
const LINES = 9000;
/** Nine thousand lines over two days: three services, errors, ids, Japanese, a trace, what JSON and SQL make much of, lone surrogates. */
function logText(): string {
  const lines: string[] = [];
  for (let i = 0; i < LINES; i++) {
    const at = new Date(NOW - 2 * 86_400_000 + i * 17_000).toISOString();
    const service = ['wms', 'ocr', 'gate'][i % 3];
    if (i % 400 === 7)
      lines.push(
        `${at} ERROR ${service}: 接続がタイムアウトしました host=db-${i % 4} code=E${1000 + (i % 5)}`,
      );
    else if (i % 500 === 9)
      lines.push(
        `${at} ERROR ${service}: worker failed`,
        '    at run (worker.js:10:3)',
        "    at 'it\\'s' {\"a\": 1}",
      );
    else lines.push(`${at} INFO ${service}: request ${i} took ${i % 90} ms user=u${i % 50}`);
  }
  return `${lines.join('\n')}\n`;
}
const given = (url: string, more: object = {}) => ({
  place: { url, user: 'toride', database: 'logs_of_site', shards: [], ...more },
  password: async () => PASSWORD,
});
const clock = (): ManualClock => new ManualClock(NOW);
const open = (dir: string, clickHouse: ReturnType<typeof given> | null) =>
  openLogs(dir, { clickHouse, clock: clock(), batchRecords: 1500 });

async function all(
  logs: Logs,
  filter: LineFilter,
  order: 'newest' | 'oldest',
  limit: number,
): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  for (let after: string | undefined; ; ) {
    const page = await logs.lines({ filter, order, limit, after });
    lines.push(...page.lines);
    if (page.next === null) return lines;
    after = page.next;
  }
}
const FILTERS: LineFilter[] = [
  {},
  { levels: ['error'] },
  { services: ['ocr'], from: NOW - 86_400_000, to: NOW - 80_000_000 },
  { text: 'タイムアウト' },
  { text: 'took -90 "u7"' },
  { text: '4242' },
  { regex: 'E100[13]$' },
  { fields: [{ key: 'host', value: 'db-3', not: false }] },
  {
    fields: [{ key: 'user', value: 'u11', not: true }],
    levels: ['info'],
    from: NOW - 3 * 86_400_000,
    to: NOW - 160_000_000,
  },
];
/** All that a person sees of lines, without what differs by where they stand. */
async function seen(logs: Logs) {
  const pages = [];
  for (const filter of FILTERS) {
    const newest = await all(logs, filter, 'newest', 100);
    const oldest = await all(logs, filter, 'oldest', 333);
    expect(oldest.map(({ id }) => id)).toEqual(newest.map(({ id }) => id).reverse());
    let found = null;
    for await (const counts of logs.countFound({ filter, buckets: 6 })) found = counts;
    pages.push({
      newest,
      levels: found?.byLevel,
      templates: found?.byTemplate,
      counts: logs.counts({ filter, by: 'template', buckets: 6 }),
    });
  }
  const [some] = await all(logs, { text: 'worker failed' }, 'newest', 10);
  const { templates } = logs.templates.list();
  const parameters = [];
  for (const { id } of templates) parameters.push(await logs.parameters(id));
  const bytes: string[] = [];
  const [source] = logs.sources().filter(({ kind }) => kind === 'import');
  for await (const part of logs.original({ id: source?.id ?? '' }))
    bytes.push(part.told ? part.told.sha256 : '');
  return {
    pages,
    context: await logs.context({ id: some?.id ?? 0, before: 30, after: 30 }),
    templates,
    parameters,
    minutes: [...logs.minutes({ from: NOW - 3 * 86_400_000, to: NOW })],
    sha256: bytes.at(-1),
  };
}
const blocksIn = (dir: string): string[] =>
  readdirSync(path.join(dir, 'log-blocks')).filter((f) => f.endsWith('.block'));
const countOf = async (servers: readonly ClickHouseProcess[], of: string): Promise<number> => {
  let n = 0;
  for (const server of servers) n += Number(await server.ask(`SELECT sum(lines) FROM logs_of_site.${of}`));
  return n;
};

it('shows on ClickHouse what it shows on this computer: lines, counts, context, values, bytes', async () => {
  const [server] = (await startClickHouse()) as [ClickHouseProcess];
  const dir = tempDir();
  const file = path.join(tempDir(), 'site.log');
  writeFileSync(file, logText());
  const { logs, close } = await open(dir, given(server.url));
  await logs.ingest({ file });
  // the file itself is away, so that the bytes are those of the stored lines
  writeFileSync(file, '');
  const before = await seen(logs);
  expect(before.pages[0]?.newest.length).toBe(LINES);

  const [shipped] = await logs.ship({ file: null });
  expect(shipped).toMatchObject({ linesThere: shipped?.lines, rolledUpThere: shipped?.lines });
  expect(blocksIn(dir)).toEqual([]);
  expect(logs.accounting()).toMatchObject({ addsUp: true, damaged: [] });
  expect(await seen(logs)).toEqual(before);
  const texts = await server.ask('SELECT text FROM logs_of_site.toride_templates FORMAT TSVRaw');
  for (const { text } of before.templates) expect(texts.split('\n')).toContain(text);

  // where no ClickHouse is named, what is there is said to be missing, and how to name it
  await close();
  const without = await open(dir, null);
  await expect(without.logs.lines({ filter: {} })).rejects.toMatchObject({ code: 'logs.clickhouse-unset' });
});

it('ships a file while it is read, over two shards, and goes on with what came to it', async () => {
  const servers = await startClickHouse(2);
  const [first, second] = servers as [ClickHouseProcess, ClickHouseProcess];
  const dir = tempDir();
  const file = path.join(tempDir(), 'site.log');
  writeFileSync(file, logText());
  const { logs } = await open(dir, given(first.url, { cluster: 'toride', shards: [second.url] }));
  const [once] = await logs.ship({ file });
  expect(once).toMatchObject({ linesThere: once?.lines, rolledUpThere: once?.lines });
  for (const server of servers)
    expect(Number(await server.ask('SELECT count() FROM logs_of_site.toride_lines_local'))).toBeGreaterThan(
      0,
    );
  expect(await countOf(servers, 'toride_lines_local')).toBe(once?.lines);

  appendFileSync(file, logText().replaceAll('INFO', 'WARN'));
  const [again] = await logs.ship({ file });
  expect(again?.lines).toBeGreaterThan(once?.lines ?? 0);
  expect(again).toMatchObject({ linesThere: again?.lines, rolledUpThere: again?.lines });
  expect((await all(logs, { levels: ['warn'], text: 'u7' }, 'newest', 50)).length).toBe(
    (await all(logs, { levels: ['info'], text: 'u7' }, 'newest', 50)).length,
  );
});

it('has every line there once, wherever it was interrupted', async () => {
  const [server] = (await startClickHouse()) as [ClickHouseProcess];
  const dir = tempDir();
  const file = path.join(tempDir(), 'site.log');
  writeFileSync(file, logText());
  const { logs, store } = await open(dir, given(server.url));
  await logs.ingest({ file });
  const before = await seen(logs);
  const blocks = blocksIn(dir).length;

  // the server dies under it
  const dying = logs.ship({ file: null }).catch((error: { code: string }) => error.code);
  await expect.poll(() => blocksIn(dir).length).toBeLessThan(blocks);
  await server.stop();
  expect(await dying).toBe('logs.clickhouse-away');
  await server.start();
  await logs.ship({ file: null });

  // what was inserted, and never said to be
  await store.write([
    {
      text: "UPDATE log_blocks SET file = 'log-blocks/gone.block', checksum = 7 WHERE file = 'clickhouse' AND block_id % 2 = 0",
      rows: [[]],
    },
  ]);
  await logs.ship({ file: null });
  const [after] = await logs.ship({ file: null });
  expect(after).toMatchObject({ linesThere: after?.lines, rolledUpThere: after?.lines });
  expect(await seen(logs)).toEqual(before);
});

it('says in words what is wrong, and takes away there what is taken away here', async () => {
  const [server] = (await startClickHouse()) as [ClickHouseProcess];
  const file = path.join(tempDir(), 'site.log');
  writeFileSync(file, logText());
  const wrong = await open(tempDir(), { ...given(server.url), password: async () => 'no' });
  await expect(wrong.logs.ship({ file })).rejects.toMatchObject({ code: 'logs.clickhouse-refused' });

  const dir = tempDir();
  const { logs } = await open(dir, given(server.url));
  const [shipped] = await logs.ship({ file });
  const other = await open(tempDir(), given(server.url));
  await expect(other.logs.ship({ file })).rejects.toMatchObject({
    code: 'logs.clickhouse-taken',
    params: { database: 'logs_of_site' },
  });

  // lines that stand there cannot be split; nothing of them changes
  const split = logs.templates.list().templates.find((t) => t.text.includes('request'));
  await expect(logs.templates.split(split?.id ?? 0, 0, ['4242'], 'x')).rejects.toMatchObject({
    code: 'logs.clickhouse-fixed',
  });
  expect(logs.templates.get(split?.id ?? 0)?.lines).toBe(split?.lines);

  await logs.removeSource(shipped?.source.id ?? '');
  await logs.ship({ file: null });
  await expect.poll(() => countOf([server], 'toride_lines')).toBe(0);
  await expect.poll(() => countOf([server], 'toride_minutes')).toBe(0);

  await server.stop();
  await expect(logs.ship({ file })).rejects.toMatchObject({ code: 'logs.clickhouse-away' });
});
