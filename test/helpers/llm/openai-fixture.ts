// A model server written from the protocol (chat completions, models, embeddings), with every fault such servers have.
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

export type Fault =
  /** never answers */
  | 'mute'
  /** goes silent in the middle of the answer */
  | 'stalls'
  /** ends in the middle of the answer */
  | 'cut-off'
  /** HTML where JSON should be */
  | 'garbage'
  /** bytes that are no UTF-8 */
  | 'not-utf8'
  /** an error where the answer should be */
  | 'error'
  | 'overloaded'
  | 'redirects'
  /** vectors for all but one text */
  | 'one-short'
  /** vectors that are all zero */
  | 'zeros';
export type Asked = { readonly path: string; readonly key: string | null; readonly body: unknown };

const Message = z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() });
const ChatBody = z.object({
  model: z.string(),
  messages: z.array(Message).min(1),
  max_tokens: z.number().int().positive(),
  temperature: z.number().min(0).max(2),
  seed: z.number().int(),
  logprobs: z.boolean().default(false),
  top_logprobs: z.number().int().min(0).max(20).default(0),
  response_format: z
    .object({
      type: z.literal('json_schema'),
      json_schema: z.object({
        name: z.string(),
        strict: z.boolean(),
        schema: z.object({ properties: z.record(z.string(), z.record(z.string(), z.unknown())) }),
      }),
    })
    .optional(),
});
const EmbeddingsBody = z.object({
  model: z.string(),
  input: z.array(z.string()).min(1),
  encoding_format: z.literal('float'),
});

/** A property that is one of a few words. */
const Choice = z.object({ enum: z.array(z.string()).min(1) });
/** What is to be chosen. */
export type Asking = { readonly user: string; readonly name: string; readonly options: readonly string[] };

