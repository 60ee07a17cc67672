import { Button, Checkbox, Text, UnstyledButton } from '@mantine/core';
import { IconGitMerge, IconPinned, IconSearch } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cluster, ClusterRun } from '../../../../main/api/contract/clusters.ts';
import { orpc, useRefresh } from '../../../engine-hooks.ts';
import { LevelBadge } from '../../../logs/level-badge.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { ImeTextInput } from '../../../ui/ime.tsx';
import { SeverityBadge } from '../../../ui/severity-badge.tsx';
import { showUndoBar } from '../../../ui/undo-bar.tsx';
import { useFormat } from '../../../use-format.ts';
import classes from './clusters.module.css';
import { hueOf } from './map-colours.ts';
import type { ClusterView } from './use-cluster-view.ts';

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Every cluster, the pinned ones first, then by lines. Two or more can be made one. */
export function ClusterList({ run, view }: { readonly run: ClusterRun; readonly view: ClusterView }) {
  const { t } = useTranslation(['clusters', 'common']);
  const format = useFormat();
  const refresh = useRefresh();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const apart = useMutation(orpc.clusters.unmerge.mutationOptions({ onSettled: () => refresh('clusters') }));
  const merge = useMutation(
    orpc.clusters.merge.mutationOptions({
      onSuccess: (_, { ids: merged }) => {
        const before = run.clusters.filter(({ id }) => merged.includes(id));
        setChosen([]);
        refresh('clusters');
        showUndoBar({
          message: t('list.merged'),
          undoLabel: t('common:undo'),
          undo: () => apart.mutate({ clusters: before.map(({ id, pinned }) => ({ id, pinned })) }),
        });
      },
    }),
  );
  const clusters = run.clusters
    .filter((cluster) =>
      fold(`${cluster.name.ja} ${cluster.name.en} ${cluster.services.join(' ')}`).includes(fold(text.trim())),
    )
    .toSorted((a, b) => Number(b.pinned) - Number(a.pinned) || b.lines - a.lines);
  const toggle = (id: number): void =>
    setChosen((now) => (now.includes(id) ? now.filter((other) => other !== id) : [...now, id]));
  const [into, ...ids] = chosen.toSorted((a, b) => linesIn(run, b) - linesIn(run, a));
  return (
    <>
      <Text size="sm" fw={600}>
        {t('list.title')}
      </Text>
      <ImeTextInput
        size="xs"
        aria-label={t('list.search')}
        placeholder={t('list.search')}
        data-search
        leftSection={<IconSearch size={14} />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {into !== undefined && ids.length > 0 && (
        <Button
          size="compact-sm"
          leftSection={<IconGitMerge size={14} />}
          loading={merge.isPending}
          onClick={() => merge.mutate({ into, ids })}
        >
          {t('list.mergeChosen', { count: chosen.length })}
        </Button>
      )}
      {merge.isError && <ErrorState error={merge.error} />}
      <ul className={classes['list']}>
        {clusters.map((cluster) => (
          <Item
            key={cluster.id}
            cluster={cluster}
            chosen={chosen.includes(cluster.id)}
            onToggle={() => toggle(cluster.id)}
            onOpen={() => view.setCluster(cluster.id)}
          />
        ))}
        {clusters.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('list.empty')}
          </Text>
        )}
        {run.outliers.length > 0 && text.trim() === '' && (
          <li>
            <span className={classes['cross']} aria-hidden>
              ×
            </span>
            <UnstyledButton className={classes['open'] ?? ''} onClick={() => view.pick(run.outliers)}>
              <b>{t(run.of === 'incident' ? 'incident.outliers' : 'list.outliers')}</b>
              <small>
                {t(run.of === 'incident' ? 'incident.outliersCount' : 'list.outliersCount', {
                  n: format.number(run.outliers.length),
                })}
              </small>
            </UnstyledButton>
          </li>
        )}
      </ul>
    </>
  );
}

const linesIn = (run: ClusterRun, id: number): number =>
  run.clusters.find((cluster) => cluster.id === id)?.lines ?? 0;

type ItemProps = {
  readonly cluster: Cluster;
  readonly chosen: boolean;
  readonly onToggle: () => void;
  readonly onOpen: () => void;
};
function Item({ cluster, chosen, onToggle, onOpen }: ItemProps) {
  const { t } = useTranslation(['clusters', 'incidents']);
  const format = useFormat();
  const name = format.pick(cluster.name);
  return (
    <li>
      <Checkbox size="xs" aria-label={t('list.select', { name })} checked={chosen} onChange={onToggle} />
      <UnstyledButton className={classes['open'] ?? ''} onClick={onOpen}>
        <b>
          <i style={{ background: hueOf(cluster.id) }} />
          {name}
          {cluster.pinned && <IconPinned size={13} role="img" aria-label={t('list.pinned')} />}
        </b>
        <small>
          {t(cluster.record ? 'incident.count' : 'list.count', {
            templates: format.number(cluster.members.length),
            lines: format.number(cluster.lines),
          })}
          {cluster.record && (
            <SeverityBadge
              severity={cluster.record.severity}
              label={t(`incidents:severity.${cluster.record.severity}`)}
            />
          )}
          {(cluster.worst === 'error' || cluster.worst === 'fatal' || cluster.worst === 'warn') && (
            <LevelBadge level={cluster.worst} />
          )}
        </small>
      </UnstyledButton>
    </li>
  );
}
