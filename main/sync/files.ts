import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { Connection, Mapping } from '../api/contract/company.ts';
import { isTimeZone } from '../kernel/clock.ts';
import { textOf } from '../kernel/encoding.ts';
import { AppError } from '../kernel/errors.ts';
import { moveSync } from '../kernel/move-file.ts';

/** company.json (how to reach the company's database; never the password) and mapping.json (their names ↔ ours) in the data folder. */
export type CompanyFiles = {
  /** null: not set up. Throws config.invalid with the file and what is wrong in it. */
  connection(): Connection | null;
  saveConnection(connection: Connection): void;
  forgetConnection(): void;
  /** null: not saved yet. Throws mapping.invalid. */
  mapping(): Mapping | null;
  saveMapping(mapping: Mapping): void;
};

export function companyFiles(dataDir: string): CompanyFiles {
  const connectionFile = path.join(dataDir, 'company.json');
  const mappingFile = path.join(dataDir, 'mapping.json');
  const checked = Connection.refine((c) => isTimeZone(c.timeZone), {
    path: ['timeZone'],
    message: 'unknown time zone',
  });
  return {
    connection: () =>
      readJson(connectionFile, checked, (detail, cause) => {
        throw new AppError('config.invalid', { file: connectionFile, detail }, { cause });
      }),
    saveConnection: (connection) => writeJson(connectionFile, checkedInput(checked, connection)),
    forgetConnection: () => rmSync(connectionFile, { force: true }),
    mapping: () =>
      readJson(mappingFile, Mapping, (detail, cause) => {
        throw new AppError('mapping.invalid', { detail: `${mappingFile}: ${detail}` }, { cause });
      }),
    saveMapping: (mapping) => writeJson(mappingFile, mapping),
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

function writeJson(file: string, value: unknown): void {
  const next = `${file}.new`;
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(next, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600, flush: true });
    moveSync(next, file);
  } catch (cause) {
    throw new AppError('data.locked', { dir: path.dirname(file) }, { cause });
  }
}
