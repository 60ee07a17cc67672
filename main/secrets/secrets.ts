import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { replaceFile } from '../kernel/move-file.ts';
import type { SecretStore } from '../sync/types.ts';

/** The operating system's key store, as the shell offers it (Electron's safeStorage): seals text so that only this user on this machine opens it. */
export interface KeyStore {
  /** it seals with a key that everybody knows */
  readonly weak: boolean;
  seal(text: string): Promise<string>;
  open(sealed: string): Promise<string>;
}

const Kept = z.record(z.string(), z.object({ where: z.enum(['key-store', 'file']), value: z.string() }));
type Kept = z.infer<typeof Kept>;

/** @throws where it is no text in base64 */
function fromBase64(value: string): string {
  const bytes = Buffer.from(value, 'base64');
  if (bytes.toString('base64') !== value) throw new Error('not base64');
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

/**
 * Passwords. Sealed by the OS key store where there is one (a weak one only where an administrator allows it); in a file only this user can read, if the person chose that; else in memory until quit.
 * The environment variable TORIDE_<NAME> (e.g. TORIDE_MYSQL_PASSWORD) wins, for the CLI on servers.
 */
export function createSecrets(o: {
  dataDir: string;
  keyStore: KeyStore | null;
  allowWeak?: boolean;
  env: Readonly<Record<string, string | undefined>>;
  log?: Log;
}): SecretStore {
  const file = path.join(o.dataDir, 'secrets.json');
  const refused = o.keyStore?.weak === true && o.allowWeak !== true;
  const usable = o.keyStore !== null && !refused;
  if (o.keyStore?.weak) o.log?.warn('the key store of the OS is weak', { used: usable });
  const memory = new Map<string, string>();
  const envName = (name: string): string => `TORIDE_${name.toUpperCase().replaceAll('-', '_')}`;
  const read = (): Kept => {
    if (!existsSync(file)) return {};
    try {
      return Kept.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch (cause) {
      throw damaged(cause);
    }
  };
  const damaged = (cause: unknown): AppError => new AppError('secrets.damaged', { file }, { cause });
  /** What can still be read of them: a damaged file is written anew. */
  const readable = (): Kept => {
    try {
      return read();
    } catch {
      return {};
    }
  };
  const write = (kept: Kept): void => {
    mkdirSync(o.dataDir, { recursive: true });
    replaceFile(file, JSON.stringify(kept));
  };
  const forget = (name: string): void => {
    memory.delete(name);
    const kept = readable();
    if (!(name in kept)) return;
    delete kept[name];
    write(kept);
  };
  return {
    kind: usable ? 'key-store' : 'memory',
    keyStore: usable,
    weakKeyStore: o.keyStore?.weak ?? false,
    async get(name) {
      const given = o.env[envName(name)] ?? memory.get(name);
      if (given !== undefined) return given;
      const kept = read()[name];
      if (!kept) return null;
      if (kept.where === 'key-store' && !o.keyStore) return null;
      try {
        return kept.where === 'file'
          ? fromBase64(kept.value)
          : ((await o.keyStore?.open(kept.value)) ?? null);
      } catch (cause) {
        throw damaged(cause);
      }
    },
    async set(name, value, where) {
      if (where === 'key-store' && !usable)
        throw new AppError(refused ? 'secrets.weak' : 'secrets.unavailable');
      // sealed before the old one goes: a key store that refuses loses nothing
      const kept =
        where === 'key-store'
          ? await o.keyStore?.seal(value)
          : where === 'file'
            ? Buffer.from(value).toString('base64')
            : undefined;
      forget(name);
      if (where === 'memory' || kept === undefined) memory.set(name, value);
      else write({ ...readable(), [name]: { where, value: kept } });
    },
    async delete(name) {
      forget(name);
    },
    async where(name) {
      if (o.env[envName(name)] !== undefined || memory.has(name)) return 'memory';
      return read()[name]?.where ?? 'none';
    },
  };
}

/** One secret, kept by the OS where it has a key store, else until quit. */
export const secretNamed = (secrets: SecretStore, name: string) => ({
  get: () => secrets.get(name),
  set: (value: string | null): Promise<void> =>
    value === null
      ? secrets.delete(name)
      : secrets.set(name, value, secrets.keyStore ? 'key-store' : 'memory'),
});
