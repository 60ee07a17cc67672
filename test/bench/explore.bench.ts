import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { silentLog } from '../../main/kernel/log.ts';
import { Miner } from '../../main/logs/index.ts';
import { createExplore } from '../../main/logs/search/explore.ts';
import { writeBlock } from '../../main/logs/store/block-files.ts';
import { BLOCK_RECORDS } from '../../main/logs/store/block-format.ts';
import { blockStatement } from '../../main/logs/store/block-rows.ts';
import { encodeBlock } from '../../main/logs/store/encode-block.ts';
import { LEVEL_ORDER, type LogRecord } from '../../main/logs/store/records.ts';
import { tailStatements } from '../../main/logs/store/tail.ts';
import type { Level } from '../../main/logs/types.ts';
import { openStore, type Statement, type Store } from '../../main/store/index.ts';
import { type Draw, drawFrom, linesOf, STYLES } from '../unit/logs/styles.ts';

/** `LINES=1000000 npm run bench -- explore` for fewer. */
const LINES = Number(process.env['LINES'] ?? 5_000_000);
const SPAN_MS = 14 * 86_400_000;
const END = Date.UTC(2026, 10, 21, 6, 0, 0);
const ZONE_MS = 9 * 3_600_000;
const NEEDLE = 'kumquat';

const SERVICES = [
  'entry',
  'check',
  'gateway',
  'scanner',
  'batch',
  'auth',
  'store',
  'mail',
  'report',
  'ocr',
  'queue',
  'admin',
];
const USERS = ['sato', 'suzuki', 'takahashi', 'tanaka', 'ito', 'yamamoto', 'nakamura'];
type Message = { readonly level: Level; readonly share: number; readonly text: (d: Draw) => string };
/** Shares in 1/100,000. The rest is split over many ordinary messages. */
const RARE: readonly Message[] = [
  {
    level: 'error',
    share: 700,
    text: (d) => `request req-${d.hex(12)} failed: connection reset by ${d.ip()}:${d.int(1024, 65000)}`,
  },
  { level: 'warn', share: 2000, text: (d) => `slow query on table entries took ${d.int(500, 9000)} ms` },
  {
    level: 'fatal',
    share: 4,
    text: (d) => `worker ${d.int(1, 64)} ran out of memory at ${d.int(1, 9000)} MB`,
  },
  {
    level: 'warn',
    share: 300,
    text: (d) => `タイムアウト: エントリ${d.int(1, 2)} の応答が ${d.int(1000, 9000)} ミリ秒ありません`,
  },
];
const ORDINARY: readonly ((d: Draw, n: number) => string)[] = [
  (d, n) => `step ${n} finished in ${d.int(1, 900)} ms for request req-${d.hex(12)}`,
  (d, n) => `user ${d.pick(USERS)} opened screen ${n} from 10.2.${d.int(0, 3)}.${d.int(1, 254)}`,
  (d, n) => `image ${d.int(100000, 99999999)} of batch ${d.int(1000, 9999)} queued for process ${n}`,
  (d, n) => `cache region${n} hit ratio 0.${d.int(10, 99)}, ${d.int(1, 50000)} entries`,
  (_, n) => `heartbeat of component ${String.fromCharCode(97 + (n % 26))} ok`,
];
const KINDS = 60;

const FLUSH = 400;

