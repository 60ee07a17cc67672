import { useMutation } from '@tanstack/react-query';
import { type RefObject, useEffect, useRef } from 'react';
import {
  type Decision,
  isAssumed,
  type Proposal,
  type REJECT_REASONS,
} from '../../main/placement/contract/placement.ts';
import { engineNow, orpc } from '../engine-hooks.ts';
import { isImeKey } from '../ui/ime.tsx';
import { showDone, showUndoBar } from '../ui/undo-bar.tsx';
import { useWords } from '../words.ts';

const BAR_SECONDS = 15;

/** Approve, reject, undo: each acts at once and says how to take it back. */
export function useDecide(proposal: Proposal) {
  const t = useWords('proposals');
  const undo = useMutation(
    orpc.approvals.undo.mutationOptions({
      onSuccess: () => showDone(t('act.undone')),
    }),
  );
  const offerUndo = (decision: Decision, message: string): void => {
    const left = decision.undoUntil === null ? 0 : (decision.undoUntil - engineNow()) / 1000;
    if (left <= 0) {
      showDone(message);
      return;
    }
    showUndoBar(message, () => undo.mutate({ decisionId: decision.id }), {
      label: t('act.undo'),
      seconds: Math.min(BAR_SECONDS, left),
    });
  };
  const approve = useMutation(
    orpc.approvals.approve.mutationOptions({
      onSuccess: (decision) => offerUndo(decision, t('act.approved', { id: proposal.id })),
    }),
  );
  const reject = useMutation(
    orpc.approvals.reject.mutationOptions({
      onSuccess: (decision) => offerUndo(decision, t('act.rejected', { id: proposal.id })),
    }),
  );
  return {
    busy: approve.isPending || reject.isPending || undo.isPending,
    error: approve.error ?? undo.error,
    rejectError: reject.error,
    approve: () => approve.mutate({ id: proposal.id }),
    reject: (reason: (typeof REJECT_REASONS)[number], text: string, done: () => void) =>
      reject.mutate({ id: proposal.id, reason, ...(text ? { text } : {}) }, { onSuccess: done }),
    undo: (decisionId: string) => undo.mutate({ decisionId }),
  };
}

/** Nobody can be moved any more: every move would have ended. */
export const isOver = ({ moves }: Pick<Proposal, 'moves'>): boolean =>
  moves.length > 0 && moves.every((move) => move.endsAt <= engineNow());

/** Undecided, with somebody to move, of the numbers as they are, and supposing nothing. */
export const canApprove = (proposal: Pick<Proposal, 'status' | 'stale' | 'moves' | 'scope'>): boolean =>
  proposal.status === 'open' &&
  !isAssumed(proposal) &&
  !proposal.stale &&
  proposal.moves.length > 0 &&
  !isOver(proposal);

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Single letters that act, while nothing is typed, no dialog is open and no other key of the app took the press. */
export function useKeys(keys: Readonly<Record<string, (() => void) | null>>, on: boolean): void {
  useEffect(() => {
    if (!on) return;
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (isImeKey(event) || isTyping(event.target)) return;
      if (document.querySelector('[role="dialog"][data-modal-content], [role="dialog"][aria-modal="true"]'))
        return;
      const act = keys[event.key.toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [keys, on]);
}

/** The button of a card that a person asked for in words. */
export type Focus = 'approve' | 'reject' | null;
/** A press this soon after the focus moved was still meant for the question. */
const SETTLE_MS = 700;

/**
 * Moves the keyboard focus to the button that was asked for, once it is there and nothing else is being written. `guarded`: an act that
 * counts for nothing in the moment after.
 */
export function useAskedFocus(
  asked: Focus,
  isThere: boolean,
): {
  readonly button: RefObject<HTMLButtonElement | null>;
  guarded(act: (() => void) | null): (() => void) | null;
} {
  const button = useRef<HTMLButtonElement>(null);
  const from = useRef(0);
  useEffect(() => {
    if (asked === null || !isThere) return;
    const active = document.activeElement;
    if (active instanceof HTMLTextAreaElement && active.value !== '') return;
    from.current = performance.now() + SETTLE_MS;
    button.current?.focus();
  }, [asked, isThere]);
  return {
    button,
    guarded: (act) =>
      act &&
      (() => {
        if (performance.now() >= from.current) act();
      }),
  };
}
