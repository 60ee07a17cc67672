// Runs the real built shell: on the stand-in `electron` module, and, where Electron's binary is, the same steps on Electron itself.
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { WAIT_MS } from '../limits.ts';

const project = path.resolve(import.meta.dirname, '../..');
/** What is tested: the project itself, or the faulty copy that faults.test.ts made of it. */
export const root = process.env['TORIDE_SHELL_ROOT'] ?? project;
/** Electron's executable where it can be run; null: the stand-in is used. */
export const electronBinary = ((): string | null => {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return null;
  const dir = path.join(project, 'node_modules/electron');
  const name = existsSync(path.join(dir, 'path.txt')) ? readFileSync(path.join(dir, 'path.txt'), 'utf8') : '';
  const file = path.join(dir, 'dist', name);
  return name && existsSync(file) ? file : null;
})();
export const ranOn =
  electronBinary ?? 'the stand-in (Electron’s binary is not installed, or there is no display)';

export type Seen = { readonly what: string; readonly [key: string]: unknown };
type Options = { dataDir?: string; args?: string[]; env?: Record<string, string>; seen: Seen[] };
type Reply = { id?: number; value?: unknown; error?: string; record?: Seen };
/** The two ways of running the shell offer the same commands: `standin/electron.ts` and `spy.cjs` say which. */
interface Runner {
  do(command: string, args: unknown): Promise<unknown>;
  kill(signal?: NodeJS.Signals): void;
  readonly exited: Promise<number | null>;
}
const folders: string[] = [];
/** An empty data folder, removed when the tests end. */
export function folder(): string {
  const made = mkdtempSync(path.join(os.tmpdir(), 'toride-shell-'));
  folders.push(made);
  return made;
}
process.once('exit', () => {
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

function runOnStandin({ dataDir, args, env, seen }: Options): Runner {
  const standin = path.join(project, 'test/shell/standin');
  const child: ChildProcess = fork(
    path.join(standin, 'run.mjs'),
    [path.join(root, 'out/main/shell.js'), '--data', dataDir ?? '', ...(args ?? [])],
    {
      cwd: root,
      execArgv: ['--import', path.join(standin, 'register.mjs')],
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    },
  );
  const waiting = new Map<number, (reply: Reply) => void>();
  let nextId = 0;
  child.on('message', (reply: Reply) => {
    if (reply.record) seen.push(reply.record);
    else if (reply.id !== undefined) waiting.get(reply.id)?.(reply);
  });
  return {
    do: (command, given) =>
      new Promise((resolve, reject) => {
        const id = ++nextId;
        waiting.set(id, ({ error, value }) =>
          error === undefined ? resolve(value) : reject(new Error(error)),
        );
        child.send({ id, command, args: given });
      }),
    kill: (signal) => void child.kill(signal),
    // once everything that it recorded has been heard
    exited: new Promise((resolve) => child.once('close', (code) => resolve(code))),
  };
}

function runOnElectron({ dataDir, args, env, seen }: Options): Runner {
  const launched: Promise<ElectronApplication> = _electron.launch({
    executablePath: electronBinary ?? '',
    args: ['-r', path.join(import.meta.dirname, 'spy.cjs'), root, '--data', dataDir ?? '', ...(args ?? [])],
    env: { ...(process.env as Record<string, string>), ...env },
  });
  const exited = launched.then(
    (app) => new Promise<number | null>((resolve) => app.process().once('exit', (code) => resolve(code))),
    () => 0, // it ended before Playwright could attach: a second instance
  );
  const page = async (): Promise<Page> => (await launched).firstWindow();
  const timer = setInterval(() => {
    const more = seen.length;
    void launched
      .then((app) => app.evaluate((_, from) => globalThis.spy?.seen.slice(from) ?? [], more))
      .then((news) => seen.push(...news.slice(seen.length - more)))
      .catch(() => {});
  }, 100);
  void exited.then(() => clearInterval(timer));
  return {
    exited,
    kill: (signal) => void launched.then((app) => app.process().kill(signal)).catch(() => {}),
    async do(command, given) {
      const { f, args: list = [], selector, want } = given as PageArguments;
      if (command === 'page') return (await page())[f as 'evaluate'](...(list as [string]));
      if (command === 'click') return (await page()).locator(selector).first().click({ timeout: WAIT_MS });
      if (command === 'text') {
        const found = (await page()).locator(selector);
        if (want !== undefined) await found.filter({ hasText: want }).waitFor({ timeout: WAIT_MS });
        return found.textContent();
      }
      const app = await launched;
      return app.evaluate((_, [c, a]) => globalThis.spy?.commands[c]?.(a), [command, given] as const);
    },
  };
}
type PageArguments = { f: string; args?: unknown[]; selector: string; want?: string };
declare global {
  var spy: { seen: Seen[]; commands: Record<string, (args: unknown) => unknown> } | undefined;
}

export class Shell {
  readonly seen: Seen[] = [];
  readonly dataDir: string;
  private readonly runner: Runner;
  private ended = false;
  private watches = 0;
  constructor({ dataDir = folder(), ...more }: Omit<Options, 'seen'> = {}) {
    this.dataDir = dataDir;
    const options = { ...more, dataDir, seen: this.seen };
    this.runner = electronBinary ? runOnElectron(options) : runOnStandin(options);
    void this.gone.then(() => {
      this.ended = true;
    });
  }
  /** a command to the stand-in or the spy */
  do<T = unknown>(command: string, args: unknown = {}): Promise<T> {
    return this.runner.do(command, args) as Promise<T>;
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
  /** From now on; the answer resolves when the page has said so, however briefly. */
  async says(words: string): Promise<() => Promise<void>> {
    const name = `said${++this.watches}`;
    await this.evaluate(`void (window.${name} = new Promise((resolve) => {
      new MutationObserver((_, observer) => {
        if (!document.body.textContent.includes(${JSON.stringify(words)})) return;
        observer.disconnect();
        resolve();
      }).observe(document.body, { childList: true, subtree: true, characterData: true });
    }))`);
    return () => this.evaluate<void>(`window.${name}`);
  }
  /** waits for something the shell did; `from`: only what came after so many records */
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
          `never saw ${what} ${JSON.stringify(more, (_, v) => (v instanceof RegExp ? String(v) : v))}; saw ${JSON.stringify(this.seen.slice(from).map((s) => s.what))}`,
        );
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  /** the exit code, once it has ended */
  get gone(): Promise<number | null> {
    return this.runner.exited;
  }
  async close(): Promise<void> {
    if (this.ended) return;
    this.runner.kill();
    const timer = setTimeout(() => this.runner.kill('SIGKILL'), 10_000);
    await this.gone;
    clearTimeout(timer);
  }
}
