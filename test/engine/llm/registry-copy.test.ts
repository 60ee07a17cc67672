// A copy that was cut off, in every way it can be, goes on where it stopped or starts over: the result is the source, byte for byte.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError, Cancelled } from '../../../main/kernel/errors.ts';
import { type CopyJob, copyFiles, hashFile, progressFile } from '../../../main/llm/registry/copy-files.ts';
import { readSource, type Source } from '../../../main/llm/registry/read-source.ts';
import { writeModel } from '../../helpers/llm/gguf/make-model.ts';

const MIB = 1024 * 1024;
const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-copy-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const from = path.join(dir, 'model.gguf');
const into = path.join(dir, 'into');
const copy = path.join(into, 'model.gguf');
let source: Source;
let sha256: string;
beforeAll(async () => {
  writeModel(from, 'qwen2-tiny');
  // bytes behind the last tensor are nobody's business, and make the file worth copying in pieces
  appendFileSync(from, Buffer.alloc(30 * MIB, 'はい'));
  source = await readSource({ format: 'gguf', root: dir, file: 'model.gguf' });
  sha256 = createHash('sha256').update(readFileSync(from)).digest('hex');
});
beforeEach(() => rmSync(into, { recursive: true, force: true }));

type Step = { readonly done: number; readonly stage: string };
const run = (change: Partial<CopyJob> = {}): { steps: Step[]; done: Promise<string> } => {
  const steps: Step[] = [];
  const done = copyFiles({
    ...source,
    into,
    signal: new AbortController().signal,
    durableEvery: 4 * MIB,
    progress: (n, _total, stage) => steps.push({ done: n, stage }),
    ...change,
  });
  return { steps, done };
};
/** Copies until so much is done, then stops as a person would. */
const cutAt = async (bytes: number): Promise<void> => {
  const stop = new AbortController();
  const { done } = run({
    signal: stop.signal,
    progress: (n) => n >= bytes && stop.abort(new Cancelled('stopped')),
  });
  await expect(done).rejects.toThrow(Cancelled);
};
const isWhole = (): boolean => readFileSync(copy).equals(readFileSync(from));
const firstCopied = (steps: readonly Step[]): number => steps.find((s) => s.stage === 'copy')?.done ?? -1;

describe('a copy', () => {
  it('computes the checksum on the way', async () => {
    const { steps, done } = run();
    expect(await done).toBe(sha256);
    expect(isWhole()).toBe(true);
    expect(steps.at(-1)).toEqual({ done: source.bytes, stage: 'copy' });
  });
  it('that was stopped goes on behind what is on the disk for sure, and knows the checksum of the whole', async () => {
    await cutAt(18 * MIB);
    const { steps, done } = run();
    expect(await done).toBe(sha256);
    expect(firstCopied(steps)).toBeGreaterThan(16 * MIB);
    expect(steps[0]?.stage).toBe('checksum');
    expect(isWhole()).toBe(true);
  });
  it('does not trust what was written after the last sync: a power cut may have left zeros', async () => {
    await cutAt(18 * MIB);
    const { durable } = JSON.parse(readFileSync(progressFile(into), 'utf8')) as { durable: number };
    const bytes = readFileSync(copy).fill(0, durable);
    writeFileSync(copy, bytes);
    expect(await run().done).toBe(sha256);
    expect(isWhole()).toBe(true);
  });
  it.each([
    ['its note is damaged', () => writeFileSync(progressFile(into), '{"version":1,"dur')],
    ['its note is of another kind', () => writeFileSync(progressFile(into), '[]')],
    ['its note is gone', () => rmSync(progressFile(into))],
    ['what was copied is gone', () => rmSync(copy)],
    ['what was copied is shorter than noted', () => truncateSync(copy, 1000)],
  ])('starts over when %s', async (_what, spoil) => {
    await cutAt(18 * MIB);
    spoil();
    const { steps, done } = run();
    expect(await done).toBe(sha256);
    expect(firstCopied(steps)).toBeLessThan(8 * MIB);
    expect(isWhole()).toBe(true);
  });
  it('starts over when the source changed since', async () => {
    await cutAt(18 * MIB);
    const before = statSync(from);
    utimesSync(from, before.atime, new Date(before.mtimeMs + 60_000));
    source = await readSource({ format: 'gguf', root: dir, file: 'model.gguf' });
    const { steps, done } = run();
    expect(await done).toBe(sha256);
    expect(firstCopied(steps)).toBeLessThan(8 * MIB);
  });
  it('of a source that changes meanwhile is refused', async () => {
    const growing = path.join(dir, 'growing.gguf');
    writeFileSync(growing, readFileSync(from));
    const job = await readSource({ format: 'gguf', root: dir, file: 'growing.gguf' });
    const { done } = run({ ...job, progress: (n) => n > 20 * MIB && appendFileSync(growing, 'more') });
    await expect(done).rejects.toMatchObject({ code: 'models.source-changed' });
  });
  it('of a source that vanishes says so, and what was copied stays for the next try', async () => {
    const stick = path.join(dir, 'stick.gguf');
    writeFileSync(stick, readFileSync(from));
    const job = await readSource({ format: 'gguf', root: dir, file: 'stick.gguf' });
    rmSync(stick);
    const error = await run(job).done.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).code).toBe('models.source-gone');
    writeFileSync(stick, readFileSync(from));
    await expect(
      hashFile({
        ...job,
        ...(await readSource({ format: 'gguf', root: dir, file: 'stick.gguf' })),
        signal: new AbortController().signal,
        progress: () => {},
      }),
    ).resolves.toBe(sha256);
  });
  it('whose process is killed goes on where it stopped', async () => {
    for (const killAt of [5 * MIB, 14 * MIB]) {
      const child = spawn(process.execPath, [path.resolve('test/helpers/llm/copy-child.ts'), from, into], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const gone = new Promise((resolve) => child.once('exit', resolve));
      let said = '';
      child.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const last = Number(said.trimEnd().split('\n').at(-1)?.split(' ')[0]);
        if (last >= killAt) child.kill('SIGKILL');
      });
      await gone;
    }
    const { steps, done } = run();
    expect(await done).toBe(sha256);
    expect(firstCopied(steps)).toBeGreaterThan(12 * MIB);
    expect(isWhole()).toBe(true);
  });
});