async function fill(store: Store, dir: string, print: (line: string) => void): Promise<void> {
  const draw = drawFrom(20261121);
  const began = performance.now();
  let encodeMs = 0;
  let rawBytes = 0;
  let storedBytes = 0;
  let statements: Statement[] = [];
  const minutes = new Map<string, number>();
  const hours = new Map<string, number>();
  const needleAt = Math.floor(LINES * 0.37);
  const step = SPAN_MS / LINES;
  const begin = END - SPAN_MS;
  const sources = ['alpha', 'beta', 'gamma'];
  const open = new Map<string, LogRecord[]>();
  const flush = async (): Promise<void> => {
    await store.write(statements);
    statements = [];
  };
  /** A full block, or what is left of a source at the end: its tail. */
  const close = (sourceId: string): void => {
    const records = open.get(sourceId);
    open.delete(sourceId);
    if (!records?.length) return;
    if (records.length < BLOCK_RECORDS) {
      statements.push(...tailStatements(sourceId, 'utf-8', records));
      const bytes = records.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 1, 0);
      rawBytes += bytes;
      storedBytes += bytes;
      return;
    }
    const t = performance.now();
    const block = encodeBlock({ sourceId, encoding: 'utf-8', records });
    encodeMs += performance.now() - t;
    const placed = writeBlock(dir, block);
    rawBytes += placed.rawBytes;
    storedBytes += placed.bytes + placed.meta.length;
    statements.push(blockStatement(placed));
  };
  let second = -1;
  let stamp = '';
  for (let i = 0; i < LINES; i++) {
    const at = Math.floor(begin + i * step);
    const roll = draw.int(0, 99_999);
    let left = roll;
    let pick = 0;
    for (; pick < RARE.length; pick++) {
      left -= (RARE[pick] as Message).share;
      if (left < 0) break;
    }
    const rare = RARE[pick];
    const n = roll % KINDS;
    const template = rare ? 1 + pick : 10 + n;
    const service = (template * 7) % SERVICES.length;
    const source = service % 3;
    const level: Level = rare?.level ?? (n % 20 === 0 ? 'debug' : 'info');
    let content = rare
      ? rare.text(draw)
      : (ORDINARY[n % ORDINARY.length] as (d: Draw, n: number) => string)(draw, n);
    if (i === needleAt) content = `operator note: ${NEEDLE} found`;
    const now = Math.floor(at / 1000);
    if (now !== second) {
      second = now;
      stamp = new Date(now * 1000 + ZONE_MS).toISOString().slice(0, 19).replace('T', ' ');
    }
    const text = `${stamp}.${String(at % 1000).padStart(3, '0')} ${level.toUpperCase()} [${SERVICES[service]}] ${content}`;
    const key = sources[source] ?? '';
    let records = open.get(key);
    if (!records) {
      records = [];
      open.set(key, records);
    }
    records.push({
      id: i + 1,
      at,
      atGuessed: false,
      level,
      service: SERVICES[service] ?? null,
      host: null,
      template,
      text,
      ending: 'lf',
      lines: 1,
      attributes: '',
      raw: null,
    });
    const levelNo = LEVEL_ORDER.indexOf(level);
    const cell = `${sources[source]} ${service + 1} ${levelNo} ${template}`;
    const minute = `${Math.floor(at / 60_000)} ${cell}`;
    minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
    const hour = `${Math.floor(at / 3_600_000)} ${cell}`;
    hours.set(hour, (hours.get(hour) ?? 0) + 1);
    if (records.length === BLOCK_RECORDS) close(key);
    if (minutes.size > 200_000 || i === LINES - 1) {
      statements.push(rollUp('log_minutes', 'minute', minutes));
      minutes.clear();
      await flush();
    }
    if (statements.length > FLUSH) await flush();
  }
  for (const key of [...open.keys()]) close(key);
  statements.push(rollUp('log_hours', 'hour', hours), {
    text: 'INSERT INTO log_names (name_id, name) VALUES (?, ?)',
    rows: SERVICES.map((name, i) => [i + 1, name]),
  });
  await flush();
  print(
    `explore: ${LINES} lines written in ${((performance.now() - began) / 1000).toFixed(0)} s, encoding ${Math.round(LINES / encodeMs)}k lines/s, ${(rawBytes / storedBytes).toFixed(1)} × smaller than raw (${Math.round(rawBytes / LINES)} B a line → ${(storedBytes / LINES).toFixed(1)} B)`,
  );
}
function rollUp(table: string, unit: string, cells: ReadonlyMap<string, number>): Statement {
  return {
    text: `INSERT INTO ${table} (${unit}, source_id, service, level, template, lines) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET lines = lines + excluded.lines`,
    rows: [...cells].map(([key, lines]) => {
      const [at = '', source = '', service, level, template] = key.split(' ');
      return [Number(at), source, Number(service), Number(level), Number(template), lines];
    }),
  };
}

