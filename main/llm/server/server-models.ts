// Models of an OpenAI-compatible server (llama.cpp server, vLLM, Ollama) on the company's own network. Off unless somebody switches it on.
import { z } from 'zod';
import type { ModelRole, ModelServer } from '../../api/contract/models.ts';
import { AppError, Cancelled, toAppError } from '../../kernel/errors.ts';
import { Emitter } from '../../kernel/events.ts';
import type { Log } from '../../kernel/log.ts';
import { Timings } from '../../kernel/timings.ts';
import type { ChoiceModel, ChooseRequest, Chosen, EmbedAs, VectorModel } from '../types.ts';
import { badAnswer, parseAnswer } from './parse-answer.ts';
import { countVotes, type ScoredToken, scoreSlots } from './score-slots.ts';
import { LIMITS, type Limits, readText, sendRequest, type Target } from './send-request.ts';

export type ServerModelsOptions = {
  /** read anew at each use */
  readonly server: () => ModelServer;
  readonly key: () => Promise<string | null>;
  readonly log: Log;
  readonly timings?: Timings | undefined;
  /** config.json allows a server outside private networks */
  readonly allowPublic?: () => boolean;
  readonly limits?: Limits;
};
/** null where the server is off, plays no such role, or (vectors) has not yet said how long its vectors are. */
export interface ServerModels {
  choice(role: 'intent' | 'wording'): ChoiceModel | null;
  vectors(): VectorModel | null;
  /** what it offers, and how long it took to say so, ms; rejects with `models.server-*` */
  test(): Promise<{ models: string[]; ms: number }>;
  /** the settings changed */
  refresh(): void;
  /** the vector model can be used now */
  readonly changed: Emitter<void>;
  close(): Promise<void>;
}

const ModelList = z.object({ data: z.array(z.object({ id: z.string().max(500) })).max(10_000) });
const Logprob = z.object({
  token: z.string(),
  logprob: z.number(),
  bytes: z.array(z.number().int().min(0).max(255)).nullish(),
});
const Answer = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullable() }),
        finish_reason: z.string().nullish(),
        logprobs: z
          .object({
            content: z.array(Logprob.extend({ top_logprobs: z.array(Logprob).nullish() })).nullish(),
          })
          .nullish(),
      }),
    )
    .min(1),
});
const Vectors = z.object({
  data: z.array(z.object({ index: z.number().int(), embedding: z.array(z.number()).min(1).max(16_384) })),
});

/** texts a request; a server's own limits are higher */
const BATCH = 32;
const VOTES = 4;
const TOP = 20;
const ASK_AGAIN_MS = 60_000;

/** Creating it sends nothing. */
export function createServerModels(o: ServerModelsOptions): ServerModels {
  const log = o.log.area('models');
  const timings = o.timings ?? new Timings();
  const changed = new Emitter<void>();
  const closing = new AbortController();
  /** length of the vectors by what was asked, once known */
  let known: { readonly of: string; readonly dimensions: number } | null = null;
  let asking: Promise<void> | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;
  /** this server offers no log-probabilities: learned from its answers */
  let isSilentOn: string | null = null;

  const modelOf = (role: ModelRole): string | null => {
    const server = o.server();
    return server.enabled && server.url.trim() !== '' ? server[role].trim() || null : null;
  };
  const target = async (): Promise<Target> => ({
    url: o.server().url,
    key: await o.key(),
    allowPublic: o.allowPublic?.() ?? false,
    limits: o.limits ?? LIMITS,
  });
  const together = (signal: AbortSignal | undefined): AbortSignal =>
    signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
  const hostOf = (to: Target): string => new URL(to.url).host;

  async function ask<T>(
    path: string,
    body: unknown,
    schema: z.ZodType<T>,
    signal: AbortSignal | undefined,
    to?: Target,
  ): Promise<T> {
    to ??= await target();
    const stop = together(signal);
    const at = to;
    return timings.timed('model', path, async () => {
      const answer = await sendRequest(at, path, body, stop);
      return parseAnswer(schema, await readText(answer, at, hostOf(at), stop));
    });
  }

  async function choose(model: string, request: ChooseRequest, signal: AbortSignal): Promise<Chosen> {
    // a server keeps its own prefixes; other people's turn is not spent on a prompt that may never be asked
    if (request.slots.length === 0) return [];
    const body = choiceBody(model, request);
    const where = `${o.server().url} ${model}`;
    const wantsScores = isSilentOn !== where;
    const first = await ask(
      '/chat/completions',
      wantsScores ? { ...body, logprobs: true, top_logprobs: TOP } : body,
      Answer,
      signal,
    );
    const scores = first.choices[0]?.logprobs?.content;
    if (scores?.length) {
      const scored = scoreSlots(scores.map(toScored), request.slots);
      if (scored) return scored;
    } else isSilentOn = where;
    const answers = [readChoice(first, request)];
    for (let vote = 1; vote <= VOTES; vote++)
      answers.push(
        readChoice(
          await ask('/chat/completions', { ...body, temperature: 1, seed: 1 + vote }, Answer, signal),
          request,
        ),
      );
    return countVotes(answers, request.slots);
  }

  async function embed(
    model: string,
    texts: readonly string[],
    as: EmbedAs,
    signal: AbortSignal | undefined,
  ): Promise<Float32Array[]> {
    const prefix = prefixOf(model, as);
    const vectors: Float32Array[] = [];
    for (let at = 0; at < texts.length; at += BATCH) {
      const input = texts.slice(at, at + BATCH).map((text) => prefix + text);
      const { data } = await ask('/embeddings', { model, input, encoding_format: 'float' }, Vectors, signal);
      const sorted = [...data].sort((a, b) => a.index - b.index);
      if (sorted.length !== input.length || sorted.some(({ index }, i) => index !== i))
        throw badAnswer(`${data.length} vectors for ${input.length} texts`);
      for (const { embedding } of sorted) vectors.push(normalised(embedding));
    }
    const [length] = vectors.map((v) => v.length);
    if (vectors.some((v) => v.length !== length)) throw badAnswer('vectors of several lengths');
    return vectors;
  }

  /** Asks once how long the vectors are; again after a minute where it could not be asked. */
  function learnDimensions(model: string, of: string): void {
    if (asking || closing.signal.aborted || Date.now() - askedAt < ASK_AGAIN_MS) return;
    askedAt = Date.now();
    asking = embed(model, ['Toride'], 'query', undefined)
      .then(([vector]) => {
        if (!vector) return;
        known = { of, dimensions: vector.length };
        changed.emit();
      })
      .catch((error: unknown) => {
        if (!(error instanceof Cancelled))
          log.warn('the model server gives no vectors', { ...toAppError(error).params });
      })
      .finally(() => {
        asking = null;
      });
  }

  return {
    changed,
    choice(role) {
      const model = modelOf(role);
      return model === null
        ? null
        : { modelId: `server:${model}`, choose: (request, signal) => choose(model, request, signal) };
    },
    vectors() {
      const model = modelOf('embedding');
      if (model === null) return null;
      const of = `${o.server().url} ${model}`;
      if (known?.of !== of) {
        learnDimensions(model, of);
        return null;
      }
      const { dimensions } = known;
      return {
        modelId: `server:${model}`,
        id: `server:${of} ${dimensions} ${prefixOf(model, 'query') ? 'e5' : 'plain'}`,
        dimensions,
        async embed(texts, as, signal) {
          const vectors = await embed(model, texts, as, signal);
          if (vectors.some((v) => v.length !== dimensions)) {
            known = null;
            askedAt = Number.NEGATIVE_INFINITY;
            changed.emit();
            throw badAnswer(`vectors of ${vectors[0]?.length ?? 0} numbers, ${dimensions} before`);
          }
          return vectors;
        },
      };
    },
    async test() {
      if (o.server().url.trim() === '') throw new AppError('models.server-url');
      const began = performance.now();
      const to = await target();
      const brief = { ...to, limits: { ...to.limits, answerMs: to.limits.listMs } };
      const { data } = await ask('/models', undefined, ModelList, undefined, brief);
      return { models: data.map((m) => m.id), ms: Math.round(performance.now() - began) };
    },
    refresh() {
      askedAt = Number.NEGATIVE_INFINITY;
      isSilentOn = null;
      const model = modelOf('embedding');
      if (model !== null && known?.of !== `${o.server().url} ${model}`)
        learnDimensions(model, `${o.server().url} ${model}`);
    },
    async close() {
      closing.abort(new Cancelled('closing'));
      await asking;
    },
  };
}

