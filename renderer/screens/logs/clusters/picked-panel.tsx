import { Button, Group } from '@mantine/core';
import { IconGitMerge, IconListSearch, IconVolumeOff } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { orpc, useEngine } from '../../../engine-hooks.ts';
import { linesHref } from '../../../logs/log-address.ts';
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx';
import { ErrorState, Failed } from '../../../ui/states.tsx';
import { Fine } from '../../../ui/text.tsx';
import { showUndoBar } from '../../../ui/undo-bar.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import { PickedHead } from './picked-head.tsx';
import { TemplateLines } from './template-lines.tsx';
import type { ClusterView } from './use-cluster-view.ts';
import { useTemplateText } from './use-texts.ts';

type Props = { readonly ids: readonly number[]; readonly view: ClusterView };
/** as many as an address holds at ease */
const MOST_LINES = 1000;
const MOST_MERGED = 500;

/** What the lasso caught: see its lines, make it one template, or keep it quiet. */
export function PickedPanel({ ids, view }: Props) {
  const t = useWords('clusters');
  const format = useFormat();
  const engine = useEngine();
  const [merging, setMerging] = useState(false);
  const linesOf = (id: number): number => view.byId.get(id)?.lines ?? 0;
  const [into, ...others] = ids.toSorted((a, b) => linesOf(b) - linesOf(a));
  const text = useTemplateText(merging && into !== undefined ? into : null);
  const apart = useMutation({
    mutationKey: orpc.logs.key(),
    mutationFn: async (merged: readonly number[]) => {
      for (const id of merged) await engine.logs.unmergeTemplate({ id });
    },
  });
  const merge = useMutation(
    orpc.logs.mergeTemplates.mutationOptions({
      onSuccess: (_, { ids: merged }) => {
        setMerging(false);
        view.pick([]);
        showUndoBar(t('picked.merged'), () => apart.mutate(merged));
      },
    }),
  );
  const mark = useMutation({
    mutationKey: orpc.logs.key(),
    mutationFn: async (as: 'noise' | 'none') => {
      for (const id of ids) await engine.logs.markTemplate({ id, mark: as });
    },
    onSuccess: (_, as) => {
      if (as === 'noise') showUndoBar(t('picked.marked'), () => mark.mutate('none'));
    },
  });
  const error = mark.error ?? apart.error;
  return (
    <>
      <PickedHead title={t('picked.title', { count: ids.length })} view={view} />
      <Group gap={6}>
        {ids.length <= MOST_LINES && (
          <Button
            component="a"
            size="xs"
            leftSection={<IconListSearch size={15} />}
            href={linesHref({ templates: [...ids] }, view.range)}
          >
            {t('picked.lines')}
          </Button>
        )}
        {ids.length > 1 && ids.length <= MOST_MERGED && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconGitMerge size={15} />}
            onClick={() => setMerging(true)}
          >
            {t('picked.merge')}
          </Button>
        )}
        <Button
          size="xs"
          variant="default"
          leftSection={<IconVolumeOff size={15} />}
          loading={mark.isPending}
          onClick={() => mark.mutate('noise')}
        >
          {t('picked.noise')}
        </Button>
      </Group>
      {ids.length > MOST_LINES && <Fine>{t('picked.tooMany', { n: format.number(MOST_LINES) })}</Fine>}
      <ErrorState error={error} />
      <TemplateLines ids={ids} view={view} />
      <ConfirmDialog
        opened={merging}
        title={t('picked.mergeTitle')}
        text={
          <>
            {into !== undefined &&
              t('picked.mergeText', {
                n: format.number(ids.length),
                into: text ?? `#${into}`,
              })}
            <Failed of={merge} />
          </>
        }
        confirm={t('picked.mergeDo')}
        busy={merge.isPending}
        onConfirm={() => into !== undefined && merge.mutate({ into, ids: others })}
        onClose={() => setMerging(false)}
      />
    </>
  );
}
