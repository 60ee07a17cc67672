import { useMutation, useQuery } from '@tanstack/react-query';
import type { SavedView } from '../../../main/measures/contract/measures.ts';
import { orpc, useRefresh } from '../../engine-hooks.ts';
import { showDone, showUndoBar } from '../../ui/undo-bar.tsx';
import { useWords } from '../../words.ts';

/** The saved views, and what can be done with them. */
export function useViews() {
  const t = useWords('analytics');
  const refresh = useRefresh();
  const list = useQuery(orpc.views.list.queryOptions());
  const onSettled = (): void => refresh('views');
  const save = useMutation(orpc.views.save.mutationOptions({ onSettled }));
  const remove = useMutation(orpc.views.remove.mutationOptions({ onSettled }));
  const restore = useMutation(orpc.views.restore.mutationOptions({ onSettled }));
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
            showUndoBar({
              message: t('saved.removed', { name }),
              undoLabel: t('common:undo'),
              undo: () => restore.mutate({ id }),
            });
          },
        },
      );
    },
  };
}
export type Views = ReturnType<typeof useViews>;