const choiceBody = (model: string, request: ChooseRequest) => ({
  model,
  messages: [
    { role: 'system', content: request.system },
    { role: 'user', content: request.user },
  ],
  max_tokens: answerTokens(request),
  temperature: 0,
  seed: 1,
  response_format: {
    type: 'json_schema',
    json_schema: { name: 'choice', strict: true, schema: schemaOf(request) },
  },
});

const schemaOf = ({ slots }: ChooseRequest): Record<string, unknown> => ({
  type: 'object',
  properties: Object.fromEntries(slots.map(({ name, options }) => [name, { type: 'string', enum: options }])),
  required: slots.map(({ name }) => name),
  additionalProperties: false,
});
/** Enough for the longest answer: no tokenizer makes more tokens than there are bytes. */
const answerTokens = ({ slots }: ChooseRequest): number =>
  16 +
  slots.reduce(
    (sum, { name, options }) =>
      sum + Buffer.byteLength(name) + 12 + Math.max(0, ...options.map((option) => Buffer.byteLength(option))),
    0,
  );

const bytesOf = ({ token, bytes }: z.infer<typeof Logprob>): Uint8Array =>
  bytes ? Uint8Array.from(bytes) : Buffer.from(token);
const toScored = (
  token: z.infer<typeof Logprob> & { top_logprobs?: z.infer<typeof Logprob>[] | null | undefined },
): ScoredToken => ({
  bytes: bytesOf(token),
  logprob: Math.min(0, token.logprob),
  others: (token.top_logprobs ?? []).map((other) => ({
    bytes: bytesOf(other),
    logprob: Math.min(0, other.logprob),
  })),
});

function readChoice(answer: z.infer<typeof Answer>, { slots }: ChooseRequest): Record<string, string> {
  const Choice = z.object(Object.fromEntries(slots.map(({ name, options }) => [name, z.enum(options)])));
  const written = parseAnswer(z.record(z.string(), z.string()), answer.choices[0]?.message.content ?? '');
  const chosen = Choice.safeParse(written);
  if (!chosen.success) throw badAnswer('none of the options', chosen.error);
  return chosen.data;
}

/** e5's models were trained with these words before every text. */
const prefixOf = (model: string, as: EmbedAs): string =>
  /(^|[^a-z0-9])e5([^0-9]|$)/i.test(model) ? (as === 'query' ? 'query: ' : 'passage: ') : '';

function normalised(values: readonly number[]): Float32Array {
  const length = Math.hypot(...values);
  if (!Number.isFinite(length) || length === 0) throw badAnswer('a vector without a direction');
  return Float32Array.from(values, (value) => value / length);
}
