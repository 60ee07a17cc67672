import { ActionIcon, Anchor, Button, Group, Text, Tooltip } from '@mantine/core';
import { IconChevronLeft, IconListSearch, IconPencil, IconPinned, IconPinnedOff } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Bilingual } from '../../../../main/api/contract/common.ts';
import type { Cluster } from '../../../../main/clusters/contract/clusters.ts';
import { orpc } from '../../../engine-hooks.ts';
import { LevelBadge } from '../../../logs/level-badge.tsx';
import { linesHref } from '../../../logs/log-address.ts';
import { ImeTextInput } from '../../../ui/ime.tsx';
import { ErrorState } from '../../../ui/states.tsx';
import { Fine, TimeText } from '../../../ui/text.tsx';
import { showDone, showUndoBar } from '../../../ui/undo-bar.tsx';
import { useFormat } from '../../../use-format.ts';
import { useWords } from '../../../words.ts';
import classes from './clusters.module.css';
import { IncidentFacts } from './incident-lines.tsx';
import { TemplateLines } from './template-lines.tsx';
import type { ClusterView } from './use-cluster-view.ts';

type Props = { readonly cluster: Cluster; readonly view: ClusterView };

/** One cluster: its name, which a person may change, what it holds, and its lines. */
export function ClusterDetail({ cluster, view }: Props) {
  const t = useWords('clusters');
  const format = useFormat();
  const [naming, setNaming] = useState(false);
  const rename = useMutation(
    orpc.clusters.rename.mutationOptions({
      onSuccess: () => {
        setNaming(false);
        showDone(t('cluster.renamed'));
      },
    }),
  );
  const pin = useMutation(
    orpc.clusters.pin.mutationOptions({
      onSuccess: (_, { pinned }) => showDone(t(pinned ? 'cluster.pinned' : 'cluster.unpinned')),
    }),
  );
  const error = rename.error ?? pin.error;
  return (
    <>
      <Anchor
        component="button"
        size="sm"
        className={classes['back'] ?? ''}
        onClick={() => view.setCluster(null)}
      >
        <IconChevronLeft size={14} aria-hidden /> {t('cluster.back')}
      </Anchor>
      {naming ? (
        <NameForm
          cluster={cluster}
          busy={rename.isPending}
          onSave={(name) => rename.mutate({ id: cluster.id, name })}
          onCancel={() => setNaming(false)}
        />
      ) : (
        <Group gap={4} wrap="nowrap" align="flex-start">
          <Text fw={650} flex={1} style={{ overflowWrap: 'anywhere' }}>
            {format.pick(cluster.name)}
          </Text>
          <Tooltip label={t('cluster.rename')}>
            <ActionIcon aria-label={t('cluster.rename')} onClick={() => setNaming(true)}>
              <IconPencil size={16} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={t('cluster.pinHelp')} multiline maw={280}>
            <ActionIcon
              aria-label={t(cluster.pinned ? 'cluster.unpin' : 'cluster.pin')}
              aria-pressed={cluster.pinned}
              variant={cluster.pinned ? 'light' : 'subtle'}
              loading={pin.isPending}
              onClick={() => pin.mutate({ id: cluster.id, pinned: !cluster.pinned })}
            >
              {cluster.pinned ? <IconPinnedOff size={16} /> : <IconPinned size={16} />}
            </ActionIcon>
          </Tooltip>
        </Group>
      )}
      <ErrorState error={error} />
      <Fine component="div">
        {t(cluster.record ? 'incident.count' : 'list.count', {
          templates: format.number(cluster.members.length),
          lines: format.number(cluster.lines),
        })}
        {format.dot}
        {t('cluster.spread', { n: format.number(cluster.spread, 2) })}
        {!cluster.record && cluster.firstAt !== null && cluster.lastAt !== null && (
          <div>
            {t('cluster.seen', {
              from: format.dateTime(cluster.firstAt),
              to: format.dateTime(cluster.lastAt),
            })}
          </div>
        )}
        {cluster.services.length > 0 && <div>{format.list(cluster.services)}</div>}
      </Fine>
      {cluster.worst && (
        <div>
          <LevelBadge level={cluster.worst} />
        </div>
      )}
      {cluster.record ? (
        <IncidentFacts record={cluster.record} members={cluster.members} view={view} />
      ) : (
        <>
          <Button
            component="a"
            size="xs"
            leftSection={<IconListSearch size={15} />}
            href={linesHref({ templates: cluster.members.slice(0, 1000) }, view.range)}
          >
            {t('cluster.lines')}
          </Button>
          <Text size="xs" fw={600} mt={4}>
            {t('cluster.templates', { count: cluster.members.length })}
          </Text>
          <TemplateLines ids={cluster.members} view={view} />
        </>
      )}
      <ClusterPast key={cluster.id} cluster={cluster} />
    </>
  );
}

type FormProps = {
  readonly cluster: Cluster;
  readonly busy: boolean;
  readonly onSave: (name: string | null) => void;
  readonly onCancel: () => void;
};
function NameForm({ cluster, busy, onSave, onCancel }: FormProps) {
  const t = useWords('clusters');
  const format = useFormat();
  const [name, setName] = useState(format.pick(cluster.name));
  const save = (): void => {
    if (name.trim() !== '' && !busy) onSave(name.trim());
  };
  return (
    <>
      <ImeTextInput
        size="xs"
        aria-label={t('cluster.name')}
        value={name}
        maxLength={200}
        autoFocus
        onChange={(event) => setName(event.currentTarget.value)}
        onEnter={save}
        onKeyDown={(event) => event.key === 'Escape' && onCancel()}
      />
      <Group gap={6}>
        <Button size="compact-sm" loading={busy} disabled={name.trim() === ''} onClick={save}>
          {t('cluster.save')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
        {cluster.renamed && (
          <Button size="compact-sm" variant="subtle" onClick={() => onSave(null)}>
            {t('cluster.original')}
          </Button>
        )}
      </Group>
    </>
  );
}

/** a cluster of many parts shows the first of them until more is asked for */
const SHOWN = 5;

/** What a person merged into a cluster, each with the way out, and what persons did to it, newest first. */
function ClusterPast({ cluster }: { readonly cluster: Cluster }) {
  const t = useWords('clusters');
  const format = useFormat();
  const merge = useMutation(orpc.clusters.merge.mutationOptions());
  const takeOut = useMutation(
    orpc.clusters.unmerge.mutationOptions({
      onSuccess: (_, { clusters }) =>
        showUndoBar(t('past.takenOut'), () =>
          merge.mutate({ into: cluster.id, ids: clusters.map(({ id }) => id) }),
        ),
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
      <ErrorState error={error} />
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
