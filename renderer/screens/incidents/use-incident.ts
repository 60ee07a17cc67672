import { useMutation, useQuery } from '@tanstack/react-query';
import type { Incident, IncidentDetail } from '../../../main/anomalies/contract/anomalies.ts';
import { orpc } from '../../engine-hooks.ts';
import { showDone, showUndoBar } from '../../ui/undo-bar.tsx';
import { currentLang, useWords } from '../../words.ts';

type Change = {
  readonly state: Incident['state'];
  readonly note?: string | null;
  readonly remedyId?: string | null;
};
export type IncidentActs = {
  readonly set: (change: Change) => void;
  readonly note: (note: string | null) => void;
  readonly feedback: (remedyId: string, worked: boolean) => void;
  readonly toKnowledge: () => void;
  readonly busy: boolean;
  readonly error: unknown;
};

/** One incident with everything that can be done about it. What was done can be taken back where the record allows it. */
export function useIncident(id: string) {
  const t = useWords('incidents');
  const detail = useQuery(orpc.incidents.get.queryOptions({ input: { id } }));
  const state = useMutation(orpc.incidents.setState.mutationOptions());
  const feedback = useMutation(orpc.incidents.feedback.mutationOptions());
  const know = useMutation(orpc.incidents.toKnowledge.mutationOptions());
  const before = detail.data?.incident;
  const acts: IncidentActs = {
    set: (change) => {
      if (!before) return;
      const back = { id, state: before.state, note: before.note, remedyId: before.remedyId };
      state.mutate(
        { id, ...change },
        {
          onSuccess: () =>
            // a remedy that was counted as having worked stays counted
            change.remedyId
              ? showDone(t(`done.${change.state}`))
              : showUndoBar(t(`done.${change.state}`), () => state.mutate(back)),
        },
      );
    },
    note: (note) => {
      if (!before) return;
      state.mutate({ id, state: before.state, note }, { onSuccess: () => showDone(t('done.note')) });
    },
    feedback: (remedyId, worked) =>
      feedback.mutate(
        { incidentId: id, remedyId, worked },
        { onSuccess: () => showDone(t('done.feedback')) },
      ),
    toKnowledge: () =>
      know.mutate({ id, lang: currentLang() }, { onSuccess: () => showDone(t('done.knowledge')) }),
    busy: state.isPending || feedback.isPending || know.isPending,
    error: state.error ?? feedback.error ?? know.error,
  };
  return { detail, acts };
}
export type Detail = IncidentDetail;
