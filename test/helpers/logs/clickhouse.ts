// Private ClickHouse servers on loopback, shards of one cluster named `toride` where there are several.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { WAIT_MS } from '../../limits.ts';

const SERVER = ['/usr/sbin/clickhouse-server', '/usr/bin/clickhouse-server'].find(existsSync);
export const PASSWORD = 'p <ä> /1';

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
const sha256 = async (text: string): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).toString('hex');

export class ClickHouseProcess {
  readonly url: string;
  readonly dir: string;
  private child: ChildProcess | null = null;
  constructor(dir: string, port: number) {
    this.dir = dir;
    this.url = `http://127.0.0.1:${port}`;
  }
  /** Starts it and waits until it answers. */
  async start(): Promise<void> {
    if (!SERVER)
      throw new Error('clickhouse-server is not on this machine: apt-get install clickhouse-server');
    const child = spawn(SERVER, [`--config-file=${path.join(this.dir, 'config.xml')}`], {
      cwd: this.dir,
      stdio: 'ignore',
      env: { ...process.env, TZ: 'UTC' },
    });
    this.child = child;
    for (const until = Date.now() + WAIT_MS; ; ) {
      if (await this.ask('SELECT 1').then(Boolean, () => false)) return;
      if (Date.now() > until || child.exitCode !== null)
        throw new Error(
          `ClickHouse does not start:\n${readFileSync(path.join(this.dir, 'err'), 'utf8').slice(-2000)}`,
        );
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  /** A statement's answer as text. */
  async ask(statement: string): Promise<string> {
    const answer = await fetch(this.url, {
      method: 'POST',
      body: statement,
      headers: { authorization: `Basic ${Buffer.from(`toride:${PASSWORD}`).toString('base64')}` },
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    return text.trim();
  }
  async stop(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGKILL');
    await gone;
  }
}

/** So many servers that know of each other; they end with the test. */
export async function startClickHouse(count = 1): Promise<ClickHouseProcess[]> {
  const { servers, close } = await launchClickHouse(count);
  onTestFinished(close);
  return servers;
}
/** The same, to be ended by the caller. */
export async function launchClickHouse(
  count: number,
): Promise<{ servers: ClickHouseProcess[]; close: () => Promise<void> }> {
  const root = mkdtempSync(path.join(os.tmpdir(), 'toride-clickhouse-'));
  const hash = await sha256(PASSWORD);
  const ports: { http: number; tcp: number; between: number }[] = [];
  for (let i = 0; i < count; i++)
    ports.push({ http: await freePort(), tcp: await freePort(), between: await freePort() });
  const shards = ports.map(
    ({ tcp }) =>
      `<shard><replica><host>127.0.0.1</host><port>${tcp}</port><user>between</user></replica></shard>`,
  );
  const servers = ports.map(({ http, tcp, between }, i) => {
    const dir = path.join(root, String(i));
    for (const name of ['data', 'tmp']) mkdirSync(path.join(dir, name), { recursive: true });
    writeFileSync(
      path.join(dir, 'config.xml'),
      `<yandex><logger><level>warning</level><log>${dir}/log</log><errorlog>${dir}/err</errorlog></logger>
<http_port>${http}</http_port><tcp_port>${tcp}</tcp_port><interserver_http_port>${between}</interserver_http_port>
<listen_host>127.0.0.1</listen_host><path>${dir}/data/</path><tmp_path>${dir}/tmp/</tmp_path><mark_cache_size>67108864</mark_cache_size>
<users_config>users.xml</users_config><default_profile>default</default_profile><default_database>default</default_database>
<remote_servers><toride>${shards.join('')}</toride></remote_servers></yandex>`,
    );
    const user = (name: string, password: string): string =>
      `<${name}>${password}<networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></${name}>`;
    writeFileSync(
      path.join(dir, 'users.xml'),
      `<yandex><profiles><default><max_memory_usage>1000000000</max_memory_usage></default></profiles><users>
${user('toride', `<password_sha256_hex>${hash}</password_sha256_hex>`)}${user('between', '<password></password>')}
</users><quotas><default/></quotas></yandex>`,
    );
    return new ClickHouseProcess(dir, http);
  });
  const close = async (): Promise<void> => {
    for (const server of servers) await server.stop();
    rmSync(root, { recursive: true, force: true });
  };
  for (const server of servers) await server.start();
  return { servers, close };
}
