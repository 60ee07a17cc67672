import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Decision, Proposal, REJECT_REASONS } from '../../main/api/contract/placement.ts';
import { engineNow, orpc } from '../engine-hooks.ts';
import { showDone, showUndoBar } from '../ui/undo-bar.tsx';

const BAR_SECONDS = 15;

/** Approve, reject, undo: each acts at once and says how to take it back. */
export function useDecide(proposal: Proposal) {
  const { t } = useTranslation('proposals');
  const client = useQueryClient();
  const refresh = (): void => {
    void client.invalidateQueries({ queryKey: orpc.placement.key() });
    void client.invalidateQueries({ queryKey: orpc.approvals.key() });
  };
  const undo = useMutation(
    orpc.approvals.undo.mutationOptions({
      onSuccess: () => showDone(t('act.undone')),
      onSettled: refresh,
    }),
  );
  const offerUndo = (decision: Decision, message: string): void => {
    const left = decision.undoUntil === null ? 0 : (decision.undoUntil - engineNow()) / 1000;
    if (left <= 0) {
      showDone(message);
      return;
    }
    showUndoBar({
      message,
      undoLabel: t('act.undo'),
      undo: () => undo.mutate({ decisionId: decision.id }),
      seconds: Math.min(BAR_SECONDS, left),
    });
  };
  const approve = useMutation(
    orpc.approvals.approve.mutationOptions({
      onSuccess: (decision) => offerUndo(decision, t('act.approved', { id: proposal.id })),
      onSettled: refresh,
    }),
  );
  const reject = useMutation(
    orpc.approvals.reject.mutationOptions({
      onSuccess: (decision) => offerUndo(decision, t('act.rejected', { id: proposal.id })),
      onSettled: refresh,
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
