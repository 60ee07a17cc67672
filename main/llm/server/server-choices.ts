import { z } from 'zod';
import type { ChooseRequest, Chosen } from '../types.ts';
import { badAnswer, parseAnswer } from './parse-answer.ts';
import { countVotes, type ScoredToken, scoreSlots } from './score-slots.ts';
import type { Ask } from './server-models.ts';

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

const VOTES = 4;
const TOP = 20;

/** Choices of a server's model: by the probabilities it gives, else by votes over several answers. */
export function createChoices(o: { readonly ask: Ask; readonly url: () => string }): {
  choose(model: string, request: ChooseRequest, signal: AbortSignal): Promise<Chosen>;
  /** the settings changed */
  refresh(): void;
} {
  /** this server offers no log-probabilities: learned from its answers */
  let isSilentOn: string | null = null;
  return {
    async choose(model: string, request: ChooseRequest, signal: AbortSignal): Promise<Chosen> {
      // a server keeps its own prefixes; other people's turn is not spent on a prompt that may never be asked
      if (request.slots.length === 0) return [];
      const body = choiceBody(model, request);
      const where = `${o.url()} ${model}`;
      const wantsScores = isSilentOn !== where;
      const first = await o.ask(
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
            await o.ask('/chat/completions', { ...body, temperature: 1, seed: 1 + vote }, Answer, signal),
            request,
          ),
        );
      return countVotes(answers, request.slots);
    },
    refresh() {
      isSilentOn = null;
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
