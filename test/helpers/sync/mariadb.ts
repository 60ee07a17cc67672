// A private MariaDB: its own folder, socket and loopback port. Works as root and as an ordinary user.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createConnection } from 'mysql2/promise';

export type MariaDbPlace = {
  readonly port: number;
  readonly socket: string;
  /** PEM of the CA that signed the server's certificate (names: localhost, 127.0.0.1) */
  readonly ca: string;
};
export type Account = { readonly user: string; readonly password: string };

/** What tests do with a running server, theirs or a shared one. */
export class MariaDbClient {
  readonly place: MariaDbPlace;
  private names = 0;
  constructor(place: MariaDbPlace) {
    this.place = place;
  }
  /** Runs statements as root over the socket; the rows of the last one. */
  async sql<Row = Record<string, unknown>>(
    text: string | readonly string[],
    database?: string,
  ): Promise<Row[]> {
    const connection = await createConnection({
      socketPath: this.place.socket,
      user: 'root',
      charset: 'utf8mb4',
      dateStrings: true,
      jsonStrings: true,
      ...(database === undefined ? {} : { database }),
    });
    try {
      let rows: unknown = [];
      for (const statement of typeof text === 'string' ? [text] : text)
        [rows] = await connection.query(statement);
      return rows as Row[];
    } finally {
      await connection.end();
    }
  }
  /** As root; its connection stays open, and what it locks stays locked, until the returned function is called. */
  async hold(statement: string, database: string): Promise<() => Promise<void>> {
    const connection = await createConnection({ socketPath: this.place.socket, user: 'root', database });
    await connection.query(statement);
    return () => connection.end();
  }
  private unique(prefix: string): string {
    return `${prefix}_${process.pid}_${Date.now().toString(36)}_${this.names++}`;
  }
  /** A new empty database; its name. */
  async database(prefix = 'company'): Promise<string> {
    const name = this.unique(prefix);
    await this.sql(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4`);
    return name;
  }
  /** A new account with these grants, each e.g. "SELECT ON `db`.*". */
  async account(grants: readonly string[], o: { tls?: boolean } = {}): Promise<Account> {
    const user = this.unique('u');
    const password = `p ä/${user}`;
    await this.sql([
      `CREATE USER '${user}'@'%' IDENTIFIED BY '${password}'${o.tls ? ' REQUIRE SSL' : ''}`,
      ...grants.map((grant) => `GRANT ${grant} TO '${user}'@'%'`),
    ]);
    return { user, password };
  }
  reader(database: string): Promise<Account> {
    return this.account([`SELECT ON \`${database}\`.*`]);
  }
  /** reads everything, inserts into the approval table */
  writer(database: string, table = 'approval_history'): Promise<Account> {
    return this.account([`SELECT ON \`${database}\`.*`, `INSERT ON \`${database}\`.\`${table}\``]);
  }
  owner(database: string): Promise<Account> {
    return this.account([`ALL PRIVILEGES ON \`${database}\`.*`, 'CREATE ON *.*']);
  }
  url(database: string, account: Account, query = ''): string {
    return `mysql://${account.user}:${encodeURIComponent(account.password)}@127.0.0.1:${this.place.port}/${database}${query}`;
  }
}

const INSTALL =
  'Install MariaDB: apt-get install mariadb-server (Debian, Ubuntu), dnf install mariadb-server (Fedora), brew install mariadb (macOS).';
const find = (names: readonly string[]): string => {
  const folders = [
    ...(process.env['PATH'] ?? '').split(path.delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
    '/usr/libexec',
  ];
  for (const name of names)
    for (const folder of folders) if (existsSync(path.join(folder, name))) return path.join(folder, name);
  throw new Error(`${names[0]} is not on this machine. ${INSTALL}`);
};

export class MariaDb extends MariaDbClient {
  private readonly dir: string;
  private child: ChildProcess | null = null;
  private constructor(place: MariaDbPlace, dir: string) {
    super(place);
    this.dir = dir;
  }
  /** Makes a data folder and a certificate, starts the server and waits until it answers. */
  static async start(): Promise<MariaDb> {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-mariadb-'));
    certificate(dir);
    execFileSync(
      find(['mariadb-install-db', 'mysql_install_db']),
      [
        '--no-defaults',
        `--datadir=${path.join(dir, 'data')}`,
        '--auth-root-authentication-method=normal',
        '--skip-test-db',
        ...asRoot(),
      ],
      { stdio: 'pipe' },
    );
    const place = {
      port: await freePort(),
      socket: path.join(dir, 's'),
      ca: readFileSync(path.join(dir, 'ca.pem'), 'utf8'),
    };
    const server = new MariaDb(place, dir);
    process.once('exit', () => server.kill());
    await server.resume();
    await server.sql("DELETE FROM mysql.global_priv WHERE User = ''").catch(() => []);
    return server;
  }
  /** Starts the stopped server again, on the same port and data. */
  async resume(): Promise<void> {
    const child = spawn(
      find(['mariadbd', 'mysqld']),
      [
        '--no-defaults',
        `--datadir=${path.join(this.dir, 'data')}`,
        `--socket=${this.place.socket}`,
        `--port=${this.place.port}`,
        `--pid-file=${path.join(this.dir, 'pid')}`,
        `--log-error=${path.join(this.dir, 'error.log')}`,
        '--bind-address=127.0.0.1',
        '--skip-name-resolve',
        '--skip-log-bin',
        '--character-set-server=utf8mb4',
        '--sql-mode=',
        '--innodb-buffer-pool-size=128M',
        '--innodb-flush-log-at-trx-commit=2',
        `--ssl-ca=${path.join(this.dir, 'ca.pem')}`,
        `--ssl-cert=${path.join(this.dir, 'server.pem')}`,
        `--ssl-key=${path.join(this.dir, 'server.key')}`,
        ...asRoot(),
      ],
      { stdio: 'ignore' },
    );
    this.child = child;
    for (let i = 0; i < 300; i++) {
      if (child.exitCode !== null)
        throw new Error(
          `MariaDB did not start: ${readFileSync(path.join(this.dir, 'error.log'), 'utf8').slice(-2000)}`,
        );
      const isUp = await this.sql('SELECT 1').then(
        () => true,
        () => false,
      );
      if (isUp) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('MariaDB did not answer within 30 s');
  }
  /** Stops in good order. */
  async stop(): Promise<void> {
    await this.end('SIGTERM');
  }
  /** Ends it at once, as a power cut would. */
  kill(): void {
    this.child?.kill('SIGKILL');
    this.child = null;
  }
  /** Stops and removes everything. */
  async close(): Promise<void> {
    await this.end('SIGKILL');
    rmSync(this.dir, { recursive: true, force: true });
  }
  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.child;
    this.child = null;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }
}

const asRoot = (): string[] => (process.getuid?.() === 0 ? ['--user=root'] : []);

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** A CA and a server certificate signed by it, valid for localhost and 127.0.0.1. */
function certificate(dir: string): void {
  const openssl = (...args: string[]): void => {
    execFileSync(find(['openssl']), args, { cwd: dir, stdio: 'pipe' });
  };
  writeFileSync(path.join(dir, 'names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\n');
  const key = ['-newkey', 'rsa:2048', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '2',
    '-subj',
    '/CN=Test CA',
  );
  openssl('req', ...key, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=test server');
  openssl(
    'x509',
    '-req',
    '-in',
    'server.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-out',
    'server.pem',
    '-days',
    '2',
    '-extfile',
    'names',
  );
}
