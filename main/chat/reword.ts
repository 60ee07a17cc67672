import { z } from 'zod';
import type { Fact, Lang } from '../api/contract/common.ts';
import type { Clock } from '../kernel/clock.ts';
import { type AppError, Cancelled, toAppError } from '../kernel/errors.ts';
import type { Log } from '../kernel/log.ts';
import { untilAborted } from '../kernel/task.ts';
import type { TextModel, WriteRequest } from '../llm/types.ts';
import type { CheckInput } from './check.ts';
import type { Line } from './draft.ts';
import { type Filled, fillSlots } from './facts.ts';
import {
  sectionSchema,
  sectionUser,
  tokensOf,
  WORDING_SYSTEM,
  wordingUser,
} from './prompts/wording-prompt.ts';
import { refusalOf } from './word-answer.ts';

/** What one request may hold; what is longer stays the composer's. Small enough for the smallest context a person can set. */
const LINES_AT_ONCE = 10;
const TOKENS_AT_ONCE = 320;
const LINES_AT_MOST = 40;
const TEMPERATURE = 0.3;
/** A model that must be loaded first says nothing for a while; the composer's answer is there meanwhile. */
export const PATIENCE_MS = 45_000;

export type RewordInput = {
  readonly lines: readonly Line[];
  readonly facts: readonly Fact[];
  readonly lang: Lang;
  readonly names: Pick<CheckInput, 'allowedNames' | 'people' | 'places'>;
  readonly model: TextModel;
  readonly seed: number;
  /** nobody reads along: no model leaves memory for it */
  readonly background?: boolean | undefined;
  /** a model that stays silent longer than this leaves the rest to the composer; default 45 s */
  readonly patienceMs?: number | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
};
/** Why a line stays the composer's: the gate refused the model's; it wrote none; it was silent for too long; it broke. */
export type Kept = 'refused' | 'unwritten' | 'late' | 'failed';
/** One line looked at: in the model's words, or why the composer's line stands. */
export type Reworded =
  | { readonly index: number; readonly filled: Filled; readonly kept: null }
  | {
      readonly index: number;
      readonly filled: null;
      readonly kept: Kept;
      /** what the model ended with where it failed */
      readonly because?: AppError | undefined;
    };
type Batch = { readonly indexes: readonly number[]; readonly section: string | null };

/** Lines that go into one request: sections by themselves, the others as many as the budget holds. */
export function batchesOf(lines: readonly Line[]): Batch[] {
  const batches: { indexes: number[]; section: string | null; tokens: number }[] = [];
  let taken = 0;
  for (const [index, line] of lines.entries()) {
    const tokens = tokensOf(line.text);
    if (line.fixed || tokens > TOKENS_AT_ONCE || taken >= LINES_AT_MOST) continue;
    taken++;
    const section = line.section ?? null;
    const open = batches.at(-1);
    if (
      open?.section === section &&
      open.indexes.length < LINES_AT_ONCE &&
      open.tokens + tokens <= TOKENS_AT_ONCE
    ) {
      open.indexes.push(index);
      open.tokens += tokens;
    } else batches.push({ indexes: [index], section, tokens });
  }
  return batches;
}
/** How many lines a model would be asked to reword. */
export const rewordable = (lines: readonly Line[]): number =>
  batchesOf(lines).reduce((n, batch) => n + batch.indexes.length, 0);

const NUMBERED = /^\s*(\d{1,2})\s*[:：.．)）]\s*(.+)$/;
const Lines = z.object({ lines: z.array(z.string()) });

/** Every whole line of the stream with its place in the batch, as it comes. */
async function* numberedLines(pieces: AsyncIterable<string>): AsyncGenerator<{ at: number; text: string }> {
  let rest = '';
  let next = 0;
  const read = (line: string): { at: number; text: string } | null => {
    const match = NUMBERED.exec(line);
    const text = (match?.[2] ?? line).trim();
    if (!text || /^[→\-=]+$/.test(text)) return null;
    const at = match ? Number(match[1]) - 1 : next;
    next = at + 1;
    return { at, text };
  };
  for await (const piece of pieces) {
    rest += piece;
    const parts = rest.split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const line = read(part);
      if (line) yield line;
    }
  }
  const last = read(rest);
  if (last) yield last;
}
async function* jsonLines(pieces: AsyncIterable<string>): AsyncGenerator<{ at: number; text: string }> {
  let text = '';
  for await (const piece of pieces) text += piece;
  const parsed = Lines.safeParse(parseJson(text));
  if (parsed.success) yield* parsed.data.lines.map((line, at) => ({ at, text: line.trim() }));
}
const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** What is asked of the model for one batch. */
const requestOf = ({ lines, facts, lang, seed, background }: RewordInput, batch: Batch): WriteRequest => {
  const texts = batch.indexes.map((i) => (lines[i]?.text ?? '').replace(/\n/g, ' '));
  const maxTokens = Math.ceil(tokensOf(texts.join('')) * 1.4) + 16 * texts.length;
  const how = background ? { background } : {};
  const base = { system: WORDING_SYSTEM[lang], maxTokens, temperature: TEMPERATURE, seed, ...how };
  return batch.section === null
    ? { ...base, user: wordingUser(texts, facts, lang) }
    : { ...base, user: sectionUser(texts, facts, lang), schema: sectionSchema(texts.length) };
};

