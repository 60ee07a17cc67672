// node-llama-cpp tries a binary in a child process before it loads it. Inside Electron's utility process there is no such child: it would
// start the whole app again. There the shell runs the trial for us.
import childProcess from 'node:child_process';
import { EventEmitter } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import { z } from 'zod';
import { type ParentPort, parentPort } from './engine-port.ts';

const TRIAL = /[\\/]testBindingBinary\.js$/;
/** shell → models process */
const FromShell = z.discriminatedUnion('type', [
  z.object({ type: z.literal('trial-says'), id: z.number(), message: z.unknown() }),
  z.object({ type: z.literal('trial-ended'), id: z.number(), code: z.number() }),
]);

class Trial extends EventEmitter {
  exitCode: number | null = null;
  readonly killed = false;
  readonly stdout = null;
  readonly stderr = null;
  private readonly shell: ParentPort;
  private readonly id: number;
  constructor(shell: ParentPort, id: number) {
    super();
    this.shell = shell;
    this.id = id;
  }
  send(message: unknown): void {
    this.shell.postMessage({ type: 'trial-tell', id: this.id, message });
  }
  kill(): void {
    this.shell.postMessage({ type: 'trial-end', id: this.id });
  }
}

let relayed = false;
/** Call before node-llama-cpp is loaded. Does nothing outside a utility process. */
export function relayFork(): void {
  const shell = parentPort();
  if (!shell || relayed) return;
  relayed = true;
  const trials = new Map<number, Trial>();
  let nextId = 1;
  shell.on('message', ({ data }) => {
    const { data: message } = FromShell.safeParse(data);
    const trial = message && trials.get(message.id);
    if (!trial) return;
    if (message.type === 'trial-says') trial.emit('message', message.message);
    else {
      trials.delete(message.id);
      trial.exitCode = message.code;
      trial.emit('exit', message.code);
    }
  });
  const fork = (script: string | URL): Trial => {
    if (!TRIAL.test(String(script))) throw new Error(`no child processes here: ${script}`);
    const id = nextId++;
    const trial = new Trial(shell, id);
    trials.set(id, trial);
    shell.postMessage({ type: 'trial', id }); // which script that is, the shell knows itself
    return trial;
  };
  Object.assign(childProcess, { fork });
  syncBuiltinESMExports();
}