/** What it answers; `fault` and `key` may be changed while it runs. */
export class OpenAiFixture {
  fault: Fault | null = null;
  /** the key it wants */
  key: string | null = null;
  /** servers differ: some give no log-probabilities */
  givesLogprobs = true;
  /** and some take no notice of a schema */
  knowsSchemas = true;
  /** chooses, at its own pace; null: the option that the prompt holds */
  picks: ((asking: Asking) => string | Promise<string>) | null = null;
  dimensions = 8;
  readonly asked: Asked[] = [];
  private readonly server: http.Server;
  private constructor() {
    this.server = http.createServer((request, response) => {
      this.take(request, response).catch((error: unknown) => response.destroy(new Error(String(error))));
    });
  }
  static async start(): Promise<OpenAiFixture> {
    const made = new OpenAiFixture();
    await new Promise<void>((resolve) => made.server.listen(0, '127.0.0.1', resolve));
    return made;
  }
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }
  get url(): string {
    return `http://127.0.0.1:${this.port}/v1`;
  }
  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString('utf8');
    const body: unknown = text === '' ? null : JSON.parse(text);
    const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? null;
    this.asked.push({ path: request.url ?? '', key, body });
    if (this.fault === 'mute') return;
    if (this.fault === 'redirects')
      return void response.writeHead(302, { location: 'http://203.0.113.7/v1/models' }).end();
    if (this.fault === 'overloaded') return json(response, 503, { error: { message: 'Loading model' } });
    if (this.key !== null && key !== this.key)
      return json(response, 401, { error: { message: 'Invalid API Key' } });
    if (request.method === 'GET' && request.url === '/v1/models')
      return json(response, 200, {
        object: 'list',
        data: ['qwen2-0.5b', 'gemma3-4b', 'multilingual-e5-small'].map((id) => ({ id, object: 'model' })),
      });
    if (request.method === 'POST' && request.url === '/v1/embeddings')
      return this.embed(response, EmbeddingsBody.parse(body));
    if (request.method === 'POST' && request.url === '/v1/chat/completions') {
      return this.complete(response, ChatBody.parse(body));
    }
    json(response, 404, { error: { message: `no such route: ${request.url}` } });
  }

  /** Texts that share letters get vectors that are near. */
  private embed(response: ServerResponse, { input }: z.infer<typeof EmbeddingsBody>): void {
    const data = input.map((text, index) => {
      const embedding = Array.from({ length: this.dimensions }, () => 0);
      for (const letter of text) {
        const slot = (letter.codePointAt(0) ?? 0) % this.dimensions;
        embedding[slot] = (embedding[slot] ?? 0) + 3;
      }
      return {
        object: 'embedding',
        index,
        embedding: this.fault === 'zeros' ? embedding.map(() => 0) : embedding,
      };
    });
    // the order of the list is no promise; the index is
    json(response, 200, { data: data.slice(this.fault === 'one-short' ? 1 : 0).reverse() });
  }

  private async contentOf({
    response_format: format,
    messages,
    temperature,
    seed,
  }: z.infer<typeof ChatBody>): Promise<string[]> {
    if (!format || !this.knowsSchemas) return ['札幌の', 'エントリ1は', '遅れています。'];
    const user = messages.at(-1)?.content ?? '';
    const pieces: string[] = ['{'];
    for (const [name, property] of Object.entries(format.json_schema.schema.properties)) {
      const { enum: options } = Choice.parse(property);
      const meant = this.picks
        ? await this.picks({ user, name, options })
        : (options.find((option) => user.includes(option)) ?? options[0] ?? '');
      // drawn at temperature 1, one answer in four is another one
      const drawn = temperature > 0 && seed % 4 === 0 ? (options.find((o) => o !== meant) ?? meant) : meant;
      pieces.push(`${pieces.length > 1 ? ', ' : ''}"${name}": "`, ...piecesOf(drawn), '"');
    }
    return [...pieces, '}'];
  }

  private async complete(response: ServerResponse, asked: z.infer<typeof ChatBody>): Promise<void> {
    if (this.fault === 'garbage')
      return void response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<html>\n<body>proxy</body>\n');
    if (this.fault === 'error')
      return json(response, 200, { error: { code: 500, message: 'context is full' } });
    const pieces = await this.contentOf(asked);
    if (response.destroyed) return; // nobody waits any more
    const options = Object.values(asked.response_format?.json_schema.schema.properties ?? {}).flatMap(
      (p) => Choice.parse(p).enum,
    );
    const content = pieces.map((token) => {
      const isValue = options.some((option) => piecesOf(option)[0] === token);
      const rivals = isValue
        ? [...new Set(options.map((o) => piecesOf(o)[0] ?? ''))].filter((t) => t !== token)
        : [];
      const other = (t: string, p: number) => ({
        token: t,
        logprob: Math.log(p),
        bytes: [...Buffer.from(t)],
      });
      const share = isValue && rivals.length > 0 ? 0.8 : 1;
      return {
        ...other(token, share),
        top_logprobs: [other(token, share), ...rivals.map((t) => other(t, 0.2 / rivals.length))],
      };
    });
    const answer = JSON.stringify({
      choices: [
        {
          index: 0,
          finish_reason: 'stop',
          message: { role: 'assistant', content: pieces.join('') },
          ...(asked.logprobs && this.givesLogprobs ? { logprobs: { content } } : {}),
        },
      ],
    });
    response.writeHead(200, { 'content-type': 'application/json' });
    const half = Buffer.from(answer).subarray(0, answer.length / 2);
    if (this.fault === 'stalls') return void response.write(half);
    if (this.fault === 'cut-off') return void response.end(half);
    if (this.fault === 'not-utf8') return void response.end(Buffer.concat([half, Buffer.from([0xff, 0xfe])]));
    response.end(answer);
  }
}

/** Tokens are no words: two letters each. */
const piecesOf = (text: string): string[] => text.match(/.{1,2}/gsu) ?? [];
const json = (response: ServerResponse, status: number, body: unknown): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