/**
 * Asks the model for each line in other words. Every line is told once, in the model's words where they keep its facts and pass the
 * gate. Rejects with Cancelled when aborted; a model that fails or falls silent only leaves its lines as they were.
 */
export async function* reword(input: RewordInput): AsyncGenerator<Reworded> {
  const { lines, facts, lang, names, model, clock, log, signal } = input;
  const giveUp = new AbortController();
  const relay = (): void => giveUp.abort(new Cancelled('no longer wanted'));
  if (signal.aborted) relay();
  signal.addEventListener('abort', relay, { once: true });
  let unanswered: Kept = 'unwritten';
  let because: AppError | undefined;
  /** the next line, or null when there is none, the model failed or was silent for too long */
  const nextOf = async <T>(iterator: AsyncIterator<T>): Promise<T | null> => {
    const next = iterator.next();
    next.catch(() => {});
    const late = Promise.withResolvers<null>();
    const stop = clock.every(input.patienceMs ?? PATIENCE_MS, () => late.resolve(null));
    try {
      const result = await untilAborted(Promise.race([next, late.promise]), signal);
      if (result === null) {
        log.warn('the wording model is silent; the composer’s words stand', { modelId: model.modelId });
        unanswered = 'late';
        relay();
        return null;
      }
      return result.done ? null : result.value;
    } catch (thrown) {
      if (signal.aborted) throw thrown;
      log.warn('the wording failed; the composer’s words stand', thrown);
      unanswered = 'failed';
      because = toAppError(thrown);
      relay();
      return null;
    } finally {
      stop();
    }
  };
  try {
    for (const batch of batchesOf(lines)) {
      const told = new Set<number>();
      if (!giveUp.signal.aborted) {
        const pieces = model.write(requestOf(input, batch), giveUp.signal);
        const worded = batch.section === null ? numberedLines(pieces) : jsonLines(pieces);
        try {
          for (let line = await nextOf(worded); line !== null; line = await nextOf(worded)) {
            const index = batch.indexes[line.at];
            const draft = index === undefined ? undefined : lines[index];
            if (index === undefined || !draft || told.has(index)) continue;
            told.add(index);
            const text = withBullet(line.text, draft.text);
            const refusal = refusalOf(text, draft.text, { facts, lang, names });
            if (refusal) log.info('a worded line was refused', { refusal });
            const filled = refusal ? null : fillSlots(text, facts, lang);
            yield filled ? { index, filled, kept: null } : { index, filled: null, kept: 'refused' };
          }
        } finally {
          // not awaited: a model that does not listen must not hold up the person who stopped it
          worded.return(undefined).catch(() => {});
        }
      }
      for (const index of batch.indexes)
        if (!told.has(index)) yield { index, filled: null, kept: unanswered, because };
    }
  } finally {
    signal.removeEventListener('abort', relay);
    relay();
  }
}

/** An entry of a list stays one, whether or not the model kept its mark. */
const withBullet = (text: string, draft: string): string => {
  const bullet = /^[・•]\s?/.exec(draft)?.[0];
  return bullet === undefined ? text : bullet + text.replace(/^[・•\-*]\s*/, '');
};

/** Has the model evaluate what every request begins with, so that the first words come sooner. */
export async function prepareWording(model: TextModel, lang: Lang, signal: AbortSignal): Promise<void> {
  const request = {
    system: WORDING_SYSTEM[lang],
    user: '',
    maxTokens: 1,
    temperature: 0,
    seed: 0,
    onlyPrepare: true,
  };
  for await (const _ of model.write(request, signal));
}
