// Models of an OpenAI-compatible server (llama.cpp server, vLLM, Ollama) on the company's own network. Off unless somebody switches it on.
import { z } from 'zod';
import { AppError, Cancelled } from '../../kernel/errors.ts';
import { Emitter } from '../../kernel/events.ts';
import type { Log } from '../../kernel/log.ts';
import { Timings } from '../../kernel/timings.ts';
import type { ModelRole, ModelServer } from '../contract/models.ts';
import type { ChoiceModel, VectorModel } from '../types.ts';
import { parseAnswer } from './parse-answer.ts';
import { LIMITS, type Limits, readText, sendRequest, type Target } from './send-request.ts';
import { createChoices } from './server-choices.ts';
import { createVectors } from './server-vectors.ts';

export type ServerModelsOptions = {
  /** read anew at each use */
  readonly server: () => ModelServer;
  readonly key: () => Promise<string | null>;
  readonly log: Log;
  readonly timings?: Timings | undefined;
  /** config.json allows a server outside private networks */
  readonly allowPublic?: boolean;
  readonly limits?: Limits;
};
/** null where the server is off, plays no such role, or (vectors) has not yet said how long its vectors are. */
export interface ServerModels {
  /** who plays the role, by address and name */
  playerOf(role: ModelRole): string | null;
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

/** Asks the server; what it answers is held against the schema. Rejects with AppError `models.server-*`. */
export type Ask = <T>(path: string, body: unknown, schema: z.ZodType<T>, signal?: AbortSignal) => Promise<T>;

/** Creating it sends nothing. */
export function createServerModels(o: ServerModelsOptions): ServerModels {
  const timings = o.timings ?? new Timings();
  const limits = o.limits ?? LIMITS;
  const changed = new Emitter<void>();
  const closing = new AbortController();
  const url = (): string => o.server().url;
  const modelOf = (role: ModelRole): string | null => {
    const server = o.server();
    return server.enabled && server.url.trim() !== '' ? server[role].trim() || null : null;
  };
  const askWithin =
    (within: Limits): Ask =>
    async (path, body, schema, signal) => {
      const key = await o.key();
      const to: Target = { url: url(), key, allowPublic: o.allowPublic ?? false, limits: within };
      const stop = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
      return timings.timed('model', path, async () => {
        const answer = await sendRequest(to, path, body, stop);
        return parseAnswer(schema, await readText(answer, to, new URL(to.url).host, stop));
      });
    };
  const ask = askWithin(limits);
  const choices = createChoices({ ask, url });
  const vectors = createVectors({
    ask,
    url,
    log: o.log.area('models'),
    closing: closing.signal,
    changed: () => changed.emit(),
  });

  return {
    changed,
    playerOf(role) {
      const model = modelOf(role);
      return model && `${url()} ${model}`;
    },
    choice(role) {
      const model = modelOf(role);
      return model === null
        ? null
        : { modelId: `server:${model}`, choose: (request, signal) => choices.choose(model, request, signal) };
    },
    vectors() {
      const model = modelOf('embedding');
      return model === null ? null : vectors.vectorsOf(model);
    },
    async test() {
      if (url().trim() === '') throw new AppError('models.server-url');
      const began = performance.now();
      const askBriefly = askWithin({ ...limits, answerMs: limits.listMs });
      const { data } = await askBriefly('/models', undefined, ModelList);
      return { models: data.map((m) => m.id), ms: Math.round(performance.now() - began) };
    },
    refresh() {
      choices.refresh();
      vectors.refresh(modelOf('embedding'));
    },
    async close() {
      closing.abort(new Cancelled('closing'));
      await vectors.settled();
    },
  };
}
