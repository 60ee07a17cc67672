import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { isTimeZone } from '../kernel/clock.ts';
import { textOf } from '../kernel/encoding.ts';
import { AppError } from '../kernel/errors.ts';
import { moveSync } from '../kernel/move-file.ts';
import { type Base, saveSetting, sql } from '../store/index.ts';
import { Connection, Mapping } from './contract/company.ts';

/** company.json (how to reach the company's database; never the password) and mapping.json (their names ↔ ours) in the data folder. */
export type CompanyFiles = {
  /** null: not set up. Throws config.invalid with the file and what is wrong in it. */
  connection(): Connection | null;
  /** null: forgotten */
  saveConnection(connection: Connection | null): Promise<void>;
  /** null: not saved yet. Throws mapping.invalid. */
  mapping(): Mapping | null;
  saveMapping(mapping: Mapping): Promise<void>;
};

/**
 * A save is settled by one row of the store, which says what the file is to be: before it the new file lies beside the old one, after it
 * the new one takes its place, at the next start if the process ended between.
 */
export function companyFiles({
  dataDir,
  store,
  clock,
}: Pick<Base, 'dataDir' | 'store' | 'clock'>): CompanyFiles {
  const connectionFile = path.join(dataDir, 'company.json');
  const mappingFile = path.join(dataDir, 'mapping.json');
  const checked = Connection.refine((c) => isTimeZone(c.timeZone), {
    path: ['timeZone'],
    message: 'unknown time zone',
  });
  const keyOf = (file: string): string => `file ${path.basename(file)}`;
  const save = async (file: string, value: unknown): Promise<void> => {
    const text = `${JSON.stringify(value, null, 2)}\n`;
    orLocked(file, () => {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(nextOf(file), text, { mode: 0o600, flush: true });
    });
    await store.write([saveSetting(keyOf(file), digestOf(text), clock.now())]);
    take(file, text);
  };
  const take = (file: string, text: string): void =>
    orLocked(file, () => {
      if (JSON.parse(text) === null) {
        rmSync(file, { force: true });
        rmSync(nextOf(file), { force: true });
      } else moveSync(nextOf(file), file);
    });
  for (const file of [connectionFile, mappingFile]) {
    const next = textIn(nextOf(file));
    const settled = store.read.get<{ value: string }>(
      sql`SELECT value FROM settings WHERE key = ${keyOf(file)}`,
    );
    if (next !== null && settled?.value === digestOf(next)) take(file, next);
  }
  return {
    connection: () =>
      readJson(connectionFile, checked, (detail, cause) => {
        throw new AppError('config.invalid', { file: connectionFile, detail }, { cause });
      }),
    saveConnection: (connection) =>
      save(connectionFile, connection === null ? null : checkedInput(checked, connection)),
    mapping: () =>
      readJson(mappingFile, Mapping, (detail, cause) => {
        throw new AppError('mapping.invalid', { detail: `${mappingFile}: ${detail}` }, { cause });
      }),
    saveMapping: (mapping) => save(mappingFile, mapping),
  };
}

const issues = (error: z.ZodError): string =>
  error.issues.map((i) => `${i.path.join('.') || '(top)'}: ${i.message}`).join('; ');

function checkedInput<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new AppError('input.invalid', { detail: issues(parsed.error) });
}

function readJson<T>(
  file: string,
  schema: z.ZodType<T>,
  refuse: (detail: string, cause: unknown) => never,
): T | null {
  let text: string;
  try {
    text = textOf(readFileSync(file));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    return refuse(cause instanceof Error ? cause.message : String(cause), cause);
  }
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    return refuse(cause instanceof Error ? cause.message : String(cause), cause);
  }
  const parsed = schema.safeParse(raw);
  return parsed.success ? parsed.data : refuse(issues(parsed.error), parsed.error);
}

const nextOf = (file: string): string => `${file}.new`;
const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const textIn = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null; // nothing was being saved
  }
};
/** Does it; what the file system refuses says which folder. */
function orLocked(file: string, work: () => void): void {
  try {
    work();
  } catch (cause) {
    throw new AppError('data.locked', { dir: path.dirname(file) }, { cause });
  }
}