const DAY_MS = 86_400_000;
const QUIET = { rounds: 5, sources: 16, days: 40, perDay: 50 };
/** Pages of the past over many logs of few lines a day, each looked at for the first time: they are tails. */
async function quietPages(print: (line: string) => void): Promise<void> {
  const { rounds, sources, days, perDay } = QUIET;
  const miner = new Miner();
  const styles = Object.values(STYLES).map((cases) =>
    linesOf(cases, 11).map(({ line }) => ({ line, template: miner.add(line).template })),
  );
  const begin = END - days * DAY_MS;
  const step = DAY_MS / perDay;
  let id = 0;
  const recordsOf = (source: number): LogRecord[] => {
    const drawn = styles[source % styles.length] ?? [];
    return Array.from({ length: days * perDay }, (_, i): LogRecord => {
      const at = Math.floor(begin + (i + source / (rounds * sources)) * step);
      const { line, template } = drawn[(source * 7919 + i * 31) % drawn.length] ?? { line: '', template: 1 };
      const stamp = new Date(at).toISOString().slice(0, 23).replace('T', ' ');
      return {
        ...{ id: ++id, at, atGuessed: false, level: 'info', service: `svc-${source}`, host: null },
        ...{ template, text: `${stamp} INFO [svc-${source}] ${line}`, ending: 'lf' },
        ...{ lines: 1, attributes: '', raw: null },
      };
    });
  };
  const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-quiet-'));
  const store = await openStore(dir);
  const explore = exploreOf(store, dir);
  for (let source = 0; source < rounds * sources; source++)
    await store.write(tailStatements(`q${source}`, 'utf-8', recordsOf(source)));
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const own = Array.from({ length: sources }, (_, i) => `q${round * sources + i}`);
    const to = begin + 0.6 * days * DAY_MS;
    const t = performance.now();
    await explore.lines({ filter: { sources: own, to }, limit: 200, soon: true });
    times.push(performance.now() - t);
  }
  // the first ones find code that is not compiled yet
  const later = times.slice(2).sort((a, b) => a - b);
  print(
    `explore: a page of the past over ${sources} logs of ${perDay} lines a day, looked at for the first time: p50 ${(later[later.length >> 1] ?? 0).toFixed(1)} ms, longest ${(later.at(-1) ?? 0).toFixed(1)}`,
  );
  await explore.close();
  await store.close();
  rmSync(dir, { recursive: true, force: true });
}
const exploreOf = (store: Store, dataDir: string) =>
  createExplore({
    ...{ store, dataDir, zone: () => 'Asia/Tokyo', log: silentLog, damaged: () => {} },
    clock: { now: () => END, every: () => () => {} },
    templates: { get: () => null, resolve: (id) => id, family: (id) => [id] },
  });

