import { type Dirent, statSync } from 'node:fs';
import { readdir, stat, statfs } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { Freshness } from '../api/contract/common.ts';
import type { Settings } from '../api/contract/system.ts';
import { dateTimeIn } from '../kernel/clock.ts';
import { readAppLog } from '../kernel/log.ts';
import type { Tasks } from '../kernel/task.ts';
import type { Timings } from '../kernel/timings.ts';
import type { LogSource } from '../logs/contract/logs.ts';
import { type Base, name, type Store, saveSetting, sql } from '../store/index.ts';
import { type Health, STORES } from './contract/health.ts';
import { redact } from './redact.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SAMPLE_MS = 6 * HOUR;
const KEEP_MS = 14 * DAY;
/** further away than this nothing can be said of a disk */
const FAR_MS = 3_650 * DAY;
const LOG_LINES = 500;

type StoreName = (typeof STORES)[number];
const PLACES: Readonly<Record<string, StoreName>> = {
  'toride.db': 'database',
  'toride.db-wal': 'wal',
  'log-blocks': 'logBlocks',
  indexes: 'indexes',
  models: 'models',
  imports: 'imports',
  backups: 'backups',
  logs: 'appLog',
};
const Samples = z.array(z.object({ at: z.number(), bytes: z.record(z.string(), z.number()) }));
type Samples = z.infer<typeof Samples>;

export type HealthRoom = ReturnType<typeof createHealth>;

/** How the engine fares, and the text that tells a support desk. */
export function createHealth(
  o: Pick<Base, 'store' | 'dataDir' | 'clock' | 'zone' | 'log'> & {
    readonly timings: Timings;
    readonly version: string;
    readonly startedAt: number;
    readonly logDir: string;
    readonly tasks: Pick<Tasks, 'list'>;
    readonly freshness: () => Freshness;
    readonly settings: { readonly get: () => Settings };
    readonly approvals: { readonly outbox: () => { readonly waiting: number; readonly failed: number } };
    readonly logs: { readonly sources: () => readonly LogSource[] };
    readonly sync: { readonly view: () => { readonly connection: { readonly host: string } | null } };
  },
) {
  const log = o.log.area('health');

  const tasksIn = (state: 'running' | 'failed') => o.tasks.list().filter((task) => task.state === state);
  const queues = (): Record<Health['queues'][number]['name'], number> => {
    const { waiting, failed } = o.approvals.outbox();
    return {
      writes: o.store.waiting(),
      tasks: tasksIn('running').length,
      outbox: waiting,
      outboxFailed: failed,
      unreadBytes: o.logs.sources().reduce((sum, source) => sum + (source.behindBytes ?? 0), 0),
    };
  };

  const samples = (): Samples => {
    const row = o.store.read.get<{ value: string }>(sql`SELECT value FROM settings WHERE key = 'sizes'`);
    const parsed = row ? Samples.safeParse(JSON.parse(row.value)) : null;
    return parsed?.success ? parsed.data : [];
  };

  async function sizes(): Promise<Record<StoreName, number>> {
    const found = Object.fromEntries(STORES.map((name) => [name, 0])) as Record<StoreName, number>;
    const entries = await readdir(o.dataDir, { withFileTypes: true });
    await Promise.all(
      entries.map(async (entry) => {
        found[PLACES[entry.name] ?? 'other'] += await sizeOf(o.dataDir, entry);
      }),
    );
    return found;
  }

  async function sample(): Promise<void> {
    const now = o.clock.now();
    const kept = samples().filter(({ at }) => at > now - KEEP_MS && at <= now);
    const last = kept.at(-1);
    if (last && now - last.at < SAMPLE_MS) return;
    const next: Samples = [...kept, { at: now, bytes: await sizes() }];
    await o.store.write([saveSetting('sizes', JSON.stringify(next), now)]);
  }

  async function read(): Promise<Health> {
    const now = o.clock.now();
    const [bytes, disk] = await Promise.all([sizes(), statfs(o.dataDir)]);
    const first = samples().find(({ at }) => at > now - KEEP_MS && at <= now - SAMPLE_MS);
    const growth = (name: StoreName): number | null =>
      first ? ((bytes[name] - (first.bytes[name] ?? 0)) * DAY) / (now - first.at) : null;
    const perDay = first ? STORES.reduce((sum, name) => sum + (growth(name) ?? 0), 0) : null;
    const free = disk.bavail * disk.bsize;
    const left = perDay !== null && perDay > 0 ? (free / perDay) * DAY : Number.POSITIVE_INFINITY;
    const { rss, heapUsed } = process.memoryUsage();
    return {
      at: now,
      startedAt: o.startedAt,
      memory: { process: rss, heap: heapUsed, free: os.freemem(), total: os.totalmem() },
      disk: {
        free,
        total: disk.blocks * disk.bsize,
        perDay,
        fullAt: left < FAR_MS ? Math.round(now + left) : null,
      },
      stores: STORES.map((name) => ({
        name,
        path: Object.keys(PLACES).find((place) => PLACES[place] === name) ?? '',
        bytes: bytes[name],
        perDay: growth(name),
      })),
      queues: Object.entries(queues()).map(([name, length]) => ({
        name: name as Health['queues'][number]['name'],
        length,
      })),
      slow: o.timings.list('sql').slice(0, 20),
      solver: o.timings.list('solver'),
      models: o.timings.list('model'),
    };
  }

  return {
    read,
    async diagnostics(): Promise<{ name: string; mime: string; text: string }> {
      const report = {
        about: {
          version: o.version,
          node: process.versions.node,
          settings: o.settings.get(),
          freshness: o.freshness(),
          failedTasks: tasksIn('failed'),
          platform: `${os.platform()} ${os.release()} ${os.arch()}`,
          processors: os.cpus().length,
          database: statSync(o.store.file).size,
        },
        health: await read(),
        log: readAppLog(o.logDir, { limit: LOG_LINES }),
      };
      const day = dateTimeIn(o.clock.now(), o.zone()).slice(0, 10);
      const text = redact(JSON.stringify(report, null, 2), {
        folder: [...escaped([o.dataDir, os.homedir()])],
        ...merged(named(o.store.read), {
          file: o.logs.sources().flatMap((source) => [source.path ?? [], source.name].flat()),
          host: [o.sync.view().connection?.host ?? ''],
          person: [o.settings.get().userName],
        }),
        machine: [os.hostname()],
        account: [os.userInfo().username],
      });
      return { name: `toride-diagnostics-${day}.json`, mime: 'application/json', text: `${text}\n` };
    },
    start() {
      const due = (): void => void sample().catch((error: unknown) => log.error('sizes', error));
      due();
      return o.clock.every(HOUR, due);
    },
  };
}

