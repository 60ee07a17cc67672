// `toride logs original`: the bytes of a source as they came, in a file, with their hash.
import { Buffer } from 'node:buffer';
import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { formatNumber } from '../api/contract/format.ts';
import { AppError } from '../kernel/errors.ts';
import type { OriginalTold } from '../logs/contract/original.ts';
import { wordOriginal } from '../logs/contract/words.ts';
import { sourceNamed } from './log-dead-letters.ts';
import type { Command, Run } from './run.ts';

/** @throws `not-found`, `logs.unwritable` where the file is there already or cannot be written */
async function writeOriginal(run: Run, id: string, file: string): Promise<OriginalTold> {
  const unwritable = (cause: unknown): AppError =>
    new AppError('logs.unwritable', { file, detail: (cause as NodeJS.ErrnoException).code ?? '' }, { cause });
  const out = await open(file, 'wx').catch((cause: unknown) => {
    throw unwritable(cause);
  });
  try {
    let told: OriginalTold | null = null;
    for await (const part of await run.client.logs.original({ id })) {
      await out.writeFile(Buffer.from(part.data, 'base64')).catch((cause: unknown) => {
        throw unwritable(cause);
      });
      told ??= part.told;
    }
    if (!told) throw new Error('an export without an end');
    await out.sync();
    return told;
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  } finally {
    await out.close();
  }
}

export function addOriginalCommand(logs: Command): void {
  logs
    .command('original <source> <file>')
    .description('write the bytes of a source (its name or its id) as they were read, and tell their SHA-256')
    .withEngine(async (run, name: string, file: string) => {
      const source = sourceNamed(run, name);
      const told = await writeOriginal(run, source.id, path.resolve(file));
      const { lang } = run.global;
      run.show(`${formatNumber(told.bytes, lang)} B  SHA-256 ${told.sha256}`);
      run.show(wordOriginal(told, lang));
      if (told.isSame === false || told.missing > 0) process.exitCode = 65;
      return told;
    });
}
