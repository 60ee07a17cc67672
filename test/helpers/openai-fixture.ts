// A model server written from the protocol (chat completions with server-sent events, models, embeddings), with every fault such servers have.
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

export type Fault =
  /** goes silent after the first piece */
  | 'stalls'
  /** never answers */
  | 'mute'
  /** ends in the middle of a line */
  | 'half-a-line'
  /** ends between two events, without a reason to finish */
  | 'cut-off'
  /** HTML where events should be */
  | 'garbage'
  /** bytes that are no UTF-8 */
  | 'not-utf8'
  /** an event that is no JSON */
  | 'bad-event'
  /** tells of an error within the stream */
  | 'error-event'
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
  stream: z.boolean().default(false),
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
/** What was asked of a model that writes. */
export type Prompt = { readonly user: string; readonly seed: number; readonly wantsJson: boolean };

/** What it answers; `fault` and `key` may be changed while it runs. */
export class OpenAiFixture {
  fault: Fault | null = null;
  /** the key it wants */
  key: string | null = null;
  /** servers differ: some give no log-probabilities */
  givesLogprobs = true;
  /** and some take no notice of a schema */
  knowsSchemas = true;
  answer: readonly string[] = ['札幌の', 'エントリ1は', '{{f1}}です。'];
  /** writes, piece by piece and at its own pace, instead of `answer` */
  writes: ((prompt: Prompt) => AsyncIterable<string>) | null = null;
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
      const asked = ChatBody.parse(body);
      if (!asked.stream) return this.complete(response, asked);
      return this.writes ? this.streamSlowly(response, asked, this.writes) : this.stream(response, asked);
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

  private contentOf({
    response_format: format,
    messages,
    temperature,
    seed,
  }: z.infer<typeof ChatBody>): string[] {
    if (!format || !this.knowsSchemas) return [...this.answer];
    const said = messages.at(-1)?.content ?? '';
    const pieces: string[] = ['{'];
    Object.entries(format.json_schema.schema.properties).forEach(([name, property], i) => {
      const { enum: options } = Choice.parse(property);
      const meant = options.find((option) => said.includes(option)) ?? options[0] ?? '';
      // drawn at temperature 1, one answer in four is another one
      const drawn = temperature > 0 && seed % 4 === 0 ? (options.find((o) => o !== meant) ?? meant) : meant;
      pieces.push(`${i > 0 ? ', ' : ''}"${name}": "`, ...piecesOf(drawn), '"');
    });
    return [...pieces, '}'];
  }

  private complete(response: ServerResponse, asked: z.infer<typeof ChatBody>): void {
    const pieces = this.contentOf(asked);
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
    json(response, 200, {
      choices: [
        {
          index: 0,
          finish_reason: 'stop',
          message: { role: 'assistant', content: pieces.join('') },
          ...(asked.logprobs && this.givesLogprobs ? { logprobs: { content } } : {}),
        },
      ],
    });
  }

  private async streamSlowly(
    response: ServerResponse,
    { messages, seed, response_format: format }: z.infer<typeof ChatBody>,
    writes: NonNullable<OpenAiFixture['writes']>,
  ): Promise<void> {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const user = messages.at(-1)?.content ?? '';
    for await (const content of writes({ user, seed, wantsJson: format !== undefined })) {
      if (response.destroyed) return; // nobody reads any more
      response.write(eventOf({ content }, null));
    }
    response.end(`${eventOf({}, 'stop')}data: [DONE]\n\n`);
  }

  private stream(response: ServerResponse, asked: z.infer<typeof ChatBody>): void {
    if (this.fault === 'garbage')
      return void response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<html>\n<body>proxy</body>\n');
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const pieces = this.contentOf(asked);
    response.write(eventOf({ role: 'assistant', content: null }, null));
    response.write(': keep-alive\n\n');
    response.write(eventOf({ content: pieces[0] }, null));
    if (this.fault === 'stalls') return;
    if (this.fault === 'half-a-line') return void response.end(eventOf({ content: 'あ' }, null).slice(0, 40));
    if (this.fault === 'not-utf8')
      return void response.end(Buffer.from([0x64, 0x61, 0x74, 0x61, 0x3a, 0xff, 0xfe, 0x0a]));
    if (this.fault === 'bad-event') return void response.end('data: {"choices": [}\n\n');
    if (this.fault === 'error-event')
      return void response.end('data: {"error": {"code": 500, "message": "context is full"}}\n\n');
    if (this.fault === 'cut-off') return void response.end();
    const rest =
      pieces
        .slice(1)
        .map((content) => eventOf({ content }, null))
        .join('') +
      eventOf({}, 'stop') +
      // servers that are asked for usage send a last event without choices
      'data: {"choices": [], "usage": {"completion_tokens": 3}}\n\ndata: [DONE]\n\n';
    // cut anywhere, in the middle of a letter too
    const bytes = Buffer.from(rest);
    const send = (at: number): void => {
      if (at >= bytes.length) return void response.end();
      response.write(bytes.subarray(at, at + 7), () => setImmediate(() => send(at + 7)));
    };
    send(0);
  }
}

const eventOf = (delta: object, finish: string | null): string =>
  `data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] })}\n\n`;
/** Tokens are no words: two letters each. */
const piecesOf = (text: string): string[] => text.match(/.{1,2}/gsu) ?? [];
const json = (response: ServerResponse, status: number, body: unknown): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
