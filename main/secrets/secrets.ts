import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '../kernel/errors.ts';
import { moveSync } from '../kernel/move-file.ts';
import type { SecretStore } from '../sync/types.ts';

/** The operating system's key store, as the shell offers it (Electron's safeStorage): seals text so that only this user on this machine opens it. */
export interface KeyStore {
  seal(text: string): Promise<string>;
  open(sealed: string): Promise<string>;
}

const Kept = z.record(z.string(), z.object({ where: z.enum(['key-store', 'file']), value: z.string() }));
type Kept = z.infer<typeof Kept>;

/**
 * Passwords. Sealed by the OS key store where there is one; in a file only this user can read, if the person chose that; else in memory until quit.
 * The environment variable TORIDE_<NAME> (e.g. TORIDE_MYSQL_PASSWORD) wins, for the CLI on servers.
 */
export function createSecrets(o: {
  dataDir: string;
  keyStore: KeyStore | null;
  env: Readonly<Record<string, string | undefined>>;
}): SecretStore {
  const file = path.join(o.dataDir, 'secrets.json');
  const memory = new Map<string, string>();
  const envName = (name: string): string => `TORIDE_${name.toUpperCase().replaceAll('-', '_')}`;
  const read = (): Kept => {
    try {
      return Kept.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      return {}; // absent or damaged: the person is asked again
    }
  };
  const write = (kept: Kept): void => {
    mkdirSync(o.dataDir, { recursive: true });
    const next = `${file}.new`;
    writeFileSync(next, JSON.stringify(kept), { mode: 0o600 });
    chmodSync(next, 0o600);
    moveSync(next, file);
  };
  const forget = (name: string): void => {
    memory.delete(name);
    const kept = read();
    if (!(name in kept)) return;
    delete kept[name];
    write(kept);
  };
  return {
    kind: o.keyStore ? 'key-store' : 'memory',
    keyStore: o.keyStore !== null,
    async get(name) {
      const given = o.env[envName(name)] ?? memory.get(name);
      if (given !== undefined) return given;
      const kept = read()[name];
      if (!kept) return null;
      if (kept.where === 'file') return Buffer.from(kept.value, 'base64').toString('utf8');
      return o.keyStore ? o.keyStore.open(kept.value).catch(() => null) : null;
    },
    async set(name, value, where) {
      if (where === 'key-store' && !o.keyStore) throw new AppError('secrets.unavailable');
      // sealed before the old one goes: a key store that refuses loses nothing
      const kept =
        where === 'key-store'
          ? await o.keyStore?.seal(value)
          : where === 'file'
            ? Buffer.from(value).toString('base64')
            : undefined;
      forget(name);
      if (where === 'memory' || kept === undefined) memory.set(name, value);
      else write({ ...read(), [name]: { where, value: kept } });
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
