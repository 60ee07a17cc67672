import type { Llama, LlamaGrammar, LlamaGrammarEvaluationState, Token } from 'node-llama-cpp';
import { throwIfAborted } from '../../kernel/task.ts';
import type { WriteStats } from '../runtime-door.ts';
import type { WriteRequest } from '../types.ts';
import type { LlamaSession, Work } from './llama-session.ts';

type Schema = Parameters<Llama['createGrammarForJsonSchema']>[0];
/** a character may be spread over this many tokens */
const LONGEST_CHARACTER = 6;
/** tokens that the next one's spacing depends on */
const NEIGHBOURS = 4;

/** Writes, telling the text as it comes. Cancelled between tokens. */
export async function writeText(
  session: LlamaSession,
  request: WriteRequest,
  work: Work & { readonly text: (piece: string) => void },
): Promise<WriteStats> {
  const startedAt = performance.now();
  const prompt = session.writePrompt(request.system, request.user);
  session.checkLength(prompt, request.maxTokens);
  const reusedTokens = await session.evaluate(prompt, work);
  const stats = { promptTokens: prompt.tokens.length, reusedTokens };
  const since = (): number => performance.now() - startedAt;
  if (request.onlyPrepare) return { ...stats, firstTokenMs: null, tokens: 0, ms: since() };

  const grammar = request.schema === undefined ? null : await grammarOf(session, request.schema);
  let firstTokenMs: number | null = null;
  let tokens = 0;
  let written = '';
  const text = joinTokens(session);
  const tell = (piece: string): void => {
    written += piece;
    if (piece) work.text(piece);
  };
  for await (const token of session.sequence.evaluate(prompt.tokens.slice(-1), {
    temperature: request.temperature,
    seed: request.seed,
    ...(grammar ? { grammarEvaluationState: grammar } : {}),
  })) {
    firstTokenMs ??= since();
    tokens++;
    tell(text.add(token));
    if (tokens >= request.maxTokens || (grammar && isWholeJson(written))) break;
    throwIfAborted(work.signal);
    await work.offer();
    throwIfAborted(work.signal);
  }
  tell(text.rest());
  return { ...stats, firstTokenMs, tokens, ms: since() };
}

/** Tokens to text; bytes of an unfinished character wait. */
function joinTokens({ model }: LlamaSession): { add(token: Token): string; rest(): string } {
  let before: Token[] = [];
  let pending: Token[] = [];
  const take = (): string => {
    const text = pending.length > 0 ? model.detokenize(pending, false, before) : '';
    before = [...before, ...pending].slice(-NEIGHBOURS);
    pending = [];
    return text;
  };
  return {
    add(token) {
      pending.push(token);
      const isHalf = model.detokenize(pending, false, before).endsWith('\uFFFD');
      return isHalf && pending.length < LONGEST_CHARACTER ? '' : take();
    },
    rest: take,
  };
}

const isWholeJson = (text: string): boolean => {
  if (!/[}\]]\s*$/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // not yet
  }
};

async function grammarOf(
  { model, grammars }: LlamaSession,
  schema: NonNullable<WriteRequest['schema']>,
): Promise<LlamaGrammarEvaluationState> {
  const key = JSON.stringify(schema);
  const grammar: LlamaGrammar =
    grammars.get(key) ?? (await model.llama.createGrammarForJsonSchema(schema as Schema));
  grammars.set(key, grammar);
  const { LlamaGrammarEvaluationState } = await import('node-llama-cpp');
  return new LlamaGrammarEvaluationState({ model, grammar });
}
