import { useMutation, useQuery } from '@tanstack/react-query';
import type { SavedView } from '../../../main/measures/contract/measures.ts';
import { orpc } from '../../engine-hooks.ts';
import { showDone, showUndoBar } from '../../ui/undo-bar.tsx';
import { useWords } from '../../words.ts';

/** The saved views, and what can be done with them. */
export function useViews() {
  const t = useWords('analytics');
  const list = useQuery(orpc.views.list.queryOptions());
  const save = useMutation(orpc.views.save.mutationOptions());
  const remove = useMutation(orpc.views.remove.mutationOptions());
  const restore = useMutation(orpc.views.restore.mutationOptions());
  return {
    list,
    saved: list.data ?? [],
    save,
    /** of acts beside the dialog, which shows its own */
    error: remove.error ?? restore.error,
    setNightly({ id, name, query }: SavedView, nightly: boolean): void {
      save.mutate(
        { id, name, query, nightly },
        { onSuccess: () => showDone(t(nightly ? 'saved.nightlyAdded' : 'saved.nightlyRemoved', { name })) },
      );
    },
    remove({ id, name }: SavedView, then: () => void): void {
      remove.mutate(
        { id },
        {
          onSuccess: () => {
            then();
            showUndoBar(t('saved.removed', { name }), () => restore.mutate({ id }));
          },
        },
      );
    },
  };
}
export type Views = ReturnType<typeof useViews>;
