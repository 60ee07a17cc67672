import type { Worker } from 'node:worker_threads';
import { AppError, Cancelled, toAppError } from '../../kernel/errors.ts';
import type { Log } from '../../kernel/log.ts';
import { Turns, throwIfAborted } from '../../kernel/task.ts';
import { entryFile, startWorker, Thread } from '../../kernel/thread.ts';
import type { FileText, Progress } from './file-text.ts';
import type { FileCalls, FileRequest } from './file-worker.ts';

/** What reading a file may take before it is given up. */
export type FileLimits = {
  /** a page, sheet or slide */
  readonly stepMs: number;
  /** of JavaScript's own heap, and of bytes outside it */
  readonly heapMb: number;
  readonly outsideMb: number;
};
const LIMITS: FileLimits = { stepMs: 60_000, heapMb: 768, outsideMb: 1_024 };
/** how often memory is looked at, and after how long with nothing to read the thread is ended */
const LOOK_MS = 250;
const IDLE_MS = 30_000;

export type FileWork = { readonly signal: AbortSignal; readonly progress: Progress };

export interface FileReader {
  /**
   * The words of a PDF, Word, Excel or PowerPoint file; one file at a time. Rejects as `readFile`, with `knowledge.file-heavy` past
   * a limit, and with Cancelled at once when the signal is aborted.
   */
  read(file: FileRequest, work: FileWork): Promise<FileText>;
  close(): Promise<void>;
}

/** The thread is started at the first file and ended when a file must be given up, or when there has been none for a while. */
export function createFileReader(o: {
  readonly log: Log;
  readonly limits?: Partial<FileLimits>;
}): FileReader {
  const limits = { ...LIMITS, ...o.limits };
  const closing = new AbortController();
  const turns = new Turns();
  let running: { readonly worker: Worker; readonly thread: Thread<FileCalls> } | null = null;
  let idle: NodeJS.Timeout | undefined;

  const started = (): NonNullable<typeof running> => {
    if (running && !running.thread.isOver) return running;
    const worker = startWorker(entryFile(import.meta.url, 'file-worker', 'file-worker'), {
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMb },
      // what the PDF library says of its own is about drawing, which is not done
      stdout: true,
      stderr: true,
    });
    running = { worker, thread: new Thread(worker) };
    return running;
  };
  const end = async (reason?: unknown): Promise<void> => {
    clearTimeout(idle);
    const gone = running;
    running = null;
    await gone?.thread.stop(reason);
  };

  const readNow = async (file: FileRequest, { signal, progress }: FileWork): Promise<FileText> => {
    throwIfAborted(signal);
    clearTimeout(idle);
    const { worker, thread } = started();
    const tooHeavy = (cause?: unknown): AppError =>
      new AppError('knowledge.file-heavy', { name: file.name }, { cause });
    const giveUp = (): void => void end(tooHeavy());
    let step = setTimeout(giveUp, limits.stepMs);
    const look = setInterval(() => {
      worker.getHeapStatistics().then(
        ({ external_memory: outside }) => {
          if (outside > limits.outsideMb * 1e6) giveUp();
        },
        // it has ended: its exit tells
        () => {},
      );
    }, LOOK_MS);
    const onAbort = (): void => void end(new Cancelled('stopped'));
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await thread.call('read', file, {
        news({ done, total }) {
          clearTimeout(step);
          step = setTimeout(giveUp, limits.stepMs);
          progress(done, total);
        },
        transfer: [file.bytes.buffer],
      });
    } catch (thrown) {
      // out of memory, or a fault in a library, ends the thread
      if (thread.isOver && toAppError(thrown).code === 'internal' && !(thrown instanceof Cancelled))
        throw tooHeavy(thrown);
      if (thrown instanceof AppError && !thread.isOver)
        o.log.info('a file could not be read', { name: file.name, code: thrown.code, detail: thrown.cause });
      throw thrown;
    } finally {
      clearTimeout(step);
      clearInterval(look);
      signal.removeEventListener('abort', onAbort);
      idle = setTimeout(() => void end(), IDLE_MS).unref();
    }
  };

  return {
    read: (file, { signal, progress }) =>
      turns.take(() => readNow(file, { signal: AbortSignal.any([signal, closing.signal]), progress })),
    async close() {
      closing.abort(new Cancelled('closing'));
      await turns.idle();
      await end();
    },
  };
}