/** People and places of the company that the store knows by name. */
const named = (read: Store['read']): Record<string, string[]> => {
  const names = (table: string, column: string): string[] =>
    read
      .all<{ name: string }>(sql`SELECT DISTINCT ${name(column)} AS name FROM ${name(table)}`)
      .map((row) => row.name);
  return {
    person: [...names('operators', 'operator_name'), ...names('audit', 'actor')],
    site: names('locations', 'location_name'),
    business: names('businesses', 'business_name'),
  };
};

const merged = (
  a: Readonly<Record<string, readonly string[]>>,
  b: Readonly<Record<string, readonly string[]>>,
): Record<string, readonly string[]> => {
  const all = { ...a };
  for (const [kind, values] of Object.entries(b)) all[kind] = [...(a[kind] ?? []), ...escaped(values)];
  return all;
};

/** as JSON writes them */
const escaped = (paths: readonly string[]): string[] => paths.map((one) => JSON.stringify(one).slice(1, -1));

/** Bytes of a file, or of all files under a folder; 0 for what is gone meanwhile. */
async function sizeOf(dir: string, entry: Dirent): Promise<number> {
  const full = path.join(dir, entry.name);
  try {
    if (!entry.isDirectory()) return entry.isFile() ? (await stat(full)).size : 0;
    let sum = 0;
    for (const inner of await readdir(full, { withFileTypes: true })) sum += await sizeOf(full, inner);
    return sum;
  } catch {
    return 0;
  }
}
