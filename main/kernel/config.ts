import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { textOf } from './encoding.ts';
import { AppError } from './errors.ts';

/** `config.json` in the data folder: an administrator's choices for this machine. Every field is optional. */
const Config = z.strictObject({
  /** defaults for the settings screen; checked by settings' own schema */
  settings: z.record(z.string(), z.unknown()).default({}),
  log: z
    .strictObject({
      maxBytes: z.number().int().min(10_000).default(5_000_000),
      keep: z.number().int().min(1).max(50).default(5),
    })
    .prefault({}),
  /** lets the model server be outside private networks */
  models: z.strictObject({ allowPublicServer: z.boolean().default(false) }).prefault({}),
  /** lets passwords be kept by a key store whose key is no secret (Linux without a keyring) */
  secrets: z.strictObject({ allowWeakKeyStore: z.boolean().default(false) }).prefault({}),
  /** the company's ClickHouse, to which logs may be shipped; its password: TORIDE_CLICKHOUSE_PASSWORD */
  clickHouse: z
    .strictObject({
      url: z.url({ protocol: /^https?$/ }),
      user: z.string().min(1).default('default'),
      database: z
        .string()
        .regex(/^\w{1,60}$/)
        .default('toride'),
      cluster: z
        .string()
        .regex(/^\w{1,60}$/)
        .optional(),
      shards: z.array(z.url({ protocol: /^https?$/ })).default([]),
    })
    .optional(),
  browser: z.strictObject({ port: z.number().int().min(0).max(65_535).default(0) }).prefault({}),
});
export type Config = z.infer<typeof Config>;

/** Reads and checks it; a wrong file is named with what is wrong, and nothing starts on half of it. */
export function readConfig(dataDir: string): Config {
  const file = path.join(dataDir, 'config.json');
  if (!existsSync(file)) return Config.parse({});
  let raw: unknown;
  try {
    raw = JSON.parse(textOf(readFileSync(file)));
  } catch (cause) {
    throw new AppError(
      'config.invalid',
      { file, detail: cause instanceof Error ? cause.message : String(cause) },
      { cause },
    );
  }
  const parsed = Config.safeParse(raw);
  if (parsed.success) return parsed.data;
  const detail = parsed.error.issues.map((i) => `${i.path.join('.') || '(top)'}: ${i.message}`).join('; ');
  throw new AppError('config.invalid', { file, detail });
}

/** Where data lives unless `--data` says otherwise. */
export function defaultDataDir(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string {
  if (env['TORIDE_DATA']) return env['TORIDE_DATA'];
  // not the roaming folder: companies copy that one at every login, or keep it on a share, where SQLite's log does not work
  if (platform === 'win32')
    return path.join(env['LOCALAPPDATA'] ?? path.join(os.homedir(), 'AppData', 'Local'), 'Toride');
  if (platform === 'darwin') return path.join(os.homedir(), 'Library', 'Application Support', 'Toride');
  return path.join(env['XDG_DATA_HOME'] ?? path.join(os.homedir(), '.local', 'share'), 'toride');
}
