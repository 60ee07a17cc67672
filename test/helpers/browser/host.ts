import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../../..');

/** The built browser host as a person would start it. */
export class BrowserHost {
  readonly child: ChildProcess;
  readonly url: string;
  private constructor(child: ChildProcess, url: string) {
    this.child = child;
    this.url = url;
  }
  static async start(
    dataDir: string,
    args: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<BrowserHost> {
    const child = spawn(
      process.execPath,
      [path.join(root, 'out/main/browser-host.js'), '--data', dataDir, '--no-open', ...args],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, ...env },
      },
    );
    const url = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.once('exit', (code) => reject(new Error(`the browser host ended with ${code}\n${said}`)));
      child.stdout.on('data', (chunk) => {
        said += String(chunk);
        const found = /Toride: (\S+)/.exec(said)?.[1];
        if (found) resolve(found);
      });
    });
    return new BrowserHost(child, url);
  }
  get origin(): string {
    return new URL(this.url).origin;
  }
  /** ends it as a person would, or at once */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const gone = new Promise<number | null>((resolve) => this.child.once('exit', (code) => resolve(code)));
    this.child.kill(signal);
    return gone;
  }
}
