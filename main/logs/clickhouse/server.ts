import { AppError, Cancelled } from '../../kernel/errors.ts';
import { allowOutbound } from '../../kernel/outbound.ts';

/** A company's ClickHouse, as an administrator names it in `config.json`. */
export type ClickHouse = {
  /** of its HTTP interface, e.g. `http://10.0.0.5:8123` */
  readonly url: string;
  readonly user: string;
  /** of this data folder alone */
  readonly database: string;
  /** its name in the servers' `remote_servers`, and their HTTP interfaces besides `url`; one server: absent, none */
  readonly cluster?: string | undefined;
  readonly shards: readonly string[];
};

const ANSWER_MS = 60_000;

/** A text as ClickHouse's SQL has it. */
export const quoted = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`;

/** One HTTP interface of ClickHouse. Rejects with `logs.clickhouse-away`, `logs.clickhouse-refused` or Cancelled. */
export class ClickHouseServer {
  private readonly url: URL;
  private readonly user: string;
  private readonly password: () => Promise<string | null>;

  constructor(o: {
    readonly url: string;
    readonly user: string;
    readonly password: () => Promise<string | null>;
  }) {
    this.url = new URL(o.url);
    this.user = o.user;
    this.password = o.password;
  }
  /** Host and port, as the page of what leaves this machine says them. */
  get address(): string {
    return this.url.host;
  }
  /** Rows of a SELECT. */
  async rows<Row>(sql: string, signal?: AbortSignal): Promise<Row[]> {
    const text = await this.send(`${sql} FORMAT JSONEachRow`, {}, signal);
    return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Row]));
  }
  /** A statement that gives nothing back. */
  async run(sql: string): Promise<void> {
    await this.send(sql, {});
  }
  /** Rows as gzipped lines of JSON, each an object by column; in the table when it resolves. */
  async insert(table: string, body: Uint8Array, settings: Readonly<Record<string, string>>): Promise<void> {
    await this.send(body, { query: `INSERT INTO ${table} FORMAT JSONEachRow`, ...settings });
  }

  private async send(
    body: string | Uint8Array,
    settings: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<string> {
    const { url } = this;
    allowOutbound('logs', url.hostname, url.port || (url.protocol === 'https:' ? 443 : 80));
    const to = new URL(url);
    // whole numbers as they are: none of ours is beyond 2^53
    const all = { output_format_json_quote_64bit_integers: '0', ...settings };
    for (const [name, value] of Object.entries(all)) to.searchParams.set(name, value);
    const limit = AbortSignal.timeout(ANSWER_MS);
    const password = await this.password();
    let answer: Response;
    let text: string;
    try {
      answer = await fetch(to, {
        method: 'POST',
        body: typeof body === 'string' ? body : new Blob([Buffer.from(body)]),
        redirect: 'error',
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
        headers: {
          authorization: `Basic ${Buffer.from(`${this.user}:${password ?? ''}`).toString('base64')}`,
          ...(typeof body === 'string' ? {} : { 'Content-Encoding': 'gzip' }),
        },
      });
      text = await answer.text();
    } catch (cause) {
      if (signal?.aborted) throw new Cancelled('search cancelled');
      const detail = causeOf(cause);
      throw new AppError('logs.clickhouse-away', { address: this.address, detail }, { cause });
    }
    if (answer.ok) return text;
    const detail = text.replace(/\s+/g, ' ').trim().slice(0, 300);
    throw new AppError('logs.clickhouse-refused', { address: this.address, detail });
  }
}
/** What the network says lies under what fetch says. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return causeOf(error.cause);
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' ? code : error.message;
}
