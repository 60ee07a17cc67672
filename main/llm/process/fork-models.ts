import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { entryFile, guardedArgs } from '../../kernel/thread.ts';
import type { SpawnModels } from '../runtime-door.ts';

const KEEP_CHARS = 4000;

/** Keeps the end of a stream: what a process said before it died. */
function keepTail(stream: NodeJS.ReadableStream | null): () => string {
  let tail = '';
  stream?.on('data', (chunk: Buffer | string) => {
    tail = (tail + String(chunk)).slice(-KEEP_CHARS);
  });
  return () => tail;
}

const LAST_WORDS_WITHIN_MS = 500;

/** The models process as a child of this one: plain Node, where there is no shell to ask. */
export const forkModels: SpawnModels = () =>
  forkScript(fileURLToPath(entryFile(import.meta.url, 'models-process', 'models-process')));

/** The same from another place, e.g. the packed app. */
export function forkScript(script: string): ReturnType<SpawnModels> {
  const child = fork(script, [], {
    serialization: 'advanced', // vectors are typed arrays
    execArgv: guardedArgs(), // and so its own children
    env: { ...process.env, GGML_NO_BACKTRACE: '1' }, // else an abort starts a debugger first
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const lastWords = keepTail(child.stderr);
  type End = readonly [code: number | null, signal: NodeJS.Signals | null, lastWords: string];
  const ended = new Promise<End>((resolve) => {
    child.once('error', () => child.pid === undefined && resolve([null, null, lastWords()]));
    child.once('exit', (code, signal) => {
      // what it said last may still be on its way; whoever inherited its pipes keeps them open
      const timer = setTimeout(() => resolve([code, signal, lastWords()]), LAST_WORDS_WITHIN_MS);
      child.once('close', () => {
        clearTimeout(timer);
        resolve([code, signal, lastWords()]);
      });
    });
  });
  return {
    post(message) {
      // a message to a process that is just dying is lost; its exit tells
      if (child.connected) child.send(message as object, () => {});
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void ended.then((end) => listener(...end)),
    get pid() {
      return child.pid ?? null;
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
