import type { Bilingual, Lang } from '../../api/contract/common.ts';
import { type AppError, Cancelled, toAppError, wordError } from '../../kernel/errors.ts';
import { untilAborted } from '../../kernel/task.ts';
import type { Proposal } from '../../placement/contract/placement.ts';
import type { ChatEvent } from '../contract/chat.ts';
import type { Draft } from '../draft.ts';
import { both } from '../facts.ts';
import type { ChatTools } from '../types.ts';
import type { ActContext } from './act.ts';

/** A plan, or why there is none. */
export type Outcome = { readonly proposal: Proposal } | { readonly refusal: AppError };

const noteOf = (moves: number): Bilingual =>
  both(`${moves}名の配置変更`, `${moves} ${moves === 1 ? 'move' : 'moves'}`);

/** Solves within a scope, telling how far it is; the plan becomes the answer's card. */
export async function* solve(
  input: Parameters<ChatTools['propose']>[0],
  { means, state, steps }: ActContext,
): AsyncGenerator<ChatEvent, Outcome> {
  const { tools, signal, log } = means;
  yield steps.begin('proposal');
  const events = tools.propose(input, signal);
  let proposal: Proposal | null = null;
  try {
    for (;;) {
      const next = await untilAborted(events.next(), signal);
      if (next.done) break;
      if (next.value.kind === 'proposal') proposal = next.value.proposal;
      else if (next.value.progress.moves !== null)
        yield steps.note('proposal', noteOf(next.value.progress.moves));
    }
    if (!proposal) throw new Cancelled('no proposal');
  } catch (thrown) {
    if (signal.aborted || thrown instanceof Cancelled) throw thrown;
    log.warn('no proposal', thrown);
    yield steps.end('proposal', null, 'failed');
    return { refusal: toAppError(thrown) };
  } finally {
    // not awaited: a solver that does not listen must not hold up the person who stopped it
    events.return(undefined).catch(() => {});
  }
  state.body.proposalId = proposal.id;
  yield steps.end('proposal', noteOf(proposal.moves.length));
  return { proposal };
}

/** The plan made for the alert already, as the answer's card. */
export async function* shared(
  proposal: Proposal,
  { state, steps }: ActContext,
): AsyncGenerator<ChatEvent, Outcome> {
  yield steps.begin('proposal');
  state.body.proposalId = proposal.id;
  yield steps.end('proposal', both('アラートと一緒に計算済み', 'already solved for the alert'));
  return { proposal };
}

/** Why there is no plan, and what would help, as a fact. */
export function whyNone({ book }: Draft, { code, params }: AppError): string {
  const words = (lang: Lang): string => {
    const { say, next } = wordError({ code, params }, lang);
    return lang === 'ja' ? `${say}${next}` : `${say} ${next}`;
  };
  return book.words(both(words('ja'), words('en')), both('提案できない理由', 'Why there is no proposal'));
}
export function sayRefusal(draft: Draft, refusal: AppError): void {
  const why = whyNone(draft, refusal);
  draft.say(`配置の提案は作れませんでした。${why}`, `No proposal could be made. ${why}`);
}
