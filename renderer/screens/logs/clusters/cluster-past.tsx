import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cluster } from '../../../../main/api/contract/clusters.ts';
import type { Bilingual } from '../../../../main/api/contract/common.ts';
import { orpc, useRefresh } from '../../../engine-hooks.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { TimeText } from '../../../ui/time-text.tsx';
import { showUndoBar } from '../../../ui/undo-bar.tsx';
import { useFormat } from '../../../use-format.ts';
import classes from './clusters.module.css';

/** a cluster of many parts shows the first of them until more is asked for */
const SHOWN = 5;

/** What a person merged into a cluster, each with the way out, and what persons did to it, newest first. */
export function ClusterPast({ cluster }: { readonly cluster: Cluster }) {
  const { t } = useTranslation(['clusters', 'common']);
  const format = useFormat();
  const refresh = useRefresh();
  const onSettled = (): void => refresh('clusters');
  const merge = useMutation(orpc.clusters.merge.mutationOptions({ onSettled }));
  const takeOut = useMutation(
    orpc.clusters.unmerge.mutationOptions({
      onSettled,
      onSuccess: (_, { clusters }) =>
        showUndoBar({
          message: t('past.takenOut'),
          undoLabel: t('common:undo'),
          undo: () => merge.mutate({ into: cluster.id, ids: clusters.map(({ id }) => id) }),
        }),
    }),
  );
  const [all, setAll] = useState(false);
  const error = takeOut.error ?? merge.error;
  const namesOf = (others: readonly Bilingual[]): string[] => [
    ...others.slice(0, SHOWN).map(format.pick),
    ...(others.length > SHOWN ? [t('past.andMore', { n: format.number(others.length - SHOWN) })] : []),
  ];
  const parts = all ? cluster.parts : cluster.parts.slice(0, SHOWN);
  const hidden = cluster.parts.length - parts.length;
  return (
    <>
      {error != null && <ErrorState error={error} />}
      {cluster.parts.length > 0 && (
        <>
          <Text size="xs" fw={600} mt={4}>
            {t('past.parts', { count: cluster.parts.length })}
          </Text>
          <ul className={classes['templates']}>
            {parts.map(({ id, name, members }) => (
              <li key={id}>
                <Group gap={6} wrap="nowrap" justify="space-between">
                  <Text size="xs" truncate title={format.pick(name)}>
                    {format.pick(name)} ({format.number(members)})
                  </Text>
                  <Button
                    size="compact-xs"
                    variant="default"
                    flex="none"
                    aria-label={`${t('past.takeOut')}: ${format.pick(name)}`}
                    loading={takeOut.isPending}
                    onClick={() => takeOut.mutate({ clusters: [{ id, pinned: cluster.pinned }] })}
                  >
                    {t('past.takeOut')}
                  </Button>
                </Group>
              </li>
            ))}
          </ul>
          {hidden > 0 && (
            <Button size="compact-xs" variant="subtle" onClick={() => setAll(true)}>
              {t('past.more', { n: format.number(hidden) })}
            </Button>
          )}
        </>
      )}
      {cluster.history.length > 0 && (
        <>
          <Text size="xs" fw={600} mt={4}>
            {t('past.title')}
          </Text>
          <ol className={classes['templates']}>
            {cluster.history.toReversed().map(({ at, what, detail, others }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: several changes can share their instant
              <li key={i}>
                {t(`past.${what}`)}
                <small>
                  <TimeText at={at} />
                  {[detail, ...namesOf(others)].filter(Boolean).map((word) => `${format.dot}${word}`)}
                </small>
              </li>
            ))}
          </ol>
        </>
      )}
    </>
  );
}
