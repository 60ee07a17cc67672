import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { LogTemplate, TemplateMark } from '../../../../main/logs/contract/logs.ts';
import { orpc } from '../../../engine-hooks.ts';
import { showDone, showUndoBar } from '../../../ui/undo-bar.tsx';
import { useWords } from '../../../words.ts';

/** What a person can decide about a template; all of it can be taken back at once. */
export function useTemplateActs(template: LogTemplate) {
  const t = useWords('logs');
  const client = useQueryClient();
  const { id } = template;
  const onSettled = (): void => void client.invalidateQueries({ queryKey: orpc.logs.lines.key() });
  const rename = useMutation(orpc.logs.renameTemplate.mutationOptions({ onSettled }));
  const lock = useMutation(orpc.logs.lockTemplate.mutationOptions({ onSettled }));
  const mark = useMutation(orpc.logs.markTemplate.mutationOptions({ onSettled }));
  const merge = useMutation(orpc.logs.mergeTemplates.mutationOptions({ onSettled }));
  const unmerge = useMutation(orpc.logs.unmergeTemplate.mutationOptions({ onSettled }));
  const split = useMutation(orpc.logs.splitTemplate.mutationOptions({ onSettled }));
  return {
    error: rename.error ?? lock.error ?? mark.error ?? merge.error ?? unmerge.error ?? split.error ?? null,
    splitting: split.isPending,
    rename: (name: string | null): void => {
      const before = template.name;
      rename.mutate(
        { id, name },
        { onSuccess: () => showUndoBar(t('template.renamed'), () => rename.mutate({ id, name: before })) },
      );
    },
    lock: (locked: boolean): void => {
      const done = (): void => showDone(t(locked ? 'template.lockedNow' : 'template.unlockedNow'));
      lock.mutate({ id, locked }, { onSuccess: done });
    },
    mark: (next: TemplateMark): void => {
      const before = template.mark;
      mark.mutate(
        { id, mark: next },
        {
          onSuccess: () =>
            showUndoBar(t('template.marked', { mark: t(`mark.${next}`) }), () =>
              mark.mutate({ id, mark: before }),
            ),
        },
      );
    },
    unmerge: (part: number): void =>
      unmerge.mutate(
        { id: part },
        {
          onSuccess: () => showUndoBar(t('template.unmerged'), () => merge.mutate({ into: id, ids: [part] })),
        },
      ),
    split: (parameter: number, values: string[]): void =>
      split.mutate(
        { id, parameter, values },
        {
          onSuccess: (made) => {
            const parts = made.map((one) => one.id).filter((one) => one !== id);
            showUndoBar(t('template.splitDone', { n: made.length }), () =>
              merge.mutate({ into: id, ids: parts }),
            );
          },
        },
      ),
  };
}