export async function run(print: (line: string) => void): Promise<void> {
  await quietPages(print);
  const dir = process.env['EXPLORE_DIR'] ?? mkdtempSync(path.join(os.tmpdir(), 'toride-explore-'));
  const store = await openStore(dir);
  const explore = exploreOf(store, dir);
  try {
    if (!store.read.get({ text: 'SELECT 1 FROM log_blocks LIMIT 1', values: [] }))
      await fill(store, dir, print);
    const draw = drawFrom(7);
    const instant = (): number => END - draw.int(0, SPAN_MS / 1000) * 1000;
    type Filter = Parameters<typeof explore.lines>[0]['filter'];
    const ids: string[] = [];
    for (let k = 0; k < 30; k++) {
      const { lines } = await explore.lines({ filter: { to: instant(), text: '"request req"' }, limit: 1 });
      const id = /req-([0-9a-f]{12})/.exec(lines[0]?.text ?? '')?.[1];
      if (id) ids.push(id);
    }
    const kinds: readonly (readonly [string, number, () => Filter])[] = [
      ['no filter', 40, () => ({ to: instant() })],
      ['a level (error)', 20, () => ({ levels: ['error'], to: instant() })],
      ['a rare level (fatal)', 20, () => ({ levels: ['fatal'], to: instant() })],
      ['a service', 20, () => ({ services: [draw.pick(SERVICES)], to: instant() })],
      ['a template', 20, () => ({ templates: [10 + draw.int(0, KINDS - 1)], to: instant() })],
      ['a rare template', 20, () => ({ templates: [3], to: instant() })],
      [
        'a frequent word',
        20,
        () => ({ text: draw.pick(['finished', 'ratio', 'opened', 'batch']), to: instant() }),
      ],
      ['a Japanese word', 20, () => ({ text: draw.pick(['ﾀｲﾑｱｳﾄ', '応答', 'ミリ秒']), to: instant() })],
      ['a word of one line in all', 20, () => ({ text: NEEDLE })],
      ['an id', ids.length, () => ({ text: ids[draw.int(0, ids.length - 1)] ?? '' })],
      ['an address', 20, () => ({ text: `10.2.${draw.int(0, 3)}.${draw.int(1, 254)}`, to: instant() })],
      ['an absent word', 5, () => ({ text: 'absentword' })],
    ];
    const of = (times: number[], share: number): number =>
      times.sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
    // of all threads: what the same would take on a machine with nothing else to do
    let cpu: number[] = [];
    const time = async (work: () => Promise<unknown> | unknown): Promise<number> => {
      const t = performance.now();
      const before = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(before);
      cpu.push((user + system) / 1000);
      return performance.now() - t;
    };
    const cpuOf = (): string => {
      const text = `CPU p50 ${of(cpu, 0.5).toFixed(1)}, p95 ${of(cpu, 0.95).toFixed(1)}`;
      cpu = [];
      return text;
    };
    const scan = await time(async () => {
      let after: string | undefined;
      do {
        const page = await explore.lines({
          filter: { regex: 'no such [0-9]+ line' },
          ...(after ? { after } : {}),
        });
        after = page.next ?? undefined;
      } while (after);
    });
    print(
      `explore: a full scan by regular expression: ${(scan / 1000).toFixed(1)} s, ${Math.round(LINES / scan)}k lines/s; ${cpuOf()}`,
    );
    const all: number[] = [];
    for (const [name, rounds, filter] of kinds) {
      const times: number[] = [];
      let found = 0;
      for (let k = 0; k < rounds; k++) {
        const f = filter();
        times.push(
          await time(async () => {
            found += (await explore.lines({ filter: f, limit: 200, soon: true })).lines.length;
          }),
        );
      }
      const [p50, p95] = [of(times, 0.5), of(times, 0.95)];
      all.push(...times);
      print(
        `explore: first page, ${name}: p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms (${cpuOf()}), 1/${Math.round(scan / p95)} of the scan (${Math.round(found / rounds)} lines)`,
      );
    }
    print(
      `explore: first page, all of these: p50 ${of(all, 0.5).toFixed(1)} ms, p95 ${of(all, 0.95).toFixed(1)} ms`,
    );
    for (const [name, filter] of [
      ['a frequent word', { text: 'finished' }],
      ['a Japanese word', { text: '応答' }],
      ['an address', { text: '10.2.1.77' }],
      ['an expression', { regex: 'took [0-9]{4} ms' }],
    ] as const) {
      const pages: number[] = [];
      let found = 0;
      let isGoing = true;
      const asking = (async () => {
        while (isGoing)
          pages.push(await time(() => explore.lines({ filter: { to: instant() }, limit: 200, soon: true })));
      })();
      const took = await time(async () => {
        for await (const { byLevel } of explore.countFound({ filter, buckets: 120, top: 40 }))
          found = byLevel.total;
      });
      isGoing = false;
      await asking;
      cpu = [];
      print(
        `explore: exact count of ${name}, all ${LINES} lines: ${(took / 1000).toFixed(1)} s with pages asked for all the while (${found} lines); those pages p50 ${of(pages, 0.5).toFixed(1)} ms, p95 ${of(pages, 0.95).toFixed(1)} ms`,
      );
    }
    for (const [name, hours] of [
      ['an hour', 1],
      ['a day', 24],
      ['two weeks', 14 * 24],
    ] as const) {
      const times: number[] = [];
      for (const by of ['level', 'service', 'template', 'source'] as const)
        for (let k = 0; k < 5; k++) {
          const to = END - draw.int(0, 100) * 60_000;
          times.push(
            await time(() =>
              explore.counts({ filter: { from: to - hours * 3_600_000, to }, by, buckets: 120 }),
            ),
          );
        }
      print(
        `explore: counts over ${name}: p50 ${of(times, 0.5).toFixed(1)} ms, p95 ${of(times, 0.95).toFixed(1)} ms`,
      );
    }
  } finally {
    await explore.close();
    await store.close();
    if (!process.env['EXPLORE_DIR']) rmSync(dir, { recursive: true, force: true });
  }
}
