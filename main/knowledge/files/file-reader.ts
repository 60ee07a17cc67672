import { Worker } from 'node:worker_threads';
import { AppError, Cancelled } from '../../kernel/errors.ts';
import type { Log } from '../../kernel/log.ts';
import { throwIfAborted } from '../../kernel/task.ts';
import type { FileText, Progress } from './file-text.ts';
import type { FileReply, FileRequest } from './file-worker.ts';

const workerFile = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './file-worker.ts' : './file-worker.js', import.meta.url);

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
  read(file: Omit<FileRequest, 'id'>, work: FileWork): Promise<FileText>;
  close(): Promise<void>;
}

/** The thread is started at the first file and ended when a file must be given up, or when there has been none for a while. */
export function createFileReader(o: {
  readonly log: Log;
  readonly limits?: Partial<FileLimits>;
}): FileReader {
  const limits = { ...LIMITS, ...o.limits };
  const closing = new AbortController();
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let next = 1;

  const started = (): Worker => {
    clearTimeout(idle);
    worker ??= new Worker(workerFile(), {
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMb },
      // what the PDF library says of its own is about drawing, which is not done
      stdout: true,
      stderr: true,
    });
    return worker;
  };
  const end = async (): Promise<void> => {
    clearTimeout(idle);
    const gone = worker;
    worker = null;
    await gone?.terminate();
  };

  const readNow = async (
    file: Omit<FileRequest, 'id'>,
    { signal, progress }: FileWork,
  ): Promise<FileText> => {
    throwIfAborted(signal);
    const thread = started();
    thread.ref();
    const id = next++;
    const { promise, resolve, reject } = Promise.withResolvers<FileText>();
    const giveUp = (reason: Error): void => {
      reject(reason);
    };
    const heavy = (cause?: unknown): void =>
      giveUp(new AppError('knowledge.file-heavy', { name: file.name }, { cause }));
    let step = setTimeout(heavy, limits.stepMs);
    const look = setInterval(() => {
      thread.getHeapStatistics().then(
        ({ external_memory: outside }) => {
          if (outside > limits.outsideMb * 1e6) heavy();
        },
        // it has ended: its exit tells
        () => {},
      );
    }, LOOK_MS);
    const onAbort = (): void => giveUp(new Cancelled('stopped'));
    signal.addEventListener('abort', onAbort, { once: true });
    const onMessage = (reply: FileReply): void => {
      if (reply.id !== id) return;
      if (reply.type === 'progress') {
        clearTimeout(step);
        step = setTimeout(heavy, limits.stepMs);
        progress(reply.done, reply.total);
      } else if (reply.type === 'done') resolve(reply.read);
      else {
        o.log.info('a file could not be read', { name: file.name, code: reply.code, detail: reply.detail });
        reject(new AppError(reply.code, reply.params));
      }
    };
    thread.on('message', onMessage);
    // out of memory, or a fault in a library: what is left of the thread is not to be trusted
    thread.once('error', heavy);
    thread.once('exit', heavy);
    thread.postMessage({ ...file, id } satisfies FileRequest, [file.bytes.buffer]);
    let isDone = false;
    try {
      const read = await promise;
      isDone = true;
      return read;
    } catch (thrown) {
      isDone = thrown instanceof AppError && thrown.code !== 'knowledge.file-heavy';
      throw thrown;
    } finally {
      clearTimeout(step);
      clearInterval(look);
      signal.removeEventListener('abort', onAbort);
      thread.off('message', onMessage);
      thread.off('error', heavy);
      thread.off('exit', heavy);
      if (!isDone) await end();
      else {
        thread.unref();
        idle = setTimeout(() => void end(), IDLE_MS).unref();
      }
    }
  };

  return {
    read(file, { signal, progress }) {
      const either = AbortSignal.any([signal, closing.signal]);
      const result = turn.then(() => readNow(file, { signal: either, progress }));
      turn = result.catch(() => {});
      return result;
    },
    async close() {
      closing.abort(new Cancelled('closing'));
      await turn;
      await end();
    },
  };
}
