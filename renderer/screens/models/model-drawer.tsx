import { Button, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { ModelsOverview, ModelView } from '../../../main/llm/contract/models.ts';
import { orpc } from '../../engine-hooks.ts';
import { fromErrorData } from '../../errors.ts';
import { navigate } from '../../router.ts';
import { TaskProgress, useRunningTask } from '../../tasks/task-progress.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Facts } from '../../ui/page.tsx';
import { EmptyState, ErrorState, Failed } from '../../ui/states.tsx';
import { Fine, TimeText } from '../../ui/text.tsx';
import { showDone, showUndoBar } from '../../ui/undo-bar.tsx';
import { useFormat } from '../../use-format.ts';
import { useWords } from '../../words.ts';
import { ModelTrend } from './benchmark-trend.tsx';
import { ChecksumSection } from './checksum-section.tsx';
import { ChecksumBadge, FitBadge, StateBadge } from './model-badges.tsx';
import classes from './models.module.css';
import { leftFor } from './taking-turns.ts';

const LOADS = ['model-load'];

type Props = {
  readonly id: string | null;
  readonly overview: ModelsOverview | null;
  readonly onClose: () => void;
};
/** Everything about one model, and what can be done with it. */
export function ModelDrawer({ id, overview, onClose }: Props) {
  const t = useWords('models');
  const model = overview?.models.find((m) => m.id === id);
  return (
    <Drawer
      opened={id !== null && overview !== null}
      onClose={onClose}
      size="min(640px, 94vw)"
      title={model?.name ?? t('detail.title')}
    >
      {model && overview ? (
        <Stack>
          <Group gap="xs">
            <StateBadge state={model.state} />
            <ChecksumBadge checksum={model.checksum} />
          </Group>
          <Trouble model={model} />
          <FitBadge fit={model.fit} whole />
          {model.fit.contextTokens !== null && <ContextNote tokens={model.fit.contextTokens} />}
          <Acts model={model} overview={overview} onGone={onClose} />
          <ModelFacts model={model} overview={overview} />
          <ChecksumSection model={model} />
          <section>
            <Title order={3} mb="xs">
              {t('detail.history')}
            </Title>
            <ModelTrend modelId={model.id} />
          </section>
        </Stack>
      ) : (
        <EmptyState kind="no-result" title={t('detail.gone')} />
      )}
    </Drawer>
  );
}

function ContextNote({ tokens }: { readonly tokens: number }) {
  const t = useWords('models');
  const format = useFormat();
  return <Fine>{t('fit.context', { n: format.number(tokens) })}</Fine>;
}

/** Why it cannot be used now, and the way out. */
function Trouble({ model }: { readonly model: ModelView }) {
  const t = useWords('models');
  const format = useFormat();
  const retry = useMutation(
    orpc.models.retry.mutationOptions({
      onSuccess: ({ name, state }) => {
        if (state === 'ready' || state === 'loaded')
          showDone(t(model.state === 'quarantined' ? 'detail.retried' : 'detail.rechecked', { name }));
      },
    }),
  );
  const button = (
    <Button
      mt="xs"
      size="xs"
      variant="default"
      loading={retry.isPending}
      onClick={() => retry.mutate({ id: model.id })}
    >
      {t(model.state === 'quarantined' ? 'detail.retry' : 'detail.recheck')}
    </Button>
  );
  return (
    <>
      {model.state === 'quarantined' && (
        <div className={classes['note']} role="note">
          <Text fw={600}>{t('quarantine.title')}</Text>
          <Text size="sm">{t('quarantine.text', { n: format.number(model.deaths) })}</Text>
          <Text size="sm">{t('quarantine.next')}</Text>
          {button}
        </div>
      )}
      {model.state === 'missing' && (
        <div className={classes['note']} role="note">
          <Text fw={600}>{t('missing.title')}</Text>
          <Text size="sm">{t('missing.text')}</Text>
          {button}
        </div>
      )}
      {model.problem && model.state !== 'missing' && model.state !== 'quarantined' && (
        <ErrorState error={fromErrorData(model.problem)} />
      )}
      {model.state === 'broken' && <div>{button}</div>}
      <Failed of={retry} />
    </>
  );
}

function Acts({
  model,
  overview,
  onGone,
}: {
  readonly model: ModelView;
  readonly overview: ModelsOverview;
  readonly onGone: () => void;
}) {
  const t = useWords('models');
  const format = useFormat();
  const [removing, setRemoving] = useState(false);
  const { id, name, state, storage, path } = model;
  const isUsable = state === 'ready' || state === 'loaded';
  const task = useRunningTask(LOADS, name);
  const load = useMutation(
    orpc.models.load.mutationOptions({
      onMutate: () => overview.models,
      onSuccess: ({ models }, _, before) => {
        const left = leftFor(before, models).join(t('comma'));
        showDone(left ? t('detail.loadedInstead', { name, left }) : t('detail.loaded', { name }));
      },
    }),
  );
  const unload = useMutation(
    orpc.models.unload.mutationOptions({
      onSuccess: () => showDone(t('detail.unloaded', { name })),
    }),
  );
  const restore = useMutation(orpc.models.import.mutationOptions());
  const remove = useMutation(
    orpc.models.remove.mutationOptions({
      onSuccess: () => {
        setRemoving(false);
        onGone();
        if (storage === 'copy') return showDone(t('remove.done', { name }));
        showUndoBar(t('remove.unlinked', { name }), () => restore.mutate({ path, mode: 'link' }), {
          label: t('remove.again'),
        });
      },
    }),
  );
  const isPlaying = overview.roles.some((role) => role.modelId === id);
  // "wait, then try again" is no advice beside the notice of a quarantine
  const error = (state === 'quarantined' ? null : load.error) ?? unload.error ?? restore.error;
  return (
    <>
      <Group gap="xs">
        {state === 'loaded' ? (
          <Button
            variant="default"
            size="xs"
            loading={unload.isPending}
            onClick={() => unload.mutate({ id })}
          >
            {t('detail.unload')}
          </Button>
        ) : (
          <Button
            variant="default"
            size="xs"
            disabled={!isUsable || task !== undefined}
            loading={task === undefined && (load.isPending || state === 'loading')}
            onClick={() => load.mutate({ id })}
          >
            {t('detail.load')}
          </Button>
        )}
        <Button
          variant="default"
          size="xs"
          disabled={!isUsable}
          onClick={() => navigate('models', 'benchmarks', { of: id })}
        >
          {t('detail.benchmark')}
        </Button>
        <Button ml="auto" size="xs" variant="subtle" color="red" onClick={() => setRemoving(true)}>
          {t(storage === 'link' ? 'remove.confirmLink' : 'detail.remove')}
        </Button>
      </Group>
      {task && <TaskProgress task={task} label={t('detail.loading')} />}
      <ErrorState error={error} />
      <ConfirmDialog
        opened={removing}
        danger={storage === 'copy'}
        title={t('remove.title')}
        text={
          <>
            <p>{t(`remove.${storage}`, { name, size: format.bytes(model.bytes) })}</p>
            {isPlaying && <p>{t('remove.playing')}</p>}
            <Failed of={remove} />
          </>
        }
        confirm={t(storage === 'link' ? 'remove.confirmLink' : 'remove.confirm')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ id })}
        onClose={() => setRemoving(false)}
      />
    </>
  );
}

