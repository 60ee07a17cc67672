import { Box, Button, Checkbox, Group, UnstyledButton } from '@mantine/core';
import { IconGitMerge, IconPinned, IconSearch } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { Cluster, ClusterRun } from '../../../../main/clusters/contract/clusters.ts';
import { orpc } from '../../../engine-hooks.ts';
import { LevelBadge } from '../../../logs/level-badge.tsx';
import { SeverityBadge } from '../../../ui/badges.tsx';
import { ImeTextInput } from '../../../ui/ime.tsx';
import { Failed } from '../../../ui/states.tsx';
import { Fine, Note, Strong } from '../../../ui/text.tsx';
import { showUndoBar } from '../../../ui/undo-bar.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import classes from './clusters.module.css';
import { hueOf } from './map-colours.ts';
import type { ClusterView } from './use-cluster-view.ts';

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();

const ROW_PX = 51;

/** Every cluster, the pinned ones first, then by lines; only those in view are in the page. Two or more can be made one. */
export function ClusterList({ run, view }: { readonly run: ClusterRun; readonly view: ClusterView }) {
  const t = useWords('clusters');
  const format = useFormat();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const apart = useMutation(orpc.clusters.unmerge.mutationOptions());
  const merge = useMutation(
    orpc.clusters.merge.mutationOptions({
      onSuccess: (_, { ids: merged }) => {
        const before = run.clusters.filter(({ id }) => merged.includes(id));
        setChosen([]);
        showUndoBar(t('list.merged'), () =>
          apart.mutate({ clusters: before.map(({ id, pinned }) => ({ id, pinned })) }),
        );
      },
    }),
  );
  const ordered = useMemo(
    () =>
      run.clusters
        .toSorted((a, b) => Number(b.pinned) - Number(a.pinned) || b.lines - a.lines)
        .map((cluster) => ({
          cluster,
          words: fold(`${cluster.name.ja} ${cluster.name.en} ${cluster.services.join(' ')}`),
        })),
    [run],
  );
  const wanted = fold(text.trim());
  const clusters = ordered.filter(({ words }) => words.includes(wanted)).map(({ cluster }) => cluster);
  const toggle = (id: number): void =>
    setChosen((now) => (now.includes(id) ? now.filter((other) => other !== id) : [...now, id]));
  const [into, ...ids] = chosen.toSorted((a, b) => linesIn(run, b) - linesIn(run, a));
  return (
    <>
      <Group justify="space-between">
        <Strong>{t('list.title')}</Strong>
        <Fine role="status">
          {t('list.shown', {
            shown: format.number(clusters.length),
            total: format.number(run.clusters.length),
          })}
        </Fine>
      </Group>
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
      <Failed of={merge} />
      {clusters.length === 0 && <Note>{t('list.empty')}</Note>}
      <InView
        clusters={clusters}
        render={(cluster) => (
          <Item
            cluster={cluster}
            chosen={chosen.includes(cluster.id)}
            onToggle={() => toggle(cluster.id)}
            onOpen={() => view.setCluster(cluster.id)}
          />
        )}
      />
      {run.outliers.length > 0 && (
        <div className={classes['outliers']}>
          <Box component="span" w={16} ta="center" fw={700} c="dimmed" aria-hidden>
            ×
          </Box>
          <UnstyledButton className={classes['open'] ?? ''} onClick={() => view.pick(run.outliers)}>
            <b>{t(run.of === 'incident' ? 'incident.outliers' : 'list.outliers')}</b>
            <small>
              {t(run.of === 'incident' ? 'incident.title' : 'cluster.templates', {
                count: run.outliers.length,
              })}
            </small>
          </UnstyledButton>
        </div>
      )}
    </>
  );
}

type InViewProps = {
  readonly clusters: readonly Cluster[];
  readonly render: (cluster: Cluster) => ReactNode;
};
/** A list that scrolls by itself and holds no more than what is in view. */
function InView({ clusters, render }: InViewProps) {
  const box = useRef<HTMLUListElement>(null);
  const virtual = useVirtualizer({
    count: clusters.length,
    getScrollElement: () => box.current,
    getItemKey: (i) => clusters[i]?.id ?? i,
    estimateSize: () => ROW_PX,
    overscan: 6,
    initialRect: { width: 290, height: 500 },
  });
  const items = virtual.getVirtualItems();
  return (
    <ul ref={box} className={classes['list']}>
      <li aria-hidden style={{ height: items[0]?.start ?? 0 }} />
      {items.map(({ index, key }) => {
        const cluster = clusters[index];
        return (
          cluster && (
            <li
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              aria-setsize={clusters.length}
              aria-posinset={index + 1}
            >
              {render(cluster)}
            </li>
          )
        );
      })}
      <li aria-hidden style={{ height: virtual.getTotalSize() - (items.at(-1)?.end ?? 0) }} />
    </ul>
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
  const t = useWords('clusters');
  const format = useFormat();
  const name = format.pick(cluster.name);
  return (
    <>
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
    </>
  );
}
