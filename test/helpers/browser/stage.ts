// A browser host on a data folder of its own, and Chromium: what one file of specifications shares.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { demoFolder } from '../demo-folder.ts';
import { clockFrom } from '../moved-clock.ts';
import type { Account, MariaDbPlace } from '../sync/mariadb.ts';
import { launchChromium } from './chromium.ts';
import { Desk, type DeskOptions } from './desk.ts';
import { BrowserHost } from './host.ts';

/** Port 9 (discard) of this machine: refused at once. */
const SILENT_COMPANY = {
  host: '127.0.0.1',
  port: 9,
  user: 'reader',
  database: 'aimee_db',
  tls: 'off',
  ca: null,
  timeZone: 'Asia/Tokyo',
  writeBack: false,
};

export class Stage {
  readonly dir: string;
  readonly browser: Browser;
  private running: BrowserHost;
  private readonly desks: Desk[] = [];
  private readonly env: Readonly<Record<string, string>>;
  private readonly args: readonly string[];
  private constructor(
    dir: string,
    browser: Browser,
    host: BrowserHost,
    env: Readonly<Record<string, string>>,
    args: readonly string[],
  ) {
    this.args = args;
    this.dir = dir;
    this.env = env;
    this.browser = browser;
    this.running = host;
  }
  /**
   * Somebody has said their name, unless `settings` says otherwise; `policy`: an administrator's.
   * `settings`: an administrator's defaults for this machine (config.json); `now`: what the host's clock says, epoch ms. There is the
   * demo, opened a while ago; `demo` first: by this start; false: a company that does not answer is configured, so that there is neither
   * demo nor data; `company`: one that does.
   */
  static async open(
    o: {
      settings?: Readonly<Record<string, unknown>>;
      policy?: Readonly<Record<string, unknown>>;
      now?: number;
      demo?: false | 'first';
      company?: { readonly place: MariaDbPlace; readonly database: string; readonly account: Account };
    } = {},
  ): Promise<Stage> {
    const env = {
      ...(o.now === undefined ? {} : clockFrom(o.now)),
      ...(o.company ? { TORIDE_MYSQL_PASSWORD: o.company.account.password } : {}),
    };
    const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-browser-'));
    if (o.demo === undefined && !o.company) await demoFolder(dir, { name: 'demo' });
    const settings = { userName: '佐藤 花子', ...o.settings };
    writeFileSync(path.join(dir, 'config.json'), JSON.stringify({ settings }));
    const policy = o.policy ? ['--policy', path.join(dir, 'policy.json')] : [];
    if (policy[1]) writeFileSync(policy[1], JSON.stringify(o.policy));
    if (o.demo === false) writeFileSync(path.join(dir, 'company.json'), JSON.stringify(SILENT_COMPANY));
    if (o.company) {
      const { place, database, account } = o.company;
      const own = { ...SILENT_COMPANY, port: place.port, user: account.user, database };
      writeFileSync(path.join(dir, 'company.json'), JSON.stringify(own));
    }
    const [browser, host] = await Promise.all([
      launchChromium(),
      BrowserHost.start(dir, ['--port', '0', ...policy], env),
    ]);
    return new Stage(dir, browser, host, env, policy);
  }
  get host(): BrowserHost {
    return this.running;
  }
  /** Ends the host at once, as a crash would, and starts it again on the same data and port: with a new key. */
  async restart(): Promise<void> {
    const { port } = new URL(this.running.origin);
    await this.running.stop('SIGKILL');
    this.running = await BrowserHost.start(this.dir, ['--port', port, ...this.args], this.env);
  }
  async desk(o: DeskOptions & { readonly url?: string } = {}): Promise<Desk> {
    const desk = await Desk.open(this.browser, o.url ?? this.running.url, o);
    this.desks.push(desk);
    return desk;
  }
  async close(): Promise<void> {
    for (const desk of this.desks) await desk.close().catch(() => {});
    await this.browser.close();
    await this.running.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}