function ModelFacts({ model, overview }: { readonly model: ModelView; readonly overview: ModelsOverview }) {
  const t = useWords('models');
  const format = useFormat();
  const playing = overview.roles.filter((role) => role.modelId === model.id);
  const known = overview.known.find((entry) => entry.id === model.knownId);
  const facts: (readonly [string, ReactNode])[] = [
    [
      t('detail.playing'),
      playing.map(({ role }) => t(`role.names.${role}`)).join(t('comma')) || t('common:none'),
    ],
    [t('detail.format'), t(`detail.formats.${model.format}`)],
    [t('detail.architecture'), model.architecture],
    [t('detail.quantisation'), model.quantisation ?? t('common:unknown')],
    [
      t('detail.parameters'),
      model.parameters === null ? t('common:unknown') : format.number(model.parameters),
    ],
    ...(model.trainedContext === null
      ? []
      : [
          [
            t('detail.trainedContext'),
            t('detail.tokens', { n: format.number(model.trainedContext) }),
          ] as const,
        ]),
    ...(model.dimensions === null
      ? []
      : [[t('detail.dimensions'), format.number(model.dimensions)] as const]),
    [t('detail.bytes'), format.bytes(model.bytes)],
    [t('list.column.licence'), model.licence ?? t('licenceUnknown')],
    [t('detail.storage'), t(`storage.${model.storage}`)],
    [
      t('detail.path'),
      <span key="path" className={classes['path']}>
        {model.path}
      </span>,
    ],
    [t('detail.addedAt'), <TimeText key="at" at={model.addedAt} />],
    [t('detail.deaths'), t('detail.deathsN', { n: format.number(model.deaths) })],
  ];
  return (
    <>
      {known && <Text size="sm">{format.pick(known.note)}</Text>}
      <Facts facts={facts} />
    </>
  );
}
