/** A site's own formats: a file each in the data folder's `formats/`, read by whoever reads lines. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../../kernel/errors.ts';
import { replaceFile } from '../../kernel/move-file.ts';
import { OwnFormat } from '../contract/formats.ts';
import { compileFormat, FORMATS, setOwnFormats } from '../read/formats.ts';
import type { Format } from '../types.ts';

/** Above every format that comes with the product. */
const OWN_RANK = 99;
let folder: string | null = null;
let seen = '';

/** From now on this thread reads the formats of this data folder, and those that are added. */
export function readOwnFormats(dataDir: string): void {
  folder = path.join(dataDir, 'formats');
  seen = '';
  refreshOwnFormats();
}
/** Cheap while nothing was added or taken away. A file that is no format any more is left out. */
export function refreshOwnFormats(): void {
  if (folder === null) return;
  const now = statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
  const mark = `${folder} ${now ?? ''}`;
  if (mark === seen) return;
  seen = mark;
  setOwnFormats(
    ownFormats().flatMap((file) => {
      try {
        return [checkFormat(file)];
      } catch {
        return [];
      }
    }),
  );
}
/** As they are kept. */
export function ownFormats(): OwnFormat[] {
  if (folder === null || !statSync(folder, { throwIfNoEntry: false })) return [];
  const dir = folder;
  return readdirSync(dir)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => {
      try {
        const parsed = OwnFormat.safeParse(JSON.parse(readFileSync(path.join(dir, name), 'utf8')));
        return parsed.success ? [parsed.data] : [];
      } catch {
        return []; // not readable as JSON: a person's own doing, and no reason to stop
      }
    });
}

const bad = (name: string, detail: string): AppError => new AppError('logs.bad-format', { name, detail });
/** The format ready to be used. @throws `logs.bad-format` where it does not read its own samples, or what it says is no pattern */
export function checkFormat(given: unknown): Format {
  const parsed = OwnFormat.safeParse(given);
  if (!parsed.success) {
    const name = String((given as { name?: unknown } | null)?.name ?? '?');
    throw bad(name, parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join(', '));
  }
  const file = parsed.data;
  if (FORMATS.some(({ name }) => name === file.name)) throw bad(file.name, 'name');
  let format: Format;
  try {
    format = compileFormat({ ...file, kind: 'pattern', rank: OWN_RANK });
  } catch (cause) {
    throw bad(file.name, cause instanceof Error ? cause.message : String(cause));
  }
  file.samples.forEach(({ line, fields }, i) => {
    const read = format.parse(line);
    for (const key of ['content', 'time', 'level', 'service', 'host', 'pid'] as const)
      if ((read?.[key] ?? '') !== (fields[key] ?? ''))
        throw bad(
          file.name,
          `samples.${i}: ${key}: ${JSON.stringify(read?.[key] ?? null)} ≠ ${JSON.stringify(fields[key] ?? null)}`,
        );
    if (format.begins && !format.begins(line.split(/\r?\n/, 1)[0] ?? ''))
      throw bad(file.name, `samples.${i}: begins`);
  });
  return format;
}
/** Kept under its name; what was kept under it before is replaced as a whole. */
export function keepFormat(given: unknown): OwnFormat {
  checkFormat(given);
  const file = OwnFormat.parse(given);
  if (folder === null) throw bad(file.name, 'no data folder');
  mkdirSync(folder, { recursive: true });
  replaceFile(path.join(folder, `${file.name}.json`), `${JSON.stringify(file, null, 2)}\n`);
  refreshOwnFormats();
  return file;
}
/** @throws `logs.unknown-format` where no format of the site has this name */
export function dropFormat(name: string): void {
  const known = ownFormats().map((file) => file.name);
  if (folder === null || !known.includes(name))
    throw new AppError('logs.unknown-format', { name, known: known.join(', ') });
  rmSync(path.join(folder, `${name}.json`));
  refreshOwnFormats();
}
