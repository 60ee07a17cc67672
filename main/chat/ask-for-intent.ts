import { z } from 'zod';
import { AppError } from '../kernel/errors.ts';
import type { ChoiceModel, Chosen } from '../llm/types.ts';
import { type Candidates, intentRequest, intentSchema } from './prompts/intent-prompt.ts';

/** What one written answer is worth where probabilities cannot be had. */
const WRITTEN_P = 0.7;
const MAX_TOKENS = 60;

/** One question put to an intent model. `scored`: its own probabilities; else it wrote JSON under a grammar. */
export async function askForIntent(
  model: ChoiceModel,
  text: string,
  candidates: Candidates,
  signal: AbortSignal,
): Promise<{ chosen: Chosen; scored: boolean }> {
  const request = intentRequest(text, candidates);
  try {
    return { chosen: await model.choose(request, signal), scored: true };
  } catch (thrown) {
    // writing would put another model out of memory
    if (signal.aborted || !(thrown instanceof AppError) || thrown.code === 'models.no-memory') throw thrown;
  }
  let json = '';
  const { system, user, slots } = request;
  const schema = intentSchema(request);
  for await (const piece of model.write(
    { system, user, schema, maxTokens: MAX_TOKENS, temperature: 0, seed: 1 },
    signal,
  ))
    json += piece;
  const written = Written.parse(JSON.parse(json));
  return {
    scored: false,
    chosen: slots.map(({ name, options }) => {
      const rest = options.length > 1 ? (1 - WRITTEN_P) / (options.length - 1) : 1;
      const isKnown = options.includes(written[name] ?? '');
      return {
        name,
        options: options
          .map((option) => ({
            option,
            p: !isKnown ? 1 / options.length : option === written[name] ? WRITTEN_P : rest,
          }))
          .sort((a, b) => b.p - a.p),
      };
    }),
  };
}
const Written = z.record(z.string(), z.string());
