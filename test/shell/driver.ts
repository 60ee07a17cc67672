// Runs the real built shell: on the stand-in `electron` module here, and, where its binary is, the same steps on Electron itself.
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
export type Seen = { readonly what: string; readonly [key: string]: unknown };
type Reply = { id?: number; value?: unknown; error?: string; record?: Seen };
const WAIT_MS = 30_000;

export class Shell {
  readonly child: ChildProcess;
  readonly seen: Seen[] = [];
  readonly dataDir: string;
  private readonly waiting = new Map<number, (reply: Reply) => void>();
  private nextId = 0;
  constructor({
    dataDir = mkdtempSync(path.join(os.tmpdir(), 'toride-shell-')),
    args = [],
    env = {},
  }: { dataDir?: string; args?: string[]; env?: Record<string, string> } = {}) {
    this.dataDir = dataDir;
    this.child = fork(path.join(root, 'out/main/shell.js'), ['--data', dataDir, ...args], {
      cwd: root,
      execArgv: ['--import', path.join(root, 'test/shell/standin/register.mjs')],
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child.on('message', (reply: Reply) => {
      if (reply.record) this.seen.push(reply.record);
      else if (reply.id !== undefined) this.waiting.get(reply.id)?.(reply);
    });
  }
  /** a command to the stand-in */
  do<T = unknown>(command: string, args: unknown = {}): Promise<T> {
    const id = ++this.nextId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, (reply) =>
        reply.error === undefined ? resolve(reply.value as T) : reject(new Error(reply.error)),
      );
      this.child.send({ id, command, args });
    });
  }
  page<T = unknown>(f: string, ...args: unknown[]): Promise<T> {
    return this.do<T>('page', { f, args });
  }
  evaluate<T = unknown>(expression: string): Promise<T> {
    return this.page<T>('evaluate', expression);
  }
  text(selector: string, want?: string): Promise<string> {
    return this.do<string>('text', { selector, want });
  }
  click(selector: string): Promise<void> {
    return this.do('click', { selector });
  }
  /** waits for something the shell did */
  async saw(what: string, more: Record<string, unknown> = {}, from = 0): Promise<Seen> {
    const matches = (seen: Seen): boolean =>
      seen.what === what &&
      Object.entries(more).every(([k, v]) => (v instanceof RegExp ? v.test(String(seen[k])) : seen[k] === v));
    const until = Date.now() + WAIT_MS;
    for (;;) {
      const found = this.seen.slice(from).find(matches);
      if (found) return found;
      if (Date.now() > until)
        throw new Error(
          `never saw ${what} ${JSON.stringify(more)}; saw ${JSON.stringify(this.seen.map((s) => s.what))}`,
        );
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  get gone(): Promise<number | null> {
    return this.child.exitCode === null
      ? new Promise((resolve) => this.child.once('exit', (code) => resolve(code)))
      : Promise.resolve(this.child.exitCode);
  }
  async close(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill();
    const timer = setTimeout(() => this.child.kill('SIGKILL'), 10_000);
    await this.gone;
    clearTimeout(timer);
  }
}
