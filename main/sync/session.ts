import { createConnection, type Connection as Driver } from 'mysql2';
import { AppError, Cancelled } from '../kernel/errors.ts';
import { allowOutbound } from '../kernel/outbound.ts';
import { companyError } from './company-error.ts';
import { SYNC } from './config.ts';
import type { Connection } from './contract/company.ts';

export type Cell = string | number | Buffer | null;
export type Bound = string | number | bigint | Buffer | null;
/** One connection to the company's database. Every failure arrives as AppError or Cancelled; `close` never fails. */
export interface Session {
  /** e.g. `10.11.19-MariaDB` */
  readonly server: string;
  /** e.g. `TLSv1.3`; null: not encrypted */
  readonly tls: string | null;
  use(database: string): Promise<void>;
  /** rows as objects; `table` names it in errors */
  rows<Row>(text: string, values?: readonly Bound[], table?: string): Promise<Row[]>;
  run(text: string, values?: readonly unknown[], table?: string): Promise<void>;
  /** rows as arrays, at most `size` at a time: the server is paused while a page is worked on */
  pages(text: string, values: readonly Bound[], size: number, table: string): AsyncGenerator<Cell[][]>;
  close(): Promise<void>;
}

/**
 * Connects and logs in, without a database. A `read` session cannot write (SET SESSION TRANSACTION READ ONLY); its sql_mode is
 * empty so that quoting is the server's default; TIMESTAMP arrives in UTC, DATETIME as it is stored. Aborting `signal` drops the connection.
 */
export async function openSession(
  connection: Connection,
  password: string | undefined,
  o: { kind: 'read' | 'write'; signal?: AbortSignal | undefined; stallMs?: number },
): Promise<Session> {
  const place = {
    host: connection.host,
    port: connection.port,
    user: connection.user,
    database: connection.database,
  };
  allowOutbound('company', connection.host, connection.port);
  const driver = createConnection({
    host: connection.host,
    port: connection.port,
    user: connection.user,
    password: password ?? '',
    charset: 'utf8mb4_general_ci',
    connectTimeout: SYNC.connectTimeoutMs,
    dateStrings: true,
    supportBigNumbers: true,
    jsonStrings: true,
    trace: false,
    ...(connection.tls === 'off' ? {} : { ssl: tlsOptions(connection) }),
  });
  const gone = Promise.withResolvers<never>();
  gone.promise.catch(() => {});
  let ended = false;
  const drop = (reason: unknown): void => {
    if (!ended) driver.destroy();
    ended = true;
    gone.reject(reason);
  };
  driver.on('error', (cause) => drop(companyError(cause, place)));
  driver.on('end', () => drop(new AppError('sync.lost', { detail: 'the server closed the connection' })));
  const abort = (): void => drop(new Cancelled('cancelled'));
  if (o.signal?.aborted) abort();
  else o.signal?.addEventListener('abort', abort, { once: true });

  const ask = <T>(
    text: string,
    values: readonly unknown[],
    table: string | undefined,
    stallMs = o.stallMs ?? SYNC.stallMs,
  ): Promise<T> => {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const stall = setTimeout(
      () => drop(new AppError('sync.timeout', { host: place.host, port: place.port })),
      stallMs,
    );
    driver.query({ sql: text, values: [...values] }, (error, rows) => {
      if (error) reject(companyError(error, table === undefined ? place : { ...place, table }));
      else resolve(rows as T);
    });
    return Promise.race([promise, gone.promise]).finally(() => clearTimeout(stall));
  };

  const close = async (): Promise<void> => {
    o.signal?.removeEventListener('abort', abort);
    if (ended) return;
    ended = true;
    const bye = Promise.withResolvers<void>();
    const timer = setTimeout(bye.resolve, 1_000);
    driver.end(() => bye.resolve());
    await bye.promise;
    clearTimeout(timer);
    driver.destroy();
  };

  try {
    const connected = Promise.withResolvers<void>();
    driver.connect((error) => (error ? connected.reject(companyError(error, place)) : connected.resolve()));
    await Promise.race([connected.promise, gone.promise]);
    await ask(
      "SET SESSION time_zone = '+00:00', sql_mode = ?, net_write_timeout = 600",
      [o.kind === 'read' ? '' : 'STRICT_ALL_TABLES'],
      undefined,
    );
    if (o.kind === 'read') await ask('SET SESSION TRANSACTION READ ONLY', [], undefined);
    const [about] = await ask<{ version: string }[]>('SELECT VERSION() AS version', [], undefined);
    const [cipher] = await ask<{ Value: string }[]>("SHOW SESSION STATUS LIKE 'Ssl_version'", [], undefined);
    return {
      server: about?.version ?? '',
      tls: cipher?.Value || null,
      use: (database) => ask('USE ??', [database], undefined),
      rows: (text, values = [], table) => ask(text, values, table),
      run: (text, values = [], table) => ask(text, values, table),
      pages: (text, values, size, table) =>
        readPages(driver, {
          text,
          values,
          size,
          gone: gone.promise,
          stallMs: o.stallMs ?? SYNC.stallMs,
          drop,
          fail: (cause) => companyError(cause, { ...place, table }),
        }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const tlsOptions = (
  connection: Connection,
): { rejectUnauthorized: boolean; verifyIdentity?: boolean; ca?: string } => ({
  rejectUnauthorized: connection.tls === 'verify',
  ...(connection.tls === 'verify' ? { verifyIdentity: true } : {}),
  ...(connection.ca ? { ca: connection.ca } : {}),
});

async function* readPages(
  driver: Driver,
  o: {
    text: string;
    values: readonly Bound[];
    size: number;
    gone: Promise<never>;
    stallMs: number;
    drop: (reason: unknown) => void;
    fail: (cause: unknown) => AppError | Cancelled;
  },
): AsyncGenerator<Cell[][]> {
  let page: Cell[][] = [];
  let finished = false;
  let failure: unknown;
  let seen = 0;
  let paused = false;
  let wake = Promise.withResolvers<void>();
  const query = driver.query({ sql: o.text, values: [...o.values], rowsAsArray: true });
  query.on('result', (row) => {
    page.push(row as unknown as Cell[]);
    seen++;
    if (page.length < o.size) return;
    driver.pause();
    paused = true;
    wake.resolve();
  });
  query.on('error', (cause) => {
    failure = o.fail(cause);
    wake.resolve();
  });
  query.on('end', () => {
    finished = true;
    wake.resolve();
  });
  let before = -1;
  const watch = setInterval(() => {
    if (!paused && seen === before) o.drop(o.fail({ code: 'ETIMEDOUT' }));
    before = paused ? -1 : seen;
  }, o.stallMs);
  try {
    for (;;) {
      if (!paused && !finished && failure === undefined) await Promise.race([wake.promise, o.gone]);
      if (failure !== undefined) throw failure;
      const full = page;
      page = [];
      if (full.length > 0) yield full;
      if (finished && page.length === 0) return;
      if (!paused) continue;
      wake = Promise.withResolvers<void>();
      paused = false;
      driver.resume();
    }
  } finally {
    clearInterval(watch);
    // left early: the rest of the result is not wanted, so neither is this connection
    if (!finished && failure === undefined) o.drop(new Cancelled('stopped reading'));
  }
}
